//! Do references still point at what they pointed at, once an import has the numbers of a store?

use gridward_data::{
    import::{Import, osm},
    model::{
        entity::{Entity, Kind},
        road::Via,
        time::Timestamp,
    },
};

const QUARTER: &str = include_str!("../samples/quarter.osm");

/// The references as text, each number told by what it is of and how far it is from the first.
fn references(import: &Import, first: impl Fn(Kind) -> u64) -> Vec<String> {
    let streets = import.count(Kind::Street);
    let street = |number: u64| number - first(Kind::Street);
    let node = |number: u64| number - first(Kind::Street) - streets;
    let mut told = Vec::new();
    for entity in &import.entities {
        let key = entity.key();
        let own = key.id - first(key.kind);
        let refers = match entity {
            Entity::Area(area) => {
                let parents = area.versions.iter().filter_map(|version| version.parent);
                parents.map(|parent| parent.number() - first(Kind::Area)).collect()
            }
            Entity::Building(building) => {
                building.compound.iter().map(|compound| compound.number() - first(Kind::Compound)).collect()
            }
            Entity::Street(street) => street.joints.iter().map(|joint| node(joint.node.number())).collect(),
            Entity::Restriction(turn) => {
                let via = match &turn.via {
                    Via::Node(id) => vec![node(id.number())],
                    Via::Streets(via) => via.iter().map(|id| street(id.number())).collect(),
                };
                [vec![street(turn.from.number()), street(turn.to.number())], via].concat()
            }
            _ => Vec::new(),
        };
        told.push(format!("{} {own} {refers:?}", key.kind.word()));
    }
    told
}

#[test]
fn new_numbers_keep_every_reference_and_nodes_come_after_the_streets() {
    let mut import = osm::read(QUARTER.as_bytes(), &osm::Options::default()).expect("a sound map");
    osm::cover_area(&mut import, "铁西区", Timestamp(0)).expect("there is something to cover");
    // Nodes are numbered from 1 as well before; that is where they would be if the streets took no numbers.
    let streets = import.count(Kind::Street);
    let mut before = import.clone();
    for entity in &mut before.entities {
        let later = |node: &mut gridward_data::model::id::NodeId| {
            *node = gridward_data::model::id::NodeId::new(node.number() + streets).expect("small");
        };
        match entity {
            Entity::Street(street) => street.joints.iter_mut().for_each(|joint| later(&mut joint.node)),
            Entity::Restriction(turn) => {
                if let Via::Node(node) = &mut turn.via {
                    later(node);
                }
            }
            _ => {}
        }
    }
    let first = |kind: Kind| 1_000 * (kind as u64 + 1);
    assert_eq!(import.needs()[&Kind::Street], streets + import.nodes);
    import.renumber(|kind, _| first(kind)).expect("small numbers");
    assert_eq!(references(&import, first), references(&before, |_| 1));
}

#[test]
fn numbers_that_are_too_large_are_refused() {
    let mut import = osm::read(QUARTER.as_bytes(), &osm::Options::default()).expect("a sound map");
    assert!(import.renumber(|_, _| u64::MAX - 3).is_err());
}
