//! `GET /history`, `GET /history/pace`, `GET /coverage?until=`: what was open at a moment, how many were where, what had been walked?

use gridward_tests::{
    ground::{Ground, fresh_key},
    patrol::walk,
    store::Folder,
};
use serde_json::{Value, json};
use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// A moment by the clock of this machine, for a query.
fn instant(ms: u64) -> String {
    let (days, ms) = (ms / 86_400_000, ms % 86_400_000);
    // Civil from days (Howard Hinnant's algorithm), for years of the Gregorian calendar after 1970.
    let z = days + 719_468;
    let (era, day_of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second, ms) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}

fn step(ground: &Ground, case: &Value, step: &str) {
    let path = format!("/api/v1/cases/{case}/steps");
    let answer = ground.client().post(&path, &fresh_key(), &json!({"step": step, "by": "王芳"}));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// Everything that is said of a question that is refused.
fn refused(ground: &Ground, path: &str) -> String {
    let answer = ground.client().get(&format!("/api/v1{path}"));
    assert_eq!(answer.status, 400, "{path}: {}", answer.text());
    answer.text()
}

/// A moment between what happened before and what happens next.
fn between(ground: &Ground) -> u64 {
    thread::sleep(Duration::from_millis(5));
    let now = ground.now_ms();
    thread::sleep(Duration::from_millis(5));
    now
}

#[test]
fn each_moment_of_the_past_shows_what_was_open_then_and_how_far_it_had_come() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let before = between(&ground);
    let case = ground.tell(lon, lat)["case"].clone();
    let mut moments = vec![(before, None), (between(&ground), Some("received"))];
    for done in ["acknowledged", "handled"] {
        step(&ground, &case, done);
        moments.push((between(&ground), Some(done)));
    }
    step(&ground, &case, "closed");
    moments.push((between(&ground), None));

    for (at, state) in moments {
        let then = ground.ask(&format!("/history?at={}", instant(at)));
        let count = usize::from(state.is_some());
        assert_eq!(then["open_cases"], json!(count), "at {at}: {then}");
        assert_eq!(then["hazards"].as_array().map(Vec::len), Some(count), "at {at}: {then}");
        if state.is_some() {
            assert_eq!((&then["cases"][0]["id"], &then["cases"][0]["state"]), (&case, &json!(state)));
            assert_eq!(then["hazards"][0]["case"], case);
        }
    }
    ground.stop();
}

#[test]
fn the_pace_tells_when_cases_came_and_went() {
    let ground = Ground::town();
    let (lon, lat) = ground.places(1)[0];
    let from = between(&ground);
    let case = ground.tell(lon, lat)["case"].clone();
    let middle = between(&ground);
    ground.tell(lon, lat);
    for done in ["acknowledged", "handled", "closed"] {
        step(&ground, &case, done);
    }
    let until = between(&ground);

    let sums = |from: u64, until: u64| {
        let path = format!("/history/pace?from={}&until={}&bar_s=1", instant(from), instant(until));
        let pace = ground.ask(&path);
        let bars = pace["bars"].as_array().expect("bars");
        assert!(!bars.is_empty(), "{pace}");
        let sum = |of: &str| bars.iter().filter_map(|bar| bar[of].as_u64()).sum::<u64>();
        (sum("received"), sum("closed"))
    };
    assert_eq!([sums(from, middle), sums(middle, until), sums(from, until)], [(1, 0), (1, 1), (2, 1)]);
    ground.stop();
}

