//! `GET /live`, `POST /live/{id}/view`: what happens, as it happens, without a gap.

use gridward_tests::{
    ground::{Ground, fresh_key},
    listen::{Event, Listener},
    store::City,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn join(ground: &Ground, query: &str) -> Listener {
    Listener::join(ground.address(), query, None)
}

/// The numbers of the cases of which events tell.
fn cases(events: &[Event]) -> Vec<u64> {
    let told = events.iter().filter(|event| event.name == "change" && event.data["kind"] == "case");
    told.filter_map(|event| event.data["id"].as_u64()).collect()
}

fn turn(ground: &Ground, stream: &str, view: &Value) -> u16 {
    ground.client().post(&format!("/api/v1/live/{stream}/view"), &fresh_key(), view).status
}

#[test]
fn a_report_reaches_every_reader_with_its_place_in_the_log_and_without_its_words() {
    let ground = Ground::town();
    let (mut one, mut other) = (join(&ground, ""), join(&ground, "?kinds=case,hazard"));
    let (lon, lat) = ground.places(1)[0];
    let receipt = ground.tell(lon, lat);
    for reader in [&mut one, &mut other] {
        let case = reader.fact("case");
        let hazard = reader.fact("hazard");
        assert_eq!((&case.data["id"], &case.data["revision"]), (&receipt["case"], &json!(1)), "{case:?}");
        assert_eq!(case.data["case"]["state"], "received");
        assert_eq!(hazard.data["hazard"]["case"], receipt["case"]);
        assert_eq!(case.data["area"]["level"], "grid");
        assert!(!format!("{case:?}{hazard:?}").contains("飞线"), "the words stay with the report");
        assert!(case.id.split('.').count() == 3 && case.id != hazard.id, "{} {}", case.id, hazard.id);
    }
    drop((one, other));
    ground.stop();
}

#[test]
fn who_was_away_resumes_without_a_gap_and_without_a_repetition() {
    let ground = Ground::town();
    let mut reader = join(&ground, "");
    let (lon, lat) = ground.places(1)[0];
    let first = ground.tell(lon, lat)["case"].as_u64().expect("a number");
    assert_eq!(reader.fact("case").data["id"], first);
    let last_id = reader.last_id.clone();
    drop(reader);
    // More than one piece of the log, and more than is held for those who keep up.
    let missed: Vec<u64> =
        (0..700).map(|_| ground.tell(lon, lat)["case"].as_u64().expect("a number")).collect();
    let mut back = Listener::join(ground.address(), "", Some(&last_id));
    let mut told = Vec::new();
    while told.last() != missed.last() {
        told.extend(back.fact("case").data["id"].as_u64());
    }
    assert_eq!(told, missed);
    let next = ground.tell(lon, lat)["case"].clone();
    assert_eq!(back.fact("case").data["id"], next);
    drop(back);
    ground.stop();
}

#[test]
fn what_was_missed_over_a_power_cut_is_told_too() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let mut reader = join(&ground, "");
    ground.tell(lon, lat);
    reader.fact("case");
    let last_id = reader.last_id.clone();
    let missed = ground.tell(lon, lat)["case"].clone();
    let ground = ground.after_a_power_cut();
    let mut back = Listener::join(ground.address(), "?kinds=case", Some(&last_id));
    assert_eq!(back.fact("case").data["id"], missed);
    drop(back);
    ground.stop();
}

#[test]
fn who_comes_from_another_store_or_from_the_future_is_told_to_reload_and_hears_what_comes_then() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let here = join(&ground, "").last_id;
    let epoch = here.split('.').next().expect("an epoch");
    for foreign in ["other.0.1", "no version", &format!("{epoch}.0.999999999")] {
        let mut reader = Listener::join(ground.address(), "", Some(foreign));
        let reload = reader.until(|event| event.name == "reload");
        assert_eq!(reload.data["version"], reload.id.as_str());
        let case = ground.tell(lon, lat)["case"].clone();
        assert_eq!(reader.fact("case").data["id"], case, "after {foreign}");
    }
    ground.stop();
}

