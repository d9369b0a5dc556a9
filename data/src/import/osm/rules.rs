//! What the tags of a street say: what it is, who may go, which way, what stands in it.
//!
//! The defaults are those that OpenStreetMap documents for its `highway` values, where a country has made no others. One departs from
//! them: `private` closes a street to vehicles, but not to people on foot. The streets inside a compound are tagged so, and those who
//! patrol are let in at its gate.

use super::element::Tags;
use crate::model::road::{Access, BarrierKind, Direction, StreetKind};

/// The kind of street that a value of `highway` means; `None` for what is not there (construction) or is no street (platform).
pub(super) fn street_kind(highway: &str) -> Option<StreetKind> {
    Some(match highway {
        "motorway" | "motorway_link" => StreetKind::Motorway,
        "trunk" | "trunk_link" => StreetKind::Trunk,
        "primary" | "primary_link" => StreetKind::Primary,
        "secondary" | "secondary_link" => StreetKind::Secondary,
        "tertiary" | "tertiary_link" => StreetKind::Tertiary,
        "residential" | "unclassified" | "road" => StreetKind::Residential,
        "living_street" => StreetKind::Living,
        "service" => StreetKind::Service,
        "track" => StreetKind::Track,
        "pedestrian" => StreetKind::Pedestrian,
        "cycleway" => StreetKind::Cycleway,
        "footway" | "corridor" => StreetKind::Footway,
        "path" | "bridleway" | "trail" => StreetKind::Path,
        "steps" => StreetKind::Steps,
        _ => return None,
    })
}

/// Who may use a street of a kind with these tags.
pub(super) fn access(kind: StreetKind, tags: &Tags) -> Access {
    let everybody = Access { foot: true, cycle: true, car: true };
    let by_default = match kind {
        StreetKind::Motorway => Access { foot: false, cycle: false, car: true },
        StreetKind::Path | StreetKind::Cycleway => Access { car: false, ..everybody },
        StreetKind::Pedestrian | StreetKind::Footway | StreetKind::Steps => {
            Access { foot: true, cycle: false, car: false }
        }
        _ if is_yes(tags, "motorroad") => Access { foot: false, cycle: false, car: true },
        _ => everybody,
    };
    told(by_default, tags)
}

/// The default, as far as the tags say nothing else; the tag that names the traveller most closely counts.
fn told(by_default: Access, tags: &Tags) -> Access {
    let may = |keys: &[&str], foot: bool, default: bool| {
        keys.iter().find_map(|key| tags.value(key).and_then(|value| is_free(value, foot))).unwrap_or(default)
    };
    Access {
        foot: may(&["foot", "access"], true, by_default.foot),
        cycle: may(&["bicycle", "vehicle", "access"], false, by_default.cycle),
        car: may(&["motorcar", "motor_vehicle", "vehicle", "access"], false, by_default.car),
    }
}

/// Whether a value of an access tag lets one in; `None` if it says nothing about it.
fn is_free(value: &str, foot: bool) -> Option<bool> {
    match value {
        "yes" | "designated" | "permissive" | "destination" | "official" | "customers" | "residents"
        | "delivery" | "permit" | "dismount" => Some(true),
        "private" => Some(foot),
        "no" | "use_sidepath" | "agricultural" | "forestry" | "military" | "emergency" => Some(false),
        _ => None,
    }
}

/// Which way vehicles may go.
pub(super) fn direction(kind: StreetKind, tags: &Tags) -> Direction {
    match tags.value("oneway") {
        Some("yes" | "true" | "1") => Direction::Forward,
        Some("-1" | "reverse") => Direction::Backward,
        None if matches!(tags.value("junction"), Some("roundabout" | "circular")) => Direction::Forward,
        None if kind == StreetKind::Motorway => Direction::Forward,
        // Also what changes with the hour.
        _ => Direction::Both,
    }
}

/// Whether a tag is there and does not say no: bridges and tunnels are told by what they are, for example `bridge=viaduct`.
pub(super) fn is_yes(tags: &Tags, key: &str) -> bool {
    tags.value(key).is_some_and(|value| value != "no")
}

