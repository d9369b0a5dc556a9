//! The way of somebody whom a search met.

use super::{Outward, Reached, segments::directed};
use gridward_data::model::place::Place;

/// A way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Its length, centimetres, with the straight steps to and from the street.
    pub path_cm: u32,
    /// Its corners, from where the walker is to the target; empty where it was not asked for.
    pub places: Vec<Place>,
}

/// A part of a segment in the direction of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) segment: u32,
    pub(super) from_cm: u32,
    pub(super) to_cm: u32,
}

impl Stretch {
    pub(super) const fn length_cm(&self) -> u32 {
        self.from_cm.abs_diff(self.to_cm)
    }
    pub(super) const fn directed(&self) -> u32 {
        directed(self.segment, self.from_cm <= self.to_cm)
    }
}

impl Outward<'_> {
    /// The way of somebody at an offset of a segment that this search has reached: `from` is where the walker is beside it. The places are made only
    /// where they are `wanted`. O(segments of the way).
    #[must_use]
    pub fn way(&self, reached: &Reached, offset_cm: u32, from: Option<Place>, wanted: bool) -> Way {
        let (stretches, target) = self.stretches(reached, offset_cm);
        let target = &self.targets[target as usize];
        let segments = &self.roads.segments;
        let start = stretches.first().map(|first| segments.place_on(first.segment, first.from_cm));
        let steps_cm = match (from, start) {
            (Some(from), Some(start)) => {
                let to_metres = |place| self.roads.frame.to_metres(place);
                (to_metres(from).distance(to_metres(start)) * 100.0).round() as u32
            }
            _ => 0,
        };
        let along_cm: u32 = stretches.iter().map(Stretch::length_cm).sum();
        let mut way = Way { path_cm: steps_cm + along_cm + target.away_cm, places: Vec::new() };
        if wanted {
            way.places.extend(from);
            for stretch in &stretches {
                way.places.push(segments.place_on(stretch.segment, stretch.from_cm));
                way.places.extend(segments.corners_between(stretch.segment, stretch.from_cm, stretch.to_cm));
            }
            way.places.extend(stretches.last().map(|last| segments.place_on(last.segment, last.to_cm)));
            way.places.push(target.place);
            way.places.dedup();
        }
        way
    }

    /// The stretches of the way in the direction of travel, and the position of the target to which it leads.
    pub(super) fn stretches(&self, reached: &Reached, offset_cm: u32) -> (Vec<Stretch>, u32) {
        let mut stretches =
            vec![Stretch { segment: reached.segment, from_cm: offset_cm, to_cm: reached.until_cm }];
        let mut label = &self.scratch.labels[reached.label as usize];
        while !label.is_target() {
            let segment = label.by / 2;
            let from_cm = if label.by.is_multiple_of(2) { 0 } else { self.roads.length_cm(segment) };
            stretches.push(Stretch { segment, from_cm, to_cm: label.until_cm });
            label = &self.scratch.labels[label.parent as usize];
        }
        (stretches, label.parent)
    }
}
