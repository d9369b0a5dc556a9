//! `POST /assignments`, `GET /tasks`, `POST /tasks/{id}/steps`: who is sent, and what becomes of it?

use gridward_tests::ground::{Ground, fresh_key};
use serde_json::{Value, json};
use std::{collections::BTreeSet, thread};

fn state_of(ground: &Ground, case: u64) -> Value {
    ground.ask(&format!("/cases/{case}"))["state"].clone()
}

fn task_held_by(ground: &Ground, responder: u64) -> Value {
    let shifts = ground.shifts();
    shifts.iter().find(|shift| shift["responder"] == responder).expect("on duty")["task"].clone()
}

#[test]
fn who_is_sent_is_busy_and_the_case_is_assigned() {
    let ground = Ground::folk();
    ground.spread();
    let case = ground.case_at(ground.places(1)[0]);
    let answer = ground.nearest(&json!({"case": case}));
    let first = &answer["candidates"][0];
    let order = json!({
        "case": case, "responder": first["responder"],
        "case_revision": answer["case_revision"], "shift_revision": first["shift_revision"],
    });
    let task = ground.assign(&order).json(201);
    assert_eq!(
        (&task["case"], &task["responder"], &task["state"]),
        (&case.into(), &first["responder"], &"sent".into())
    );
    assert_eq!(task["areas"].as_array().expect("a chain").len(), 4, "{task}");
    assert_eq!(state_of(&ground, case), "assigned");
    assert_eq!(task_held_by(&ground, first["responder"].as_u64().expect("a number")), task["id"]);
    let listed = ground.ask(&format!("/tasks?case={case}"));
    assert_eq!((&listed["count"], &listed["tasks"][0]["id"]), (&1.into(), &task["id"]));
    assert_eq!(listed["tasks"][0]["position"]["precision"], "point", "who is sent can be followed: {listed}");
    assert_eq!(ground.ask(&format!("/tasks/{}", task["id"])), task);
    ground.stop();
}

#[test]
fn the_same_order_again_is_answered_the_same_and_sends_nobody_twice() {
    let ground = Ground::folk();
    let case = ground.case_at(ground.places(1)[0]);
    let order = json!({"case": case, "responder": ground.workers()[0]});
    let key = fresh_key();
    let send = || ground.client().post("/api/v1/assignments", &key, &order).json(201);
    let first = send();
    assert_eq!((send(), send()), (first.clone(), first));
    assert_eq!(ground.ask("/tasks")["count"], 1);
    let other = json!({"case": case, "responder": ground.workers()[1]});
    assert_eq!(
        ground.client().post("/api/v1/assignments", &key, &other).problem(422),
        "idempotency-key-reused"
    );
    ground.stop();
}

