//! Whether the people and their year hold together: figures, references, seasons, words, on towns made up and by hand.

use super::{super::*, PeoplePlan, ground::Ground};
use crate::model::{
    area::{Area, AreaVersion, Level},
    building::{Building, Compound, Entrance},
    case::{Case, Hazard, HazardState},
    code::AreaCode,
    facility::{Facility, FacilityKind},
    id::{AreaId, BuildingId, CompoundId, FacilityId},
    organisation::{Organisation, Post},
    patrol::PatrolPlan,
    report::Report,
    responder::{Responder, Role},
    roster::Roster,
    shape::{Outline, Polygon, Ring},
    task::Task,
    time::{Span, Timetable},
};
use std::collections::BTreeMap;

/// 2026-11-26 at noon in China.
const UNTIL: Timestamp = Timestamp(1_795_665_600_000);
const PLAN: PeoplePlan = PeoplePlan { seed: 1, until: UNTIL };

#[derive(Default)]
struct Life {
    organisations: Vec<Organisation>,
    posts: Vec<Post>,
    responders: Vec<Responder>,
    rosters: Vec<Roster>,
    plans: Vec<PatrolPlan>,
    reports: Vec<Report>,
    cases: Vec<Case>,
    hazards: Vec<Hazard>,
    tasks: Vec<Task>,
}

fn life(places: &[Entity], plan: &PeoplePlan) -> Life {
    let mut life = Life::default();
    for entity in inhabit(places, plan) {
        match entity {
            Entity::Organisation(it) => life.organisations.push(it),
            Entity::Post(it) => life.posts.push(it),
            Entity::Responder(it) => life.responders.push(it),
            Entity::Roster(it) => life.rosters.push(it),
            Entity::PatrolPlan(it) => life.plans.push(it),
            Entity::Report(it) => life.reports.push(it),
            Entity::Case(it) => life.cases.push(it),
            Entity::Hazard(it) => life.hazards.push(it),
            Entity::Task(it) => life.tasks.push(it),
            other => panic!("nobody asked for {}", other.key()),
        }
    }
    life
}

fn small_town() -> Vec<Entity> {
    town(&TownPlan { seed: 1, scale: 0.02, at: Timestamp(1_700_000_000_000) })
}

fn place(lon_e7: i32, lat_e7: i32) -> Place {
    Place::from_e7(1_233_000_000 + lon_e7, 418_000_000 + lat_e7).expect("on the Earth")
}

fn square(west: i32, south: i32, side: i32) -> Outline {
    let corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)];
    let places = corners.map(|(x, y)| place(west + x, south + y)).to_vec();
    Outline::new(vec![Polygon::new(Ring::new(places).expect("a ring"), vec![])]).expect("an outline")
}

fn area(number: u64, level: Level, parent: Option<u64>, outline: Outline) -> Entity {
    let id = |number| AreaId::new(number).expect("an id");
    let code = AreaCode::guess("210106").expect("a code");
    let (name, valid) = (format!("第{number}片"), Span::since(Timestamp(0)));
    let parent = parent.map(id);
    let version = AreaVersion { code, name, parent, outline, valid, households: None };
    Area { id: id(number), level, versions: vec![version], lineage: vec![] }.into()
}

/// A district of one community with four grids, a compound of one house, and a party-service centre.
fn hand_made() -> Vec<Entity> {
    let mut places = vec![
        area(1, Level::District, None, square(0, 0, 200_000)),
        area(2, Level::Community, Some(1), square(0, 0, 200_000)),
    ];
    let corners = [(0, 0), (100_000, 0), (0, 100_000), (100_000, 100_000)];
    places
        .extend((3..).zip(corners).map(|(id, (x, y))| area(id, Level::Grid, Some(2), square(x, y, 100_000))));
    let compound = CompoundId::new(1).expect("an id");
    places.push(
        Compound { id: compound, name: "金属院".to_owned(), outline: square(10_000, 10_000, 50_000) }.into(),
    );
    let entrance = Entrance { place: place(20_500, 20_000), label: Some("1单元".to_owned()) };
    let house = Building {
        id: BuildingId::new(1).expect("an id"),
        outline: square(20_000, 20_000, 2_000),
        name: Some("3号楼".to_owned()),
        address: Some("建设路12号".to_owned()),
        storeys: Some(6),
        households: Some(24),
        entrances: vec![entrance],
        compound: Some(compound),
    };
    places.push(house.into());
    let id = FacilityId::new(1).expect("an id");
    let (kind, name) = (FacilityKind::PartyService, "党群服务中心".to_owned());
    let place = place(150_000, 150_000);
    places.push(Facility { id, kind, name, place, timetable: Timetable::default() }.into());
    places
}

