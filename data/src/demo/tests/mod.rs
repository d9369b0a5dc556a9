//! Whether the town is whole: borders that meet, houses beside the streets, ways that hang together; in small towns and in a whole district.

mod district;

use super::*;
use crate::model::{
    area::{Area, Level},
    building::{Building, Compound},
    facility::{Facility, FacilityKind},
    place::Bounds,
    road::{BarrierKind, Direction, Street, StreetKind},
    shape::Outline,
    station::Station,
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
struct Town {
    areas: Vec<Area>,
    compounds: Vec<Compound>,
    buildings: Vec<Building>,
    stations: Vec<Station>,
    facilities: Vec<Facility>,
    streets: Vec<Street>,
}

const AT: Timestamp = Timestamp(1_700_000_000_000);

fn made(seed: u64, scale: f64) -> Town {
    let mut made = Town::default();
    for entity in town(&TownPlan { seed, scale, at: AT }) {
        match entity {
            Entity::Area(it) => made.areas.push(it),
            Entity::Compound(it) => made.compounds.push(it),
            Entity::Building(it) => made.buildings.push(it),
            Entity::Station(it) => made.stations.push(it),
            Entity::Facility(it) => made.facilities.push(it),
            Entity::Street(it) => made.streets.push(it),
            other => panic!("nobody asked for {}", other.key()),
        }
    }
    made
}

/// Towns of several seeds and sizes.
fn towns() -> impl Iterator<Item = Town> {
    [(1, 0.02), (2, 0.02), (3, 0.001), (4, 0.06), (1, 1.0)].into_iter().map(|(seed, scale)| made(seed, scale))
}

fn outline(area: &Area) -> &Outline {
    &area.current().expect("valid").outline
}

fn ring(outline: &Outline) -> &[Place] {
    let [polygon] = outline.polygons() else { panic!("more than one polygon") };
    assert!(polygon.holes.is_empty());
    polygon.exterior.places()
}

type Pair = (Place, Place);

fn edges(places: &[Place]) -> impl Iterator<Item = Pair> + '_ {
    places.windows(2).map(|pair| (pair[0], pair[1]))
}

/// Twice the signed area of a triangle: on which side of a → b the third place lies.
fn turn(a: Place, b: Place, c: Place) -> i64 {
    let to = |p: Place| (i64::from(p.lon_e7() - a.lon_e7()), i64::from(p.lat_e7() - a.lat_e7()));
    let ((bx, by), (cx, cy)) = (to(b), to(c));
    (bx * cy - by * cx).signum()
}

fn on_edge(place: Place, (a, b): Pair) -> bool {
    turn(a, b, place) == 0 && Bounds::of(a).joined(Bounds::of(b)).contains(place)
}

fn meet((a, b): Pair, (c, d): Pair) -> bool {
    let crossing = turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
    crossing || on_edge(a, (c, d)) || on_edge(b, (c, d)) || on_edge(c, (a, b)) || on_edge(d, (a, b))
}

/// Whether a place lies in a ring, its edge counted as inside.
fn inside(place: Place, ring: &[Place]) -> bool {
    let crossings = edges(ring).filter(|(a, b)| {
        let (low, high) = if a.lat_e7() < b.lat_e7() { (*a, *b) } else { (*b, *a) };
        (low.lat_e7()..high.lat_e7()).contains(&place.lat_e7()) && turn(low, high, place) > 0
    });
    edges(ring).any(|edge| on_edge(place, edge)) || crossings.count() % 2 == 1
}

/// All pairs of edges that touch, by a sweep from the west: (owner, edge) of both.
fn touching(mut all: Vec<(usize, Pair)>) -> Vec<[(usize, Pair); 2]> {
    let west = |(a, b): Pair| a.lon_e7().min(b.lon_e7());
    let east = |(a, b): Pair| a.lon_e7().max(b.lon_e7());
    let (south, north) =
        (|(a, b): Pair| a.lat_e7().min(b.lat_e7()), |(a, b): Pair| a.lat_e7().max(b.lat_e7()));
    all.sort_by_key(|(_, edge)| west(*edge));
    let mut found = Vec::new();
    for (nth, one) in all.iter().enumerate() {
        for other in all[nth + 1..].iter().take_while(|other| west(other.1) <= east(one.1)) {
            let apart = south(one.1) > north(other.1) || south(other.1) > north(one.1);
            if one.0 != other.0 && !apart && meet(one.1, other.1) {
                found.push([*one, *other]);
            }
        }
    }
    found
}

