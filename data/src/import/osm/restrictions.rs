//! Which turns are forbidden, and which are the only ones allowed.

use super::{
    Made, Report,
    element::{Elements, Relation},
};
use crate::{
    import::outcome::{Reason, Record},
    model::{
        id::{NodeId, RestrictionId, StreetId},
        road::{Restriction, Street, Via},
    },
};

/// Why a restriction was left out.
enum Left {
    /// It is of no use here, or normal at the edge of an extract: counted under this phrase.
    Counted(&'static str),
    /// It is wrong.
    Wrong(Reason),
}

const AT_THE_EDGE: Left = Left::Counted("restrictions left out: members are not in the file");

/// Step: every turn restriction for cars between streets that are there. Conditional ones are left out: a turn that is forbidden in the
/// morning is not forbidden.
pub(super) fn draft(elements: &Elements, made: &mut Made, report: &mut Report) {
    for relation in elements.relations.iter().filter(|relation| relation.tags.is("type", "restriction")) {
        report.summary.add("restrictions read");
        let turns = only(relation).and_then(|only| {
            let finder = Finder { elements, made };
            Ok((only, finder.turns(relation)?))
        });
        match turns {
            Ok((only, turns)) => {
                for (from, via, to) in turns {
                    let number = made.restrictions.len() as u64 + 1;
                    let id = RestrictionId::new(number).expect("there are fewer relations than ids");
                    made.restrictions.push(Restriction { id, from, via, to, only });
                }
            }
            Err(Left::Counted(phrase)) => report.summary.add(phrase),
            Err(Left::Wrong(reason)) => report.relation(elements, relation, (reason, None)),
        }
    }
}

/// Whether the turn is the only one allowed; `false`: it is forbidden.
fn only(relation: &Relation) -> Result<bool, Left> {
    let tags = &relation.tags;
    let Some(kind) = tags.value("restriction") else {
        let conditional = tags.value("restriction:conditional").is_some();
        return Err(Left::Counted(if conditional {
            "restrictions left out: conditional"
        } else {
            "restrictions left out: for other vehicles than cars"
        }));
    };
    let excepted = tags.value("except").unwrap_or_default();
    if excepted.split(';').any(|vehicle| matches!(vehicle.trim(), "motorcar" | "motor_vehicle" | "vehicle")) {
        return Err(Left::Counted("restrictions left out: cars are excepted"));
    }
    match kind.split_once('_') {
        Some(("only", _)) => Ok(true),
        Some(("no", _)) => Ok(false),
        _ => Err(Left::Wrong(Reason::NotUnderstood {
            what: "the restriction",
            text: kind.to_owned(),
            remedy: "it begins with no_ or only_; correct it in the map",
        })),
    }
}

type Turn = (StreetId, Via, StreetId);

struct Finder<'a> {
    elements: &'a Elements,
    made: &'a Made,
}

impl Finder<'_> {
    /// All turns that a restriction names: several where it has more than one `from` or `to`, as `no_entry` and `no_exit` may.
    fn turns(&self, relation: &Relation) -> Result<Vec<Turn>, Left> {
        let from = self.streets_of_role(relation, "from")?;
        let to = self.streets_of_role(relation, "to")?;
        let mut turns = Vec::new();
        match self.via(relation)? {
            Via::Node(node) => {
                let at_node = |streets: &[&Street]| -> Result<Vec<StreetId>, Left> {
                    let ids: Vec<StreetId> = streets
                        .iter()
                        .filter(|street| passes(street, node))
                        .map(|street| street.id)
                        .collect();
                    if ids.is_empty() {
                        Err(wrong("its via node lies on neither end of its way"))
                    } else {
                        Ok(ids)
                    }
                };
                for &to in &at_node(&to)? {
                    turns.extend(at_node(&from)?.iter().map(|&from| (from, Via::Node(node), to)));
                }
            }
            Via::Streets(streets) => {
                let [from, to] = [from, to].map(|streets| streets.first().map(|street| street.id));
                if let (Some(from), Some(to)) = (from, to) {
                    turns.push((from, Via::Streets(self.in_order(from, streets, to)?), to));
                }
            }
        }
        Ok(turns)
    }

    fn streets_of_role(&self, relation: &Relation, role: &str) -> Result<Vec<&Street>, Left> {
        let mut streets = Vec::new();
        for member in relation.members.iter().filter(|member| member.role.as_ref() == role) {
            let Record::Way(way) = member.record else {
                return Err(wrong("a from or to is no way"));
            };
            streets.extend(self.streets_of_way(way)?);
        }
        if streets.is_empty() { Err(wrong("it has no from or no to")) } else { Ok(streets) }
    }

    fn streets_of_way(&self, way: i64) -> Result<impl Iterator<Item = &Street>, Left> {
        match self.made.joints.streets_of_way.get(&way) {
            Some(indices) => Ok(indices.iter().map(|&index| &self.made.streets[index as usize])),
            None if self.elements.way(way).is_none() => Err(AT_THE_EDGE),
            None => Err(Left::Counted("restrictions left out: of streets that are left out")),
        }
    }

    fn via(&self, relation: &Relation) -> Result<Via, Left> {
        let mut streets = Vec::new();
        let mut nodes = Vec::new();
        for member in relation.members.iter().filter(|member| member.role.as_ref() == "via") {
            match member.record {
                Record::Node(id) => {
                    let rank = self.elements.rank(id).ok_or(AT_THE_EDGE)?;
                    let joint = self.made.joints.node(rank);
                    nodes.push(joint.ok_or_else(|| wrong("its via node lies on neither end of its way"))?);
                }
                Record::Way(way) => streets.extend(self.streets_of_way(way)?.map(|street| street.id)),
                _ => return Err(wrong("its via is neither node nor way")),
            }
        }
        match (&nodes[..], streets.is_empty()) {
            (&[node], true) => Ok(Via::Node(node)),
            ([], false) => Ok(Via::Streets(streets)),
            _ => Err(wrong("it needs one via node, or via ways")),
        }
    }

    /// The streets in the order in which they are gone through.
    fn in_order(&self, from: StreetId, streets: Vec<StreetId>, to: StreetId) -> Result<Vec<StreetId>, Left> {
        let street = |id: StreetId| &self.made.streets[id.number() as usize - 1];
        let meet =
            |a: StreetId, b: StreetId| street(a).joints.iter().any(|joint| passes(street(b), joint.node));
        let chained = |streets: &[StreetId]| {
            let all: Vec<StreetId> = [&[from], streets, &[to]].concat();
            all.windows(2).all(|pair| meet(pair[0], pair[1]))
        };
        let reversed: Vec<StreetId> = streets.iter().rev().copied().collect();
        match (chained(&streets), chained(&reversed)) {
            (true, _) => Ok(streets),
            (false, true) => Ok(reversed),
            (false, false) => Err(wrong("its from, via and to do not meet")),
        }
    }
}

fn passes(street: &Street, node: NodeId) -> bool {
    street.joints.iter().any(|joint| joint.node == node)
}

const fn wrong(what: &'static str) -> Left {
    Left::Wrong(Reason::Restriction(what))
}
