//! A store in memory: the same promises as the others, except that it is gone with the process.
//!
//! One lock around plain maps, and nothing clever: it is what the other stores are compared with.

use super::{
    DISTRICT,
    change::{After, Change, LogRow, Revision},
    commit::{Commit, CommitError, Committed, Notice, Request, StoreError, UniqueName},
    head_count::HeadCount,
    outbox::{GivenUp, KeptNotice, TopicCount},
    question::{CaseFilter, Fact, Loaded, Tail},
    recent::Recent,
    tracks::{self, DeviceFixes, FixBatch, FixesKept, Run},
    version::Version,
};
use crate::model::{
    calendar::Day,
    case::Case,
    entity::{Entity, Key, Kind},
    id::{AreaId, CaseId, DistrictId, MAX_ID, PatrolId},
    patrol::Fix,
    time::Timestamp,
    visit::Visit,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{BuildHasher, RandomState},
    ops::Range,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many rows of the log are kept; a follower that is further behind loads anew.
const LOG_ROWS: usize = 65_536;

/// Facts in memory. Clones are the same store.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    held: Arc<Mutex<Held>>,
    recent: Arc<Recent>,
}

#[derive(Debug, Default)]
struct Held {
    closed: bool,
    facts: BTreeMap<Key, Kept>,
    /// The last revision of what was removed, so that a thing that comes back is newer than all that was known of it.
    removed: HashMap<Key, Revision>,
    names: HashMap<(String, String), Key>,
    requests: HashMap<String, (Request, Version)>,
    next_ids: BTreeMap<(DistrictId, Kind), u64>,
    notices: BTreeMap<u64, KeptNotice>,
    last_notice: u64,
    head_counts: BTreeMap<Timestamp, HeadCount>,
    tracks: BTreeMap<Day, TrackDay>,
}

/// The patrols that began on a day.
#[derive(Debug, Default)]
struct TrackDay {
    /// By patrol and device, the fix of each number; `None` where it was refused.
    fixes: BTreeMap<(PatrolId, String), BTreeMap<u64, Option<Fix>>>,
    walked: BTreeMap<PatrolId, String>,
}

#[derive(Debug)]
struct Kept {
    revision: Revision,
    areas: Vec<AreaId>,
    entity: Entity,
}

impl TrackDay {
    /// How many fixes of a patrol are kept.
    fn count(&self, patrol: PatrolId) -> usize {
        let of = self.fixes.iter().filter(|((whose, _), _)| *whose == patrol);
        of.map(|(_, fixes)| fixes.values().flatten().count()).sum()
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        // The hasher's keys come from the operating system: two stores never share an epoch.
        let epoch = format!("{:016x}", RandomState::new().hash_one("epoch"));
        let start = Version::new(epoch, 0, 0).expect("sixteen hexadecimal digits are an epoch");
        Self { held: Arc::default(), recent: Arc::new(Recent::new(start, LOG_ROWS)) }
    }
}

#[allow(clippy::unused_async)] // the same face as the stores that wait for a disk or a network
impl MemoryStore {
    pub(super) fn recent(&self) -> &Recent {
        &self.recent
    }

