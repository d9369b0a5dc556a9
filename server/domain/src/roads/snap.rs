//! Where a place lies on the roads: the nearest point of a segment that one may use, on the same side of every wall.

use super::{
    NONE, Roads,
    segments::Segments,
    speeds::{FOOT_CM_S, time_ds},
};
use crate::index::layer::Tree;
use gridward_data::model::{local::LocalFrame, place::Place, road::Mode};
use rstar::{AABB, PointDistance, RTreeObject};

/// Farther from every street the roads say nothing, metres: nobody knows what lies between.
pub const REACH_M: f64 = 300.0;

/// A point of the roads, and how a place lies beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// The segment.
    pub segment: u32,
    /// From its beginning, centimetres.
    pub offset_cm: u32,
    /// From the place to the point, straight, centimetres.
    pub away_cm: u32,
    /// The same walked, deciseconds.
    pub away_ds: u32,
    /// The place that was put on the roads.
    pub place: Place,
    /// The compound in which the place lies, as a row of the walls.
    pub(super) compound: u32,
}

/// Why a place is not on the roads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapFault {
    /// No street for this way of going is near enough.
    #[error("no street for this way of going lies within {REACH_M} m, on this side of the walls")]
    NoStreet,
}

/// A straight piece of a segment, in metres. 4 bytes a number: the frame reaches 200 km, where they are good to 2 cm; in a city, to 2 mm.
#[derive(Clone, Copy, Debug)]
struct Piece {
    ends: [[f32; 2]; 2],
    segment: u32,
    /// The corner at its first end.
    corner: u32,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f32; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.ends[0], self.ends[1])
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f32; 2]) -> f32 {
        self.nearest(*point).0
    }
}

impl Piece {
    /// The square of the distance to a point, and at which share of the piece it is reached.
    fn nearest(&self, point: [f32; 2]) -> (f32, f32) {
        let [a, b] = self.ends;
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let (px, py) = (point[0] - a[0], point[1] - a[1]);
        let length_2 = dx * dx + dy * dy;
        let share = if length_2 > 0.0 { ((px * dx + py * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
        let (ex, ey) = (px - share * dx, py - share * dy);
        (ex * ex + ey * ey, share)
    }
}

/// All pieces of all segments, by where they lie.
#[derive(Debug)]
pub(super) struct Pieces(Tree<Piece>);

impl Pieces {
    pub(super) fn of(segments: &Segments, frame: &LocalFrame) -> Self {
        let point = |corner: u32| {
            let point = frame.to_metres(segments.corners[corner as usize]);
            [point.x as f32, point.y as f32]
        };
        let mut pieces = Vec::with_capacity(segments.corners.len());
        for (segment, row) in segments.rows.iter().enumerate() {
            let [first, last] = row.corners;
            let mut before = point(first);
            for corner in first..last {
                let after = point(corner + 1);
                if before.iter().chain(&after).all(|number| number.is_finite()) {
                    pieces.push(Piece { ends: [before, after], segment: segment as u32, corner });
                }
                before = after;
            }
        }
        Self(Tree::bulk_load_with_params(pieces))
    }
    pub(super) fn bytes(&self) -> usize {
        // A node of 16 holds its children and a box.
        self.0.size() * (size_of::<Piece>() + 8) * 17 / 16
    }
}

impl Roads {
    /// The nearest point of a segment that may be used in this way. Ties: the lowest segment. O(log n) and what is nearer and may not be used.
    ///
    /// # Errors
    /// No such segment lies within [`REACH_M`].
    pub fn snap(&self, mode: Mode, place: Place) -> Result<Snap, SnapFault> {
        let metric = self.frame.to_metres(place);
        let point = [metric.x as f32, metric.y as f32];
        let compound = self.walls.compound_at(place);
        let side = self.walls.side(compound, mode);
        let mut best: Option<(f32, &Piece)> = None;
        for (piece, square) in self.pieces.0.nearest_neighbor_iter_with_distance_2(&point) {
            let farther = best.is_some_and(|(least, _)| square > least);
            if farther || f64::from(square) > REACH_M * REACH_M {
                break;
            }
            let fits = self.graph(mode).allows(piece.segment) && self.walls.side_of(piece.segment) == side;
            if fits && best.is_none_or(|(_, known)| piece.segment < known.segment) {
                best = Some((square, piece));
            }
        }
        let (square, piece) = best.ok_or(SnapFault::NoStreet)?;
        let (_, share) = piece.nearest(point);
        let from_cm = self.segments.corner_cm(piece.segment, piece.corner);
        let to_cm = self.segments.corner_cm(piece.segment, piece.corner + 1);
        let away_cm = (f64::from(square).sqrt() * 100.0).round() as u32;
        Ok(Snap {
            segment: piece.segment,
            offset_cm: from_cm + (f64::from(to_cm - from_cm) * f64::from(share)).round() as u32,
            away_cm,
            away_ds: time_ds(away_cm, FOOT_CM_S),
            place,
            compound: compound.unwrap_or(NONE),
        })
    }
}
