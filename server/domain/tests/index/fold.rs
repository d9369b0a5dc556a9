//! Is the fold of the log the same as a fresh load, whatever the order of the rows? Oracle: a map of the newest word about each thing.

use crate::city::{
    Sequence, area, at, building, crooked, fact, hazard, outline, patrol, rectangle, row, station, street,
    version,
};
use gridward_data::{
    model::{
        area::Level,
        case::HazardState,
        entity::{Entity, Key, Kind},
        place::Place,
        time::Timestamp,
    },
    store::{
        change::{After, LogRow, Revision},
        question::Fact,
        version::Version,
    },
};
use gridward_domain::{
    access::Scope,
    index::{Index, near::NearKind},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A thing of one of six kinds, anew each time it is asked for.
fn thing(sequence: &mut Sequence, id: u64) -> Entity {
    let (east, north) = (sequence.below(100_000) as i32, sequence.below(100_000) as i32);
    match id % 6 {
        0 => building(id, crooked(sequence, east, north, 3_000)).into(),
        1 => station(id, at(east, north)).into(),
        2 => street(id, Some("兴华街"), &[(east, north), (east + 7, north + 900)]).into(),
        3 => area(id, Level::Grid, None, outline(&rectangle(east, north, 9_000, 9_000), &[])).into(),
        4 => {
            let until = (sequence.below(2) == 0).then_some(Timestamp(5));
            patrol(id, until).into()
        }
        _ => {
            let state = if sequence.below(2) == 0 { HazardState::Open } else { HazardState::Cleared };
            hazard(id, at(east, north), state).into()
        }
    }
}

/// A log in which things come, change and go, and what is left at its end.
fn random_log(seed: u64, length: u64) -> (Vec<LogRow>, BTreeMap<Key, Fact>) {
    let mut sequence = Sequence(seed);
    let (mut rows, mut truth, mut revisions) = (vec![], BTreeMap::new(), BTreeMap::new());
    for seq in 1..=length {
        let entity = thing(&mut sequence, u64::from(sequence_id(&mut Sequence(seed ^ seq))));
        let key = entity.key();
        let revision = revisions.entry(key).and_modify(|revision| *revision += 1).or_insert(1);
        let after = if sequence.below(4) == 0 { After::Gone } else { After::Now(Box::new(entity.clone())) };
        if after == After::Gone || entity.is_over() {
            truth.remove(&key);
        } else {
            truth.insert(key, Fact { revision: Revision(*revision), ..fact(entity) });
        }
        rows.push(row(seq, key, *revision, after));
    }
    (rows, truth)
}

/// Few things, so that they are written often.
fn sequence_id(sequence: &mut Sequence) -> u32 {
    sequence.below(7);
    1 + sequence.below(40)
}

fn shuffled<T>(mut items: Vec<T>, sequence: &mut Sequence) -> Vec<T> {
    for last in (1..items.len()).rev() {
        items.swap(last, sequence.below(last as u32 + 1) as usize);
    }
    items
}

type Seen = (Vec<Entity>, Vec<(Key, u64, Place)>, Vec<String>);

/// Everything that can be seen of an index: what there is, and answers to a few questions.
fn seen(index: &Index) -> Seen {
    let places = index.places();
    let mut entities: Vec<Entity> = vec![];
    entities.extend(places.areas.layer().iter().map(|it| (**it).clone().into()));
    entities.extend(places.buildings.iter().map(|it| (**it).clone().into()));
    entities.extend(places.stations.iter().map(|it| (**it).clone().into()));
    entities.extend(places.streets.iter().map(|it| (**it).clone().into()));
    entities.extend(index.people().patrols.iter().map(|it| it.thing.clone().into()));
    let mut hazards: Vec<_> = index.affairs().hazards.iter().map(|it| it.thing.clone()).collect();
    hazards.sort_unstable_by_key(|hazard| hazard.id);
    entities.extend(hazards.into_iter().map(Entity::from));
    let (mut near, mut located) = (vec![], vec![]);
    for (east, north) in [(0, 0), (50_000, 50_000), (90_000, 20_000)] {
        let found = index.near(&Scope::open_loopback(), at(east, north), &NearKind::ALL, 30, 20_000.0);
        near.extend(found.into_iter().map(|near| (near.key, near.distance_m.to_bits(), near.place)));
        located.push(format!("{:?}", index.locate(at(east, north))));
    }
    (entities, near, located)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Rows may come in any batches, in any order, and again and again.
    #[test]
    fn folding_a_log_however_shuffled_and_repeated_equals_a_fresh_load(
        seed in any::<u64>(), length in 0..150u64, batch in 1..40usize,
    ) {
        let (rows, truth) = random_log(seed, length);
        let mut sequence = Sequence(seed);
        let repeated: Vec<LogRow> = rows.iter().filter(|_| sequence.below(3) == 0).cloned().collect();
        let told = shuffled([rows, repeated].concat(), &mut sequence);
        let mut index = Index::build(version(0), []);
        for rows in told.chunks(batch) {
            index = index.apply(rows.to_vec()).expect("the same epoch");
        }
        let fresh = Index::build(version(length), truth.values().cloned());
        prop_assert_eq!(index.version(), fresh.version());
        prop_assert_eq!(seen(&index), seen(&fresh));
        for kind in [Kind::Area, Kind::Building, Kind::Station, Kind::Street, Kind::Hazard] {
            prop_assert_eq!(index.count(kind), truth.keys().filter(|key| key.kind == kind).count());
        }
        let open = |entity: &&Entity| matches!(entity, Entity::Hazard(it) if it.state == HazardState::Open);
        prop_assert_eq!(index.count_open(Kind::Hazard), truth.values().map(|fact| &fact.entity).filter(open).count());
        prop_assert_eq!(index.count_open(Kind::Building), 0, "a building is never done with");
    }

    /// A load in the middle of the log, and then the whole log again, the part before the load too.
    #[test]
    fn rows_from_before_the_load_raise_nothing_again(seed in any::<u64>(), length in 1..150u64, share in 0.0..1.0f64) {
        let middle = (length as f64 * share) as u64;
        let (rows, truth) = random_log(seed, length);
        let (_, loaded) = random_log(seed, middle);
        let index = Index::build(version(middle), loaded.into_values());
        let told = shuffled(rows, &mut Sequence(seed));
        let index = index.apply(told.clone()).expect("the same epoch").apply(told).expect("the same epoch");
        prop_assert_eq!(seen(&index), seen(&Index::build(version(length), truth.into_values())));
    }
}

#[test]
fn a_thing_that_went_is_not_raised_by_an_older_row_that_comes_in_a_later_batch() {
    let index = Index::build(version(0), []);
    let entity = Entity::from(hazard(4, at(0, 0), HazardState::Open));
    let key = entity.key();
    let index = index.apply([row(2, key, 2, After::Gone)]).expect("the same epoch");
    let index = index.apply([row(1, key, 1, After::Now(Box::new(entity)))]).expect("the same epoch");
    assert_eq!(index.count(Kind::Hazard), 0);
    assert_eq!(*index.version(), version(2));
}

/// The frame moves when the city grows; everything is drawn anew in it, affairs too.
#[test]
fn a_city_that_grows_by_half_a_degree_answers_as_if_it_had_always_been_so_large() {
    let old = || (1..=40u64).map(|id| fact(thing(&mut Sequence(id), id)));
    let far = Entity::from(station(99, at(-9_000_000, 4_000_000)));
    let index = Index::build(version(0), old());
    let grown =
        index.apply([row(1, far.key(), 1, After::Now(Box::new(far.clone())))]).expect("the same epoch");
    assert_ne!(index.frame().centre(), grown.frame().centre());
    let fresh = Index::build(version(1), old().chain([fact(far)]));
    assert_eq!(seen(&grown), seen(&fresh));
}

#[test]
fn rows_of_another_epoch_are_refused() {
    let index = Index::build(version(0), []);
    let foreign = LogRow {
        version: Version::new("other", 0, 9).expect("a version"),
        ..row(9, Key { kind: Kind::Hazard, id: 1 }, 1, After::Gone)
    };
    assert!(index.apply([foreign]).is_err());
}

#[test]
fn kinds_that_are_not_on_the_map_move_the_version_and_nothing_else() {
    let index = Index::build(version(0), [fact(station(1, at(0, 0)))]);
    let next =
        index.apply([row(5, Key { kind: Kind::Report, id: 3 }, 1, After::Veiled)]).expect("the same epoch");
    assert_eq!((next.version().seq(), next.count(Kind::Report), next.count(Kind::Station)), (5, 0, 1));
}

/// More changes than are kept beside the base: it is packed on the way.
#[test]
fn twenty_thousand_hazards_that_come_one_batch_after_another_are_all_there_and_in_their_place() {
    let mut index = Index::build(version(0), [fact(station(1, at(0, 0)))]);
    let mut seq = 0;
    for batch in 0..100u64 {
        let mut rows = vec![];
        for number in 0..200u64 {
            seq += 1;
            let id = 1 + batch * 200 + number;
            let place = at((id % 1_000) as i32 * 100, (id / 1_000) as i32 * 100);
            let entity = Entity::from(hazard(id, place, HazardState::Open));
            rows.push(row(seq, entity.key(), 1, After::Now(Box::new(entity))));
            if id.is_multiple_of(10) {
                seq += 1;
                rows.push(row(seq, Key { kind: Kind::Hazard, id: id - 5 }, 2, After::Gone));
            }
        }
        index = index.apply(rows).expect("the same epoch");
    }
    assert_eq!(index.count(Kind::Hazard), 18_000);
    assert_eq!(index.affairs().hazards.iter().count(), 18_000);
    assert!(index.affairs().hazards.find(5).is_none() && index.affairs().hazards.find(6).is_some());
    let found = index.near(&Scope::open_loopback(), at(600, 0), &[NearKind::Hazard], 1, 1_000.0);
    assert_eq!(found[0].key.id, 6);
}

/// Oracle: a map. Things come, move and go at random for so long that all three parts of the affairs are merged again and again.
#[test]
fn thirty_thousand_random_changes_of_hazards_leave_what_a_map_leaves() {
    let mut sequence = Sequence(5);
    let mut index = Index::build(version(0), [fact(station(1, at(0, 0)))]);
    let mut truth: BTreeMap<u64, Place> = BTreeMap::new();
    for batch in 0..300u64 {
        let mut rows = vec![];
        for number in 0..100u64 {
            let id = 1 + u64::from(sequence.below(if batch < 100 { 400 } else { 15_000 }));
            let place = at(sequence.below(90_000) as i32, sequence.below(90_000) as i32);
            let seq = 1 + batch * 100 + number;
            let gone = sequence.below(3) == 0;
            let entity = Entity::from(hazard(id, place, HazardState::Open));
            rows.push(row(
                seq,
                entity.key(),
                seq,
                if gone { After::Gone } else { After::Now(Box::new(entity)) },
            ));
            if gone {
                truth.remove(&id)
            } else {
                truth.insert(id, place)
            };
        }
        index = index.apply(rows).expect("the same epoch");
        assert_eq!(index.count(Kind::Hazard), truth.len());
    }
    let there: Vec<(u64, Place)> =
        index.affairs().hazards.iter().map(|it| (it.thing.id.number(), it.thing.place)).collect();
    assert_eq!(there, truth.iter().map(|(id, place)| (*id, *place)).collect::<Vec<_>>());
    for (east, north) in [(0, 0), (45_000, 45_000), (80_000, 10_000)] {
        let found = index.near(&Scope::open_loopback(), at(east, north), &[NearKind::Hazard], 20, 20_000.0);
        let point = index.frame().to_metres(at(east, north));
        let mut far: Vec<f64> =
            truth.values().map(|place| index.frame().to_metres(*place).distance(point)).collect();
        far.sort_unstable_by(f64::total_cmp);
        assert!(found.iter().zip(&far).all(|(near, far)| (near.distance_m - far).abs() < 1e-9));
        assert_eq!(found.len(), 20);
    }
}