#[test]
fn the_areas_of_each_level_tile_the_area_above_exactly() {
    for town in towns() {
        for parent in town.areas.iter().filter(|area| area.level != Level::Grid) {
            let mut borders: BTreeSet<Pair> = BTreeSet::new();
            let below =
                |area: &&Area| area.current().is_some_and(|version| version.parent == Some(parent.id));
            for child in town.areas.iter().filter(below) {
                let places = ring(outline(child));
                let corners: BTreeSet<&Place> = places.iter().collect();
                assert_eq!(corners.len(), places.len() - 1, "the outline of {} touches itself", child.id);
                for (a, b) in edges(places) {
                    assert!(borders.insert((a, b)), "two areas claim the same side of {a} {b}");
                }
            }
            let outer: BTreeSet<Pair> =
                borders.iter().copied().filter(|(a, b)| !borders.contains(&(*b, *a))).collect();
            assert_eq!(outer, edges(ring(outline(parent))).collect(), "below {}", parent.id);
        }
    }
}

#[test]
fn codes_lead_up_and_households_add_up() {
    for town in towns() {
        let mut codes = BTreeSet::new();
        for area in &town.areas {
            let version = area.current().expect("valid");
            assert!(codes.insert(version.code.text()), "{} twice", version.code.text());
            assert_eq!(version.valid.from, AT);
            let parent = version.parent.map(|id| &town.areas[id.number() as usize - 1]);
            assert_eq!(parent.map(|parent| parent.level), area.level.above());
            assert_eq!(parent.and_then(Area::current).map(|above| above.code.clone()), version.code.parent());
            let sum = |level: Level| -> u32 {
                let of_level = town.areas.iter().filter(|area| area.level == level).filter_map(Area::current);
                of_level
                    .filter(|below| below.parent == Some(area.id))
                    .filter_map(|below| below.households)
                    .sum()
            };
            if let Some(level) = Level::ALL.into_iter().find(|level| level.above() == Some(area.level)) {
                assert_eq!(version.households, Some(sum(level)));
            }
        }
    }
}

#[test]
fn every_building_lies_in_one_grid_on_no_street_and_on_no_other_building() {
    for town in towns() {
        let (grids_at, streets_at) = (1_000_000, 2_000_000);
        let mut all: Vec<(usize, Pair)> = Vec::new();
        for (nth, building) in town.buildings.iter().enumerate() {
            all.extend(edges(ring(&building.outline)).map(|edge| (nth, edge)));
        }
        let grids: Vec<&Area> = town.areas.iter().filter(|area| area.level == Level::Grid).collect();
        for (nth, grid) in grids.iter().enumerate() {
            all.extend(edges(ring(outline(grid))).map(|edge| (grids_at + nth, edge)));
        }
        for (nth, street) in town.streets.iter().enumerate() {
            all.extend(edges(street.line.places()).map(|edge| (streets_at + nth, edge)));
        }
        for [(one, _), (other, (place, _))] in touching(all) {
            assert!(
                one.min(other) >= grids_at,
                "building {} stands across {one} {other} at {place}",
                one.min(other) + 1
            );
        }
        let bounds: Vec<(Bounds, &Area)> = grids.iter().map(|grid| (outline(grid).bounds(), *grid)).collect();
        for building in &town.buildings {
            let places = ring(&building.outline);
            let near = bounds.iter().filter(|(bounds, _)| bounds.contains(places[0]));
            let homes =
                near.filter(|(_, grid)| places.iter().all(|place| inside(*place, ring(outline(grid)))));
            assert_eq!(homes.count(), 1, "{}", building.id);
        }
    }
}

#[test]
fn buildings_have_doors_on_their_outline_and_stand_within_their_wall() {
    for town in towns() {
        for building in &town.buildings {
            let places = ring(&building.outline);
            assert!(!building.entrances.is_empty());
            assert!(building.entrances.iter().all(|entrance| places.contains(&entrance.place)));
            assert!(building.name.is_some() && building.address.is_some() && building.storeys > Some(0));
            let Some(id) = building.compound else { continue };
            let wall = ring(&town.compounds[id.number() as usize - 1].outline);
            assert!(places.iter().all(|place| inside(*place, wall)), "{} leaves {id}", building.id);
        }
    }
}

#[test]
fn streets_meet_at_shared_nodes_and_nowhere_else() {
    for town in towns() {
        let mut place_of = BTreeMap::new();
        let mut node_of = BTreeMap::new();
        let mut joints = BTreeSet::new();
        for (nth, street) in town.streets.iter().enumerate() {
            let places = street.line.places();
            let at: Vec<u32> = street.joints.iter().map(|joint| joint.at).collect();
            assert!(at.is_sorted() && at[0] == 0 && at[at.len() - 1] as usize == places.len() - 1);
            for joint in &street.joints {
                let place = places[joint.at as usize];
                assert_eq!(*place_of.entry(joint.node).or_insert(place), place);
                assert_eq!(*node_of.entry(place).or_insert(joint.node), joint.node);
                joints.insert((nth, place));
            }
            for barrier in &street.barriers {
                assert!((barrier.at as usize) < places.len());
            }
        }
        let all = town.streets.iter().enumerate();
        let all = all.flat_map(|(nth, street)| edges(street.line.places()).map(move |edge| (nth, edge)));
        for [(one, (a, b)), (other, (c, d))] in touching(all.collect()) {
            let shared = [a, b].into_iter().find(|place| *place == c || *place == d);
            let shared =
                shared.unwrap_or_else(|| panic!("streets {one} and {other} cross at {a} without a node"));
            assert!(joints.contains(&(one, shared)) && joints.contains(&(other, shared)), "{shared}");
        }
    }
}

