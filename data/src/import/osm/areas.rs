//! Which areas 辖区 a map draws, and what to do where it draws none.
//!
//! Administrative boundaries are taken as mapped in China: level 6 is a district, 8 a street, 9 and 10 a community; other levels have no
//! counterpart here. Most extracts hold their surroundings in part only, so what is incomplete is counted and is no fault.

use super::{
    Made, Options, Report,
    element::{Elements, Tags},
    outlines,
};
use crate::{
    import::{
        ground,
        outcome::{Import, Reason},
    },
    model::{
        area::{Area, AreaVersion, Level},
        code::{AreaCode, CodeScheme},
        entity::{Entity, Kind},
        id::AreaId,
        place::{Bounds, Place, UNITS_PER_DEGREE},
        shape::{Outline, Polygon, Ring},
        time::{Span, Timestamp},
    },
};

/// How far the cover of a map reaches beyond what it covers, metres: nothing is to lie on its edge.
const MARGIN_M: f64 = 20.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

/// Step: every administrative boundary with a name that is whole becomes an area, with the narrowest wider area around it as parent.
pub(super) fn draft(elements: &Elements, made: &mut Made, report: &mut Report, options: &Options) {
    for relation in &elements.relations {
        let Some((level, name)) = level_and_name(&relation.tags) else { continue };
        match outlines::of_relation(relation, elements) {
            Ok(outline) => push(made, options, level, name, format!("relation/{}", relation.id), outline),
            Err((Reason::Incomplete { .. }, _)) => {
                report.summary.add("areas left out: only partly in the file");
            }
            Err(broken) => report.relation(elements, relation, broken),
        }
    }
    for way in &elements.ways {
        let Some((level, name)) = level_and_name(&way.tags) else { continue };
        match outlines::of_way(way, elements) {
            Ok(outline) => push(made, options, level, name, format!("way/{}", way.id), outline),
            // Most boundary ways are only pieces of the boundary of a relation.
            Err((Reason::OpenWay { .. } | Reason::Incomplete { .. }, _)) => {}
            Err(broken) => report.way(elements, way, broken),
        }
    }
    find_parents(&mut made.areas);
}

fn level_and_name(tags: &Tags) -> Option<(Level, String)> {
    if !tags.is("boundary", "administrative") {
        return None;
    }
    let level = match tags.value("admin_level")? {
        "6" => Level::District,
        "8" => Level::Street,
        "9" | "10" => Level::Community,
        _ => return None,
    };
    Some((level, tags.name()?))
}

fn push(made: &mut Made, options: &Options, level: Level, name: String, code: String, outline: Outline) {
    let id = AreaId::new(made.areas.len() as u64 + 1).expect("there are fewer elements than ids");
    let code = AreaCode::new(CodeScheme::Local, code).expect("a word, a slash and a number are a local code");
    made.areas.push(area(id, level, code, name, outline, options.valid_from));
}

fn area(id: AreaId, level: Level, code: AreaCode, name: String, outline: Outline, from: Timestamp) -> Area {
    let valid = Span::since(from);
    let version = AreaVersion { code, name, parent: None, outline, valid, households: None };
    Area { id, level, versions: vec![version], lineage: Vec::new() }
}

/// Gives every area the narrowest wider one that covers a place inside it; the first by id where several do. O(n²) boxes.
fn find_parents(areas: &mut [Area]) {
    let known: Vec<(AreaId, Level, Outline)> = areas
        .iter()
        .filter_map(|area| Some((area.id, area.level, area.versions.last()?.outline.clone())))
        .collect();
    for area in areas {
        let Some(version) = area.versions.last_mut() else { continue };
        let inside = ground::inside(&version.outline);
        let wider =
            known.iter().filter(|(_, level, outline)| *level < area.level && ground::covers(outline, inside));
        version.parent =
            wider.max_by_key(|(id, level, _)| (*level, std::cmp::Reverse(*id))).map(|(id, ..)| *id);
    }
}

