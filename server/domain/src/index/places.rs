//! What stands on the ground: areas, compounds, buildings, stations, facilities, streets, restricted turns.
//!
//! One `Arc` per kind: a batch makes anew the kinds that it touches and shares the others.

use super::{
    anchor::anchor,
    ground::Shape,
    layer::{Layer, Placed},
};
use gridward_data::model::{
    area::{Area, AreaVersion, Level},
    building::{Building, Compound},
    entity::{Entity, Kind},
    facility::Facility,
    id::AreaId,
    local::LocalFrame,
    place::{Bounds, Place},
    road::{Restriction, Street},
    source::Source,
    station::Station,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

macro_rules! placed {
    ($($kind:ident, $closed:literal, $it:ident => $shape:expr;)*) => { $(
        impl Placed for $kind {
            const KIND: Kind = Kind::$kind;
            const CLOSED: bool = $closed;
            fn id(&self) -> u64 {
                self.id.number()
            }
            fn shape(&self) -> Option<Shape<'_>> {
                let $it = self;
                $shape
            }
            fn from_entity(entity: Entity) -> Option<Self> {
                if let Entity::$kind(it) = entity { Some(it) } else { None }
            }
        }
    )* };
}

placed! {
    Area, true, it => it.current().map(|version| Shape::Outline(&version.outline));
    Compound, true, it => Some(Shape::Outline(&it.outline));
    Building, true, it => Some(Shape::Outline(&it.outline));
    Station, false, it => Some(Shape::Point(it.place));
    Facility, false, it => Some(Shape::Point(it.place));
    Street, false, it => Some(Shape::Line(&it.line));
    Restriction, false, _it => None;
    Source, false, _it => None;
}

/// Everything that stands on the ground. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Places {
    /// 辖区, ended ones too.
    pub areas: Arc<Areas>,
    /// 小区.
    pub compounds: Arc<Layer<Compound>>,
    /// 楼栋.
    pub buildings: Arc<Layer<Building>>,
    /// 爱心驿站.
    pub stations: Arc<Layer<Station>>,
    /// 服务设施.
    pub facilities: Arc<Layer<Facility>>,
    /// Streets and footpaths.
    pub streets: Arc<Layer<Street>>,
    /// Restricted turns: they lie nowhere by themselves.
    pub restrictions: Arc<Layer<Restriction>>,
    /// Whom to thank for all of it: they lie nowhere either.
    pub sources: Arc<Layer<Source>>,
}

impl Places {
    /// Nothing at all.
    pub(crate) fn empty() -> Self {
        Self {
            areas: Arc::new(Areas::new(Arc::new(Layer::empty()))),
            compounds: Arc::new(Layer::empty()),
            buildings: Arc::new(Layer::empty()),
            stations: Arc::new(Layer::empty()),
            facilities: Arc::new(Layer::empty()),
            streets: Arc::new(Layer::empty()),
            restrictions: Arc::new(Layer::empty()),
            sources: Arc::new(Layer::empty()),
        }
    }
}

/// All areas with their tree: who lies in whom.
#[derive(Debug)]
pub struct Areas {
    layer: Arc<Layer<Area>>,
    /// Positions of the areas of today by level, in the order of [`Level::ALL`]; each by code, then id.
    levels: [Vec<u32>; 4],
    children: BTreeMap<AreaId, Vec<u32>>,
    /// Where to write the name of each, reckoned when first asked for.
    anchors: Vec<OnceLock<Option<Place>>>,
}

impl Areas {
    pub(crate) fn new(layer: Arc<Layer<Area>>) -> Self {
        let mut today: Vec<(u32, &Area, &AreaVersion)> = Vec::new();
        for (at, area) in layer.iter().enumerate() {
            today.extend(area.current().map(|version| (at as u32, area.as_ref(), version)));
        }
        today.sort_by(|a, b| (a.2.code.text(), a.1.id).cmp(&(b.2.code.text(), b.1.id)));
        let mut levels: [Vec<u32>; 4] = Default::default();
        let mut children: BTreeMap<AreaId, Vec<u32>> = BTreeMap::new();
        for (at, area, version) in today {
            levels[area.level as usize].push(at);
            if let Some(parent) = version.parent {
                children.entry(parent).or_default().push(at);
            }
        }
        let anchors = layer.iter().map(|_| OnceLock::new()).collect();
        Self { layer, levels, children, anchors }
    }

    /// All areas, ended ones too.
    #[must_use]
    pub const fn layer(&self) -> &Arc<Layer<Area>> {
        &self.layer
    }
    /// The area with this id, ended or not. O(log n).
    #[must_use]
    pub fn find(&self, id: AreaId) -> Option<&Arc<Area>> {
        self.layer.find(id.number())
    }
    /// The areas of today at a level, by code, then id.
    #[must_use]
    pub fn at_level(&self, level: Level) -> impl ExactSizeIterator<Item = &Arc<Area>> {
        self.levels[level as usize].iter().map(|at| self.layer.at(*at as usize))
    }
    /// The areas of today right below an area, by code, then id.
    #[must_use]
    pub fn children(&self, parent: AreaId) -> impl ExactSizeIterator<Item = &Arc<Area>> {
        let positions = self.children.get(&parent).map_or(&[][..], Vec::as_slice);
        positions.iter().map(|at| self.layer.at(*at as usize))
    }
    /// The areas of today at a level whose boxes touch the box, in no particular order. O(log n + answers of all levels).
    pub fn within(
        &self,
        level: Level,
        bounds: Bounds,
        frame: &LocalFrame,
    ) -> impl Iterator<Item = &Arc<Area>> {
        self.layer.within(bounds, frame).filter(move |area| area.level == level)
    }
    /// A place inside the area of today, for its name and as its centre (see [`anchor`]); `None` for an area that is not, or ended.
    /// The first asking reckons it, all later ones know it.
    #[must_use]
    pub fn anchor(&self, id: AreaId) -> Option<Place> {
        let at = self.layer.position(id.number())?;
        let reckon = || self.layer.at(at).current().map(|version| anchor(&version.outline));
        *self.anchors[at].get_or_init(reckon)
    }
    /// An area and those above it today, the widest first; empty for an id that is no area. O(levels · log n).
    #[must_use]
    pub fn chain(&self, id: AreaId) -> Vec<AreaId> {
        let parent = |id: &AreaId| self.find(*id)?.current()?.parent;
        let known = self.find(id).map(|area| area.id);
        // Four levels: a chain that were longer would be a ring.
        let mut chain: Vec<AreaId> = std::iter::successors(known, parent).take(Level::ALL.len()).collect();
        chain.reverse();
        chain
    }
    /// The widest area of today; of several, the one with the first code.
    #[must_use]
    pub fn widest(&self) -> Option<&Arc<Area>> {
        let first = self.levels.iter().find_map(|level| level.first())?;
        Some(self.layer.at(*first as usize))
    }
}
