//! What goes on: hazards and cases, each at a point.
//!
//! Affairs change all day long, one by one. So they are kept as a packed base with its tree, and a small overlay of what changed since:
//! a batch copies the overlay alone. When the overlay passes [`OVERLAY_BOUND`], base and overlay become the next base.

use super::{
    fold::Step,
    ground::square,
    layer::{common, drawn, joined},
};
use gridward_data::{
    model::{
        case::{Case, Hazard, HazardState},
        entity::{Entity, Kind},
        id::AreaId,
        local::{LocalFrame, Metric},
        place::{Bounds, Place},
    },
    store::change::Revision,
};
use rstar::{RTree, primitives::GeomWithData};
use std::sync::Arc;

/// So many changed things are kept beside the base at most. Each question scans them (a microsecond a thousand), each batch copies them
/// (some ten microseconds a thousand), and each time there are more a base is packed (some ten milliseconds for 60,000 things).
pub const OVERLAY_BOUND: usize = 4_096;

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
}

/// Everything that goes on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Affairs {
    /// 隐患.
    pub hazards: Points<Hazard>,
    /// 事项, without words: those stay with the reports.
    pub cases: Points<Case>,
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
    items: Vec<(Arc<Known<T>>, Metric)>,
    tree: RTree<GeomWithData<[f64; 2], u32>>,
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
    overlay: Arc<[Changed<T>]>,
    len: usize,
    /// A box around all of them; it may be wider than need be until the base is packed again.
    reach: Option<Bounds>,
}

impl<T> Clone for Points<T> {
    fn clone(&self) -> Self {
        Self { base: Arc::clone(&self.base), overlay: Arc::clone(&self.overlay), ..*self }
    }
}

impl<T: Affair> Points<T> {
    /// None at all.
    pub(crate) fn empty() -> Self {
        Self {
            base: Arc::new(Base { items: vec![], tree: RTree::new() }),
            overlay: Arc::new([]),
            len: 0,
            reach: None,
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
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
            None => self.in_base(id).map(|at| &self.base.items[at].0),
        }
    }
    /// All of them, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Known<T>>> {
        self.drawn().map(|(item, _)| item)
    }
    /// Those in the box, its edge included, in no particular order. O(log n + answers + overlay).
    pub fn within(&self, bounds: Bounds, frame: &LocalFrame) -> impl Iterator<Item = &Arc<Known<T>>> {
        // Cut to what is there, so that a box as wide as the Earth is not drawn in metres.
        let boxed = self.reach.and_then(|reach| common(reach, bounds)).map(|cut| drawn(cut, frame, 0.0));
        let found =
            boxed.into_iter().flat_map(|boxed| self.base.tree.locate_in_envelope_intersecting(&boxed));
        let unchanged = found
            .map(|point| &self.base.items[point.data as usize].0)
            .filter(|item| self.changed(item.thing.id()).is_none());
        let changed = self.overlay.iter().filter_map(|changed| changed.now.as_ref());
        unchanged.chain(changed).filter(move |item| bounds.contains(item.thing.place()))
    }
    /// A box around all of them, perhaps wider than need be.
    pub(crate) const fn reach(&self) -> Option<Bounds> {
        self.reach
    }

    fn drawn(&self) -> impl Iterator<Item = (&Arc<Known<T>>, Metric)> {
        let base = self.base.items.iter().map(|(item, point)| (item, *point));
        let unchanged = base.filter(|(item, _)| self.changed(item.thing.id()).is_none());
        let now =
            self.overlay.iter().filter_map(|changed| changed.now.as_ref().map(|now| (now, changed.point)));
        unchanged.chain(now)
    }
    fn changed(&self, id: u64) -> Option<&Changed<T>> {
        self.overlay.binary_search_by_key(&id, |changed| changed.id).ok().map(|at| &self.overlay[at])
    }
    fn in_base(&self, id: u64) -> Option<usize> {
        self.base.items.binary_search_by_key(&id, |(item, _)| item.thing.id()).ok()
    }

    /// What changed since the base was packed, with its distance from a point, metres; in no particular order.
    pub(crate) fn overlay_from(&self, point: Metric) -> impl Iterator<Item = (&Known<T>, f64)> {
        let there =
            self.overlay.iter().filter_map(|changed| changed.now.as_deref().map(|now| (now, changed.point)));
        there.map(move |(now, its)| (now, square(its, point).sqrt()))
    }
    /// What did not change since, with its distance from a point, metres; the nearest first.
    pub(crate) fn base_by_distance(&self, point: Metric) -> impl Iterator<Item = (&Known<T>, f64)> {
        let nearest = self.base.tree.nearest_neighbor_iter_with_distance_2(&[point.x, point.y]);
        let items =
            nearest.map(|(it, distance_2)| (self.base.items[it.data as usize].0.as_ref(), distance_2.sqrt()));
        items.filter(|(item, _)| self.changed(item.thing.id()).is_none())
    }

    /// These after some steps: at most one per thing, each newer than what is known. O(overlay + steps), and O(n log n) every
    /// [`OVERLAY_BOUND`] changes.
    pub(crate) fn after(&self, mut steps: Vec<Step>, frame: &LocalFrame) -> Self {
        if steps.is_empty() {
            return self.clone();
        }
        steps.sort_unstable_by_key(|step| step.key.id);
        let (mut len, mut reach) = (self.len, self.reach);
        let mut overlay = Vec::with_capacity(self.overlay.len() + steps.len());
        let mut old = self.overlay.iter().peekable();
        for step in steps {
            while let Some(changed) = old.next_if(|changed| changed.id < step.key.id) {
                overlay.push(changed.clone());
            }
            old.next_if(|changed| changed.id == step.key.id);
            len -= usize::from(self.find(step.key.id).is_some());
            let id = step.key.id;
            let now = step.known::<T>().map(Arc::new);
            len += usize::from(now.is_some());
            let nowhere = Metric { x: f64::INFINITY, y: f64::INFINITY };
            let point = now.as_ref().map_or(nowhere, |now| frame.to_metres(now.thing.place()));
            let its = now.as_ref().map(|now| Bounds::of(now.thing.place()));
            reach = joined([reach, its].into_iter());
            if now.is_some() || self.in_base(id).is_some() {
                overlay.push(Changed { id, point, now });
            }
        }
        overlay.extend(old.cloned());
        let next = Self { base: Arc::clone(&self.base), overlay: overlay.into(), len, reach };
        if next.overlay.len() > OVERLAY_BOUND { next.packed(None) } else { next }
    }

    /// The same things as a base without an overlay; drawn anew where another frame is given.
    pub(crate) fn packed(&self, reframed: Option<&LocalFrame>) -> Self {
        let draw =
            |item: &Arc<Known<T>>, point| reframed.map_or(point, |frame| frame.to_metres(item.thing.place()));
        let mut items: Vec<_> =
            self.drawn().map(|(item, point)| (Arc::clone(item), draw(item, point))).collect();
        items.sort_unstable_by_key(|(item, _)| item.thing.id());
        let pointed =
            |(at, (_, point)): (usize, &(_, Metric))| GeomWithData::new([point.x, point.y], at as u32);
        let tree = RTree::bulk_load(items.iter().enumerate().map(pointed).collect());
        let reach = Bounds::around(items.iter().map(|(item, _)| item.thing.place()));
        Self { base: Arc::new(Base { items, tree }), overlay: Arc::new([]), len: self.len, reach }
    }
}