    pub(super) async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let mut held = self.held()?;
        if let Some(request) = &commit.request
            && let Some((first, version)) = held.requests.get(&request.key)
        {
            let same = first.digest == request.digest;
            let repeated = Committed::Repeated { answer: first.answer.clone(), version: version.clone() };
            return if same { Ok(repeated) } else { Err(CommitError::KeyReused) };
        }
        held.check_read_set(&commit.expected)?;
        held.take_names(commit.unique)?;
        let mut rows = Vec::with_capacity(commit.changes.len());
        let mut version = self.recent.newest();
        for change in commit.changes {
            if let Change::Put { entity, .. } = &change {
                held.raise_next_id(entity.key());
            }
            let next = version.moved(version.seq() + 1);
            if let Some(row) = held.apply(change, &next, commit.at) {
                rows.push(row);
                version = next;
            }
        }
        held.keep_notices(commit.at, commit.outbox);
        if let Some(request) = commit.request {
            held.requests.insert(request.key.clone(), (request, version.clone()));
        }
        // Still under the lock: rows of two commits must not change places.
        self.recent.publish(rows);
        Ok(Committed::Stored { version })
    }

    pub(super) async fn allot_ids(
        &self,
        district: DistrictId,
        kind: Kind,
        count: u64,
    ) -> Result<Range<u64>, StoreError> {
        let mut held = self.held()?;
        let next = held.next_ids.entry((district, kind)).or_insert(1);
        let end = next.saturating_add(count);
        if end > MAX_ID + 1 {
            return Err(StoreError::Unusable {
                place: "memory".to_owned(),
                reason: format!("the numbers for {} are used up", kind.word()),
            });
        }
        Ok(std::mem::replace(next, end)..end)
    }

    pub(super) async fn load(&self) -> Result<Loaded, StoreError> {
        let held = self.held()?;
        let fact = |(key, kept): (&Key, &Kept)| {
            let entity = kept.entity.public_image().filter(|entity| !entity.is_over())?;
            Some(Fact { key: *key, revision: kept.revision, areas: kept.areas.clone(), entity })
        };
        Ok(Loaded { version: self.recent.newest(), facts: held.facts.iter().filter_map(fact).collect() })
    }

    pub(super) async fn log_after(&self, after: &Version, limit: usize) -> Result<Tail, StoreError> {
        let _open = self.held()?;
        Ok(self.recent.after(after, limit).unwrap_or(Tail::Reload))
    }

    pub(super) async fn recall(&self, key: &str) -> Result<Option<Request>, StoreError> {
        Ok(self.held()?.requests.get(key).map(|(request, _)| request.clone()))
    }

    pub(super) async fn several(&self, keys: &[Key]) -> Result<Vec<Option<(Revision, Entity)>>, StoreError> {
        let held = self.held()?;
        let whole = |kept: &Kept| (kept.revision, kept.entity.clone());
        Ok(keys.iter().map(|key| held.facts.get(key).map(whole)).collect())
    }

    pub(super) async fn cases(
        &self,
        filter: CaseFilter,
        before: Option<CaseId>,
        limit: usize,
    ) -> Result<Vec<(Revision, Case)>, StoreError> {
        let held = self.held()?;
        let first = Key { kind: Kind::Case, id: 0 };
        let end = Key { kind: Kind::Case, id: before.map_or(MAX_ID + 1, CaseId::number) };
        let wanted = held.facts.range(first..end).rev().filter_map(|(_, kept)| match &kept.entity {
            Entity::Case(case) if filter.takes(case, &kept.areas) => Some((kept.revision, case.clone())),
            _ => None,
        });
        Ok(wanted.take(limit).collect())
    }

    pub(super) async fn counts(&self) -> Result<BTreeMap<Kind, u64>, StoreError> {
        let held = self.held()?;
        let mut counts: BTreeMap<Kind, u64> = Kind::ALL.iter().map(|kind| (*kind, 0)).collect();
        for key in held.facts.keys() {
            *counts.entry(key.kind).or_default() += 1;
        }
        Ok(counts)
    }

    pub(super) async fn notices(&self, topic: &str, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        let held = self.held()?;
        let waiting =
            held.notices.values().filter(|kept| kept.given_up.is_none() && kept.notice.topic == topic);
        Ok(waiting.take(limit).cloned().collect())
    }

    pub(super) async fn notices_given_up(&self, limit: usize) -> Result<Vec<KeptNotice>, StoreError> {
        let held = self.held()?;
        Ok(held.notices.values().filter(|kept| kept.given_up.is_some()).take(limit).cloned().collect())
    }

    pub(super) async fn notices_by_topic(&self) -> Result<Vec<TopicCount>, StoreError> {
        let held = self.held()?;
        let mut counts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for kept in held.notices.values() {
            let (waiting, given_up) = counts.entry(&kept.notice.topic).or_default();
            *(if kept.given_up.is_some() { given_up } else { waiting }) += 1;
        }
        let count = |(topic, (waiting, given_up)): (&str, _)| TopicCount {
            topic: topic.to_owned(),
            waiting,
            given_up,
        };
        Ok(counts.into_iter().map(count).collect())
    }

    pub(super) async fn settle_notices(&self, numbers: &[u64]) -> Result<usize, StoreError> {
        let mut held = self.held()?;
        Ok(numbers.iter().filter(|number| held.notices.remove(number).is_some()).count())
    }

    pub(super) async fn put_notice_aside(
        &self,
        number: u64,
        given_up: Option<GivenUp>,
    ) -> Result<bool, StoreError> {
        let mut held = self.held()?;
        let kept = held.notices.get_mut(&number);
        let moved = kept.filter(|kept| kept.given_up.is_some() != given_up.is_some());
        let there = moved.is_some();
        if let Some(kept) = moved {
            kept.given_up = given_up;
        }
        Ok(there)
    }

    pub(super) async fn drop_notice(&self, number: u64) -> Result<bool, StoreError> {
        let mut held = self.held()?;
        let lies = held.notices.get(&number).is_some_and(|kept| kept.given_up.is_some());
        Ok(lies && held.notices.remove(&number).is_some())
    }

    pub(super) async fn keep_head_count(
        &self,
        count: HeadCount,
        oldest: Timestamp,
    ) -> Result<(), StoreError> {
        let mut held = self.held()?;
        held.head_counts.insert(count.at, count);
        held.head_counts = held.head_counts.split_off(&oldest);
        Ok(())
    }

    pub(super) async fn head_count(&self, at: Timestamp) -> Result<Option<HeadCount>, StoreError> {
        Ok(self.held()?.head_counts.range(..=at).next_back().map(|(_, count)| count.clone()))
    }

    pub(super) async fn visits(&self, patrol: PatrolId) -> Result<Vec<Visit>, StoreError> {
        let held = self.held()?;
        let visits = held.facts.values().filter_map(|kept| match &kept.entity {
            Entity::Visit(visit) if visit.patrol == patrol => Some(visit.clone()),
            _ => None,
        });
        Ok(visits.collect())
    }

    pub(super) async fn keep_fixes(&self, batch: FixBatch) -> Result<FixesKept, StoreError> {
        let mut held = self.held()?;
        let day = held.tracks.entry(batch.day).or_default();
        let TrackDay { fixes, walked } = day;
        let kept = fixes.entry((batch.patrol, batch.device.clone())).or_default();
        let known: Vec<Run> = kept.keys().map(|number| Run { first: *number, last: *number }).collect();
        let news = tracks::news(&batch, &known);
        if news.kept.new > 0 {
            walked.remove(&batch.patrol);
        }
        for (run, fixes) in news.runs {
            let fixes = fixes.map(|fixes| fixes.into_iter().map(Some).collect::<Vec<_>>());
            let of_run = fixes.unwrap_or_else(|| vec![None; (run.last - run.first + 1) as usize]);
            kept.extend((run.first..=run.last).zip(of_run));
        }
        Ok(news.kept)
    }

    pub(super) async fn fixes(&self, day: Day, patrol: PatrolId) -> Result<Vec<DeviceFixes>, StoreError> {
        let held = self.held()?;
        let of_day = held.tracks.get(&day).into_iter().flat_map(|day| &day.fixes);
        let of_patrol = of_day.filter(|((whose, _), _)| *whose == patrol);
        let fixes = of_patrol.map(|((_, device), fixes)| DeviceFixes {
            device: device.clone(),
            fixes: fixes.values().copied().flatten().collect(),
        });
        Ok(fixes.collect())
    }

    pub(super) async fn keep_walked(
        &self,
        day: Day,
        patrol: PatrolId,
        fixes: usize,
        body: String,
    ) -> Result<(), StoreError> {
        let mut held = self.held()?;
        let day = held.tracks.entry(day).or_default();
        if day.count(patrol) == fixes {
            day.walked.insert(patrol, body);
        }
        Ok(())
    }

    pub(super) async fn walked(&self, day: Day) -> Result<Vec<(PatrolId, Option<String>)>, StoreError> {
        let held = self.held()?;
        let Some(day) = held.tracks.get(&day) else { return Ok(Vec::new()) };
        let known: BTreeSet<PatrolId> =
            day.walked.keys().copied().chain(day.fixes.keys().map(|(patrol, _)| *patrol)).collect();
        Ok(known.into_iter().map(|patrol| (patrol, day.walked.get(&patrol).cloned())).collect())
    }

    pub(super) async fn days_walked(&self) -> Result<Vec<Day>, StoreError> {
        Ok(self.held()?.tracks.keys().copied().collect())
    }

    pub(super) async fn close(&self) -> Result<(), StoreError> {
        if let Ok(mut held) = self.held() {
            held.closed = true;
        }
        Ok(())
    }

    fn held(&self) -> Result<MutexGuard<'_, Held>, StoreError> {
        // A commit checks before it writes, and its writing cannot fail: a panic leaves nothing half done.
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.closed { Err(StoreError::Closed) } else { Ok(held) }
    }
}

