//! Sending somebody 派单: a task is made, and the responder is busy with it; and what the one who was sent says of it.
//!
//! Two commanders may send the same person, or two persons to the same case, at once. The decision therefore depends on the shift of the
//! responder and on the case as they were seen: of two such decisions the store takes one.

use crate::{
    duty::shifts::{freed, put},
    index::{Index, affairs::Known},
};
use gridward_data::{
    model::{
        case::{Case, CaseState, CaseStep},
        entity::{Key, Kind},
        id::{CaseId, ResponderId, TaskId},
        roster::Shift,
        task::{Task, TaskState},
        time::Timestamp,
    },
    store::change::{Change, Revision},
};

/// Whom to send, to what, and what was on the screen when it was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// To which case.
    pub case: CaseId,
    /// Whom.
    pub responder: ResponderId,
    /// The revision of the case that was seen; `None`: the one that is known here.
    pub case_revision: Option<Revision>,
    /// The revision of the responder's shift that was seen; `None`: the one that is known here.
    pub shift_revision: Option<Revision>,
    /// When.
    pub at: Timestamp,
}

/// What is to be stored, and on what it depends.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The task as it is then.
    pub task: Task,
    /// The read set.
    pub expected: Vec<(Key, Option<Revision>)>,
    /// The changes.
    pub changes: Vec<Change>,
}

/// Who was sent already, by whom-ever was quicker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winner {
    /// With which task.
    pub task: TaskId,
    /// To which case.
    pub case: CaseId,
    /// Whom.
    pub responder: ResponderId,
    /// When.
    pub made_at: Timestamp,
}

/// Why nobody is sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// There is no such case, or it may not be seen.
    #[error("there is no case {0}")]
    NoCase(CaseId),
    /// The case is over.
    #[error("case {0} is closed: nobody need go")]
    CaseClosed(CaseId),
    /// There is nobody with this number.
    #[error("there is no responder {0}")]
    NoResponder(ResponderId),
    /// This person is not on duty.
    #[error("responder {0} is off duty: ask again who can be there first")]
    OffDuty(ResponderId),
    /// This person, or somebody else for the same case, was sent a moment ago.
    #[error("somebody was sent already: task {}", .0.task)]
    Taken(Winner),
    /// The case or the shift is not as it was seen, and no task is the reason.
    #[error("{0} has changed since it was looked at: look again")]
    Changed(Key),
}

/// What comes of an order. O(log n), and O(tasks) where it is refused.
pub fn decide(order: &Order, task: TaskId, index: &Index) -> Result<Decision, SendError> {
    let case = index.affairs().cases.find(order.case.number()).ok_or(SendError::NoCase(order.case))?;
    if index.people().responders.find(order.responder.number()).is_none() {
        return Err(SendError::NoResponder(order.responder));
    }
    let shift = index.people().shifts.find(order.responder.number());
    let shift = shift.ok_or(SendError::OffDuty(order.responder))?;
    if shift.thing.task.is_some() || order.shift_revision.is_some_and(|seen| seen != shift.revision) {
        let by_whom = winner_of_responder(index, order.responder).map(SendError::Taken);
        return Err(by_whom.unwrap_or(SendError::Changed(key_of_shift(&shift.thing))));
    }
    if order.case_revision.is_some_and(|seen| seen != case.revision) {
        let by_whom = winner_of_case(index, order.case).map(SendError::Taken);
        return Err(by_whom.unwrap_or(SendError::Changed(key_of_case(order.case))));
    }
    if !case.thing.state.is_open() {
        return Err(SendError::CaseClosed(order.case));
    }
    Ok(sent(order, task, index, case, shift))
}

fn sent(order: &Order, id: TaskId, index: &Index, case: &Known<Case>, shift: &Known<Shift>) -> Decision {
    let task = Task {
        id,
        case: order.case,
        place: case.thing.place,
        areas: case.thing.areas.clone(),
        state: TaskState::Sent(order.responder),
        made_at: order.at,
    };
    let busy = Shift { task: Some(id), ..shift.thing.clone() };
    let step = CaseStep { state: CaseState::Assigned, at: order.at, by: None, note: None };
    let case_now = case.thing.moved(step);
    let expected = vec![
        (Key { kind: Kind::Task, id: id.number() }, None),
        (key_of_shift(&shift.thing), Some(shift.revision)),
        (key_of_case(order.case), Some(case.revision)),
    ];
    let changes = vec![
        Change::within(&task.areas, task.clone()),
        put(index, busy),
        Change::within(&case.areas, case_now),
    ];
    Decision { task, expected, changes }
}

