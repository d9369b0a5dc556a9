//! Does a multipolygon come out the same, however its rings were cut into ways and in whatever order they are listed?

use gridward_data::{
    import::osm,
    model::{
        entity::Entity,
        place::Place,
        shape::{Outline, Polygon, Ring},
    },
};
use proptest::{prelude::*, sample::Index};
use std::fmt::Write;

/// A ring around a cell of 1000 units, with corners on some of the places of a smaller cell inside it, so that it is simple whatever
/// corners are dropped; with nodes numbered from `first`.
fn star(west: i32, south: i32, reaches: &[i32]) -> Vec<(i32, i32)> {
    let turns = reaches.len() as f64;
    let corner = |(index, &reach): (usize, &i32)| {
        let angle = std::f64::consts::TAU * index as f64 / turns;
        let at = |part: f64| (f64::from(reach) * part).round() as i32;
        (west + 500 + at(angle.cos()), south + 500 + at(angle.sin()))
    };
    reaches.iter().enumerate().map(corner).collect()
}

/// The XML of one multipolygon of these rings, each cut at some of its corners into ways, some of them turned round, the members in a
/// shuffled order, with roles that are of no use.
fn drawn(rings: &[Vec<(i32, i32)>], cuts: &[Index], turned: &[bool], order: &[Index]) -> String {
    let mut xml = String::from("<osm version=\"0.6\">");
    let mut ways: Vec<Vec<usize>> = Vec::new();
    let mut first = 1;
    for ring in rings {
        for (index, (lon, lat)) in ring.iter().enumerate() {
            let degrees = |e7: i32| f64::from(e7) / 1e7;
            let (id, lon, lat) = (first + index, degrees(*lon), degrees(*lat));
            write!(xml, "<node id=\"{id}\" lon=\"{lon:.7}\" lat=\"{lat:.7}\"/>").expect("memory");
        }
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(ring.len())).collect();
        ends.sort_unstable();
        ends.dedup();
        for (index, &from) in ends.iter().enumerate() {
            let to = ends.get(index + 1).copied().unwrap_or(ends[0] + ring.len());
            ways.push((from..=to).map(|corner| first + corner % ring.len()).collect());
        }
        first += ring.len();
    }
    for (id, nodes) in ways.iter_mut().enumerate() {
        if turned[id % turned.len()] {
            nodes.reverse();
        }
        write!(xml, "<way id=\"{}\">", id + 1).expect("memory");
        for node in nodes {
            write!(xml, "<nd ref=\"{node}\"/>").expect("memory");
        }
        xml.push_str("</way>");
    }
    xml.push_str("<relation id=\"1\"><tag k=\"type\" v=\"multipolygon\"/><tag k=\"building\" v=\"yes\"/>");
    let mut members: Vec<usize> = (1..=ways.len()).collect();
    for (index, swap) in order.iter().enumerate().take(members.len()) {
        let other = swap.index(members.len());
        members.swap(index, other);
    }
    for member in members {
        let role = ["outer", "inner", ""][member % 3];
        write!(xml, "<member type=\"way\" ref=\"{member}\" role=\"{role}\"/>").expect("memory");
    }
    xml + "</relation></osm>"
}

fn ring(corners: &[(i32, i32)]) -> Ring {
    let mut places: Vec<Place> =
        corners.iter().map(|&(lon, lat)| Place::from_e7(lon, lat).expect("on the Earth")).collect();
    places.push(places[0]);
    Ring::new(places).expect("a ring")
}

/// The same ring whatever corner it begins at: the least one.
fn from_least(ring: &Ring) -> Vec<Place> {
    let mut places = ring.places()[1..].to_vec();
    let least = places.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(index, _)| index);
    places.rotate_left(least);
    places
}

fn shown(outline: &Outline) -> Vec<Vec<Vec<Place>>> {
    let polygon = |polygon: &Polygon| {
        let mut rings: Vec<_> = polygon.rings().map(from_least).collect();
        rings[1..].sort();
        rings
    };
    let mut polygons: Vec<_> = outline.polygons().iter().map(polygon).collect();
    polygons.sort();
    polygons
}

proptest! {
    /// Oracle: the rings as they were before they were cut. Three exteriors stand side by side; the first has a hole with an island in
    /// it, the second a hole; the third touches the second at a corner.
    #[test]
    fn cut_turned_and_shuffled_ways_give_back_the_rings(
        reaches in prop::collection::vec(100..140, 3..9),
        holes in prop::collection::vec(200..240, 4..9),
        cuts in prop::collection::vec(any::<Index>(), 1..6),
        turned in prop::collection::vec(any::<bool>(), 1..8),
        order in prop::collection::vec(any::<Index>(), 0..12),
    ) {
        let square = |west: i32| vec![(west, 0), (west + 1000, 0), (west + 1000, 1000), (west, 1000)];
        let island = star(0, 0, &reaches);
        let hole = star(0, 0, &holes.iter().map(|reach| reach + 150).collect::<Vec<_>>());
        let other_hole = star(2000, 0, &holes);
        let touching = vec![(3000, 1000), (3400, 1000), (3400, 1500)];
        let rings = [square(0), hole.clone(), island.clone(), square(2000), other_hole.clone(), touching.clone()];
        let xml = drawn(&rings, &cuts, &turned, &order);
        let import = osm::read(xml.as_bytes(), &osm::Options::default()).expect("a sound file");
        prop_assert!(import.faults.is_empty(), "{:?}", import.faults);
        let Some(Entity::Building(building)) = import.entities.first() else { panic!("no building") };
        let expected = Outline::new(vec![
            Polygon::new(ring(&square(0)), vec![ring(&hole)]),
            Polygon::new(ring(&island), vec![]),
            Polygon::new(ring(&square(2000)), vec![ring(&other_hole)]),
            Polygon::new(ring(&touching), vec![]),
        ]);
        prop_assert_eq!(shown(&building.outline), shown(&expected.expect("an outline")));
    }

    /// Without one of its ways a ring is open, and the fault names its ends.
    #[test]
    fn a_missing_way_is_a_fault_that_names_the_gap(
        reaches in prop::collection::vec(200..450, 4..12),
        cuts in prop::collection::vec(any::<Index>(), 2..6),
    ) {
        let xml = drawn(&[star(0, 0, &reaches)], &cuts, &[false], &[]);
        let way = xml.split("<way").nth(1).expect("there is a way");
        let nodes: Vec<i64> = way
            .split("ref=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        let ways = xml.matches("<way").count();
        prop_assume!(ways > 1);
        let member = "<member type=\"way\" ref=\"1\" role=\"inner\"/>";
        prop_assert!(xml.contains(member));
        let import = osm::read(xml.replace(member, "").as_bytes(), &osm::Options::default()).expect("a sound file");
        let (from, to) = (nodes[0].min(nodes[nodes.len() - 1]), nodes[0].max(nodes[nodes.len() - 1]));
        let told = import.faults.first().map(ToString::to_string).unwrap_or_default();
        prop_assert!(told.contains(&format!("ring not closed between node {from} and node {to}")), "{}", told);
    }
}
