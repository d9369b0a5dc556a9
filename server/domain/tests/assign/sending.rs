//! Who is sent, who was quicker, and who is free again.

use crate::{
    board::{index, responder, shift, task, who},
    lattice::{NOW, at},
};
use gridward_data::{
    model::{
        case::{Case, CaseKind, CaseState, CaseStep},
        entity::{Entity, Key, Kind},
        id::CaseId,
        report::Channel,
        roster::{Duty, Shift},
        task::{Task, TaskState},
        time::Timestamp,
    },
    store::change::{Change, Revision},
};
use gridward_domain::{
    assign::send::{Decision, Order, SendError, Step, StepError, decide, step},
    index::Index,
};

fn case_id(id: u64) -> CaseId {
    CaseId::new(id).expect("an id")
}

fn case(id: u64, state: CaseState) -> Case {
    Case {
        id: case_id(id),
        kind: CaseKind::Hazard,
        category: None,
        state,
        channel: Channel::Patrol,
        place: at(5, 5),
        areas: vec![],
        opened_at: Timestamp(0),
        reports: vec![],
        hazard: None,
        closed_at: None,
        lead: None,
        co_handling: vec![],
        steps: Vec::new(),
    }
}

/// The case one step further, which nobody signs: a task brought it about.
fn moved(state: CaseState) -> Case {
    let step = CaseStep { state, at: NOW, by: None, note: None };
    Case { steps: vec![step], ..case(1, state) }
}

fn order(case: u64, responder: u64) -> Order {
    Order {
        case: case_id(case),
        responder: who(responder),
        case_revision: None,
        shift_revision: None,
        at: NOW,
    }
}

fn given(id: u64, case: u64, state: TaskState) -> Task {
    Task {
        id: task(id),
        case: case_id(case),
        place: at(5, 5),
        areas: vec![],
        state,
        made_at: Timestamp(NOW.0 - 9),
    }
}

/// Two on duty, one not; a case that waits and one that is over.
fn board(more: Vec<Entity>) -> Index {
    let mut entities: Vec<Entity> = (1..=3).map(|id| responder(id).into()).collect();
    entities.extend((1..=2).map(|id| Entity::from(shift(id, Duty::Rotating))));
    entities.extend([case(1, CaseState::Received).into(), case(2, CaseState::Closed).into()]);
    let replaced = |old: &Entity| more.iter().any(|new| new.key() == old.key());
    entities.retain(|old| !replaced(old));
    entities.extend(more);
    index(entities)
}

fn put(decision: &Decision) -> Vec<Entity> {
    let put = decision.changes.iter().filter_map(|change| match change {
        Change::Put { entity, .. } => Some(entity.as_ref().clone()),
        Change::Remove(_) => None,
    });
    put.collect()
}

#[test]
fn to_send_somebody_makes_a_task_and_keeps_the_person_busy_and_says_so_of_the_case() {
    let decision = decide(&order(1, 2), task(7), &board(vec![])).expect("nothing is in the way");
    let expected: Vec<Entity> = vec![
        Task { made_at: NOW, ..given(7, 1, TaskState::Sent(who(2))) }.into(),
        Shift { task: Some(task(7)), ..shift(2, Duty::Rotating) }.into(),
        moved(CaseState::Assigned).into(),
    ];
    assert_eq!(put(&decision), expected);
    let key = |kind, id| Key { kind, id };
    let read = [
        (key(Kind::Task, 7), None),
        (key(Kind::Shift, 2), Some(Revision(1))),
        (key(Kind::Case, 1), Some(Revision(1))),
    ];
    assert_eq!(decision.expected, read, "of two who decide on the same, one wins");
}

#[test]
fn who_cannot_be_sent_is_told_why() {
    let index = board(vec![]);
    let ask = |order: &Order| decide(order, task(7), &index).expect_err("refused");
    assert_eq!(ask(&order(9, 1)), SendError::NoCase(case_id(9)));
    assert_eq!(ask(&order(1, 9)), SendError::NoResponder(who(9)));
    assert_eq!(ask(&order(1, 3)), SendError::OffDuty(who(3)));
    assert_eq!(ask(&order(2, 1)), SendError::CaseClosed(case_id(2)));
    let stale = Order { shift_revision: Some(Revision(9)), ..order(1, 1) };
    assert_eq!(ask(&stale), SendError::Changed(Key { kind: Kind::Shift, id: 1 }));
    let stale = Order { case_revision: Some(Revision(9)), ..order(1, 1) };
    assert_eq!(ask(&stale), SendError::Changed(Key { kind: Kind::Case, id: 1 }));
    let fresh = Order { case_revision: Some(Revision(1)), shift_revision: Some(Revision(1)), ..order(1, 1) };
    assert!(decide(&fresh, task(7), &index).is_ok());
}

