//! How the answer to "who can be there first" looks.

use super::{
    areas,
    nearest_responders::Meant,
    responders::{DutyView, PositionView},
    view::{AreaName, PlaceView},
};
use crate::{
    clock,
    scoped::{ScopedForces, ScopedIndex},
};
use gridward_data::model::{
    area::Level,
    id::{AreaId, TaskId},
    place::Place,
    report::Category,
    responder::Responder,
    time::Timestamp,
};
use gridward_domain::{
    assign::first_to_arrive::{Arrival, Arrivals, Refused},
    roads::Estimate,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Who can be there first.
#[derive(Serialize, ToSchema)]
pub(crate) struct NearestAnswer {
    /// Where somebody is needed.
    place: PlaceView,
    /// When it was asked: ages count from here.
    asked_at: String,
    /// The earliest to arrive first; ties by number.
    candidates: Vec<CandidateView>,
    /// Those that may not be asked and would have been there before the last candidate, at most 20, the earliest first.
    refused: Vec<RefusedView>,
    /// How many of all people may not be asked, by reason; those of `refused` are not counted again.
    refused_counts: Vec<ReasonCount>,
    /// How many may be asked, in all.
    eligible: u32,
    /// Who answers for the place and the matter, whoever comes.
    responsible: Responsible,
    /// Where the roads say nothing here and times were reckoned from straight distances 估算: why. Null where the roads were used.
    estimated: Option<EstimateView>,
    /// The revision of the case that is meant, where one is: give it back when somebody is sent.
    case_revision: Option<u64>,
    /// The case that is meant, where one is.
    case: Option<u64>,
    /// The version of the map.
    version: String,
    /// The version of the roads.
    graph_version: String,
}

/// Somebody who may be asked.
#[derive(Serialize, ToSchema)]
struct CandidateView {
    responder: u64,
    /// `grid_worker`, `watcher`, `mediator`, `expert` or `officer`.
    role: &'static str,
    /// What this person can do beyond the role.
    skills: Vec<String>,
    /// `foot`, `e_bike` or `car`.
    mode: &'static str,
    duty: DutyView,
    /// From now until this person is there, seconds: turn-out and way.
    travel_time_s: f64,
    /// Of it, until this person sets out.
    turnout_s: f64,
    /// The length of the way, metres.
    path_m: f64,
    /// The way as longitude and latitude, from where this person is; null where `ways` is false, where it was estimated, and for a volunteer
    /// who is on no task: others see those by their grid alone.
    #[schema(value_type = Option<Vec<Vec<f64>>>)]
    path: Option<Vec<[f64; 2]>>,
    /// Where this person counts as being, and why.
    position: PositionView,
    /// Whether this person's own time was reckoned from a straight distance 估算: whoever stands far from every street.
    estimated: bool,
    /// Where the way is so long that the map may lack a street 估算: what the straight distance says. Null where the way is believable.
    doubt: Option<DoubtView>,
    /// The area this person works in.
    home_area: Option<AreaName>,
    /// The revision of the shift: give it back when this person is sent.
    shift_revision: u64,
}

/// What the straight distance says where the way is doubted: more than five times as long as straight, and more than a kilometre longer.
#[derive(Serialize, ToSchema)]
pub(crate) struct DoubtView {
    /// The time by the straight distance, seconds, with the turn-out.
    travel_time_s: f64,
    /// The straight distance times `factor`, metres.
    path_m: f64,
    /// By how much ways around there are longer than straight.
    factor: f64,
}

impl DoubtView {
    pub(crate) fn of(doubt: Estimate, turnout_ds: u32) -> Self {
        Self {
            travel_time_s: seconds(turnout_ds.saturating_add(doubt.travel_ds)),
            path_m: f64::from(doubt.path_cm) / 100.0,
            factor: doubt.factor,
        }
    }
}

/// Somebody who may not be asked, though near.
#[derive(Serialize, ToSchema)]
struct RefusedView {
    responder: u64,
    role: &'static str,
    /// `other_role`, `missing_skill`, `other_mode`, `other_area`, `off_duty`, `busy`, `no_position`, `stale_position` or `unreachable`.
    reason: &'static str,
    /// When this person would be there, seconds from now.
    travel_time_s: f64,
    /// With `busy`: the task that holds this person.
    task: Option<u64>,
    position: PositionView,
}

/// How many may not be asked for one reason.
#[derive(Serialize, ToSchema)]
struct ReasonCount {
    reason: &'static str,
    count: u32,
}

/// Who answers for a place.
#[derive(Serialize, ToSchema)]
struct Responsible {
    /// The organisation that leads in the matter, where one is named for it.
    organisation: Option<OrganisationName>,
    /// The community, or the smallest area above it, in which the place lies.
    community: Option<AreaName>,
}

/// An organisation by name.
#[derive(Serialize, ToSchema)]
struct OrganisationName {
    id: u64,
    name: String,
}

/// How times were reckoned where the roads say nothing.
#[derive(Serialize, ToSchema)]
struct EstimateView {
    /// `no_street`: no street within reach of the place.
    reason: &'static str,
    /// What straight distances were multiplied with.
    factor: f64,
}

impl NearestAnswer {
    pub(crate) fn of(
        index: &ScopedIndex,
        forces: &ScopedForces,
        meant: &Meant,
        asked_at: Timestamp,
        arrivals: Arrivals,
    ) -> Self {
        let factor = forces.detour_factor(meant.place);
        let counts = arrivals.counts.iter();
        Self {
            place: meant.place.into(),
            asked_at: clock::rfc3339(asked_at),
            refused: arrivals.refused.iter().map(|it| RefusedView::of(index, it, asked_at)).collect(),
            refused_counts: counts.map(|(it, count)| ReasonCount { reason: it.word(), count }).collect(),
            eligible: arrivals.eligible,
            responsible: Responsible::of(index, meant),
            estimated: arrivals.off_roads.then_some(EstimateView { reason: "no_street", factor }),
            case_revision: meant.case.as_ref().map(|case| case.revision.0),
            case: meant.case.as_ref().map(|case| case.thing.id.number()),
            version: index.version().to_string(),
            graph_version: forces.graph_version(),
            candidates: arrivals
                .candidates
                .into_iter()
                .filter_map(|it| CandidateView::of(index, it, asked_at))
                .collect(),
        }
    }
}

impl CandidateView {
    /// `None` for somebody who went off duty between the search and the answer.
    fn of(index: &ScopedIndex, arrival: Arrival, asked_at: Timestamp) -> Option<Self> {
        let responder = index.responder(arrival.responder)?;
        let shift = index.shift(arrival.responder)?;
        let position = PositionView::of(index, &responder.thing, &shift.thing, &arrival.presence, asked_at);
        // A way begins where its walker is.
        let way = arrival.way.filter(|_| position.is_exact());
        let it = &responder.thing;
        Some(Self {
            responder: it.id.number(),
            role: it.role.word(),
            skills: it.skills.clone(),
            mode: it.mode.word(),
            duty: DutyView::of(shift.thing.duty),
            travel_time_s: seconds(arrival.arrival_ds),
            turnout_s: seconds(arrival.turnout_ds),
            path_m: f64::from(arrival.path_cm) / 100.0,
            path: way.map(|places| line(&places)),
            position,
            estimated: arrival.estimated,
            doubt: arrival.doubt.map(|doubt| DoubtView::of(doubt, arrival.turnout_ds)),
            home_area: home(index, it),
            shift_revision: shift.revision.0,
        })
    }
}

impl RefusedView {
    fn of(index: &ScopedIndex, refused: &Refused, asked_at: Timestamp) -> Self {
        let shift = index.shift(refused.responder);
        let responder = index.responder(refused.responder);
        let position = match (responder, shift) {
            (Some(who), Some(shift)) => {
                PositionView::of(index, &who.thing, &shift.thing, &refused.presence, asked_at)
            }
            _ => PositionView::unknown(),
        };
        Self {
            responder: refused.responder.number(),
            role: responder.map_or("", |known| known.thing.role.word()),
            reason: refused.reason.word(),
            travel_time_s: seconds(refused.arrival_ds),
            task: shift.and_then(|shift| shift.thing.task).map(TaskId::number),
            position,
        }
    }
}

impl Responsible {
    fn of(index: &ScopedIndex, meant: &Meant) -> Self {
        let case = meant.case.as_ref().map(|known| &known.thing);
        let lead = case.and_then(|case| case.lead);
        let matter: Option<Category> = case.and_then(|case| case.category);
        let organisation = index.responsible_organisation(lead, matter);
        let chain = index.locate(meant.place).areas;
        let wide_enough = chain.iter().filter(|area| area.level <= Level::Community);
        let community = wide_enough.map(|area| area.id).next_back();
        Self {
            organisation: organisation
                .map(|it| OrganisationName { id: it.id.number(), name: it.name.clone() }),
            community: community.and_then(|id| name(index, id)),
        }
    }
}

fn home(index: &ScopedIndex, responder: &Responder) -> Option<AreaName> {
    name(index, responder.home_area?)
}

fn name(index: &ScopedIndex, id: AreaId) -> Option<AreaName> {
    areas::names(index, [id]).pop()
}

/// Deciseconds as seconds.
pub(crate) fn seconds(deciseconds: u32) -> f64 {
    f64::from(deciseconds) / 10.0
}

/// Places as longitude and latitude.
pub(crate) fn line(places: &[Place]) -> Vec<[f64; 2]> {
    places.iter().map(|place| [place.lon(), place.lat()]).collect()
}
