//! Where people are, from second to second: what changed in each cell of the map, written once for all who look there.
//!
//! A place is a state and no fact: a reader that missed a moment gets the whole cell again, and nothing is kept.

use super::{coverage::News, event};
use axum::body::Bytes;
use gridward_data::model::{
    area::Level,
    id::{AreaId, ResponderId},
    place::Place,
    responder::Role,
    time::Timestamp,
};
use gridward_domain::{
    access::{Precision, precision},
    assign::positions::{Positions, Presence, Source},
    index::Index,
};
use gridward_tiles::{TileCoord, WorldPoint};
use serde::Serialize;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};
use utoipa::ToSchema;

/// Cells are the tiles of this zoom: 1.8 km wide in Shenyang.
pub(crate) const CELL_ZOOM: u8 = 14;
/// The side of a cell in the units of places: 0.22 m each in Shenyang.
pub(crate) const CELL_UNITS: u32 = 8_192;
/// The kinds of duty, in the order of their numbers.
pub(crate) const DUTIES: [&str; 3] = ["resident", "rotating", "on_call"];

/// Busy with a task.
const BUSY: u8 = 1;
/// At the post of resident duty, without a fresh fix.
const AT_POST: u8 = 2;
/// By a fix too old to be relied on.
const STALE: u8 = 4;

/// Somebody at a point of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Person {
    responder: u64,
    x: u16,
    y: u16,
    role: u8,
    duty: u8,
    flags: u8,
    /// When the fix was taken, milliseconds; 0 at a post.
    at_ms: i64,
}

/// How many of one role and duty are in a grid, of those who are shown by grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    grid: u64,
    x: u16,
    y: u16,
    role: u8,
    duty: u8,
    count: u32,
}

/// Who is in a cell, by number.
#[derive(Debug, Default, PartialEq, Eq)]
struct Crowd {
    people: Vec<Person>,
    groups: Vec<Group>,
}

/// `event: people`: who is in a cell of the map, or what changed there since the second before.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleMoved {
    /// The cell, as a tile `z/x/y`.
    cell: String,
    /// The server's clock, milliseconds since 1970-01-01T00:00:00Z.
    at_ms: i64,
    /// Whether these are all: then who is not named is not there.
    whole: bool,
    /// `[responder, x, y, role, duty, flags, age]`: who is now there. `x` and `y` in units of the cell from its north-west corner; flags: 1 busy with
    /// a task, 2 at the post, 4 by a fix that is too old to be relied on; the age of the fix at `at_ms`, seconds, 0 at a post.
    put: Vec<[i64; 7]>,
    /// Who is no longer in this cell.
    out: Vec<u64>,
    /// `[grid, x, y, role, duty, count]`: all those of the cell who are shown by grid; left out where nothing of it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<[i64; 6]>>,
}

/// `event: counts`: how many people are in the areas of a level.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleCounted {
    /// `district`, `street`, `community` or `grid`.
    level: &'static str,
    /// The server's clock, milliseconds since 1970-01-01T00:00:00Z.
    at_ms: i64,
    /// Whether these are all: then areas that are not named have nobody.
    whole: bool,
    /// `[area, count, lon, lat]`: the place by which the area is shown, degrees.
    put: Vec<(u64, u32, f64, f64)>,
}

/// A cell at a moment, and what it was before.
struct Cell {
    now: Arc<Crowd>,
    before: Arc<Crowd>,
    whole: OnceLock<Bytes>,
    moved: OnceLock<Option<Bytes>>,
}

/// The areas of a level at a moment, and what they were before.
struct Counts {
    level: Level,
    now: Arc<BTreeMap<AreaId, u32>>,
    before: Arc<BTreeMap<AreaId, u32>>,
    whole: OnceLock<Bytes>,
    moved: OnceLock<Option<Bytes>>,
}

/// Where everybody is at one moment.
pub(crate) struct Moment {
    /// Counts up by one from moment to moment.
    pub(crate) number: u64,
    /// Of which patrols it is known since the moment before what more they have covered.
    pub(crate) covered: Vec<News>,
    at: Timestamp,
    index: Option<Arc<Index>>,
    cells: HashMap<TileCoord, Cell>,
    counts: Vec<Counts>,
    /// The areas of each place, so that who stands still is not looked for again.
    chains: HashMap<u64, (Place, Chain)>,
}

/// The areas that hold a place, the widest first, and the point by which the smallest is shown.
#[derive(Clone, Debug, Default)]
struct Chain {
    areas: [Option<AreaId>; 4],
    anchor: Option<(u64, Place)>,
}

impl Moment {
    /// Before anything was seen.
    pub(crate) fn none() -> Self {
        Self {
            number: 0,
            covered: Vec::new(),
            at: Timestamp(0),
            index: None,
            cells: HashMap::new(),
            counts: Vec::new(),
            chains: HashMap::new(),
        }
    }

