//! A way in words, and times that are reckoned where there is none.

use crate::lattice::{NOW, at, frame, gate, street};
use gridward_data::model::road::{BarrierKind, Mode, StreetKind};
use gridward_domain::roads::{Roads, Route, Scratch, Turn};

fn told(roads: &Roads, from: (i32, i32), to: (i32, i32)) -> Route {
    let [from, to] =
        [from, to].map(|(east, north)| roads.snap(Mode::Foot, at(east, north)).expect("on the roads"));
    let conditions = roads.conditions(NOW, []);
    let mut scratch = Scratch::default();
    roads.route(Mode::Foot, &[from], &[to], &conditions, None, &mut scratch).expect("a way")
}

#[test]
fn a_way_is_told_by_streets_and_turns_and_the_gates_on_it() {
    let named = |id, name: &str, corners: &[(i32, i32)]| {
        let mut street = street(id, corners);
        street.name = Some(name.to_owned());
        street
    };
    let mut steps = street(4, &[(20, 10), (30, 20)]);
    steps.kind = StreetKind::Steps;
    let mut yard = named(3, "建设大路", &[(10, 10), (15, 10), (20, 10)]);
    yard.barriers = vec![gate(1)];
    // East, then north, then east again through a gate, then half left up the steps.
    let streets = [
        named(1, "南十路", &[(0, 0), (5, 0), (10, 0)]),
        named(2, "兴华街", &[(10, 0), (10, 10)]),
        yard,
        steps,
    ];
    let roads = Roads::build(&streets, [], [], &frame());
    let there = told(&roads, (0, 0), (30, 20));
    let legs: Vec<_> = there.legs.iter().map(|leg| (leg.turn, leg.name.as_deref(), leg.kind)).collect();
    assert_eq!(
        legs,
        [
            (Turn::Start, Some("南十路"), StreetKind::Residential),
            (Turn::Left, Some("兴华街"), StreetKind::Residential),
            (Turn::Right, Some("建设大路"), StreetKind::Residential),
            (Turn::SlightLeft, None, StreetKind::Steps),
        ]
    );
    let passes: Vec<_> = there.legs.iter().map(|leg| leg.passes.clone()).collect();
    assert_eq!(passes, [vec![], vec![], vec![BarrierKind::Gate], vec![]]);
    let back = told(&roads, (30, 20), (0, 0));
    let turns: Vec<_> = back.legs.iter().map(|leg| leg.turn).collect();
    assert_eq!(turns, [Turn::Start, Turn::SlightRight, Turn::Left, Turn::Right]);
    assert_eq!(back.travel_ds, there.travel_ds);
}

#[test]
fn a_way_along_one_street_begins_and_ends_where_it_is_asked() {
    let roads = Roads::build(&[street(1, &[(0, 0), (30, 0)])], [], [], &frame());
    let route = told(&roads, (4, 1), (22, -1));
    assert_eq!((route.places[0], route.places[route.places.len() - 1]), (at(4, 1), at(22, -1)));
    assert_eq!(route.legs.len(), 1);
    assert_eq!(route.places.len(), 4, "{:?}", route.places);
}

#[test]
fn an_estimate_is_the_straight_distance_times_the_usual_factor_where_nothing_is_known() {
    let roads = Roads::build(&[street(1, &[(0, 0), (10, 0)])], [], [], &frame());
    let estimate = roads.estimate(Mode::Foot, at(0, 0), at(0, 100));
    assert!((estimate.factor - 1.4).abs() < 1e-9);
    // A unit to the north is 9e-6 degrees, 10 m less 4 mm.
    assert!((139_500..140_500).contains(&estimate.path_cm), "{estimate:?}");
    let seconds = f64::from(estimate.path_cm) / 135.0;
    assert!((f64::from(estimate.travel_ds) / 10.0 - seconds).abs() < 0.1, "{estimate:?}");
}

#[test]
fn on_a_board_of_streets_the_factor_is_that_of_going_around_corners() {
    let mut streets = vec![];
    for line in 0..=40 {
        let corners: Vec<_> = (0..=40).map(|step| (step * 10, line * 10)).collect();
        let across: Vec<_> = (0..=40).map(|step| (line * 10, step * 10)).collect();
        streets.push(street(2 * line as u64 + 1, &corners));
        streets.push(street(2 * line as u64 + 2, &across));
    }
    let roads = Roads::build(&streets, [], [], &frame());
    let factor = roads.detour_factor(at(200, 200));
    // In the mean over all directions |cos| + |sin| is 4/π = 1.27; the middle one lies a little above it.
    assert!((1.22..1.36).contains(&factor), "{factor}");
}

#[test]
fn a_way_that_is_unbelievably_long_is_doubted_and_the_straight_distance_told() {
    let roads = Roads::build(&[street(1, &[(0, 0), (100, 0)])], &[], [], &frame());
    let (near, far) = (at(10, 0), at(60, 0));
    let straight_cm = (frame().to_metres(at(0, 0)).distance(frame().to_metres(near)) * 100.0) as u32;
    assert!((9_000..11_000).contains(&straight_cm), "{straight_cm}");
    // Five times as long, but around a block only.
    assert_eq!(roads.doubt(Mode::Foot, at(0, 0), near, 6 * straight_cm), None);
    // Much longer, but not five times as long.
    assert_eq!(roads.doubt(Mode::Foot, at(0, 0), far, 29 * straight_cm), None);
    let doubt = roads.doubt(Mode::Foot, at(0, 0), near, 12 * straight_cm).expect("nobody goes such a way");
    assert_eq!(doubt, roads.estimate(Mode::Foot, at(0, 0), near));
    assert!(roads.doubt(Mode::Foot, at(0, 0), far, 31 * straight_cm).is_some());
}
