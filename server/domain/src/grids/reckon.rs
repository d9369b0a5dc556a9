//! How many households a building has.

use gridward_data::model::{building::Building, place::Place, shape::Outline};

/// Floor for one household, square metres, stairs and walls counted in: some 37 m² a person (city households, census of 2020) times 2.6 persons.
pub const FLOOR_PER_HOUSEHOLD_M2: f64 = 100.0;

/// Storeys of a building of which they are not known. A guess between the house and the slab of six.
pub const STOREYS_UNKNOWN: u16 = 3;

/// Nobody lives in what is smaller than this, square metres: sheds, garages, kiosks.
pub const FOOTPRINT_MIN_M2: f64 = 40.0;

/// Where the storeys are not known and the footprint is larger than this, square metres, it is taken for a hall in which nobody lives.
pub const HALL_M2: f64 = 3_000.0;

/// The households of a building: as counted, where they were; else storeys × footprint / [`FLOOR_PER_HOUSEHOLD_M2`], rounded; 0 for sheds and halls.
///
/// It is a reckoning for drafts alone and is never stored as a fact.
#[must_use]
pub fn households(building: &Building) -> u32 {
    if let Some(counted) = building.households {
        return counted;
    }
    let footprint_m2 = area_m2(&building.outline);
    let hall = building.storeys.is_none() && footprint_m2 > HALL_M2;
    if footprint_m2 < FOOTPRINT_MIN_M2 || hall {
        return 0;
    }
    let storeys = f64::from(building.storeys.unwrap_or(STOREYS_UNKNOWN));
    (storeys * footprint_m2 / FLOOR_PER_HOUSEHOLD_M2).round() as u32
}

/// Metres in one unit of 1e-7° of latitude, on a sphere of 6,371 km.
pub(crate) const METRES_PER_UNIT: f64 = 0.011_119_5;

/// How much shorter a degree of longitude is than one of latitude, at a place.
pub(crate) fn shrink(place: Place) -> f64 {
    libm::cos(place.lat().to_radians()).max(1e-3)
}

/// The ground that an outline covers, square metres; good to 1 % for outlines of a city.
#[must_use]
pub fn area_m2(outline: &Outline) -> f64 {
    let rings = outline.polygons().iter().flat_map(gridward_data::model::shape::Polygon::rings);
    let twice_area: i128 = rings.map(gridward_data::model::shape::Ring::twice_area_e14).sum();
    0.5 * twice_area as f64 * shrink(outline.bounds().centre()) * METRES_PER_UNIT * METRES_PER_UNIT
}

#[cfg(test)]
mod tests {
    use super::*;
    use gridward_data::model::{
        id::BuildingId,
        shape::{Polygon, Ring},
    };

    /// A building of some 83 m by `depth` × 0.011 m.
    fn building(depth: i32, storeys: Option<u16>, households: Option<u32>) -> Building {
        let corners = [(0, 0), (10_000, 0), (10_000, depth), (0, depth), (0, 0)];
        let place =
            |(lon, lat)| Place::from_e7(1_233_500_000 + lon, 417_900_000 + lat).expect("on the Earth");
        let ring = Ring::new(corners.map(place).to_vec()).expect("a ring");
        Building {
            id: BuildingId::new(1).expect("an id"),
            outline: Outline::new(vec![Polygon::new(ring, vec![])]).expect("an outline"),
            name: None,
            address: None,
            storeys,
            households,
            entrances: vec![],
            compound: None,
        }
    }

    #[test]
    fn what_was_counted_counts_before_what_is_reckoned() {
        assert_eq!(households(&building(1_000, Some(6), Some(7))), 7);
        assert_eq!(households(&building(1_000, Some(6), Some(0))), 0);
    }

    #[test]
    fn a_slab_of_83_by_11_metres_and_six_storeys_has_some_55_households() {
        assert_eq!(households(&building(1_000, Some(6), None)), 55);
        assert_eq!(households(&building(1_000, None, None)), 28);
    }

    #[test]
    fn nobody_lives_in_a_shed_or_a_hall() {
        assert_eq!(households(&building(30, Some(1), None)), 0);
        assert_eq!(households(&building(4_000, None, None)), 0);
        assert!(households(&building(4_000, Some(30), None)) > 1_000);
    }
}
