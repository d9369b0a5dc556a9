//! How a data block of OSM PBF becomes elements.

use super::{
    element::{Elements, Member, Relation, Tags, Way},
    wire::{Fields, Malformed, Value, signed, summed},
};
use crate::import::outcome::{Position, Record};

/// Reads a `PrimitiveBlock` into `elements`.
pub(super) fn read(block: &[u8], position: Position, elements: &mut Elements) -> Result<(), Malformed> {
    let head = Head::read(block)?;
    for field in Fields(block) {
        if let (2, group) = field? {
            for field in Fields(group.bytes()?) {
                match field? {
                    (1, node) => head.node(node.bytes()?, position, elements)?,
                    (2, dense) => head.dense_nodes(dense.bytes()?, position, elements)?,
                    (3, way) => elements.ways.push(head.way(way.bytes()?, position)?),
                    (4, relation) => elements.relations.push(head.relation(relation.bytes()?, position)?),
                    _ => {}
                }
            }
        }
    }
    Ok(())
}

/// What all elements of a block share: the table of texts, and how coordinates are written.
struct Head<'a> {
    texts: Vec<&'a [u8]>,
    /// The key that each text is, if some step asks for it.
    keys: Vec<Option<&'static str>>,
    granularity: i64,
    lon_offset: i64,
    lat_offset: i64,
}

impl<'a> Head<'a> {
    fn read(block: &'a [u8]) -> Result<Self, Malformed> {
        let mut head =
            Self { texts: Vec::new(), keys: Vec::new(), granularity: 100, lon_offset: 0, lat_offset: 0 };
        for field in Fields(block) {
            match field? {
                (1, table) => {
                    for text in Fields(table.bytes()?) {
                        if let (1, text) = text? {
                            head.texts.push(text.bytes()?);
                        }
                    }
                }
                (17, granularity) => head.granularity = granularity.number()? as i64,
                (19, offset) => head.lat_offset = offset.number()? as i64,
                (20, offset) => head.lon_offset = offset.number()? as i64,
                _ => {}
            }
        }
        head.keys =
            head.texts.iter().map(|text| std::str::from_utf8(text).ok().and_then(Tags::known)).collect();
        Ok(head)
    }

    /// The text with this index. Text that is not UTF-8 keeps what can be read.
    fn text(&self, index: u64) -> Result<String, Malformed> {
        let text = usize::try_from(index).ok().and_then(|index| self.texts.get(index));
        let text = text.ok_or(Malformed("a text is named that is not in the block"))?;
        Ok(String::from_utf8_lossy(text).into_owned())
    }

    fn push_tag(&self, tags: &mut Tags, key: u64, value: u64) -> Result<(), Malformed> {
        let known = usize::try_from(key).ok().and_then(|key| self.keys.get(key));
        if let Some(key) = known.ok_or(Malformed("a key is named that is not in the block"))? {
            tags.push(key, self.text(value)?);
        }
        Ok(())
    }

    fn tags(&self, keys: &[u64], values: &[u64]) -> Result<Tags, Malformed> {
        if keys.len() != values.len() {
            return Err(Malformed("an element has more keys than values, or fewer"));
        }
        let mut tags = Tags::default();
        for (&key, &value) in keys.iter().zip(values) {
            self.push_tag(&mut tags, key, value)?;
        }
        Ok(tags)
    }

    /// Longitude and latitude in units of 1e-9°.
    fn degrees(&self, lon: i64, lat: i64) -> Result<(i64, i64), Malformed> {
        let e9 = |offset: i64, units: i64| {
            let e9 = units.checked_mul(self.granularity).and_then(|e9| e9.checked_add(offset));
            e9.filter(|e9| e9.unsigned_abs() < i64::MAX as u64 / 2).ok_or(Malformed("a coordinate overflows"))
        };
        Ok((e9(self.lon_offset, lon)?, e9(self.lat_offset, lat)?))
    }

