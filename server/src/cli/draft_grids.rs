//! `gridward draft-grids`: cut communities, or whatever is the smallest area, into grids.

use super::{Failure, Outcome, commit::Opened};
use crate::clock;
use clap::Args;
use gridward_data::{
    model::{
        area::{Area, AreaVersion, Level},
        code::{AreaCode, CodeScheme, InvalidCode},
        entity::Kind,
        id::AreaId,
        time::{Span, Timestamp},
    },
    store::change::Change,
};
use gridward_domain::{
    grids::draft::{DraftGrid, Parent, Wish, draft},
    index::Index,
};
use std::{path::PathBuf, sync::Arc};

/// What the grids should be like.
#[derive(Args)]
pub(super) struct Options {
    /// The store
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    store: PathBuf,
    /// So many households in a grid, about
    #[arg(long, default_value_t = 400)]
    households: u32,
    /// Draft and report, and store nothing
    #[arg(long)]
    check: bool,
}

pub(super) fn run(options: &Options) -> Outcome {
    let opened = Opened::existing(&options.store)?;
    let index = Index::build(opened.version(), opened.facts()?);
    let parents = parents(&index);
    if parents.is_empty() {
        return Err("there is nothing to cut: import areas first, or all of them have grids already".into());
    }
    let wish = Wish { target_households: options.households, ..Wish::default() };
    let now = clock::now();
    let mut grids = Vec::new();
    for (parent, version) in &parents {
        for grid in cut(&index, parent, version, wish)? {
            grids.push(drafted(version, grid, now)?);
        }
    }
    say!("{} areas cut into {} grids of about {} households", parents.len(), grids.len(), options.households);
    if options.check {
        say!("checked; nothing was stored");
    } else {
        let ids = opened.allot(Kind::Area, grids.len() as u64)?;
        let changes: Result<Vec<Change>, Failure> =
            ids.zip(grids).map(|(id, grid)| Ok(stored(AreaId::new(id)?, grid))).collect();
        opened.commit(changes?)?;
    }
    opened.close()?;
    Ok(())
}

/// The areas of today that nothing lies under, and that are no grids.
fn parents(index: &Index) -> Vec<(&Area, &AreaVersion)> {
    let areas = &index.places().areas;
    let levels = [Level::District, Level::Street, Level::Community];
    let smallest = |area: &&Arc<Area>| areas.children(area.id).len() == 0;
    let today = levels.into_iter().flat_map(|level| areas.at_level(level)).filter(smallest);
    today.filter_map(|area| Some((area.as_ref(), area.current()?))).collect()
}

fn cut(index: &Index, parent: &Area, version: &AreaVersion, wish: Wish) -> Result<Vec<DraftGrid>, Failure> {
    let around = version.outline.bounds();
    let places = index.places();
    let buildings: Vec<_> = places.buildings.within(around, index.frame()).map(AsRef::as_ref).collect();
    let streets: Vec<_> = places.streets.within(around, index.frame()).map(AsRef::as_ref).collect();
    let parent = Parent { id: parent.id, outline: &version.outline };
    let drafted = draft(parent, &buildings, &streets, wish);
    drafted.map_err(|error| format!("{} ({}): {error}", version.name, version.code.text()).into())
}

fn drafted(parent: &AreaVersion, grid: DraftGrid, now: Timestamp) -> Result<AreaVersion, InvalidCode> {
    Ok(AreaVersion {
        code: code(&parent.code, grid.sequence)?,
        name: format!("第{:03}网格", grid.sequence),
        parent: Some(grid.parent),
        outline: grid.outline,
        valid: Span::since(now),
        households: Some(grid.households),
    })
}

fn stored(id: AreaId, version: AreaVersion) -> Change {
    Change::within(&[id], Area { id, level: Level::Grid, versions: vec![version], lineage: Vec::new() })
}

/// The code of a grid: 15 digits under a community's code, else the parent's code and the number.
fn code(parent: &AreaCode, sequence: u16) -> Result<AreaCode, InvalidCode> {
    let local = || AreaCode::new(CodeScheme::Local, format!("{}-{sequence:03}", parent.text()));
    parent.grid(sequence).map_or_else(local, Ok)
}
