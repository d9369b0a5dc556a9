//! Claim: writing the bytes of a tile takes less than half the time that the `fast-mvt` crate takes for the same.
//!
//! Both are given the same rings and lines in the form that each wants, cut and wound as they leave `clip` and `ring`.
//! (The crate looks for itself how a ring is wound; it cannot be told.) This is the reason for having an encoder of our own. `cargo bench -p gridward-tiles --bench encoder` prints the
//! ratio: below 2, the crate should be used instead.

use std::hint::black_box;
use std::time::Instant;

use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder, MvtValueRef};
use gridward_tiles::encode::{GeometryKind, LayerEncoder, Walk};
use gridward_tiles::{TilePoint, Value};

const ROUNDS: usize = 3000;

/// A feature that is cut already: an open ring or a line, in units of the tile.
struct Cut {
    id: u64,
    points: Vec<TilePoint>,
    coords: Vec<MvtCoord>,
    storeys: u64,
    name: Option<String>,
}

/// A small repeatable generator (Knuth's MMIX).
fn dice(state: &mut u64) -> i32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as i32
}

/// So many features of so many points, each on a circle of about 30 units; every fifth with a name, of 60.
fn features(count: u64, points: i32, state: &mut u64) -> Vec<Cut> {
    let feature = |id: u64| {
        let (x, y) = (dice(state) % 4096, dice(state) % 4096);
        let corner = |corner: i32| {
            let (sin, cos) = (f64::from(corner) * std::f64::consts::TAU / f64::from(points)).sin_cos();
            (x + (30.0 * cos) as i32 + dice(state) % 3, y + (30.0 * sin) as i32 + dice(state) % 3)
        };
        let coords: Vec<MvtCoord> = (0..points).map(corner).map(|(x, y)| MvtCoord { x, y }).collect();
        let points = coords.iter().map(|at| TilePoint { x: at.x.into(), y: at.y.into() }).collect();
        let name = id.is_multiple_of(5).then(|| format!("{}号楼", dice(state) % 60));
        Cut { id: 100_000 + id, points, coords, storeys: 1 + dice(state) as u64 % 33, name }
    };
    (0..count).map(feature).collect()
}

fn written_by_us(layers: &[(&str, bool, Vec<Cut>)]) -> Vec<u8> {
    let mut tile = Vec::new();
    for (name, is_polygon, features) in layers {
        let mut layer = LayerEncoder::new(name);
        for feature in features {
            let name = feature.name.as_deref();
            let properties =
                [("storeys", Value::Uint(feature.storeys)), ("name", Value::Str(name.unwrap_or_default()))];
            let properties = &properties[..=usize::from(name.is_some())];
            if *is_polygon {
                layer.ring(&feature.points, Walk::Onwards);
                layer.feature(GeometryKind::Polygon, feature.id, properties);
            } else {
                layer.line(&feature.points);
                layer.feature(GeometryKind::Line, feature.id, properties);
            }
        }
        layer.finish(&mut tile);
    }
    tile
}

fn written_by_the_crate(layers: &[(&str, bool, Vec<Cut>)]) -> Vec<u8> {
    let mut tile = Vec::new();
    for (name, is_polygon, features) in layers {
        let mut layer = MvtLayerBuilder::new(*name).expect("a name");
        for feature in features {
            let points = feature.coords.iter().copied();
            let kind = if *is_polygon { MvtGeomType::Polygon } else { MvtGeomType::LineString };
            let mut written = layer.feature_of(kind);
            written.id(Some(feature.id));
            let added = if *is_polygon {
                written.ring(points, true).map(|_| ())
            } else {
                written.line(points).map(|_| ())
            };
            added.expect("points of the right kind");
            written.tag_ref("storeys", MvtValueRef::UInt(feature.storeys)).expect("a small number of values");
            if let Some(name) = &feature.name {
                written.tag_ref("name", MvtValueRef::String(name)).expect("a small number of values");
            }
            layer = written.end();
        }
        tile.append(&mut layer.encode());
    }
    tile
}

/// The median in µs. By the wall clock, of many short rounds: what else runs shows in none of them or in few.
fn median_us(mut step: impl FnMut() -> Vec<u8>) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(step());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn main() {
    let mut state = 42;
    let layers = [
        ("areas", true, features(50, 48, &mut state)),
        ("buildings", true, features(830, 7, &mut state)),
        ("streets", false, features(300, 10, &mut state)),
    ];
    let (ours, theirs) = (written_by_us(&layers), written_by_the_crate(&layers));
    assert_eq!(ours.len(), theirs.len(), "the same features, in the same bytes up to their order");
    let (ours_us, theirs_us) =
        (median_us(|| written_by_us(&layers)), median_us(|| written_by_the_crate(&layers)));
    println!("{} bytes: ours {ours_us:.0} µs, fast-mvt {theirs_us:.0} µs", ours.len());
    println!("ratio {:.2} (the claim: more than 2)", theirs_us / ours_us);
}
