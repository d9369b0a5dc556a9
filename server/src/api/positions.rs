//! Where somebody is now: `POST /positions`.

use super::{
    extract::{Asked, frame},
    problem::{Answer, Problem},
};
use crate::{clock, scoped::ScopedForces};
use axum::Json;
use gridward_data::model::{frame::Frame, id::ResponderId, place::Place, time::Timestamp};
use gridward_domain::assign::positions::{Fix, Taken};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Fixes in one batch at most.
const FIXES_MAX: usize = 500;
/// The longest name of a device.
const DEVICE_CHARACTERS_MAX: usize = 64;

/// Fixes of one device.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPositions {
    /// Which device sends them, 1 to 64 visible ASCII characters.
    #[schema(example = "phone-17")]
    device: String,
    /// 1 to 500 fixes, in any order.
    fixes: Vec<NewFix>,
    /// The frame of all of them: `wgs84` (if left out), `cgcs2000`, `gcj02` or `bd09`.
    frame: Option<String>,
}

/// One reading of where somebody is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFix {
    /// The number of the fix on its device: a later one has a higher number.
    sequence: u64,
    /// Who carries the device.
    responder: u64,
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
    /// The radius that holds the truth with 68 %, metres; left out where the device does not know.
    accuracy_m: Option<f32>,
    /// When it was taken, milliseconds since 1970-01-01T00:00:00Z.
    at_ms: i64,
}

/// What became of a batch.
#[derive(Serialize, ToSchema)]
pub(crate) struct PositionsSeen {
    /// So many were the newest of their person, and are where this person is now.
    newest: usize,
    /// So many were older than what is known, and change nothing: late ones and repeated ones.
    older: usize,
    /// Those that were refused, of which nothing was kept.
    refused: Vec<RefusedFix>,
}

/// A fix of which nothing was kept.
#[derive(Serialize, ToSchema)]
struct RefusedFix {
    sequence: u64,
    responder: u64,
    /// `off_duty`: positions are taken on duty only. `unknown_responder`, `future`: more than five minutes ahead of the server's clock.
    /// `invalid_place`: no point of the Earth or of the frame; `invalid_accuracy`.
    reason: &'static str,
}

/// Takes where people are now. The answer means that it was seen, not that it is kept: positions live in memory, and as long as the shift.
/// A batch may be sent again: what is known already changes nothing.
#[utoipa::path(
    post, operation_id = "sendPositions", path = "/positions", tag = "people", request_body = NewPositions,
    responses((status = OK, body = PositionsSeen), (status = BAD_REQUEST, body = Problem), (status = UNPROCESSABLE_ENTITY, body = Problem))
)]
pub(crate) async fn create(
    forces: ScopedForces,
    Asked { body, .. }: Asked<NewPositions>,
) -> Answer<Json<PositionsSeen>> {
    let known_device = (1..=DEVICE_CHARACTERS_MAX).contains(&body.device.len())
        && body.device.bytes().all(|byte| byte.is_ascii_graphic());
    if !known_device {
        let detail = format!("name the device in 1 to {DEVICE_CHARACTERS_MAX} visible ASCII characters");
        return Err(Problem::invalid_field("device", detail));
    }
    if !(1..=FIXES_MAX).contains(&body.fixes.len()) {
        let detail = format!("send 1 to {FIXES_MAX} fixes, not {}", body.fixes.len());
        return Err(Problem::invalid_field("fixes", detail));
    }
    let frame = frame(body.frame.as_deref())?;
    let read: Vec<Result<Fix, &'static str>> = body.fixes.iter().map(|fix| fix.read(frame)).collect();
    let fixes: Vec<Fix> = read.iter().filter_map(|fix| fix.ok()).collect();

    let mut taken = forces.take(&fixes, clock::now()).into_iter();

    let mut seen = PositionsSeen { newest: 0, older: 0, refused: Vec::new() };
    for (given, read) in body.fixes.iter().zip(&read) {
        let refusal = match read {
            Err(reason) => Some(*reason),
            Ok(_) => match taken.next() {
                Some(Taken::Newest) => {
                    seen.newest += 1;
                    None
                }
                Some(Taken::Older) | None => {
                    seen.older += 1;
                    None
                }
                Some(Taken::OffDuty) => Some("off_duty"),
                Some(Taken::Unknown) => Some("unknown_responder"),
                Some(Taken::Future) => Some("future"),
            },
        };
        seen.refused.extend(refusal.map(|reason| RefusedFix {
            sequence: given.sequence,
            responder: given.responder,
            reason,
        }));
    }
    Ok(Json(seen))
}

impl NewFix {
    fn read(&self, frame: Frame) -> Result<Fix, &'static str> {
        let degrees = Place::new(self.lon, self.lat).map_err(|_| "invalid_place")?.degrees();
        let degrees = frame.to_wgs84(degrees).map_err(|_| "invalid_place")?;
        let place = Place::new(degrees.lon, degrees.lat).map_err(|_| "invalid_place")?;
        if self.accuracy_m.is_some_and(|accuracy_m| !accuracy_m.is_finite() || accuracy_m < 0.0) {
            return Err("invalid_accuracy");
        }
        Ok(Fix {
            responder: ResponderId::new(self.responder).map_err(|_| "unknown_responder")?,
            place,
            accuracy_m: self.accuracy_m,
            at: Timestamp(self.at_ms),
            sequence: self.sequence,
        })
    }
}
