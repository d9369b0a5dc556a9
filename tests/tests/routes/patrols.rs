//! `POST /patrols`, its fixes, visits, end and coverage; `GET /coverage`, `GET /coverage/pieces`: what was really walked?

use gridward_tests::{
    ground::{Ground, fresh_key},
    listen::Listener,
    patrol::{Step, stretches, walk, wanted},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A patrol of a grid worker that begins now: its number, and who is on it.
fn begun(ground: &Ground) -> (Value, u64) {
    let worker = ground.workers()[0];
    let patrol = ground.begin(&json!({"responder": worker})).json(201);
    (patrol["id"].clone(), worker)
}

fn covered(ground: &Ground, patrol: &Value) -> Value {
    ground.ask(&format!("/patrols/{patrol}/coverage"))
}

/// What must hold of every piece of an area after a walk; how many are certain.
fn check_pieces(ground: &Ground, area: &Value, steps: &[Step]) -> usize {
    let pieces = ground.pieces(area);
    let bare: Vec<_> = pieces.iter().map(|(piece, _)| *piece).collect();
    let wanted = wanted(&bare, steps);
    let mut certain = 0;
    for (((street, number), _), proof) in &pieces {
        if let Some(wanted) = wanted[&(*street, *number)] {
            assert_eq!(proof, wanted, "piece {number} of street {street}");
        }
        certain += usize::from(proof == "certain");
    }
    certain
}

#[test]
fn a_patrol_that_is_sent_late_in_parts_and_one_part_twice_is_right_to_the_piece() {
    let ground = Ground::folk();
    let (way, grid) = ground.way();
    let (patrol, _) = begun(&ground);
    let steps = walk(&way, ground.now_ms(), 280, 5.0);
    assert!(steps.len() > 20, "the walk is short: {}", steps.len());
    let (first, rest) = steps.split_at(steps.len() / 3);
    let (second, third) = rest.split_at(rest.len() / 2);

    let acknowledged = ground.send_fixes(&patrol, third).json(200);
    assert_eq!((&acknowledged["through"], &acknowledged["new"]), (&json!(0), &json!(third.len())));
    let acknowledged = ground.send_fixes(&patrol, first).json(200);
    assert_eq!(acknowledged["through"], json!(first.len()));
    let again = ground.send_fixes(&patrol, third).json(200);
    assert_eq!((&again["through"], &again["new"]), (&json!(first.len()), &json!(0)));
    let acknowledged = ground.send_fixes(&patrol, second).json(200);
    assert_eq!(acknowledged["through"], json!(steps.len()), "{acknowledged}");
    assert_eq!(ground.end(&patrol).json(200)["id"], patrol);

    let certain = check_pieces(&ground, &grid, &steps);
    assert!(certain > 5, "{certain} pieces of the grid are certain");
    let coverage = covered(&ground, &patrol);
    assert_eq!(coverage["fixes"], json!({"counted": steps.len()}));
    let of_patrol: BTreeMap<(u64, u64), String> =
        stretches(&coverage["stretches"]).into_iter().map(|((id, _), proof)| (id, proof)).collect();
    let of_grid = ground.pieces(&grid).into_iter().filter(|(_, proof)| proof != "unproved");
    for ((id, _), proof) in of_grid {
        assert_eq!(of_patrol.get(&id), Some(&proof), "{id:?}");
    }
    ground.stop();
}

#[test]
fn what_was_acknowledged_and_what_it_came_to_survive_a_power_cut() {
    let ground = Ground::folk();
    let (way, grid) = ground.way();
    let (patrol, worker) = begun(&ground);
    let steps = walk(&way, ground.now_ms(), 280, 5.0);
    assert_eq!(ground.send_fixes(&patrol, &steps).json(200)["through"], json!(steps.len()));
    let ground = ground.after_a_power_cut();
    assert!(check_pieces(&ground, &grid, &steps) > 5);
    let again = ground.send_fixes(&patrol, &steps).json(200);
    assert_eq!((&again["through"], &again["new"]), (&json!(steps.len()), &json!(0)));
    // It goes on: nobody else can begin for this person.
    assert_eq!(ground.begin(&json!({"responder": worker})).problem(409), "on-patrol");
    ground.stop();
}

#[test]
fn nothing_is_taken_of_before_a_patrol_or_after_it() {
    let ground = Ground::folk();
    let (way, _) = ground.way();
    let (patrol, _) = begun(&ground);
    let now = ground.now_ms();
    let mut steps = walk(&way, now, 60, 5.0);
    steps[0].at_ms = now - 600_000;
    steps[1].at_ms = now + 400_000;
    steps[2].place = (200.0, 10.0);
    let acknowledged = ground.send_fixes(&patrol, &steps).json(200);
    let refused: Vec<(u64, &str)> = acknowledged["refused"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|refused| {
            (refused["sequence"].as_u64().expect("a number"), refused["reason"].as_str().expect("a word"))
        })
        .collect();
    assert_eq!(refused, [(1, "off_patrol"), (2, "future"), (3, "invalid_place")]);
    // They came, and need not come again.
    assert_eq!(acknowledged["through"], json!(steps.len()));
    assert_eq!(acknowledged["new"], json!(steps.len()));
    assert_eq!(covered(&ground, &patrol)["fixes"], json!({"counted": steps.len() - 3}));

    let ended = ground.end(&patrol).json(200);
    assert!(ended["until"].is_string(), "{ended}");
    let after = Step { sequence: steps.len() as u64 + 1, at_ms: ground.now_ms() + 1_000, ..steps[4] };
    let acknowledged = ground.send_fixes(&patrol, &[after]).json(200);
    assert_eq!(acknowledged["refused"][0]["reason"], "off_patrol");
    assert_eq!(ground.end(&patrol).json(200)["until"], ended["until"], "to end it again changes nothing");
    ground.stop();
}

#[test]
fn who_begins_a_patrol_off_duty_is_on_duty_until_its_end() {
    let ground = Ground::folk();
    let on_duty: BTreeSet<u64> =
        ground.shifts().iter().filter_map(|shift| shift["responder"].as_u64()).collect();
    let volunteer = (1..2_000).find(|who| !on_duty.contains(who)).expect("somebody is off duty");
    let place = ground.places(1)[0];
    let fix = |at_ms: u64| json!([{"sequence": at_ms, "responder": volunteer, "lon": place.0, "lat": place.1, "at_ms": at_ms}]);
    let refused =
        |ground: &Ground| ground.positions(&fix(ground.now_ms())).json(200)["refused"][0]["reason"].clone();
    assert_eq!(refused(&ground), "off_duty");
    let patrol = ground.begin(&json!({"responder": volunteer})).json(201)["id"].clone();
    assert_eq!(refused(&ground), Value::Null);
    let running = ground.ask("/patrols")["patrols"].clone();
    assert_eq!(running.as_array().expect("a list").len(), 1);
    assert_eq!(running[0]["responder"], json!(volunteer));
    assert_eq!(ground.end(&patrol).status, 200);
    assert_eq!(refused(&ground), "off_duty");
    assert_eq!(ground.ask("/patrols")["patrols"], json!([]));
    ground.stop();
}

#[test]
fn of_two_beginnings_of_one_person_at_once_one_wins() {
    let ground = Ground::folk();
    let worker = ground.workers()[0];
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..8).map(|_| scope.spawn(|| ground.begin(&json!({"responder": worker})).status)).collect();
        tries.into_iter().map(|answer| answer.join().expect("an answer")).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|status| [201, 409].contains(status)), "{answers:?}");
    assert_eq!(ground.ask("/patrols")["patrols"].as_array().map(Vec::len), Some(1));
    ground.stop();
}