    /// The next moment. Some milliseconds for 9,000 people.
    pub(crate) fn after(before: &Self, index: &Arc<Index>, positions: &Positions, at: Timestamp) -> Self {
        // Other areas may hold the same places.
        let same_areas =
            before.index.as_ref().is_some_and(|old| Arc::ptr_eq(&old.places().areas, &index.places().areas));
        let mut next = Self { number: before.number + 1, at, index: Some(Arc::clone(index)), ..Self::none() };
        let mut seen = Seen::default();
        for who in positions.on_duty() {
            let Some(presence) = positions.presence(who, at) else { continue };
            let known = before.chains.get(&who.number());
            let known = known.filter(|(place, _)| same_areas && *place == presence.place);
            let chain = known.map_or_else(|| Chain::of(index, presence.place), |(_, chain)| chain.clone());
            seen.take(who, index, &presence, &chain);
            next.chains.insert(who.number(), (presence.place, chain));
        }
        next.cells = cells_after(&before.cells, seen.by_cell());
        next.counts = counts_after(&before.counts, seen.counted);
        next
    }

    /// Who is in a cell, all of them; an empty cell is told too, so that nobody stays on the map who has left.
    pub(crate) fn whole(&self, at: TileCoord) -> Bytes {
        let written = |crowd: &Crowd| self.written(at, true, &crowd.people, Vec::new(), Some(&crowd.groups));
        match self.cells.get(&at) {
            Some(cell) => cell.whole.get_or_init(|| written(&cell.now)).clone(),
            None => written(&Crowd::default()),
        }
    }

    /// What changed in a cell since the moment before; `None` where nothing did.
    pub(crate) fn moved(&self, at: TileCoord) -> Option<Bytes> {
        let cell = self.cells.get(&at)?;
        let write = || {
            let (now, before) = (&cell.now, &cell.before);
            if now == before {
                return None;
            }
            let put: Vec<Person> =
                now.people.iter().filter(|who| before.people.binary_search(who).is_err()).copied().collect();
            let here =
                |who: &&Person| now.people.binary_search_by_key(&who.responder, |now| now.responder).is_err();
            let out = before.people.iter().filter(here).map(|who| who.responder).collect();
            let groups = (now.groups != before.groups).then_some(&now.groups[..]);
            Some(self.written(at, false, &put, out, groups))
        };
        cell.moved.get_or_init(write).clone()
    }

    fn written(
        &self,
        at: TileCoord,
        whole: bool,
        put: &[Person],
        out: Vec<u64>,
        groups: Option<&[Group]>,
    ) -> Bytes {
        let age_s = |at_ms: i64| if at_ms == 0 { 0 } else { (self.at.0 - at_ms).max(0) / 1_000 };
        let row = |who: &Person| {
            let Person { responder, x, y, role, duty, flags, at_ms } = *who;
            [responder as i64, x.into(), y.into(), role.into(), duty.into(), flags.into(), age_s(at_ms)]
        };
        let group = |group: &Group| {
            let Group { grid, x, y, role, duty, count } = *group;
            [grid as i64, x.into(), y.into(), role.into(), duty.into(), count.into()]
        };
        let moved = PeopleMoved {
            cell: at.to_string(),
            at_ms: self.at.0,
            whole,
            put: put.iter().map(row).collect(),
            out,
            groups: groups.map(|groups| groups.iter().map(group).collect()),
        };
        event::momentary("people", &moved)
    }

    /// How many are in each area of a level.
    pub(crate) fn counted(&self, level: Level) -> Option<Bytes> {
        let counts = self.counts.iter().find(|counts| counts.level == level)?;
        let all = || self.written_counts(level, true, counts.now.iter().map(|(area, count)| (*area, *count)));
        Some(counts.whole.get_or_init(all).clone())
    }

    /// What changed of it since the moment before; `None` where nothing did.
    pub(crate) fn recounted(&self, level: Level) -> Option<Bytes> {
        let counts = self.counts.iter().find(|counts| counts.level == level)?;
        let write = || {
            let (now, before) = (&counts.now, &counts.before);
            let changed = now.iter().filter(|(area, count)| before.get(area) != Some(count));
            let empty = before.keys().filter(|area| !now.contains_key(area)).map(|area| (*area, 0));
            let changed: Vec<_> = changed.map(|(area, count)| (*area, *count)).chain(empty).collect();
            (!changed.is_empty()).then(|| self.written_counts(level, false, changed.into_iter()))
        };
        counts.moved.get_or_init(write).clone()
    }

    fn written_counts(&self, level: Level, whole: bool, rows: impl Iterator<Item = (AreaId, u32)>) -> Bytes {
        let anchor = |area| self.index.as_ref()?.places().areas.anchor(area);
        let row = |(area, count): (AreaId, u32)| {
            let place = anchor(area)?;
            Some((area.number(), count, place.lon(), place.lat()))
        };
        let put = rows.filter_map(row).collect();
        event::momentary("counts", &PeopleCounted { level: level.word(), at_ms: self.at.0, whole, put })
    }
}

