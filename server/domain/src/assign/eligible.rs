//! Who may be asked, and why not the others.
//!
//! The first reason that holds is the one that is given, in the order of [`Reason`]: what somebody is comes before what somebody does
//! at the moment, so that "busy" means that this person would have been right.

use super::{
    positions::{Positions, Source, standing},
    table::{Row, Table},
};
use gridward_data::model::{id::AreaId, responder::Role, road::Mode, time::Timestamp};

/// What is asked of who shall go. What is empty or `None` is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// One of these roles.
    pub roles: Vec<Role>,
    /// All of these skills.
    pub skills: Vec<String>,
    /// Going in this way.
    pub mode: Option<Mode>,
    /// Working in this area or in one below it.
    pub area: Option<AreaId>,
}

/// Why somebody may not be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// In another role.
    OtherRole,
    /// Without a skill that is needed.
    MissingSkill,
    /// Goes in another way.
    OtherMode,
    /// Works in another area.
    OtherArea,
    /// Not on duty.
    OffDuty,
    /// On duty, and busy with a task.
    Busy,
    /// On duty, and nobody knows where: no fix, and no post.
    NoPosition,
    /// On duty, and the last fix is too old.
    StalePosition,
    /// Right, and cannot get there on the roads as they are now.
    Unreachable,
}

impl Reason {
    /// All of them, in the order in which they are looked at.
    pub const ALL: [Self; 9] = [
        Self::OtherRole,
        Self::MissingSkill,
        Self::OtherMode,
        Self::OtherArea,
        Self::OffDuty,
        Self::Busy,
        Self::NoPosition,
        Self::StalePosition,
        Self::Unreachable,
    ];

    /// The word for it in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OtherRole => "other_role",
            Self::MissingSkill => "missing_skill",
            Self::OtherMode => "other_mode",
            Self::OtherArea => "other_area",
            Self::OffDuty => "off_duty",
            Self::Busy => "busy",
            Self::NoPosition => "no_position",
            Self::StalePosition => "stale_position",
            Self::Unreachable => "unreachable",
        }
    }
}

/// How many may not be asked, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReasonCounts([u32; Reason::ALL.len()]);

impl ReasonCounts {
    /// How many for this reason.
    #[must_use]
    pub const fn of(&self, reason: Reason) -> u32 {
        self.0[reason as usize]
    }
    /// So many more for this reason.
    pub(super) const fn add(&mut self, reason: Reason, count: u32) {
        self.0[reason as usize] += count;
    }
    pub(super) const fn take_one(&mut self, reason: Reason) {
        self.0[reason as usize] = self.0[reason as usize].saturating_sub(1);
    }
    /// The reasons that hold for somebody, with how many.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, u32)> + '_ {
        Reason::ALL.into_iter().map(|reason| (reason, self.of(reason))).filter(|(_, count)| *count > 0)
    }
}

/// What was found of everybody: a verdict each, and the sums.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    /// By slot; `None`: may be asked.
    pub(super) of: Vec<Option<Reason>>,
    pub(super) refused: ReasonCounts,
    /// How many may be asked, by mode, in the order of [`Mode::ALL`].
    pub(super) eligible: [u32; Mode::ALL.len()],
    /// How many are on duty and somewhere, by mode.
    pub(super) present: [u32; Mode::ALL.len()],
    /// The least turn-out of those who are on duty and somewhere, by mode, deciseconds: nobody who goes so arrives earlier than after it.
    pub(super) least_turnout_ds: [u32; Mode::ALL.len()],
    /// The slots of those who may be asked and stand on no road.
    pub(super) off_roads: Vec<u32>,
}

