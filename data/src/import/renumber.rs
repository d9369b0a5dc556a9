//! How the numbers of an import become numbers of a store.
//!
//! Nodes are no kind of their own in a store. They draw their numbers from the same well as streets: the block that is asked for
//! [`Kind::Street`] is as long as the streets and the nodes together; the streets take its first part, the nodes the rest. So nodes
//! of two imports never meet by chance.

use super::outcome::Import;
use crate::model::{
    entity::{Entity, Kind},
    id::{
        AreaId, BuildingId, CompoundId, FacilityId, InvalidId, NodeId, RestrictionId, SourceId, StationId,
        StreetId,
    },
    road::Via,
};
use std::collections::BTreeMap;

impl Import {
    /// How many numbers of each kind the import needs; for streets those of the nodes are counted in. O(n).
    #[must_use]
    pub fn needs(&self) -> BTreeMap<Kind, u64> {
        let mut needs = BTreeMap::new();
        for entity in &self.entities {
            *needs.entry(entity.key().kind).or_default() += 1;
        }
        if self.nodes > 0 {
            *needs.entry(Kind::Street).or_default() += self.nodes;
        }
        needs
    }

    /// Gives everything the numbers of a store: `first` is asked once for each kind of [`Self::needs`], with the count, and answers the
    /// first number of a free block of that length. All references follow. To be done once; O(n).
    ///
    /// Fails when a number passes [`MAX_ID`](crate::model::id::MAX_ID); the import is then of no more use.
    pub fn renumber(&mut self, mut first: impl FnMut(Kind, u64) -> u64) -> Result<(), InvalidId> {
        let needs = self.needs();
        let firsts: BTreeMap<Kind, u64> =
            needs.iter().map(|(&kind, &count)| (kind, first(kind, count))).collect();
        let streets = self.count(Kind::Street);
        let move_by = Shift { firsts, streets };
        for (orphan, _) in &mut self.orphans {
            *orphan = move_by.area(*orphan)?;
        }
        self.entities.iter_mut().try_for_each(|entity| move_by.entity(entity))
    }
}

struct Shift {
    firsts: BTreeMap<Kind, u64>,
    streets: u64,
}

impl Shift {
    fn number(&self, kind: Kind, number: u64) -> u64 {
        self.firsts.get(&kind).copied().unwrap_or(1).saturating_add(number - 1)
    }
    fn street(&self, id: StreetId) -> Result<StreetId, InvalidId> {
        StreetId::new(self.number(Kind::Street, id.number()))
    }
    fn node(&self, id: NodeId) -> Result<NodeId, InvalidId> {
        NodeId::new(self.number(Kind::Street, id.number()).saturating_add(self.streets))
    }
    fn area(&self, id: AreaId) -> Result<AreaId, InvalidId> {
        AreaId::new(self.number(Kind::Area, id.number()))
    }
    fn compound(&self, id: CompoundId) -> Result<CompoundId, InvalidId> {
        CompoundId::new(self.number(Kind::Compound, id.number()))
    }

    fn entity(&self, entity: &mut Entity) -> Result<(), InvalidId> {
        match entity {
            Entity::Area(area) => {
                area.id = self.area(area.id)?;
                for version in &mut area.versions {
                    version.parent = version.parent.map(|parent| self.area(parent)).transpose()?;
                }
                for ancestor in &mut area.lineage {
                    *ancestor = self.area(*ancestor)?;
                }
            }
            Entity::Compound(compound) => compound.id = self.compound(compound.id)?,
            Entity::Building(building) => {
                building.id = BuildingId::new(self.number(Kind::Building, building.id.number()))?;
                building.compound = building.compound.map(|compound| self.compound(compound)).transpose()?;
            }
            Entity::Station(station) => {
                station.id = StationId::new(self.number(Kind::Station, station.id.number()))?;
            }
            Entity::Facility(facility) => {
                facility.id = FacilityId::new(self.number(Kind::Facility, facility.id.number()))?;
            }
            Entity::Street(street) => {
                street.id = self.street(street.id)?;
                for joint in &mut street.joints {
                    joint.node = self.node(joint.node)?;
                }
                for barrier in &mut street.barriers {
                    barrier.residents =
                        barrier.residents.map(|compound| self.compound(compound)).transpose()?;
                }
            }
            Entity::Source(source) => {
                source.id = SourceId::new(self.number(Kind::Source, source.id.number()))?;
            }
            Entity::Restriction(restriction) => {
                restriction.id = RestrictionId::new(self.number(Kind::Restriction, restriction.id.number()))?;
                restriction.from = self.street(restriction.from)?;
                restriction.to = self.street(restriction.to)?;
                match &mut restriction.via {
                    Via::Node(node) => *node = self.node(*node)?,
                    Via::Streets(streets) => {
                        for street in streets {
                            *street = self.street(*street)?;
                        }
                    }
                }
            }
            Entity::PatrolPlan(plan) => {
                plan.area = self.area(plan.area)?;
                for street in &mut plan.streets {
                    *street = self.street(*street)?;
                }
            }
            // Beside plans an import makes places only.
            _ => {}
        }
        Ok(())
    }
}
