//! Do drafts tile their parents, and are they what was wished for?

use crate::town::{Sequence, at, building, buildings, outline, parent, rectangle, street, streets};
use gridward_data::model::{
    building::Building,
    id::AreaId,
    place::{Bounds, Place},
    road::Street,
    shape::Outline,
};
use gridward_domain::{
    grids::{
        check::check,
        draft::{DraftError, DraftGrid, Parent, Wish, draft},
    },
    index::inside::inside,
};
use proptest::prelude::*;

fn drafted(
    outline: &Outline,
    buildings: &[Building],
    streets: &[Street],
    wish: Wish,
) -> Result<Vec<DraftGrid>, DraftError> {
    let parent = Parent { id: AreaId::new(1).expect("an id"), outline };
    draft(parent, &buildings.iter().collect::<Vec<_>>(), &streets.iter().collect::<Vec<_>>(), wish)
}

/// Every edge of every grid has its reverse in another grid, edge for edge, unless it lies on the parent's border: the rule by itself, in six lines.
fn every_inner_edge_is_shared(grids: &[DraftGrid], parent: &Outline) -> bool {
    let rings = |outline: &Outline| {
        outline.polygons().iter().flat_map(|it| it.rings().cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let edges: Vec<(usize, Place, Place)> = (0..grids.len())
        .flat_map(|grid| rings(&grids[grid].outline).into_iter().map(move |ring| (grid, ring)))
        .flat_map(|(grid, ring)| {
            ring.places().windows(2).map(|edge| (grid, edge[0], edge[1])).collect::<Vec<_>>()
        })
        .collect();
    let turn = gridward_domain::index::inside::turn;
    let on = |place: Place, edge: &[Place]| {
        turn(edge[0], edge[1], place) == 0 && Bounds::of(edge[0]).joined(Bounds::of(edge[1])).contains(place)
    };
    edges.iter().all(|(grid, from, to)| {
        let reverse = edges.iter().filter(|(other, a, b)| other != grid && a == to && b == from).count();
        let border = rings(parent)
            .iter()
            .any(|ring| ring.places().windows(2).any(|edge| on(*from, edge) && on(*to, edge)));
        reverse == usize::from(!border)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn drafts_of_random_parents_with_random_streets_tile_them_exactly(
        seed in any::<u64>(), street_count in 0..40i32, building_count in 0..200i32, target_households in 50..800u32,
    ) {
        let mut sequence = Sequence(seed);
        let parent = parent(&mut sequence);
        let (buildings, streets) = (buildings(&mut sequence, building_count), streets(&mut sequence, street_count));
        let wish = Wish { target_households, ..Wish::default() };
        let grids = drafted(&parent, &buildings, &streets, wish).expect("a draft");
        let outlines: Vec<&Outline> = grids.iter().map(|grid| &grid.outline).collect();
        prop_assert_eq!(check(&outlines, &parent), []);
        prop_assert!(grids.len() > 60 || every_inner_edge_is_shared(&grids, &parent));
        prop_assert!(grids.iter().all(|grid| grid.outline.polygons().len() == 1));
        prop_assert_eq!(grids.iter().map(|grid| grid.sequence).collect::<Vec<_>>(), (1..=grids.len() as u16).collect::<Vec<_>>());
        // Places lie in as many grids as in the parent: one or none.
        for _ in 0..200 {
            let place = at(sequence.below(500_000) - 80_000, sequence.below(200_000) - 80_000);
            let holders = outlines.iter().filter(|outline| inside(outline, place)).count();
            prop_assert_eq!(holders, usize::from(inside(&parent, place)));
        }
        let living = buildings.iter().filter(|it| inside(&parent, it.outline.bounds().centre())).filter_map(|it| it.households);
        prop_assert_eq!(grids.iter().map(|grid| grid.households).sum::<u32>(), living.sum::<u32>());
    }
}

/// A district of 8 by 6 blocks of some 170 m by 220 m with 16 buildings of 20 households each: 320 households a block.
fn board() -> (Outline, Vec<Building>, Vec<Street>) {
    let (mut buildings, mut streets) = (vec![], vec![]);
    for block in 0..48 {
        let (west, south) = (block % 8 * 20_000, block / 8 * 20_000);
        for slot in 0..16 {
            let id = 1 + (block * 16 + slot) as u64;
            buildings.push(building(
                id,
                west + 1_500 + slot % 4 * 4_500,
                south + 1_500 + slot / 4 * 4_500,
                3_500,
                1_500,
                20,
            ));
        }
    }
    for column in 0..=8 {
        let corners: Vec<_> = (0..=6).map(|row| (column * 20_000, row * 20_000)).collect();
        streets.push(street(1 + column as u64, &corners));
    }
    for row in 0..=6 {
        let corners: Vec<_> = (0..=8).map(|column| (column * 20_000, row * 20_000)).collect();
        streets.push(street(100 + row as u64, &corners));
    }
    (outline(&rectangle(0, 0, 160_000, 120_000)), buildings, streets)
}

#[test]
fn grids_on_a_board_of_streets_are_its_blocks() {
    let (parent, buildings, streets) = board();
    let grids = drafted(&parent, &buildings, &streets, Wish { target_households: 320, ground_max_m2: 1e9 })
        .expect("a draft");
    assert_eq!(grids.len(), 48);
    assert!(
        grids.iter().all(|grid| grid.households == 320),
        "{:?}",
        grids.iter().map(|grid| grid.households).collect::<Vec<_>>()
    );
    let off = |place: &Place| {
        let (east, north) = (place.lon_e7() - 1_233_400_000, place.lat_e7() - 417_800_000);
        east % 20_000 != 0 && north % 20_000 != 0
    };
    let places = grids.iter().flat_map(|grid| grid.outline.places().collect::<Vec<_>>());
    assert_eq!(places.filter(off).collect::<Vec<_>>(), []);
}

#[test]
fn households_are_balanced_around_the_target_and_no_building_is_cut() {
    let (parent, buildings, streets) = board();
    for streets in [&streets[..], &[]] {
        let grids = drafted(&parent, &buildings, streets, Wish::default()).expect("a draft");
        // 15,360 households; 400 each.
        assert!((36..=41).contains(&grids.len()), "{}", grids.len());
        let households: Vec<u32> = grids.iter().map(|grid| grid.households).collect();
        assert!(households.iter().all(|households| (200..=640).contains(households)), "{households:?}");
        let near = households.iter().filter(|households| (300..=500).contains(*households)).count();
        assert!(near * 10 >= households.len() * 8, "{households:?}");
        let whole = |building: &&Building| {
            let holders = grids
                .iter()
                .filter(|grid| building.outline.places().all(|place| inside(&grid.outline, place)));
            holders.count() == 1
        };
        let whole = buildings.iter().filter(whole).count();
        assert!(whole * 100 >= buildings.len() * 97, "{whole} of {} are whole", buildings.len());
    }
}

/// Neighbours know nothing of each other, yet a crooked border between them stays shared: together their grids tile both.
#[test]
fn drafts_of_two_neighbours_tile_their_union() {
    let border = [(61_003, 120_000), (64_007, 71_111), (57_001, 50_001), (63_333, 22_222), (60_001, 0)];
    let west = outline(&[
        (0, 0),
        (60_001, 0),
        (63_333, 22_222),
        (57_001, 50_001),
        (64_007, 71_111),
        (61_003, 120_000),
        (0, 120_000),
    ]);
    let east = outline(&[&border[..], &[(160_000, 0), (160_000, 120_000)]].concat());
    let union =
        outline(&[(0, 0), (60_001, 0), (160_000, 0), (160_000, 120_000), (61_003, 120_000), (0, 120_000)]);
    let (_, buildings, streets) = board();
    let draft = |parent: &Outline| drafted(parent, &buildings, &streets, Wish::default()).expect("a draft");
    let grids = [draft(&west), draft(&east)].concat();
    assert!(grids.len() > 30);
    assert_eq!(check(&grids.iter().map(|grid| &grid.outline).collect::<Vec<_>>(), &union), []);
}

#[test]
fn pieces_of_a_parent_that_share_an_edge_are_refused_and_not_cut_wrongly() {
    let polygon = |corners: &[(i32, i32)]| outline(corners).polygons()[0].clone();
    let twice = Outline::new(vec![
        polygon(&rectangle(0, 0, 9_001, 9_001)),
        polygon(&rectangle(9_001, 0, 9_001, 9_001)),
    ]);
    let twice = twice.expect("an outline");
    assert!(matches!(drafted(&twice, &[], &[], Wish::default()), Err(DraftError::Overlapping(_))));
}

#[test]
fn the_same_input_in_any_order_gives_the_same_grids() {
    let mut sequence = Sequence(11);
    let parent = parent(&mut sequence);
    let (buildings, streets) = (buildings(&mut sequence, 150), streets(&mut sequence, 30));
    let once = drafted(&parent, &buildings, &streets, Wish::default()).expect("a draft");
    let reversed = |mut buildings: Vec<Building>, mut streets: Vec<Street>| {
        buildings.reverse();
        streets.reverse();
        drafted(&parent, &buildings, &streets, Wish::default()).expect("a draft")
    };
    assert_eq!(once, reversed(buildings, streets));
}

#[test]
fn a_parent_so_small_that_no_place_lies_in_it_is_one_grid() {
    let parent = outline(&[(0, 0), (3, 1), (1, 1)]);
    let grids = drafted(&parent, &[], &[], Wish::default()).expect("a draft");
    assert_eq!(grids.len(), 1);
    assert_eq!(check(&[&grids[0].outline], &parent), []);
}

#[test]
fn what_cannot_be_cut_is_refused_with_a_remedy() {
    let bow = outline(&[(0, 0), (10_000, 10_000), (10_000, 0), (0, 12_000)]);
    assert!(matches!(drafted(&bow, &[], &[], Wish::default()), Err(DraftError::Crossed(_))));
    let (parent, buildings, streets) = board();
    let wish = |target_households, ground_max_m2| Wish { target_households, ground_max_m2 };
    assert_eq!(drafted(&parent, &buildings, &streets, wish(0, 1e6)), Err(DraftError::EmptyWish));
    assert_eq!(drafted(&parent, &buildings, &streets, wish(400, f64::NAN)), Err(DraftError::EmptyWish));
    assert!(matches!(drafted(&parent, &buildings, &streets, wish(10, 1e6)), Err(DraftError::TooMany(_))));
}
