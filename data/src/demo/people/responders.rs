//! Who can be sent: grid workers, watchers, mediators, experts, officers.

use super::{
    super::dice::{Dice, Purpose},
    ground::{Desk, Ground},
    in_proportion,
    organisations::{self, GRID_CENTRE, JUSTICE, OFFICERS},
};
use crate::model::{
    facility::FacilityKind,
    id::{AreaId, ResponderId},
    responder::{Responder, Role},
    road::Mode,
};

const WORKERS: usize = 2_690;
const WATCHERS: usize = 6_321;
const MEDIATORS: usize = 1_700;
const OFFICERS_COUNT: usize = 150;
const EXPERTS: usize = 60;

/// Mediators of so many in a hundred sit at the district's centre.
const CENTRE_PERCENT: usize = 5;
const DISPUTES: [&str; 6] = ["family", "neighbour", "property", "labour", "debt", "consumer"];
/// The organisations that send experts: court, justice, labour, market, housing, health.
const EXPERT_ROWS: [usize; 6] = [1, JUSTICE, 6, 7, 28, 35];

/// The responders of the ground, by role, with ids from 1.
pub(super) fn responders(ground: &Ground<'_>, seed: u64) -> Vec<Responder> {
    let leaves: Vec<AreaId> = ground.leaves().map(|ward| ward.id).collect();
    let mut made = Making { dice: Dice::new(seed, Purpose::People, 0), all: Vec::new(), ground };
    made.workers(&leaves);
    made.watchers(&leaves);
    made.mediators(leaves.len());
    made.officers(leaves.len());
    made.experts(leaves.len());
    made.all
}

struct Making<'g, 'a> {
    dice: Dice,
    all: Vec<Responder>,
    ground: &'g Ground<'a>,
}

impl Making<'_, '_> {
    fn push(&mut self, role: Role, organisation: usize, home_area: Option<AreaId>) -> &mut Responder {
        let id = ResponderId::new(self.all.len() as u64 + 1).expect("counted from one");
        let organisation = Some(organisations::id(organisation));
        let (compound, duty_post, mode, skills) = (None, None, Mode::Foot, Vec::new());
        self.all.push(Responder { id, role, organisation, home_area, compound, duty_post, mode, skills });
        self.all.last_mut().expect("one was pushed")
    }

    /// One for each grid, and those that are left over spread evenly.
    fn workers(&mut self, leaves: &[AreaId]) {
        let count = in_proportion(WORKERS, leaves.len(), 9).max(leaves.len());
        let extra = count - leaves.len();
        for nth in 0..count {
            let home = match nth.checked_sub(leaves.len()) {
                None => leaves.get(nth),
                Some(over) => leaves.get(over * leaves.len() / extra),
            };
            let (rides, aid, fire, mediates) =
                (self.dice.chance(82), self.dice.chance(45), self.dice.chance(30), self.dice.chance(60));
            let worker = self.push(Role::GridWorker, GRID_CENTRE, home.copied());
            worker.mode = if rides { Mode::EBike } else { Mode::Foot };
            let skills = [("first_aid", aid), ("fire_warden", fire), ("mediation_basic", mediates)];
            worker.skills = skills.into_iter().filter(|it| it.1).map(|it| it.0.to_owned()).collect();
        }
    }

    /// By compound, as many as its houses ask for; by grid where there are no compounds.
    fn watchers(&mut self, leaves: &[AreaId]) {
        let count = in_proportion(WATCHERS, leaves.len(), 6);
        let ground = self.ground;
        let houses: usize = ground.compounds.iter().map(|compound| compound.houses.max(1)).sum();
        let (mut index, mut passed) = (0, 0);
        for nth in 0..count {
            let aid = self.dice.chance(20);
            let watcher = if ground.compounds.is_empty() {
                let home = leaves.get(nth * leaves.len() / count).copied();
                self.push(Role::Watcher, GRID_CENTRE, home)
            } else {
                let at = nth * houses / count;
                while passed + ground.compounds[index].houses.max(1) <= at {
                    passed += ground.compounds[index].houses.max(1);
                    index += 1;
                }
                let compound = &ground.compounds[index];
                let watcher = self.push(Role::Watcher, GRID_CENTRE, compound.areas.last().copied());
                watcher.compound = Some(compound.id);
                watcher
            };
            if aid {
                watcher.skills.push("first_aid".to_owned());
            }
        }
    }