#[test]
fn a_reader_hears_of_the_area_and_the_kinds_that_were_asked_for_and_may_turn_to_others() {
    let ground = Ground::town();
    let grids = ground.ask("/areas?level=grid&limit=2")["areas"].clone();
    let at = |grid: usize| gridward_tests::ground::point(&grids[grid]["centre"]);
    let mut reader = join(&ground, &format!("?area={}&kinds=case", grids[0]["id"]));
    let tell = |grid: usize| ground.tell(at(grid).0, at(grid).1)["case"].as_u64().expect("a number");
    let (here, _, again) = (tell(0), tell(1), tell(0));
    let mut heard = vec![reader.fact("case")];
    while heard.last().is_some_and(|event| event.data["id"] != again) {
        heard.push(reader.try_next().expect("a stream").expect("an event"));
    }
    assert_eq!(cases(&heard), [here, again]);
    assert!(heard.iter().all(|event| event.data["kind"] != "hazard"), "{heard:?}");
    assert_eq!(turn(&ground, &reader.stream, &json!({"area": grids[1]["id"], "kinds": "hazard"})), 204);
    let there = tell(1);
    assert_eq!(reader.until(|event| event.name == "change").data["hazard"]["case"], there);
    drop(reader);
    ground.stop();
}

#[test]
fn what_cannot_be_looked_at_is_refused_by_name() {
    let ground = Ground::town();
    for (query, field) in [
        ("?kinds=report", "kinds"),
        ("?kinds=cases", "kinds"),
        ("?area=0", "area"),
        ("?counts=all", "counts"),
        ("?bounds=123.1,41.7;123.2,41.8", "bounds"),
        ("?bounds=100,30,123,42", "bounds"),
        ("?bounds=123,42,100,30", "bounds"),
    ] {
        let answer = ground.client().get(&format!("/api/v1/live{query}"));
        assert_eq!(answer.problem(400), "invalid-parameter", "{query}");
        assert_eq!(answer.json(400)["field"], field, "{query}");
    }
    assert_eq!(ground.refusal("/live?kind=case", 400), "invalid-parameter");
    assert_eq!(turn(&ground, "nobody", &json!({})), 404);
    let reader = join(&ground, "");
    assert_eq!(turn(&ground, &reader.stream, &json!({"kinds": "report"})), 400);
    assert_eq!(turn(&ground, &reader.stream, &json!({"kind": "case"})), 422);
    drop(reader);
    ground.stop();
}

#[test]
fn a_stream_ends_with_the_server_and_does_not_hold_it_up() {
    let ground = Ground::town();
    let mut reader = join(&ground, "");
    let since = std::time::Instant::now();
    ground.stop();
    assert!(since.elapsed().as_secs() < 15, "it waited for its readers");
    while reader.try_next().is_ok_and(|event| event.is_some()) {}
}

/// Who is in the cells that a reader was told of, by number: (cell, x, y).
fn people(events: &[Event]) -> std::collections::BTreeMap<u64, (String, i64, i64)> {
    let mut people = std::collections::BTreeMap::new();
    for event in events.iter().filter(|event| event.name == "people") {
        let cell = event.data["cell"].as_str().expect("a cell");
        if event.data["whole"] == true {
            people.retain(|_, (at, _, _): &mut (String, i64, i64)| at != cell);
        }
        for put in event.data["put"].as_array().expect("a list") {
            let number = |at: usize| put[at].as_i64().expect("a number");
            people.insert(number(0) as u64, (cell.to_owned(), number(1), number(2)));
        }
        for out in event.data["out"].as_array().expect("a list") {
            let out = out.as_u64().expect("a number");
            if people.get(&out).is_some_and(|(at, _, _)| at == cell) {
                people.remove(&out);
            }
        }
    }
    people
}

