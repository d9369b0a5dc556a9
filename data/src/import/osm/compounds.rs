//! Which compounds 小区 there are, and which buildings stand in them.

use super::{
    Made, Report,
    element::{Elements, Tags},
    outlines,
};
use crate::{
    import::ground,
    model::{
        building::Compound,
        id::CompoundId,
        place::Bounds,
        shape::{Outline, Ring},
    },
};

/// Step: every `landuse=residential` with a name and a sound outline is a compound; a building belongs to the smallest that holds its
/// centre of gravity. O(b · c) box tests for b buildings and c compounds.
pub(super) fn draft(elements: &Elements, made: &mut Made, report: &mut Report) {
    let relations = elements.relations.iter().filter(|relation| relation.tags.is("type", "multipolygon"));
    for relation in relations {
        let Some(name) = name(&relation.tags, report) else { continue };
        match outlines::of_relation(relation, elements) {
            Ok(outline) => push(made, name, outline),
            Err(broken) => report.relation(elements, relation, broken),
        }
    }
    for way in &elements.ways {
        let Some(name) = name(&way.tags, report) else { continue };
        match outlines::of_way(way, elements) {
            Ok(outline) => push(made, name, outline),
            Err(broken) => report.way(elements, way, broken),
        }
    }
    settle_buildings(made, report);
}

fn name(tags: &Tags, report: &mut Report) -> Option<String> {
    if !tags.is("landuse", "residential") {
        return None;
    }
    let name = tags.name();
    report.summary.add(if name.is_some() {
        "compounds read"
    } else {
        "residential ground left out: no name"
    });
    name
}

fn push(made: &mut Made, name: String, outline: Outline) {
    let id = CompoundId::new(made.compounds.len() as u64 + 1).expect("there are fewer ways than ids");
    made.compounds.push(Compound { id, name, outline });
}

fn settle_buildings(made: &mut Made, report: &mut Report) {
    let mut compounds: Vec<(Bounds, &Compound)> =
        made.compounds.iter().map(|compound| (compound.outline.bounds(), compound)).collect();
    // The smallest first, and the lower id where two are as large.
    compounds.sort_by_key(|(_, compound)| {
        let exteriors = compound.outline.polygons().iter().map(|polygon| &polygon.exterior);
        (exteriors.map(Ring::twice_area_e14).sum::<i128>(), compound.id)
    });
    for building in &mut made.buildings {
        let middle = ground::centre(&building.outline);
        let mut around = compounds.iter().filter(|(bounds, compound)| {
            bounds.contains(middle) && ground::covers(&compound.outline, middle)
        });
        building.compound = around.next().map(|(_, compound)| compound.id);
        if building.compound.is_some() {
            report.summary.add("buildings in a compound");
        }
    }
}
