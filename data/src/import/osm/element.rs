//! What a file of OpenStreetMap holds: nodes, ways and relations, with the tags that we understand.

use crate::{
    import::outcome::{Fault, Position, Reason, Record, Summary},
    model::place::Place,
};

/// The keys that some step asks for; all others are dropped while reading. In order of the alphabet.
const KEYS: &[&str] = &[
    "access",
    "addr:flats",
    "addr:full",
    "addr:housenumber",
    "addr:place",
    "addr:street",
    "addr:unit",
    "admin_level",
    "amenity",
    "area",
    "barrier",
    "bicycle",
    "boundary",
    "bridge",
    "building",
    "building:flats",
    "building:levels",
    "entrance",
    "except",
    "foot",
    "healthcare",
    "highway",
    "junction",
    "landuse",
    "locked",
    "motor_vehicle",
    "motorcar",
    "motorroad",
    "name",
    "name:zh",
    "office",
    "oneway",
    "opening_hours",
    "operator",
    "ref",
    "restriction",
    "restriction:conditional",
    "social_facility",
    "social_facility:for",
    "tunnel",
    "type",
    "vehicle",
];

/// The tags of an element, those of [`KEYS`] only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags(Vec<(&'static str, Box<str>)>);

impl Tags {
    /// The key as the steps know it, if one asks for it.
    pub(super) fn known(key: &str) -> Option<&'static str> {
        KEYS.binary_search(&key).ok().map(|index| KEYS[index])
    }
    pub(super) fn push(&mut self, known: &'static str, value: impl Into<Box<str>>) {
        self.0.push((known, value.into()));
    }
    #[cfg(test)]
    pub(super) fn of(pairs: &[(&str, &str)]) -> Self {
        let known = |key| Self::known(key).expect("a key that a step asks for");
        Self(pairs.iter().map(|&(key, value)| (known(key), value.into())).collect())
    }
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The value of a key; of a key that is given twice, the first.
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_ref())
    }
    pub(super) fn is(&self, key: &str, value: &str) -> bool {
        self.value(key) == Some(value)
    }
    /// The name, else the Chinese one, without blanks around it; `None` if there is nothing left.
    pub(super) fn name(&self) -> Option<String> {
        ["name", "name:zh"].iter().find_map(|key| self.text(key))
    }
    /// A value without blanks around it; `None` if there is nothing left.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.value(key).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// A node that says more than where it is.
#[derive(Clone, Debug)]
pub(super) struct TaggedNode {
    pub(super) id: i64,
    pub(super) tags: Tags,
}

/// A line through nodes.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) tags: Tags,
    pub(super) nodes: Box<[i64]>,
    pub(super) position: Position,
}

/// What belongs together.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: i64,
    pub(super) tags: Tags,
    pub(super) members: Vec<Member>,
    pub(super) position: Position,
}

/// Something in a relation, with its role.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) record: Record,
    pub(super) role: Box<str>,
}

/// Everything of a file that some step may ask for. Nodes are found by their rank, which is their place in the order of ids.
#[derive(Debug, Default)]
pub(super) struct Elements {
    places: Vec<(i64, Place)>,
    pub(super) tagged_nodes: Vec<TaggedNode>,
    pub(super) ways: Vec<Way>,
    pub(super) relations: Vec<Relation>,
    pub(super) faults: Vec<Fault>,
}

impl Elements {
    /// Takes a node at so many units of 1e-9°.
    pub(super) fn add_node(&mut self, id: i64, (lon_e9, lat_e9): (i64, i64), tags: Tags, position: Position) {
        let e7 = |e9: i64| i32::try_from((e9 + e9.signum() * 50) / 100);
        let place = match (e7(lon_e9), e7(lat_e9)) {
            (Ok(lon), Ok(lat)) => Place::from_e7(lon, lat).map_err(|invalid| invalid.to_string()),
            _ => Err(format!("{lon_e9}, {lat_e9} in units of 1e-9° is no place")),
        };
        match place {
            Ok(place) => self.places.push((id, place)),
            Err(reason) => {
                let record = Record::Node(id);
                let reason = Reason::NoPlace(reason);
                self.faults.push(Fault { record, position: Some(position), place: None, reason });
            }
        }
        if !tags.is_empty() {
            self.tagged_nodes.push(TaggedNode { id, tags });
        }
    }

