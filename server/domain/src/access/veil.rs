//! How exactly somebody on duty is shown.

use gridward_data::model::responder::Responder;
use gridward_data::model::roster::Shift;

/// How exactly a place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// As it is.
    Point,
    /// By some point of the grid in which it is, the same for everybody in that grid.
    Grid,
}

impl Precision {
    /// The word for it in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Grid => "grid",
        }
    }
}

/// How exactly others see where somebody is. Who gives the time freely 志愿者 is shown by grid until a task makes the way to it
/// everybody's business; who is on duty by employment is shown as is, during the shift alone.
#[must_use]
pub const fn precision(responder: &Responder, shift: &Shift) -> Precision {
    if responder.role.is_volunteer() && shift.task.is_none() { Precision::Grid } else { Precision::Point }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::model::{
        id::{ResponderId, ShiftId, TaskId},
        responder::Role,
        road::Mode,
        roster::Duty,
        time::{Span, Timestamp},
    };

    fn shown(role: Role, task: Option<u64>) -> Precision {
        let id = ResponderId::new(1).expect("an id");
        let responder = Responder {
            id,
            role,
            organisation: None,
            home_area: None,
            compound: None,
            duty_post: None,
            mode: Mode::Foot,
            skills: vec![],
        };
        let shift = Shift {
            id: ShiftId::new(1).expect("an id"),
            responder: id,
            roster: None,
            duty: Duty::Rotating,
            span: Span::since(Timestamp(0)),
            task: task.map(|task| TaskId::new(task).expect("an id")),
        };
        precision(&responder, &shift)
    }

    #[test]
    fn a_volunteer_is_shown_by_grid_until_on_a_task() {
        assert_eq!(shown(Role::Watcher, None), Precision::Grid);
        assert_eq!(shown(Role::Watcher, Some(4)), Precision::Point);
    }

    #[test]
    fn everybody_else_is_shown_as_is() {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Watcher) {
            assert_eq!(shown(role, None), Precision::Point, "{role:?}");
        }
    }
}