/// What the one who was sent, or the one who sent, says next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// I go 接单.
    Accepted,
    /// I am there 到场.
    OnScene,
    /// It is done: the case is handled, and waits for its verification.
    Done,
    /// It is not needed any more, or somebody else goes.
    Cancelled,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::OnScene, Self::Done, Self::Cancelled];

    /// The word for it in URLs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::OnScene => "on_scene",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why a step is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// There is no such task.
    #[error("there is no task {0}")]
    NoTask(TaskId),
    /// A task that is over, or that nobody has, or that has come farther.
    #[error("task {task} is {state}: it cannot become {step}")]
    NotFrom {
        /// Which task.
        task: TaskId,
        /// How far it has come.
        state: &'static str,
        /// What was said.
        step: &'static str,
    },
}

/// What comes of a step of a task. Done and cancelled free the responder in the same commit; a case whose last open task is cancelled waits again
/// to be given to somebody.
pub fn step(id: TaskId, step: Step, at: Timestamp, index: &Index) -> Result<Decision, StepError> {
    let known = index.affairs().tasks.find(id.number()).ok_or(StepError::NoTask(id))?;
    let old = &known.thing;
    let next = match (&old.state, step) {
        (TaskState::Sent(who), Step::Accepted) => TaskState::Accepted(*who),
        (TaskState::Sent(who) | TaskState::Accepted(who), Step::OnScene) => TaskState::OnScene(*who),
        (TaskState::Sent(who) | TaskState::Accepted(who) | TaskState::OnScene(who), Step::Done) => {
            TaskState::Done(*who)
        }
        (state, Step::Cancelled) if state.is_open() => TaskState::Cancelled,
        (state, step) => {
            return Err(StepError::NotFrom { task: id, state: state.word(), step: step.word() });
        }
    };
    let task = Task { state: next, ..old.clone() };
    let mut decision = Decision {
        expected: vec![(Key { kind: Kind::Task, id: id.number() }, Some(known.revision))],
        changes: vec![Change::within(&known.areas, task.clone())],
        task,
    };
    if !decision.task.state.is_open() {
        free(old, at, index, &mut decision);
        settle(step, old, at, index, &mut decision);
    }
    Ok(decision)
}

/// The responder is not busy any more.
fn free(task: &Task, at: Timestamp, index: &Index, decision: &mut Decision) {
    let shift = task.state.responder().and_then(|who| index.people().shifts.find(who.number()));
    if let Some(shift) = shift.filter(|shift| shift.thing.task == Some(task.id)) {
        decision.expected.push((key_of_shift(&shift.thing), Some(shift.revision)));
        decision.changes.push(freed(index, &shift.thing, at));
    }
}

/// What the end of a task means for its case.
fn settle(step: Step, task: &Task, at: Timestamp, index: &Index, decision: &mut Decision) {
    let Some(case) = index.affairs().cases.find(task.case.number()) else { return };
    let others = open_tasks(index).any(|other| other.case == task.case && other.id != task.id);
    let state = match (step, case.thing.state) {
        (Step::Done, CaseState::Assigned) if !others => CaseState::Handled,
        (Step::Cancelled, CaseState::Assigned) if !others => CaseState::Acknowledged,
        _ => return,
    };
    decision.expected.push((key_of_case(task.case), Some(case.revision)));
    let moved = case.thing.moved(CaseStep { state, at, by: None, note: None });
    decision.changes.push(Change::within(&case.areas, moved));
}

/// Who holds a responder, if somebody does.
#[must_use]
pub fn winner_of_responder(index: &Index, responder: ResponderId) -> Option<Winner> {
    let shift = index.people().shifts.find(responder.number())?;
    let task = index.affairs().tasks.find(shift.thing.task?.number())?;
    winner(&task.thing)
}

/// Who was sent to a case last, if somebody is on the way.
#[must_use]
pub fn winner_of_case(index: &Index, case: CaseId) -> Option<Winner> {
    let of_case = open_tasks(index).filter(|task| task.case == case);
    of_case.max_by_key(|task| (task.made_at, task.id)).and_then(winner)
}

/// The tasks with something still to be done, by number.
pub fn open_tasks(index: &Index) -> impl Iterator<Item = &Task> {
    index.affairs().tasks.iter().map(|known| &known.thing).filter(|task| task.state.is_open())
}

fn winner(task: &Task) -> Option<Winner> {
    let responder = task.state.responder()?;
    Some(Winner { task: task.id, case: task.case, responder, made_at: task.made_at })
}

fn key_of_shift(shift: &Shift) -> Key {
    Key { kind: Kind::Shift, id: shift.id.number() }
}

fn key_of_case(case: CaseId) -> Key {
    Key { kind: Kind::Case, id: case.number() }
}
