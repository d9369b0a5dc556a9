//! How a GeoJSON file of buildings is read.

use super::{
    Fault, Import, ImportError, Reason, areas, geojson, ground,
    outcome::Summary,
    properties::{text, whole, words},
};
use crate::model::{building::Building, frame::Frame, id::BuildingId, shape::Outline};
use std::ops::RangeInclusive;

/// No building of the world has more storeys.
const STOREYS: RangeInclusive<u32> = 1..=200;
/// No building has more households; many have none.
const HOUSEHOLDS: RangeInclusive<u32> = 0..=100_000;

/// How the file is meant.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only buildings whose centre of gravity lies in this outline (WGS-84) are taken, for example that of a district.
    pub within: Option<Outline>,
    /// Under which names properties are sought.
    pub keys: Keys,
}

/// Under which names properties are sought: the first that is there counts; capital letters do not.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The name.
    pub name: Vec<String>,
    /// The whole address.
    pub address: Vec<String>,
    /// The street of the address, where it is given in parts.
    pub street: Vec<String>,
    /// The number of the house, where the address is given in parts.
    pub number: Vec<String>,
    /// The storeys.
    pub storeys: Vec<String>,
    /// The households.
    pub households: Vec<String>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            name: words(&["name", "mc", "名称", "楼栋名称"]),
            address: words(&["address", "addr:full", "dz", "地址"]),
            street: words(&["addr:street", "street", "街路"]),
            number: words(&["addr:housenumber", "housenumber", "门牌号"]),
            storeys: words(&["building:levels", "storeys", "floors", "floor", "levels", "层数"]),
            households: words(&["households", "building:flats", "户数"]),
        }
    }
}

/// Reads buildings whose vertices are given in this frame.
///
/// Storeys and households that are no numbers are left empty and counted. Fails when a vertex cannot be of the frame, and when no building can be used.
pub fn read(bytes: &[u8], frame: Frame, options: &Options) -> Result<Import, ImportError> {
    let mut summary = Summary::default();
    let (mut buildings, mut faults) = (Vec::new(), Vec::new());
    let bounds = options.within.as_ref().map(|within| (within, within.bounds()));
    for feature in geojson::read(bytes, frame)? {
        summary.add("features read");
        let (record, position) = (Some(feature.record), Some(feature.position));
        let outline = match feature.ground.and_then(|rings| areas::outline(rings, &mut summary)) {
            Ok(outline) => outline,
            // Files of buildings often hold their labels and doors too.
            Err(Reason::OtherGeometry { found, .. }) => {
                summary.add(format!("features left out: {found}"));
                continue;
            }
            Err(reason) => {
                faults.extend(record.map(|record| Fault { record, position, place: None, reason }));
                continue;
            }
        };
        let centre = ground::centre(&outline);
        if bounds.is_some_and(|(within, bounds)| !bounds.contains(centre) || !ground::covers(within, centre))
        {
            summary.add("buildings left out: beyond the outline");
            continue;
        }
        let (of, keys) = (&feature.properties, &options.keys);
        let mut number =
            |keys: &[String], range: RangeInclusive<u32>, phrase: &str| match whole(of, keys, range) {
                Some(Err(_)) => {
                    summary.add(phrase);
                    None
                }
                number => number.and_then(Result::ok),
            };
        let storeys = number(&keys.storeys, STOREYS, "buildings whose storeys are not understood");
        let households =
            number(&keys.households, HOUSEHOLDS, "buildings whose households are not understood");
        let id = BuildingId::new(buildings.len() as u64 + 1).expect("there are fewer buildings than ids");
        buildings.push(Building {
            id,
            outline,
            name: text(of, &keys.name),
            address: text(of, &keys.address)
                .or_else(|| in_one(text(of, &keys.street), text(of, &keys.number))),
            storeys: storeys.and_then(|storeys| u16::try_from(storeys).ok()),
            households,
            entrances: Vec::new(),
            compound: None,
        });
    }
    if buildings.is_empty() {
        return Err(ImportError::nothing(
            "building",
            &faults,
            "give footprints as Polygon, in the right frame",
        ));
    }
    summary.add_many("faults", faults.len() as u64);
    let entities = buildings.into_iter().map(Into::into).collect();
    Ok(Import { entities, faults, summary, ..Import::default() })
}

/// Street and number in one line, run together where the street is written in Chinese; a number alone is better than nothing.
pub(super) fn in_one(street: Option<String>, number: Option<String>) -> Option<String> {
    match (street, number) {
        (Some(street), Some(number)) => {
            let run_together = street.ends_with(|last: char| ('\u{4e00}'..='\u{9fff}').contains(&last));
            Some(if run_together { format!("{street}{number}") } else { format!("{street} {number}") })
        }
        (_, number) => number,
    }
}
