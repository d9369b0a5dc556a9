//! A year of what was reported, and what became of it: reports, cases, hazards, and the tasks of the last days.
//!
//! Each matter throws its own dice: category, instant, sentence, place, words, course. Then everything is numbered by time, so that a case
//! with a higher number was opened later. The year is told as it stands at its end.

mod course;
mod when;
mod words;

use super::{
    dice::{Dice, Purpose},
    people::{
        People, PeoplePlan,
        ground::{Ground, Sort, Spot},
        in_proportion,
    },
};
use crate::model::{
    case::{Case, CaseState, Hazard, HazardState},
    entity::Entity,
    id::{AreaId, CaseId, HazardId, OrganisationId, ReportId, ResponderId, TaskId},
    report::{Channel, Report},
    responder::Role,
    task::{Task, TaskState},
    time::Timestamp,
};
use std::collections::BTreeMap;
use when::Calendar;
use words::Sentence;

const REPORTS: usize = 60_000;
/// However small the city is, it has as many reports.
const FEWEST_REPORTS: usize = 48;
/// Of a hundred matters so many are told of two to four times.
const AGAIN_PERCENT: usize = 5;
/// Tasks are kept for cases opened in the last days.
const TASKS_MS: i64 = 7 * 86_400_000;

/// So many sentences, and so many spots for each, are tried for a pair that fits.
const SENTENCES_TRIED: usize = 8;
const SPOTS_TRIED: usize = 24;

/// A matter before it has a number.
struct Matter<'g> {
    category: usize,
    opened_at: Timestamp,
    lasts_ms: i64,
    state: CaseState,
    spot: &'g Spot<'g>,
    /// When, by which way, in which words; the first first.
    told: Vec<(Timestamp, Channel, String)>,
    co_handling: Vec<OrganisationId>,
}

/// The year of a city: reports, cases, hazards, tasks. A city without any place of which something could be told has none.
pub(super) fn year(ground: &Ground<'_>, people: &People, plan: &PeoplePlan) -> Vec<Entity> {
    let total = in_proportion(REPORTS, ground.leaves().count(), FEWEST_REPORTS);
    let mut matters = Telling::new(ground, people, plan).matters(total);
    // Each matter is made after those of its category: ties keep that order.
    matters.sort_by_key(|matter| matter.opened_at);
    numbered(&matters, people, plan)
}

struct Telling<'g> {
    ground: &'g Ground<'g>,
    people: &'g People,
    plan: &'g PeoplePlan,
    calendar: Calendar,
    sentences: Vec<Sentence>,
    names: BTreeMap<AreaId, &'g str>,
}

impl<'g> Telling<'g> {
    fn new(ground: &'g Ground<'g>, people: &'g People, plan: &'g PeoplePlan) -> Self {
        let (calendar, sentences) = (Calendar::of(plan), words::sentences());
        let names = ground.wards().iter().map(|ward| (ward.id, ward.name)).collect();
        Self { ground, people, plan, calendar, sentences, names }
    }

    /// Matters with so many reports in all.
    fn matters(&self, total: usize) -> Vec<Matter<'g>> {
        let mut matters = Vec::with_capacity(total);
        let mut told = 0;
        let mut passed = 0;
        for (category, share) in (1..).zip(when::SHARES) {
            passed += share;
            let goal = total * passed / 10_000;
            while told < goal {
                let dice = Dice::new(self.plan.seed, Purpose::Matters, matters.len() as u64);
                let Some(matter) = self.matter(category, goal - told, dice) else { break };
                told += matter.told.len();
                matters.push(matter);
            }
        }
        matters
    }

    /// A matter of the category with at most so many reports.
    fn matter(&self, category: usize, most: usize, mut dice: Dice) -> Option<Matter<'g>> {
        let (opened_at, month) = self.calendar.draw(category, &mut dice);
        let (sentence, spot) = self.subject(category, opened_at, month, &mut dice)?;
        let lasts_ms = course::lasts_ms(category, &mut dice);
        let end = self.plan.end();
        let times = if dice.chance(AGAIN_PERCENT) { 2 + dice.pick(&[0, 0, 0, 1, 1, 2]) } else { 1 };
        let filled = words::filled(sentence, spot, self.community(spot), &mut dice);
        let mut told = Vec::with_capacity(times);
        for nth in 0..times.min(most) {
            let at = match nth {
                0 => opened_at,
                _ => course::again(opened_at, nth as i64, lasts_ms, end, &mut dice),
            };
            let channel = course::channel(category, sentence.sort, at, &mut dice);
            let telling = words::Telling { sort: sentence.sort, channel, is_repeated: nth > 0 };
            told.push((at, channel, words::told(&filled, telling, &mut dice)));
        }
        let state = course::state(end.0 - opened_at.0, lasts_ms, &mut dice);
        let help = course::helps(category, &told[0].2);
        let helper = self.people.organisations.iter().find(|one| one.name.contains(help));
        // Who hears a matter first looks at it alone: only what is assigned is helped with.
        let is_shared = !matches!(state, CaseState::Received | CaseState::Acknowledged) && dice.chance(12);
        let co_handling = helper.filter(|_| is_shared).map(|one| one.id).into_iter().collect();
        Some(Matter { category, opened_at, lasts_ms, state, spot, told, co_handling })
    }

    /// What is told of which spot. Sentences and spots are drawn until they fit; where they never do, as in a city of which little is known,
    /// the last ones are taken.
    fn subject(
        &self,
        category: usize,
        at: Timestamp,
        month: usize,
        dice: &mut Dice,
    ) -> Option<(&Sentence, &'g Spot<'g>)> {
        let is_open = category == 1 || course::is_office_hour(at);
        let told = |one: &&Sentence| {
            one.category == category && one.is_told_in(month) && (is_open || one.sort != Sort::Hearing)
        };
        let sentences: Vec<&Sentence> = self.sentences.iter().filter(told).collect();
        let weights: Vec<usize> = sentences.iter().map(|one| if one.is_seasonal() { 2 } else { 1 }).collect();
        let mut last = None;
        for _ in 0..SENTENCES_TRIED {
            let sentence = *sentences.get(when::weighted(&weights, dice))?;
            let spots = self.ground.spots(sentence.sort);
            for _ in 0..SPOTS_TRIED {
                let spot = spots.get(dice.below(spots.len()))?;
                if sentence.is_told_of(spot) {
                    return Some((sentence, spot));
                }
                last = Some((sentence, spot));
            }
        }
        last
    }

    fn community(&self, spot: &Spot<'_>) -> &'g str {
        let area = spot.areas.get(2).or(spot.areas.last());
        area.and_then(|id| self.names.get(id)).copied().unwrap_or_default()
    }
}

