//! By which steps a case comes to its end, as they are taken at a desk.
//!
//! ```text
//! received ──受理──► acknowledged ──处置──► handled ──办结──► closed
//!    │                   │  (or by a task: assigned ─► handled)
//!    └───────不予受理─────┴──► dismissed, with a reason
//! ```
//!
//! Whoever takes a step signs it. A case on whose way somebody still is is not closed over this person's head: the task ends first.

use crate::{assign::send::open_tasks, index::Index};
use gridward_data::{
    model::{
        case::{Case, CaseState, CaseStep, Hazard, HazardState},
        entity::{Key, Kind},
        id::{CaseId, TaskId},
        time::Timestamp,
    },
    store::change::{Change, Revision},
};

/// The longest name under which a step is signed, characters.
pub const NAME_CHARACTERS_MAX: usize = 40;
/// The longest note, characters.
pub const NOTE_CHARACTERS_MAX: usize = 500;

/// What is done with a case at a desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskStep {
    /// What it is to become.
    pub state: CaseState,
    /// Who takes the step, as this person signs.
    pub by: String,
    /// What is said of it; needed where a case is dismissed.
    pub note: Option<String>,
    /// The revision of the case that was seen; `None`: the one that is known here.
    pub revision: Option<Revision>,
    /// When.
    pub at: Timestamp,
}

/// What is to be stored, and on what it depends.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The read set.
    pub expected: Vec<(Key, Option<Revision>)>,
    /// The changes.
    pub changes: Vec<Change>,
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseStepError {
    /// There is no such case, or it may not be seen.
    #[error("there is no open case {0}")]
    NoCase(CaseId),
    /// It has come elsewhere.
    #[error("case {case} is {from}: it cannot become {to}")]
    NotFrom {
        /// Which case.
        case: CaseId,
        /// How far it has come.
        from: &'static str,
        /// What was wanted.
        to: &'static str,
    },
    /// Somebody is still on the way.
    #[error("task {0} of this case is not done: call it back or wait for its end")]
    UnderWay(TaskId),
    /// Nobody signed.
    #[error("sign the step: a name of 1 to {NAME_CHARACTERS_MAX} characters")]
    NoName,
    /// A dismissal without a reason, or one that is too long.
    #[error("say why, in 1 to {NOTE_CHARACTERS_MAX} characters")]
    NoReason,
}

/// What comes of a step. A case that ends takes its hazard with it: cleared where it was handled, and not there where it was dismissed.
pub fn step(id: CaseId, step: &DeskStep, index: &Index) -> Result<Decision, CaseStepError> {
    let known = index.affairs().cases.find(id.number()).ok_or(CaseStepError::NoCase(id))?;
    let case = &known.thing;
    let by = step.by.trim();
    if !(1..=NAME_CHARACTERS_MAX).contains(&by.chars().count()) {
        return Err(CaseStepError::NoName);
    }
    let note = step.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let is_reason = note.is_some_and(|note| note.chars().count() <= NOTE_CHARACTERS_MAX);
    if (step.state == CaseState::Dismissed || note.is_some()) && !is_reason {
        return Err(CaseStepError::NoReason);
    }
    if !leads(case.state, step.state) {
        return Err(CaseStepError::NotFrom { case: id, from: case.state.word(), to: step.state.word() });
    }
    let ends = !step.state.is_open() || step.state == CaseState::Handled;
    if let Some(task) = open_tasks(index).find(|task| ends && task.case == id) {
        return Err(CaseStepError::UnderWay(task.id));
    }
    let taken =
        CaseStep { state: step.state, at: step.at, by: Some(by.to_owned()), note: note.map(str::to_owned) };
    let closed_at = (!step.state.is_open()).then_some(step.at);
    let moved = Case { closed_at, ..case.moved(taken) };
    let seen = step.revision.unwrap_or(known.revision);
    let mut decision = Decision {
        expected: vec![(Key { kind: Kind::Case, id: id.number() }, Some(seen))],
        changes: vec![Change::within(&known.areas, moved)],
    };
    if !step.state.is_open() {
        clear(case, index, &mut decision);
    }
    Ok(decision)
}

/// Whether one state may follow the other at a desk.
const fn leads(from: CaseState, to: CaseState) -> bool {
    matches!(
        (from, to),
        (CaseState::Received, CaseState::Acknowledged)
            | (CaseState::Acknowledged | CaseState::Assigned, CaseState::Handled)
            | (CaseState::Handled, CaseState::Closed)
            | (CaseState::Received | CaseState::Acknowledged, CaseState::Dismissed)
    )
}

