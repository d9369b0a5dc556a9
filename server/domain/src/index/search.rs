//! What is called so: areas, compounds, stations, facilities and streets by name or code.
//!
//! All names are gone through, some ten thousand: a list of them kept in order would answer a prefix and not the middle of a name, and people type
//! the middle ("爱心" for 爱心社区).

use super::{Index, layer::Layer};
use gridward_data::model::{
    area::Level,
    entity::{Key, Kind},
    place::Place,
};
use std::collections::BTreeSet;

/// Something with the name that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which thing.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// Its code, for areas.
    pub code: Option<String>,
    /// How wide it is, for areas.
    pub level: Option<Level>,
    /// Where to look for it on the map.
    pub place: Place,
}

/// How well a name fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    Within,
}

fn fit(name: &str, asked: &str) -> Option<Fit> {
    let name = name.to_lowercase();
    if name == asked {
        Some(Fit::Whole)
    } else if name.starts_with(asked) {
        Some(Fit::Beginning)
    } else {
        name.contains(asked).then_some(Fit::Within)
    }
}

impl Index {
    /// Up to `limit` things whose name or code is, begins with, or holds the text, in this order; then the widest areas first, compounds, stations,
    /// facilities, streets; then the shorter name, then the lower number. A street of several pieces comes once. Letters count
    /// alike, large or small; an empty text finds nothing. O(names).
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<Named> {
        let asked = text.trim().to_lowercase();
        if asked.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<((Fit, usize, usize, u64), Named)> = Vec::new();
        let mut offer = |rank: usize, fit: Option<Fit>, named: &dyn Fn() -> Option<Named>| {
            let named = fit.and_then(|fit| named().map(|named| (fit, named)));
            found.extend(named.map(|(fit, it)| ((fit, rank, it.name.chars().count(), it.key.id), it)));
        };
        let areas = &self.places.areas;
        for (rank, level) in Level::ALL.into_iter().enumerate() {
            for area in areas.at_level(level) {
                let Some(now) = area.current() else { continue };
                let by_name = fit(&now.name, &asked);
                let best = by_name.into_iter().chain(fit(now.code.text(), &asked)).min();
                offer(rank, best, &|| {
                    Some(Named {
                        key: Key { kind: Kind::Area, id: area.id.number() },
                        name: now.name.clone(),
                        code: Some(now.code.text().to_owned()),
                        level: Some(level),
                        place: areas.anchor(area.id)?,
                    })
                });
            }
        }
        let named = |kind, id, name: &str, place| Named {
            key: Key { kind, id },
            name: name.to_owned(),
            code: None,
            level: None,
            place,
        };
        for it in self.places.compounds.iter() {
            let place = || it.outline.bounds().centre();
            offer(4, fit(&it.name, &asked), &|| {
                Some(named(Kind::Compound, it.id.number(), &it.name, place()))
            });
        }
        for it in self.places.stations.iter() {
            offer(5, fit(&it.name, &asked), &|| {
                Some(named(Kind::Station, it.id.number(), &it.name, it.place))
            });
        }
        for it in self.places.facilities.iter() {
            offer(6, fit(&it.name, &asked), &|| {
                Some(named(Kind::Facility, it.id.number(), &it.name, it.place))
            });
        }
        let mut streets = BTreeSet::new();
        for it in Layer::iter(&self.places.streets) {
            let Some(name) = it.name.as_deref() else { continue };
            let fits = fit(name, &asked).filter(|_| streets.insert(name));
            let places = it.line.places();
            offer(7, fits, &|| Some(named(Kind::Street, it.id.number(), name, places[places.len() / 2])));
        }
        found.sort_by_key(|(order, _)| *order);
        found.truncate(limit);
        found.into_iter().map(|(_, named)| named).collect()
    }
}
