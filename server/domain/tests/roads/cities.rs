//! On real cities: hundreds of ways, in every mode, against the oracle.

use crate::oracle::{Asked, Oracle};
use gridward_data::{
    import::osm,
    model::{
        entity::Entity,
        id::CompoundId,
        local::LocalFrame,
        place::{Bounds, Place},
        road::{Mode, Restriction, Street},
        shape::Outline,
        time::Timestamp,
    },
};
use gridward_domain::roads::{Roads, Scratch, Snap};

/// A Monday, 15:07 in China.
const NOW: Timestamp = crate::lattice::NOW;

struct City {
    streets: Vec<Street>,
    restrictions: Vec<Restriction>,
    compounds: Vec<(CompoundId, Outline)>,
    frame: LocalFrame,
    bounds: Bounds,
}

fn city(name: &str) -> Option<City> {
    let path = format!("{}/../../../shared/data/osm/{name}", env!("CARGO_MANIFEST_DIR"));
    let Ok(file) = std::fs::File::open(path) else {
        println!("skipped: {name} is not on this machine");
        return None;
    };
    let import = osm::read(file, &osm::Options::default()).expect("a sound map");
    let (mut streets, mut restrictions, mut compounds) = (vec![], vec![], vec![]);
    for entity in import.entities {
        match entity {
            Entity::Street(street) => streets.push(street),
            Entity::Restriction(restriction) => restrictions.push(restriction),
            Entity::Compound(compound) => compounds.push((compound.id, compound.outline)),
            _ => {}
        }
    }
    let places = streets.iter().flat_map(|street| street.line.places().iter().copied());
    let bounds = Bounds::around(places).expect("there are streets");
    Some(City { streets, restrictions, compounds, frame: LocalFrame::of(bounds), bounds })
}

impl City {
    fn roads(&self) -> Roads {
        let compounds = self.compounds.iter().map(|(id, outline)| (*id, outline));
        Roads::build(&self.streets, &self.restrictions, compounds, &self.frame)
    }

    /// Places all over it, always the same.
    fn places(&self) -> impl Iterator<Item = Place> + '_ {
        let mut number = 1_u64;
        std::iter::repeat_with(move || {
            let mut below = |bound: i32| {
                number =
                    number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((number >> 33) % bound as u64) as i32
            };
            let (min, max) = (self.bounds.min, self.bounds.max);
            let lon = min.lon_e7() + below(max.lon_e7() - min.lon_e7());
            let lat = min.lat_e7() + below(max.lat_e7() - min.lat_e7());
            Place::from_e7(lon, lat).expect("between two places")
        })
    }
}

/// Ways from some places to others, in every mode.
fn compare(city: &City) {
    let roads = city.roads();
    let conditions = roads.conditions(NOW, []);
    let mut scratch = Scratch::default();
    let mut found = 0;
    for mode in Mode::ALL {
        let snaps: Vec<Snap> =
            city.places().filter_map(|place| roads.snap(mode, place).ok()).take(46).collect();
        let (starts, ends) = snaps.split_at(6);
        let asked = Asked {
            restrictions: &city.restrictions,
            closures: &[],
            now: NOW,
            mode,
            belongs_to: None,
            welcome: None,
        };
        let oracle = Oracle::new(&city.streets, &city.frame, &asked);
        for start in starts {
            for (end, expected) in ends.iter().zip(oracle.least_ds(start, ends)) {
                let route = roads.route(mode, &[*start], &[*end], &conditions, None, &mut scratch);
                let travel_ds = route.ok().map(|route| route.travel_ds);
                assert_eq!(travel_ds, expected, "{mode:?} from {:?} to {:?}", start.place, end.place);
                found += usize::from(travel_ds.is_some());
            }
        }
    }
    assert!(found > 500, "most places hang together: {found} of 720");
}

#[test]
fn ways_in_monaco_are_as_long_as_the_slow_search_says() {
    if let Some(city) = city("monaco-latest.osm.pbf") {
        compare(&city);
    }
}

#[test]
fn ways_in_karlsruhe_are_as_long_as_the_slow_search_says() {
    if let Some(city) = city("karlsruhe-kirchfeld.osm.pbf") {
        compare(&city);
    }
}