    /// Puts everything in the order of ids, whatever the order in the file; of what was given twice the last is kept. O(n log n).
    pub(super) fn settle(&mut self, summary: &mut Summary) {
        settle(&mut self.places, |(id, _)| *id);
        settle(&mut self.tagged_nodes, |node| node.id);
        settle(&mut self.ways, |way| way.id);
        settle(&mut self.relations, |relation| relation.id);
        self.places.shrink_to_fit();
        let counts = [
            ("nodes read", self.places.len()),
            ("ways read", self.ways.len()),
            ("relations read", self.relations.len()),
        ];
        for (phrase, count) in counts {
            summary.add_many(phrase, count as u64);
        }
    }

    /// How many nodes there are.
    pub(super) fn node_count(&self) -> usize {
        self.places.len()
    }
    /// The rank of a node, if it is in the file. O(log n).
    pub(super) fn rank(&self, id: i64) -> Option<u32> {
        self.places.binary_search_by_key(&id, |(id, _)| *id).ok().map(|rank| rank as u32)
    }
    /// The id of the node of a rank.
    pub(super) fn id(&self, rank: u32) -> i64 {
        self.places[rank as usize].0
    }
    /// Where the node of a rank is.
    pub(super) fn place(&self, rank: u32) -> Place {
        self.places[rank as usize].1
    }
    /// Where the node with an id is, if it is in the file. O(log n).
    pub(super) fn place_of(&self, id: i64) -> Option<Place> {
        self.rank(id).map(|rank| self.place(rank))
    }
    /// The way with an id. O(log n).
    pub(super) fn way(&self, id: i64) -> Option<&Way> {
        self.ways.binary_search_by_key(&id, |way| way.id).ok().map(|index| &self.ways[index])
    }
    /// What the node with an id says. O(log n).
    pub(super) fn node_tags(&self, id: i64) -> Option<&Tags> {
        let found = self.tagged_nodes.binary_search_by_key(&id, |node| node.id).ok();
        found.map(|index| &self.tagged_nodes[index].tags)
    }
    /// The first place of a way that is in the file, for faults to name.
    pub(super) fn somewhere_on(&self, way: &Way) -> Option<Place> {
        way.nodes.iter().find_map(|&node| self.place_of(node))
    }
    /// A place of a relation that is in the file, for faults to name.
    pub(super) fn somewhere_in(&self, relation: &Relation) -> Option<Place> {
        relation.members.iter().find_map(|member| match member.record {
            Record::Node(id) => self.place_of(id),
            Record::Way(id) => self.way(id).and_then(|way| self.somewhere_on(way)),
            _ => None,
        })
    }
}

fn settle<T>(list: &mut Vec<T>, id: impl Fn(&T) -> i64) {
    if list.is_sorted_by(|a, b| id(a) < id(b)) {
        return;
    }
    list.sort_by_key(&id);
    // `dedup_by` keeps the first of equals, so the later one is moved there.
    list.dedup_by(|later, kept| {
        let same = id(later) == id(kept);
        if same {
            std::mem::swap(later, kept);
        }
        same
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_a_step_asks_for_is_found() {
        assert!(KEYS.is_sorted());
        assert!(KEYS.iter().all(|key| Tags::known(key) == Some(key)));
        assert_eq!(Tags::known("source"), None);
    }

    #[test]
    fn of_an_element_that_is_given_twice_the_last_is_kept() {
        let mut list = vec![(3, 'a'), (1, 'b'), (3, 'c'), (3, 'd'), (1, 'e')];
        settle(&mut list, |(id, _)| *id);
        assert_eq!(list, [(1, 'e'), (3, 'd')]);
    }

    #[test]
    fn a_node_off_the_earth_is_a_fault_and_no_panic() {
        let mut elements = Elements::default();
        for (id, at) in [(1, (i64::MAX - 60, 0)), (2, (0, 90_000_000_100)), (3, (123_350_000_049, -50))] {
            elements.add_node(id, at, Tags::default(), Position::Line(1));
        }
        assert_eq!((elements.faults.len(), elements.node_count()), (2, 1));
        assert_eq!(elements.place_of(3), Some(Place::from_e7(1_233_500_000, -1).expect("on the Earth")));
    }
}
