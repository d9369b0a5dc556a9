//! What goes on: hazards and cases, each at a point.
//!
//! Affairs change all day long, one by one. So they are kept in three parts: a packed base with its tree; what changed since the base was
//! packed (`older`); and the latest of it (`recent`). A batch copies `recent` alone. When that passes [`RECENT_BOUND`] it is merged into `older`,
//! and when that passes [`OLDER_BOUND`] all becomes the next base.

use super::{
    fold::Step,
    ground::square,
    layer::{Tree, common, drawn, joined},
    records::Records,
};
use gridward_data::{
    model::{
        case::{Case, Hazard, HazardState},
        entity::{Entity, Kind},
        id::AreaId,
        local::{LocalFrame, Metric},
        place::{Bounds, Place},
        road::Closure,
        task::Task,
    },
    store::change::Revision,
};
use rstar::primitives::GeomWithData;
use std::sync::Arc;

/// So many of the latest changes are kept apart at most: each batch copies them, some ten microseconds.
pub const RECENT_BOUND: usize = 512;

/// So many changes are kept beside the base at most: each question scans them, a microsecond a thousand. Passing it costs the packing of a base,
/// some ten milliseconds for 60,000 things; so it is the higher, the dearer that is, and the lower, the dearer the scan.
pub const OLDER_BOUND: usize = 8_192;

/// A kind of thing that goes on at a point.
pub trait Affair: Sized {
    /// Which kind.
    const KIND: Kind;
    /// Its number.
    fn id(&self) -> u64;
    /// Where.
    fn place(&self) -> Place;
    /// Whether there is still something to be done about it.
    fn is_open(&self) -> bool;
    /// The thing in an entity of its kind.
    fn from_entity(entity: Entity) -> Option<Self>;
}

macro_rules! affair {
    ($($kind:ident, $it:ident => $open:expr;)*) => { $(
        impl Affair for $kind {
            const KIND: Kind = Kind::$kind;
            fn id(&self) -> u64 {
                self.id.number()
            }
            fn place(&self) -> Place {
                self.place
            }
            fn is_open(&self) -> bool {
                let $it = self;
                $open
            }
            fn from_entity(entity: Entity) -> Option<Self> {
                if let Entity::$kind(it) = entity { Some(it) } else { None }
            }
        }
    )* };
}

affair! {
    Hazard, it => it.state == HazardState::Open;
    Case, it => it.state.is_open();
    Task, it => it.state.is_open();
}

/// Everything that goes on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Affairs {
    /// 隐患.
    pub hazards: Points<Hazard>,
    /// 事项, without words: those stay with the reports.
    pub cases: Points<Case>,
    /// 任务.
    pub tasks: Points<Task>,
    /// Streets and gates that are closed for a time.
    pub closures: Records<Closure>,
}

/// A thing that goes on, and in which areas: a reader sees it only if he may look into one of them.
#[derive(Debug)]
pub struct Known<T> {
    /// At which revision it is known.
    pub revision: Revision,
    /// The areas in which it lies, the widest first.
    pub areas: Box<[AreaId]>,
    /// The thing.
    pub thing: T,
}

/// A packed set of things: by id, and in a tree.
#[derive(Debug)]
struct Base<T> {
    /// By id. Numbers and points stand beside the things, so that most questions never touch the things themselves.
    items: Vec<Item<T>>,
    tree: Tree<GeomWithData<[f64; 2], u32>>,
}

/// A thing of the base.
#[derive(Debug)]
struct Item<T> {
    id: u64,
    point: Metric,
    known: Arc<Known<T>>,
}

/// What became of a thing since the base was packed.
#[derive(Debug)]
struct Changed<T> {
    id: u64,
    point: Metric,
    /// `None`: it is gone.
    now: Option<Arc<Known<T>>>,
}

impl<T> Clone for Changed<T> {
    fn clone(&self) -> Self {
        Self { id: self.id, point: self.point, now: self.now.clone() }
    }
}

/// All affairs of one kind. Cheap to clone.
#[derive(Debug)]
pub struct Points<T> {
    base: Arc<Base<T>>,
    /// By id.
    older: Arc<[Changed<T>]>,
    /// By id; newer than `older`.
    recent: Arc<[Changed<T>]>,
    len: usize,
    /// So many of them are open.
    open: usize,
    /// A box around all that there ever were.
    reach: Option<Bounds>,
}

