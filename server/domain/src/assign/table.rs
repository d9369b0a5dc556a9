//! What must be known of everybody at once to say who may be asked: a few bytes a person, in one row after the other.

use crate::index::Index;
use gridward_data::model::{
    id::{AreaId, CompoundId},
    responder::{Responder, Role},
    road::Mode,
    roster::Shift,
};
use std::collections::BTreeMap;

/// Deciseconds of a minute.
const MINUTE_DS: u32 = 600;

/// What a person is and does, as far as it decides who may be asked.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// When the newest fix was taken, milliseconds; `i64::MIN` where there is none.
    pub(super) fix_at: i64,
    /// From when the shift is; what was before is not asked about.
    pub(super) since: i64,
    /// From the call until this person sets out, deciseconds.
    pub(super) turnout_ds: u32,
    /// Position in [`Table::homes`]; `u32::MAX` for who has no area.
    pub(super) home: u32,
    pub(super) role: Role,
    pub(super) mode: Mode,
    pub(super) on_duty: bool,
    pub(super) busy: bool,
    /// Whether this person is at a known post where no fresh fix says otherwise.
    pub(super) at_post: bool,
    /// Whether the fix, and the post, lie on no road.
    pub(super) off_roads: [bool; 2],
}

/// Everybody, by number.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) ids: Vec<u64>,
    pub(super) rows: Vec<Row>,
    /// The slots of those on duty, ascending.
    pub(super) on_duty: Vec<u32>,
    /// The compound that each watches; 0 for none.
    pub(super) compounds: Vec<u64>,
    /// The skills of each, as positions in `skill_words`, ascending.
    pub(super) skills: Vec<Box<[u16]>>,
    pub(super) skill_words: Vec<String>,
    /// The chains of the areas that people work in, the widest first.
    pub(super) homes: Vec<Vec<AreaId>>,
}

impl Table {
    /// Everybody who can be sent, nobody on duty yet. O(n log n).
    pub(super) fn new(index: &Index) -> Self {
        let mut table = Self::default();
        let mut homes: BTreeMap<AreaId, u32> = BTreeMap::new();
        let mut skills: BTreeMap<String, u16> = BTreeMap::new();
        for known in index.people().responders.iter() {
            let responder: &Responder = &known.thing;
            let home = responder.home_area.map(|area| {
                *homes.entry(area).or_insert_with(|| {
                    table.homes.push(index.places().areas.chain(area));
                    table.homes.len() as u32 - 1
                })
            });
            let mut its_skills: Vec<u16> = Vec::with_capacity(responder.skills.len());
            for skill in &responder.skills {
                its_skills.push(*skills.entry(skill.clone()).or_insert_with(|| {
                    table.skill_words.push(skill.clone());
                    table.skill_words.len() as u16 - 1
                }));
            }
            its_skills.sort_unstable();
            table.ids.push(responder.id.number());
            table.compounds.push(responder.compound.map_or(0, CompoundId::number));
            table.skills.push(its_skills.into());
            table.rows.push(Row {
                fix_at: i64::MIN,
                since: i64::MIN,
                turnout_ds: 0,
                home: home.unwrap_or(u32::MAX),
                role: responder.role,
                mode: responder.mode,
                on_duty: false,
                busy: false,
                at_post: false,
                off_roads: [false; 2],
            });
        }
        table
    }

    /// Somebody takes up a shift, or goes on with a changed one.
    pub(super) fn start(&mut self, slot: usize, shift: &Shift, has_post: bool) {
        self.rows[slot].start(shift, has_post);
        if let Err(at) = self.on_duty.binary_search(&(slot as u32)) {
            self.on_duty.insert(at, slot as u32);
        }
    }

    /// Somebody goes off duty.
    pub(super) fn end(&mut self, slot: usize) {
        self.rows[slot].end();
        if let Ok(at) = self.on_duty.binary_search(&(slot as u32)) {
            self.on_duty.remove(at);
        }
    }

    /// Where somebody is in the table.
    pub(super) fn slot(&self, id: u64) -> Option<usize> {
        // Numbers are mostly given without a gap.
        let guess = (id as usize).wrapping_sub(1);
        if self.ids.get(guess) == Some(&id) {
            return Some(guess);
        }
        self.ids.binary_search(&id).ok()
    }
}

impl Row {
    /// Takes up a shift.
    fn start(&mut self, shift: &Shift, has_post: bool) {
        self.on_duty = true;
        self.busy = shift.task.is_some();
        self.since = shift.span.from.0;
        self.turnout_ds = u32::from(shift.duty.turnout_min()) * MINUTE_DS;
        self.at_post = has_post;
    }
    /// Goes off duty, and is not known to be anywhere any more.
    fn end(&mut self) {
        (self.on_duty, self.busy, self.at_post, self.turnout_ds) = (false, false, false, 0);
        self.fix_at = i64::MIN;
    }
}
