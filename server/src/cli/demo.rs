//! `gridward demo`: make a city up, or people for a city that is there, to try things with.

use super::{Failure, Outcome, commit::Opened, import::places};
use crate::clock;
use clap::Args;
use gridward_data::{
    demo::{self, PeoplePlan, TownPlan},
    import::Import,
    model::{
        entity::{Entity, Kind},
        time::Timestamp,
    },
    store::question::Fact,
};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{ToSpan, civil::Date};
use std::path::PathBuf;

/// What kind of city, and where it is kept.
#[derive(Args)]
pub(super) struct Options {
    /// The store: a folder, made if it is not there
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    store: PathBuf,
    /// The same seed and day make the same city
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The year that is told ends as this day begins, in China: YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// How large: 1 is the district of Tiexi, less is a small town, from 2 to 10 so many districts lie side by side
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// Only the ground: no people, no reports
    #[arg(long, conflicts_with = "only_people")]
    only_places: bool,
    /// Only people and a year of reports, for the city that the store holds
    #[arg(long, conflicts_with = "scale")]
    only_people: bool,
}

pub(super) fn run(options: &Options) -> Outcome {
    if !(0.001..=10.0).contains(&options.scale) {
        return Err(format!("--scale {} is not between 0.001 and 10", options.scale).into());
    }
    let (at, until) = year(options.until.unwrap_or_else(clock::today))?;
    let opened =
        if options.only_people { Opened::existing(&options.store) } else { Opened::open(&options.store) }?;
    let facts = opened.facts()?;
    let bar = bar();
    let entities = if options.only_people {
        let places = places_of(&facts)?;
        step(&bar, "who lives and works here, and what they tell of");
        demo::inhabit(&places, &PeoplePlan { seed: options.seed, until })
    } else {
        if !facts.is_empty() {
            let store = options.store.display();
            return Err(format!("{store} holds a city already; give another --store").into());
        }
        step(&bar, "streets, grids, houses");
        let mut entities = demo::town(&TownPlan { seed: options.seed, scale: options.scale, at });
        step(&bar, "who lives and works here, and what they tell of");
        if !options.only_places {
            let people = demo::inhabit(&entities, &PeoplePlan { seed: options.seed, until });
            entities.extend(people);
        }
        entities
    };
    step(&bar, "writing it down");
    let changes = places::put(&opened, made(entities), &facts, false, None)?;
    step(&bar, "tidying up");
    opened.close()?;
    bar.finish_and_clear();
    say!("made a city up: {changes} things in {}", options.store.display());
    Ok(())
}

/// The year that ends as the day begins.
fn year(day: Date) -> Result<(Timestamp, Timestamp), Failure> {
    let ends =
        || Ok::<_, jiff::Error>((clock::midnight(day.checked_sub(365.days())?)?, clock::midnight(day)?));
    ends().map_err(|error| format!("--until {day} is too far from today: {error}").into())
}

/// The places of a store that has no people yet.
fn places_of(facts: &[Fact]) -> Result<Vec<Entity>, Failure> {
    if !facts.iter().any(|fact| fact.key.kind == Kind::Area) {
        return Err(
            "the store holds no areas that people could be put in: import areas, or draft grids first".into(),
        );
    }
    if let Some(one) = facts.iter().find(|fact| fact.key.kind == Kind::Responder) {
        return Err(
            format!("the store holds people already, for example {}; give another --store", one.key).into()
        );
    }
    Ok(facts.iter().map(|fact| fact.entity.clone()).collect())
}

/// How many steps a run has.
const STEPS: u64 = 4;

fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} [{bar:24}] {pos}/{len} {msg} ({elapsed})");
    let bar = ProgressBar::new(STEPS).with_style(style.expect("a fixed template"));
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}

fn step(bar: &ProgressBar, doing: &'static str) {
    bar.set_message(doing);
    bar.inc(1);
}

/// A city as if it had been read from a file, so that it is stored in the same way.
fn made(entities: Vec<Entity>) -> Import {
    let joints = |entity: &Entity| match entity {
        Entity::Street(street) => street.joints.iter().map(|joint| joint.node.number()).max(),
        _ => None,
    };
    let nodes = entities.iter().filter_map(joints).max().unwrap_or(0);
    Import { entities, nodes, ..Import::default() }
}
