//! What was really walked: `GET /coverage`, `GET /coverage/pieces`, `GET /patrols/{id}/coverage`.

use super::{
    extract::{Path, Query},
    history::past_moment,
    patrols::find,
    problem::{Answer, Problem},
    view::{AreaName, PlaceView},
};
use crate::{
    clock,
    live::walked::{PieceRun, runs},
    scoped::{ScopedCoverage, ScopedIndex, ScopedStore},
};
use axum::Json;
use gridward_data::model::{
    area::Level,
    calendar::Day,
    id::{AreaId, StreetId},
    patrol::{Patrol, PatrolPlan},
    road::Street,
    time::Timestamp,
};
use gridward_domain::patrol::{
    coverage::{Covered, Effort, Proof},
    days::{AreaCoverage, Share},
    pieces::{PieceId, Pieces},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{IntoParams, ToSchema};

/// The longest window, days: a quarter of a year.
const DAYS_MAX: i64 = 92;

/// One hour.
const HOUR_MS: i64 = 3_600_000;

/// How much of something was covered, from what is certain to what is possible.
#[derive(Clone, Copy, Serialize, ToSchema)]
pub(crate) struct ShareView {
    /// Covered for certain.
    certain: u32,
    /// Perhaps, those that are certain included.
    possible: u32,
    /// All there are: what the others are shares of.
    of: u32,
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        Self { certain: share.certain, possible: share.possible, of: share.of }
    }
}

/// Pieces of a street that follow each other and were covered alike.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoveredStretch {
    street: u64,
    name: Option<String>,
    /// The first piece, counted from the beginning of the street, from 0 on.
    first: u32,
    /// The last piece.
    last: u32,
    /// `certain`, `possible`, or `unproved`: not proved to have been walked, which does not mean that nobody was there.
    proof: &'static str,
    /// Longitude and latitude of its corners.
    line: Vec<[f64; 2]>,
}

impl CoveredStretch {
    fn of(index: &ScopedIndex, pieces: &Pieces, run: &PieceRun, proof: &'static str) -> Option<Self> {
        let street: &Arc<Street> = index.places().streets.find(run.street.number())?;
        let line = pieces.line(index.snapshot(), street, run.first, run.last);
        Some(Self {
            street: run.street.number(),
            name: street.name.clone(),
            first: run.first,
            last: run.last,
            proof,
            line: line.iter().map(|place| [place.lon(), place.lat()]).collect(),
        })
    }
}

const fn word(proof: Proof) -> &'static str {
    match proof {
        Proof::Certain => "certain",
        Proof::Possible => "possible",
    }
}

/// What a patrol has covered.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatrolCoverage {
    patrol: u64,
    /// Streets with what was covered of them, and of a plan's streets also what was not.
    stretches: Vec<CoveredStretch>,
    /// Entrances of buildings that were passed.
    entrances: Vec<CoveredEntrance>,
    /// In which grids this person was long enough.
    visits: Vec<GridVisit>,
    /// Metres walked, standing still left out.
    walked_m: f64,
    /// Seconds for which it is known where this person was.
    walked_s: f64,
    /// What of the plan was covered; null for a free patrol.
    plan: Option<PlanCoverage>,
    /// How many fixes are of which worth: `counted`, `shown` (too coarse to count), `too_coarse`, `no_accuracy`, `repeated`, `leap`.
    fixes: BTreeMap<&'static str, usize>,
}

/// An entrance that was passed.
#[derive(Serialize, ToSchema)]
struct CoveredEntrance {
    building: u64,
    /// `certain` or `possible`.
    proof: &'static str,
    place: PlaceView,
}

/// A visit of a grid.
#[derive(Serialize, ToSchema)]
struct GridVisit {
    area: Option<AreaName>,
    from: String,
    until: String,
}

/// What of a plan was covered.
#[derive(Serialize, ToSchema)]
struct PlanCoverage {
    name: String,
    pieces: ShareView,
    checkpoints: Vec<CheckpointView>,
    /// Whether it was done: at least 80 % of the pieces for certain, and every checkpoint.
    done: bool,
}

/// A checkpoint of a plan.
#[derive(Serialize, ToSchema)]
struct CheckpointView {
    place: PlaceView,
    /// Whether it was scanned, or passed for certain.
    reached: bool,
}

/// So much of a plan's pieces must be covered for certain, per cent.
const DONE_PERCENT: u32 = 80;