#[test]
fn people_move_from_second_to_second_within_the_box_and_are_gone_when_they_leave_it() {
    let ground = Ground::folk();
    let worker = ground.workers()[0];
    let (lon, lat) = ground.places(1)[0];
    ground.stand(worker, (lon, lat));
    let around = 0.01;
    let bounds = format!("{},{},{},{}", lon - around, lat - around, lon + around, lat + around);
    let mut reader = join(&ground, &format!("?kinds=case&bounds={bounds}"));
    let mut heard = Vec::new();
    let mut until = |reader: &mut Listener, wanted: &dyn Fn(&[Event]) -> bool| {
        while !wanted(&heard) {
            heard.push(reader.until(|event| event.name == "people"));
        }
        people(&heard)
    };
    let before = until(&mut reader, &|heard| people(heard).contains_key(&worker))[&worker].clone();
    // 20 m to the east: some hundred of the units in which cells are counted.
    ground.stand(worker, (lon + 0.000_24, lat));
    let moved = until(&mut reader, &|heard| people(heard).get(&worker).is_some_and(|at| *at != before));
    if moved[&worker].0 == before.0 {
        let (east, south) = (moved[&worker].1 - before.1, moved[&worker].2 - before.2);
        assert!((80..100).contains(&east) && south.abs() <= 1, "{before:?} {moved:?}");
    }
    ground.stand(worker, (lon + 0.4, lat));
    until(&mut reader, &|heard| !people(heard).contains_key(&worker));
    // Looking elsewhere needs no new connection.
    let there = format!("{},{},{},{}", lon + 0.39, lat - around, lon + 0.41, lat + around);
    assert_eq!(turn(&ground, &reader.stream, &json!({"kinds": "case", "bounds": there})), 204);
    until(&mut reader, &|heard| people(heard).contains_key(&worker));
    drop(reader);
    ground.stop();
}

#[test]
fn far_away_people_are_counted_by_area() {
    let ground = Ground::folk();
    ground.spread();
    let on_duty = ground.shifts().len() as u64;
    for level in ["grid", "community", "street", "district"] {
        let mut reader = join(&ground, &format!("?kinds=case&counts={level}"));
        let counts = reader.until(|event| event.name == "counts").data;
        assert_eq!((&counts["level"], &counts["whole"]), (&json!(level), &json!(true)));
        let sum: u64 = counts["put"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| row[1].as_u64().expect("a count"))
            .sum();
        assert_eq!(sum, on_duty, "{level}");
    }
    ground.stop();
}

#[test]
fn a_volunteer_off_a_task_is_a_number_in_a_grid() {
    let Some(ground) = Ground::of(City::Folk) else { return };
    let volunteers: BTreeSet<u64> = (0..200)
        .find_map(|_| {
            let shifts = ground.shifts();
            std::thread::sleep(std::time::Duration::from_millis(50));
            let watchers = shifts.iter().filter(|shift| shift["role"] == "watcher");
            (!shifts.is_empty()).then(|| watchers.filter_map(|shift| shift["responder"].as_u64()).collect())
        })
        .expect("somebody is on duty");
    ground.spread();
    let bounds = "123.0,41.6,123.4,41.9";
    let bounds = ground.ask("/city")["bounds"].as_array().map_or_else(
        || bounds.to_owned(),
        |corners| corners.iter().map(Value::to_string).collect::<Vec<_>>().join(","),
    );
    let mut reader = join(&ground, &format!("?kinds=case&bounds={bounds}"));
    let events: Vec<Event> = reader.up_to_beat().into_iter().chain(reader.up_to_beat()).collect();
    let named = people(&events);
    assert!(!named.is_empty(), "{events:?}");
    assert!(named.keys().all(|who| !volunteers.contains(who)), "a volunteer was named");
    let whole = events.iter().filter(|event| event.name == "people" && event.data["whole"] == true);
    let grouped: u64 = whole
        .flat_map(|event| event.data["groups"].as_array().cloned().unwrap_or_default())
        .map(|group| group[5].as_u64().expect("a count"))
        .sum();
    assert_eq!(grouped, volunteers.len() as u64);
    drop(reader);
    ground.stop();
}
