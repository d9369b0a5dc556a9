//! Who there is, what they do and what is closed, as one reader may see it.

use super::{ScopedIndex, ScopedStore};
use gridward_data::model::{
    case::Case,
    id::{CaseId, OrganisationId, ResponderId, TaskId},
    organisation::Organisation,
    place::Place,
    report::Category,
    responder::Responder,
    road::Closure,
    roster::Shift,
    task::Task,
    time::Timestamp,
};
use gridward_domain::{
    assign::send::{self, Decision, Order, SendError, Step, StepError, Winner},
    cases::lifecycle::{self, CaseStepError, DeskStep},
    index::{Index, affairs::Known, locate::AreaRef, search::Named},
};
use std::sync::Arc;

impl ScopedIndex {
    /// The whole snapshot, for questions about places, which everybody sees.
    pub(crate) fn snapshot(&self) -> &Index {
        &self.index
    }

    /// One case that is not closed, if the reader may see it.
    pub(crate) fn case(&self, id: u64) -> Option<&Arc<Known<Case>>> {
        self.index.affairs().cases.find(id).filter(|known| self.scope.sees(&known.areas))
    }
    /// One task, if the reader may see it.
    pub(crate) fn task(&self, id: u64) -> Option<&Known<Task>> {
        let known = self.index.affairs().tasks.find(id).filter(|known| self.scope.sees(&known.areas))?;
        Some(known)
    }
    /// The tasks with something still to be done that the reader may see, by number.
    pub(crate) fn open_tasks(&self) -> Vec<&Known<Task>> {
        let known = self.index.affairs().tasks.iter().map(AsRef::as_ref);
        let open =
            known.filter(|known: &&Known<Task>| known.thing.state.is_open() && self.scope.sees(&known.areas));
        open.collect()
    }
    /// One responder, if the reader may see where this person works.
    pub(crate) fn responder(&self, id: ResponderId) -> Option<&Known<Responder>> {
        let known = self.index.people().responders.find(id.number())?;
        self.scope.sees(&known.areas).then_some(known)
    }
    /// The shift of a responder who is on duty, if the reader may see where this person works.
    pub(crate) fn shift(&self, responder: ResponderId) -> Option<&Known<Shift>> {
        let known = self.index.people().shifts.find(responder.number())?;
        self.scope.sees(&known.areas).then_some(known)
    }
    /// The shifts of the responders with higher numbers than one, by responder, as far as the reader may see where they work.
    pub(crate) fn shifts_after(
        &self,
        responder: u64,
    ) -> impl Iterator<Item = (&Known<Responder>, &Known<Shift>)> {
        let all = self.index.people().shifts.iter().map(|known| known.thing.responder);
        let later = all.filter(move |who| who.number() > responder);
        later.filter_map(|who| Some((self.responder(who)?, self.shift(who)?)))
    }
    /// One closure; they are public.
    pub(crate) fn closure(&self, id: u64) -> Option<&Known<Closure>> {
        self.index.affairs().closures.find(id).map(AsRef::as_ref)
    }
    /// What is closed, by number.
    pub(crate) fn closures(&self) -> impl Iterator<Item = &Known<Closure>> {
        self.index.affairs().closures.iter().map(AsRef::as_ref)
    }
    /// The organisation that leads a matter: the one that was named, or else the one that leads its category.
    pub(crate) fn responsible_organisation(
        &self,
        lead: Option<OrganisationId>,
        category: Option<Category>,
    ) -> Option<&Organisation> {
        let organisations = &self.index.people().organisations;
        let named = lead.and_then(|lead| organisations.find(lead.number()));
        let leads = |known: &&Arc<Known<Organisation>>| {
            category.is_some_and(|category| known.thing.categories.contains(&category))
        };
        named.or_else(|| organisations.iter().find(leads)).map(|known| &known.thing)
    }

    /// The areas of today that hold a place, the widest first.
    pub(crate) fn chain(&self, place: Place) -> Vec<AreaRef> {
        self.index.chain(place)
    }
    /// The place by which the smallest area around a place is shown, so that nobody learns where exactly it is.
    pub(crate) fn grid_anchor(&self, place: Place) -> Option<Place> {
        let grid = self.index.chain(place).pop()?;
        self.index.places().areas.anchor(grid.id)
    }
    /// Places by name or code.
    pub(crate) fn search(&self, text: &str, limit: usize) -> Vec<Named> {
        self.index.search(text, limit)
    }

    /// What comes of an order. What the reader may not see is not there.
    pub(crate) fn send(&self, order: &Order, task: TaskId) -> Result<Decision, SendError> {
        if self.case(order.case.number()).is_none() {
            return Err(SendError::NoCase(order.case));
        }
        if self.responder(order.responder).is_none() {
            return Err(SendError::NoResponder(order.responder));
        }
        send::decide(order, task, &self.index)
    }
    /// Who was sent instead of what was ordered.
    pub(crate) fn winner(&self, order: &Order) -> Option<Winner> {
        let of_responder = send::winner_of_responder(&self.index, order.responder);
        of_responder.or_else(|| send::winner_of_case(&self.index, order.case))
    }
    /// What comes of a step of a case.
    pub(crate) fn step_case(
        &self,
        case: CaseId,
        step: &DeskStep,
    ) -> Result<lifecycle::Decision, CaseStepError> {
        if self.case(case.number()).is_none() {
            return Err(CaseStepError::NoCase(case));
        }
        lifecycle::step(case, step, &self.index)
    }
    /// What comes of a step of a task.
    pub(crate) fn step(&self, task: TaskId, step: Step, now: Timestamp) -> Result<Decision, StepError> {
        if self.task(task.number()).is_none() {
            return Err(StepError::NoTask(task));
        }
        send::step(task, step, now, &self.index)
    }
}

impl ScopedStore {
    /// A snapshot for the same reader that has everything stored by now: also what another one stored a moment ago, and lost this one a race.
    pub(crate) async fn index_of_now(&self) -> ScopedIndex {
        let version = self.app.0.store.version();
        self.app.0.snapshots.reach(&version).await;
        self.index()
    }

    /// The newest snapshot for the same reader: it has what was just stored.
    pub(crate) fn index(&self) -> ScopedIndex {
        ScopedIndex {
            index: self.app.0.snapshots.current(),
            scope: self.scope.clone(),
            app: self.app.clone(),
        }
    }
}
