//! Does the index find what is nearest, and what lies in a box? Oracle: look at everything.

use crate::city::{Sequence, at, building, compound, crooked, fact, hazard, row, station, street, version};
use gridward_data::{
    model::{
        case::HazardState,
        entity::{Entity, Key, Kind},
        local::{LocalFrame, Metric},
        place::{Bounds, Place},
        shape::{Outline, Polygon},
    },
    store::{change::After, question::Fact},
};
use gridward_domain::{
    access::Scope,
    index::{Index, near::NearKind},
};
use proptest::prelude::*;

/// The distance to a thing by looking at each of its edges, metres.
fn distance_m(frame: &LocalFrame, place: Place, entity: &Entity) -> f64 {
    let point = frame.to_metres(place);
    let flat = |places: &[Place]| places.iter().map(|place| frame.to_metres(*place)).collect::<Vec<_>>();
    let to_run =
        |run: &[Metric]| run.windows(2).map(|edge| to_edge(point, edge)).fold(f64::INFINITY, f64::min);
    let to_outline = |outline: &Outline| {
        let rings: Vec<_> =
            outline.polygons().iter().flat_map(Polygon::rings).map(|ring| flat(ring.places())).collect();
        let winding: f64 = rings.iter().flat_map(|ring| ring.windows(2)).map(|edge| angle(point, edge)).sum();
        let inside = winding.abs() > 1.0;
        if inside { 0.0 } else { rings.iter().map(|ring| to_run(ring)).fold(f64::INFINITY, f64::min) }
    };
    match entity {
        Entity::Building(it) => to_outline(&it.outline),
        Entity::Compound(it) => to_outline(&it.outline),
        Entity::Street(it) => to_run(&flat(it.line.places())),
        Entity::Station(it) => frame.to_metres(it.place).distance(point),
        Entity::Hazard(it) => frame.to_metres(it.place).distance(point),
        _ => f64::INFINITY,
    }
}

/// To an edge by a search that halves: nothing in common with the formula of the index.
fn to_edge(point: Metric, edge: &[Metric]) -> f64 {
    let along = |share: f64| Metric {
        x: edge[0].x + (edge[1].x - edge[0].x) * share,
        y: edge[0].y + (edge[1].y - edge[0].y) * share,
    };
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let (first, second) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if along(first).distance(point) < along(second).distance(point) { high = second } else { low = first }
    }
    along(low).distance(point)
}

/// The angle under which an edge is seen: over all rings they add up to a full turn inside and to nothing outside.
fn angle(point: Metric, edge: &[Metric]) -> f64 {
    let (ax, ay) = (edge[0].x - point.x, edge[0].y - point.y);
    let (bx, by) = (edge[1].x - point.x, edge[1].y - point.y);
    (ax * by - ay * bx).atan2(ax * bx + ay * by)
}

/// A city in which small things lie among outlines far larger than their distance.
fn random_city(seed: u64, things: u64) -> Vec<Fact> {
    let mut sequence = Sequence(seed);
    let mut facts = vec![];
    for id in 1..=things {
        let (east, north) = (sequence.below(200_000) as i32, sequence.below(200_000) as i32);
        let size = if sequence.below(12) == 0 { 60_000 } else { 200 + sequence.below(4_000) as i32 };
        let far = (east + sequence.below(90_000) as i32, north - sequence.below(90_000) as i32 - 1);
        facts.push(match sequence.below(5) {
            0 => fact(building(id, crooked(&mut sequence, east, north, size))),
            1 => fact(compound(id, crooked(&mut sequence, east, north, size))),
            2 => fact(street(id, None, &[(east, north), (east + 5_000, north + 9_000), far])),
            3 => fact(station(id, at(east, north))),
            _ if sequence.below(4) == 0 => fact(hazard(id, at(east, north), HazardState::Cleared)),
            _ => fact(hazard(id, at(east, north), HazardState::Open)),
        });
    }
    facts
}

fn is_open(entity: &Entity) -> bool {
    !matches!(entity, Entity::Hazard(hazard) if hazard.state != HazardState::Open)
}

