//! Where a place lies on the roads, and on which side of a wall.

use crate::lattice::{EVERYBODY, ON_FOOT, at, compound, frame, gate, networks, rectangle, street};
use gridward_data::model::road::{Barrier, Mode, Street};
use gridward_domain::roads::{Conditions, Roads, RouteFault, Scratch, snap::REACH_M};
use proptest::prelude::*;

/// A compound from (10, 10) to (20, 20) with a yard street, its gate on the southern side, and a street along its eastern wall outside.
fn walled(with_gate: bool) -> Vec<Street> {
    let mut yard = street(1, &[(15, 0), (15, 10), (15, 18)]);
    yard.joints.retain(|joint| joint.at == 0);
    if with_gate {
        yard.barriers = vec![gate(1)];
    }
    vec![yard, street(2, &[(0, 0), (15, 0), (30, 0)]), street(3, &[(21, 0), (21, 20)])]
        .into_iter()
        .map(|mut street| {
            // All meet at the southern street.
            if street.id.number() == 2 {
                street.line = line(&[(0, 0), (15, 0), (21, 0), (30, 0)]);
                street.joints =
                    [(0, 500), (1, 501), (2, 502), (3, 503)].map(|(at, node)| joint(at, node)).to_vec();
            } else {
                let end = street.line.places().len() as u32 - 1;
                let first = if street.id.number() == 1 { 501 } else { 502 };
                street.joints = vec![joint(0, first), joint(end, 600 + street.id.number())];
            }
            street
        })
        .collect()
}

fn line(corners: &[(i32, i32)]) -> gridward_data::model::shape::Line {
    let places = corners.iter().map(|(east, north)| at(*east, *north)).collect();
    gridward_data::model::shape::Line::new(places).expect("a line")
}

fn joint(at: u32, node: u64) -> gridward_data::model::road::Joint {
    let node = gridward_data::model::id::NodeId::new(node).expect("an id");
    gridward_data::model::road::Joint { at, node }
}

fn roads(streets: &[Street]) -> Roads {
    let yard = rectangle(10, 10, 20, 20);
    Roads::build(streets, &[], [(compound(1), &yard)], &frame())
}

#[test]
fn a_place_inside_a_wall_is_reached_from_inside_however_near_the_street_outside_is() {
    let roads = roads(&walled(true));
    let outside = roads.snap(Mode::Foot, at(21, 15)).expect("on the street").segment;
    let inside = roads.snap(Mode::Foot, at(19, 15)).expect("in the yard");
    assert_ne!(inside.segment, outside);
    assert!((3_800..4_200).contains(&inside.away_cm), "to the yard street, not over the wall: {inside:?}");
}

#[test]
fn a_place_outside_a_wall_is_never_reached_from_inside() {
    let mut streets = walled(true);
    // Without the street along the wall the nearest way outside is the southern one.
    streets.truncate(2);
    let roads = roads(&streets);
    let snap = roads.snap(Mode::Foot, at(15, 21)).expect("a street");
    assert!(snap.away_cm > 10_000, "not the end of the yard street, 30 m away: {snap:?}");
}

#[test]
fn without_a_gate_on_its_outline_a_compound_has_no_wall() {
    let roads = roads(&walled(false));
    let inside = roads.snap(Mode::Foot, at(19, 15)).expect("a street");
    assert!(inside.away_cm < 2_500, "straight to the street outside: {inside:?}");
}

#[test]
fn a_walled_compound_whose_gate_is_closed_is_shut_in() {
    let streets = walled(true);
    let roads = roads(&streets);
    let [from, to] = [at(0, 0), at(19, 15)].map(|place| roads.snap(Mode::Foot, place).expect("on the roads"));
    let closed = crate::lattice::closure(1, Some(at(15, 10)));
    let mut scratch = Scratch::default();
    let mut way =
        |conditions: &Conditions| roads.route(Mode::Foot, &[from], &[to], conditions, None, &mut scratch);
    assert!(way(&Conditions::all_open()).is_ok());
    let shut = roads.conditions(crate::lattice::NOW, [&closed]);
    assert_eq!(way(&shut), Err(RouteFault::Shut));
}

#[test]
fn who_drives_to_a_compound_without_a_way_for_cars_gets_off_outside() {
    let mut streets = walled(true);
    streets[0].access = ON_FOOT;
    streets[0].barriers = vec![Barrier { access: EVERYBODY, ..gate(1) }];
    let roads = roads(&streets);
    let by_car = roads.snap(Mode::Car, at(19, 15)).expect("a street");
    assert!(by_car.away_cm < 2_500, "{by_car:?}");
    let on_foot = roads.snap(Mode::Foot, at(19, 15)).expect("the yard");
    assert!(on_foot.away_cm > 3_500, "{on_foot:?}");
}

#[test]
fn of_several_streets_as_near_the_first_counts() {
    let [one, two, three] = [(0, 0), (20, 0), (10, 10)].map(|end| [(10, 0), end]);
    let roads = roads(&[street(1, &one), street(2, &two), street(3, &three)]);
    assert_eq!(roads.snap(Mode::Foot, at(10, 0)).expect("a street").segment, 0);
    assert_eq!(roads.snap(Mode::Foot, at(11, -3)).expect("a street").segment, 1);
}

#[test]
fn beyond_reach_the_roads_say_nothing() {
    let roads = roads(&[street(2, &[(0, 0), (10, 0)])]);
    // A unit is 10 m to the north.
    assert!(roads.snap(Mode::Foot, at(5, 29)).is_ok());
    assert!(roads.snap(Mode::Foot, at(5, 31)).is_err());
    assert!(Roads::build([], [], [], &frame()).snap(Mode::Foot, at(5, 0)).is_err());
}

proptest! {
    #[test]
    fn a_place_lies_on_the_nearest_street_that_may_be_used(
        network in networks(),
        mode in prop_oneof![Just(Mode::Foot), Just(Mode::EBike), Just(Mode::Car)],
        (x, y) in (-20..60_i32, -20..60_i32),
    ) {
        let frame = frame();
        let roads = Roads::build(&network.streets, &[], [], &frame);
        let point = frame.to_metres(at(x, y));
        let usable = |street: &&Street| match mode {
            Mode::Foot => street.access.foot,
            Mode::Car => street.access.car,
            Mode::EBike => street.kind.word() != "steps" && (street.access.foot || street.access.cycle),
        };
        // Every street is looked at in steps of a hundredth of each of its pieces.
        let mut least_m = f64::INFINITY;
        for street in network.streets.iter().filter(usable) {
            for pair in street.line.places().windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|place| frame.to_metres(place));
                for step in 0..=100 {
                    let share = f64::from(step) / 100.0;
                    let (dx, dy) = (a.x + (b.x - a.x) * share - point.x, a.y + (b.y - a.y) * share - point.y);
                    least_m = least_m.min((dx * dx + dy * dy).sqrt());
                }
            }
        }
        match roads.snap(mode, at(x, y)) {
            Ok(snap) => {
                let away_m = f64::from(snap.away_cm) / 100.0;
                prop_assert!((away_m - least_m).abs() < 0.6, "{away_m} is not {least_m}");
                let there = frame.to_metres(roads.place_on(snap.segment, snap.offset_cm));
                let off_m = (there.distance(point) - away_m).abs();
                prop_assert!(off_m < 0.05, "the point of the segment is elsewhere: {off_m}");
                prop_assert!(snap.offset_cm <= roads.length_cm(snap.segment));
            }
            Err(_) => prop_assert!(least_m > REACH_M - 0.6, "{least_m}"),
        }
    }
}
