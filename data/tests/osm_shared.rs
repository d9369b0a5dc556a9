//! Are real maps read whole? Reads the shared extracts where they are; without them it says so and passes.

use gridward_data::{
    import::{Import, Reason, osm},
    model::{
        entity::{Entity, Kind},
        id::{AreaId, StreetId},
        road::{Street, Via},
        time::Timestamp,
    },
};
use osmpbf::{Element, ElementReader, RelMemberType};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const OSM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/osm/");
const PBF: [&str; 4] = [
    "monaco-latest.osm.pbf",
    "karlsruhe-kirchfeld.osm.pbf",
    "Helsinki.osm.pbf",
    "rome-piazza-vittorio-emanuele.osm.pbf",
];

fn imported(name: &str) -> Option<Import> {
    let Ok(file) = std::fs::File::open(format!("{OSM}{name}")) else {
        println!("skipped: {name} is not on this machine");
        return None;
    };
    Some(osm::read(file, &osm::Options::default()).expect("a sound map"))
}

fn streets(import: &Import) -> impl Iterator<Item = &Street> {
    import.entities.iter().filter_map(|entity| match entity {
        Entity::Street(street) => Some(street),
        _ => None,
    })
}

/// (file, buildings, highways, restrictions read) as the notes beside the data have them, and what became of them.
#[test]
fn the_counts_of_every_extract_are_those_that_were_published() {
    let expected = [
        // 10 highways are being built, proposed, or platforms; 2 restrictions have members beyond the edge.
        ("monaco-latest.osm.pbf", [1207, 2379, 45], [1207, 2369, 43]),
        ("monaco-latest.lz4.osm.pbf", [1207, 2379, 45], [1207, 2369, 43]),
        ("karlsruhe-kirchfeld.osm.pbf", [2995, 907, 18], [2995, 905, 17]),
        // The notes count 2 buildings more: `type=building` groups parts, and its outline is a building of its own.
        ("rome-piazza-vittorio-emanuele.osm.pbf", [714, 1197, 29], [714, 1190, 21]),
        // The notes count 500: one is an entrance, two are drawn by their multipolygon too. Many are cut off by the edge.
        ("Helsinki.osm.pbf", [497, 2650, 45], [443, 2525, 44]),
        ("shanghai_center.osm", [0, 4701, 0], [0, 4701, 0]),
        ("summit_beijing.osm", [45, 68, 0], [44, 66, 0]),
    ];
    for (name, read, made) in expected {
        let Some(import) = imported(name) else { continue };
        let count = |phrase| import.summary.count(phrase);
        assert_eq!(
            [count("buildings read"), count("highways read"), count("restrictions read")],
            read,
            "{name}"
        );
        let kinds = [Kind::Building, Kind::Street, Kind::Restriction];
        assert_eq!(kinds.map(|kind| import.count(kind)), made, "{name}");
    }
}

#[test]
fn lz4_blocks_and_zlib_blocks_give_the_same_import() {
    let (Some(zlib), Some(lz4)) = (imported("monaco-latest.osm.pbf"), imported("monaco-latest.lz4.osm.pbf"))
    else {
        return;
    };
    assert!(zlib == lz4, "the packing changed the import");
}

#[test]
fn most_streets_of_shanghai_have_their_chinese_names() {
    let Some(import) = imported("shanghai_center.osm") else { return };
    let chinese = |name: &str| name.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let named = streets(&import).filter(|street| street.name.as_deref().is_some_and(chinese));
    // 4,228 by `name`; one has `name:zh` only.
    assert_eq!(named.count(), 4229);
}

#[test]
fn only_ground_at_the_edge_of_an_extract_is_left_out() {
    for name in PBF.into_iter().chain(["summit_beijing.osm", "shanghai_center.osm"]) {
        let Some(import) = imported(name) else { continue };
        let others: Vec<String> = import
            .faults
            .iter()
            .filter(|fault| !matches!(fault.reason, Reason::Incomplete { .. }))
            .map(ToString::to_string)
            .collect();
        let expected: &[&str] =
            if name.starts_with("rome") { &["relation 1581998 at 12.5090886,41.8933535"] } else { &[] };
        assert_eq!(others.len(), expected.len(), "{name}: {others:#?}");
        assert!(others.iter().zip(expected).all(|(fault, start)| fault.starts_with(start)), "{others:#?}");
    }
}

/// What every reader of streets relies on.
#[test]
fn joints_name_both_ends_and_streets_meet_where_they_name_the_same_node() {
    for name in PBF.into_iter().chain(["shanghai_center.osm"]) {
        let Some(import) = imported(name) else { continue };
        let mut place_of_node = HashMap::new();
        for street in streets(&import) {
            let places = street.line.places();
            let at: Vec<usize> = street.joints.iter().map(|joint| joint.at as usize).collect();
            assert!(at.is_sorted_by(|a, b| a < b), "{name} {:?}", street.id);
            assert_eq!(
                (at.first(), at.last()),
                (Some(&0), Some(&(places.len() - 1))),
                "{name} {:?}",
                street.id
            );
            for joint in &street.joints {
                let place = places[joint.at as usize];
                assert_eq!(
                    *place_of_node.entry(joint.node).or_insert(place),
                    place,
                    "{name} {:?}",
                    joint.node
                );
            }
            assert!(street.barriers.iter().all(|barrier| (barrier.at as usize) < places.len()));
        }
        assert_eq!(place_of_node.len() as u64, import.nodes, "{name}");
        let nodes: BTreeSet<u64> = place_of_node.keys().map(|node| node.number()).collect();
        assert_eq!((nodes.first(), nodes.last()), (Some(&1), Some(&import.nodes)), "{name}");
    }
}

