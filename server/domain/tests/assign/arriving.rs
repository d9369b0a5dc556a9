//! Who can be there first, against everybody's own way, one by one.

use crate::{
    board::{responder, served, shift, target, task, who},
    lattice::{NOW, at, compounds, networks},
};
use gridward_data::model::{entity::Entity, responder::Role, road::Mode, roster::Duty, time::Timestamp};
use gridward_domain::{
    assign::{
        eligible::{Needs, Reason},
        first_to_arrive::{Question, REFUSED_MAX, Search, first_to_arrive},
        positions::Fix,
    },
    roads::Scratch,
};
use proptest::prelude::*;

/// Somebody on the board.
#[derive(Clone, Debug)]
struct Person {
    at: (i32, i32),
    mode: Mode,
    role: Role,
    compound: Option<u64>,
    turnout_min: Option<u16>,
    busy: bool,
    age_min: i64,
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let modes = prop_oneof![3 => Just(Mode::Foot), 1 => Just(Mode::EBike), 1 => Just(Mode::Car)];
    let roles = prop_oneof![2 => Just(Role::GridWorker), 1 => Just(Role::Watcher)];
    let compounds = proptest::option::weighted(0.4, 1_u64..=2);
    let turnouts = proptest::option::weighted(0.2, 0_u16..4);
    let person = (
        (-3..33_i32, -3..33_i32),
        modes,
        roles,
        compounds,
        turnouts,
        proptest::bool::weighted(0.15),
        0_i64..36,
    )
        .prop_map(|(at, mode, role, compound, turnout_min, busy, age_min)| Person {
            at,
            mode,
            role,
            compound,
            turnout_min,
            busy,
            age_min,
        });
    proptest::collection::vec(person, 0..40)
}

/// Many who may not be asked and few who may: the search ends by being drawn towards these.
fn many_busy() -> impl Strategy<Value = Vec<Person>> {
    let many = proptest::collection::vec(people(), 3..6).prop_map(|groups| groups.concat());
    (many, proptest::collection::vec(0..100_usize, 1..4)).prop_map(|(mut people, free)| {
        for person in &mut people {
            person.busy = true;
        }
        let count = people.len();
        for nth in free {
            if count > 0 {
                (people[nth % count].busy, people[nth % count].age_min) = (false, 1);
            }
        }
        people
    })
}