#[test]
fn whoever_was_quicker_is_named() {
    let busy = Shift { task: Some(task(4)), ..shift(1, Duty::Rotating) };
    let index = board(vec![
        busy.into(),
        given(4, 1, TaskState::Accepted(who(1))).into(),
        case(1, CaseState::Assigned).into(),
    ]);
    let winner = |order: &Order| match decide(order, task(7), &index) {
        Err(SendError::Taken(winner)) => (winner.task, winner.case, winner.responder),
        other => panic!("{other:?}"),
    };
    assert_eq!(winner(&order(1, 1)), (task(4), case_id(1), who(1)), "the same person");
    let other = Order { case_revision: Some(Revision(0)), ..order(1, 2) };
    assert_eq!(winner(&other), (task(4), case_id(1), who(1)), "another person to a case as it was before");
    assert!(decide(&order(1, 2), task(7), &index).is_ok(), "a second one may be sent on purpose");
}

/// A case with one who was sent, and what comes of a step.
fn stepped(state: TaskState, said: Step) -> Result<Decision, StepError> {
    let busy = Shift { task: Some(task(4)), ..shift(1, Duty::Rotating) };
    let index = board(vec![busy.into(), given(4, 1, state).into(), case(1, CaseState::Assigned).into()]);
    step(task(4), said, NOW, &index)
}

#[test]
fn a_task_goes_from_sent_to_done_and_never_back() {
    let one = who(1);
    let ways = [
        (TaskState::Sent(one), Step::Accepted, Some(TaskState::Accepted(one))),
        (TaskState::Sent(one), Step::OnScene, Some(TaskState::OnScene(one))),
        (TaskState::Accepted(one), Step::OnScene, Some(TaskState::OnScene(one))),
        (TaskState::OnScene(one), Step::Done, Some(TaskState::Done(one))),
        (TaskState::Sent(one), Step::Done, Some(TaskState::Done(one))),
        (TaskState::Open, Step::Cancelled, Some(TaskState::Cancelled)),
        (TaskState::OnScene(one), Step::Cancelled, Some(TaskState::Cancelled)),
        (TaskState::Accepted(one), Step::Accepted, None),
        (TaskState::OnScene(one), Step::Accepted, None),
        (TaskState::OnScene(one), Step::OnScene, None),
        (TaskState::Open, Step::Done, None),
        (TaskState::Done(one), Step::Cancelled, None),
        (TaskState::Done(one), Step::Done, None),
        (TaskState::Cancelled, Step::Accepted, None),
    ];
    for (from, said, to) in ways {
        let becomes = stepped(from.clone(), said).map(|decision| decision.task.state);
        assert_eq!(becomes.as_ref().ok(), to.as_ref(), "{from:?} {said:?}: {becomes:?}");
    }
    assert!(matches!(step(task(99), Step::Done, NOW, &board(vec![])), Err(StepError::NoTask(_))));
}

#[test]
fn the_end_of_a_task_frees_the_person_and_moves_the_case() {
    let free = Entity::from(shift(1, Duty::Rotating));
    for (said, state) in [(Step::Done, CaseState::Handled), (Step::Cancelled, CaseState::Acknowledged)] {
        let decision = stepped(TaskState::OnScene(who(1)), said).expect("a step");
        let put = put(&decision);
        assert!(put.contains(&free), "{said:?}: {put:?}");
        assert!(put.contains(&moved(state).into()), "{said:?}: {put:?}");
        assert_eq!(decision.expected.len(), 3, "task, shift and case were read");
    }
    let under_way = stepped(TaskState::Sent(who(1)), Step::OnScene).expect("a step");
    assert_eq!(put(&under_way).len(), 1, "on the way nobody is freed");
}

#[test]
fn a_case_waits_for_the_last_of_several() {
    let busy = |id, its| Entity::from(Shift { task: Some(task(its)), ..shift(id, Duty::Rotating) });
    let index = board(vec![
        busy(1, 4),
        busy(2, 5),
        given(4, 1, TaskState::OnScene(who(1))).into(),
        given(5, 1, TaskState::Sent(who(2))).into(),
        case(1, CaseState::Assigned).into(),
    ]);
    let decision = step(task(4), Step::Done, NOW, &index).expect("a step");
    assert!(
        put(&decision).iter().all(|entity| !matches!(entity, Entity::Case(_))),
        "one is still on the way"
    );
}