/// Everything that can be reached from a node, going along the pairs.
fn reached(from: u64, ways: &BTreeMap<u64, Vec<u64>>) -> BTreeSet<u64> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(node) = open.pop() {
        for next in ways.get(&node).into_iter().flatten() {
            if seen.insert(*next) {
                open.push(*next);
            }
        }
    }
    seen
}

#[test]
fn every_way_can_be_reached_on_foot_and_every_street_by_car() {
    for town in towns() {
        let mut on_foot: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let (mut there, mut back) = (on_foot.clone(), on_foot.clone());
        for street in &town.streets {
            assert!(street.access.foot);
            for pair in street.joints.windows(2) {
                let (one, other) = (pair[0].node.number(), pair[1].node.number());
                on_foot.entry(one).or_default().push(other);
                on_foot.entry(other).or_default().push(one);
                let mut car = |from, to| {
                    there.entry(from).or_insert_with(Vec::new).push(to);
                    back.entry(to).or_insert_with(Vec::new).push(from);
                };
                if street.access.car && street.direction != Direction::Backward {
                    car(one, other);
                }
                if street.access.car && street.direction != Direction::Forward {
                    car(other, one);
                }
            }
        }
        assert_eq!(reached(1, &on_foot).len(), on_foot.len());
        let cars: BTreeSet<u64> = there.keys().chain(back.keys()).copied().collect();
        let start = *cars.first().expect("there are streets");
        assert_eq!(reached(start, &there), cars);
        assert_eq!(reached(start, &back), cars);
    }
}

#[test]
fn a_name_belongs_to_one_street() {
    for town in towns() {
        let mut by_name: BTreeMap<&str, BTreeMap<u64, Vec<u64>>> = BTreeMap::new();
        for street in &town.streets {
            let Some(name) = &street.name else { continue };
            let ways = by_name.entry(name).or_default();
            for pair in street.joints.windows(2) {
                let (one, other) = (pair[0].node.number(), pair[1].node.number());
                ways.entry(one).or_default().push(other);
                ways.entry(other).or_default().push(one);
            }
        }
        for (name, ways) in by_name {
            let start = *ways.keys().next().expect("a street has nodes");
            assert_eq!(reached(start, &ways).len(), ways.len(), "{name} lies in two places");
        }
    }
}

#[test]
fn the_smallest_town_has_something_of_everything() {
    for town in towns() {
        assert!(town.stations.len() >= 3);
        assert!(town.stations.iter().all(|station| !station.timetable.0.is_empty()));
        assert!(town.facilities.iter().all(|facility| !facility.timetable.0.is_empty()));
        let kinds: BTreeSet<&str> = town.facilities.iter().map(|facility| facility.kind.word()).collect();
        assert_eq!(kinds.len(), 11, "{kinds:?}");
        assert!(kinds.contains(FacilityKind::School.word()));
        let barriers: BTreeSet<&str> = town
            .streets
            .iter()
            .flat_map(|street| street.barriers.iter().map(|barrier| barrier.kind.word()))
            .collect();
        let expected = [BarrierKind::LiftGate, BarrierKind::Gate, BarrierKind::Bollard];
        assert!(expected.iter().all(|kind| barriers.contains(kind.word())), "{barriers:?}");
        let ways: BTreeSet<StreetKind> = town.streets.iter().map(|street| street.kind).collect();
        for kind in [StreetKind::Primary, StreetKind::Service, StreetKind::Pedestrian, StreetKind::Steps] {
            assert!(ways.contains(&kind), "no {}", kind.word());
        }
        for direction in [Direction::Forward, Direction::Backward] {
            assert!(town.streets.iter().any(|street| street.direction == direction));
        }
        let named = |name: &str| town.areas.iter().filter_map(Area::current).any(|area| area.name == name);
        assert!(["铁西区", "凌空街道", "爱心社区", "金谷社区", "第001网格"].into_iter().all(named));
        let yard = town.compounds.iter().find(|compound| compound.name == "金属院小区").expect("the yard");
        let is_aixin =
            |area: &&Area| area.current().is_some_and(|version| version.code.text() == "210106020042");
        let aixin = town.areas.iter().find(is_aixin).expect("the community");
        assert!(ring(&yard.outline).iter().all(|place| inside(*place, ring(outline(aixin)))));
    }
}

#[test]
fn ids_count_from_one_in_each_kind() {
    let mut last = BTreeMap::new();
    for entity in town(&TownPlan { seed: 1, scale: 0.02, at: AT }) {
        let last = last.entry(entity.key().kind).or_insert(0);
        *last += 1;
        assert_eq!(entity.key().id, *last);
    }
}
