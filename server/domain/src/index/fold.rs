//! The only way in: facts and rows of the log become the next snapshot.
//!
//! **Which row counts.** A row counts if its revision is newer than the one known of the thing. So rows may come again and in any
//! order, and the end is the same. For that, what is gone must be remembered:
//!
//! - The revision at which a thing went is kept for as long as the snapshot lives on (some 50 bytes a thing): an older row that comes late, even
//!   long after, does not raise it again. Ids are never used twice, so this costs nothing else.
//! - What is over (a patrol that has ended) is gone in this sense, though the row still says how it was.
//! - What went before the load is not known one by one. But the load is everything up to its version, so rows up to that version
//!   are not news, whatever they say.
//!
//! The record starts anew with each load, which keeps it short. A row of another epoch is refused: the log is not the one that the
//! snapshot came from, and all must be loaded anew.

use super::{
    Index,
    affairs::{Affair, Affairs, Known},
    layer::{Layer, NextLayer, Placed, joined},
    people::People,
    places::{Areas, Places},
    records::{Record, Records},
};
use gridward_data::{
    model::{
        entity::{Entity, Key, Kind},
        id::AreaId,
        local::LocalFrame,
        place::{Bounds, Place},
    },
    store::{
        change::{After, LogRow, Revision},
        question::Fact,
        version::Version,
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// Rows of a log that is not the one the snapshot came from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the log is of epoch {found}, the index was loaded from epoch {loaded}: load the index anew")]
pub struct ForeignEpoch {
    /// The epoch of the snapshot.
    pub loaded: String,
    /// The epoch of the row.
    pub found: String,
}

/// What becomes of one thing. `entity` is `None` where it is gone, or not to be shown any more.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) key: Key,
    pub(crate) revision: Revision,
    pub(crate) areas: Vec<AreaId>,
    pub(crate) entity: Option<Entity>,
}

impl Step {
    /// The thing with its areas, if it is there and of this kind.
    pub(crate) fn known<T: Affair>(self) -> Option<Known<T>> {
        let thing = T::from_entity(self.entity?)?;
        Some(Known { revision: self.revision, areas: self.areas.into_boxed_slice(), thing })
    }
    /// The record with its areas, if it is there and of this kind.
    pub(crate) fn record<T: Record>(self) -> Option<Known<T>> {
        let thing = T::from_entity(self.entity?)?;
        Some(Known { revision: self.revision, areas: self.areas.into_boxed_slice(), thing })
    }
}

impl Index {
    /// The snapshot of everything that the store held at a version. Kinds that are not on the map are passed over; of a thing that is given
    /// twice the newer revision counts. O(n log n).
    #[must_use]
    pub fn build(version: Version, facts: impl IntoIterator<Item = Fact>) -> Self {
        let step = |fact: Fact| Step {
            key: fact.key,
            revision: fact.revision,
            areas: fact.areas,
            entity: Some(fact.entity).filter(|entity| !entity.is_over()),
        };
        Self::empty(version.clone()).after(facts.into_iter().map(step), version)
    }

    /// The next snapshot: this one and the rows that are news to it. One call per drained batch.
    ///
    /// A batch that touches affairs alone costs O(rows) and now and then more (see [`super::affairs`]); one that
    /// touches places costs O(n log n) for each kind that it touches; one that touches neither costs nothing but the version.
    pub fn apply(&self, rows: impl IntoIterator<Item = LogRow>) -> Result<Self, ForeignEpoch> {
        let mut version = self.version.clone();
        let mut steps = Vec::new();
        for row in rows {
            if row.version.epoch() != self.loaded.epoch() {
                let found = row.version.epoch().to_owned();
                return Err(ForeignEpoch { loaded: self.loaded.epoch().to_owned(), found });
            }
            if row.version.reaches(&version) {
                version = row.version.clone();
            }
            if self.loaded.reaches(&row.version) {
                continue;
            }
            let entity = match row.after {
                After::Now(entity) => Some(*entity).filter(|entity| !entity.is_over()),
                After::Veiled | After::Gone => None,
            };
            steps.push(Step { key: row.key, revision: row.revision, areas: row.areas_after, entity });
        }
        Ok(self.after(steps, version))
    }

    fn empty(version: Version) -> Self {
        let nowhere = Place::from_e7(0, 0).expect("0, 0 is a place");
        Self {
            loaded: version.clone(),
            version,
            frame: Arc::new(LocalFrame::around(nowhere)),
            places: Places::empty(),
            affairs: Affairs {
                hazards: super::affairs::Points::empty(),
                cases: super::affairs::Points::empty(),
                tasks: super::affairs::Points::empty(),
                closures: Records::empty(),
            },
            people: People::empty(),
            gone: Arc::new(BTreeMap::new()),
        }
    }

    /// At which revision a thing is known, be it that it is gone.
    fn known_revision(&self, key: Key) -> Option<Revision> {
        let (places, people) = (&self.places, &self.people);
        let there = match key.kind {
            Kind::Area => places.areas.layer().revision(key.id),
            Kind::Compound => places.compounds.revision(key.id),
            Kind::Building => places.buildings.revision(key.id),
            Kind::Station => places.stations.revision(key.id),
            Kind::Facility => places.facilities.revision(key.id),
            Kind::Street => places.streets.revision(key.id),
            Kind::Restriction => places.restrictions.revision(key.id),
            Kind::Source => places.sources.revision(key.id),
            Kind::Hazard => self.affairs.hazards.find(key.id).map(|known| known.revision),
            Kind::Case => self.affairs.cases.find(key.id).map(|known| known.revision),
            Kind::Task => self.affairs.tasks.find(key.id).map(|known| known.revision),
            Kind::Closure => self.affairs.closures.revision(key.id),
            Kind::Organisation => people.organisations.revision(key.id),
            Kind::Post => people.posts.revision(key.id),
            Kind::Responder => people.responders.revision(key.id),
            Kind::Roster => people.rosters.revision(key.id),
            Kind::Shift => people.shifts.revision(key.id),
            Kind::PatrolPlan => people.plans.revision(key.id),
            Kind::Patrol => people.patrols.revision(key.id),
            Kind::Report | Kind::Visit => None,
        };
        there.or_else(|| self.gone.get(&key).copied())
    }

    fn after(&self, steps: impl IntoIterator<Item = Step>, version: Version) -> Self {
        let mut news: BTreeMap<Key, Step> = BTreeMap::new();
        for step in steps {
            let newest =
                news.get(&step.key).map(|step| step.revision).or_else(|| self.known_revision(step.key));
            if is_indexed(step.key.kind) && newest.is_none_or(|newest| newest < step.revision) {
                news.insert(step.key, step);
            }
        }
        let gone = self.gone_after(&news);
        let mut by_kind: BTreeMap<Kind, Vec<Step>> = BTreeMap::new();
        for (key, step) in news {
            by_kind.entry(key.kind).or_default().push(step);
        }
        let people = self.people.after(&mut by_kind);
        let (frame, places, affairs) = self.drawn_after(by_kind);
        Self { version, loaded: self.loaded.clone(), frame, places, affairs, people, gone }
    }

    fn gone_after(&self, news: &BTreeMap<Key, Step>) -> Arc<BTreeMap<Key, Revision>> {
        let mut gone = Arc::clone(&self.gone);
        for (key, step) in news {
            if step.entity.is_none() {
                Arc::make_mut(&mut gone).insert(*key, step.revision);
            } else if gone.contains_key(key) {
                Arc::make_mut(&mut gone).remove(key);
            }
        }
        gone
    }

    fn drawn_after(&self, mut steps: BTreeMap<Kind, Vec<Step>>) -> (Arc<LocalFrame>, Places, Affairs) {
        fn next<T: Placed>(layer: &Arc<Layer<T>>, steps: &mut BTreeMap<Kind, Vec<Step>>) -> NextLayer<T> {
            NextLayer::new(layer, steps.remove(&T::KIND).unwrap_or_default())
        }
        let old = &self.places;
        let areas = next(old.areas.layer(), &mut steps);
        let compounds = next(&old.compounds, &mut steps);
        let buildings = next(&old.buildings, &mut steps);
        let stations = next(&old.stations, &mut steps);
        let facilities = next(&old.facilities, &mut steps);
        let streets = next(&old.streets, &mut steps);
        let restrictions = next(&old.restrictions, &mut steps);
        let sources = next(&old.sources, &mut steps);

        let mut affairs = self.affairs.clone();
        affairs.hazards = affairs.hazards.after(steps.remove(&Kind::Hazard).unwrap_or_default(), &self.frame);
        affairs.cases = affairs.cases.after(steps.remove(&Kind::Case).unwrap_or_default(), &self.frame);
        affairs.tasks = affairs.tasks.after(steps.remove(&Kind::Task).unwrap_or_default(), &self.frame);
        affairs.closures = affairs.closures.after(&mut steps);

        let ground = [areas.bounds(), compounds.bounds(), buildings.bounds(), stations.bounds()];
        let others = [facilities.bounds(), streets.bounds()];
        let all = joined(ground.into_iter().chain(others));
        let bounds = all.or_else(|| joined([affairs.hazards.reach(), affairs.cases.reach()].into_iter()));
        let centre = bounds.map_or(self.frame.centre(), frame_centre);
        let reframed = centre != self.frame.centre();
        let frame = if reframed { Arc::new(LocalFrame::around(centre)) } else { Arc::clone(&self.frame) };
        if reframed {
            affairs.hazards = affairs.hazards.packed(Some(&frame));
            affairs.cases = affairs.cases.packed(Some(&frame));
            affairs.tasks = affairs.tasks.packed(Some(&frame));
        }
        let areas = areas.draw(&frame, reframed);
        let same = Arc::ptr_eq(&areas, old.areas.layer());
        let places = Places {
            areas: if same { Arc::clone(&old.areas) } else { Arc::new(Areas::new(areas)) },
            compounds: compounds.draw(&frame, reframed),
            buildings: buildings.draw(&frame, reframed),
            stations: stations.draw(&frame, reframed),
            facilities: facilities.draw(&frame, reframed),
            streets: streets.draw(&frame, reframed),
            restrictions: restrictions.draw(&frame, reframed),
            sources: sources.draw(&frame, reframed),
        };
        (frame, places, affairs)
    }
}

/// Whether the index holds things of the kind.
const fn is_indexed(kind: Kind) -> bool {
    !matches!(kind, Kind::Report | Kind::Visit)
}

/// The middle of the frame for things in a box: the middle of the box, rounded to tenths of a degree. So it is a matter of what there is
/// and not of the order in which it came, and yet it seldom moves.
fn frame_centre(bounds: Bounds) -> Place {
    const TENTH_E7: i32 = 1_000_000;
    let centre = bounds.centre();
    let rounded = |e7: i32| (e7 + TENTH_E7 / 2).div_euclid(TENTH_E7) * TENTH_E7;
    Place::from_e7(rounded(centre.lon_e7()), rounded(centre.lat_e7())).unwrap_or(centre)
}
