//! Which streets there are, who may use them, and where they are joined.
//!
//! A way with nodes that are not in the file, as at the edge of an extract, is cut into the parts that are there. Two neighbouring
//! nodes of a way on the very same place are one.

use super::{
    Made, Report,
    element::{Elements, Tags, Way},
    rules,
};
use crate::model::{
    id::{NodeId, StreetId},
    place::Place,
    road::{Barrier, Joint, Street},
    shape::{InvalidShape, Line},
};
use std::collections::HashMap;

/// One part of a way: its street, by the ranks of its nodes.
struct Part<'a> {
    way: &'a Way,
    ranks: Vec<u32>,
}

/// Where streets are joined, and which of them a way became.
#[derive(Debug, Default)]
pub(super) struct Joints {
    /// How many nodes are named; they are numbered from 1.
    pub(super) count: u64,
    /// The number of each node that is named, by rank; 0: none.
    numbers: Vec<u32>,
    /// Nodes that another one on the same place stands for, by rank.
    twins: HashMap<u32, u32>,
    /// The indices of the streets that a way became.
    pub(super) streets_of_way: HashMap<i64, Vec<u32>>,
}

impl Joints {
    /// The node of a rank, if streets can be entered there.
    pub(super) fn node(&self, rank: u32) -> Option<NodeId> {
        let number = *self.numbers.get(eldest(&self.twins, rank) as usize)?;
        NodeId::new(u64::from(number)).ok()
    }
}

/// Step: every `highway` that is there and can be used becomes a street, or several where it is cut.
pub(super) fn draft(elements: &Elements, made: &mut Made, report: &mut Report) {
    let mut parts = Vec::new();
    for way in &elements.ways {
        let Some(highway) = way.tags.value("highway") else { continue };
        report.summary.add("highways read");
        if rules::street_kind(highway).is_none() {
            report.summary.add(format!("highways left out: highway={}", foreseen(highway)));
            continue;
        }
        cut(way, elements, &mut parts, report);
    }
    let twins = unite_twins(&mut parts, elements);
    parts.retain(|part| {
        let has_length = part.ranks.len() >= 2;
        if !has_length {
            report.way(elements, part.way, (InvalidShape::ShortLine(1).into(), None));
        }
        has_length
    });
    let (numbers, count) = number_joints(&parts, elements.node_count());
    made.joints = Joints { count, numbers, twins, ..Joints::default() };
    for part in &parts {
        let index = made.streets.len();
        let id = StreetId::new(index as u64 + 1).expect("there are fewer ways than ids");
        if let Some(street) = street(id, part, &made.joints, elements) {
            made.joints.streets_of_way.entry(part.way.id).or_default().push(index as u32);
            made.streets.push(street);
        }
    }
}

/// A value for a count: those that nobody foresaw are not to fill the report.
fn foreseen(value: &str) -> &str {
    const FORESEEN: [&str; 12] = [
        "construction",
        "proposed",
        "planned",
        "abandoned",
        "razed",
        "raceway",
        "escape",
        "platform",
        "rest_area",
        "services",
        "elevator",
        "no",
    ];
    FORESEEN.into_iter().find(|known| *known == value).unwrap_or("(another value)")
}

fn cut<'a>(way: &'a Way, elements: &Elements, parts: &mut Vec<Part<'a>>, report: &mut Report) {
    let ranks: Vec<Option<u32>> = way.nodes.iter().map(|&node| elements.rank(node)).collect();
    let runs = ranks.split(Option::is_none).filter(|run| run.len() >= 2);
    let before = parts.len();
    parts.extend(runs.map(|run| Part { way, ranks: run.iter().copied().flatten().collect() }));
    let nothing_left = parts.len() == before;
    if ranks.iter().any(Option::is_none) {
        report.summary.add(if nothing_left {
            "streets left out beyond the edge"
        } else {
            "streets cut at the edge"
        });
    } else if nothing_left {
        report.way(elements, way, (InvalidShape::ShortLine(ranks.len()).into(), None));
    }
}

/// Makes neighbouring nodes on one place one node, in all parts; answers which node stands for which.
fn unite_twins(parts: &mut [Part], elements: &Elements) -> HashMap<u32, u32> {
    let mut twins: HashMap<u32, u32> = HashMap::new();
    for pair in parts.iter().flat_map(|part| part.ranks.windows(2)) {
        let (a, b) = (eldest(&twins, pair[0]), eldest(&twins, pair[1]));
        if a != b && elements.place(a) == elements.place(b) {
            twins.insert(a.max(b), a.min(b));
        }
    }
    for part in parts {
        for rank in &mut part.ranks {
            *rank = eldest(&twins, *rank);
        }
        part.ranks.dedup();
    }
    twins
}

/// The node that stands for this one.
fn eldest(twins: &HashMap<u32, u32>, mut rank: u32) -> u32 {
    while let Some(&elder) = twins.get(&rank) {
        rank = elder;
    }
    rank
}

/// Numbers the nodes at which streets can be entered: both ends of each, and what is passed more than once. By rank; 0: none.
/// Answers how many there are, too.
fn number_joints(parts: &[Part], node_count: usize) -> (Vec<u32>, u64) {
    let mut passes = vec![0_u32; node_count];
    for part in parts {
        for (index, &rank) in part.ranks.iter().enumerate() {
            let is_end = index == 0 || index + 1 == part.ranks.len();
            passes[rank as usize] += if is_end { 2 } else { 1 };
        }
    }
    let mut last = 0;
    for number in &mut passes {
        *number = if *number >= 2 {
            last += 1;
            last
        } else {
            0
        };
    }
    (passes, u64::from(last))
}

fn street(id: StreetId, part: &Part, joints: &Joints, elements: &Elements) -> Option<Street> {
    let tags = &part.way.tags;
    let kind = rules::street_kind(tags.value("highway")?)?;
    let places: Vec<Place> = part.ranks.iter().map(|&rank| elements.place(rank)).collect();
    let joint = |(at, &rank): (usize, &u32)| Some(Joint { at: at as u32, node: joints.node(rank)? });
    let barriers = part.ranks.iter().enumerate().filter_map(|(at, &rank)| {
        let tags = elements.node_tags(elements.id(rank))?;
        barrier(at as u32, tags)
    });
    Some(Street {
        id,
        kind,
        name: tags.name(),
        // Neighbours are on different places, so that the line drops none of them and indices hold.
        line: Line::new(places).ok()?,
        joints: part.ranks.iter().enumerate().filter_map(joint).collect(),
        direction: rules::direction(kind, tags),
        access: rules::access(kind, tags),
        bridge: rules::is_yes(tags, "bridge"),
        tunnel: rules::is_yes(tags, "tunnel"),
        barriers: barriers.collect(),
    })
}

fn barrier(at: u32, tags: &Tags) -> Option<Barrier> {
    let (kind, access) = rules::barrier(tags)?;
    let hours = tags.value("opening_hours").and_then(super::hours::read).unwrap_or_default();
    Some(Barrier { at, kind, access, hours, residents: None })
}
