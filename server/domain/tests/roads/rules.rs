//! What may be passed by whom, and when.

use crate::lattice::{
    EVERYBODY, NOW, ON_FOOT, at, closure, compound, frame, gate, node, rectangle, restriction, street,
};
use gridward_data::model::{
    id::CompoundId,
    place::Place,
    road::{Barrier, BarrierKind, Closure, Direction, Mode, Restriction, Street, StreetKind, Via},
    shape::Outline,
    time::{Timestamp, Timetable, Weekday, WeeklySpan},
};
use gridward_domain::roads::{Conditions, Roads, Route, RouteFault, Scratch};

/// A board with what is on it.
#[derive(Default)]
struct Board {
    streets: Vec<Street>,
    restrictions: Vec<Restriction>,
    compounds: Vec<(CompoundId, Outline)>,
    closures: Vec<Closure>,
}

impl Board {
    fn of(streets: Vec<Street>) -> Self {
        Self { streets, ..Self::default() }
    }
    fn roads(&self) -> Roads {
        let compounds = self.compounds.iter().map(|(id, outline)| (*id, outline));
        Roads::build(&self.streets, &self.restrictions, compounds, &frame())
    }
    fn way(
        &self,
        mode: Mode,
        from: Place,
        to: Place,
        now: Timestamp,
        of: Option<u64>,
    ) -> Result<Route, RouteFault> {
        let roads = self.roads();
        let [from, to] = [from, to].map(|place| roads.snap(mode, place).expect("on the roads"));
        let conditions = roads.conditions(now, &self.closures);
        roads.route(mode, &[from], &[to], &conditions, of.map(compound), &mut Scratch::default())
    }
    fn ds(&self, mode: Mode, from: Place, to: Place) -> Option<u32> {
        self.way(mode, from, to, NOW, None).ok().map(|route| route.travel_ds)
    }
}

/// A square: the southern side is one street with a gate in its middle, the other three sides are one street.
fn gated(barrier: Barrier) -> Board {
    let mut south = street(1, &[(0, 0), (5, 0), (10, 0)]);
    south.barriers = vec![barrier];
    Board::of(vec![south, street(2, &[(0, 0), (0, 10), (10, 10), (10, 0)])])
}

/// Twice 4,987 cm at 13.5 cm a decisecond, each rounded.
const SHORT_DS: u32 = 738;

/// Whether the way from one end of the southern side to the other leads through the gate.
fn leads_through(board: &Board, mode: Mode, now: Timestamp, of: Option<u64>) -> bool {
    let route = board.way(mode, at(0, 0), at(10, 0), now, of).expect("there is always the way around");
    let through = route.legs.iter().any(|leg| leg.passes.contains(&BarrierKind::Gate));
    if mode == Mode::Foot {
        assert_eq!(through, route.travel_ds == SHORT_DS, "{route:?}");
    }
    through
}

#[test]
fn an_open_gate_is_passed_and_costs_nothing() {
    assert!(leads_through(&gated(gate(1)), Mode::Foot, NOW, None));
}

#[test]
fn a_gate_that_lets_only_walkers_through_turns_cars_away_and_an_e_bike_is_pushed() {
    let board = gated(Barrier { access: ON_FOOT, ..gate(1) });
    assert!(leads_through(&board, Mode::Foot, NOW, None));
    assert!(leads_through(&board, Mode::EBike, NOW, None));
    assert!(!leads_through(&board, Mode::Car, NOW, None));
}

#[test]
fn a_gate_with_hours_is_passed_within_them_alone() {
    let span = |day, from_min, until_min| WeeklySpan { day, from_min, until_min };
    // Monday from six to ten in the evening, and Sunday night until two on Monday.
    let hours = Timetable(vec![span(Weekday::Monday, 18 * 60, 22 * 60), span(Weekday::Sunday, 1_320, 1_560)]);
    let board = gated(Barrier { hours, ..gate(1) });
    let at_hour = |hour: i64, minute: i64| Timestamp(NOW.0 + ((hour - 15) * 60 + minute - 7) * 60_000);
    let open = [(18, 0), (21, 59), (0, 0), (1, 59)];
    let shut = [(17, 59), (22, 0), (2, 0), (15, 7)];
    for (hour, minute) in open {
        assert!(leads_through(&board, Mode::Foot, at_hour(hour, minute), None), "{hour}:{minute:02}");
    }
    for (hour, minute) in shut {
        assert!(!leads_through(&board, Mode::Foot, at_hour(hour, minute), None), "{hour}:{minute:02}");
    }
}