fn entities(people: &[Person]) -> Vec<Entity> {
    let each = people.iter().enumerate().flat_map(|(number, person)| {
        let id = number as u64 + 1;
        let mut its = responder(id);
        (its.mode, its.role) = (person.mode, person.role);
        its.compound = person.compound.map(crate::lattice::compound);
        let duty = person.turnout_min.map_or(Duty::Rotating, |turnout_min| Duty::OnCall { turnout_min });
        let mut its_shift = shift(id, duty);
        its_shift.task = person.busy.then(|| task(id));
        [Entity::from(its), Entity::from(its_shift)]
    });
    each.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(700))]

    #[test]
    fn the_first_are_those_whose_own_ways_are_the_shortest_and_ties_go_by_number(
        network in networks(),
        people in prop_oneof![2 => people(), 1 => many_busy()],
        (x, y) in (-3..33_i32, -3..33_i32),
        k in 1..6_usize,
        only_workers in any::<bool>(),
    ) {
        let compounds = compounds();
        let (index, mut positions) = served(&network, &compounds, entities(&people));
        for (number, person) in people.iter().enumerate() {
            let fix = Fix {
                responder: who(number as u64 + 1),
                place: at(person.at.0, person.at.1),
                accuracy_m: None,
                at: Timestamp(NOW.0 - person.age_min * 60_000),
                sequence: 1,
            };
            positions.take(&fix, NOW);
        }
        let roads = positions.roads().clone();
        let conditions = roads.conditions(NOW, &network.closures);
        let needs = Needs { roles: if only_workers { vec![Role::GridWorker] } else { vec![] }, ..Needs::default() };
        let target = target(at(x, y));
        let question = Question { target: &target, needs: &needs, k, now: NOW, conditions: &conditions, ways: true };
        let mut search = Search::default();
        let answer = first_to_arrive(&positions, &question, &mut search);

        // Everybody's own way, one by one.
        let mut scratch = Scratch::default();
        let off_roads = Mode::ALL.iter().all(|mode| roads.snap(*mode, target.place).is_err());
        let (mut able, mut refused, mut unable) = (vec![], vec![], 0);
        for (number, person) in people.iter().enumerate() {
            let place = at(person.at.0, person.at.1);
            let reason = if only_workers && person.role != Role::GridWorker {
                Some(Reason::OtherRole)
            } else if person.busy {
                Some(Reason::Busy)
            } else if person.age_min > 30 {
                Some(Reason::StalePosition)
            } else {
                None
            };
            let way_ds = match (roads.snap(person.mode, place), roads.snap(person.mode, target.place)) {
                (Ok(from), Ok(to)) => {
                    let of = person.compound.map(crate::lattice::compound);
                    let route = roads.route(person.mode, &[from], &[to], &conditions, of, &mut scratch);
                    route.ok().map(|route| route.travel_ds)
                }
                _ if reason.is_none() && (off_roads || roads.snap(person.mode, place).is_err()) => {
                    Some(roads.estimate(person.mode, place, target.place).travel_ds)
                }
                _ => None,
            };
            let turnout_ds = u32::from(person.turnout_min.unwrap_or(0)) * 600;
            let arrival = way_ds.map(|way_ds| (way_ds + turnout_ds, number as u64 + 1));
            match (reason, arrival) {
                (None, Some(arrival)) => able.push(arrival),
                (None, None) => unable += 1,
                (Some(reason), arrival) => refused.push((arrival, reason, number as u64 + 1)),
            }
        }
        able.sort_unstable();
        let named: Vec<_> =
            answer.candidates.iter().map(|it| (it.arrival_ds, it.responder.number())).collect();
        prop_assert_eq!(&named[..], &able[..k.min(able.len())]);
        prop_assert_eq!(answer.eligible as usize, able.len() + unable);
        prop_assert_eq!(answer.off_roads, off_roads);
        let unreachable = answer.counts.of(Reason::Unreachable) as usize;
        prop_assert_eq!(unreachable, if able.len() < k { unable } else { 0 });

        // Those refused are the earliest of their kind, in order; with the counts they are all there are.
        let mut before_ds = 0;
        for it in &answer.refused {
            prop_assert!(it.arrival_ds >= before_ds);
            before_ds = it.arrival_ds;
            let known = refused.iter().find(|(_, _, id)| *id == it.responder.number()).expect("one of them");
            prop_assert_eq!((known.0.map(|(arrival_ds, _)| arrival_ds), known.1), (Some(it.arrival_ds), it.reason));
        }
        prop_assert!(answer.refused.len() <= REFUSED_MAX);
        for reason in [Reason::OtherRole, Reason::Busy, Reason::StalePosition] {
            let all = refused.iter().filter(|(_, its, _)| *its == reason).count();
            let told = answer.refused.iter().filter(|it| it.reason == reason).count();
            prop_assert_eq!(answer.counts.of(reason) as usize + told, all, "{}", reason.word());
        }
        if let Some(last) = answer.candidates.last() {
            let met = refused.iter().filter_map(|(arrival, ..)| *arrival);
            let met = met.filter(|arrival| *arrival < (last.arrival_ds, last.responder.number())).count();
            prop_assert!(answer.refused.len() >= met.min(REFUSED_MAX), "{} of {met}", answer.refused.len());
        }
        // The ways lead from where people are to where they are needed, and are as long as they say.
        for it in answer.candidates.iter().filter(|it| !it.estimated) {
            let way = it.way.as_ref().expect("it was asked for");
            prop_assert_eq!((way[0], way[way.len() - 1]), (it.presence.place, target.place));
        }
        // The same again is the same, whatever was asked before.
        let other = Question { k: 3, ways: false, ..question };
        let _ = first_to_arrive(&positions, &other, &mut search);
        prop_assert_eq!(first_to_arrive(&positions, &question, &mut search), answer);
        let _ = index;
    }
}