/// What a patrol has covered, by what is known of it now: late fixes change it. It tells pieces, not the order in which they were walked.
#[utoipa::path(get, operation_id = "readPatrolCoverage", path = "/patrols/{id}/coverage", tag = "patrols",
    params(("id" = u64, Path, description = "the number of the patrol")),
    responses((status = OK, body = PatrolCoverage), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn of_patrol(
    index: ScopedIndex,
    store: ScopedStore,
    coverage: ScopedCoverage,
    Path(id): Path<u64>,
) -> Answer<Json<PatrolCoverage>> {
    let (_, patrol) = find(&store, id).await?;
    let (covered, pieces) = coverage.of_patrol(&patrol).await?;
    Ok(Json(PatrolCoverage::of(&index, &patrol, &covered, &pieces)))
}

impl PatrolCoverage {
    fn of(index: &ScopedIndex, patrol: &Patrol, covered: &Covered, pieces: &Pieces) -> Self {
        let plan = patrol.plan.and_then(|plan| index.plan(plan.number())).map(|known| &known.thing);
        let proofs: BTreeMap<PieceId, Proof> = covered.pieces.iter().copied().collect();
        let planned = plan.map_or_else(Vec::new, |plan| planned(plan, pieces));
        let unproved = planned.iter().filter(|piece| !proofs.contains_key(piece)).copied();
        let unproved = runs(unproved.map(|piece| (piece, Proof::Possible)));
        let unproved = unproved.iter().filter_map(|run| CoveredStretch::of(index, pieces, run, "unproved"));
        let walked = runs(proofs.iter().map(|(piece, proof)| (*piece, *proof)));
        let walked = walked.iter().filter_map(|run| CoveredStretch::of(index, pieces, run, word(run.proof)));
        let sum = |of: fn(&Effort) -> f64| covered.effort.values().map(of).sum::<f64>().round();
        Self {
            patrol: patrol.id.number(),
            stretches: walked.chain(unproved).collect(),
            entrances: entrances(index, covered),
            visits: covered
                .visits
                .iter()
                .map(|visit| GridVisit {
                    area: area_name(index, visit.area),
                    from: clock::rfc3339(Timestamp(visit.from_ms)),
                    until: clock::rfc3339(Timestamp(visit.until_ms)),
                })
                .collect(),
            walked_m: sum(|effort| effort.metres),
            walked_s: sum(|effort| effort.seconds),
            plan: plan.map(|plan| PlanCoverage::of(plan, &planned, &proofs, &covered.checkpoints)),
            fixes: covered.worth.iter().map(|(worth, count)| (worth.word(), *count)).collect(),
        }
    }
}

/// The pieces of a plan's streets.
fn planned(plan: &PatrolPlan, pieces: &Pieces) -> Vec<PieceId> {
    let mut streets: Vec<StreetId> = plan.streets.clone();
    streets.sort_unstable();
    streets.dedup();
    let of = |street: StreetId| {
        let piece = move |number: u32| PieceId { street, number };
        (0..).map(piece).take_while(|piece| pieces.streets.find(*piece).is_some())
    };
    streets.into_iter().flat_map(of).collect()
}

impl PlanCoverage {
    fn of(
        plan: &PatrolPlan,
        planned: &[PieceId],
        proofs: &BTreeMap<PieceId, Proof>,
        reached: &[bool],
    ) -> Self {
        let proved = |wanted: &[Proof]| {
            let of =
                planned.iter().filter(|piece| proofs.get(piece).is_some_and(|proof| wanted.contains(proof)));
            of.count() as u32
        };
        let (certain, possible) = (proved(&[Proof::Certain]), proved(&[Proof::Certain, Proof::Possible]));
        let of = planned.len() as u32;
        let each = plan.checkpoints.iter().zip(reached);
        let checkpoints: Vec<CheckpointView> = each
            .map(|(place, reached)| CheckpointView { place: (*place).into(), reached: *reached })
            .collect();
        let all_reached = checkpoints.iter().all(|checkpoint| checkpoint.reached);
        Self {
            name: plan.name.clone(),
            pieces: ShareView { certain, possible, of },
            checkpoints,
            done: all_reached && certain * 100 >= of * DONE_PERCENT,
        }
    }
}

fn entrances(index: &ScopedIndex, covered: &Covered) -> Vec<CoveredEntrance> {
    let view = |(id, proof): &(gridward_domain::patrol::pieces::EntranceId, Proof)| {
        let building = index.places().buildings.find(id.building.number())?;
        let place = building.entrances.get(id.number as usize)?.place;
        Some(CoveredEntrance { building: id.building.number(), proof: word(*proof), place: place.into() })
    };
    covered.entrances.iter().filter_map(view).collect()
}

fn area_name(index: &ScopedIndex, area: AreaId) -> Option<AreaName> {
    let area = index.places().areas.find(area)?;
    Some(AreaName::of(area, area.current()?))
}

/// The name of the area above an area.
fn above(index: &ScopedIndex, area: AreaId) -> Option<String> {
    let areas = &index.places().areas;
    let parent = areas.find(area)?.current()?.parent?;
    Some(areas.find(parent)?.current()?.name.clone())
}

/// Of which areas and days coverage is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CoverageQuery {
    /// The area; the whole city if left out.
    area: Option<u64>,
    /// `district`, `street`, `community` or `grid`: the areas that are told, those of this level within `area`. If left out, the level below it.
    level: Option<String>,
    /// The first day in China, `2026-11-23`; today if left out.
    from: Option<String>,
    /// The last day; `from` if left out. At most 92 days.
    to: Option<String>,
    /// As it was at this moment, `2026-11-23T15:07:00+08:00`: only the patrols that had ended by then count, each whole, and visits are told to the hour.
    until: Option<String>,
}

