//! Whether a whole district is the one of Tiexi: its figures, its names where they belong, the same bytes on every machine.

use super::*;
use crate::model::id::AreaId;
use sha2::{Digest, Sha256};

/// The side of a square in which corners of ways are kept, units of 1e-7 degrees: some 100 m.
const CELL_E7: i32 = 10_000;

fn place(lon: f64, lat: f64) -> Place {
    Place::from_e7((lon * 1e7) as i32, (lat * 1e7) as i32).expect("on the Earth")
}

fn name(area: &Area) -> &str {
    &area.current().expect("valid").name
}

/// The SHA-256 of all entities, places and people and the year that is told of them, as lines of JSON, sorted.
fn digest(plan: &TownPlan) -> String {
    let mut entities = town(plan);
    let until = Timestamp(AT.0 + 365 * 86_400_000);
    entities.extend(inhabit(&entities, &PeoplePlan { seed: plan.seed, until }));
    let mut lines: Vec<String> =
        entities.iter().map(|entity| serde_json::to_string(entity).expect("JSON")).collect();
    lines.sort_unstable();
    let bytes: [u8; 32] = Sha256::digest(lines.join("\n")).into();
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

#[test]
fn the_same_plan_makes_the_same_town_on_every_machine() {
    let small = |seed| TownPlan { seed, scale: 0.02, at: AT };
    assert_ne!(digest(&small(1)), digest(&small(2)));
    assert_eq!(digest(&small(1)), "46e6a6344773b5349a11a00085281c7a09621b9a195691c9c972b7fd0a65e38f");
    assert_eq!(
        digest(&TownPlan { seed: 1, scale: 1.0, at: AT }),
        "b0a113d2a00b7cc2509a39b137ab61970a449daf336c952810dfe1e7eb23cfa5"
    );
}

#[test]
fn a_whole_district_has_the_figures_of_tiexi() {
    let town = made(1, 1.0);
    let count = |level: Level| town.areas.iter().filter(|area| area.level == level).count();
    assert_eq!(Level::ALL.map(count), [1, 15, 248, 2_441]);
    assert_eq!(town.stations.len(), 261);
    assert!((38_000..42_000).contains(&town.buildings.len()), "{} buildings", town.buildings.len());
    let nodes: BTreeSet<u64> =
        town.streets.iter().flat_map(|street| &street.joints).map(|joint| joint.node.number()).collect();
    assert!(nodes.len() >= 20_000, "{} nodes", nodes.len());
    // A million people, 2.2 to 2.5 in a household.
    let households = town.areas[0].current().and_then(|district| district.households).expect("counted");
    assert!((400_000..480_000).contains(&households), "{households} households");
}

#[test]
fn every_sub_district_lies_around_its_seat_with_its_own_communities() {
    let town = made(1, 1.0);
    let children = |id: AreaId| {
        town.areas.iter().filter(move |area| area.current().is_some_and(|version| version.parent == Some(id)))
    };
    for (sub_district, communities) in [
        (("昆明湖街道", "210106001", 123.3275, 41.7794), 32),
        (("启工街道", "210106007", 123.3339, 41.8228), 16),
        (("霁虹街道", "210106019", 123.3782, 41.8102), 18),
        (("翟家街道", "210106027", 123.2513, 41.7441), 10),
        (("彰驿站街道", "210106030", 122.99, 41.58), 7),
        (("沈阳市经济技术开发区", "210106401", 123.2429, 41.7416), 1),
    ] {
        let (its_name, code, lon, lat) = sub_district;
        let area = town.areas.iter().find(|area| name(area) == its_name).expect("by name");
        assert_eq!(area.current().expect("valid").code.text(), code);
        assert!(inside(place(lon, lat), ring(outline(area))), "{its_name} lies elsewhere");
        assert_eq!(children(area.id).count(), communities, "{its_name}");
    }
    let codes: BTreeSet<&str> = town
        .areas
        .iter()
        .filter(|area| area.level == Level::Community)
        .map(|area| area.current().expect("valid").code.text())
        .collect();
    assert!(codes.contains("210106020042") && codes.contains("210106007020"));
}

#[test]
fn the_district_has_the_outline_of_tiexi() {
    let town = made(1, 1.0);
    let district = ring(outline(&town.areas[0]));
    for within in [place(123.35, 41.80), place(123.24, 41.74), place(123.08, 41.69), place(122.99, 41.56)] {
        assert!(inside(within, district), "{within}");
    }
    for beyond in [place(123.42, 41.80), place(123.30, 41.83), place(123.15, 41.78), place(123.25, 41.60)] {
        assert!(!inside(beyond, district), "{beyond}");
    }
    // 484 km² on the yearbook's word, 468 km² within the outline as it was simplified; blocks follow it in steps.
    let square_km = square_m(district) / 1e6;
    assert!((440.0..500.0).contains(&square_km), "{square_km} km²");
}

/// The area of a ring, m², by the shoelace formula with the lengths of a degree at 41.7° N.
fn square_m(places: &[Place]) -> f64 {
    let metres = |place: Place| {
        (f64::from(place.lon_e7()) / 1e7 * 83_240.0, f64::from(place.lat_e7()) / 1e7 * 111_068.0)
    };
    let origin = metres(places[0]);
    let local = |place: Place| (metres(place).0 - origin.0, metres(place).1 - origin.1);
    let twice: f64 =
        edges(places).map(|(a, b)| (local(a), local(b))).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
    twice.abs() / 2.0
}

#[test]
fn the_named_streets_cross_the_core_where_they_belong() {
    let town = made(1, 1.0);
    let places = |name: &'static str| {
        let of = town.streets.iter().filter(move |street| street.name.as_deref() == Some(name));
        of.flat_map(|street| street.line.places().to_vec())
    };
    // From the north, at the middle of the core; from the west, likewise.
    let core = 123.345..123.36;
    let lat = |name| {
        let within: Vec<f64> =
            places(name).filter(|place| core.contains(&place.lon())).map(Place::lat).collect();
        assert!(!within.is_empty(), "{name} does not cross the core");
        within.iter().sum::<f64>() / within.len() as f64
    };
    let eastward = ["北四路", "北三路", "北二路", "北一路", "建设大路", "南十路", "沈辽路"].map(lat);
    assert!(eastward.is_sorted_by(|a, b| a > b), "{eastward:?}");
    assert!((eastward[4] - 41.793).abs() < 0.004, "建设大路 at {}", eastward[4]);
    let core = 41.785..41.80;
    let lon = |name| {
        let within: Vec<f64> =
            places(name).filter(|place| core.contains(&place.lat())).map(Place::lon).collect();
        assert!(!within.is_empty(), "{name} does not cross the core");
        within.iter().sum::<f64>() / within.len() as f64
    };
    let northward =
        ["重工街", "肇工街", "卫工街", "启工街", "保工街", "兴华街", "云峰街", "景星街", "兴工街"].map(lon);
    assert!(northward.is_sorted(), "{northward:?}");
}

