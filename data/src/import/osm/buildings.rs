//! Which buildings there are, with their doors: closed ways and multipolygons with `building`.

use super::{
    Made, Report,
    element::{Elements, Tags, Way},
    outlines,
};
use crate::{
    import::places::in_one,
    model::{
        building::{Building, Entrance},
        id::BuildingId,
        shape::Outline,
    },
};
use std::collections::BTreeSet;

/// No building of the world has more storeys than that.
const MOST_STOREYS: f64 = 200.0;

/// Step: every `building` with a sound outline becomes a building. One that is drawn as a multipolygon and on its outer ways too is
/// taken once.
pub(super) fn draft(elements: &Elements, made: &mut Made, report: &mut Report) {
    let mut drawn_twice = BTreeSet::new();
    for relation in elements.relations.iter().filter(|relation| is_building(&relation.tags)) {
        if !relation.tags.is("type", "multipolygon") {
            report.summary.add("relations with building left out: no multipolygon");
            continue;
        }
        report.summary.add("buildings read");
        match outlines::of_relation(relation, elements) {
            Ok(outline) => {
                let ways: Vec<&Way> = outlines::member_ways(relation, elements).collect();
                let outer = outlines::outer_ways(relation, elements);
                drawn_twice.extend(outer.filter(|way| is_building(&way.tags)).map(|way| way.id));
                let nodes = ways.iter().flat_map(|way| way.nodes.iter().copied());
                push(made, report, elements, &relation.tags, outline, nodes);
            }
            Err(broken) => report.relation(elements, relation, broken),
        }
    }
    for way in elements.ways.iter().filter(|way| is_building(&way.tags)) {
        if drawn_twice.contains(&way.id) {
            report.summary.add("buildings left out: drawn by their multipolygon");
            continue;
        }
        report.summary.add("buildings read");
        match outlines::of_way(way, elements) {
            Ok(outline) => {
                // The first node is the last one too.
                push(made, report, elements, &way.tags, outline, way.nodes.iter().copied().skip(1));
            }
            Err(broken) => report.way(elements, way, broken),
        }
    }
}

fn is_building(tags: &Tags) -> bool {
    tags.value("building").is_some_and(|value| !matches!(value, "no" | "entrance"))
}

/// `building=entrance` is how doors were mapped before `entrance` was agreed upon.
fn is_entrance(tags: &Tags) -> bool {
    tags.value("entrance").map_or_else(|| tags.is("building", "entrance"), |value| value != "no")
}

fn push(
    made: &mut Made,
    report: &mut Report,
    elements: &Elements,
    tags: &Tags,
    outline: Outline,
    nodes: impl Iterator<Item = i64>,
) {
    let mut entrances = Vec::new();
    for node in nodes {
        let told = elements.node_tags(node).filter(|tags| is_entrance(tags));
        if let (Some(tags), Some(place)) = (told, elements.place_of(node)) {
            let label =
                ["ref", "addr:unit", "addr:housenumber", "name"].iter().find_map(|key| tags.text(key));
            entrances.push(Entrance { place, label });
        }
    }
    report.summary.add_many("entrances made", entrances.len() as u64);
    let storeys = tags.value("building:levels").and_then(|text| {
        let storeys = whole(text).filter(|&storeys| storeys <= MOST_STOREYS);
        if storeys.is_none() {
            report.summary.add("buildings whose storeys are not understood");
        }
        storeys.map(|storeys| storeys as u16)
    });
    let households = ["building:flats", "addr:flats"].iter().find_map(|key| tags.value(key).and_then(whole));
    let id = BuildingId::new(made.buildings.len() as u64 + 1).expect("there are fewer buildings than ids");
    made.buildings.push(Building {
        id,
        outline,
        name: tags.name(),
        address: address(tags),
        storeys,
        households: households.map(|households| households as u32),
        entrances,
        compound: None,
    });
}

/// A number of storeys or flats, parts of one left out: `5`, `5.5`.
fn whole(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| (1.0..1e6).contains(number)).map(f64::trunc)
}

/// The whole address where it is given, else street and number.
fn address(tags: &Tags) -> Option<String> {
    let street = ["addr:street", "addr:place"].iter().find_map(|key| tags.text(key));
    tags.text("addr:full").or_else(|| in_one(street, tags.text("addr:housenumber")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_chinese_is_run_together() {
        let of = |pairs: &[(&str, &str)]| address(&Tags::of(pairs));
        let street_and_number = |street, number| of(&[("addr:street", street), ("addr:housenumber", number)]);
        assert_eq!(street_and_number("兴华北街", "20号").as_deref(), Some("兴华北街20号"));
        assert_eq!(street_and_number("Kaiserstraße", "7a").as_deref(), Some("Kaiserstraße 7a"));
        assert_eq!(of(&[("addr:housenumber", "7")]).as_deref(), Some("7"));
        assert_eq!(of(&[("addr:street", "Kaiserstraße")]), None);
    }

    #[test]
    fn storeys_are_whole_numbers_from_one() {
        assert_eq!((whole("6"), whole("5.5"), whole(" 12 ")), (Some(6.0), Some(5.0), Some(12.0)));
        for bad in ["", "0", "-1", "6;7", "six", "NaN", "1e9"] {
            assert_eq!(whole(bad), None, "{bad} was taken");
        }
    }
}
