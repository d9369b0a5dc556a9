//! `GET /cases`, `GET /cases/{id}`, `POST /cases/{id}/steps`: what is to be closed, and how is it?

use gridward_tests::{
    ground::{Ground, fresh_key, hazard, point},
    http::Answer,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const COUNT: usize = 57;

/// A town with cases all over it, hazards and others in turn; and the numbers of the cases in the order of their telling.
fn told() -> (Ground, Vec<u64>) {
    let ground = Ground::town();
    let places = ground.places(12);
    let tell = |at: usize| {
        let (lon, lat) = places[at % places.len()];
        let mut body = hazard(lon, lat);
        if at.is_multiple_of(3) {
            body["category"] = "01".into();
        }
        ground.client().post("/api/v1/reports", &fresh_key(), &body).json(201)["case"]
            .as_u64()
            .expect("a number")
    };
    let cases = (0..COUNT).map(tell).collect();
    (ground, cases)
}

fn ids(page: &Value) -> Vec<u64> {
    page["cases"].as_array().expect("a list").iter().filter_map(|case| case["id"].as_u64()).collect()
}

/// Every case that a question has, page by page; `between` is done before each further page.
fn every(ground: &Ground, query: &str, mut between: impl FnMut()) -> Vec<u64> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = ground.ask(&format!("/cases?{query}{cursor}"));
        found.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
        between();
    }
}

#[test]
fn paging_visits_each_case_exactly_once_the_newest_first() {
    let (ground, mut cases) = told();
    cases.reverse();
    for limit in [1, 10, COUNT - 1, COUNT, COUNT + 1, 200] {
        assert_eq!(every(&ground, &format!("limit={limit}"), || {}), cases, "{limit} a page");
    }
    assert_eq!(every(&ground, "", || {}), cases, "as many a page as it likes");
    ground.stop();
}

#[test]
fn what_comes_in_meanwhile_does_not_shift_the_pages() {
    let (ground, mut cases) = told();
    cases.reverse();
    let (lon, lat) = ground.places(1)[0];
    let found = every(&ground, "limit=10", || drop(ground.tell(lon, lat)));
    assert_eq!(found, cases, "the pages go on from where they were");
    ground.stop();
}

#[test]
fn a_filter_keeps_what_it_names_and_nothing_else() {
    let (ground, cases) = told();
    let all: BTreeSet<u64> = cases.iter().copied().collect();
    let set = |query: &str| -> BTreeSet<u64> { every(&ground, query, || {}).into_iter().collect() };
    assert_eq!(set("state=open"), all);
    assert_eq!(set("state=closed"), BTreeSet::new());
    let (first, second) = (set("category=01"), set("category=14&limit=5"));
    assert_eq!(first.len(), COUNT.div_ceil(3));
    assert_eq!(first.union(&second).copied().collect::<BTreeSet<_>>(), all);
    assert_eq!(set("category=16"), BTreeSet::new());

    let areas = ground.ask("/areas?limit=1000");
    let mut in_grids = BTreeSet::new();
    for area in areas["areas"].as_array().expect("a list") {
        let within = set(&format!("area={}&limit=7", area["id"]));
        for case in &within {
            let case = ground.ask(&format!("/cases/{case}"));
            let chain = case["areas"].as_array().expect("a chain");
            assert!(chain.iter().any(|above| above["id"] == area["id"]), "{case} does not lie in {area}");
        }
        match area["level"].as_str() {
            Some("district") => assert_eq!(within, all),
            Some("grid") => in_grids.extend(within),
            _ => {}
        }
    }
    assert_eq!(in_grids, all, "each case lies in a grid");
    ground.stop();
}

#[test]
fn a_case_alone_is_the_case_of_the_list() {
    let (ground, _) = told();
    for case in ground.ask("/cases?limit=200")["cases"].as_array().expect("a list") {
        assert_eq!(ground.ask(&format!("/cases/{}", case["id"])), *case);
        let at = case["received_at"].as_str().expect("a time");
        assert!(at.len() == 25 && at.ends_with("+08:00") && &at[10..11] == "T", "{at}");
        assert_eq!((&case["revision"], &case["state"]), (&json!(1), &json!("received")));
        let (lon, lat) = point(&case["place"]);
        assert!(lon.abs() <= 180.0 && lat.abs() <= 90.0);
    }
    ground.stop();
}

