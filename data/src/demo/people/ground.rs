//! Which grid, community and district hold a place, and at which doors and on which streets something can be told of.
//!
//! A view over the places of any city, made once. Areas are sorted into square buckets of the city's box, and a place is tried against those
//! of its bucket alone.

use crate::model::{
    area::Level,
    building::{Building, Entrance},
    entity::Entity,
    facility::{Facility, FacilityKind},
    id::{AreaId, CompoundId},
    place::{Bounds, Place},
    shape::{Outline, Polygon},
};
use std::collections::{BTreeMap, BTreeSet};

/// Buckets along each side of the city's box.
const BUCKETS: i64 = 96;

/// Where something is told of when its own sort of place is missing, homes last.
const EVERYWHERE: [Sort; 6] =
    [Sort::Hearing, Sort::Street, Sort::Work, Sort::Service, Sort::Clinic, Sort::Home];

/// An area as it is today.
pub(in crate::demo) struct Ward<'a> {
    pub(in crate::demo) id: AreaId,
    pub(in crate::demo) level: Level,
    pub(in crate::demo) name: &'a str,
    outline: &'a Outline,
    bounds: Bounds,
}

/// What sort of place something is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::demo) enum Sort {
    /// The stairwell of a house in which people live.
    Home,
    /// The door of a shop, a works, an office.
    Work,
    /// The open street.
    Street,
    /// A love station or a canteen.
    Service,
    /// Where disputes are heard: mediation rooms and party-service centres.
    Hearing,
    /// A clinic or hospital.
    Clinic,
}

/// A place of which something can be told.
#[derive(Clone, Debug)]
pub(in crate::demo) struct Spot<'a> {
    pub(in crate::demo) place: Place,
    /// The areas that hold it, the widest first.
    pub(in crate::demo) areas: Vec<AreaId>,
    /// The compound, the service place, the shop.
    pub(in crate::demo) name: &'a str,
    /// The house in the compound.
    pub(in crate::demo) house: &'a str,
    /// What is written on the door.
    pub(in crate::demo) door: &'a str,
    pub(in crate::demo) storeys: u16,
    /// The street, or street and number.
    pub(in crate::demo) road: &'a str,
}

/// A compound and where it lies.
pub(in crate::demo) struct Walled {
    pub(in crate::demo) id: CompoundId,
    pub(in crate::demo) areas: Vec<AreaId>,
    pub(in crate::demo) houses: usize,
}

/// The door of a service place, for whom resident duty is done there.
pub(in crate::demo) struct Desk {
    pub(in crate::demo) kind: FacilityKind,
    pub(in crate::demo) place: Place,
    pub(in crate::demo) areas: Vec<AreaId>,
}

/// The view.
pub(in crate::demo) struct Ground<'a> {
    wards: Vec<Ward<'a>>,
    frame: Option<Bounds>,
    buckets: Vec<Vec<usize>>,
    pub(in crate::demo) compounds: Vec<Walled>,
    pub(in crate::demo) desks: Vec<Desk>,
    spots: BTreeMap<Sort, Vec<Spot<'a>>>,
}

impl<'a> Ground<'a> {
    /// The view over these places. What lies in no area is left out, unless there are no areas at all.
    pub(in crate::demo) fn of(places: &'a [Entity]) -> Self {
        let mut wards: Vec<Ward<'a>> = places.iter().filter_map(ward).collect();
        wards.sort_by_key(|ward| (ward.level, ward.id));
        let frame = wards.iter().map(|ward| ward.bounds).reduce(Bounds::joined);
        let buckets = vec![Vec::new(); (BUCKETS * BUCKETS) as usize];
        let (compounds, desks, spots) = (Vec::new(), Vec::new(), BTreeMap::new());
        let mut ground = Self { wards, frame, buckets, compounds, desks, spots };
        ground.fill_buckets();
        ground.walk(places);
        ground
    }

    fn fill_buckets(&mut self) {
        for (index, ward) in self.wards.iter().enumerate() {
            let (Some(low), Some(high)) = (self.cell(ward.bounds.min), self.cell(ward.bounds.max)) else {
                continue;
            };
            for row in low.1..=high.1 {
                for column in low.0..=high.0 {
                    self.buckets[(row * BUCKETS + column) as usize].push(index);
                }
            }
        }
    }

