//! How what happens is written for readers: Server-Sent Events. The contract is `docs/live.md`.

use crate::{
    api::view::{AreaName, PlaceView},
    clock,
};
use axum::body::Bytes;
use gridward_data::{
    model::{
        case::{Case, CaseKind, Hazard},
        entity::{Entity, Key},
        id::{AreaId, CaseId, HazardId, OrganisationId, PatrolPlanId, ResponderId, StreetId, TaskId},
        patrol::Patrol,
        report::{Category, Channel},
        road::Closure,
        roster::Shift,
        task::Task,
        time::Timestamp,
    },
    store::{
        change::{After, Change as Moved, LogRow, Revision},
        version::Version,
    },
};
use gridward_domain::index::Index;
use serde::Serialize;
use utoipa::ToSchema;

/// `event: hello`, the first of a stream.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hello {
    /// The number of the stream, for `POST /live/{id}/view`.
    pub(crate) stream: String,
    /// From here on nothing is left out.
    pub(crate) version: String,
    /// So often a `beat` comes, seconds: who hears none for three times as long has lost the server.
    pub(crate) beat_s: u64,
    /// The roles of people by the numbers that `people` gives.
    pub(crate) roles: Vec<&'static str>,
    /// The kinds of duty by the numbers that `people` gives.
    pub(crate) duties: Vec<&'static str>,
    /// The side of a cell in the units in which `people` gives places.
    pub(crate) cell_units: u32,
}

/// `event: beat`, at a steady pace.
#[derive(Serialize, ToSchema)]
pub(crate) struct Beat {
    /// The server's clock, milliseconds since 1970-01-01T00:00:00Z.
    pub(crate) at_ms: i64,
    /// How many people are on duty.
    pub(crate) on_duty: usize,
}

/// `event: covered`: these patrols have covered something more; ask what, if it is shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct MoreCovered {
    /// Which patrols.
    pub(crate) patrols: Vec<u64>,
    /// Whether there may be others too, since a moment was missed: whatever is shown of coverage is to be asked anew.
    pub(crate) others: bool,
}

/// `event: reload`: what was missed cannot be told any more; everything must be asked anew. The stream goes on from here.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reload {
    /// From here on nothing is left out.
    pub(crate) version: String,
}

/// `event: change`: a thing is now so.
#[derive(Serialize, ToSchema)]
pub(crate) struct Change {
    kind: &'static str,
    id: u64,
    /// How often it was written: what is known at a higher revision is newer.
    revision: u64,
    /// When it was committed.
    at: String,
    /// The areas in which it lies, the widest first; none for places.
    areas: Vec<u64>,
    /// The smallest of them by today's name.
    area: Option<AreaName>,
    /// The name of the area above that one.
    within: Option<String>,
    #[serde(flatten)]
    thing: Thing,
}

/// What the stream says of a thing itself; of kinds that are not here, that they changed.
#[derive(Default, Serialize, ToSchema)]
struct Thing {
    #[serde(skip_serializing_if = "Option::is_none")]
    hazard: Option<HazardNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<TaskNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closure: Option<ClosureNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shift: Option<ShiftNow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patrol: Option<PatrolNow>,
}

/// A hazard.
#[derive(Serialize, ToSchema)]
struct HazardNow {
    category: String,
    /// `open` or `cleared`.
    state: &'static str,
    place: PlaceView,
    seen_at: String,
    case: u64,
}

/// A case, without the words of its reports.
#[derive(Serialize, ToSchema)]
struct CaseNow {
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    kind: CaseKind,
    category: Option<String>,
    /// `received`, `acknowledged`, `assigned`, `handled`, `closed` or `dismissed`.
    state: &'static str,
    #[schema(value_type = String)]
    channel: Channel,
    place: PlaceView,
    hazard: Option<u64>,
    lead: Option<u64>,
    received_at: String,
    closed_at: Option<String>,
}

/// A task.
#[derive(Serialize, ToSchema)]
struct TaskNow {
    case: u64,
    /// `open`, `offered`, `sent`, `accepted`, `on_scene`, `done` or `cancelled`.
    state: &'static str,
    responder: Option<u64>,
    place: PlaceView,
    made_at: String,
}

/// A closure.
#[derive(Serialize, ToSchema)]
struct ClosureNow {
    street: u64,
    /// The gate; none where the whole street is closed.
    place: Option<PlaceView>,
    from: String,
    until: Option<String>,
}

/// Somebody on duty.
#[derive(Serialize, ToSchema)]
struct ShiftNow {
    responder: u64,
    /// `resident`, `rotating` or `on_call`.
    duty: &'static str,
    task: Option<u64>,
    until: Option<String>,
}

/// A patrol.
#[derive(Serialize, ToSchema)]
struct PatrolNow {
    responder: u64,
    plan: Option<u64>,
    from: String,
    until: Option<String>,
}

/// `event: gone`: a thing is gone, or has left what this reader looks at.
#[derive(Serialize, ToSchema)]
pub(crate) struct Gone {
    kind: &'static str,
    id: u64,
    revision: u64,
}

impl Thing {
    fn of(entity: &Entity) -> Self {
        let mut thing = Self::default();
        match entity {
            Entity::Hazard(hazard) => thing.hazard = Some(HazardNow::of(hazard)),
            Entity::Case(case) => thing.case = Some(CaseNow::of(case)),
            Entity::Task(task) => thing.task = Some(TaskNow::of(task)),
            Entity::Closure(closure) => thing.closure = Some(ClosureNow::of(closure)),
            Entity::Shift(shift) => thing.shift = Some(ShiftNow::of(shift)),
            Entity::Patrol(patrol) => thing.patrol = Some(PatrolNow::of(patrol)),
            _ => {}
        }
        thing
    }
}

