//! Who holds which post: the head of a grid, the secretary of a branch, who looks after a house, the windows of the centre.

use super::{
    ground::Ground,
    organisations::{self, BRANCHES, GRID_CENTRE},
};
use crate::model::{
    area::Level,
    id::{AreaId, OrganisationId, PostId, ResponderId},
    organisation::{Organisation, Post},
    responder::{Responder, Role},
};
use std::collections::BTreeMap;

/// The posts, with ids from 1. A city without areas has none.
pub(super) fn posts(ground: &Ground<'_>, offices: &[Organisation], people: &[Responder]) -> Vec<Post> {
    let mut posts = Vec::new();
    let mut push = |title: &str, holder: Option<ResponderId>, organisation: OrganisationId, area: AreaId| {
        let id = PostId::new(posts.len() as u64 + 1).expect("counted from one");
        posts.push(Post { id, title: title.to_owned(), holder, organisation, area });
    };
    let workers = first_by(people, Role::GridWorker, |it| it.home_area);
    for ward in ground.leaves() {
        push("网格长", workers.get(&ward.id).copied(), organisations::id(GRID_CENTRE), ward.id);
    }
    let mediators = first_by(people, Role::Mediator, |it| it.home_area);
    for ward in ground.of_level(Level::Community) {
        push("支部书记", mediators.get(&ward.id).copied(), organisations::id(BRANCHES), ward.id);
    }
    // One watcher of each compound looks after its houses.
    let watchers = first_by(people, Role::Watcher, |it| it.compound);
    for compound in &ground.compounds {
        if let (Some(holder), Some(area)) = (watchers.get(&compound.id), compound.areas.last()) {
            push("楼长", Some(*holder), organisations::id(GRID_CENTRE), *area);
        }
    }
    for office in offices {
        if let Some(area) = office.area {
            push("窗口", None, office.id, area);
        }
    }
    posts
}

/// The first of a role for each area or compound.
fn first_by<K: Ord>(
    people: &[Responder],
    role: Role,
    key: impl Fn(&Responder) -> Option<K>,
) -> BTreeMap<K, ResponderId> {
    let mut first = BTreeMap::new();
    for one in people.iter().filter(|one| one.role == role) {
        if let Some(key) = key(one) {
            first.entry(key).or_insert(one.id);
        }
    }
    first
}
