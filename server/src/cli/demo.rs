//! `gridward demo`: make a small town up, to try things with.

use super::{Outcome, commit::Opened, import::places};
use crate::clock;
use clap::Args;
use gridward_data::{
    demo::{self, PeoplePlan, TownPlan},
    import::Import,
    model::entity::Entity,
};
use std::path::PathBuf;

/// What kind of town, and where it is kept.
#[derive(Args)]
pub(super) struct Options {
    /// The store: a folder, made if it is not there
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    store: PathBuf,
    /// The same seed makes the same town
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How large: 1 is a district of some 40,000 buildings and 2,441 grids
    #[arg(long, default_value_t = 0.02)]
    scale: f64,
    /// Only the ground: no people, no reports
    #[arg(long)]
    only_places: bool,
}

pub(super) fn run(options: &Options) -> Outcome {
    if !(0.001..=1.0).contains(&options.scale) {
        return Err(format!("--scale {} is not between 0.001 and 1", options.scale).into());
    }
    let opened = Opened::open(&options.store)?;
    let facts = opened.facts()?;
    if !facts.is_empty() {
        return Err(format!("{} holds a city already; give another --store", options.store.display()).into());
    }
    let plan = TownPlan { seed: options.seed, scale: options.scale, at: clock::now() };
    let mut entities = demo::town(&plan);
    if !options.only_places {
        let people = demo::inhabit(&entities, &PeoplePlan { seed: options.seed, until: plan.at });
        entities.extend(people);
    }
    let changes = places::put(&opened, made(entities), &facts, false, None)?;
    opened.close()?;
    say!("made a town up: {changes} things in {}", options.store.display());
    Ok(())
}

/// A town as if it had been read from a file, so that it is stored in the same way.
fn made(entities: Vec<Entity>) -> Import {
    let joints = |entity: &Entity| match entity {
        Entity::Street(street) => street.joints.iter().map(|joint| joint.node.number()).max(),
        _ => None,
    };
    let nodes = entities.iter().filter_map(joints).max().unwrap_or(0);
    Import { entities, nodes, ..Import::default() }
}