impl HazardNow {
    fn of(hazard: &Hazard) -> Self {
        Self {
            category: hazard.category.to_string(),
            state: hazard.state.word(),
            place: hazard.place.into(),
            seen_at: clock::rfc3339(hazard.seen_at),
            case: hazard.case.number(),
        }
    }
}

impl CaseNow {
    fn of(case: &Case) -> Self {
        Self {
            kind: case.kind,
            category: case.category.map(|category: Category| category.to_string()),
            state: case.state.word(),
            channel: case.channel,
            place: case.place.into(),
            hazard: case.hazard.map(HazardId::number),
            lead: case.lead.map(OrganisationId::number),
            received_at: clock::rfc3339(case.opened_at),
            closed_at: case.closed_at.map(clock::rfc3339),
        }
    }
}

impl TaskNow {
    fn of(task: &Task) -> Self {
        Self {
            case: CaseId::number(task.case),
            state: task.state.word(),
            responder: task.state.responder().map(ResponderId::number),
            place: task.place.into(),
            made_at: clock::rfc3339(task.made_at),
        }
    }
}

impl ClosureNow {
    fn of(closure: &Closure) -> Self {
        Self {
            street: StreetId::number(closure.street),
            place: closure.place.map(PlaceView::from),
            from: clock::rfc3339(closure.span.from),
            until: closure.span.until.map(clock::rfc3339),
        }
    }
}

impl ShiftNow {
    fn of(shift: &Shift) -> Self {
        Self {
            responder: shift.responder.number(),
            duty: shift.duty.word(),
            task: shift.task.map(TaskId::number),
            until: shift.span.until.map(clock::rfc3339),
        }
    }
}

impl PatrolNow {
    fn of(patrol: &Patrol) -> Self {
        Self {
            responder: patrol.responder.number(),
            plan: patrol.plan.map(PatrolPlanId::number),
            from: clock::rfc3339(patrol.span.from),
            until: patrol.span.until.map(clock::rfc3339),
        }
    }
}

/// The event for a thing that is now so. Of what is veiled nothing is told but that it changed.
pub(crate) fn change(row: &LogRow, index: &Index) -> Bytes {
    let Key { kind, id } = row.key;
    let smallest = row.areas_after.last().and_then(|id| index.places().areas.find(*id));
    let data = Change {
        kind: kind.word(),
        id,
        revision: row.revision.0,
        at: clock::rfc3339(row.at),
        areas: row.areas_after.iter().map(|area| AreaId::number(*area)).collect(),
        area: smallest.and_then(|area| Some(AreaName::of(area, area.current()?))),
        within: smallest.and_then(|area| {
            let above = index.places().areas.find(area.current()?.parent?)?;
            Some(above.current()?.name.clone())
        }),
        thing: match &row.after {
            After::Now(entity) => Thing::of(entity),
            After::Veiled | After::Gone => Thing::default(),
        },
    };
    written("change", Some(&row.version), &data)
}

/// The event for a thing that is gone, or out of a reader's sight.
pub(crate) fn gone(row: &LogRow) -> Bytes {
    let data = Gone { kind: row.key.kind.word(), id: row.key.id, revision: row.revision.0 };
    written("gone", Some(&row.version), &data)
}

/// What others are told by a webhook: how a thing is now, or that it is gone.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoticeBody {
    /// The kind, and what became of it: `case.changed`, `hazard.changed`, `closure.changed`, `closure.removed`.
    #[serde(rename = "type")]
    what: String,
    /// When it was committed.
    timestamp: String,
    data: NoticeData,
}

/// The thing.
#[derive(Serialize, ToSchema)]
struct NoticeData {
    kind: &'static str,
    id: u64,
    /// How often it was written: what is known at a higher revision is newer.
    revision: u64,
    /// The areas in which it lies, the widest first; none for what is gone.
    areas: Vec<u64>,
    #[serde(flatten)]
    thing: Thing,
}

/// The body of a notice of a change.
pub(crate) fn notice(change: &Moved, revision: Revision, at: Timestamp) -> String {
    let Key { kind, id } = change.key();
    let (areas, thing) = match change {
        Moved::Put { entity, areas } => {
            let areas = areas.iter().map(|area| AreaId::number(*area)).collect();
            (areas, entity.public_image().as_ref().map(Thing::of).unwrap_or_default())
        }
        Moved::Remove(_) => (Vec::new(), Thing::default()),
    };
    let became = if matches!(change, Moved::Remove(_)) { "removed" } else { "changed" };
    let body = NoticeBody {
        what: format!("{}.{became}", kind.word()),
        timestamp: clock::rfc3339(at),
        data: NoticeData { kind: kind.word(), id, revision: revision.0, areas, thing },
    };
    // As with events: nothing in it refuses.
    serde_json::to_string(&body).unwrap_or_default()
}

/// An event that says how far the reader has come.
pub(crate) fn at_version(name: &str, version: &Version, data: &impl Serialize) -> Bytes {
    written(name, Some(version), data)
}

/// An event of what is only of the moment.
pub(crate) fn momentary(name: &str, data: &impl Serialize) -> Bytes {
    written(name, None, data)
}

fn written(name: &str, version: Option<&Version>, data: &impl Serialize) -> Bytes {
    let id = version.map_or_else(String::new, |version| format!("id: {version}\n"));
    // What is written here has no maps with other keys than text, and nothing that refuses: it cannot fail.
    let data = serde_json::to_string(data).unwrap_or_default();
    Bytes::from(format!("{id}event: {name}\ndata: {data}\n\n"))
}

/// A beat now.
pub(crate) fn beat(version: &Version, at: Timestamp, on_duty: usize) -> Bytes {
    at_version("beat", version, &Beat { at_ms: at.0, on_duty })
}