fn clear(case: &Case, index: &Index, decision: &mut Decision) {
    let hazard = case.hazard.and_then(|hazard| index.affairs().hazards.find(hazard.number()));
    let Some(hazard) = hazard.filter(|known| known.thing.state == HazardState::Open) else { return };
    let key = Key { kind: Kind::Hazard, id: hazard.thing.id.number() };
    decision.expected.push((key, Some(hazard.revision)));
    let cleared = Hazard { state: HazardState::Cleared, ..hazard.thing.clone() };
    decision.changes.push(Change::within(&hazard.areas, cleared));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::intake::{self, IntakeIds, Told};
    use gridward_data::{
        model::{
            entity::Entity,
            id::{HazardId, ReportId, ResponderId},
            place::Place,
            report::Channel,
            task::{Task, TaskState},
        },
        store::{question::Fact, version::Version},
    };

    const NOW: Timestamp = Timestamp(1_795_417_620_000);

    fn case_id() -> CaseId {
        CaseId::new(2).expect("an id")
    }

    /// A city with one case about a hazard, in a state, and what else is told.
    fn index(state: CaseState, others: Vec<Entity>) -> Index {
        let version = Version::new("e", 0, 1).expect("a version");
        let told = Told {
            channel: Channel::Desk,
            category: Some("14".parse().expect("a category")),
            text: "飞线充电".to_owned(),
            place: Place::new(123.3, 41.8).expect("a place"),
            received_at: NOW,
        };
        let ids = IntakeIds {
            report: ReportId::new(1).expect("an id"),
            case: case_id(),
            hazard: HazardId::new(3).expect("an id"),
        };
        let empty = Index::build(version.clone(), []);
        let intake = intake::decide(&told, ids, &empty).expect("it is taken in");
        let entity = |change: Change| match change {
            Change::Put { entity, .. } => match *entity {
                Entity::Case(case) => Some(Case { state, ..case }.into()),
                Entity::Hazard(hazard) => Some(hazard.into()),
                _ => None,
            },
            Change::Remove(_) => None,
        };
        let entities = intake.changes.into_iter().filter_map(entity).chain(others);
        let fact = |entity: Entity| Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity };
        Index::build(version, entities.map(fact))
    }

    fn desk(state: CaseState) -> DeskStep {
        let note = (state == CaseState::Dismissed).then(|| "重复".to_owned());
        DeskStep { state, by: " 王芳 ".to_owned(), note, revision: None, at: NOW }
    }

    fn case_after(decision: &Decision) -> Case {
        let case = decision.changes.iter().find_map(|change| match change {
            Change::Put { entity, .. } => match entity.as_ref() {
                Entity::Case(case) => Some(case.clone()),
                _ => None,
            },
            Change::Remove(_) => None,
        });
        case.expect("the case is written")
    }

    #[test]
    fn each_step_follows_the_one_before_and_no_other() {
        use CaseState::{Acknowledged, Assigned, Closed, Dismissed, Handled, Received};
        let all = [Received, Acknowledged, Assigned, Handled, Closed, Dismissed];
        let right = [
            (Received, Acknowledged),
            (Received, Dismissed),
            (Acknowledged, Handled),
            (Acknowledged, Dismissed),
            (Assigned, Handled),
            (Handled, Closed),
        ];
        for from in all {
            for to in all {
                let taken = step(case_id(), &desk(to), &index(from, vec![]));
                assert_eq!(taken.is_ok(), right.contains(&(from, to)), "{from:?} to {to:?}: {taken:?}");
            }
        }
    }

    #[test]
    fn a_step_is_signed_and_noted_with_its_time() {
        let decision = step(case_id(), &desk(CaseState::Acknowledged), &index(CaseState::Received, vec![]));
        let case = case_after(&decision.expect("a step"));
        assert_eq!((case.state, case.closed_at), (CaseState::Acknowledged, None));
        let [taken] = &case.steps[..] else { panic!("one step: {case:?}") };
        assert_eq!((taken.by.as_deref(), taken.at), (Some("王芳"), NOW));
    }

    #[test]
    fn nobody_steps_without_a_name_and_nobody_dismisses_without_a_reason() {
        let received = index(CaseState::Received, vec![]);
        let unsigned = DeskStep { by: "  ".to_owned(), ..desk(CaseState::Acknowledged) };
        assert_eq!(step(case_id(), &unsigned, &received).expect_err("unsigned"), CaseStepError::NoName);
        for note in [None, Some(" ".to_owned()), Some("长".repeat(501))] {
            let silent = DeskStep { note, ..desk(CaseState::Dismissed) };
            assert_eq!(step(case_id(), &silent, &received).expect_err("no reason"), CaseStepError::NoReason);
        }
    }

    #[test]
    fn what_is_closed_or_dismissed_takes_its_hazard_from_the_map() {
        for (from, to) in
            [(CaseState::Handled, CaseState::Closed), (CaseState::Received, CaseState::Dismissed)]
        {
            let decision = step(case_id(), &desk(to), &index(from, vec![])).expect("a step");
            assert_eq!(case_after(&decision).closed_at, Some(NOW));
            let cleared = decision.changes.iter().any(|change| {
                matches!(change, Change::Put { entity, .. }
                if matches!(entity.as_ref(), Entity::Hazard(hazard) if hazard.state == HazardState::Cleared))
            });
            assert!(cleared && decision.expected.len() == 2, "{decision:?}");
        }
        let handled = step(case_id(), &desk(CaseState::Handled), &index(CaseState::Assigned, vec![]));
        assert_eq!(handled.expect("a step").changes.len(), 1, "it is there until somebody has verified it");
    }

    #[test]
    fn a_case_is_not_ended_over_the_head_of_who_is_on_the_way() {
        let task = Task {
            id: TaskId::new(5).expect("an id"),
            case: case_id(),
            place: Place::new(123.3, 41.8).expect("a place"),
            areas: vec![],
            state: TaskState::Accepted(ResponderId::new(1).expect("an id")),
            made_at: NOW,
        };
        let busy = index(CaseState::Assigned, vec![task.clone().into()]);
        let refused = step(case_id(), &desk(CaseState::Handled), &busy).expect_err("somebody goes");
        assert_eq!(refused, CaseStepError::UnderWay(task.id));
    }

    #[test]
    fn what_was_seen_is_what_is_decided_on() {
        let seen = DeskStep { revision: Some(Revision(7)), ..desk(CaseState::Acknowledged) };
        let decision = step(case_id(), &seen, &index(CaseState::Received, vec![])).expect("a step");
        assert_eq!(decision.expected[0].1, Some(Revision(7)));
    }
}
