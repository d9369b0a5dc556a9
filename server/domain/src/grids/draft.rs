//! A draft of grids for a community, or for any other area.

use super::{
    blocks::{Blocks, homes},
    check::{Finding, check},
    mesh::{CrossedOutline, Mesh},
    number::numbered,
    outline::outlines,
    reckon::{METRES_PER_UNIT, area_m2, shrink},
    sample::sample,
};
use gridward_data::model::{building::Building, id::AreaId, road::Street, shape::Outline};

/// The area that is cut into grids.
#[derive(Clone, Copy, Debug)]
pub struct Parent<'a> {
    /// Which one.
    pub id: AreaId,
    /// Its ground: any number of pieces, with holes.
    pub outline: &'a Outline,
}

/// What grids should be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// So many households in each. A grid holds 300 to 500.
    pub target_households: u32,
    /// Where hardly anybody lives, a grid covers about so much ground at most, square metres.
    pub ground_max_m2: f64,
}

impl Default for Wish {
    fn default() -> Self {
        Self { target_households: 400, ground_max_m2: 4_000_000.0 }
    }
}

/// A grid as it might be.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftGrid {
    /// The area that it lies in.
    pub parent: AreaId,
    /// Its number in that area, from 1: from west to east, then from north to south.
    pub sequence: u16,
    /// Its ground: in one piece.
    pub outline: Outline,
    /// The households in it, counted or reckoned.
    pub households: u32,
}

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DraftError {
    /// The wish cannot be met by anything.
    #[error("a grid needs at least one household and some ground: give more than 0 for both")]
    EmptyWish,
    /// The parent crosses itself.
    #[error(transparent)]
    Crossed(#[from] CrossedOutline),
    /// The parent is so large, or the grids so small, that there would be more than 999 in it.
    #[error(
        "{0} grids would be needed, and an area has at most 999: cut it into communities first, or wish for larger grids"
    )]
    TooMany(usize),
    /// The parent overlaps itself.
    #[error("the outline covers some ground twice, or none: {0}")]
    Overlapping(Finding),
}

/// An area has at most so many grids: their number has three digits.
pub const GRIDS_MAX: usize = 999;

/// Grids that tile the parent exactly: every edge of theirs is shared with exactly one other grid, or lies on the parent's border.
///
/// Each is in one piece. Their households are as near to the wish as streets and buildings allow: a grid is parted from the next along streets first,
/// between buildings next. A piece of the parent that lies apart is cut by itself and is one grid at least. The same input gives the same grids.
/// O(n log n) in corners, with some hundred triangles for a grid.
pub fn draft(
    parent: Parent<'_>,
    buildings: &[&Building],
    streets: &[&Street],
    wish: Wish,
) -> Result<Vec<DraftGrid>, DraftError> {
    if wish.target_households == 0 || wish.ground_max_m2.is_nan() || wish.ground_max_m2 <= 0.0 {
        return Err(DraftError::EmptyWish);
    }
    let ground_m2 = area_m2(parent.outline);
    let homes = homes(parent.outline, buildings);
    let people: f64 = homes.iter().map(|home| f64::from(home.households())).sum();
    let wanted = people / f64::from(wish.target_households) + ground_m2 / wish.ground_max_m2;
    if wanted > GRIDS_MAX as f64 + 0.5 {
        return Err(DraftError::TooMany(wanted.round() as usize));
    }
    let shrink = shrink(parent.outline.bounds().centre());
    let sample = sample(parent.outline, streets, step(ground_m2, wanted), shrink);
    let mesh = Mesh::new(sample)?;
    let blocks = Blocks::new(&mesh, &homes, wish, shrink);
    let grids = blocks.grids();
    let draft =
        numbered(parent.id, outlines(&mesh, &grids).into_iter().zip(blocks.households(&grids)).collect());
    let drawn: Vec<&Outline> = draft.iter().map(|grid| &grid.outline).collect();
    match check(&drawn, parent.outline).into_iter().next() {
        Some(finding) => Err(DraftError::Overlapping(finding)),
        None => Ok(draft),
    }
}

/// A parent gets about so many corners at most, however large it is and however small its grids.
const CORNERS_MAX: f64 = 400_000.0;

/// How far apart corners are, in units of 1e-7° of latitude: eight to the side of a grid, 15 to 250 m unless that makes too many.
fn step(ground_m2: f64, wanted: f64) -> f64 {
    let side_m = (ground_m2 / wanted.max(1.0)).sqrt();
    (side_m / 8.0).clamp(15.0, 250.0).max((ground_m2 / CORNERS_MAX).sqrt()) / METRES_PER_UNIT
}