/// Adds one district that covers everything the import holds, so that grids can be drafted where the map draws no district: the
/// convex hull of all outlines, streets and places, with a margin of 20 m. Areas without a parent get it as theirs. Answers its
/// provisional id; `None`, and nothing is done, if the import holds no place at all, or a district already. Call it before
/// [`Import::renumber`]. O(n log n).
pub fn cover_area(import: &mut Import, name: &str, valid_from: Timestamp) -> Option<AreaId> {
    let is_district = |entity: &Entity| matches!(entity, Entity::Area(area) if area.level == Level::District);
    if import.entities.iter().any(is_district) {
        return None;
    }
    let bounds: Vec<Bounds> = import.entities.iter().filter_map(bounds).collect();
    let corners = bounds.iter().flat_map(|bounds| with_margin(*bounds));
    let ring = Ring::new(hull(corners.collect())).ok()?;
    let outline = Outline::new(vec![Polygon::new(ring, Vec::new())]).ok()?;
    let id = AreaId::new(import.count(Kind::Area) + 1).ok()?;
    let code = AreaCode::new(CodeScheme::Local, "cover").ok()?;
    for entity in &mut import.entities {
        if let Entity::Area(area) = entity {
            for version in area.versions.iter_mut().filter(|version| version.parent.is_none()) {
                version.parent = Some(id);
            }
        }
    }
    let cover = area(id, Level::District, code, name.to_owned(), outline, valid_from);
    import.entities.insert(0, cover.into());
    Some(id)
}

fn bounds(entity: &Entity) -> Option<Bounds> {
    Some(match entity {
        Entity::Area(area) => area.versions.last()?.outline.bounds(),
        Entity::Compound(compound) => compound.outline.bounds(),
        Entity::Building(building) => building.outline.bounds(),
        Entity::Station(station) => Bounds::of(station.place),
        Entity::Facility(facility) => Bounds::of(facility.place),
        Entity::Street(street) => street.line.bounds(),
        _ => return None,
    })
}

/// The corners of a box that is larger by the margin on every side.
fn with_margin(bounds: Bounds) -> [Place; 4] {
    let lat_margin = MARGIN_M / METRES_PER_DEGREE;
    // Near the poles a degree of longitude is nothing: a hundredth of the length at the equator is the least that is reckoned with.
    let lon_margin = lat_margin / bounds.centre().lat().to_radians().cos().max(0.01);
    let units = |margin: f64| (margin * UNITS_PER_DEGREE).round() as i32;
    let at = |place: Place, east: i32, north: i32| {
        let lon = (place.lon_e7() + east).clamp(-1_800_000_000, 1_800_000_000);
        let lat = (place.lat_e7() + north).clamp(-900_000_000, 900_000_000);
        Place::from_e7(lon, lat).unwrap_or(place)
    };
    let (east, north) = (units(lon_margin), units(lat_margin));
    let corner = |lon: Place, lat: Place| Place::from_e7(lon.lon_e7(), lat.lat_e7()).unwrap_or(lon);
    let (west_south, east_north) = (at(bounds.min, -east, -north), at(bounds.max, east, north));
    [west_south, corner(east_north, west_south), east_north, corner(west_south, east_north)]
}

/// The convex hull as a closed ring, counter-clockwise (the monotone chain of Andrew, 1979). Exact.
fn hull(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_unstable();
    places.dedup();
    let chain = |places: &mut dyn Iterator<Item = Place>| {
        let mut chain: Vec<Place> = Vec::new();
        for place in places {
            while let [.., a, b] = chain[..] {
                if ground::turn(a, b, place) > 0 {
                    break;
                }
                chain.pop();
            }
            chain.push(place);
        }
        chain
    };
    let mut ring = chain(&mut places.iter().copied());
    let back = chain(&mut places.iter().rev().copied());
    ring.extend(back.into_iter().skip(1));
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Oracle: every place lies on the left of every edge of the hull, or on it.
        #[test]
        fn the_hull_holds_every_place(corners in prop::collection::vec((-50..50, -50..50), 3..40)) {
            let places: Vec<Place> = corners
                .into_iter()
                .map(|(lon, lat)| Place::from_e7(lon, lat).expect("on the Earth"))
                .collect();
            let ring = hull(places.clone());
            for pair in ring.windows(2) {
                for &place in &places {
                    prop_assert!(ground::turn(pair[0], pair[1], place) >= 0);
                }
            }
            prop_assert_eq!(ring.first(), ring.last());
        }
    }
}