/// The matters as things that are kept, with numbers by time.
fn numbered(matters: &[Matter<'_>], people: &People, plan: &PeoplePlan) -> Vec<Entity> {
    let mut order: Vec<(Timestamp, usize, usize)> = Vec::with_capacity(matters.len());
    for (index, matter) in matters.iter().enumerate() {
        order.extend(matter.told.iter().enumerate().map(|(nth, told)| (told.0, index, nth)));
    }
    order.sort_unstable();
    let mut reports_of: Vec<Vec<ReportId>> = vec![Vec::new(); matters.len()];
    let leads = course::leads(people);
    let mut entities: Vec<Entity> = Vec::with_capacity(order.len() * 2 + order.len() / 4);
    for (number, (received_at, index, nth)) in (1..).zip(order) {
        let matter = &matters[index];
        let id = ReportId::new(number).expect("counted from one");
        reports_of[index].push(id);
        let (_, channel, text) = &matter.told[nth];
        let (category, text) = (Some(leads[matter.category - 1].0), text.clone());
        let (place, areas) = (matter.spot.place, matter.spot.areas.clone());
        let case = case_id(index);
        entities
            .push(Report { id, channel: *channel, category, text, place, areas, received_at, case }.into());
    }
    let mut hazards = Vec::new();
    let cases: Vec<Case> = matters
        .iter()
        .zip(reports_of)
        .enumerate()
        .map(|(index, (matter, reports))| {
            let (category, lead) = leads[matter.category - 1];
            let case = case(index, matter, reports, (category, lead));
            if matter.category != 14 {
                return case;
            }
            let id = HazardId::new(hazards.len() as u64 + 1).expect("counted from one");
            let state = if case.state.is_open() { HazardState::Open } else { HazardState::Cleared };
            hazards.push(Hazard {
                id,
                category,
                state,
                place: case.place,
                seen_at: case.opened_at,
                case: case.id,
            });
            Case { hazard: Some(id), ..case }
        })
        .collect();
    let tasks = tasks(&cases, people, plan);
    entities.extend(cases.into_iter().map(Entity::from));
    entities.extend(hazards.into_iter().map(Entity::from));
    entities.extend(tasks.into_iter().map(Entity::from));
    entities
}

fn case_id(index: usize) -> CaseId {
    CaseId::new(index as u64 + 1).expect("counted from one")
}

fn case(
    index: usize,
    matter: &Matter<'_>,
    reports: Vec<ReportId>,
    (category, lead): (crate::model::report::Category, Option<OrganisationId>),
) -> Case {
    let channel = matter.told[0].1;
    let is_given = !matches!(matter.state, CaseState::Received | CaseState::Acknowledged);
    let closed_at = Timestamp(matter.opened_at.0 + matter.lasts_ms);
    Case {
        id: case_id(index),
        kind: course::kind(matter.category, channel),
        category: Some(category),
        state: matter.state,
        channel,
        place: matter.spot.place,
        areas: matter.spot.areas.clone(),
        opened_at: matter.opened_at,
        reports,
        hazard: None,
        closed_at: (!matter.state.is_open()).then_some(closed_at),
        lead: lead.filter(|_| is_given),
        co_handling: matter.co_handling.clone(),
        steps: Vec::new(),
    }
}

/// The tasks that the closed hazards of the last days made, done by a worker of their grid. Who goes now is not made up: that is decided when
/// it is asked.
fn tasks(cases: &[Case], people: &People, plan: &PeoplePlan) -> Vec<Task> {
    let mut workers: BTreeMap<AreaId, ResponderId> = BTreeMap::new();
    for one in people.responders.iter().filter(|one| one.role == Role::GridWorker) {
        if let Some(area) = one.home_area {
            workers.entry(area).or_insert(one.id);
        }
    }
    let since = plan.end().0 - TASKS_MS;
    let mut tasks: Vec<Task> = Vec::new();
    for case in cases.iter().filter(|case| case.hazard.is_some() && case.opened_at.0 >= since) {
        let worker = case.areas.last().and_then(|area| workers.get(area));
        let (CaseState::Closed, Some(worker)) = (case.state, worker) else { continue };
        let state = TaskState::Done(*worker);
        let id = TaskId::new(tasks.len() as u64 + 1).expect("counted from one");
        let (place, areas, made_at) = (case.place, case.areas.clone(), case.opened_at);
        tasks.push(Task { id, case: case.id, place, areas, state, made_at });
    }
    tasks
}
