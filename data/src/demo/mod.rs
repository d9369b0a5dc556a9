//! Which town stands in where there is no real one.
//!
//! Nobody lives in it, and it lies nowhere; but its streets, grids, houses and doors fit together as those of a real one do, and it is
//! the same town for the same plan on every machine.
//!
//! ```text
//! dice ─► lattice ─► areas                        who answers for which block
//!            │          └──────────────┐
//!            └─► zoning ─► lot ─► dwellings, works, shops, village ─► services
//!                                      │ (yard collects)
//!                                      └─► streets           which ways there are, and where they meet
//! ```
//!
//! `layout` puts the first of these together, for a small town out of one sheet, for a whole district as it truly lies (`tiexi`).

mod areas;
mod dice;
mod dwellings;
mod fields;
mod ground;
mod growth;
mod lattice;
mod layout;
mod lot;
mod names;
mod parts;
mod people;
mod services;
mod shops;
mod streets;
#[cfg(test)]
mod tests;
mod tiexi;
mod village;
mod works;
mod yard;
mod year;
mod zoning;

use crate::model::{entity::Entity, place::Place, time::Timestamp};
use dice::{Dice, Purpose};
use layout::Layout;
use lot::Lot;
pub use people::PeoplePlan;
use std::collections::BTreeSet;
use yard::{Before, Made, Path, Yard};
use zoning::Zone;

/// What kind of town.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TownPlan {
    /// The same seed makes the same town.
    pub seed: u64,
    /// How large: 1 is the district of Tiexi with about 40,000 buildings in 2,441 grids, 248 communities and 15 sub-districts; from 2 to
    /// 10 so many such districts lie side by side, rounded to the nearest. Below 1 it is a small town of that share: at least two
    /// sub-districts, three communities, twelve grids and three stations are made however small it is.
    pub scale: f64,
    /// From when on its areas are valid.
    pub at: Timestamp,
}

/// The largest town.
const LARGEST_SCALE: f64 = 10.0;

/// Makes a town up: areas, compounds, buildings, stations, facilities, streets, in this order, with ids from 1 on in each kind.
///
/// Around 123.35° E, 41.79° N. The areas of a level tile the area above them exactly, to the whole number; every building lies in one
/// grid and on no street; within a district every way can be reached from every other. O(n log n) in the number of things.
#[must_use]
pub fn town(plan: &TownPlan) -> Vec<Entity> {
    let scale = plan.scale.clamp(0.0, LARGEST_SCALE);
    let layouts = if scale < 1.0 {
        vec![Layout::town(plan.seed, scale)]
    } else {
        (0..scale.round() as usize).map(|nth| Layout::district(plan.seed, nth)).collect()
    };
    let mut kinds = Kinds::default();
    let mut before = Before::default();
    for layout in &layouts {
        before = build_district(plan, layout, before, &mut kinds);
    }
    let streets = streets::numbered(kinds.paths).into_iter().map(Entity::from);
    [kinds.areas, kinds.compounds, kinds.buildings, kinds.stations, kinds.facilities]
        .into_iter()
        .flatten()
        .chain(streets)
        .collect()
}

/// What a town consists of, by kind; the ways before their nodes are numbered.
#[derive(Default)]
struct Kinds {
    areas: Vec<Entity>,
    compounds: Vec<Entity>,
    buildings: Vec<Entity>,
    stations: Vec<Entity>,
    facilities: Vec<Entity>,
    paths: Vec<Path>,
}

/// Builds one district over its layout; answers how many things there are with it.
fn build_district(plan: &TownPlan, layout: &Layout, before: Before, kinds: &mut Kinds) -> Before {
    let Layout { lattice, tracts, names, .. } = layout;
    let mut made = Made { before, ..Made::default() };
    build_blocks(plan.seed, layout, &mut made);
    let services = services::open(tracts, layout.stations, plan.seed, &mut made);
    let entered: BTreeSet<Place> =
        made.paths.iter().flat_map(|path| path.joints.iter().map(|at| path.line[*at])).collect();
    kinds.paths.append(&mut streets::along(lattice, names, plan.seed, &entered));
    kinds.paths.append(&mut made.paths);
    let areas = tracts.areas(lattice, &made.households, before.areas, plan.at);
    kinds.areas.extend(areas.into_iter().map(Entity::from));
    kinds.compounds.extend(made.compounds.into_iter().map(Entity::from));
    kinds.buildings.extend(made.buildings.into_iter().map(Entity::from));
    kinds.stations.extend(services.stations.into_iter().map(Entity::from));
    kinds.facilities.extend(services.facilities.into_iter().map(Entity::from));
    let count = |of: &Vec<Entity>| of.len() as u64;
    Before {
        areas: count(&kinds.areas),
        compounds: count(&kinds.compounds),
        buildings: count(&kinds.buildings),
        stations: count(&kinds.stations),
        facilities: count(&kinds.facilities),
    }
}

/// Peoples a city, made up or imported, and tells a year of it: organisations, responders, posts, rosters, patrol plans, reports, cases,
/// hazards and tasks, in this order, with ids from 1 on in each kind.
///
/// `places` are the areas, compounds, buildings, stations, facilities and streets; whichever of them are missing are done without. The
/// figures follow the number of grids. O(n log n) in the number of things.
#[must_use]
pub fn inhabit(places: &[Entity], plan: &PeoplePlan) -> Vec<Entity> {
    let ground = people::ground::Ground::of(places);
    let people = people::people(&ground, places, plan);
    let year = year::year(&ground, &people, plan);
    people.into_entities().into_iter().chain(year).collect()
}

/// Builds on every block, from the south-west, row by row.
fn build_blocks(seed: u64, layout: &Layout, made: &mut Made) {
    let Layout { lattice, names, metal_yard, .. } = layout;
    let mut compounds = 0;
    for (cell, zone) in &layout.zones {
        let lot = Lot::new(lattice, names, *cell);
        let dice = Dice::new(seed, Purpose::Block, lattice.index(cell.row, cell.column) as u64);
        let mut yard = Yard::new(&lot, *cell, dice, made);
        match zone {
            _ if !lot.is_of_use() => {}
            Zone::Rows | Zone::Courtyard | Zone::Towers | Zone::Villas => {
                let name = if *metal_yard == Some(*cell) {
                    names::METAL_YARD.to_owned()
                } else {
                    compounds += 1;
                    names::compound(compounds)
                };
                dwellings::build(&mut yard, *zone, name);
            }
            Zone::Village => village::build(&mut yard),
            Zone::Field => {}
            _ => works::build(&mut yard, *zone),
        }
    }
}
