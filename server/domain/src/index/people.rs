//! Who can be sent, who is on duty, who answers for what.
//!
//! Where people are is not here: positions are no facts of the store. See [`crate::assign::positions`].

use super::{fold::Step, records::Records};
use gridward_data::model::{
    entity::Kind,
    organisation::{Organisation, Post},
    patrol::{Patrol, PatrolPlan},
    responder::Responder,
    roster::{Roster, Shift},
};
use std::collections::BTreeMap;

/// Everybody, and what they are. Cheap to clone.
#[derive(Clone, Debug)]
pub struct People {
    /// 单位.
    pub organisations: Records<Organisation>,
    /// 岗位.
    pub posts: Records<Post>,
    /// 人员.
    pub responders: Records<Responder>,
    /// 值班表.
    pub rosters: Records<Roster>,
    /// 班次, of those who are on duty now; each bears the number of its responder.
    pub shifts: Records<Shift>,
    /// 巡逻计划.
    pub plans: Records<PatrolPlan>,
    /// 巡逻 that go on.
    pub patrols: Records<Patrol>,
}

impl People {
    pub(crate) fn empty() -> Self {
        Self {
            organisations: Records::empty(),
            posts: Records::empty(),
            responders: Records::empty(),
            rosters: Records::empty(),
            shifts: Records::empty(),
            plans: Records::empty(),
            patrols: Records::empty(),
        }
    }

    pub(crate) fn after(&self, steps: &mut BTreeMap<Kind, Vec<Step>>) -> Self {
        Self {
            organisations: self.organisations.after(steps),
            posts: self.posts.after(steps),
            responders: self.responders.after(steps),
            rosters: self.rosters.after(steps),
            shifts: self.shifts.after(steps),
            plans: self.plans.after(steps),
            patrols: self.patrols.after(steps),
        }
    }
}
