//! How fast one goes on what, and where one may go at all.
//!
//! Speeds of a city at an ordinary hour, stops included: on foot 1.35 m/s (Bohannon 1997, comfortable gait of grown-ups), half of it on steps; an e-bike
//! 4.5 m/s, a little above the 15 km/h at which Chinese cities were measured to ride (limit 25 km/h, GB 17761-2018); cars by the class of the road.

use gridward_data::model::road::{Access, Direction, Mode, Street, StreetKind};

/// On foot, centimetres a second.
pub(super) const FOOT_CM_S: u16 = 135;
const STEPS_CM_S: u16 = 68;
const RIDE_CM_S: u16 = 450;

/// How fast one goes along a street, centimetres a second; 0 where one may not. `forward`: in the direction in which it was mapped.
///
/// People on foot may go both ways everywhere. Who rides an e-bike gets off and pushes it where only walking is allowed, and against a
/// one-way street; never on steps.
pub(super) fn speed_cm_s(mode: Mode, street: &Street, forward: bool) -> u16 {
    let with_traffic = match street.direction {
        Direction::Both => true,
        Direction::Forward => forward,
        Direction::Backward => !forward,
    };
    let is_steps = street.kind == StreetKind::Steps;
    match mode {
        Mode::Foot if street.access.foot => {
            if is_steps {
                STEPS_CM_S
            } else {
                FOOT_CM_S
            }
        }
        Mode::EBike if is_steps => 0,
        Mode::EBike if street.access.cycle && with_traffic => RIDE_CM_S,
        Mode::EBike if street.access.foot => FOOT_CM_S,
        Mode::Car if street.access.car && with_traffic => drive_cm_s(street.kind),
        _ => 0,
    }
}

const fn drive_cm_s(kind: StreetKind) -> u16 {
    match kind {
        StreetKind::Motorway => 1_950,
        StreetKind::Trunk => 1_400,
        StreetKind::Primary => 1_100,
        StreetKind::Secondary => 950,
        StreetKind::Tertiary => 800,
        StreetKind::Residential => 600,
        StreetKind::Service => 400,
        StreetKind::Living
        | StreetKind::Track
        | StreetKind::Pedestrian
        | StreetKind::Cycleway
        | StreetKind::Footway
        | StreetKind::Path
        | StreetKind::Steps => 280,
    }
}

/// How fast one gets on where only the straight distance is known, centimetres a second.
pub(super) const fn usual_cm_s(mode: Mode) -> u16 {
    match mode {
        Mode::Foot => FOOT_CM_S,
        Mode::EBike => RIDE_CM_S,
        Mode::Car => 700,
    }
}

/// Whether one gets past a barrier at all, when it is open: an e-bike can be pushed.
pub(super) const fn passes(mode: Mode, access: Access) -> bool {
    match mode {
        Mode::Foot => access.foot,
        Mode::EBike => access.cycle || access.foot,
        Mode::Car => access.car,
    }
}

/// The time for a length at a speed, deciseconds, rounded half up. Monotone in the length.
pub(super) const fn time_ds(length_cm: u32, speed_cm_s: u16) -> u32 {
    let speed = speed_cm_s as u64;
    ((length_cm as u64 * 20 + speed) / (2 * speed)) as u32
}
