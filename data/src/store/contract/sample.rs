//! Small things to try a store with: a station, a report, its case and hazard.

use crate::{
    model::{
        account::Actor,
        case::{Case, CaseKind, CaseState, Hazard, HazardState},
        entity::{Entity, Key, Kind},
        id::{AreaId, CaseId, HazardId, ReportId, StationId},
        patrol::Fix,
        place::Place,
        report::{Category, Channel, Report},
        station::Station,
        time::{Timestamp, Timetable},
        unit::Metres,
    },
    store::{
        Store,
        change::{Change, LogRow},
        commit::{Commit, Committed, Request},
        question::Tail,
        version::Version,
    },
};

/// When everything here happens.
pub const AT: Timestamp = Timestamp(1_795_000_000_000);

/// An area by its number.
#[must_use]
pub fn area(number: u64) -> AreaId {
    AreaId::new(number).expect("a number that is an id")
}

/// A category by its two digits.
#[must_use]
pub fn category(text: &str) -> Category {
    text.parse().expect("two digits")
}

/// The key of a thing.
#[must_use]
pub fn key(kind: Kind, id: u64) -> Key {
    Key { kind, id }
}

/// Somewhere in Tiexi, another place for every number.
#[must_use]
pub fn place(number: u64) -> Place {
    let step = (number % 1_000) as i32 * 1_000;
    Place::from_e7(1_233_800_000 + step, 417_900_000 + step).expect("on the Earth")
}

/// A fix of a walk, another place and instant for every number.
#[must_use]
pub fn fix(number: u64) -> Fix {
    Fix {
        sequence: number,
        at: Timestamp(AT.0 + number as i64 * 5_000),
        place: place(number),
        accuracy: (!number.is_multiple_of(3)).then(|| Metres::new(8.5).expect("a distance")),
        speed_m_s: number.is_multiple_of(2).then_some(1.25),
    }
}

/// A station.
#[must_use]
pub fn station(number: u64, name: &str) -> Station {
    Station {
        id: StationId::new(number).expect("a number that is an id"),
        name: name.to_owned(),
        place: place(number),
        timetable: Timetable::default(),
    }
}

/// A case with the report and the hazard of the same number.
#[must_use]
pub fn case(number: u64, state: CaseState, of: &str, areas: &[AreaId]) -> Case {
    Case {
        id: CaseId::new(number).expect("a number that is an id"),
        kind: CaseKind::Hazard,
        category: Some(category(of)),
        state,
        channel: Channel::Patrol,
        place: place(number),
        areas: areas.to_vec(),
        opened_at: AT,
        reports: vec![ReportId::new(number).expect("a number that is an id")],
        hazard: HazardId::new(number).ok(),
        closed_at: None,
        lead: None,
        co_handling: Vec::new(),
        steps: Vec::new(),
    }
}

/// A report with words that only its handler may read.
#[must_use]
pub fn report(number: u64, text: &str, areas: &[AreaId]) -> Report {
    Report {
        id: ReportId::new(number).expect("a number that is an id"),
        channel: Channel::Patrol,
        category: Some(category("14")),
        text: text.to_owned(),
        place: place(number),
        areas: areas.to_vec(),
        received_at: AT,
        case: CaseId::new(number).expect("a number that is an id"),
    }
}

/// A hazard with the case of the same number.
#[must_use]
pub fn hazard(number: u64) -> Hazard {
    Hazard {
        id: HazardId::new(number).expect("a number that is an id"),
        category: category("14"),
        state: HazardState::Open,
        place: place(number),
        seen_at: AT,
        case: CaseId::new(number).expect("a number that is an id"),
    }
}

/// These changes, on behalf of this machine.
#[must_use]
pub fn commit(changes: Vec<Change>) -> Commit {
    Commit::of(AT, Actor::Loopback, changes)
}

/// What a patroller's report writes: the report, its case and hazard, under the key of a request.
#[must_use]
pub fn reporting(number: u64, areas: &[AreaId]) -> Commit {
    let mut commit = commit(vec![
        Change::within(areas, report(number, "三单元楼道里有电动车充电", areas)),
        Change::within(areas, case(number, CaseState::Received, "14", areas)),
        Change::within(areas, hazard(number)),
    ]);
    commit.expected = [Kind::Report, Kind::Case, Kind::Hazard].map(|kind| (key(kind, number), None)).to_vec();
    commit.request =
        Some(request(&format!("request-{number}"), number as u8, &format!("{{\"report\":{number}}}")));
    commit
}

/// A request under a key; the digest is made of one byte.
#[must_use]
pub fn request(key: &str, digest: u8, answer: &str) -> Request {
    Request { key: key.to_owned(), digest: [digest; 32], answer: answer.to_owned() }
}

/// Stores what must be taken.
pub async fn stored(store: &Store, commit: Commit) -> Version {
    match store.commit(commit).await {
        Ok(Committed::Stored { version }) => version,
        other => panic!("the commit should have been stored: {other:?}"),
    }
}

/// The log after a version, all of it.
pub async fn rows_after(store: &Store, version: &Version) -> Vec<LogRow> {
    match store.log_after(version, usize::MAX).await {
        Ok(Tail::Rows(rows)) => rows,
        other => panic!("the log should have been there: {other:?}"),
    }
}

/// A whole thing that must be there.
pub async fn whole(store: &Store, key: Key) -> Entity {
    let found = store.one(key).await.expect("a store that works");
    found.unwrap_or_else(|| panic!("{key} should have been there")).1
}
