//! Is what is read of the past what was so?

use gridward_data::{
    model::{
        case::{Case, CaseState},
        entity::{Entity, Key},
        id::{CaseId, HazardId, ReportId},
        place::Place,
        report::Channel,
        time::Timestamp,
    },
    store::{
        change::{Change, Revision},
        question::Fact,
        version::Version,
    },
};
use gridward_domain::{
    access::Scope,
    cases::{
        intake::{self, IntakeIds, Told},
        lifecycle::{self, DeskStep},
        past::{Then, pace, past},
    },
    index::{Index, affairs::Affair},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What happens, some milliseconds after what happened before.
#[derive(Clone, Debug)]
enum Happening {
    Report { hazardous: bool },
    Step { case: usize, state: CaseState },
}

fn happening() -> impl Strategy<Value = (i64, Happening)> {
    let states = [CaseState::Acknowledged, CaseState::Handled, CaseState::Closed, CaseState::Dismissed];
    let step = (any::<prop::sample::Index>(), prop::sample::select(states.to_vec()));
    let what = prop_oneof![
        any::<bool>().prop_map(|hazardous| Happening::Report { hazardous }),
        step.prop_map(|(case, state)| Happening::Step { case: case.index(8), state }),
    ];
    (0_i64..3, what)
}

/// What was open at a moment: the cases by number with their states, and the hazards.
#[derive(Clone, Debug, Default, PartialEq)]
struct Open {
    cases: Vec<(u64, CaseState)>,
    hazards: Vec<u64>,
}

/// A city that remembers what was open after each happening.
#[derive(Default)]
struct Chronicle {
    entities: BTreeMap<Key, Entity>,
    cases: Vec<CaseId>,
    /// By time, the last word of it.
    moments: BTreeMap<i64, Open>,
    opened: Vec<i64>,
    closed: Vec<i64>,
}

impl Chronicle {
    fn index(&self) -> Index {
        let fact = |(key, entity): (&Key, &Entity)| {
            let entity = entity.public_image()?;
            Some(Fact { key: *key, revision: Revision(1), areas: vec![], entity })
        };
        Index::build(Version::new("e", 0, 1).expect("a version"), self.entities.iter().filter_map(fact))
    }

    fn put(&mut self, changes: Vec<Change>) {
        for change in changes {
            let Change::Put { entity, .. } = change else { panic!("nothing is removed") };
            self.entities.insert(entity.key(), *entity);
        }
    }

    fn happens(&mut self, happening: &Happening, at: i64) {
        match *happening {
            Happening::Report { hazardous } => self.report(hazardous, at),
            Happening::Step { case, state } => self.step(case, state, at),
        }
    }

    fn report(&mut self, hazardous: bool, at: i64) {
        let number = self.cases.len() as u64 + 1;
        let told = Told {
            channel: Channel::Desk,
            category: hazardous.then(|| "14".parse().expect("a category")),
            text: "飞线充电".to_owned(),
            place: Place::new(123.3, 41.8).expect("a place"),
            received_at: Timestamp(at),
        };
        let case = CaseId::new(number).expect("an id");
        let report = ReportId::new(number).expect("an id");
        let ids = IntakeIds { report, case, hazard: HazardId::new(number).expect("an id") };
        let intake = intake::decide(&told, ids, &self.index()).expect("it is taken in");
        self.put(intake.changes);
        self.cases.push(case);
        self.opened.push(at);
    }

    fn step(&mut self, case: usize, state: CaseState, at: i64) {
        let Some(case) = self.cases.get(case) else { return };
        let note = (state == CaseState::Dismissed).then(|| "重复".to_owned());
        let step = DeskStep { state, by: "王芳".to_owned(), note, revision: None, at: Timestamp(at) };
        // What may not follow is refused, and nothing has happened.
        let Ok(decision) = lifecycle::step(*case, &step, &self.index()) else { return };
        self.put(decision.changes);
        if !state.is_open() {
            self.closed.push(at);
        }
    }

    fn remember(&mut self, at: i64) {
        let index = self.index();
        let open = index.affairs().cases.iter().filter(|known| known.thing.state.is_open());
        let cases = open.map(|known| (known.thing.id.number(), known.thing.state)).collect();
        let there = index.affairs().hazards.iter().filter(|known| known.thing.is_open());
        let hazards = there.map(|known| known.thing.id.number()).collect();
        self.moments.insert(at, Open { cases, hazards });
    }
}

proptest! {
    #[test]
    fn the_past_is_what_was_so_at_each_moment(happenings in prop::collection::vec(happening(), 1..40)) {
        let mut chronicle = Chronicle::default();
        let mut at = 1_000;
        for (later, happening) in happenings {
            at += later;
            chronicle.happens(&happening, at);
            chronicle.remember(at);
        }
        let index = chronicle.index();
        for now in 999..=at {
            let then = past(&index, &Scope::open_loopback(), Timestamp(now));
            let mut cases: Vec<_> = then.cases.iter().map(|(known, state)| {
                let Then::Noted(state) = state else { panic!("every step is noted") };
                (known.thing.id.number(), *state)
            }).collect();
            prop_assert!(cases.is_sorted_by_key(|(id, _)| std::cmp::Reverse(*id)), "the newest first");
            cases.reverse();
            let hazards: Vec<_> = then.hazards.iter().map(|known| known.thing.id.number()).collect();
            let was = chronicle.moments.range(..=now).next_back().map(|(_, was)| was.clone()).unwrap_or_default();
            prop_assert_eq!(Open { cases, hazards }, was, "at {}", now);
        }
    }

    #[test]
    fn every_case_is_counted_in_the_bar_in_which_it_came_and_in_that_in_which_it_went(
        happenings in prop::collection::vec(happening(), 1..30),
        from in 995_i64..1_010, length in 1_i64..60, bar_ms in 1_i64..20,
    ) {
        let mut chronicle = Chronicle::default();
        let mut at = 1_000;
        for (later, happening) in happenings {
            at += later;
            chronicle.happens(&happening, at);
        }
        let until = from + length;
        let told = pace(&chronicle.index(), &Scope::open_loopback(), Timestamp(from), Timestamp(until), bar_ms);
        prop_assert!(!told.is_empty());
        for (place, bar) in told.iter().enumerate() {
            let end = told.get(place + 1).map_or(until, |next| next.from.0);
            prop_assert!(bar.from.0 < end && end - bar.from.0 <= bar_ms);
            let within = |times: &[i64]| times.iter().filter(|at| (bar.from.0..end).contains(*at)).count() as u32;
            prop_assert_eq!((bar.received, bar.closed), (within(&chronicle.opened), within(&chronicle.closed)));
        }
        prop_assert_eq!(told[0].from, Timestamp(from));
    }
}

#[test]
fn a_case_whose_steps_were_not_noted_was_open_and_nobody_knows_how_far() {
    let mut chronicle = Chronicle::default();
    chronicle.report(false, 1_000);
    let old = chronicle.entities.values_mut().find_map(|entity| match entity {
        Entity::Case(case) => Some(case),
        _ => None,
    });
    let old = old.expect("a case");
    *old = Case { state: CaseState::Closed, closed_at: Some(Timestamp(2_000)), ..old.clone() };
    let index = chronicle.index();
    let at = |at| past(&index, &Scope::open_loopback(), Timestamp(at)).cases.first().map(|(_, then)| *then);
    assert_eq!([at(999), at(1_000), at(1_999), at(2_000)], [None, Some(Then::Open), Some(Then::Open), None]);
}
