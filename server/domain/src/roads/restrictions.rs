//! Forbidden turns as sequences of directed segments that may not be driven one after the other.
//!
//! A turn that is the *only* one allowed forbids all others at its end, turning round included. Through streets (`via` ways) the sequence has all segments
//! of these streets between the ends; one may leave them on the way. Of a street that goes on both ways at the node both turns could be meant: such a
//! restriction binds nobody, as in other routers (OSRM), for a wrong ban sends cars around the block for ever.

use super::segments::{Digest, Segments, directed};
use gridward_data::model::{
    id::StreetId,
    road::{Restriction, Via},
};
use std::collections::BTreeMap;

/// All forbidden sequences, in the direction of travel.
#[derive(Debug, Default)]
pub(super) struct Forbidden {
    sequences: Vec<Vec<u32>>,
    /// By the last segment of a sequence: which sequences.
    by_end: BTreeMap<u32, Vec<u32>>,
}

impl Forbidden {
    fn of(mut sequences: Vec<Vec<u32>>) -> Self {
        sequences.sort_unstable();
        sequences.dedup();
        let mut by_end: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, sequence) in sequences.iter().enumerate() {
            if let Some(last) = sequence.last() {
                by_end.entry(*last).or_default().push(at as u32);
            }
        }
        Self { sequences, by_end }
    }

    /// Where one is in the sequences after going back one more segment; `None` where that completes one of them.
    pub(super) fn follow(&self, followed: &[(u32, u32)], directed: u32) -> Option<Vec<(u32, u32)>> {
        let mut next = Vec::new();
        for &(at, count) in followed {
            let sequence = &self.sequences[at as usize];
            if sequence[sequence.len() - 1 - count as usize] == directed {
                if count as usize + 1 == sequence.len() {
                    return None;
                }
                next.push((at, count + 1));
            }
        }
        next.extend(self.by_end.get(&directed).into_iter().flatten().map(|at| (*at, 1)));
        next.sort_unstable();
        Some(next)
    }

    /// The last segments of sequences, with where one is after them.
    pub(super) fn endings(&self) -> impl Iterator<Item = (u32, Vec<(u32, u32)>)> + '_ {
        self.by_end.keys().filter_map(|directed| Some((*directed, self.follow(&[], *directed)?)))
    }

    pub(super) fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        self.sequences.iter().flatten().for_each(|directed| digest.take(u64::from(*directed)));
        digest.0
    }
}

/// The sequences that restrictions forbid.
pub(super) fn forbidden<'a>(
    restrictions: impl IntoIterator<Item = &'a Restriction>,
    segments: &Segments,
) -> Forbidden {
    let finder = Finder::new(segments);
    let all = restrictions.into_iter().filter_map(|restriction| finder.sequences(restriction));
    Forbidden::of(all.flatten().collect())
}

/// Finds segments by street and node.
struct Finder<'a> {
    segments: &'a Segments,
    /// The first segment and how many, by street.
    streets: BTreeMap<StreetId, (u32, u32)>,
    /// Directed segments by the node in which they begin.
    leaving: BTreeMap<u32, Vec<u32>>,
}

impl<'a> Finder<'a> {
    fn new(segments: &'a Segments) -> Self {
        let mut streets: BTreeMap<StreetId, (u32, u32)> = BTreeMap::new();
        let mut leaving: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (at, row) in segments.rows.iter().enumerate() {
            let at = at as u32;
            streets.entry(segments.street_of(at).id).or_insert((at, 0)).1 += 1;
            leaving.entry(row.nodes[0]).or_default().push(directed(at, true));
            leaving.entry(row.nodes[1]).or_default().push(directed(at, false));
        }
        Self { segments, streets, leaving }
    }

    /// The sequences of one restriction; `None` where it cannot be found on the streets.
    fn sequences(&self, restriction: &Restriction) -> Option<Vec<Vec<u32>>> {
        let (entry, through, exit) = match &restriction.via {
            Via::Node(node) => {
                let node = self.segments.node(*node)?;
                (node, Vec::new(), node)
            }
            Via::Streets(streets) => self.through(restriction.from, streets, restriction.to)?,
        };
        let from = self.arriving(restriction.from, entry)?;
        let to = if restriction.from == restriction.to && through.is_empty() {
            from ^ 1
        } else {
            only(self.leaving_on(restriction.to, exit))?
        };
        let sequence = |last: u32| [from].into_iter().chain(through.iter().copied()).chain([last]).collect();
        if !restriction.only {
            return Some(vec![sequence(to)]);
        }
        let others = self.leaving.get(&exit)?.iter().copied().filter(|other| *other != to);
        Some(others.map(sequence).collect())
    }

    /// The segment of a street that ends at a node, taken towards it.
    fn arriving(&self, street: StreetId, node: u32) -> Option<u32> {
        only(self.leaving_on(street, node)).map(|leaving| leaving ^ 1)
    }

    fn leaving_on(&self, street: StreetId, node: u32) -> impl Iterator<Item = u32> + '_ {
        let leaving = self.leaving.get(&node).into_iter().flatten().copied();
        leaving.filter(move |directed| self.segments.street_of(directed / 2).id == street)
    }

    /// From which node to which the streets in between lead, and along which segments.
    fn through(&self, from: StreetId, streets: &[StreetId], to: StreetId) -> Option<(u32, Vec<u32>, u32)> {
        let chain: Vec<StreetId> = [from].into_iter().chain(streets.iter().copied()).chain([to]).collect();
        let meetings: Option<Vec<u32>> =
            chain.windows(2).map(|pair| self.meeting(pair[0], pair[1])).collect();
        let meetings = meetings?;
        let mut along = Vec::new();
        for (street, ends) in streets.iter().zip(meetings.windows(2)) {
            along.extend(self.along(*street, ends[0], ends[1])?);
        }
        Some((*meetings.first()?, along, *meetings.last()?))
    }

    /// The one node in which two streets meet.
    fn meeting(&self, one: StreetId, other: StreetId) -> Option<u32> {
        let mut shared = self.nodes(one)?;
        let others = self.nodes(other)?;
        shared.retain(|node| others.contains(node));
        shared.dedup();
        only(shared.into_iter())
    }

    fn nodes(&self, street: StreetId) -> Option<Vec<u32>> {
        let (first, count) = *self.streets.get(&street)?;
        let mut nodes: Vec<u32> =
            (first..first + count).flat_map(|at| self.segments.rows[at as usize].nodes).collect();
        nodes.sort_unstable();
        nodes.dedup();
        Some(nodes)
    }

    /// The segments of a street from one of its nodes to another.
    fn along(&self, street: StreetId, from: u32, to: u32) -> Option<Vec<u32>> {
        let (first, count) = *self.streets.get(&street)?;
        let rows = &self.segments.rows;
        let begins = |node: u32| (first..first + count).find(|at| rows[*at as usize].nodes[0] == node);
        let ends = |node: u32| (first..first + count).find(|at| rows[*at as usize].nodes[1] == node);
        match (begins(from), ends(to)) {
            (Some(one), Some(last)) if one <= last => {
                Some((one..=last).map(|at| directed(at, true)).collect())
            }
            _ => {
                let (one, last) = (ends(from)?, begins(to)?);
                (last <= one).then(|| (last..=one).rev().map(|at| directed(at, false)).collect())
            }
        }
    }
}

/// The one of several that is meant; `None` where there is none or more than one.
fn only(mut found: impl Iterator<Item = u32>) -> Option<u32> {
    found.next().filter(|_| found.next().is_none())
}
