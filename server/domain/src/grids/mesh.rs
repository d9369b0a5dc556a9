//! A parent filled with triangles whose corners are whole numbers of 1e-7° and whose edges are shared.
//!
//! The triangles are a constrained Delaunay triangulation (the `spade` crate; its tests of side and circle are exact, and whole numbers below 2^53
//! are exact in its floating point). It makes no point of its own: an edge of a street that cannot be had without one is left out.
//! Which triangles lie in the parent is told by counting: a step over an edge of the border leads in or out.

use super::sample::{Corner, Sample};
use gridward_data::model::place::Place;
use spade::{ConstrainedDelaunayTriangulation, Point2, PositionInTriangulation, Triangulation};
use std::collections::{BTreeSet, VecDeque};

/// A parent's outline that cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the outline crosses itself between {0} and {1}: mend it before it is cut into grids")]
pub struct CrossedOutline(pub Place, pub Place);

/// What lies beyond an edge of a triangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// Not the parent.
    Outside,
    /// Another triangle of the parent.
    Triangle(u32),
    /// Another triangle of the parent, on the other side of a street.
    AcrossStreet(u32),
}

impl Beyond {
    /// The triangle there.
    pub(crate) const fn triangle(self) -> Option<u32> {
        match self {
            Self::Outside => None,
            Self::Triangle(triangle) | Self::AcrossStreet(triangle) => Some(triangle),
        }
    }
}

/// A triangle of the parent: its corners, counter-clockwise, and what lies beyond the edge from each corner to the next.
#[derive(Clone, Debug)]
pub(crate) struct Triangle {
    pub(crate) corners: [Corner; 3],
    pub(crate) beyond: [Beyond; 3],
}

type Triangulated = ConstrainedDelaunayTriangulation<Point2<f64>>;

/// The triangles of a parent.
pub(crate) struct Mesh {
    pub(crate) places: Vec<Place>,
    /// So many of the places are corners of the parent as it was given.
    pub(crate) given: usize,
    pub(crate) triangles: Vec<Triangle>,
    triangulated: Triangulated,
    /// The triangle of each face, if it lies in the parent.
    of_face: Vec<Option<u32>>,
}

impl Mesh {
    /// The triangles of a parent with these points, borders and streets. O(n log n).
    pub(crate) fn new(sample: Sample) -> Result<Self, CrossedOutline> {
        let point = |place: &Place| Point2::new(f64::from(place.lon_e7()), f64::from(place.lat_e7()));
        let points: Vec<Point2<f64>> = sample.places.iter().map(point).collect();
        let mut crossed = None;
        let mut triangulated =
            Triangulated::try_bulk_load_cdt(points, sample.border.clone(), |edge| crossed = Some(edge))
                .expect("places are finite numbers");
        if let Some([from, to]) = crossed {
            return Err(CrossedOutline(sample.places[from], sample.places[to]));
        }
        let number = |vertex: spade::handles::FixedVertexHandle| vertex.index() as Corner;
        let border: BTreeSet<[Corner; 2]> = triangulated
            .undirected_edges()
            .filter(|edge| edge.is_constraint_edge())
            .map(|edge| sorted(edge.vertices().map(|vertex| number(vertex.fix()))))
            .collect();
        for [from, to] in &sample.streets {
            let handle = |corner: &Corner| spade::handles::FixedVertexHandle::from_index(*corner as usize);
            triangulated.try_add_constraint(handle(from), handle(to));
        }
        let mut mesh = Self {
            places: sample.places,
            given: sample.given,
            triangles: vec![],
            of_face: vec![],
            triangulated,
        };
        mesh.fill(&border);
        Ok(mesh)
    }

    /// Counts which faces lie in the parent, and makes triangles of them.
    fn fill(&mut self, border: &BTreeSet<[Corner; 2]>) {
        let faces = self.triangulated.num_all_faces();
        let is_border = |ends: [spade::handles::FixedVertexHandle; 2]| {
            border.contains(&sorted(ends.map(|vertex| vertex.index() as Corner)))
        };
        let mut inside: Vec<Option<bool>> = vec![None; faces];
        let outer = self.triangulated.outer_face().fix().index();
        inside[outer] = Some(false);
        let mut queue = VecDeque::new();
        let hull: Vec<_> = self.triangulated.convex_hull().map(|edge| edge.fix()).collect();
        for edge in hull {
            let edge = self.triangulated.directed_edge(edge);
            let face = edge.rev().face().fix().index();
            if inside[face].is_none() {
                inside[face] = Some(is_border([edge.from().fix(), edge.to().fix()]));
                queue.push_back(edge.rev().fix());
            }
        }
        while let Some(edge) = queue.pop_front() {
            let edge = self.triangulated.directed_edge(edge);
            let here = inside[edge.face().fix().index()] == Some(true);
            for step in [edge, edge.next(), edge.prev()] {
                let face = step.rev().face().fix().index();
                if inside[face].is_none() {
                    inside[face] = Some(here ^ is_border([step.from().fix(), step.to().fix()]));
                    queue.push_back(step.rev().fix());
                }
            }
        }
        let mut count = 0;
        self.of_face = inside
            .iter()
            .map(|inside| {
                (*inside == Some(true)).then(|| {
                    count += 1;
                    count - 1
                })
            })
            .collect();
        self.triangles = self.made();
    }

    /// The triangles of the faces that lie in the parent, in the order of their numbers. An edge of the border never has the parent on both sides.
    fn made(&self) -> Vec<Triangle> {
        let mut triangles = Vec::new();
        for face in self.triangulated.inner_faces().filter(|face| self.of_face[face.fix().index()].is_some())
        {
            let edges = face.adjacent_edges();
            let beyond = edges.map(|edge| match self.of_face[edge.rev().face().fix().index()] {
                None => Beyond::Outside,
                Some(other) if edge.is_constraint_edge() => Beyond::AcrossStreet(other),
                Some(other) => Beyond::Triangle(other),
            });
            let corners = edges.map(|edge| edge.from().fix().index() as Corner);
            triangles.push(Triangle { corners, beyond });
        }
        triangles
    }

    /// The triangle that holds a place; one on an edge or corner lies in one of those beside it. `None` outside the parent.
    pub(crate) fn triangle_at(&self, place: Place) -> Option<u32> {
        let point = Point2::new(f64::from(place.lon_e7()), f64::from(place.lat_e7()));
        let face = match self.triangulated.locate(point) {
            PositionInTriangulation::OnFace(face) => face.index(),
            PositionInTriangulation::OnEdge(edge) => {
                let edge = self.triangulated.directed_edge(edge);
                let beside = [edge.face().fix().index(), edge.rev().face().fix().index()];
                return beside.into_iter().filter_map(|face| self.of_face[face]).min();
            }
            PositionInTriangulation::OnVertex(vertex) => {
                let edges = self.triangulated.vertex(vertex).out_edges();
                return edges.filter_map(|edge| self.of_face[edge.face().fix().index()]).min();
            }
            _ => return None,
        };
        self.of_face[face]
    }
}

fn sorted(ends: [Corner; 2]) -> [Corner; 2] {
    [ends[0].min(ends[1]), ends[0].max(ends[1])]
}