    fn cell(&self, place: Place) -> Option<(i64, i64)> {
        let frame = self.frame.filter(|frame| frame.contains(place))?;
        let share = |at: i32, low: i32, high: i32| {
            let (at, low, high) = (i64::from(at), i64::from(low), i64::from(high));
            (at - low) * BUCKETS / (high - low + 1)
        };
        Some((
            share(place.lon_e7(), frame.min.lon_e7(), frame.max.lon_e7()),
            share(place.lat_e7(), frame.min.lat_e7(), frame.max.lat_e7()),
        ))
    }

    /// The areas that hold a place, the widest first; one of each level, that with the lowest id where several overlap.
    pub(in crate::demo) fn areas(&self, place: Place) -> Vec<AreaId> {
        let Some((column, row)) = self.cell(place) else { return Vec::new() };
        let mut found: Vec<(Level, AreaId)> = Vec::with_capacity(4);
        for ward in self.buckets[(row * BUCKETS + column) as usize].iter().map(|index| &self.wards[*index]) {
            let is_taken = found.last().is_some_and(|(level, _)| *level == ward.level);
            if !is_taken && ward.bounds.contains(place) && holds(ward.outline, place) {
                found.push((ward.level, ward.id));
            }
        }
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// Every area, the widest first.
    pub(in crate::demo) fn wards(&self) -> &[Ward<'a>] {
        &self.wards
    }
    /// The areas of the smallest level that there is: grids, where there are grids.
    pub(in crate::demo) fn leaves(&self) -> impl Iterator<Item = &Ward<'a>> {
        let smallest = self.wards.last().map(|ward| ward.level);
        self.wards.iter().filter(move |ward| Some(ward.level) == smallest)
    }
    /// The areas of a level.
    pub(in crate::demo) fn of_level(&self, level: Level) -> impl Iterator<Item = &Ward<'a>> {
        self.wards.iter().filter(move |ward| ward.level == level)
    }
    /// The widest area, that with the lowest id where there are several.
    pub(in crate::demo) fn widest(&self) -> Option<&Ward<'a>> {
        self.wards.first()
    }
    /// The places of a sort; in a city that has none, those of the next best sort; empty in a city without any.
    pub(in crate::demo) fn spots(&self, sort: Sort) -> &[Spot<'a>] {
        let others: &[Sort] = match sort {
            Sort::Home | Sort::Work | Sort::Street => &EVERYWHERE,
            // What is heard in confidence is never put at a home.
            _ => &EVERYWHERE[..5],
        };
        let sorts = std::iter::once(&sort).chain(others);
        sorts
            .filter_map(|sort| self.spots.get(sort))
            .find(|spots| !spots.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    fn walk(&mut self, places: &'a [Entity]) {
        let mut names: BTreeMap<CompoundId, (usize, &'a str)> = BTreeMap::new();
        for entity in places {
            if let Entity::Compound(compound) = entity {
                names.insert(compound.id, (self.compounds.len(), &compound.name));
                let areas = self.areas(compound.outline.bounds().centre());
                self.compounds.push(Walled { id: compound.id, areas, houses: 0 });
            }
        }
        let served_names: BTreeSet<&str> = places.iter().filter_map(service_name).collect();
        for entity in places {
            match entity {
                Entity::Building(house) => self.note_house(house, &names, &served_names),
                Entity::Street(street) => self.note_street(street.name.as_deref(), street.line.places()),
                Entity::Station(station) => self.note(Sort::Service, served(station.place, &station.name)),
                Entity::Facility(facility) => {
                    let sort = match facility.kind {
                        FacilityKind::Mediation | FacilityKind::PartyService => Sort::Hearing,
                        FacilityKind::Clinic => Sort::Clinic,
                        _ => Sort::Service,
                    };
                    if !matches!(
                        facility.kind,
                        FacilityKind::Police | FacilityKind::FireStation | FacilityKind::School
                    ) {
                        self.note(sort, served(facility.place, said_name(facility)));
                    }
                    let (kind, place) = (facility.kind, facility.place);
                    self.desks.push(Desk { kind, place, areas: self.areas(place) });
                }
                _ => {}
            }
        }
        self.settle_compounds(places, &names);
    }

    /// A compound lies where most of it is lived in: at the first door of its first house.
    fn settle_compounds(&mut self, places: &'a [Entity], names: &BTreeMap<CompoundId, (usize, &str)>) {
        let mut settled = vec![false; self.compounds.len()];
        for entity in places {
            let Entity::Building(house) = entity else { continue };
            let Some((index, _)) = house.compound.and_then(|id| names.get(&id)) else { continue };
            let door = house.entrances.first().map(|entrance| entrance.place);
            if let Some(place) = door.filter(|_| !settled[*index]) {
                settled[*index] = true;
                self.compounds[*index].areas = self.areas(place);
            }
        }
    }

    fn note_house(
        &mut self,
        house: &'a Building,
        compounds: &BTreeMap<CompoundId, (usize, &'a str)>,
        served_names: &BTreeSet<&str>,
    ) {
        let known = house.compound.and_then(|id| compounds.get(&id));
        let is_home = known.is_some() || house.households.is_some_and(|count| count > 0);
        let own = house.name.as_deref().unwrap_or_default();
        let road = house.address.as_deref().unwrap_or_default();
        let (sort, name, own) = match known {
            Some((index, name)) => {
                self.compounds[*index].houses += 1;
                (Sort::Home, *name, own)
            }
            None if is_home => (Sort::Home, "", if is_plain_chinese(own) { own } else { "" }),
            // What is told of a service place is told of its own door; of a pavilion nothing is.
            None if served_names.contains(own) || own.contains("凉亭") => return,
            None => (Sort::Work, if is_plain_chinese(own) { own } else { "" }, ""),
        };
        let label = |door: &'a Entrance| door.label.as_deref().unwrap_or_default();
        let mut doors: Vec<(Place, &str)> = house.entrances.iter().map(|it| (it.place, label(it))).collect();
        if doors.is_empty() {
            doors.extend(house.outline.places().take(1).map(|place| (place, "")));
        }
        let storeys = house.storeys.unwrap_or(1);
        for (place, door) in doors {
            self.note(sort, Spot { place, areas: Vec::new(), name, house: own, door, storeys, road });
        }
    }

    fn note_street(&mut self, name: Option<&'a str>, line: &[Place]) {
        if let Some(road) = name {
            let place = line[line.len() / 2];
            let (areas, name, house, door, storeys) = (Vec::new(), "", "", "", 1);
            self.note(Sort::Street, Spot { place, areas, name, house, door, storeys, road });
        }
    }

    fn note(&mut self, sort: Sort, mut spot: Spot<'a>) {
        spot.areas = self.areas(spot.place);
        if self.wards.is_empty() || !spot.areas.is_empty() {
            self.spots.entry(sort).or_default().push(spot);
        }
    }
}

/// The name of a service place.
fn service_name(entity: &Entity) -> Option<&str> {
    match entity {
        Entity::Station(it) => Some(&it.name),
        Entity::Facility(it) => Some(&it.name),
        _ => None,
    }
}

/// Whether a name is written in Chinese characters and digits alone, as those of a made-up town are. What is made up is not told of a shop by
/// a name that somebody may bear: imported maps hold names of people.
fn is_plain_chinese(name: &str) -> bool {
    name.chars().all(|it| it.is_ascii_digit() || ('\u{4e00}'..='\u{9fff}').contains(&it))
}

/// How a facility is named in what is told of it. A practice often bears the name of a doctor: it is named when it is a public one alone.
fn said_name(facility: &Facility) -> &str {
    let is_public = ["卫生", "医院"].iter().any(|word| facility.name.contains(word));
    if facility.kind == FacilityKind::Clinic && !is_public { "附近诊所" } else { &facility.name }
}

fn served(place: Place, name: &str) -> Spot<'_> {
    Spot { place, areas: Vec::new(), name, house: "", door: "", storeys: 1, road: "" }
}

fn ward(entity: &Entity) -> Option<Ward<'_>> {
    let Entity::Area(area) = entity else { return None };
    let version = area.current()?;
    let (name, outline) = (version.name.as_str(), &version.outline);
    Some(Ward { id: area.id, level: area.level, name, outline, bounds: outline.bounds() })
}

/// Whether an outline holds a place, exactly: a ray to the east crosses its rings an odd number of times. Of two outlines that share a
/// border, one alone holds a place on it.
fn holds(outline: &Outline, place: Place) -> bool {
    let (x, y) = (i128::from(place.lon_e7()), i128::from(place.lat_e7()));
    let mut inside = false;
    for ring in outline.polygons().iter().flat_map(Polygon::rings) {
        for pair in ring.places().windows(2) {
            let (a, b) = (pair[0], pair[1]);
            if (a.lat_e7() > place.lat_e7()) == (b.lat_e7() > place.lat_e7()) {
                continue;
            }
            let (ax, ay) = (i128::from(a.lon_e7()), i128::from(a.lat_e7()));
            let (bx, by) = (i128::from(b.lon_e7()), i128::from(b.lat_e7()));
            let turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
            if (by > ay) == (turn > 0) {
                inside = !inside;
            }
        }
    }
    inside
}
