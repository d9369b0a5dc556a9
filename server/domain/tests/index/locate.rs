//! Where does a place lie? Oracle: a winding number in 128 bits over every area, and the rule of half-open borders by a place moved by a fraction.

use crate::city::{
    Sequence, area, at, building, compound, crooked, fact, outline, rectangle, street, version,
};
use gridward_data::{
    model::{
        area::Level,
        place::Place,
        shape::{Outline, Polygon},
    },
    store::question::Fact,
};
use gridward_domain::index::{Index, anchor::anchor, inside::inside};
use proptest::prelude::*;

/// Whether a place lies inside, moved east by a millionth and north by less: a plain crossing count in whole numbers of 1e-6 units, in
/// which no place lies on an edge.
fn inside_by_moving(outline: &Outline, place: Place) -> bool {
    const FINE: i128 = 1_000_000_000_000;
    let fine = |place: Place| (i128::from(place.lon_e7()) * FINE, i128::from(place.lat_e7()) * FINE);
    let (x, y) = fine(place);
    let (x, y) = (x + 1_000, y + 1);
    let mut odd = false;
    for ring in outline.polygons().iter().flat_map(Polygon::rings) {
        for edge in ring.places().windows(2) {
            let ((ax, ay), (bx, by)) = (fine(edge[0]), fine(edge[1]));
            if (ay < y) != (by < y) {
                // The crossing lies east of the place: (bx - ax)(y - ay) / (by - ay) + ax > x.
                let cross = (bx - ax) * (y - ay) - (x - ax) * (by - ay);
                odd ^= (cross > 0) == (by > ay);
            }
        }
    }
    odd
}

/// A tiling of a rectangle: a net of crooked quadrilaterals, each corner shared by up to four of them, some cut in two.
fn tiling(seed: u64, columns: i32, rows: i32) -> Vec<Outline> {
    const STEP: i32 = 4_000;
    let corner = |column: i32, row: i32| {
        let mut sequence = Sequence(seed ^ (column as u64) << 32 ^ row as u64);
        sequence.below(9);
        let inner = column > 0 && column < columns && row > 0 && row < rows;
        let mut off = || if inner { sequence.below(3_000) as i32 - 1_500 } else { 0 };
        (column * STEP + off(), row * STEP + off())
    };
    let mut tiles = vec![];
    for row in 0..rows {
        for column in 0..columns {
            let [a, b] = [corner(column, row), corner(column + 1, row)];
            let [c, d] = [corner(column + 1, row + 1), corner(column, row + 1)];
            if Sequence(seed ^ (column * 1_000 + row) as u64).below(3) == 0 {
                // Cut from the corner that keeps both halves plain.
                let turn = |a: (i32, i32), b: (i32, i32), c: (i32, i32)| {
                    i64::from(b.0 - a.0) * i64::from(c.1 - a.1) - i64::from(b.1 - a.1) * i64::from(c.0 - a.0)
                };
                let plain = turn(a, b, c) > 0 && turn(a, c, d) > 0;
                let halves = if plain { [[a, b, c], [a, c, d]] } else { [[a, b, d], [b, c, d]] };
                tiles.extend(halves.map(|half| outline(&half, &[])));
            } else {
                tiles.push(outline(&[a, b, c, d], &[]));
            }
        }
    }
    tiles
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_place_of_a_tiling_lies_in_exactly_one_grid(
        seed in any::<u64>(), columns in 1..7i32, rows in 1..7i32,
        places in prop::collection::vec((0..28_000i32, 0..28_000i32), 40),
    ) {
        let tiles = tiling(seed, columns, rows);
        let grids = tiles.iter().enumerate().map(|(at, tile)| fact(area(2 + at as u64, Level::Grid, Some(1), tile.clone())));
        let whole = area(1, Level::Community, None, outline(&rectangle(0, 0, columns * 4_000, rows * 4_000), &[]));
        let index = Index::build(version(1), grids.chain([fact(whole)]));
        // Corners and places of borders are asked for as well as any others.
        let corners = tiles.iter().flat_map(Outline::places);
        let middles = tiles.iter().flat_map(|tile| {
            let places: Vec<Place> = tile.places().collect();
            places.windows(2).map(|edge| gridward_data::model::place::Bounds::around(edge.iter().copied()).expect("two places").centre()).collect::<Vec<_>>()
        });
        for place in corners.chain(middles).chain(places.iter().map(|(east, north)| at(*east, *north))) {
            let holders: Vec<usize> = (0..tiles.len()).filter(|tile| inside(&tiles[*tile], place)).collect();
            let (east, north) = (place.lon_e7() - crate::city::CORNER.0, place.lat_e7() - crate::city::CORNER.1);
            let held = (0..columns * 4_000).contains(&east) && (0..rows * 4_000).contains(&north);
            prop_assert_eq!(holders.len(), usize::from(held), "{}", place);
            let chain: Vec<u64> = index.chain(place).iter().map(|area| area.id.number()).collect();
            let truth: Vec<u64> = holders.iter().flat_map(|tile| [1, 2 + *tile as u64]).collect();
            prop_assert_eq!(chain, truth);
        }
    }

    #[test]
    fn inside_agrees_with_a_place_moved_off_every_border(seed in any::<u64>(), east in -60..240i32, north in -60..61i32) {
        let outline = crooked(&mut Sequence(seed), 0, 0, 60);
        prop_assert_eq!(inside(&outline, at(east, north)), inside_by_moving(&outline, at(east, north)));
    }

    #[test]
    fn building_and_compound_agree_with_a_full_scan(seed in any::<u64>(), things in 0..80u64, places in prop::collection::vec((0..50_000i32, 0..50_000i32), 20)) {
        let mut sequence = Sequence(seed);
        let mut outlines = vec![];
        for _ in 0..things {
            let (east, north, size) = (sequence.below(50_000) as i32, sequence.below(50_000) as i32, 100 + sequence.below(9_000) as i32);
            outlines.push(crooked(&mut sequence, east, north, size));
        }
        let facts = outlines.iter().enumerate().map(|(at, outline)| (1 + at as u64, outline.clone()));
        let facts: Vec<Fact> = facts.flat_map(|(id, outline)| [fact(building(id, outline.clone())), fact(compound(id, outline))]).collect();
        let index = Index::build(version(1), facts);
        for (east, north) in places {
            let truth = outlines.iter().position(|outline| inside_by_moving(outline, at(east, north))).map(|at| 1 + at as u64);
            let located = index.locate(at(east, north));
            prop_assert_eq!(located.building.map(|it| it.id.number()), truth);
            prop_assert_eq!(located.compound.map(|it| it.id.number()), truth);
        }
    }

    #[test]
    fn the_anchor_lies_inside_and_not_at_the_edge(seed in any::<u64>(), size in 60..60_000i32) {
        let outline = crooked(&mut Sequence(seed), 0, 0, size);
        prop_assert!(inside(&outline, anchor(&outline)));
    }
}