/// Oracle: the `osmpbf` crate, and the slowest way to find the joints.
#[test]
fn the_joints_agree_with_another_reader() {
    for name in PBF {
        let Some(import) = imported(name) else { continue };
        let (mut nodes, mut ways) = (BTreeMap::new(), BTreeMap::new());
        let mut restrictions = 0;
        let reader = ElementReader::from_path(format!("{OSM}{name}")).expect("a sound map");
        let read = reader.for_each(|element| match element {
            Element::DenseNode(node) => {
                nodes.insert(node.id(), (node.decimicro_lon(), node.decimicro_lat()));
            }
            Element::Node(node) => {
                nodes.insert(node.id(), (node.decimicro_lon(), node.decimicro_lat()));
            }
            Element::Way(way) => {
                let left_out = ["construction", "platform", "proposed", "elevator", "crossing"];
                if way.tags().any(|(key, value)| key == "highway" && !left_out.contains(&value)) {
                    ways.insert(way.id(), way.refs().collect::<Vec<i64>>());
                }
            }
            Element::Relation(relation) => {
                let is_restriction = relation.tags().any(|tag| tag == ("type", "restriction"));
                let via = relation.members().any(|member| {
                    member.role().is_ok_and(|role| role == "via")
                        && member.member_type != RelMemberType::Relation
                });
                restrictions += u64::from(is_restriction && via);
            }
        });
        read.expect("a sound map");
        let mut passes: BTreeMap<i64, u32> = BTreeMap::new();
        for refs in ways.values() {
            for run in refs.split(|id| !nodes.contains_key(id)).filter(|run| run.len() > 1) {
                for (index, id) in run.iter().enumerate() {
                    *passes.entry(*id).or_default() +=
                        if index == 0 || index + 1 == run.len() { 2 } else { 1 };
                }
            }
        }
        let expected: BTreeSet<(i32, i32)> =
            passes.iter().filter(|(_, passes)| **passes > 1).map(|(id, _)| nodes[id]).collect();
        let found: BTreeSet<(i32, i32)> = streets(&import)
            .flat_map(|street| {
                street.joints.iter().map(|joint| street.line.places()[joint.at as usize].into())
            })
            .collect();
        assert_eq!(found, expected, "{name}");
        assert_eq!(import.summary.count("restrictions read"), restrictions, "{name}");
    }
}

#[test]
fn new_numbers_keep_every_reference() {
    let Some(before) = imported("monaco-latest.osm.pbf") else { return };
    let mut after = before.clone();
    let needs = after.needs();
    assert_eq!(needs[&Kind::Street], before.count(Kind::Street) + before.nodes);
    let mut asked = Vec::new();
    let renumbered = after.renumber(|kind, count| {
        asked.push((kind, count));
        1_000_000 * (kind as u64 + 1)
    });
    renumbered.expect("the numbers are small");
    assert_eq!(asked, needs.into_iter().collect::<Vec<_>>());
    let first = 1_000_000 * (Kind::Street as u64 + 1);
    let streets_count = before.count(Kind::Street);
    for (old, new) in streets(&before).zip(streets(&after)) {
        assert_eq!(new.id.number(), old.id.number() - 1 + first);
        for (old, new) in old.joints.iter().zip(&new.joints) {
            assert_eq!(new.node.number(), old.node.number() - 1 + first + streets_count);
        }
    }
    let by_id: HashMap<StreetId, &Street> = streets(&after).map(|street| (street.id, street)).collect();
    for entity in &after.entities {
        if let Entity::Restriction(restriction) = entity {
            let passes =
                |street: StreetId, node| by_id[&street].joints.iter().any(|joint| joint.node == node);
            match &restriction.via {
                Via::Node(node) => assert!(passes(restriction.from, *node) && passes(restriction.to, *node)),
                Via::Streets(via) => assert!(via.iter().all(|street| by_id.contains_key(street))),
            }
        }
    }
    assert!(before.clone().renumber(|_, _| u64::MAX - 5).is_err());
}

#[test]
fn a_cover_becomes_the_district_of_the_quarters_of_monaco() {
    let Some(mut import) = imported("monaco-latest.osm.pbf") else { return };
    let names = |import: &Import| -> Vec<(AreaId, Option<AreaId>, String)> {
        let area = |entity: &Entity| match entity {
            Entity::Area(area) => area.current().map(|now| (area.id, now.parent, now.name.clone())),
            _ => None,
        };
        import.entities.iter().filter_map(area).collect()
    };
    let cover = osm::cover_area(&mut import, "Monaco", Timestamp(0)).expect("there is something to cover");
    assert_eq!(osm::cover_area(&mut import, "Monaco", Timestamp(0)), None, "a district was there already");
    let areas = names(&import);
    assert_eq!(areas.len(), 7, "{areas:?}");
    assert!(areas.iter().all(|(id, parent, _)| parent.is_some() != (*id == cover)));
}
