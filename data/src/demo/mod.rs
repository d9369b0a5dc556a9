//! Which town stands in where there is no real one.
//!
//! Nobody lives in it, and it lies nowhere; but its streets, grids, houses and doors fit together as those of a real one do, and it is
//! the same town for the same plan on every machine.
//!
//! ```text
//! dice ─► lattice ─► areas                        who answers for which block
//!            │          └──────────────┐
//!            └─► zoning ─► lot ─► dwellings, works, shops ─► services
//!                                      │ (yard collects)
//!                                      └─► streets           which ways there are, and where they meet
//! ```

mod areas;
mod dice;
mod dwellings;
mod ground;
mod lattice;
mod lot;
mod names;
mod people;
mod services;
mod shops;
mod streets;
#[cfg(test)]
mod tests;
mod works;
mod yard;
mod year;
mod zoning;

use crate::model::{entity::Entity, place::Place, road::StreetKind, time::Timestamp};
use areas::{Counts, Tracts};
use dice::{Dice, Purpose};
use lattice::Lattice;
use lot::Lot;
use names::StreetNames;
pub use people::PeoplePlan;
use std::collections::BTreeSet;
use yard::{Made, Yard};
use zoning::Zone;

/// What kind of town.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TownPlan {
    /// The same seed makes the same town.
    pub seed: u64,
    /// How large: 1 has about 40,000 buildings in 2,441 grids, 248 communities, 15 sub-districts and a district. At least two
    /// sub-districts, three communities, twelve grids and three stations are made however small it is; above 10 it is taken as 10.
    pub scale: f64,
    /// From when on its areas are valid.
    pub at: Timestamp,
}

/// A town at scale 1, in the figures of Tiexi: sub-districts, communities, grids, stations.
const FIGURES: [f64; 4] = [15.0, 248.0, 2_441.0, 261.0];
/// However small the town is, it has as many as these.
const FEWEST: [usize; 4] = [2, 3, 12, 3];
/// The largest town: beyond it, names would begin to be told apart by numbers.
const LARGEST_SCALE: f64 = 10.0;

/// Makes a town up: areas, compounds, buildings, stations, facilities, streets, in this order, with ids from 1 on in each kind.
///
/// Around 123.35° E, 41.79° N. The areas of a level tile the area above them exactly, to the whole number; every building lies in one
/// grid and on no street; every way can be reached from every other. O(n log n) in the number of things.
#[must_use]
pub fn town(plan: &TownPlan) -> Vec<Entity> {
    let scale = plan.scale.clamp(0.0, LARGEST_SCALE);
    let count = |of: usize| ((FIGURES[of] * scale).round() as usize).max(FEWEST[of]);
    let counts = Counts { streets: count(0), communities: count(1), grids: count(2) };

    let lattice = Lattice::new(plan.seed, counts.grids);
    let tracts = Tracts::cut(&lattice, counts);
    let names = street_names(&lattice);
    let mut made = Made::default();
    build_blocks(plan.seed, &lattice, &tracts, &names, &mut made);
    let services = services::open(&tracts, count(3), plan.seed, &mut made);
    let entered: BTreeSet<Place> =
        made.paths.iter().flat_map(|path| path.joints.iter().map(|at| path.line[*at])).collect();
    let mut paths = streets::along(&lattice, &names, plan.seed, &entered);
    paths.append(&mut made.paths);

    let mut town: Vec<Entity> = Vec::new();
    town.extend(tracts.areas(&lattice, &made.households, plan.at).into_iter().map(Entity::from));
    town.extend(made.compounds.into_iter().map(Entity::from));
    town.extend(made.buildings.into_iter().map(Entity::from));
    town.extend(services.stations.into_iter().map(Entity::from));
    town.extend(services.facilities.into_iter().map(Entity::from));
    town.extend(streets::numbered(paths).into_iter().map(Entity::from));
    town
}

/// Peoples a city, made up or imported, and tells a year of it: organisations, responders, posts, rosters, reports, cases, hazards and
/// tasks, in this order, with ids from 1 on in each kind.
///
/// `places` are the areas, compounds, buildings, stations, facilities and streets; whichever of them are missing are done without. The
/// figures follow the number of grids. O(n log n) in the number of things.
#[must_use]
pub fn inhabit(places: &[Entity], plan: &PeoplePlan) -> Vec<Entity> {
    let ground = people::ground::Ground::of(places);
    let people = people::people(&ground, plan);
    let year = year::year(&ground, &people, plan);
    people.into_entities().into_iter().chain(year).collect()
}

fn street_names(lattice: &Lattice) -> StreetNames {
    // A small town has few arterials: there, smaller streets have the known names, too.
    let arterials = |kinds: &[StreetKind]| -> Vec<bool> {
        let is_known = |kind: &StreetKind| *kind == StreetKind::Primary;
        let few = kinds.iter().filter(|kind| is_known(kind)).count() < 5;
        kinds.iter().map(|kind| few || is_known(kind)).collect()
    };
    StreetNames::new(&arterials(&lattice.row_kinds), &arterials(&lattice.column_kinds))
}

/// Builds on every block, from the south-west, row by row.
fn build_blocks(seed: u64, lattice: &Lattice, tracts: &Tracts, names: &StreetNames, made: &mut Made) {
    let aixin = tracts.all.iter().find(|tract| tract.name == names::AIXIN);
    let metal_yard = aixin.and_then(|tract| tract.cells.first().copied());
    let mut compounds = 0;
    for (cell, zone) in zoning::zones(lattice, seed, metal_yard) {
        let lot = Lot::new(lattice, names, cell);
        let dice = Dice::new(seed, Purpose::Block, lattice.index(cell.row, cell.column) as u64);
        let mut yard = Yard::new(&lot, cell, dice, made);
        match zone {
            Zone::Rows | Zone::Courtyard | Zone::Towers | Zone::Villas => {
                let name = if metal_yard == Some(cell) {
                    names::METAL_YARD.to_owned()
                } else {
                    compounds += 1;
                    names::compound(compounds)
                };
                dwellings::build(&mut yard, zone, name);
            }
            _ => works::build(&mut yard, zone),
        }
    }
}
