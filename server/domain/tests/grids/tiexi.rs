//! Can a real district be cut? Its boundary has 1,463 corners, of which none was made with whole numbers in mind.

use crate::town::{Sequence, street};
use gridward_data::model::{
    id::AreaId,
    place::Place,
    road::Street,
    shape::{Outline, Polygon, Ring},
};
use gridward_domain::grids::{
    check::check,
    draft::{DraftGrid, Parent, Wish, draft},
};

const BOUNDARY: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tiexi/adcode_fence_210106.geojson");

/// The district's boundary in WGS-84; `None`, with a line that says so, where the data are absent.
fn boundary() -> Option<Outline> {
    let Ok(text) = std::fs::read_to_string(BOUNDARY) else {
        println!("skipped: {BOUNDARY} is absent");
        return None;
    };
    // The only numbers between the brackets of the geometry are its coordinates, in pairs.
    let coordinates = &text[text.find("\"coordinates\"").expect("a geometry")..];
    let numbers: Vec<f64> = coordinates
        .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .filter_map(|number| number.parse().ok())
        .collect();
    let place = |pair: &[f64]| Place::new(pair[0] - 0.0062, pair[1] - 0.0024).expect("on the Earth");
    let places: Vec<Place> = numbers.chunks_exact(2).map(place).collect();
    let ring = Ring::new(places).expect("a ring");
    Some(Outline::new(vec![Polygon::new(ring, vec![])]).expect("an outline"))
}

/// A net of streets some 900 m apart over the whole district, turned a little.
fn net() -> Vec<Street> {
    let mut sequence = Sequence(3);
    let line = |number: i32| {
        let across = number % 2 == 0;
        let corners: Vec<(i32, i32)> = (0..60)
            .map(|step| {
                let (along, aside) = (step * 90_000, number / 2 * 95_000 + sequence.below(9_000));
                if across {
                    (along - 4_600_000, aside - 3_000_000 + along / 20)
                } else {
                    (aside - 4_600_000 - along / 20, along - 3_000_000)
                }
            })
            .collect();
        street(1 + number as u64, &corners)
    };
    (0..110).map(line).collect()
}

fn drafted(outline: &Outline, streets: &[Street]) -> Vec<DraftGrid> {
    let parent = Parent { id: AreaId::new(1).expect("an id"), outline };
    draft(
        parent,
        &[],
        &streets.iter().collect::<Vec<_>>(),
        Wish { ground_max_m2: 2_000_000.0, ..Wish::default() },
    )
    .expect("a draft")
}

#[test]
fn the_boundary_of_tiexi_is_tiled_exactly_without_streets_and_with_them() {
    let Some(parent) = boundary() else { return };
    assert!(parent.places().count() > 1_400);
    for streets in [vec![], net()] {
        let grids = drafted(&parent, &streets);
        let outlines: Vec<&Outline> = grids.iter().map(|grid| &grid.outline).collect();
        assert_eq!(check(&outlines, &parent), []);
        // 468 km² in grids of 2 km².
        assert!((220..=250).contains(&grids.len()), "{}", grids.len());
        println!("{} grids with {} streets", grids.len(), streets.len());
    }
}