fn bytes(entities: &[Entity]) -> String {
    entities.iter().map(|entity| serde_json::to_string(entity).expect("JSON") + "\n").collect()
}

/// FNV-1a over the bytes.
fn digest(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn on_duty(roster: &Roster, minute_of_week: u32) -> bool {
    roster.hours.0.iter().any(|span| {
        let day = span.day as u32 * 1_440;
        let (from, until) = (day + u32::from(span.from_min), day + u32::from(span.until_min));
        (from..until).contains(&minute_of_week) || (from..until).contains(&(minute_of_week + 7 * 1_440))
    })
}

fn whole(places: &[Entity], life: &Life) {
    let ids: Vec<u64> = life.responders.iter().map(|one| one.id.number()).collect();
    assert_eq!(ids, (1..=ids.len() as u64).collect::<Vec<_>>());
    let offices = life.organisations.len() as u64;
    let areas: BTreeMap<AreaId, &Outline> = places
        .iter()
        .filter_map(|entity| match entity {
            Entity::Area(area) => Some((area.id, &area.current()?.outline)),
            _ => None,
        })
        .collect();
    for one in &life.responders {
        assert!(one.organisation.is_some_and(|id| id.number() <= offices));
        assert!(one.home_area.is_none_or(|id| areas.contains_key(&id)));
        assert!(!one.role.is_volunteer() || one.duty_post.is_none(), "a watcher has no desk");
    }
    assert!(life.posts.iter().all(|post| post.holder.is_none_or(|id| id.number() <= ids.len() as u64)));
    assert_eq!(life.rosters.len(), life.responders.len());
    for (case, number) in life.cases.iter().zip(1..) {
        assert_eq!(case.id.number(), number);
        assert!(!case.reports.is_empty() && case.reports.is_sorted());
        for id in &case.reports {
            let report = &life.reports[id.number() as usize - 1];
            assert_eq!((report.id, report.case, report.category), (*id, case.id, case.category));
            assert_eq!((report.place, &report.areas), (case.place, &case.areas));
        }
        assert_eq!(life.reports[case.reports[0].number() as usize - 1].received_at, case.opened_at);
        assert_eq!(case.state.is_open(), case.closed_at.is_none());
        assert!(case.closed_at.is_none_or(|at| case.opened_at < at && at <= PLAN.end()));
        let hazard = case.hazard.map(|id| &life.hazards[id.number() as usize - 1]);
        assert_eq!(hazard.is_some(), case.category.expect("one").to_string() == "14");
        if let Some(hazard) = hazard {
            assert_eq!((hazard.case, hazard.place), (case.id, case.place));
            assert_eq!(hazard.state == HazardState::Open, case.state.is_open());
        }
    }
    assert!(life.cases.is_sorted_by_key(|case| case.opened_at));
    assert!(life.reports.is_sorted_by_key(|report| report.received_at));
    for (report, number) in life.reports.iter().zip(1..) {
        assert_eq!(report.id.number(), number);
        assert!((PLAN.start()..PLAN.end()).contains(&report.received_at));
        assert!(life.cases[report.case.number() as usize - 1].reports.contains(&report.id));
        assert!(areas.is_empty() || !report.areas.is_empty());
        assert!(!report.text.contains(['{', '}']) && report.text.chars().count() < 120, "{}", report.text);
    }
}

#[test]
fn everything_that_is_named_is_there() {
    for places in [small_town(), hand_made(), Vec::new()] {
        whole(&places, &life(&places, &PLAN));
    }
}

#[test]
fn the_areas_of_a_place_are_those_that_a_full_scan_finds() {
    let places = small_town();
    let ground = Ground::of(&places);
    let inside = |outline: &Outline, at: Place| {
        // Oracle: the sum of the turns of the corners, in floating point; spots lie metres from any border.
        outline.polygons().iter().any(|polygon| {
            let ring = polygon.exterior.places();
            let angle =
                |it: Place| f64::from(it.lat_e7() - at.lat_e7()).atan2(f64::from(it.lon_e7() - at.lon_e7()));
            let full = std::f64::consts::TAU;
            let turned: f64 = ring
                .windows(2)
                .map(|pair| (angle(pair[1]) - angle(pair[0]) + 1.5 * full).rem_euclid(full) - full / 2.0)
                .sum();
            turned.abs() > 1.0
        })
    };
    let houses = places.iter().filter_map(|entity| match entity {
        Entity::Building(house) => house.entrances.first().map(|entrance| entrance.place),
        _ => None,
    });
    let mut tried = 0;
    for at in houses.step_by(7) {
        let mut scanned: Vec<(Level, AreaId)> = Vec::new();
        for entity in &places {
            if let Entity::Area(area) = entity
                && inside(&area.current().expect("valid").outline, at)
            {
                scanned.push((area.level, area.id));
            }
        }
        scanned.sort_unstable();
        assert_eq!(ground.areas(at), scanned.into_iter().map(|it| it.1).collect::<Vec<_>>());
        tried += 1;
    }
    assert!(tried > 50);
}

#[test]
fn one_organisation_leads_each_category() {
    let life = life(&hand_made(), &PLAN);
    let mut led: Vec<String> =
        life.organisations.iter().flat_map(|one| &one.categories).map(ToString::to_string).collect();
    led.sort();
    assert_eq!(led, (1..=16).map(|number| format!("{number:02}")).collect::<Vec<_>>());
    assert_eq!(life.organisations.len(), 48);
}

#[test]
fn at_every_hour_of_the_week_two_workers_are_on_even_in_the_smallest_city() {
    for places in [small_town(), hand_made(), Vec::new()] {
        let life = life(&places, &PLAN);
        let workers: Vec<&Roster> = life
            .rosters
            .iter()
            .zip(&life.responders)
            .filter(|(_, one)| one.role == Role::GridWorker)
            .map(|(roster, _)| roster)
            .collect();
        for minute in (0..7 * 1_440).step_by(30) {
            let on = workers.iter().filter(|roster| on_duty(roster, minute)).count();
            assert!(on >= 2, "{on} at minute {minute}");
        }
    }
}

#[test]
fn nothing_in_the_words_could_be_a_person() {
    for report in life(&small_town(), &PLAN).reports {
        let mut run = 0;
        for it in report.text.chars() {
            run = if it.is_ascii_digit() { run + 1 } else { 0 };
            assert!(run < 7, "{}", report.text);
        }
        for word in ["先生", "女士", "身份证", "大爷", "大妈"] {
            assert!(!report.text.contains(word), "{}", report.text);
        }
    }
}

#[test]
fn a_family_matter_is_never_put_at_a_home() {
    let places = small_town();
    let homes: std::collections::BTreeSet<Place> = places
        .iter()
        .filter_map(|entity| match entity {
            Entity::Building(house) if house.compound.is_some() => Some(&house.entrances),
            _ => None,
        })
        .flatten()
        .map(|entrance| entrance.place)
        .collect();
    let desks: std::collections::BTreeSet<Place> = places
        .iter()
        .filter_map(|entity| match entity {
            Entity::Facility(it)
                if matches!(it.kind, FacilityKind::Mediation | FacilityKind::PartyService) =>
            {
                Some(it.place)
            }
            _ => None,
        })
        .collect();
    assert!(!homes.is_empty() && !desks.is_empty());
    let family = life(&places, &PLAN)
        .reports
        .into_iter()
        .filter(|report| report.category.expect("one").to_string() == "01");
    let mut seen = 0;
    for report in family {
        assert!(desks.contains(&report.place), "{}", report.text);
        seen += 1;
    }
    assert!(seen > 5);
}

#[test]
fn the_same_seed_and_day_make_the_same_bytes() {
    let made = bytes(&inhabit(&hand_made(), &PLAN));
    let later = PeoplePlan { until: Timestamp(UNTIL.0 + 3_600_000), ..PLAN };
    assert_eq!(made, bytes(&inhabit(&hand_made(), &later)), "an hour later on the same day");
    assert_ne!(made, bytes(&inhabit(&hand_made(), &PeoplePlan { seed: 2, ..PLAN })));
    // Changes with every change of the words: then it is written anew, and the change is meant.
    assert_eq!(digest(&made), 0x7f2e_9ebc_ce35_f827, "{:#x}", digest(&made));
}

/// 2,441 grids side by side, each with the door of a clinic.
fn a_row_of_grids() -> Vec<Entity> {
    let side = 2_000;
    let mut places: Vec<Entity> = (0..2_441)
        .map(|nth| area(nth as u64 + 1, Level::Grid, None, square(nth % 50 * side, nth / 50 * side, side)))
        .collect();
    let id = FacilityId::new(1).expect("an id");
    let (kind, name, at) = (FacilityKind::Clinic, "卫生服务站".to_owned(), place(1_000, 1_000));
    places.push(Facility { id, kind, name, place: at, timetable: Timetable::default() }.into());
    places
}

#[test]
fn for_2441_grids_the_figures_are_those_that_the_district_published() {
    let life = life(&a_row_of_grids(), &PLAN);
    let of = |role| life.responders.iter().filter(|one| one.role == role).count();
    assert_eq!(life.organisations.len(), 48);
    assert_eq!((of(Role::GridWorker), of(Role::Watcher), of(Role::Mediator)), (2_690, 6_321, 1_700));
    assert_eq!((of(Role::Officer), of(Role::Expert), life.reports.len()), (150, 60, 60_000));
    let mut heads: Vec<AreaId> =
        life.posts.iter().filter(|it| it.title == "网格长").map(|it| it.area).collect();
    heads.sort();
    heads.dedup();
    assert_eq!(heads.len(), 2_441);
    assert!(life.posts.iter().filter(|it| it.title == "网格长").all(|it| it.holder.is_some()));
    let open = life.hazards.iter().filter(|it| it.state == HazardState::Open).count();
    assert!((150..=400).contains(&open), "{open} hazards are open");
    let noon_on_wednesday = 2 * 1_440 + 720;
    let on = life.rosters[..2_690].iter().filter(|roster| on_duty(roster, noon_on_wednesday)).count();
    assert!((38..=42).contains(&(on * 100 / 2_690)), "{on} workers at noon");
}

#[test]
fn what_is_told_follows_the_season_the_hour_and_the_weekday() {
    let life = life(&a_row_of_grids(), &PLAN);
    let of = |code: &str| -> Vec<&Report> {
        let category = code.parse().expect("a category");
        life.reports.iter().filter(|report| report.category == Some(category)).collect()
    };
    let percent = |some: &[&Report], is: &dyn Fn(&Report) -> bool| {
        some.iter().filter(|it| is(it)).count() * 100 / some.len()
    };
    // The year of the plan begins on 27 November: days from its start.
    let day = |report: &Report| (report.received_at.0 - PLAN.start().0) / 86_400_000;
    let hour = |report: &Report| (report.received_at.0 / 3_600_000 + 8) % 24;
    let in_winter = |report: &Report| day(report) < 125;
    let in_summer = |report: &Report| (186..278).contains(&day(report));
    assert!(percent(&of("16"), &in_winter) > 45 && percent(&of("16"), &in_summer) < 18);
    assert!(percent(&of("13"), &in_summer) > 35 && percent(&of("15"), &in_summer) > 28);
    assert!(percent(&of("05"), &|it| day(it) < 66) > 30, "wages are asked for before the New Year");
    assert!(percent(&of("13"), &|it| hour(it) >= 18) > 45, "noise is heard in the evening");
    assert!(percent(&of("12"), &|it| (8..17).contains(&hour(it))) > 80);
    let weekend = |report: &Report| {
        // Day 0 of the year, 2025-11-27, is a Thursday.
        matches!((day(report) + 3) % 7, 5 | 6)
    };
    assert!(percent(&of("05"), &weekend) < 12 && percent(&of("13"), &weekend) > 26);
    for number in 1..=16 {
        let count = of(&format!("{number:02}")).len();
        assert!((600..10_000).contains(&count), "{count} of {number:02}");
    }
    assert!(
        life.reports.iter().all(|it| !it.text.contains("暖气") || !in_summer(it)),
        "nobody heats in summer"
    );
}

#[test]
fn a_matter_that_is_told_of_again_stays_one_case() {
    let life = life(&small_town(), &PLAN);
    let more: Vec<&Case> = life.cases.iter().filter(|case| case.reports.len() > 1).collect();
    assert!(more.len() * 100 > life.cases.len() * 2 && more.len() * 100 < life.cases.len() * 10);
    assert!(more.iter().all(|case| case.reports.len() <= 4));
    assert!(more.iter().all(|case| {
        let last = &life.reports[case.reports[case.reports.len() - 1].number() as usize - 1];
        case.closed_at.is_none_or(|at| last.received_at < at)
    }));
}

#[test]
fn every_grid_with_a_street_has_a_plan_named_after_it_and_its_community() {
    let town = small_town();
    let plans = life(&town, &PLAN).plans;
    let areas: BTreeMap<AreaId, &Area> = town
        .iter()
        .filter_map(|entity| if let Entity::Area(area) = entity { Some((area.id, area)) } else { None })
        .collect();
    let grids = areas.values().filter(|area| area.level == Level::Grid).count();
    assert!(plans.len() * 10 >= grids * 9, "{} plans for {grids} grids", plans.len());
    for plan in &plans {
        let grid = areas[&plan.area].current().expect("it is valid");
        let community = areas[&grid.parent.expect("a community")].current().expect("it is valid");
        assert_eq!(plan.name, format!("{}{}日巡", community.name, grid.name));
        assert!(!plan.streets.is_empty() && plan.checkpoints.len() <= 4, "{plan:?}");
    }
    assert!(plans.iter().any(|plan| !plan.checkpoints.is_empty()));
}