/// How many are in each grid at a moment, by number: those whose place is known and fresh. Some ten milliseconds for 9,000 people.
pub(crate) fn by_grid(index: &Index, positions: &Positions, at: Timestamp) -> Vec<(AreaId, u32)> {
    let mut counts: BTreeMap<AreaId, u32> = BTreeMap::new();
    let fresh = positions.on_duty().filter_map(|who| positions.presence(who, at).filter(|seen| seen.fresh));
    for area in fresh.filter_map(|seen| Chain::of(index, seen.place).areas[Level::Grid as usize]) {
        *counts.entry(area).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// What was seen at one moment, before it is put into cells.
#[derive(Default)]
struct Seen {
    crowds: HashMap<TileCoord, Crowd>,
    /// By grid, role and duty: where the grid is shown, and how many.
    groups: BTreeMap<(u64, u8, u8), (Place, u32)>,
    /// How many are in each area, by level.
    counted: [BTreeMap<AreaId, u32>; 4],
}

impl Seen {
    /// Takes somebody. Whoever is known by an old fix only is in no count: nobody knows in which area this person is now.
    fn take(&mut self, who: ResponderId, index: &Index, presence: &Presence, chain: &Chain) -> Option<()> {
        if presence.fresh {
            for (level, area) in self.counted.iter_mut().zip(chain.areas) {
                if let Some(area) = area {
                    *level.entry(area).or_default() += 1;
                }
            }
        }
        let people = index.people();
        let responder = &people.responders.find(who.number())?.thing;
        let shift = &people.shifts.find(who.number())?.thing;
        let role = Role::ALL.iter().position(|role| *role == responder.role)? as u8;
        let duty = DUTIES.iter().position(|word| *word == shift.duty.word())? as u8;
        if precision(responder, shift) == Precision::Grid {
            let (grid, anchor) = chain.anchor.filter(|_| presence.fresh)?;
            self.groups.entry((grid, role, duty)).or_insert((anchor, 0)).1 += 1;
            return Some(());
        }
        let (cell, x, y) = cell_of(presence.place);
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        let flags = flag(shift.task.is_some(), BUSY)
            | flag(presence.source == Source::Post, AT_POST)
            | flag(!presence.fresh, STALE);
        let at_ms = presence.at.map_or(0, |at| at.0);
        let person = Person { responder: who.number(), x, y, role, duty, flags, at_ms };
        self.crowds.entry(cell).or_default().people.push(person);
        Some(())
    }

    /// Everybody by the cell in which they are shown.
    fn by_cell(&mut self) -> HashMap<TileCoord, Crowd> {
        for ((grid, role, duty), (place, count)) in std::mem::take(&mut self.groups) {
            let (cell, x, y) = cell_of(place);
            let group = Group { grid, x, y, role, duty, count };
            self.crowds.entry(cell).or_default().groups.push(group);
        }
        std::mem::take(&mut self.crowds)
    }
}

impl Chain {
    fn of(index: &Index, place: Place) -> Self {
        let mut chain = Self::default();
        for area in index.chain(place) {
            chain.areas[area.level as usize] = Some(area.id);
            chain.anchor = index.places().areas.anchor(area.id).map(|anchor| (area.id.number(), anchor));
        }
        chain
    }
}

fn cell_of(place: Place) -> (TileCoord, u16, u16) {
    let point = WorldPoint::from_e7(place.lon_e7(), place.lat_e7());
    let cell = TileCoord::at(CELL_ZOOM, point).expect("the zoom of cells is a zoom");
    let corner = cell.square().north_west;
    // A cell is 2^18 world units wide, and 2^13 of its own.
    let unit_bits = 32 - u32::from(CELL_ZOOM) - CELL_UNITS.ilog2();
    let along = |point: u32, corner: u32| ((point - corner) >> unit_bits) as u16;
    (cell, along(point.x, corner.x), along(point.y, corner.y))
}

fn cells_after(
    before: &HashMap<TileCoord, Cell>,
    now: HashMap<TileCoord, Crowd>,
) -> HashMap<TileCoord, Cell> {
    let nobody = Arc::new(Crowd::default());
    let was = |at: &TileCoord| before.get(at).map_or(&nobody, |cell| &cell.now);
    let cell = |at: TileCoord, crowd: Crowd| {
        let before = Arc::clone(was(&at));
        let now = if crowd == *before { Arc::clone(&before) } else { Arc::new(crowd) };
        (at, Cell { now, before, whole: OnceLock::new(), moved: OnceLock::new() })
    };
    let left: Vec<TileCoord> = before
        .iter()
        .filter(|(at, cell)| !now.contains_key(at) && *cell.now != Crowd::default())
        .map(|(at, _)| *at)
        .collect();
    let emptied = left.into_iter().map(|at| (at, Crowd::default()));
    now.into_iter().chain(emptied).map(|(at, crowd)| cell(at, crowd)).collect()
}

fn counts_after(before: &[Counts], now: [BTreeMap<AreaId, u32>; 4]) -> Vec<Counts> {
    let counts = |(level, now): (Level, BTreeMap<AreaId, u32>)| {
        let before = before.iter().find(|counts| counts.level == level);
        let before = before.map_or_else(Arc::default, |counts| Arc::clone(&counts.now));
        let now = if now == *before { Arc::clone(&before) } else { Arc::new(now) };
        Counts { level, now, before, whole: OnceLock::new(), moved: OnceLock::new() }
    };
    Level::ALL.into_iter().zip(now).map(counts).collect()
}