#[test]
fn a_gate_for_residents_lets_its_people_through_and_who_is_called_to_them() {
    let mut board = gated(Barrier { residents: Some(compound(7)), ..gate(1) });
    // The compound lies around the eastern end of the side; nothing stands on its outline.
    board.compounds = vec![(compound(7), rectangle(8, -2, 12, 2)), (compound(8), rectangle(40, 40, 50, 50))];
    assert!(leads_through(&board, Mode::Foot, NOW, None), "called into the compound");
    board.compounds[0].1 = rectangle(40, -40, 50, -30);
    assert!(leads_through(&board, Mode::Foot, NOW, Some(7)), "one of its people");
    assert!(!leads_through(&board, Mode::Foot, NOW, Some(8)), "one of other people");
    assert!(!leads_through(&board, Mode::Foot, NOW, None), "a stranger");
}

#[test]
fn a_gate_for_the_people_of_a_compound_that_is_not_there_lets_nobody_through() {
    let board = gated(Barrier { residents: Some(compound(9)), ..gate(1) });
    assert!(!leads_through(&board, Mode::Foot, NOW, Some(9)));
}

#[test]
fn a_closed_gate_is_closed_from_its_first_instant_to_before_its_last() {
    let mut board = gated(gate(1));
    let mut closed = closure(1, Some(at(5, 0)));
    closed.span.from = NOW;
    closed.span.until = Some(Timestamp(NOW.0 + 60_000));
    board.closures = vec![closed];
    let later = |ms: i64| Timestamp(NOW.0 + ms);
    assert!(leads_through(&board, Mode::Foot, later(-1), None));
    assert!(!leads_through(&board, Mode::Foot, later(0), None));
    assert!(!leads_through(&board, Mode::Foot, later(59_999), None));
    assert!(leads_through(&board, Mode::Foot, later(60_000), None));
}

#[test]
fn a_closure_of_a_gate_that_is_not_there_closes_nothing() {
    let mut board = gated(gate(1));
    board.closures = vec![closure(1, Some(at(4, 0))), closure(99, None)];
    assert!(leads_through(&board, Mode::Foot, NOW, None));
}

#[test]
fn a_closed_street_is_not_gone_through_but_who_is_on_it_gets_away_and_who_is_called_to_it_gets_there() {
    let mut board = Board::of(vec![
        street(1, &[(0, 0), (10, 0)]),
        street(2, &[(10, 0), (20, 0)]),
        street(3, &[(20, 0), (30, 0)]),
    ]);
    board.closures = vec![closure(2, None)];
    let way = |from, to| board.way(Mode::Foot, from, to, NOW, None);
    assert_eq!(way(at(5, 0), at(25, 0)), Err(RouteFault::Shut));
    assert!(way(at(15, 0), at(25, 0)).is_ok(), "away from it");
    assert!(way(at(5, 0), at(15, 0)).is_ok(), "to it");
    assert!(way(at(12, 0), at(18, 0)).is_ok(), "along it");
}

#[test]
fn what_lies_apart_is_an_island_and_what_is_shut_in_is_shut() {
    let mut board = gated(gate(1));
    board.streets.truncate(1);
    board.streets.push(street(3, &[(0, 30), (10, 30)]));
    let way = |board: &Board, to| board.way(Mode::Foot, at(0, 0), to, NOW, None).map(|_| ());
    assert_eq!(way(&board, at(5, 30)), Err(RouteFault::Island));
    assert_eq!(way(&board, at(10, 0)), Ok(()));
    board.closures = vec![closure(1, Some(at(5, 0)))];
    assert_eq!(way(&board, at(10, 0)), Err(RouteFault::Shut));
}

#[test]
fn a_one_way_street_binds_cars_and_riders_and_nobody_on_foot() {
    let mut board = gated(gate(1));
    board.streets[0].direction = Direction::Backward;
    let both = |mode| [board.ds(mode, at(0, 0), at(10, 0)), board.ds(mode, at(10, 0), at(0, 0))];
    let [there, back] = both(Mode::Foot);
    assert_eq!(there, back);
    for mode in [Mode::EBike, Mode::Car] {
        let [there, back] = both(mode);
        assert!(there > back, "{mode:?}: {there:?} {back:?}");
    }
}

#[test]
fn steps_are_walked_slowly_and_never_ridden() {
    let mut board = gated(gate(1));
    board.streets.truncate(1);
    board.streets[0].kind = StreetKind::Steps;
    assert_eq!(board.ds(Mode::Foot, at(0, 0), at(10, 0)), Some(1_466));
    assert!(board.roads().snap(Mode::EBike, at(5, 0)).is_err());
    assert!(board.roads().snap(Mode::Foot, at(5, 0)).is_ok());
}

/// A crossing of four streets around (10, 10): 1 from the west, 2 to the east, 3 to the north, 4 to the south; and a way from the north around
/// to the east, 5.
fn crossing(restrictions: Vec<Restriction>) -> Board {
    let mut board = Board::of(vec![
        street(1, &[(0, 10), (10, 10)]),
        street(2, &[(10, 10), (20, 10)]),
        street(3, &[(10, 10), (10, 20)]),
        street(4, &[(10, 10), (10, 0)]),
        street(5, &[(10, 20), (20, 20), (20, 10)]),
    ]);
    board.restrictions = restrictions;
    board
}

