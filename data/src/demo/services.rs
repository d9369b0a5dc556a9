//! Where help is found: love stations and service places behind the doors of shops, in every community.

use super::{
    areas::{Tract, Tracts},
    dice::{Dice, Purpose},
    dwellings::every_day,
    yard::{Door, Made},
};
use crate::model::{
    area::Level,
    facility::{Facility, FacilityKind},
    id::{FacilityId, StationId},
    place::Place,
    station::Station,
    time::{Timetable, Weekday},
};
use std::collections::BTreeMap;

/// The stations and facilities of the town.
pub(super) struct Services {
    pub(super) stations: Vec<Station>,
    pub(super) facilities: Vec<Facility>,
}

/// Opens stations and facilities; the shops that they move into take their names.
pub(super) fn open(tracts: &Tracts, stations: usize, seed: u64, made: &mut Made) -> Services {
    let mut shops: BTreeMap<usize, Vec<Door>> = BTreeMap::new();
    for door in std::mem::take(&mut made.shops) {
        shops.entry(tracts.community_of(door.cell)).or_default().push(door);
    }
    let mut first_building: BTreeMap<usize, Place> = BTreeMap::new();
    for (cell, place) in &made.first_doors {
        first_building.entry(tracts.community_of(*cell)).or_insert(*place);
    }
    let dice = Dice::new(seed, Purpose::Services, 0);
    let services = Services { stations: Vec::new(), facilities: Vec::new() };
    let mut opening = Opening { made, shops, first_building, dice, services };
    let communities: Vec<(usize, &Tract)> = tracts.of(Level::Community).collect();
    opening.stations(&communities, stations);
    for (nth, (index, tract)) in communities.iter().enumerate() {
        opening.community(nth, *index, &tract.name);
    }
    for (nth, (street, tract)) in tracts.of(Level::Street).enumerate() {
        let within = communities.iter().find(|(_, community)| community.parent == Some(street));
        if let Some((community, _)) = within {
            opening.sub_district(nth, *community, &tract.name);
        }
    }
    opening.schools();
    opening.services
}

struct Opening<'a> {
    made: &'a mut Made,
    /// Shops that are still free, by community.
    shops: BTreeMap<usize, Vec<Door>>,
    /// The door of some building of each community.
    first_building: BTreeMap<usize, Place>,
    dice: Dice,
    services: Services,
}

impl Opening<'_> {
    /// Moves into a shop of the community, which takes the name; beside the first door there where no shop is left.
    fn door(&mut self, community: usize, name: &str) -> Option<Place> {
        let free = self.shops.entry(community).or_default();
        if free.is_empty() {
            return self.first_building.get(&community).copied();
        }
        let door = free.swap_remove(self.dice.below(free.len()));
        self.made.buildings[door.building].name = Some(name.to_owned());
        Some(door.place)
    }

    fn stations(&mut self, communities: &[(usize, &Tract)], count: usize) {
        let mut before = BTreeMap::new();
        for nth in 0..count {
            let (community, tract) = communities[nth * communities.len() / count];
            let here = before.entry(community).and_modify(|here| *here += 1).or_insert(1_usize);
            let name = match *here {
                1 => format!("{}爱心驿站", tract.name),
                here => format!("{}第{here}爱心驿站", tract.name),
            };
            let Some(place) = self.door(community, &name) else { continue };
            let id = StationId::new(self.made.before.stations + self.services.stations.len() as u64 + 1)
                .expect("counted from one");
            let (from, until) = self.dice.pick(&[(8, 18), (8, 20), (9, 21), (6, 22), (0, 24)]);
            let timetable = every_day(from * 60, until * 60);
            self.services.stations.push(Station { id, name, place, timetable });
        }
    }

    fn community(&mut self, nth: usize, community: usize, name: &str) {
        let offices = working_days(8 * 60 + 30, 17 * 60);
        let meals = every_day(6 * 60 + 30, 19 * 60);
        let rows = [
            (FacilityKind::PartyService, 1, 0, "党群服务中心", offices.clone()),
            (FacilityKind::Clinic, 1, 0, "卫生服务站", every_day(8 * 60, 17 * 60)),
            (FacilityKind::Mediation, 1, 0, "调解室", offices),
            (FacilityKind::Canteen, 2, 0, "食堂", meals),
            (FacilityKind::ElderCare, 3, 0, "养老服务站", every_day(0, 24 * 60)),
            (FacilityKind::ChildCare, 3, 1, "托育中心", working_days(7 * 60 + 30, 18 * 60)),
        ];
        for (kind, every, offset, what, timetable) in rows {
            if nth % every == offset {
                self.facility(kind, community, format!("{name}{what}"), timetable);
            }
        }
    }

    fn sub_district(&mut self, nth: usize, community: usize, name: &str) {
        let short = name.strip_suffix("街道").unwrap_or(name);
        let offices = working_days(8 * 60 + 30, 17 * 60);
        let always = every_day(0, 24 * 60);
        self.facility(FacilityKind::PublicOffice, community, format!("{name}办事大厅"), offices.clone());
        self.facility(FacilityKind::LegalAid, community, format!("{name}法律援助工作站"), offices);
        self.facility(FacilityKind::Police, community, format!("{short}派出所"), always.clone());
        if nth.is_multiple_of(2) {
            self.facility(FacilityKind::FireStation, community, format!("{short}消防救援站"), always);
        }
    }

    fn schools(&mut self) {
        for door in std::mem::take(&mut self.made.schools) {
            let house = self.made.buildings[door.building].name.clone().unwrap_or_default();
            let name = house.strip_suffix("教学楼").unwrap_or(&house).to_owned();
            self.push(FacilityKind::School, name, door.place, working_days(7 * 60, 17 * 60 + 30));
        }
    }

    fn facility(&mut self, kind: FacilityKind, community: usize, name: String, timetable: Timetable) {
        if let Some(place) = self.door(community, &name) {
            self.push(kind, name, place, timetable);
        }
    }

    fn push(&mut self, kind: FacilityKind, name: String, place: Place, timetable: Timetable) {
        let id = FacilityId::new(self.made.before.facilities + self.services.facilities.len() as u64 + 1)
            .expect("counted from one");
        self.services.facilities.push(Facility { id, kind, name, place, timetable });
    }
}

/// The same hours from Monday to Friday, local minutes since midnight.
fn working_days(from_min: u16, until_min: u16) -> Timetable {
    let mut week = every_day(from_min, until_min);
    week.0.retain(|span| span.day < Weekday::Saturday);
    week
}