    fn node(&self, node: &[u8], position: Position, elements: &mut Elements) -> Result<(), Malformed> {
        let (mut id, mut lon, mut lat) = (None, None, None);
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for field in Fields(node) {
            match field? {
                (1, number) => id = Some(signed(number.number()?)),
                (2, list) => list.append_to(&mut keys)?,
                (3, list) => list.append_to(&mut values)?,
                (8, number) => lat = Some(signed(number.number()?)),
                (9, number) => lon = Some(signed(number.number()?)),
                _ => {}
            }
        }
        let (Some(id), Some(lon), Some(lat)) = (id, lon, lat) else {
            return Err(Malformed("a node has no id or no coordinates"));
        };
        elements.add_node(id, self.degrees(lon, lat)?, self.tags(&keys, &values)?, position);
        Ok(())
    }

    fn dense_nodes(
        &self,
        dense: &[u8],
        position: Position,
        elements: &mut Elements,
    ) -> Result<(), Malformed> {
        let (mut ids, mut lons, mut lats, mut texts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for field in Fields(dense) {
            match field? {
                (1, list) => list.append_to(&mut ids)?,
                (8, list) => list.append_to(&mut lats)?,
                (9, list) => list.append_to(&mut lons)?,
                (10, list) => list.append_to(&mut texts)?,
                _ => {}
            }
        }
        if ids.len() != lons.len() || ids.len() != lats.len() {
            return Err(Malformed("the nodes have more ids than coordinates, or fewer"));
        }
        let (ids, lons, lats) = (summed(&ids)?, summed(&lons)?, summed(&lats)?);
        let mut texts = texts.into_iter();
        for ((id, lon), lat) in ids.into_iter().zip(lons).zip(lats) {
            let mut tags = Tags::default();
            // Key, value, key, value, 0: the 0 ends the node. Without any tags in the group the list is empty.
            while let Some(key) = texts.next().filter(|&key| key != 0) {
                let value = texts.next().ok_or(Malformed("a key of a node has no value"))?;
                self.push_tag(&mut tags, key, value)?;
            }
            elements.add_node(id, self.degrees(lon, lat)?, tags, position);
        }
        Ok(())
    }

    fn way(&self, way: &[u8], position: Position) -> Result<Way, Malformed> {
        let (mut id, mut keys, mut values, mut nodes) = (None, Vec::new(), Vec::new(), Vec::new());
        for field in Fields(way) {
            match field? {
                (1, number) => id = Some(number.number()? as i64),
                (2, list) => list.append_to(&mut keys)?,
                (3, list) => list.append_to(&mut values)?,
                (8, list) => list.append_to(&mut nodes)?,
                _ => {}
            }
        }
        let id = id.ok_or(Malformed("a way has no id"))?;
        let tags = self.tags(&keys, &values)?;
        Ok(Way { id, tags, nodes: summed(&nodes)?.into_boxed_slice(), position })
    }

    fn relation(&self, relation: &[u8], position: Position) -> Result<Relation, Malformed> {
        let (mut id, mut keys, mut values) = (None, Vec::new(), Vec::new());
        let (mut roles, mut members, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        for field in Fields(relation) {
            match field? {
                (1, number) => id = Some(Value::number(number)? as i64),
                (2, list) => list.append_to(&mut keys)?,
                (3, list) => list.append_to(&mut values)?,
                (8, list) => list.append_to(&mut roles)?,
                (9, list) => list.append_to(&mut members)?,
                (10, list) => list.append_to(&mut kinds)?,
                _ => {}
            }
        }
        let id = id.ok_or(Malformed("a relation has no id"))?;
        if members.len() != roles.len() || members.len() != kinds.len() {
            return Err(Malformed("a relation has more members than roles, or fewer"));
        }
        let member = |((id, role), kind): ((i64, &u64), &u64)| {
            let record = match kind {
                0 => Record::Node(id),
                1 => Record::Way(id),
                2 => Record::Relation(id),
                _ => return Err(Malformed("a member is of a type that does not exist")),
            };
            Ok(Member { record, role: self.text(*role)?.into_boxed_str() })
        };
        let members =
            summed(&members)?.into_iter().zip(&roles).zip(&kinds).map(member).collect::<Result<_, _>>()?;
        Ok(Relation { id, tags: self.tags(&keys, &values)?, members, position })
    }
}