    fn mediators(&mut self, leaves: usize) {
        let count = in_proportion(MEDIATORS, leaves, 6);
        let rooms = desks(self.ground, &[FacilityKind::Mediation, FacilityKind::PartyService]);
        let centre = desks(self.ground, &[FacilityKind::PublicOffice, FacilityKind::PartyService]);
        let at_centre = count * CENTRE_PERCENT / 100;
        for nth in 0..count {
            let desk = if nth < at_centre { centre.first().copied() } else { around(&rooms, nth) };
            let first = self.dice.below(DISPUTES.len());
            let second = self.dice.chance(40).then(|| (first + 1 + self.dice.below(5)) % DISPUTES.len());
            let home = desk.and_then(home);
            let mediator = self.push(Role::Mediator, JUSTICE, home);
            mediator.duty_post = desk.map(|desk| desk.place);
            mediator.skills =
                std::iter::once(first).chain(second).map(|it| DISPUTES[it].to_owned()).collect();
        }
    }

    fn officers(&mut self, leaves: usize) {
        let doors = [
            desks(self.ground, &[FacilityKind::Police]),
            desks(self.ground, &[FacilityKind::FireStation, FacilityKind::Police]),
            desks(self.ground, &[FacilityKind::PublicOffice, FacilityKind::Police]),
        ];
        for nth in 0..in_proportion(OFFICERS_COUNT, leaves, 6) {
            // Of five officers three are of the police, one of the fire brigade, one of the urban management.
            let force = [0, 1, 0, 2, 0][nth % 5];
            let desk = around(&doors[force], nth / 5);
            let home = desk.and_then(home);
            let officer = self.push(Role::Officer, OFFICERS[force], home);
            officer.duty_post = desk.map(|desk| desk.place);
            officer.mode = Mode::Car;
            officer.skills = vec![["public_order", "fire", "urban_management"][force].to_owned()];
        }
    }

    fn experts(&mut self, leaves: usize) {
        let centre = desks(self.ground, &[FacilityKind::PublicOffice, FacilityKind::LegalAid]);
        let widest = self.ground.widest().map(|ward| ward.id);
        for nth in 0..in_proportion(EXPERTS, leaves, 3) {
            let field = nth % EXPERT_ROWS.len();
            let expert = self.push(Role::Expert, EXPERT_ROWS[field], widest);
            expert.duty_post = centre.first().map(|desk| desk.place);
            expert.mode = Mode::Car;
            expert.skills =
                vec![["law", "mediation", "labour", "consumer", "housing", "medical"][field].to_owned()];
        }
    }
}

/// The doors of the first kind of which there are any; then those of any kind.
fn desks<'g>(ground: &'g Ground<'_>, kinds: &[FacilityKind]) -> Vec<&'g Desk> {
    let of = |kind: &FacilityKind| ground.desks.iter().filter(|desk| desk.kind == *kind).collect();
    let found = kinds.iter().map(of).find(|doors: &Vec<&Desk>| !doors.is_empty());
    found.unwrap_or_else(|| ground.desks.iter().collect())
}

/// One of the desks, in turn.
fn around<'d>(desks: &[&'d Desk], nth: usize) -> Option<&'d Desk> {
    desks.get(nth % desks.len().max(1)).copied()
}

/// The area that who works at the desk knows: the community around it, the next but smallest of the areas there.
fn home(desk: &Desk) -> Option<AreaId> {
    desk.areas.iter().rev().nth(1).or(desk.areas.last()).copied()
}