impl Held {
    fn check_read_set(&self, expected: &[(Key, Option<Revision>)]) -> Result<(), CommitError> {
        for (key, expected) in expected {
            let found = self.facts.get(key).map(|kept| kept.revision);
            if found != *expected {
                return Err(CommitError::Conflict { key: *key, expected: *expected, found });
            }
        }
        Ok(())
    }

    /// Gives all the names, or none.
    fn take_names(&mut self, names: Vec<UniqueName>) -> Result<(), CommitError> {
        let mut taken = HashMap::new();
        for UniqueName { namespace, name, bearer } in names {
            let place = (namespace, name);
            let known = self.names.get(&place).or_else(|| taken.get(&place)).copied();
            if let Some(other) = known.filter(|known| *known != bearer) {
                return Err(CommitError::NameTaken { namespace: place.0, name: place.1, bearer: other });
            }
            taken.insert(place, bearer);
        }
        self.names.extend(taken);
        Ok(())
    }

    fn keep_notices(&mut self, at: Timestamp, notices: Vec<Notice>) {
        for notice in notices {
            self.last_notice += 1;
            let number = self.last_notice;
            self.notices.insert(number, KeptNotice { number, at, notice, given_up: None });
        }
    }

    /// A number that came from outside is never given again either.
    fn raise_next_id(&mut self, key: Key) {
        let next = self.next_ids.entry((DISTRICT, key.kind)).or_insert(1);
        *next = (*next).max(key.id + 1);
    }