#[test]
fn some_gates_open_to_the_people_of_the_compound_alone() {
    let town = made(1, 1.0);
    let barriers =
        town.streets.iter().flat_map(|street| street.barriers.iter().map(move |barrier| (street, barrier)));
    let theirs: Vec<_> =
        barriers.filter_map(|(street, barrier)| Some((street, barrier, barrier.residents?))).collect();
    assert!(theirs.len() > 200, "{}", theirs.len());
    for (street, barrier, compound) in theirs {
        let wall = ring(&town.compounds[compound.number() as usize - 1].outline);
        let at = street.line.places()[barrier.at as usize];
        let on_wall = edges(wall).any(|edge| near(at, edge));
        assert!(on_wall, "the gate at {at} is not in the wall of {compound}");
    }
}

#[test]
fn a_wall_is_passed_at_its_gates_alone_and_every_compound_of_storeyed_houses_has_a_wall_with_a_gate() {
    let town = made(1, 1.0);
    // The corners of ways that lie on the wall of a compound: whether a barrier stands there.
    let mut corners: BTreeMap<(i32, i32), Vec<(Place, bool)>> = BTreeMap::new();
    let cell = |place: Place| (place.lon_e7() / CELL_E7, place.lat_e7() / CELL_E7);
    for street in &town.streets {
        for (nth, place) in street.line.places().iter().enumerate() {
            let barred = street.barriers.iter().any(|barrier| barrier.at as usize == nth);
            corners.entry(cell(*place)).or_default().push((*place, barred));
        }
    }
    let storeyed: BTreeSet<u64> = town
        .buildings
        .iter()
        .filter(|building| building.storeys >= Some(4))
        .filter_map(|building| Some(building.compound?.number()))
        .collect();
    assert!(storeyed.len() > 1_000, "{} compounds of storeyed houses", storeyed.len());
    for compound in &town.compounds {
        let wall = ring(&compound.outline);
        let bounds = compound.outline.bounds();
        let ((west, south), (east, north)) = (cell(bounds.min), cell(bounds.max));
        let around = (west - 1..=east + 1).flat_map(|x| (south - 1..=north + 1).map(move |y| (x, y)));
        let near_by = around.filter_map(|cell| corners.get(&cell)).flatten();
        let passed: Vec<bool> = near_by
            .filter(|(place, _)| edges(wall).any(|edge| near(*place, edge)))
            .map(|(_, barred)| *barred)
            .collect();
        let is_walled = passed.contains(&true);
        assert!(is_walled || !storeyed.contains(&compound.id.number()), "{} has no gate", compound.name);
        assert!(!is_walled || !passed.contains(&false), "{} is entered beside its gates", compound.name);
    }
}

/// Whether a place lies within half a metre of an edge.
fn near(at: Place, (a, b): Pair) -> bool {
    let metres = |place: Place| {
        (f64::from(place.lon_e7() - at.lon_e7()) / 120.3, f64::from(place.lat_e7() - at.lat_e7()) / 90.0)
    };
    let ((ax, ay), (bx, by)) = (metres(a), metres(b));
    let (dx, dy) = (bx - ax, by - ay);
    let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (ax + dx * share).hypot(ay + dy * share) < 0.5
}

#[test]
fn districts_lie_side_by_side_and_share_no_number() {
    let two = made(7, 2.0);
    let districts: Vec<&Area> = two.areas.iter().filter(|area| area.level == Level::District).collect();
    let [west, east] = districts[..] else { panic!("{} districts", districts.len()) };
    assert!(outline(west).bounds().max.lon() < outline(east).bounds().min.lon());
    let ids: BTreeSet<AreaId> = two.areas.iter().map(|area| area.id).collect();
    assert_eq!((ids.len(), two.areas.len()), (2 * 2_705, 2 * 2_705));
    let codes: BTreeSet<&str> =
        two.areas.iter().map(|area| area.current().expect("valid").code.text()).collect();
    assert_eq!(codes.len(), two.areas.len());
    let buildings: BTreeSet<_> = two.buildings.iter().map(|building| building.id).collect();
    assert_eq!(buildings.len(), two.buildings.len());
    for building in two.buildings.iter().step_by(97) {
        let Some(id) = building.compound else { continue };
        let wall = ring(&two.compounds[id.number() as usize - 1].outline);
        assert!(inside(building.entrances[0].place, wall), "{}", building.id);
    }
}
