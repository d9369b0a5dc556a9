//! What becomes of a report: the report itself, a case, and a hazard where something dangerous was told.
//!
//! ```text
//! Told ─► decide ─► Intake { report, case, hazard?, expected, changes } ─► the server commits
//!            └────► IntakeError: what was wrong with it, and what to do
//! ```

use super::categories::{case_kind, find};
use crate::index::Index;
use gridward_data::{
    model::{
        case::{Case, CaseState, Hazard, HazardState},
        entity::{Entity, Key},
        id::{AreaId, CaseId, HazardId, ReportId},
        place::Place,
        report::{Category, Channel, Report},
        time::Timestamp,
    },
    store::change::{Change, Revision},
};

/// A report has at most so many characters: enough for a page, too few for a file.
pub const TEXT_MAX_CHARACTERS: usize = 2_000;

/// What somebody told us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// By which way it came.
    pub channel: Channel,
    /// What it is about, where known.
    pub category: Option<Category>,
    /// The words.
    pub text: String,
    /// Where.
    pub place: Place,
    /// When it came in, by the server's clock.
    pub received_at: Timestamp,
}

/// Numbers, allotted by the store, for what may come of it. A hazard's number that is not needed is let go: numbers may have gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntakeIds {
    /// For the report.
    pub report: ReportId,
    /// For the case.
    pub case: CaseId,
    /// For the hazard, should there be one.
    pub hazard: HazardId,
}

/// What comes of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Intake {
    /// What was told.
    pub report: Report,
    /// The matter to be closed.
    pub case: Case,
    /// The danger, if the category is one.
    pub hazard: Option<Hazard>,
    /// The areas that hold the place, the widest first.
    pub areas: Vec<AreaId>,
    /// What the decision depends on: that none of the three is there yet.
    pub expected: Vec<(Key, Option<Revision>)>,
    /// The same as facts to be stored together.
    pub changes: Vec<Change>,
}

/// Why a report was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// Nothing was said.
    #[error("the text is empty: say in a few words what there is")]
    EmptyText,
    /// Too much was said.
    #[error("the text has {characters} characters: shorten it to {TEXT_MAX_CHARACTERS}")]
    LongText {
        /// So much.
        characters: usize,
    },
    /// Two digits that stand for nothing.
    #[error("there is no category {0}: take one of 01 to 16, or leave it out")]
    UnknownCategory(Category),
    /// The place lies in no area.
    #[error("{place} lies outside the city{}: check the coordinates (longitude first) and their frame", near(city.as_deref()))]
    OutsideCity {
        /// The place.
        place: Place,
        /// The name of the city.
        city: Option<String>,
    },
}

fn near(city: Option<&str>) -> String {
    city.map(|city| format!(" ({city})")).unwrap_or_default()
}

/// What comes of a report in the city as it is. A city without areas takes reports from everywhere, and they lie in no area.
pub fn decide(told: &Told, ids: IntakeIds, index: &Index) -> Result<Intake, IntakeError> {
    let text = checked_text(&told.text)?;
    let row = match told.category {
        Some(category) => Some(find(category).ok_or(IntakeError::UnknownCategory(category))?),
        None => None,
    };
    let areas = index.chain_ids(told.place);
    if areas.is_empty() && index.places().areas.widest().is_some() {
        let city = index.city_name().map(str::to_owned);
        return Err(IntakeError::OutsideCity { place: told.place, city });
    }
    let hazard = told.category.filter(|_| row.is_some_and(|row| row.hazard)).map(|category| Hazard {
        id: ids.hazard,
        category,
        state: HazardState::Open,
        place: told.place,
        seen_at: told.received_at,
        case: ids.case,
    });
    let case = Case {
        id: ids.case,
        kind: case_kind(row, told.channel),
        category: told.category,
        state: CaseState::Received,
        channel: told.channel,
        place: told.place,
        areas: areas.clone(),
        opened_at: told.received_at,
        reports: vec![ids.report],
        hazard: hazard.as_ref().map(|hazard| hazard.id),
        closed_at: None,
        lead: None,
        co_handling: Vec::new(),
        steps: Vec::new(),
    };
    let report = Report {
        id: ids.report,
        channel: told.channel,
        category: told.category,
        text,
        place: told.place,
        areas: areas.clone(),
        received_at: told.received_at,
        case: ids.case,
    };
    let facts =
        [Some(Entity::from(report.clone())), Some(case.clone().into()), hazard.clone().map(Entity::from)];
    let changes: Vec<Change> = facts.into_iter().flatten().map(|fact| Change::within(&areas, fact)).collect();
    let expected = changes.iter().map(|change| (change.key(), None)).collect();
    Ok(Intake { report, case, hazard, areas, expected, changes })
}