/// Sends orders at the same time: how many were taken, and the winners that the others were told of.
fn at_once(ground: &Ground, orders: &[Value]) -> (Vec<Value>, Vec<Value>) {
    let answers: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = orders.iter().map(|order| scope.spawn(|| ground.assign(order))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let (taken, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    let winners = lost.iter().map(|answer| {
        assert_eq!(answer.problem(409), "taken", "{}", answer.text());
        answer.json(409)["winner"].clone()
    });
    let winners = winners.collect();
    (taken.iter().map(|answer| answer.json(201)).collect(), winners)
}

#[test]
fn of_two_commanders_who_send_the_same_person_one_wins_and_the_other_is_told_who() {
    let ground = Ground::folk();
    let worker = ground.workers()[0];
    let cases: Vec<u64> = ground.places(6).into_iter().map(|place| ground.case_at(place)).collect();
    let orders: Vec<Value> = cases.iter().map(|case| json!({"case": case, "responder": worker})).collect();
    let (taken, winners) = at_once(&ground, &orders);
    assert_eq!((taken.len(), winners.len()), (1, 5));
    for winner in winners {
        assert_eq!((&winner["task"], &winner["responder"]), (&taken[0]["id"], &worker.into()), "{winner}");
        assert_eq!(winner["case"], taken[0]["case"], "{winner}");
    }
    assert_eq!(ground.ask("/tasks")["count"], 1);
    ground.stop();
}

#[test]
fn of_two_commanders_who_send_somebody_to_the_same_case_one_wins() {
    let ground = Ground::folk();
    let case = ground.case_at(ground.places(1)[0]);
    let revision = ground.nearest(&json!({"case": case}))["case_revision"].clone();
    let workers: BTreeSet<u64> = ground.workers().into_iter().take(6).collect();
    let order = |worker: &u64| json!({"case": case, "responder": worker, "case_revision": revision});
    let orders: Vec<Value> = workers.iter().map(order).collect();
    let (taken, winners) = at_once(&ground, &orders);
    assert_eq!((taken.len(), winners.len()), (1, orders.len() - 1));
    assert!(winners.iter().all(|winner| winner["responder"] == taken[0]["responder"]), "{winners:?}");
    assert_eq!(ground.ask("/tasks")["count"], 1);
    ground.stop();
}

#[test]
fn an_order_that_cannot_be_is_refused() {
    let ground = Ground::folk();
    let (case, worker) = (ground.case_at(ground.places(1)[0]), ground.workers()[0]);
    let on_duty: BTreeSet<u64> =
        ground.shifts().iter().filter_map(|shift| shift["responder"].as_u64()).collect();
    let off_duty = (1..1_000).find(|number| !on_duty.contains(number)).expect("somebody is off duty");
    let closed = ground.ask("/cases?state=closed&limit=1")["cases"][0]["id"].clone();
    for (order, status, slug) in [
        (json!({"case": 9_999_999, "responder": worker}), 404, "not-found"),
        (json!({"case": case, "responder": 9_999_999}), 404, "not-found"),
        (json!({"case": case, "responder": off_duty}), 409, "off-duty"),
        (json!({"case": closed, "responder": worker}), 422, "invalid-body"),
        (json!({"case": 0, "responder": worker}), 422, "invalid-body"),
        (json!({"case": case}), 422, "invalid-body"),
        (json!({"case": case, "responder": worker, "now": true}), 422, "invalid-body"),
    ] {
        assert_eq!(ground.assign(&order).problem(status), slug, "{order}");
    }
    let headers = [("content-type", "application/json")];
    let order = json!({"case": case, "responder": worker}).to_string();
    let answer =
        ground.client().try_send("/api/v1/assignments", &headers, order.as_bytes()).expect("an answer");
    assert_eq!(answer.problem(400), "idempotency-key-missing");
    assert_eq!(ground.ask("/tasks")["count"], 0, "nobody was sent");
    ground.stop();
}

#[test]
fn a_task_goes_its_way_and_frees_who_had_it() {
    let ground = Ground::folk();
    let (case, worker) = (ground.case_at(ground.places(1)[0]), ground.workers()[0]);
    let task = ground.assign(&json!({"case": case, "responder": worker})).json(201)["id"].clone();
    for step in ["accepted", "on_scene", "done"] {
        assert_eq!(ground.step(&task, step).json(200)["state"], step);
    }
    assert_eq!(state_of(&ground, case), "handled");
    assert!(task_held_by(&ground, worker).is_null());
    assert_eq!(ground.ask("/tasks")["count"], 0);
    for step in ["accepted", "on_scene", "done", "cancelled"] {
        assert_eq!(ground.step(&task, step).problem(409), "conflict", "{step} after the end");
    }
    assert_eq!(ground.step(&task, "asleep").problem(422), "invalid-body");
    assert_eq!(ground.step(&json!(9_999_999), "done").problem(404), "not-found");
    ground.stop();
}

#[test]
fn who_is_called_back_is_free_and_the_case_waits_again() {
    let ground = Ground::folk();
    let (case, worker) = (ground.case_at(ground.places(1)[0]), ground.workers()[0]);
    let task = ground.assign(&json!({"case": case, "responder": worker})).json(201)["id"].clone();
    assert_eq!(ground.step(&task, "cancelled").json(200)["state"], "cancelled");
    assert_eq!(state_of(&ground, case), "acknowledged");
    let again = ground.assign(&json!({"case": case, "responder": worker})).json(201);
    assert_ne!(again["id"], task);
    ground.stop();
}

#[test]
fn who_was_sent_is_still_sent_after_a_power_cut() {
    let ground = Ground::folk();
    let (case, worker) = (ground.case_at(ground.places(1)[0]), ground.workers()[0]);
    let task = ground.assign(&json!({"case": case, "responder": worker})).json(201)["id"].clone();
    let ground = ground.after_a_power_cut();
    assert_eq!(ground.ask("/tasks")["tasks"][0]["id"], task);
    assert_eq!(state_of(&ground, case), "assigned");
    let other = json!({"case": ground.case_at(ground.places(1)[0]), "responder": worker});
    assert_eq!(ground.assign(&other).problem(409), "taken");
    ground.stop();
}