#[test]
fn how_many_were_where_is_told_by_area_and_of_nobody_by_name() {
    let folder = Folder::new();
    let config = folder.path().join("gridward.toml");
    fs::write(&config, "head_count_every_s = 1\n").expect("written");
    let ground = Ground::folk_with(&["--config", &config.display().to_string()]);
    ground.spread();
    let since = Instant::now();
    let (then, district) = loop {
        let at = instant(ground.now_ms());
        let then = ground.ask(&format!("/history?at={at}"));
        let all = ground.ask(&format!("/history?at={at}&level=district"));
        if then["people"]["count"].as_u64() > Some(1) && all["people"] != Value::Null {
            break (then, all);
        }
        assert!(since.elapsed() < Duration::from_secs(30), "nobody was counted: {then}");
        thread::sleep(Duration::from_millis(200));
    };
    let people = &then["people"];
    let areas = people["areas"].as_array().expect("areas");
    let sum: u64 = areas.iter().filter_map(|area| area["count"].as_u64()).sum();
    assert_eq!(people["count"], json!(sum));
    assert_eq!(district["people"]["areas"].as_array().map(Vec::len), Some(1));
    assert_eq!(district["people"]["count"], people["count"]);
    assert!(people["count"].as_u64() <= ground.ask("/responders")["on_duty"].as_u64(), "{people}");
    // Of fewer than three only the widest area, which has nothing above it, may tell.
    let widest = ground.ask("/areas?level=district")["areas"][0]["id"].clone();
    for area in areas {
        assert!(area["count"].as_u64() >= Some(3) || area["area"] == widest, "{people}");
    }
    assert!(!then.to_string().contains("responder"), "{then}");
    let long_ago = ground.ask(&format!("/history?at={}", instant(ground.now_ms() - 86_400_000)));
    assert_eq!(long_ago["people"], Value::Null, "nobody counted then");
    ground.stop();
}

#[test]
fn a_patrol_counts_in_the_past_whole_from_its_end_on() {
    let ground = Ground::folk();
    let (way, grid) = ground.way();
    let worker = ground.workers()[0];
    let patrol = ground.begin(&json!({"responder": worker})).json(201)["id"].clone();
    let steps = walk(&way, ground.now_ms(), 60, 5.0);
    assert_eq!(ground.send_fixes(&patrol, &steps).status, 200);
    let under_way = between(&ground);
    assert_eq!(ground.end(&patrol).status, 200);
    let over = between(&ground);
    let certain = |until: &str| {
        let table = ground.ask(&format!("/coverage?area={grid}&level=grid{until}"));
        table["areas"][0]["pieces"]["certain"].as_u64().expect("a share")
    };
    let now = certain("");
    assert!(now > 0, "it covered something");
    assert_eq!(certain(&format!("&until={}", instant(under_way))), 0);
    assert_eq!(certain(&format!("&until={}", instant(over))), now);
    let said = refused(&ground, &format!("/coverage/pieces?area={grid}&until={}", instant(over)));
    assert!(said.contains("somebody's way"), "{said}");
    ground.stop();
}

#[test]
fn a_moment_that_cannot_be_is_refused_by_name() {
    let ground = Ground::town();
    let now = ground.now_ms();
    let (hour, later) = (instant(now - 3_600_000), instant(now + 3_600_000));
    for (path, said) in [
        ("/history".to_owned(), "at"),
        ("/history?at=yesterday".to_owned(), "offset"),
        ("/history?at=2026-11-23T15:07:00".to_owned(), "offset"),
        (format!("/history?at={later}"), "still to come"),
        (format!("/history?at={hour}&level=city"), "level"),
        (format!("/history?at={hour}&limit=0"), "limit"),
        (format!("/history/pace?from={later}"), "still to come"),
        (format!("/history/pace?from={hour}&until={hour}"), "before"),
        ("/history/pace?from=2020-01-01T00:00:00Z".to_owned(), "366 days"),
        (format!("/history/pace?from={hour}&bar_s=3"), "more than 1000 bars"),
        (format!("/history/pace?from={hour}&bar_s=0"), "bar_s"),
        (format!("/coverage?until={later}"), "still to come"),
    ] {
        let problem = refused(&ground, &path);
        assert!(problem.contains(said), "{path}: {problem}");
    }
    ground.stop();
}