/// What was covered, by area.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoverageTable {
    /// `district`, `street`, `community` or `grid`.
    level: &'static str,
    from: String,
    to: String,
    /// When it was so.
    at: String,
    /// By number.
    areas: Vec<AreaRow>,
}

/// What was covered in an area.
#[derive(Serialize, ToSchema)]
struct AreaRow {
    area: AreaName,
    /// The name of the area above it.
    within: Option<String>,
    /// Where its label stands.
    place: Option<PlaceView>,
    /// Pieces of streets.
    pieces: ShareView,
    /// Entrances of buildings.
    entrances: ShareView,
    walked_m: f64,
    walked_min: f64,
    patrols: u32,
    visits: u32,
    /// The end of the last visit in the window; null without one.
    last_visit: Option<String>,
    /// The time since then, seconds; null without a visit in the window 未巡时长.
    idle_s: Option<i64>,
    /// The longest time between two visits in the window, seconds; null with fewer than two, and where `until` is given.
    longest_gap_s: Option<i64>,
}

/// What the patrols that began on some days have covered, by area: shares as intervals with what they are shares of, effort, visits. It rates places,
/// never people.
#[utoipa::path(get, operation_id = "readCoverage", path = "/coverage", tag = "patrols", params(CoverageQuery),
    responses((status = OK, body = CoverageTable), (status = BAD_REQUEST, body = Problem), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn read(
    index: ScopedIndex,
    coverage: ScopedCoverage,
    Query(query): Query<CoverageQuery>,
) -> Answer<Json<CoverageTable>> {
    let (area, of_level) = query.area(&index)?;
    let level = query.level(of_level)?;
    let days = query.days()?;
    let until = query.until.as_deref().map(|text| past_moment("until", text)).transpose()?;
    let now = until.unwrap_or_else(clock::now);

    let mut covered = coverage.of_areas(&index, area, level, &days, until).await?;
    if until.is_some() {
        // To the hour: when one patrol left each grid, in their order, would be its way.
        for (_, covered) in &mut covered {
            covered.last_visit =
                covered.last_visit.map(|last| Timestamp(last.0 - last.0.rem_euclid(HOUR_MS)));
            covered.longest_gap_s = None;
        }
    }

    let row = |(area, covered): &(AreaId, AreaCoverage)| AreaRow::of(&index, *area, covered, now);
    let [from, to] = [days.first(), days.last()].map(|day| day.map(Day::to_string).unwrap_or_default());
    let areas = covered.iter().filter_map(row).collect();
    Ok(Json(CoverageTable { level: level.word(), from, to, at: clock::rfc3339(now), areas }))
}

impl AreaRow {
    fn of(index: &ScopedIndex, area: AreaId, covered: &AreaCoverage, now: Timestamp) -> Option<Self> {
        Some(Self {
            area: area_name(index, area)?,
            within: above(index, area),
            place: index.places().areas.anchor(area).map(PlaceView::from),
            pieces: covered.pieces.into(),
            entrances: covered.entrances.into(),
            walked_m: covered.effort.metres.round(),
            walked_min: (covered.effort.seconds / 6.0).round() / 10.0,
            patrols: covered.patrols,
            visits: covered.visits,
            last_visit: covered.last_visit.map(clock::rfc3339),
            idle_s: covered.last_visit.map(|last| ((now.0 - last.0) / 1_000).max(0)),
            longest_gap_s: covered.longest_gap_s,
        })
    }
}

/// The streets of an area with how surely they were covered.
#[derive(Serialize, ToSchema)]
pub(crate) struct CoveredStreets {
    from: String,
    to: String,
    /// By street.
    stretches: Vec<CoveredStretch>,
}

/// The streets of an area with how surely each piece was covered on some days; an area of 40 grids at most.
#[utoipa::path(get, operation_id = "readCoveredPieces", path = "/coverage/pieces", tag = "patrols", params(CoverageQuery),
    responses((status = OK, body = CoveredStreets), (status = BAD_REQUEST, body = Problem), (status = NOT_FOUND, body = Problem)))]
