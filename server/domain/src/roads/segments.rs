//! Streets cut into segments: at every joint and at every barrier.

use super::NONE;
use super::speeds;
use gridward_data::model::{
    id::{CompoundId, NodeId, StreetId},
    local::{LocalFrame, Metric},
    place::Place,
    road::{Access, Barrier, BarrierKind, Mode, Street, StreetKind},
    time::Timetable,
};

/// All segments, with the streets, corners and gates that they share. Segments, corners and gates of one street lie together, in its order.
#[derive(Debug, Default)]
pub(super) struct Segments {
    pub(super) rows: Vec<Segment>,
    pub(super) streets: Vec<StreetRow>,
    /// Of all streets, one after the other.
    pub(super) corners: Vec<Place>,
    /// Of each corner, how far it is from the first of its street, centimetres.
    along_cm: Vec<u32>,
    pub(super) gates: Vec<Gate>,
    /// Positions of streets by their ids, of gates by their places.
    by_id: Vec<u32>,
    gates_by_place: Vec<u32>,
    /// The nodes of joints come first, in the order of their ids; then the cuts at barriers.
    pub(super) node_ids: Vec<NodeId>,
    pub(super) node_count: u32,
}

/// A stretch of a street between two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    /// Position in the streets.
    pub(super) street: u32,
    /// The first and the last corner.
    pub(super) corners: [u32; 2],
    /// The node at its beginning and at its end.
    pub(super) nodes: [u32; 2],
    /// The gate at its beginning and at its end.
    pub(super) gates: [u32; 2],
}

/// What the graph knows of a street.
#[derive(Debug)]
pub(super) struct StreetRow {
    pub(super) id: StreetId,
    pub(super) kind: StreetKind,
    pub(super) name: Option<Box<str>>,
    /// Its first segment.
    pub(super) first: u32,
    /// Forward and backward, in the order of [`Mode::ALL`], centimetres a second.
    pub(super) speeds: [[u16; 2]; Mode::ALL.len()],
}

/// A barrier across a street.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) place: Place,
    pub(super) kind: BarrierKind,
    pub(super) access: Access,
    pub(super) hours: Timetable,
    /// The compound whose people alone may pass.
    pub(super) residents: Option<CompoundId>,
    /// The same as its position in the walls; [`NONE`] for everybody.
    pub(super) residents_row: u32,
}

/// The number of a segment taken in a direction.
pub(super) const fn directed(segment: u32, forward: bool) -> u32 {
    segment * 2 + !forward as u32
}

/// A cut of a street: at which corner, at which node, through which gate.
struct Cut {
    corner: u32,
    node: u32,
    gate: u32,
}