/// All that is asked for, by looking at everything: the nearest first, ties by key.
fn scan(
    facts: &[Fact],
    frame: &LocalFrame,
    place: Place,
    kinds: &[NearKind],
    radius_m: f64,
) -> Vec<(f64, Key)> {
    let wanted =
        |fact: &&Fact| kinds.iter().any(|kind| kind.kind() == fact.key.kind) && is_open(&fact.entity);
    let far = |fact: &Fact| (distance_m(frame, place, &fact.entity), fact.key);
    let mut all: Vec<_> = facts.iter().filter(wanted).map(far).filter(|(far, _)| *far <= radius_m).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nearest_agrees_with_a_full_scan(
        seed in any::<u64>(), things in 0..120u64, k in 0..20usize, radius_m in 0.0..3_000.0f64,
        east in -50_000..250_000i32, north in -50_000..250_000i32, which in 1..64u8,
    ) {
        let facts = random_city(seed, things);
        let index = Index::build(version(1), facts.clone());
        let kinds: Vec<_> = NearKind::ALL.into_iter().enumerate().filter(|(bit, _)| which >> bit & 1 == 1).map(|(_, kind)| kind).collect();
        let found = index.near(&Scope::open_loopback(), at(east, north), &kinds, k, radius_m);
        let truth = scan(&facts, index.frame(), at(east, north), &kinds, radius_m);
        prop_assert_eq!(found.len(), truth.len().min(k));
        for (found, (distance_m, _)) in found.iter().zip(&truth) {
            prop_assert!((found.distance_m - distance_m).abs() < 1e-6, "{:?} against {}", found, distance_m);
            // The thing truly is so far, and the spot that is named lies so far from the place: to one unit of 1e-7°, and on the longest edges, of
            // 1.3 km, to what a straight line in degrees leaves one in metres, some centimetres.
            let it = facts.iter().find(|fact| fact.key == found.key).expect("a thing of the city");
            prop_assert!((found.distance_m - self::distance_m(index.frame(), at(east, north), &it.entity)).abs() < 1e-6);
            let spot_m = index.frame().to_metres(found.place).distance(index.frame().to_metres(at(east, north)));
            prop_assert!((spot_m - found.distance_m).abs() < 0.05, "{spot_m} {found:?}");
        }
        prop_assert!(found.windows(2).all(|pair| (pair[0].distance_m, pair[0].key) < (pair[1].distance_m, pair[1].key)));
    }

    #[test]
    fn what_lies_in_a_box_agrees_with_a_full_scan(
        seed in any::<u64>(), things in 0..120u64, west in -50_000..250_000i32, south in -50_000..250_000i32,
        width in 0..200_000i32, height in 0..200_000i32,
    ) {
        let facts = random_city(seed, things);
        let index = Index::build(version(1), facts.clone());
        let bounds = Bounds { min: at(west, south), max: at(west + width, south + height) };
        let (places, frame) = (index.places(), index.frame());
        let mut found: Vec<Key> = places.buildings.within(bounds, frame).map(|it| Entity::from((**it).clone()).key()).collect();
        found.extend(places.streets.within(bounds, frame).map(|it| Entity::from((**it).clone()).key()));
        found.extend(places.stations.within(bounds, frame).map(|it| Entity::from((**it).clone()).key()));
        found.extend(index.affairs().hazards.within(bounds, frame).map(|it| Entity::from(it.thing.clone()).key()));
        found.sort_unstable();
        let touches = |its: Bounds| {
            its.min.lon_e7() <= bounds.max.lon_e7() && its.max.lon_e7() >= bounds.min.lon_e7()
                && its.min.lat_e7() <= bounds.max.lat_e7() && its.max.lat_e7() >= bounds.min.lat_e7()
        };
        let its = |entity: &Entity| match entity {
            Entity::Building(it) => Some(it.outline.bounds()),
            Entity::Street(it) => Some(it.line.bounds()),
            Entity::Station(it) => Some(Bounds::of(it.place)),
            Entity::Hazard(it) => Some(Bounds::of(it.place)),
            _ => None,
        };
        let mut truth: Vec<Key> = facts.iter().filter(|fact| its(&fact.entity).is_some_and(touches)).map(|fact| fact.key).collect();
        truth.sort_unstable();
        prop_assert_eq!(found, truth);
    }
}

#[test]
fn things_equally_far_come_by_kind_and_then_by_id() {
    let facts = (1..=9).rev().map(|id| fact(station(id, at(0, 0)))).chain([fact(hazard(
        5,
        at(0, 0),
        HazardState::Open,
    ))]);
    let index = Index::build(version(1), facts);
    let found = index.near(&Scope::open_loopback(), at(100, 0), &NearKind::ALL, 4, 1_000.0);
    let keys: Vec<Key> = found.into_iter().map(|near| near.key).collect();
    let station = |id| Key { kind: Kind::Station, id };
    assert_eq!(keys, [station(1), station(2), station(3), station(4)]);
}

#[test]
fn a_box_as_wide_as_the_earth_holds_everything_and_a_place_on_its_other_side_is_near_nothing() {
    let index = Index::build(version(1), random_city(7, 50));
    let corner = |lon, lat| Place::new(lon, lat).expect("on the Earth");
    let earth = Bounds { min: corner(-180.0, -90.0), max: corner(180.0, 90.0) };
    assert_eq!(index.places().buildings.within(earth, index.frame()).count(), index.count(Kind::Building));
    assert_eq!(index.affairs().hazards.within(earth, index.frame()).count(), index.count(Kind::Hazard));
    for far in [corner(-56.6, -41.8), corner(123.3, -41.8), corner(33.3, 0.0), corner(0.0, 90.0)] {
        assert!(index.near(&Scope::open_loopback(), far, &NearKind::ALL, 5, 20_000.0).is_empty());
        assert!(index.locate(far).areas.is_empty());
    }
}

#[test]
fn a_hazard_that_is_cleared_is_kept_but_no_longer_near() {
    let index = Index::build(version(1), [fact(hazard(1, at(0, 0), HazardState::Open))]);
    let near =
        |index: &Index| index.near(&Scope::open_loopback(), at(0, 0), &[NearKind::Hazard], 5, 100.0).len();
    assert_eq!(near(&index), 1);
    let cleared = Entity::from(hazard(1, at(0, 0), HazardState::Cleared));
    let index =
        index.apply([row(2, cleared.key(), 2, After::Now(Box::new(cleared)))]).expect("the same epoch");
    assert_eq!((near(&index), index.count(Kind::Hazard)), (0, 1));
}