pub(crate) async fn pieces(
    index: ScopedIndex,
    coverage: ScopedCoverage,
    Query(query): Query<CoverageQuery>,
) -> Answer<Json<CoveredStreets>> {
    let (area, of_level) = query.area(&index)?;
    if of_level < Level::Community || query.level.is_some() {
        let detail = "ask for the pieces of one community or grid: area=…, without a level";
        return Err(Problem::invalid_parameter("area", detail));
    }
    if query.until.is_some() {
        let detail = "pieces are told of whole days: from minute to minute they would be somebody's way";
        return Err(Problem::invalid_parameter("until", detail));
    }
    let days = query.days()?;

    let (proofs, pieces) = coverage.pieces_in(&index, area, &days).await?;

    let mut rows: Vec<(PieceId, Option<Proof>)> =
        proofs.iter().map(|(row, proof)| (pieces.streets.rows()[*row].id, *proof)).collect();
    rows.sort_unstable_by_key(|(piece, _)| *piece);
    let mut stretches = Vec::new();
    for wanted in [Some(Proof::Certain), Some(Proof::Possible), None] {
        let alike = rows.iter().filter(|(_, proof)| *proof == wanted);
        let alike = runs(alike.map(|(piece, proof)| (*piece, proof.unwrap_or(Proof::Possible))));
        let proof = wanted.map_or("unproved", word);
        stretches.extend(alike.iter().filter_map(|run| CoveredStretch::of(&index, &pieces, run, proof)));
    }
    let [from, to] = [days.first(), days.last()].map(|day| day.map(Day::to_string).unwrap_or_default());
    Ok(Json(CoveredStreets { from, to, stretches }))
}

impl CoverageQuery {
    /// The area that is meant, and its level.
    fn area(&self, index: &ScopedIndex) -> Answer<(AreaId, Level)> {
        let areas = &index.places().areas;
        let meant = match self.area {
            None => areas.widest().ok_or_else(|| Problem::not_found("the city has no areas"))?,
            Some(id) => {
                let absent = || Problem::not_found(format!("there is no area {id} that you may see"));
                let area = AreaId::new(id).map_err(|_| absent())?;
                areas.find(area).ok_or_else(absent)?
            }
        };
        Ok((meant.id, meant.level))
    }

    fn level(&self, of_area: Level) -> Answer<Level> {
        let Some(word) = self.level.as_deref() else {
            let below = Level::ALL.into_iter().find(|level| *level > of_area);
            return Ok(below.unwrap_or(of_area));
        };
        let level = Level::ALL.into_iter().find(|level| level.word() == word);
        let level = level.filter(|level| *level >= of_area);
        let detail = "the level is one of district, street, community, grid, and not above that of the area";
        level.ok_or_else(|| Problem::invalid_parameter("level", detail))
    }

    fn days(&self) -> Answer<Vec<Day>> {
        let today = Day::in_china(clock::now());
        let from = self.from.as_deref().map_or(Ok(today), |day| read_day("from", day))?;
        let to = self.to.as_deref().map_or(Ok(from), |day| read_day("to", day))?;
        let count = to.number() - from.number() + 1;
        if !(1..=DAYS_MAX).contains(&count) {
            let detail = format!("from {from} to {to} is no window of 1 to {DAYS_MAX} days");
            return Err(Problem::invalid_parameter("to", detail));
        }
        Ok(std::iter::successors(Some(from), |day| Some(day.next())).take(count as usize).collect())
    }
}

/// A day in China.
pub(super) fn read_day(field: &'static str, text: &str) -> Answer<Day> {
    text.parse().map_err(|error: gridward_data::model::calendar::InvalidDay| {
        Problem::invalid_parameter(field, error.to_string())
    })
}