#[test]
fn the_anchor_of_a_ring_of_ground_is_not_in_its_hole() {
    let court = outline(&rectangle(0, 0, 30_000, 30_000), &[rectangle(2_000, 2_000, 26_000, 26_000)]);
    assert!(inside(&court, anchor(&court)));
}

#[test]
fn the_anchor_of_a_sliver_lies_inside_where_any_place_does_and_else_at_a_corner() {
    let sliver = outline(&[(0, 0), (100_000, 1), (100_000, 2)], &[]);
    let place = anchor(&sliver);
    assert!(inside(&sliver, place) || sliver.places().any(|corner| corner == place));
    let diagonal = outline(&[(0, 0), (50_000, 49_000), (50_000, 49_003)], &[]);
    assert!(inside(&diagonal, anchor(&diagonal)));
}

#[test]
fn a_chain_follows_the_ties_of_its_grid_and_fills_gaps_by_outline() {
    let square = |size| outline(&rectangle(0, 0, size, size), &[]);
    let facts = [
        area(1, Level::District, None, square(9_000)),
        area(2, Level::Street, Some(1), square(8_000)),
        // A community whose outline lies elsewhere: the tie counts.
        area(3, Level::Community, Some(2), outline(&rectangle(8_500, 0, 100, 100), &[])),
        area(4, Level::Grid, Some(3), square(1_000)),
        // A grid without a tie.
        area(5, Level::Grid, None, outline(&rectangle(2_000, 0, 1_000, 1_000), &[])),
    ];
    let index = Index::build(version(1), facts.map(fact));
    let chain = |east| index.chain_ids(at(east, 10)).iter().map(|id| id.number()).collect::<Vec<_>>();
    assert_eq!(chain(10), [1, 2, 3, 4]);
    assert_eq!(chain(2_010), [1, 2, 5]);
    assert_eq!(chain(8_550), [1, 2, 3]);
    assert_eq!(chain(8_999), [1]);
    assert_eq!(chain(9_000), [] as [u64; 0]);
    assert_eq!(index.city_name(), Some("area 1"));
}

#[test]
fn a_ring_of_parents_does_not_hang() {
    let square = || outline(&rectangle(0, 0, 1_000, 1_000), &[]);
    let facts = [area(1, Level::Grid, Some(2), square()), area(2, Level::Grid, Some(1), square())];
    let index = Index::build(version(1), facts.map(fact));
    assert_eq!(index.chain_ids(at(5, 5)).len(), 1);
}

#[test]
fn the_nearest_street_with_a_name_is_told_within_200_m_and_not_beyond() {
    let facts =
        [street(1, None, &[(0, 0), (0, 9_000)]), street(2, Some("兴华街"), &[(10_000, 0), (10_000, 9_000)])];
    let index = Index::build(version(1), facts.map(fact));
    let street = |east| {
        index
            .locate(at(east, 4_000))
            .street
            .map(|(street, distance_m)| (street.id.number(), distance_m.round()))
    };
    assert_eq!(street(0), Some((2, 83.0)));
    assert_eq!(street(-20_000), None);
}

#[test]
fn an_area_that_ended_holds_nothing_but_is_still_found_by_id() {
    let mut ended = area(1, Level::Grid, None, outline(&rectangle(0, 0, 1_000, 1_000), &[]));
    ended.versions[0].valid.until = Some(gridward_data::model::time::Timestamp(5));
    let index = Index::build(version(1), [fact(ended)]);
    assert!(index.chain(at(5, 5)).is_empty());
    assert!(index.places().areas.find(crate::city::area_id(1)).is_some());
    assert_eq!(index.count(gridward_data::model::entity::Kind::Area), 0);
    assert!(index.places().areas.anchor(crate::city::area_id(1)).is_none());
}
