//! On networks at random: one way, and the search outwards, against the oracle.

use crate::{
    lattice::{NOW, compounds, frame, networks},
    oracle::{Asked, Oracle},
};
use gridward_data::model::{id::CompoundId, road::Mode};
use gridward_domain::roads::{Conditions, Outward, Reached, Roads, Scratch, Snap};
use proptest::prelude::*;

/// What a gate of a compound asks: the people of 1, of 2, of nowhere.
fn belongings() -> impl Strategy<Value = Option<CompoundId>> {
    prop_oneof![Just(None), (1_u64..=2).prop_map(|id| CompoundId::new(id).ok())]
}

/// The earliest arrival of somebody by the search outwards, looked at whole.
fn by_outward(
    roads: &Roads,
    mode: Mode,
    from: &Snap,
    to: &Snap,
    conditions: &Conditions,
    belongs_to: Option<CompoundId>,
) -> Option<u32> {
    let mut scratch = Scratch::default();
    let mut outward = Outward::start(roads, mode, &[*to], conditions, &mut scratch);
    let (mut best, mut before_ds) = (None, 0);
    while let Some(bound_ds) = outward.bound_ds() {
        let Some(reached) = outward.next() else { break };
        assert!(before_ds <= bound_ds && bound_ds <= reached.head_ds, "what comes is never earlier");
        before_ds = reached.head_ds;
        let may = reached.residents_of.is_none() || reached.residents_of == belongs_to;
        let rest = |reached: &Reached| roads.rest_ds(mode, reached, from.offset_cm);
        if reached.segment == from.segment
            && may
            && let Some(rest_ds) = rest(&reached)
        {
            let total_ds = from.away_ds + reached.head_ds + rest_ds;
            best = Some(best.map_or(total_ds, |known: u32| known.min(total_ds)));
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_way_is_as_long_as_the_slow_search_says_and_the_search_outwards_agrees(
        network in networks(),
        mode in prop_oneof![Just(Mode::Foot), Just(Mode::EBike), Just(Mode::Car)],
        (x, y, u, v) in (0..30_i32, 0..30_i32, 0..30_i32, 0..30_i32),
        belongs_to in belongings(),
    ) {
        let compounds = compounds();
        let outlines = compounds.iter().map(|(id, outline)| (*id, outline));
        let frame = frame();
        let roads = Roads::build(&network.streets, &network.restrictions, outlines, &frame);
        let (a, b) = (crate::lattice::at(x, y), crate::lattice::at(u, v));
        let (Ok(from), Ok(to)) = (roads.snap(mode, a), roads.snap(mode, b)) else { return Ok(()) };
        let conditions = roads.conditions(NOW, &network.closures);
        let welcome = compounds.iter().find(|(_, outline)| {
            gridward_domain::index::inside::inside(outline, b)
        });
        let asked = Asked {
            restrictions: &network.restrictions,
            closures: &network.closures,
            now: NOW,
            mode,
            belongs_to,
            welcome: welcome.map(|(id, _)| *id),
        };
        let expected = Oracle::new(&network.streets, &frame, &asked).least_ds(&from, &[to])[0];

        let mut scratch = Scratch::default();
        let route = roads.route(mode, &[from], &[to], &conditions, belongs_to, &mut scratch);
        prop_assert_eq!(route.as_ref().ok().map(|route| route.travel_ds), expected);
        prop_assert_eq!(by_outward(&roads, mode, &from, &to, &conditions, belongs_to), expected);

        if let Ok(route) = route {
            let along: u32 = route.legs.iter().map(|leg| leg.length_cm).sum();
            // The steps to the first street are measured once more, to a place of whole units.
            let path_cm = along + from.away_cm + to.away_cm;
            prop_assert!(route.path_cm.abs_diff(path_cm) <= 2, "{} is not {path_cm}", route.path_cm);
            prop_assert_eq!((route.places[0], route.places[route.places.len() - 1]), (a, b));
            let drawn_m: f64 = route
                .places
                .windows(2)
                .map(|pair| frame.to_metres(pair[0]).distance(frame.to_metres(pair[1])))
                .sum();
            prop_assert!((drawn_m - f64::from(route.path_cm) / 100.0).abs() < 0.5, "{drawn_m} {route:?}");
            // The same again is the same.
            let again = roads.route(mode, &[from], &[to], &conditions, belongs_to, &mut scratch);
            prop_assert_eq!(again, Ok(route));
        }
    }
}