#[test]
fn cases_that_are_not_there_are_not_found() {
    let (ground, cases) = told();
    let next = cases.last().expect("some") + 1;
    for id in [next.to_string().as_str(), "0", "9007199254740993", "18446744073709551616", "-1", "x", "1e3"] {
        assert_eq!(ground.refusal(&format!("/cases/{id}"), 404), "not-found", "{id}");
    }
    ground.stop();
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let ground = Ground::empty();
    for query in [
        "state=new",
        "state=",
        "category=1",
        "category=xx",
        "category=",
        "area=0",
        "area=9007199254740993",
        "area=here",
        "limit=0",
        "limit=201",
        "limit=-1",
        "cursor=next",
        "cursor=0",
        "order=oldest",
    ] {
        assert_eq!(ground.refusal(&format!("/cases?{query}"), 400), "invalid-parameter", "{query}");
    }
    ground.stop();
}

/// Takes a case a step further.
fn step(ground: &Ground, case: &Value, body: &Value) -> Answer {
    ground.client().post(&format!("/api/v1/cases/{case}/steps"), &fresh_key(), body)
}

#[test]
fn a_case_comes_to_its_end_by_signed_steps_and_takes_its_hazard_from_the_map() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let case = ground.tell(lon, lat)["case"].clone();
    let hazards = || ground.ask("/city")["counts"]["hazards"].as_u64().expect("a count");
    let before = hazards();
    for (state, open) in [("acknowledged", true), ("handled", true), ("closed", false)] {
        let view = step(&ground, &case, &json!({"step": state, "by": "王芳"})).json(200);
        assert_eq!(view["state"], state);
        let taken = view["steps"].as_array().and_then(|steps| steps.last()).cloned().unwrap_or_default();
        assert_eq!((&taken["state"], &taken["by"]), (&json!(state), &json!("王芳")), "{view}");
        assert_eq!(hazards(), before - u64::from(!open));
    }
    assert_eq!(step(&ground, &case, &json!({"step": "handled", "by": "王芳"})).problem(409), "conflict");
    ground.stop();
}

#[test]
fn of_two_who_acknowledge_at_once_one_does() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let case = ground.tell(lon, lat)["case"].clone();
    let names = ["王芳", "李强", "赵敏", "孙丽"];
    let (ground_of, case_of) = (&ground, &case);
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = names
            .iter()
            .map(|name| {
                scope.spawn(move || {
                    step(ground_of, case_of, &json!({"step": "acknowledged", "by": name})).status
                })
            })
            .collect();
        tries.into_iter().map(|answer| answer.join().expect("an answer")).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 3, "{answers:?}");
    let steps = ground.ask(&format!("/cases/{case}"))["steps"].clone();
    assert_eq!(steps.as_array().map(Vec::len), Some(1), "{steps}");
    ground.stop();
}

#[test]
fn steps_that_cannot_be_taken_are_refused_by_name() {
    let ground = Ground::folk();
    let case = ground.case_at(ground.places(1)[0]);
    let case = json!(case);
    for (body, status, slug) in [
        (json!({"step": "acknowledged", "by": " "}), 422, "invalid-body"),
        (json!({"step": "received", "by": "王芳"}), 422, "invalid-body"),
        (json!({"step": "dismissed", "by": "王芳"}), 422, "invalid-body"),
        (json!({"step": "closed", "by": "王芳"}), 409, "conflict"),
        (json!({"step": "acknowledged", "by": "王芳", "revision": 9}), 409, "conflict"),
        (json!({"step": "acknowledged"}), 422, "invalid-body"),
    ] {
        assert_eq!(step(&ground, &case, &body).problem(status), slug, "{body}");
    }
    assert_eq!(
        step(&ground, &json!(99_999_999), &json!({"step": "closed", "by": "王芳"})).problem(404),
        "not-found"
    );
    // Nobody ends a case over the head of who is on the way.
    let worker = ground.workers()[0];
    assert_eq!(ground.assign(&json!({"case": case, "responder": worker})).status, 201);
    assert_eq!(step(&ground, &case, &json!({"step": "handled", "by": "王芳"})).problem(409), "conflict");
    let dismissed = ground.tell(ground.places(1)[0].0, ground.places(1)[0].1)["case"].clone();
    let reason = json!({"step": "dismissed", "by": "王芳", "note": "重复上报"});
    assert_eq!(step(&ground, &dismissed, &reason).json(200)["steps"][0]["note"], "重复上报");
    ground.stop();
}

#[test]
fn a_step_that_is_sent_again_is_taken_once() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let case = ground.tell(lon, lat)["case"].clone();
    let key = fresh_key();
    let body = json!({"step": "acknowledged", "by": "王芳"});
    let path = format!("/api/v1/cases/{case}/steps");
    let first = ground.client().post(&path, &key, &body).json(200);
    assert_eq!(ground.client().post(&path, &key, &body).json(200), first);
    ground.stop();
}
