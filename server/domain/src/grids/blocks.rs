//! The ground between streets, who lives on it, and the pieces of it that are not cut.

use super::{
    draft::Wish,
    mesh::{Beyond, Mesh},
    partition::{Atom, partition},
    reckon::{METRES_PER_UNIT, households},
};
use crate::index::inside::inside;
use gridward_data::model::{
    building::Building,
    place::Place,
    shape::{Outline, Polygon},
};
use std::collections::{BTreeMap, BTreeSet};

/// A block with at most so much of a grid's weight is not cut.
const WHOLE_BLOCK: f64 = 0.5;
/// Triangles under one building stay together up to so much of a grid's weight; a larger building is a grid of its own anyway.
const WHOLE_BUILDING: f64 = 0.7;
/// What a border along a street costs of one over open ground.
const STREET_PRICE: f64 = 0.2;

/// A building in which people live, or might.
pub(crate) struct Home<'a> {
    place: Place,
    households: u32,
    outline: &'a Outline,
}

/// The buildings whose middles lie in the parent.
pub(crate) fn homes<'a>(parent: &Outline, buildings: &[&'a Building]) -> Vec<Home<'a>> {
    let home = |building: &&'a Building| Home {
        place: building.outline.bounds().centre(),
        households: households(building),
        outline: &building.outline,
    };
    // In the order of their ids, so that the order in which they are given does not matter.
    let mut buildings = buildings.to_vec();
    buildings.sort_by_key(|building| building.id);
    buildings.iter().map(home).filter(|home| inside(parent, home.place)).collect()
}

impl Home<'_> {
    /// How many households live in it.
    pub(crate) const fn households(&self) -> u32 {
        self.households
    }
}

/// The atoms of a parent, and of which triangles they are made.
pub(crate) struct Blocks {
    atoms: Vec<Atom>,
    /// The triangles of each atom.
    triangles: Vec<Vec<u32>>,
    /// The households on each triangle.
    households: Vec<u32>,
}

impl Blocks {
    pub(crate) fn new(mesh: &Mesh, homes: &[Home<'_>], wish: Wish, shrink: f64) -> Self {
        let flat = |corner: u32| {
            let place = mesh.places[corner as usize];
            (f64::from(place.lon_e7()) * shrink, f64::from(place.lat_e7()))
        };
        let mut households = vec![0; mesh.triangles.len()];
        for home in homes {
            if let Some(triangle) = mesh.triangle_at(home.place) {
                households[triangle as usize] += home.households;
            }
        }
        let ground_max = wish.ground_max_m2 / (METRES_PER_UNIT * METRES_PER_UNIT);
        let weigh = |(triangle, households): (usize, &u32)| {
            let corners = mesh.triangles[triangle].corners.map(flat);
            let ground = area(corners);
            let weight = f64::from(*households) / f64::from(wish.target_households) + ground / ground_max;
            let middle = |axis: fn(&(f64, f64)) -> f64| corners.iter().map(axis).sum::<f64>() / 3.0;
            Atom {
                weight,
                middle: (middle(|corner| corner.0), middle(|corner| corner.1)),
                ground,
                beside: BTreeMap::new(),
            }
        };
        let pieces: Vec<Atom> = households.iter().enumerate().map(weigh).collect();
        let mut joined = Joined::new(pieces.iter().map(|piece| piece.weight).collect());
        for home in homes {
            keep_together(mesh, home.outline, &mut joined);
        }
        join_blocks(mesh, &pieces, &mut joined);
        let (of_triangle, triangles) = joined.groups();
        let mut atoms: Vec<Atom> = triangles.iter().map(|group| together(&pieces, group)).collect();
        for (triangle, it) in mesh.triangles.iter().enumerate() {
            for (at, beyond) in it.beyond.iter().enumerate() {
                let Some(other) = beyond.triangle() else { continue };
                let (here, there) = (of_triangle[triangle], of_triangle[other as usize]);
                let ((ax, ay), (bx, by)) = (flat(it.corners[at]), flat(it.corners[(at + 1) % 3]));
                let price = if matches!(beyond, Beyond::AcrossStreet(_)) { STREET_PRICE } else { 1.0 };
                if here != there {
                    *atoms[here as usize].beside.entry(there).or_insert(0.0) +=
                        price * (ax - bx).hypot(ay - by);
                }
            }
        }
        Self { atoms, triangles, households }
    }

    /// The triangles of each grid. Ground that does not hang together is cut by itself.
    pub(crate) fn grids(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.atoms.len()];
        let mut grids = Vec::new();
        for start in 0..self.atoms.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let (mut members, mut next) = (vec![start as u32], 0);
            while let Some(atom) = members.get(next).copied() {
                next += 1;
                for other in self.atoms[atom as usize].beside.keys() {
                    if !std::mem::replace(&mut seen[*other as usize], true) {
                        members.push(*other);
                    }
                }
            }
            let weight: f64 = members.iter().map(|atom| self.atoms[*atom as usize].weight).sum();
            grids.extend(partition(&self.atoms, members, weight.round().max(1.0) as usize));
        }
        let of_atoms = |atoms: Vec<u32>| {
            atoms.into_iter().flat_map(|atom| self.triangles[atom as usize].iter().copied()).collect()
        };
        grids.into_iter().map(of_atoms).collect()
    }

    /// The households of each grid.
    pub(crate) fn households(&self, grids: &[Vec<u32>]) -> Vec<u32> {
        let sum = |grid: &Vec<u32>| grid.iter().map(|triangle| self.households[*triangle as usize]).sum();
        grids.iter().map(sum).collect()
    }
}