#[test]
fn a_beginning_that_is_sent_again_begins_one_patrol() {
    let ground = Ground::folk();
    let body = json!({"responder": ground.workers()[0]});
    let key = fresh_key();
    let begin = || ground.client().post("/api/v1/patrols", &key, &body).json(201);
    assert_eq!(begin(), begin());
    ground.stop();
}

#[test]
fn a_grid_is_told_by_share_effort_visits_and_the_time_since_the_last() {
    let ground = Ground::folk();
    let (_, grid) = ground.way();
    let row = |ground: &Ground| {
        let table = ground.ask(&format!("/coverage?area={grid}"));
        assert_eq!(table["level"], "grid");
        table["areas"][0].clone()
    };
    let before = row(&ground);
    assert_eq!((&before["pieces"]["certain"], &before["last_visit"]), (&json!(0), &Value::Null), "{before}");
    assert!(before["pieces"]["of"].as_u64() > Some(10), "{before}");
    let (patrol, _) = begun(&ground);
    // Somebody stands in the middle of the grid for two minutes.
    let centre = gridward_tests::ground::point(&before["place"]);
    let now = ground.now_ms();
    let steps: Vec<Step> = (0..25)
        .map(|at| Step { sequence: at + 1, place: centre, at_ms: now + at * 5_000, accuracy_m: 4.0 })
        .collect();
    assert_eq!(ground.send_fixes(&patrol, &steps).status, 200);
    let after = row(&ground);
    assert_eq!(
        (&after["visits"], &after["patrols"], &after["walked_min"]),
        (&json!(1), &json!(1), &json!(2.0)),
        "{after}"
    );
    assert_eq!((&after["walked_m"], &after["idle_s"]), (&json!(0.0), &json!(0)), "{after}");
    let visits = covered(&ground, &patrol)["visits"].clone();
    assert_eq!((&visits[0]["area"]["id"], visits.as_array().map(Vec::len)), (&grid, Some(1)), "{visits}");
    // The community sums up its grids, and another day is another day.
    let communities = ground.ask("/coverage?level=community")["areas"].clone();
    let visited: u64 =
        communities.as_array().expect("a list").iter().filter_map(|row| row["visits"].as_u64()).sum();
    assert_eq!(visited, 1);
    let before = ground.ask(&format!("/coverage?area={grid}&from=2026-01-01&to=2026-01-02"));
    assert_eq!(before["areas"][0]["visits"], 0);
    ground.stop();
}