    /// Makes the change. Answers its row of the log, at the version and time of the commit; `None` when nothing was there to remove.
    fn apply(&mut self, change: Change, version: &Version, at: Timestamp) -> Option<LogRow> {
        let key = change.key();
        let before = self.facts.remove(&key);
        let last = before.as_ref().map(|kept| kept.revision).or_else(|| self.removed.remove(&key));
        let revision = Revision(last.map_or(1, |last| last.0 + 1));
        let existed = before.is_some();
        let areas_before = before.map(|kept| kept.areas).unwrap_or_default();
        let row = |areas_after, after| LogRow {
            version: version.clone(),
            at,
            key,
            revision,
            areas_before,
            areas_after,
            class: key.kind.pace(),
            after,
        };
        match change {
            Change::Put { entity, areas } => {
                let image = entity.public_image();
                let after = image.map_or(After::Veiled, |image| After::Now(Box::new(image)));
                self.facts.insert(key, Kept { revision, areas: areas.clone(), entity: *entity });
                Some(row(areas, after))
            }
            Change::Remove(_) if existed => {
                self.removed.insert(key, revision);
                Some(row(Vec::new(), After::Gone))
            }
            Change::Remove(_) => {
                self.removed.extend(last.map(|last| (key, last)));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::store::Store;

    crate::store_contract!(|| (Store::memory(), ()));
}
