//! What one reader of the stream looks at, and who reads along.

use crate::live::movement::CELL_ZOOM;
use gridward_data::model::{
    area::Level,
    entity::Kind,
    id::AreaId,
    place::{Bounds, Place},
};
use gridward_tiles::{TileCoord, TileRange, WorldBox, WorldPoint};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

/// So many map cells a reader may look into at once: a few screens of the widest kind at zoom 13.
pub(crate) const CELLS_MAX: u64 = 160;

/// What a reader wants to be told of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// Only facts that lie in this area; all if `None`. Places lie in none and are told to everybody.
    pub(crate) area: Option<AreaId>,
    /// Only facts of these kinds; all if `None`.
    pub(crate) kinds: Option<BTreeSet<Kind>>,
    /// The cells of the map in which each one of the people is wanted.
    pub(crate) cells: BTreeSet<TileCoord>,
    /// The levels at whose areas people are counted.
    pub(crate) levels: BTreeSet<Level>,
}

/// More cells than a reader may look into.
pub(crate) struct TooMuch {
    pub(crate) cells: u64,
}

impl View {
    /// Whether facts of a kind are told.
    pub(crate) fn takes_kind(&self, kind: Kind) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
    }
    /// Whether what lies in these areas is told.
    pub(crate) fn takes_areas(&self, areas: &[AreaId]) -> bool {
        areas.is_empty() || self.area.is_none_or(|area| areas.contains(&area))
    }
}

/// The cells that boxes touch.
pub(crate) fn cells_in(boxes: &[Bounds]) -> Result<BTreeSet<TileCoord>, TooMuch> {
    let at = |place: Place| WorldPoint::from_e7(place.lon_e7(), place.lat_e7());
    let mut cells = BTreeSet::new();
    for bounds in boxes {
        let around = WorldBox::around(&[at(bounds.min), at(bounds.max)]);
        let Some(range) = around.and_then(|around| TileRange::of(CELL_ZOOM, around, 0).ok()) else {
            continue;
        };
        if range.count() > CELLS_MAX {
            return Err(TooMuch { cells: range.count() });
        }
        cells.extend(range.tiles());
    }
    let count = cells.len() as u64;
    if count > CELLS_MAX { Err(TooMuch { cells: count }) } else { Ok(cells) }
}

/// The readers that are connected, by the number of their stream.
#[derive(Default)]
pub(crate) struct Readers {
    views: Mutex<HashMap<String, watch::Sender<View>>>,
}

/// A reader as long as the connection lasts.
pub(crate) struct Seat {
    readers: Arc<Readers>,
    /// The number of the stream: nobody can guess it.
    pub(crate) id: String,
    /// What this reader looks at; tells when that changes.
    pub(crate) view: watch::Receiver<View>,
}

impl Readers {
    /// A new reader.
    pub(crate) fn join(self: &Arc<Self>, view: View) -> Result<Seat, getrandom::Error> {
        let mut token = [0_u8; 16];
        getrandom::fill(&mut token)?;
        let id = u128::from_le_bytes(token);
        let id = format!("{id:032x}");
        let (sender, receiver) = watch::channel(view);
        self.views().insert(id.clone(), sender);
        Ok(Seat { readers: Arc::clone(self), id, view: receiver })
    }

    /// A reader looks at something else; `false` where there is no such reader.
    pub(crate) fn turn(&self, id: &str, view: View) -> bool {
        let views = self.views();
        let Some(sender) = views.get(id) else { return false };
        sender.send_if_modified(|before| {
            let other = *before != view;
            *before = view;
            other
        });
        true
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.views().len()
    }

    fn views(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<View>>> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.readers.views().remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(west: f64, south: f64, east: f64, north: f64) -> Bounds {
        let place = |lon, lat| Place::new(lon, lat).expect("a place");
        Bounds { min: place(west, south), max: place(east, north) }
    }

    #[test]
    fn a_box_means_the_cells_that_it_touches_and_a_whole_country_is_too_much() {
        let (here, beside) = (bounds(123.30, 41.78, 123.34, 41.80), bounds(123.34, 41.78, 123.35, 41.80));
        let count = |boxes: &[Bounds]| cells_in(boxes).map(|cells| cells.len()).map_err(|much| much.cells);
        assert_eq!(count(&[]), Ok(0));
        assert_eq!(count(&[here]), Ok(6));
        assert!(
            count(&[here, beside]).is_ok_and(|both| (6..12).contains(&both)),
            "what both touch counts once"
        );
        assert!(count(&[bounds(100.0, 30.0, 123.0, 42.0)]).is_err_and(|cells| cells > CELLS_MAX));
    }

    #[test]
    fn a_reader_that_leaves_can_be_turned_no_more() {
        let readers = Arc::new(Readers::default());
        let seat = readers.join(View::default()).expect("the system gives random numbers");
        let id = seat.id.clone();
        let view = View { levels: BTreeSet::from([Level::Grid]), ..View::default() };
        assert!(readers.turn(&id, view.clone()) && *seat.view.borrow() == view);
        assert_eq!(readers.count(), 1);
        drop(seat);
        assert!(!readers.turn(&id, view) && readers.count() == 0);
    }
}