#[test]
fn what_was_scanned_counts_as_visited() {
    let ground = Ground::folk();
    let (_, grid) = ground.way();
    let (patrol, _) = begun(&ground);
    let centre = ground.ask(&format!("/areas/{grid}"))["centre"].clone();
    let scan = json!({"place": centre, "at_ms": ground.now_ms()});
    let path = format!("/api/v1/patrols/{patrol}/visits");
    let key = fresh_key();
    let first = ground.client().post(&path, &key, &scan).json(201);
    assert_eq!(ground.client().post(&path, &key, &scan).json(201), first, "sent again it is the same");
    let coverage = covered(&ground, &patrol);
    assert_eq!(coverage["visits"][0]["area"]["id"], grid);
    assert_eq!(coverage["visits"].as_array().map(Vec::len), Some(1));
    let late = json!({"place": centre, "at_ms": ground.now_ms() - 3_600_000});
    assert_eq!(ground.client().post(&path, &fresh_key(), &late).problem(409), "patrol-over");
    ground.stop();
}

#[test]
fn readers_hear_that_a_patrol_has_covered_more_and_that_it_began_and_ended() {
    let ground = Ground::folk();
    let mut reader = Listener::join(ground.address(), "?kinds=patrol", None);
    let (way, _) = ground.way();
    let (patrol, _) = begun(&ground);
    let began = reader.fact("patrol");
    assert_eq!((&began.data["id"], &began.name[..]), (&patrol, "change"));
    assert_eq!(began.data["patrol"]["until"], Value::Null);
    assert_eq!(ground.send_fixes(&patrol, &walk(&way, ground.now_ms(), 100, 5.0)).status, 200);
    let covered = reader.until(|event| event.name == "covered" && event.data["patrols"] != json!([]));
    assert_eq!(covered.data["patrols"], json!([patrol]));
    assert_eq!(ground.end(&patrol).status, 200);
    assert!(reader.fact("patrol").data["patrol"]["until"].is_string());
    drop(reader);
    ground.stop();
}

#[test]
fn nobody_finds_a_fix_in_any_answer() {
    let ground = Ground::folk();
    let (way, grid) = ground.way();
    let (patrol, _) = begun(&ground);
    let steps = walk(&way, ground.now_ms(), 200, 5.0);
    assert_eq!(ground.send_fixes(&patrol, &steps).status, 200);
    let place = steps[steps.len() / 2].place;
    let text = |place: (f64, f64)| (format!("{:.6}", place.0), format!("{:.6}", place.1));
    let (lon, lat) = text(place);
    for path in [
        format!("/patrols/{patrol}"),
        format!("/patrols/{patrol}/coverage"),
        "/patrols".to_owned(),
        format!("/coverage?area={grid}"),
        format!("/coverage/pieces?area={grid}"),
    ] {
        let answer = ground.ask(&path).to_string();
        assert!(!(answer.contains(&lon) && answer.contains(&lat)), "{path} tells where somebody was");
    }
    for path in [format!("/api/v1/patrols/{patrol}/fixes"), format!("/api/v1/patrols/{patrol}/track")] {
        assert!([404, 405].contains(&ground.client().get(&path).status), "{path}");
    }
    ground.stop();
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let ground = Ground::folk();
    let (patrol, worker) = begun(&ground);
    let other = ground.workers()[1];
    for (body, status, slug) in [
        (json!({"responder": 0}), 422, "invalid-body"),
        (json!({"responder": 99_999_999}), 404, "not-found"),
        (json!({"responder": other, "plan": 99_999_999}), 404, "not-found"),
        (json!({"responder": other, "area": 99_999_999}), 404, "not-found"),
        (json!({"responder": worker}), 409, "on-patrol"),
        (json!({"who": worker}), 422, "invalid-body"),
    ] {
        assert_eq!(ground.begin(&body).problem(status), slug, "{body}");
    }
    assert_eq!(ground.refusal("/patrols/99999999", 404), "not-found");
    assert_eq!(ground.refusal("/patrols/99999999/coverage", 404), "not-found");
    for (query, field) in [
        ("from=2026-02-30", "from"),
        ("from=2026-02-03&to=2026-02-01", "to"),
        ("from=2026-01-01&to=2026-12-31", "to"),
        ("level=city", "level"),
    ] {
        let answer = ground.client().get(&format!("/api/v1/coverage?{query}"));
        assert_eq!(answer.json(400)["field"], field, "{query}");
    }
    assert_eq!(ground.refusal("/coverage?area=99999999", 404), "not-found");
    assert_eq!(ground.refusal("/coverage/pieces", 400), "invalid-parameter");
    let step = Step { sequence: 0, place: ground.places(1)[0], at_ms: ground.now_ms(), accuracy_m: 5.0 };
    assert_eq!(ground.send_fixes(&patrol, &[step]).problem(422), "invalid-body");
    assert_eq!(ground.send_fixes(&patrol, &[]).problem(422), "invalid-body");
    assert_eq!(
        ground.send_fixes(&json!(99_999_999), &[Step { sequence: 1, ..step }]).problem(404),
        "not-found"
    );
    ground.stop();
}