impl Verdicts {
    /// Looks at everybody. O(people), a few nanoseconds each; where nothing is needed but somebody, at those on duty alone.
    pub(super) fn reckon(&mut self, positions: &Positions, needs: &Needs, now: Timestamp) {
        let table = &positions.table;
        let asked = Asked::new(table, needs);
        self.refused = ReasonCounts::default();
        (self.eligible, self.present) = ([0; Mode::ALL.len()], [0; Mode::ALL.len()]);
        self.least_turnout_ds = [u32::MAX; Mode::ALL.len()];
        self.off_roads.clear();
        self.of.clear();
        self.of.resize(table.rows.len(), Some(Reason::OffDuty));
        if *needs == Needs::default() {
            let off_duty = table.rows.len() - table.on_duty.len();
            self.refused.add(Reason::OffDuty, off_duty as u32);
            for slot in &table.on_duty {
                let row = &table.rows[*slot as usize];
                self.put(*slot as usize, row, None, now);
            }
        } else {
            for (slot, row) in table.rows.iter().enumerate() {
                self.put(slot, row, asked.unsuited(table, slot, row), now);
            }
        }
    }

    /// The verdict on somebody who is not the right one for a reason, or who is the right one.
    #[inline]
    fn put(&mut self, slot: usize, row: &Row, unsuited: Option<Reason>, now: Timestamp) {
        let mode = row.mode as usize;
        let source = if row.on_duty { standing(row, now) } else { None };
        if source.is_some() {
            self.present[mode] += 1;
            self.least_turnout_ds[mode] = self.least_turnout_ds[mode].min(row.turnout_ds);
        }
        let verdict = unsuited.or_else(|| unavailable(row, source, now));
        match verdict {
            Some(reason) => self.refused.add(reason, 1),
            None => self.eligible[mode] += 1,
        }
        if let (None, Some(source)) = (verdict, source)
            && row.off_roads[source as usize]
        {
            self.off_roads.push(slot as u32);
        }
        self.of[slot] = verdict;
    }
}

/// The needs in terms of a table.
struct Asked {
    roles: u8,
    /// `None`: a skill that nobody has.
    skills: Option<Vec<u16>>,
    mode: Option<Mode>,
    /// By home; `None`: everywhere.
    homes: Option<Vec<bool>>,
}

impl Asked {
    fn new(table: &Table, needs: &Needs) -> Self {
        let word =
            |skill: &String| table.skill_words.iter().position(|known| known == skill).map(|at| at as u16);
        let under = |area: AreaId| table.homes.iter().map(|chain| chain.contains(&area)).collect();
        Self {
            roles: needs.roles.iter().fold(0, |roles, role| roles | bit(*role)),
            skills: needs.skills.iter().map(word).collect(),
            mode: needs.mode,
            homes: needs.area.map(under),
        }
    }

    /// Why somebody is not the right one, at any hour.
    fn unsuited(&self, table: &Table, slot: usize, row: &Row) -> Option<Reason> {
        if self.roles != 0 && self.roles & bit(row.role) == 0 {
            return Some(Reason::OtherRole);
        }
        let has = |skills: &Vec<u16>| skills.iter().all(|skill| table.skills[slot].contains(skill));
        if self.skills.as_ref().is_none_or(|skills| !skills.is_empty() && !has(skills)) {
            return Some(Reason::MissingSkill);
        }
        if self.mode.is_some_and(|mode| mode != row.mode) {
            return Some(Reason::OtherMode);
        }
        let works_there = |homes: &Vec<bool>| homes.get(row.home as usize).copied().unwrap_or(false);
        if self.homes.as_ref().is_some_and(|homes| !works_there(homes)) {
            return Some(Reason::OtherArea);
        }
        None
    }
}

const fn bit(role: Role) -> u8 {
    1 << role as u8
}

/// Why somebody cannot be asked at the moment.
fn unavailable(row: &Row, source: Option<Source>, now: Timestamp) -> Option<Reason> {
    if !row.on_duty {
        return Some(Reason::OffDuty);
    }
    if row.busy {
        return Some(Reason::Busy);
    }
    match source {
        None => Some(Reason::NoPosition),
        Some(Source::Fix) if now.0 - row.fix_at > super::positions::FRESH_MS => Some(Reason::StalePosition),
        Some(_) => None,
    }
}