impl<T> Clone for Points<T> {
    fn clone(&self) -> Self {
        let (older, recent) = (Arc::clone(&self.older), Arc::clone(&self.recent));
        Self { base: Arc::clone(&self.base), older, recent, ..*self }
    }
}

impl<T: Affair> Points<T> {
    /// None at all.
    pub(crate) fn empty() -> Self {
        Self {
            base: Arc::new(Base { items: vec![], tree: Tree::new_with_params() }),
            older: Arc::new([]),
            recent: Arc::new([]),
            len: 0,
            open: 0,
            reach: None,
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }
    /// How many of them there is still something to be done about.
    #[must_use]
    pub const fn open(&self) -> usize {
        self.open
    }
    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The one with this number. O(log n).
    #[must_use]
    pub fn find(&self, id: u64) -> Option<&Arc<Known<T>>> {
        match self.changed(id) {
            Some(changed) => changed.now.as_ref(),
            None => self.in_base(id).map(|at| &self.base.items[at].known),
        }
    }
    /// All of them, by id. O(n).
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Known<T>>> {
        self.drawn().map(|(_, _, known)| known)
    }
    /// Those in the box, its edge included, in no particular order. O(log n + answers + overlay).
    pub fn within(&self, bounds: Bounds, frame: &LocalFrame) -> impl Iterator<Item = &Arc<Known<T>>> {
        // Cut to what is there, so that a box as wide as the Earth is not drawn in metres.
        let boxed = self.reach.and_then(|reach| common(reach, bounds)).map(|cut| drawn(cut, frame, 0.0));
        let found =
            boxed.into_iter().flat_map(|boxed| self.base.tree.locate_in_envelope_intersecting(&boxed));
        let items = found.map(|point| &self.base.items[point.data as usize]);
        let unchanged = items.filter(|item| self.changed(item.id).is_none()).map(|item| &item.known);
        let changed = self.overlay().filter_map(|changed| changed.now.as_ref());
        unchanged.chain(changed).filter(move |item| bounds.contains(item.thing.place()))
    }
    /// A box around all of them, wide enough for those that went too.
    pub(crate) const fn reach(&self) -> Option<Bounds> {
        self.reach
    }

    /// All of them with their numbers and points, by id.
    fn drawn(&self) -> impl Iterator<Item = (u64, Metric, &Arc<Known<T>>)> {
        let mut base = self.base.items.iter().peekable();
        let mut overlay = self.overlay().peekable();
        std::iter::from_fn(move || {
            loop {
                let next = overlay.peek().map(|changed| changed.id);
                if let Some(item) = base.next_if(|item| next.is_none_or(|next| item.id < next)) {
                    return Some((item.id, item.point, &item.known));
                }
                let changed = overlay.next()?;
                base.next_if(|item| item.id == changed.id);
                if let Some(now) = &changed.now {
                    return Some((changed.id, changed.point, now));
                }
            }
        })
    }
    /// The newest word about each thing that changed since the base was packed, by id.
    fn overlay(&self) -> impl Iterator<Item = &Changed<T>> {
        merged(&self.older, &self.recent)
    }
    fn changed(&self, id: u64) -> Option<&Changed<T>> {
        let find = |part: &'_ [Changed<T>]| part.binary_search_by_key(&id, |changed| changed.id).ok();
        find(&self.recent).map(|at| &self.recent[at]).or_else(|| find(&self.older).map(|at| &self.older[at]))
    }
    fn in_base(&self, id: u64) -> Option<usize> {
        self.base.items.binary_search_by_key(&id, |item| item.id).ok()
    }

    /// What changed since the base was packed, with its distance from a point, metres; in no particular order. Some of it may have changed
    /// again: see [`Self::is_newest`].
    pub(crate) fn changed_from(&self, point: Metric) -> impl Iterator<Item = (&Known<T>, f64)> {
        let all = self.older.iter().chain(self.recent.iter());
        let there = all.filter_map(|changed| changed.now.as_deref().map(|now| (now, changed.point)));
        there.map(move |(now, its)| (now, square(its, point).sqrt()))
    }
    /// Whether this is the newest word about a thing that changed. O(log n).
    pub(crate) fn is_newest(&self, known: &Known<T>) -> bool {
        let newest = self.changed(known.thing.id()).and_then(|changed| changed.now.as_deref());
        newest.is_some_and(|newest| std::ptr::eq(newest, known))
    }
    /// What did not change since, with its distance from a point, metres; the nearest first.
    pub(crate) fn base_by_distance(&self, point: Metric) -> impl Iterator<Item = (&Known<T>, f64)> {
        let nearest = self.base.tree.nearest_neighbor_iter_with_distance_2(&[point.x, point.y]);
        let items = nearest.map(|(it, distance_2)| (&self.base.items[it.data as usize], distance_2.sqrt()));
        let unchanged = items.filter(|(item, _)| self.changed(item.id).is_none());
        unchanged.map(|(item, distance_m)| (item.known.as_ref(), distance_m))
    }

    /// These after some steps: at most one per thing, each newer than what is known. O(recent + steps); O(older) every [`RECENT_BOUND`] and
    /// O(n log n) every [`OLDER_BOUND`] changes.
    pub(crate) fn after(&self, steps: Vec<Step>, frame: &LocalFrame) -> Self {
        if steps.is_empty() {
            return self.clone();
        }
        let mut next = self.clone();
        let mut news: Vec<Changed<T>> = Vec::with_capacity(steps.len());
        for step in steps {
            let id = step.key.id;
            let now = step.known::<T>().map(Arc::new);
            let place = now.as_ref().map(|now| now.thing.place());
            let before = self.find(id);
            let open =
                |known: Option<&Arc<Known<T>>>| usize::from(known.is_some_and(|it| it.thing.is_open()));
            next.len = next.len + usize::from(now.is_some()) - usize::from(before.is_some());
            next.open = next.open + open(now.as_ref()) - open(before);
            next.reach = joined([next.reach, place.map(Bounds::of)].into_iter());
            let nowhere = Metric { x: f64::INFINITY, y: f64::INFINITY };
            news.push(Changed { id, point: place.map_or(nowhere, |place| frame.to_metres(place)), now });
        }
        news.sort_unstable_by_key(|changed| changed.id);
        next.recent = merged(&self.recent, &news).cloned().collect();
        if next.recent.len() > RECENT_BOUND {
            // What is gone need be remembered only while the base still has it.
            let needed = |changed: &&Changed<T>| changed.now.is_some() || self.in_base(changed.id).is_some();
            next.older = next.overlay().filter(needed).cloned().collect();
            next.recent = Arc::new([]);
        }
        if next.older.len() > OLDER_BOUND { next.packed(None) } else { next }
    }

    /// The same things as a base without an overlay; drawn anew where another frame is given.
    pub(crate) fn packed(&self, reframed: Option<&LocalFrame>) -> Self {
        let draw = |(id, point, known): (u64, Metric, &Arc<Known<T>>)| Item {
            id,
            point: reframed.map_or(point, |frame| frame.to_metres(known.thing.place())),
            known: Arc::clone(known),
        };
        let mut items = Vec::with_capacity(self.len);
        items.extend(self.drawn().map(draw));
        let points =
            items.iter().zip(0..).map(|(item, at)| GeomWithData::new([item.point.x, item.point.y], at));
        let tree = Tree::bulk_load_with_params(points.collect());
        Self { base: Arc::new(Base { items, tree }), older: Arc::new([]), recent: Arc::new([]), ..*self }
    }
}

/// Two lists of changes as one, by id; where both speak of a thing, the newer one counts.
fn merged<'a, T>(older: &'a [Changed<T>], newer: &'a [Changed<T>]) -> impl Iterator<Item = &'a Changed<T>> {
    let (mut older, mut newer) = (older.iter().peekable(), newer.iter().peekable());
    std::iter::from_fn(move || {
        let next = newer.peek().map(|changed| changed.id);
        if let Some(changed) = older.next_if(|changed| next.is_none_or(|next| changed.id < next)) {
            return Some(changed);
        }
        let changed = newer.next()?;
        older.next_if(|old| old.id == changed.id);
        Some(changed)
    })
}