fn area([a, b, c]: [(f64, f64); 3]) -> f64 {
    0.5 * ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).abs()
}

/// Some triangles as one atom, its neighbours yet unknown.
fn together(pieces: &[Atom], group: &[u32]) -> Atom {
    let mut atom = Atom::default();
    for piece in group.iter().map(|triangle| &pieces[*triangle as usize]) {
        atom.weight += piece.weight;
        atom.ground += piece.ground;
        atom.middle.0 += piece.middle.0 * piece.ground;
        atom.middle.1 += piece.middle.1 * piece.ground;
    }
    let ground = atom.ground.max(f64::MIN_POSITIVE);
    atom.middle = (atom.middle.0 / ground, atom.middle.1 / ground);
    atom
}

/// Joins the triangles under a building, those that share an edge and are not parted by a street.
fn keep_together(mesh: &Mesh, outline: &Outline, joined: &mut Joined) {
    let mut under = BTreeSet::new();
    for edge in outline
        .polygons()
        .iter()
        .map(|polygon: &Polygon| &polygon.exterior)
        .flat_map(|ring| ring.places().windows(2))
    {
        // Every quarter of an edge is close enough: what a triangle's tip misses, the next one has.
        for quarter in 0..4i64 {
            let between =
                |a: i32, b: i32| (i64::from(a) + (i64::from(b) - i64::from(a)) * quarter / 4) as i32;
            let (lon, lat) =
                (between(edge[0].lon_e7(), edge[1].lon_e7()), between(edge[0].lat_e7(), edge[1].lat_e7()));
            under.extend(Place::from_e7(lon, lat).ok().and_then(|place| mesh.triangle_at(place)));
        }
    }
    for triangle in &under {
        for beyond in &mesh.triangles[*triangle as usize].beyond {
            if let Beyond::Triangle(other) = beyond
                && under.contains(other)
            {
                joined.join(*triangle, *other, WHOLE_BUILDING);
            }
        }
    }
}

/// Joins all triangles of each block that is light enough to stay whole.
fn join_blocks(mesh: &Mesh, pieces: &[Atom], joined: &mut Joined) {
    let mut seen = vec![false; mesh.triangles.len()];
    for start in 0..mesh.triangles.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut block, mut next) = (vec![start as u32], 0);
        while let Some(triangle) = block.get(next).copied() {
            next += 1;
            for beyond in &mesh.triangles[triangle as usize].beyond {
                if let Beyond::Triangle(other) = beyond
                    && !std::mem::replace(&mut seen[*other as usize], true)
                {
                    block.push(*other);
                }
            }
        }
        let weight: f64 = block.iter().map(|triangle| pieces[*triangle as usize].weight).sum();
        if weight <= WHOLE_BLOCK {
            for triangle in &block[1..] {
                joined.join(block[0], *triangle, f64::INFINITY);
            }
        }
    }
}

/// Which triangles stay together: a forest in which each group has one root.
struct Joined {
    above: Vec<u32>,
    weights: Vec<f64>,
}

impl Joined {
    fn new(weights: Vec<f64>) -> Self {
        Self { above: (0..weights.len() as u32).collect(), weights }
    }
    fn root(&mut self, mut of: u32) -> u32 {
        while self.above[of as usize] != of {
            let above = self.above[of as usize];
            self.above[of as usize] = self.above[above as usize];
            of = above;
        }
        of
    }
    /// Joins two groups if they weigh no more than so much together.
    fn join(&mut self, a: u32, b: u32, most: f64) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        let weight = self.weights[low as usize] + self.weights[high as usize];
        if low != high && weight <= most {
            self.above[high as usize] = low;
            self.weights[low as usize] = weight;
        }
    }
    /// The group of each triangle, and the triangles of each group.
    fn groups(mut self) -> (Vec<u32>, Vec<Vec<u32>>) {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut numbers = vec![u32::MAX; self.above.len()];
        let mut of_triangle = Vec::with_capacity(self.above.len());
        for triangle in 0..self.above.len() as u32 {
            let root = self.root(triangle) as usize;
            if numbers[root] == u32::MAX {
                numbers[root] = groups.len() as u32;
                groups.push(Vec::new());
            }
            groups[numbers[root] as usize].push(triangle);
            of_triangle.push(numbers[root]);
        }
        (of_triangle, groups)
    }
}
