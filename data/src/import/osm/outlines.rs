//! What ground a closed way or a multipolygon covers, or why none.

use super::{
    element::{Elements, Relation, Way},
    rings::{self, Broken},
};
use crate::{
    import::{
        ground,
        outcome::{Reason, Record},
    },
    model::shape::{Outline, Polygon},
};

/// The ground within a closed way.
pub(super) fn of_way(way: &Way, elements: &Elements) -> Result<Outline, Broken> {
    let missing: Vec<i64> = way.nodes.iter().copied().filter(|&node| elements.rank(node).is_none()).collect();
    if let Some(&first) = missing.first() {
        let missing = missing.len() as u64;
        return Err((Reason::Incomplete { missing, what: "nodes", first: Record::Node(first) }, None));
    }
    match (way.nodes.first(), way.nodes.last()) {
        (Some(from), Some(to)) if from == to => {}
        (Some(&from), Some(&to)) => return Err((Reason::OpenWay { from, to }, None)),
        _ => return Err((Reason::NoRing, None)),
    }
    let places = way.nodes.iter().filter_map(|&node| elements.place_of(node)).collect();
    let ring = ground::ring(places).map_err(|reason| (reason, None))?;
    sound(vec![Polygon::new(ring, Vec::new())])
}

/// The ground within the member ways of a relation, whatever their roles.
pub(super) fn of_relation(relation: &Relation, elements: &Elements) -> Result<Outline, Broken> {
    let missing = relation.members.iter().filter_map(|member| match member.record {
        Record::Way(id) if elements.way(id).is_none() => Some(member.record),
        _ => None,
    });
    let missing: Vec<Record> = missing.collect();
    if let Some(&first) = missing.first() {
        return Err((Reason::Incomplete { missing: missing.len() as u64, what: "ways", first }, None));
    }
    sound(rings::assemble(member_ways(relation, elements), elements)?)
}

fn sound(polygons: Vec<Polygon>) -> Result<Outline, Broken> {
    ground::outline(polygons).map_err(|reason| {
        let place =
            if let Reason::SelfCrossing(at) | Reason::DateLine(at) = reason { Some(at) } else { None };
        (reason, place)
    })
}

/// The member ways that are in the file.
pub(super) fn member_ways<'a>(
    relation: &'a Relation,
    elements: &'a Elements,
) -> impl Iterator<Item = &'a Way> {
    relation.members.iter().filter_map(|member| match member.record {
        Record::Way(id) => elements.way(id),
        _ => None,
    })
}

/// The member ways that are in the file and have not the role of a hole.
pub(super) fn outer_ways<'a>(
    relation: &'a Relation,
    elements: &'a Elements,
) -> impl Iterator<Item = &'a Way> {
    relation.members.iter().filter_map(|member| match member.record {
        Record::Way(id) if member.role.as_ref() != "inner" => elements.way(id),
        _ => None,
    })
}