/// The text without white space around it, if there is some and not too much.
fn checked_text(text: &str) -> Result<String, IntakeError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(IntakeError::EmptyText),
        characters if characters > TEXT_MAX_CHARACTERS => Err(IntakeError::LongText { characters }),
        _ => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::{
        model::{
            area::{Area, AreaVersion, Level},
            case::CaseKind,
            code::AreaCode,
            entity::Kind,
            shape::{Outline, Polygon, Ring},
            time::Span,
        },
        store::{question::Fact, version::Version},
    };

    fn place(lon: f64, lat: f64) -> Place {
        Place::new(lon, lat).expect("on the Earth")
    }

    fn ids() -> IntakeIds {
        IntakeIds {
            report: ReportId::new(11).expect("an id"),
            case: CaseId::new(12).expect("an id"),
            hazard: HazardId::new(13).expect("an id"),
        }
    }

    fn told(category: Option<&str>, text: &str, place: Place) -> Told {
        let category = category.map(|code| code.parse().expect("two digits"));
        Told {
            channel: Channel::Patrol,
            category,
            text: text.to_owned(),
            place,
            received_at: Timestamp(5_000),
        }
    }

    fn city() -> Index {
        let corners = [(123.3, 41.7), (123.4, 41.7), (123.4, 41.8), (123.3, 41.8), (123.3, 41.7)];
        let ring = Ring::new(corners.map(|(lon, lat)| place(lon, lat)).to_vec()).expect("a ring");
        let version = AreaVersion {
            code: AreaCode::guess("210106").expect("a code"),
            name: "铁西区".to_owned(),
            parent: None,
            outline: Outline::new(vec![Polygon::new(ring, vec![])]).expect("an outline"),
            valid: Span::since(Timestamp(0)),
            households: None,
        };
        let id = AreaId::new(1).expect("an id");
        let entity =
            Entity::from(Area { id, level: Level::District, versions: vec![version], lineage: vec![] });
        Index::build(at(1), [Fact { key: entity.key(), revision: Revision(1), areas: vec![], entity }])
    }

    fn at(seq: u64) -> Version {
        Version::new("test", 0, seq).expect("a version")
    }

    #[test]
    fn a_hazard_becomes_a_report_a_case_and_a_hazard_that_name_each_other() {
        let intake =
            decide(&told(Some("14"), "  飞线充电 \n", place(123.35, 41.75)), ids(), &city()).expect("taken");
        let hazard = intake.hazard.expect("a hazard");
        assert_eq!(intake.report.text, "飞线充电");
        assert_eq!(
            (intake.report.case, intake.case.hazard, hazard.case),
            (ids().case, Some(hazard.id), ids().case)
        );
        assert_eq!((intake.case.kind, intake.case.state), (CaseKind::Hazard, CaseState::Received));
        assert_eq!(intake.case.areas, [AreaId::new(1).expect("an id")]);
        let kinds: Vec<Kind> = intake.changes.iter().map(|change| change.key().kind).collect();
        assert_eq!(kinds, [Kind::Report, Kind::Case, Kind::Hazard]);
        assert!(intake.expected.iter().all(|(_, revision)| revision.is_none()) && intake.expected.len() == 3);
    }

    #[test]
    fn what_is_no_hazard_puts_none_on_the_map() {
        for category in [None, Some("02"), Some("13"), Some("15")] {
            let intake =
                decide(&told(category, "楼上噪声", place(123.35, 41.75)), ids(), &city()).expect("taken");
            assert!(intake.hazard.is_none() && intake.case.hazard.is_none());
            assert_eq!(intake.changes.len(), 2);
        }
    }

    #[test]
    fn what_cannot_be_taken_is_refused_with_a_remedy() {
        let refused = |told| decide(&told, ids(), &city()).expect_err("refused");
        let here = place(123.35, 41.75);
        assert_eq!(refused(told(None, " \n\t", here)), IntakeError::EmptyText);
        assert_eq!(
            refused(told(None, &"长".repeat(2_001), here)),
            IntakeError::LongText { characters: 2_001 }
        );
        assert!(decide(&told(None, &"长".repeat(2_000), here), ids(), &city()).is_ok());
        let unknown = refused(told(Some("17"), "x", here));
        assert!(matches!(unknown, IntakeError::UnknownCategory(_)));
        let outside = refused(told(None, "x", place(116.4, 39.9))).to_string();
        assert!(outside.contains("铁西区") && outside.contains("frame"), "{outside}");
    }

    #[test]
    fn a_city_without_areas_takes_reports_from_everywhere() {
        let intake =
            decide(&told(None, "x", place(8.4, 49.0)), ids(), &Index::build(at(1), [])).expect("taken");
        assert!(intake.areas.is_empty());
    }
}