#[test]
fn a_forbidden_turn_sends_cars_around_and_nobody_else() {
    let free = crossing(vec![]);
    let bound = crossing(vec![restriction(1, Via::Node(node(10, 10)), 2, false)]);
    let ask = |board: &Board, mode| board.ds(mode, at(0, 10), at(20, 10)).expect("a way");
    for mode in [Mode::Foot, Mode::EBike] {
        assert_eq!(ask(&free, mode), ask(&bound, mode));
    }
    // By the north it is three sides of a square instead of one.
    assert!(ask(&bound, Mode::Car) > 2 * ask(&free, Mode::Car));
    let other_way = |board: &Board| board.ds(Mode::Car, at(20, 10), at(0, 10));
    assert_eq!(other_way(&free), other_way(&bound), "a turn is forbidden in one direction");
}

#[test]
fn an_only_turn_forbids_all_others() {
    let bound = crossing(vec![restriction(1, Via::Node(node(10, 10)), 3, true)]);
    let free = crossing(vec![]);
    let ask = |board: &Board, to| board.ds(Mode::Car, at(0, 10), to).expect("a way");
    assert!(ask(&bound, at(10, 0)) > ask(&free, at(10, 0)), "south is reached from the north, by turning");
    assert!(ask(&bound, at(20, 10)) > ask(&free, at(20, 10)));
    assert_eq!(ask(&bound, at(10, 20)), ask(&free, at(10, 20)));
}

#[test]
fn a_turn_through_a_street_is_forbidden_as_a_whole_and_its_parts_are_free() {
    let through = Via::Streets(vec![street(3, &[(0, 0), (1, 0)]).id]);
    let bound = crossing(vec![restriction(1, through, 5, false)]);
    let free = crossing(vec![]);
    let ask = |board: &Board, from, to| board.ds(Mode::Car, from, to).expect("a way");
    let corner = at(12, 20);
    assert!(ask(&bound, at(0, 10), corner) > ask(&free, at(0, 10), corner), "1, 3, 5 is forbidden");
    assert_eq!(ask(&bound, at(10, 0), corner), ask(&free, at(10, 0), corner), "4, 3, 5 is not");
    assert_eq!(ask(&bound, at(0, 10), at(10, 19)), ask(&free, at(0, 10), at(10, 19)), "1, 3 is not");
}

#[test]
fn a_turn_that_could_mean_two_binds_nobody() {
    // Street 6 goes on both ways at the node.
    let mut bound = crossing(vec![restriction(1, Via::Node(node(10, 10)), 6, false)]);
    bound.streets.push(street(6, &[(10, 0), (10, 10), (10, 20)]));
    bound.streets.retain(|street| ![3, 4].contains(&street.id.number()));
    assert_eq!(bound.ds(Mode::Car, at(0, 10), at(10, 20)), bound.ds(Mode::Car, at(10, 20), at(0, 10)));
}

#[test]
fn the_version_says_whether_the_roads_are_the_same() {
    let version = |board: &Board| board.roads().version();
    let board = gated(gate(1));
    assert_eq!(version(&board), version(&gated(gate(1))));
    let others = [
        gated(Barrier { access: ON_FOOT, ..gate(1) }),
        gated(Barrier { residents: Some(compound(1)), ..gate(1) }),
        gated(Barrier {
            hours: Timetable(vec![WeeklySpan { day: Weekday::Monday, from_min: 1, until_min: 2 }]),
            ..gate(1)
        }),
        Board { restrictions: vec![restriction(1, Via::Node(node(0, 0)), 2, false)], ..gated(gate(1)) },
        Board { compounds: vec![(compound(1), rectangle(5, -5, 9, 5))], ..gated(gate(1)) },
        Board::of(board.streets[..1].to_vec()),
    ];
    for (which, other) in others.iter().enumerate() {
        assert_ne!(version(&board), version(other), "{which}");
    }
}

#[test]
fn where_nothing_is_closed_everybody_passes_what_lets_the_mode_through() {
    let hours = Timetable(vec![WeeklySpan { day: Weekday::Sunday, from_min: 0, until_min: 1 }]);
    let board = gated(Barrier { hours, residents: Some(compound(3)), access: EVERYBODY, ..gate(1) });
    let roads = board.roads();
    let [from, to] = [at(0, 0), at(10, 0)].map(|place| roads.snap(Mode::Foot, place).expect("on the roads"));
    let open = Conditions::all_open();
    let route = roads.route(Mode::Foot, &[from], &[to], &open, None, &mut Scratch::default());
    assert_eq!(route.expect("a way").travel_ds, SHORT_DS);
}
