//! Webhooks and `/notices`: is another platform told of every change, in order, signed, and what if it does not listen?

use base64::{Engine as _, prelude::BASE64_STANDARD};
use gridward_tests::{
    ground::{Ground, fresh_key},
    receiver::{Receiver, SECRET, Told},
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

fn served(receiver: &Receiver, more: &str) -> Ground {
    Ground::town_with(&["--config", &receiver.config(&["case", "hazard"], more)])
}

fn report(ground: &Ground) -> u64 {
    let (lon, lat) = ground.places(1)[0];
    ground.tell(lon, lat)["case"].as_u64().expect("a case")
}

fn step(ground: &Ground, case: u64, step: &str) {
    let path = format!("/api/v1/cases/{case}/steps");
    let answer = ground.client().post(&path, &fresh_key(), &json!({"step": step, "by": "王芳"}));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// What a notice says, for comparing: its type, the number of the thing, its revision.
fn gist(told: &Told) -> (String, u64, u64) {
    let body = told.body();
    let number = |field: &str| body["data"][field].as_u64().expect("a number");
    (body["type"].as_str().expect("a type").to_owned(), number("id"), number("revision"))
}

fn settle(ground: &Ground, number: u64, how: &str) -> u16 {
    ground.client().post(&format!("/api/v1/notices/{number}/{how}"), &fresh_key(), &Value::Null).status
}

#[test]
fn a_platform_is_told_of_each_change_in_order_and_without_words_or_names() {
    let receiver = Receiver::start();
    let ground = served(&receiver, "");
    let case = report(&ground);
    for done in ["acknowledged", "handled", "closed"] {
        step(&ground, case, done);
    }
    let told: Vec<Told> = (0..6).map(|_| receiver.next()).collect();
    let of_case = |told: &&Told| gist(told).0 == "case.changed";
    let states: Vec<Value> =
        told.iter().filter(of_case).map(|told| told.body()["data"]["case"]["state"].clone()).collect();
    assert_eq!(states, ["received", "acknowledged", "handled", "closed"]);
    let revisions: Vec<(u64, u64)> =
        told.iter().filter(of_case).map(gist).map(|(_, id, revision)| (id, revision)).collect();
    assert_eq!(revisions, [(case, 1), (case, 2), (case, 3), (case, 4)]);
    let hazard = told.iter().rfind(|told| gist(told).0 == "hazard.changed").expect("its hazard");
    assert_eq!(hazard.body()["data"]["hazard"]["state"], "cleared");
    let current = ground.ask(&format!("/cases/{case}"));
    assert_eq!(current["revision"], 4, "the revision is that of the store");
    for notice in &told {
        assert!(!notice.text.contains("王芳") && !notice.text.contains("\"text\""), "{}", notice.text);
    }
    let notices = ground.notices(|notices| notices["webhooks"][0]["waiting"] == 0);
    assert_eq!(notices["tray"], json!([]));
    assert_eq!(notices["webhooks"][0]["trouble"], Value::Null);
    ground.stop();
}

#[test]
fn a_notice_bears_the_signature_of_standard_webhooks() {
    let receiver = Receiver::start();
    let ground = served(&receiver, "");
    report(&ground);
    let told = receiver.next();
    let (id, at) = (&told.headers["webhook-id"], &told.headers["webhook-timestamp"]);
    let key = BASE64_STANDARD.decode(SECRET).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
    mac.update(format!("{id}.{at}.{}", told.text).as_bytes());
    let signature = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(told.headers["webhook-signature"], signature);
    assert_eq!(told.headers["content-type"], "application/json");
    let age_s = ground.now_ms() / 1000 - at.parse::<u64>().expect("seconds");
    assert!(age_s < 60, "it was signed {age_s} s ago");
    ground.stop();
}

#[test]
fn what_a_platform_misses_while_it_is_away_it_is_told_when_it_is_back() {
    let receiver = Receiver::start();
    receiver.answer("503 Service Unavailable", "");
    let ground = served(&receiver, "");
    let first = report(&ground);
    assert_eq!(gist(&receiver.next()).1, first);
    step(&ground, first, "acknowledged");
    let notices = ground.notices(|notices| notices["webhooks"][0]["trouble"]["tries"].as_u64() > Some(1));
    assert_eq!(notices["webhooks"][0]["waiting"], 3, "{notices}");
    assert_eq!(notices["webhooks"][0]["trouble"]["fault"], "answered 503 Service Unavailable");
    while receiver.come().is_some() {}

    // It was acknowledged, and so it is told: also by the server that comes after a power cut.
    let ground = ground.after_a_power_cut();
    receiver.answer("200 OK", "");
    let mut told = Vec::new();
    while told.len() < 3 {
        let next = gist(&receiver.next());
        if told.last() != Some(&next) {
            told.push(next);
        }
    }
    let of_case = told.iter().filter(|(what, ..)| what == "case.changed").collect::<Vec<_>>();
    assert_eq!(of_case, [&("case.changed".to_owned(), first, 1), &("case.changed".to_owned(), first, 2)]);
    let _ = ground.notices(|notices| notices["webhooks"][0]["waiting"] == 0);
    drop(ground.stop_and(|| ()));
}

#[test]
fn what_a_platform_refuses_lies_in_the_tray_until_it_is_tried_again_or_dropped() {
    let receiver = Receiver::start();
    receiver.answer("400 Bad Request", "");
    let ground = served(&receiver, "");
    report(&ground);
    let numbers = ground.refused_notices(2);
    let tray = ground.ask("/notices")["tray"].clone();
    assert_eq!(tray[0]["reason"], "answered 400 Bad Request");
    assert_eq!(tray[0]["webhook"], "city");
    let refused = gist(&receiver.next());
    let _ = receiver.next();

    receiver.answer("200 OK", "");
    assert_eq!(settle(&ground, numbers[0], "again"), 204);
    assert_eq!(gist(&receiver.next()), refused);
    assert_eq!(settle(&ground, numbers[1], "drop"), 204);
    let notices = ground.notices(|notices| notices["webhooks"][0]["waiting"] == 0);
    assert_eq!(notices["tray"], json!([]));
    for how in ["again", "drop"] {
        assert_eq!(settle(&ground, numbers[0], how), 404, "{how}: it lies there no more");
    }
    assert!(receiver.come().is_none(), "what was dropped was told");
    drop(ground.stop_and(|| ()));
}

#[test]
fn a_redirection_is_not_followed_and_a_receiver_may_ask_for_time() {
    let (receiver, other) = (Receiver::start(), Receiver::start());
    receiver.answer("307 Temporary Redirect", &format!("location: {}\r\nretry-after: 600\r\n", other.url()));
    let ground = served(&receiver, "");
    report(&ground);
    let _ = receiver.next();
    let notices = ground.notices(|notices| !notices["webhooks"][0]["trouble"].is_null());
    let trouble = &notices["webhooks"][0]["trouble"];
    assert_eq!(trouble["fault"], "answered 307 Temporary Redirect");
    assert_ne!(
        trouble["since"].as_str().map(|at| &at[..16]),
        trouble["next_at"].as_str().map(|at| &at[..16]),
        "{trouble}"
    );
    assert!(receiver.come().is_none(), "it was asked again at once");
    assert!(other.come().is_none(), "a signed notice went to somebody else");
    drop(ground.stop_and(|| ()));
}

#[test]
fn a_server_without_webhooks_keeps_no_notices() {
    let ground = Ground::town();
    report(&ground);
    assert_eq!(ground.ask("/notices"), json!({"webhooks": [], "tray": []}));
    ground.stop();
}