/// What stands in the way at a node, and who may pass; `None` for what holds nobody up.
pub(super) fn barrier(tags: &Tags) -> Option<(BarrierKind, Access)> {
    let everybody = Access { foot: true, cycle: true, car: true };
    let no_cars = Access { car: false, ..everybody };
    let on_foot = Access { cycle: false, ..no_cars };
    let (kind, by_default) = match tags.value("barrier")? {
        "gate" | "swing_gate" | "sliding_gate" | "wicket_gate" | "hampshire_gate" | "chain" => {
            (BarrierKind::Gate, everybody)
        }
        "kissing_gate" => (BarrierKind::Gate, on_foot),
        "lift_gate" => (BarrierKind::LiftGate, everybody),
        "bollard" | "cycle_barrier" | "motorcycle_barrier" | "planter" => (BarrierKind::Bollard, no_cars),
        "block" | "jersey_barrier" | "debris" | "log" => (BarrierKind::Block, no_cars),
        "stile" | "turnstile" | "full-height_turnstile" => (BarrierKind::Stile, on_foot),
        "kerb" => (BarrierKind::Kerb, everybody),
        "entrance" | "no" | "toll_booth" | "cattle_grid" | "height_restrictor" | "border_control" => {
            return None;
        }
        _ => (BarrierKind::Other, everybody),
    };
    let locked = tags.is("locked", "yes");
    let nobody = Access { foot: false, cycle: false, car: false };
    Some((kind, told(if locked { nobody } else { by_default }, tags)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(access: Access) -> String {
        [(access.foot, 'f'), (access.cycle, 'b'), (access.car, 'c')]
            .into_iter()
            .filter_map(|(may, letter)| may.then_some(letter))
            .collect()
    }

    #[test]
    fn the_tag_that_names_the_traveller_most_closely_counts() {
        type Case = (&'static str, &'static [(&'static str, &'static str)], &'static str);
        let cases: [Case; 12] = [
            ("residential", &[], "fbc"),
            ("motorway_link", &[], "c"),
            ("trunk", &[("motorroad", "yes")], "c"),
            ("footway", &[], "f"),
            ("footway", &[("bicycle", "yes")], "fb"),
            ("steps", &[("foot", "no")], ""),
            ("service", &[("access", "private")], "f"),
            ("service", &[("access", "no"), ("foot", "yes")], "f"),
            ("service", &[("vehicle", "no"), ("motorcar", "destination")], "fc"),
            ("pedestrian", &[("motor_vehicle", "delivery")], "fc"),
            ("primary", &[("bicycle", "use_sidepath")], "fc"),
            ("path", &[("access", "unknown")], "fb"),
        ];
        for (highway, pairs, expected) in cases {
            let kind = street_kind(highway).expect("a street");
            assert_eq!(who(access(kind, &Tags::of(pairs))), expected, "{highway} {pairs:?}");
        }
    }

    #[test]
    fn a_oneway_street_may_run_against_its_line() {
        let cases: [(&[(&str, &str)], Direction); 5] = [
            (&[("oneway", "yes")], Direction::Forward),
            (&[("oneway", "-1")], Direction::Backward),
            (&[("junction", "roundabout")], Direction::Forward),
            (&[("junction", "roundabout"), ("oneway", "no")], Direction::Both),
            (&[("oneway", "reversible")], Direction::Both),
        ];
        for (pairs, expected) in cases {
            assert_eq!(direction(StreetKind::Residential, &Tags::of(pairs)), expected, "{pairs:?}");
        }
        assert_eq!(direction(StreetKind::Motorway, &Tags::of(&[])), Direction::Forward);
    }

    #[test]
    fn a_bollard_stops_cars_and_a_locked_gate_everybody() {
        let passing = |pairs| barrier(&Tags::of(pairs)).map(|(kind, access)| (kind.word(), who(access)));
        assert_eq!(passing(&[("barrier", "bollard")]), Some(("bollard", "fb".into())));
        assert_eq!(passing(&[("barrier", "gate"), ("locked", "yes")]), Some(("gate", String::new())));
        assert_eq!(
            passing(&[("barrier", "lift_gate"), ("access", "private")]),
            Some(("lift_gate", "f".into()))
        );
        assert_eq!(passing(&[("barrier", "entrance")]), None);
        assert_eq!(passing(&[]), None);
    }

    #[test]
    fn what_is_not_there_yet_is_no_street() {
        for highway in ["construction", "proposed", "platform", "bus_stop", ""] {
            assert_eq!(street_kind(highway), None);
        }
    }
}
