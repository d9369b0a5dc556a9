//! Where somebody was on a patrol: `POST /patrols/{id}/fixes`.

use super::{
    extract::{Asked, Path, frame},
    patrols::{day_of, find, on_patrol},
    problem::{Answer, Problem},
};
use crate::{
    clock,
    scoped::{ScopedCoverage, ScopedForces, ScopedStore},
};
use axum::Json;
use gridward_data::{
    model::{
        frame::Frame,
        id::MAX_ID,
        patrol::{Fix, Patrol},
        place::Place,
        time::Timestamp,
        unit::Metres,
    },
    store::tracks::FixBatch,
};
use gridward_domain::assign::positions;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Fixes in one batch at most: half a day at one in four seconds.
const FIXES_MAX: usize = 10_000;
/// The body of a batch, bytes.
const BATCH_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The longest name of a device.
const DEVICE_CHARACTERS_MAX: usize = 64;

/// Fixes of one device on one patrol.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFixes {
    /// Which device sends them, 1 to 64 visible ASCII characters.
    #[schema(example = "phone-17")]
    device: String,
    /// 1 to 10,000 fixes, in any order; late ones and repeated ones are welcome.
    fixes: Vec<NewPatrolFix>,
    /// The frame of all of them: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
}

/// One reading of where somebody was.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPatrolFix {
    /// The number of the fix on this patrol and device: 1 for the first, and so on without a gap.
    sequence: u64,
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
    /// The radius that holds the truth with 68 %, metres; left out where the device does not know.
    accuracy_m: Option<f64>,
    /// How fast the device says that it moves, metres a second; left out where it does not say.
    speed_m_s: Option<f32>,
    /// When it was taken, milliseconds since 1970-01-01T00:00:00Z.
    at_ms: i64,
}

/// What became of a batch: it is kept, and survives a crash.
#[derive(Serialize, ToSchema)]
pub(crate) struct FixesAcknowledged {
    /// Up to this number nothing is missing: the device may forget so far. 0 where the first one is missing.
    through: u64,
    /// So many were new; the others were known already, and changed nothing.
    new: usize,
    /// Those that were refused, of which nothing was kept but that they came.
    refused: Vec<RefusedPatrolFix>,
}

/// A fix of which nothing was kept.
#[derive(Serialize, ToSchema)]
struct RefusedPatrolFix {
    sequence: u64,
    /// `off_patrol`: before the patrol began, or after it ended. `future`: more than five minutes ahead of the server's clock. `invalid_place`:
    /// no point of the Earth or of the frame; `invalid_accuracy`; `invalid_speed`.
    reason: &'static str,
}

/// Takes where somebody was on a patrol. Fixes may come in parts, late, and more than once; each number is kept once. The answer means that they are
/// on the disk. What they come to is at `GET /patrols/{id}/coverage`; the fixes themselves are shown to nobody.
#[utoipa::path(
    post, operation_id = "sendFixes", path = "/patrols/{id}/fixes", tag = "patrols", request_body = NewFixes,
    params(("id" = u64, Path, description = "the number of the patrol")),
    responses(
        (status = OK, body = FixesAcknowledged), (status = NOT_FOUND, body = Problem), (status = BAD_REQUEST, body = Problem),
        (status = PAYLOAD_TOO_LARGE, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem),
    )
)]
pub(crate) async fn create(
    store: ScopedStore,
    coverage: ScopedCoverage,
    forces: ScopedForces,
    Path(id): Path<u64>,
    Asked { body, .. }: Asked<NewFixes, BATCH_BYTES_MAX>,
) -> Answer<Json<FixesAcknowledged>> {
    body.check()?;
    let frame = frame(body.frame.as_deref())?;
    let (_, patrol) = find(&store, id).await?;
    let now = clock::now();
    let mut batch = FixBatch {
        day: day_of(&patrol),
        patrol: patrol.id,
        device: body.device.clone(),
        at: now,
        fixes: Vec::with_capacity(body.fixes.len()),
        refused: Vec::new(),
    };
    let mut refused = Vec::new();
    for given in &body.fixes {
        match given.read(frame, &patrol, now, coverage.rules().future_s) {
            Ok(fix) => batch.fixes.push(fix),
            Err(reason) => {
                batch.refused.push(given.sequence);
                refused.push(RefusedPatrolFix { sequence: given.sequence, reason });
            }
        }
    }
    let newest = batch.fixes.iter().max_by_key(|fix| (fix.at, fix.sequence)).copied();

    let kept = coverage.keep(batch).await?;

    if let Some(fix) = newest {
        forces.take(&[position(&patrol, &fix)], now);
    }
    Ok(Json(FixesAcknowledged { through: kept.through, new: kept.new, refused }))
}

/// The newest fix of a batch is where this person is now, as far as this person is on duty.
fn position(patrol: &Patrol, fix: &Fix) -> positions::Fix {
    positions::Fix {
        responder: patrol.responder,
        place: fix.place,
        accuracy_m: fix.accuracy.map(|accuracy| accuracy.value() as f32),
        at: fix.at,
        sequence: fix.sequence,
    }
}

impl NewFixes {
    fn check(&self) -> Answer<()> {
        let known_device = (1..=DEVICE_CHARACTERS_MAX).contains(&self.device.len())
            && self.device.bytes().all(|byte| byte.is_ascii_graphic());
        if !known_device {
            let detail = format!("name the device in 1 to {DEVICE_CHARACTERS_MAX} visible ASCII characters");
            return Err(Problem::invalid_field("device", detail));
        }
        if !(1..=FIXES_MAX).contains(&self.fixes.len()) {
            let detail = format!("send 1 to {FIXES_MAX} fixes, not {}", self.fixes.len());
            return Err(Problem::invalid_field("fixes", detail));
        }
        let numbered = |fix: &&NewPatrolFix| !(1..=MAX_ID).contains(&fix.sequence);
        if let Some(fix) = self.fixes.iter().find(numbered) {
            let detail = format!("sequence {}: fixes of a patrol are numbered from 1 on", fix.sequence);
            return Err(Problem::invalid_field("fixes", detail));
        }
        Ok(())
    }
}

impl NewPatrolFix {
    fn read(
        &self,
        frame: Frame,
        patrol: &Patrol,
        now: Timestamp,
        future_s: i64,
    ) -> Result<Fix, &'static str> {
        let degrees = Place::new(self.lon, self.lat).map_err(|_| "invalid_place")?.degrees();
        let degrees = frame.to_wgs84(degrees).map_err(|_| "invalid_place")?;
        let place = Place::new(degrees.lon, degrees.lat).map_err(|_| "invalid_place")?;
        let accuracy = self.accuracy_m.map(Metres::new).transpose().map_err(|_| "invalid_accuracy")?;
        if self.speed_m_s.is_some_and(|speed_m_s| !speed_m_s.is_finite() || speed_m_s < 0.0) {
            return Err("invalid_speed");
        }
        let at = Timestamp(self.at_ms);
        on_patrol(patrol, at, now, future_s).map_err(super::patrols::OffPatrol::word)?;
        Ok(Fix { sequence: self.sequence, at, place, accuracy, speed_m_s: self.speed_m_s })
    }
}