impl Segments {
    pub(super) fn cut<'a>(streets: impl IntoIterator<Item = &'a Street>, frame: &LocalFrame) -> Self {
        let streets: Vec<&Street> = streets.into_iter().collect();
        let mut new = Self::default();
        let joints = streets.iter().flat_map(|street| &street.joints);
        new.node_ids = joints.map(|joint| joint.node).collect();
        new.node_ids.sort_unstable();
        new.node_ids.dedup();
        new.node_count = new.node_ids.len() as u32;
        for street in streets {
            new.add(street, frame);
        }
        new.by_id = (0..new.streets.len() as u32).collect();
        new.by_id.sort_by_key(|row| new.streets[*row as usize].id);
        new.gates_by_place = (0..new.gates.len() as u32).collect();
        new.gates_by_place.sort_by_key(|gate| new.gates[*gate as usize].place);
        new
    }

    /// Where the nodes lie.
    pub(super) fn node_points(&self, frame: &LocalFrame) -> Vec<Metric> {
        let mut points = vec![Metric { x: 0.0, y: 0.0 }; self.node_count as usize];
        for row in &self.rows {
            for (node, corner) in row.nodes.into_iter().zip(row.corners) {
                points[node as usize] = frame.to_metres(self.corners[corner as usize]);
            }
        }
        points
    }

    /// The number of a joint's node.
    pub(super) fn node(&self, id: NodeId) -> Option<u32> {
        self.node_ids.binary_search(&id).ok().map(|at| at as u32)
    }

    /// The segments of a street.
    pub(super) fn of_street(&self, id: StreetId) -> std::ops::Range<u32> {
        let found = self.by_id.binary_search_by_key(&id, |row| self.streets[*row as usize].id);
        let Ok(found) = found else { return 0..0 };
        let row = self.by_id[found] as usize;
        let next = self.streets.get(row + 1).map_or(self.rows.len() as u32, |next| next.first);
        self.streets[row].first..next
    }

    /// The gates that stand at exactly this place.
    pub(super) fn gates_at(&self, place: Place) -> impl Iterator<Item = u32> + '_ {
        let its = |gate: &u32| self.gates[*gate as usize].place;
        let first = self.gates_by_place.partition_point(|gate| its(gate) < place);
        self.gates_by_place[first..].iter().copied().take_while(move |gate| its(gate) == place)
    }

    fn add(&mut self, street: &Street, frame: &LocalFrame) {
        let row = self.streets.len() as u32;
        let speeds =
            Mode::ALL.map(|mode| [true, false].map(|forward| speeds::speed_cm_s(mode, street, forward)));
        let name = street.name.as_deref().map(Box::from);
        let first = self.rows.len() as u32;
        self.streets.push(StreetRow { id: street.id, kind: street.kind, name, first, speeds });

        let base = self.corners.len() as u32;
        let (mut along_cm, mut before) = (0_u32, None);
        for place in street.line.places() {
            let point = frame.to_metres(*place);
            let step_m = before.map_or(0.0, |before| point.distance(before));
            along_cm = along_cm.saturating_add((step_m * 100.0).round() as u32);
            self.corners.push(*place);
            self.along_cm.push(along_cm);
            before = Some(point);
        }
        let cuts = self.cuts(street);
        for pair in cuts.windows(2) {
            let [from, to] = pair else { continue };
            self.rows.push(Segment {
                street: row,
                corners: [base + from.corner, base + to.corner],
                nodes: [from.node, to.node],
                gates: [from.gate, to.gate],
            });
        }
    }

    /// Where a street is cut, in its order.
    fn cuts(&mut self, street: &Street) -> Vec<Cut> {
        let last = street.line.places().len() as u32 - 1;
        let joints = street.joints.iter().map(|joint| joint.at);
        let mut corners: Vec<u32> = joints.chain(street.barriers.iter().map(|barrier| barrier.at)).collect();
        corners.extend([0, last]);
        corners.retain(|corner| *corner <= last);
        corners.sort_unstable();
        corners.dedup();
        let cut = |corner: u32| {
            let joint = street.joints.iter().find(|joint| joint.at == corner);
            let node = joint.and_then(|joint| self.node(joint.node)).unwrap_or_else(|| {
                self.node_count += 1;
                self.node_count - 1
            });
            let barrier = street.barriers.iter().find(|barrier| barrier.at == corner);
            let gate = barrier.map_or(NONE, |barrier| {
                self.gates.push(Gate::new(street, barrier));
                self.gates.len() as u32 - 1
            });
            Cut { corner, node, gate }
        };
        corners.into_iter().map(cut).collect()
    }

    pub(super) fn street_of(&self, segment: u32) -> &StreetRow {
        &self.streets[self.rows[segment as usize].street as usize]
    }

    pub(super) fn length_cm(&self, segment: u32) -> u32 {
        let [first, last] = self.rows[segment as usize].corners;
        self.along_cm[last as usize] - self.along_cm[first as usize]
    }

    /// How far a corner of a segment is from its beginning.
    pub(super) fn corner_cm(&self, segment: u32, corner: u32) -> u32 {
        self.along_cm[corner as usize] - self.along_cm[self.rows[segment as usize].corners[0] as usize]
    }

    pub(super) fn place_on(&self, segment: u32, offset_cm: u32) -> Place {
        let [first, last] = self.rows[segment as usize].corners.map(|corner| corner as usize);
        let along_cm = self.along_cm[first].saturating_add(offset_cm).min(self.along_cm[last]);
        let after = first + self.along_cm[first..=last].partition_point(|cm| *cm < along_cm);
        if after == first {
            return self.corners[first];
        }
        let (from_cm, to_cm) = (self.along_cm[after - 1], self.along_cm[after]);
        let share = f64::from(along_cm - from_cm) / f64::from(to_cm - from_cm);
        between(self.corners[after - 1], self.corners[after], share)
    }

    /// The corners of a segment that lie truly between two offsets, in the order of the walk from the one to the other.
    pub(super) fn corners_between(&self, segment: u32, from_cm: u32, to_cm: u32) -> Vec<Place> {
        let [first, last] = self.rows[segment as usize].corners;
        let (low, high) = (from_cm.min(to_cm), from_cm.max(to_cm));
        let inside = (first..=last).filter(|corner| {
            let at_cm = self.corner_cm(segment, *corner);
            low < at_cm && at_cm < high
        });
        let mut places: Vec<Place> = inside.map(|corner| self.corners[corner as usize]).collect();
        if from_cm > to_cm {
            places.reverse();
        }
        places
    }

    /// A number that says which streets these are.
    pub(super) fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        for row in &self.rows {
            let street = &self.streets[row.street as usize];
            digest.take(street.id.number());
            digest.take(u64::from(row.corners[0]) << 32 | u64::from(row.corners[1]));
            digest.take(u64::from(row.nodes[0]) << 32 | u64::from(row.nodes[1]));
            street.speeds.iter().flatten().for_each(|speed| digest.take(u64::from(*speed)));
        }
        for place in &self.corners {
            digest.take(u64::from(place.lon_e7() as u32) << 32 | u64::from(place.lat_e7() as u32));
        }
        for gate in &self.gates {
            digest.take(u64::from(gate.place.lon_e7() as u32) << 32 | u64::from(gate.place.lat_e7() as u32));
            let Access { foot, cycle, car } = gate.access;
            digest.take(u64::from(foot) | u64::from(cycle) << 1 | u64::from(car) << 2);
            digest.take(gate.residents.map_or(0, CompoundId::number));
            for part in &gate.hours.0 {
                digest
                    .take(part.day as u64 | u64::from(part.from_min) << 8 | u64::from(part.until_min) << 24);
            }
        }
        digest.0
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.rows)
            + size_of_val(&*self.streets)
            + size_of_val(&*self.corners)
            + size_of_val(&*self.along_cm)
            + size_of_val(&*self.gates)
            + size_of_val(&*self.node_ids)
    }
}

impl Gate {
    fn new(street: &Street, barrier: &Barrier) -> Self {
        Self {
            place: street.line.places()[barrier.at as usize],
            kind: barrier.kind,
            access: barrier.access,
            hours: barrier.hours.clone(),
            residents: barrier.residents,
            residents_row: NONE,
        }
    }
}

/// FNV-1a over words.
pub(super) struct Digest(pub(super) u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    pub(super) fn take(&mut self, word: u64) {
        for byte in word.to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The place at a share of the way from one to another.
fn between(from: Place, to: Place, share: f64) -> Place {
    let at = |a: i32, b: i32| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as i32;
    Place::from_e7(at(from.lon_e7(), to.lon_e7()), at(from.lat_e7(), to.lat_e7())).unwrap_or(from)
}
