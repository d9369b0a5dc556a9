//! How an OSM XML file becomes elements.
//!
//! Takes what the API, Overpass and JOSM write. What is marked as deleted is left out.

use super::element::{Elements, Member, Relation, Tags, Way};
use crate::import::{
    ImportError,
    outcome::{Position, Record},
};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use std::io::{BufRead, Read};

const SOUGHT: &str = "a map of OpenStreetMap";

/// Reads a whole file.
pub(super) fn read(source: impl BufRead) -> Result<Elements, ImportError> {
    let mut reader = Reader::from_reader(Counted { source, line: 1, bytes: 0 });
    reader.config_mut().trim_text(true);
    let mut document = Document::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        // The place is that of the line on which the tag begins, or of the one before where it begins the line.
        let event = reader.read_event_into(&mut buffer);
        let at = Position::Line(reader.get_ref().line);
        match event {
            Ok(Event::Start(tag)) => {
                document.open(&tag, at)?;
                document.depth += 1;
            }
            Ok(Event::Empty(tag)) => {
                document.open(&tag, at)?;
                document.close(tag.name().as_ref());
            }
            Ok(Event::End(tag)) => {
                document.depth = document.depth.saturating_sub(1);
                document.close(tag.name().as_ref());
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => {
                return Err(ImportError::Unreadable(std::io::Error::new(error.kind(), error.to_string())));
            }
            Err(quick_xml::Error::Syntax(_)) => return Err(truncated(reader.get_ref().bytes)),
            Err(error) => return Err(ImportError::malformed(at, format!("this is no XML ({error})"))),
        }
    }
    if document.depth > 0 {
        return Err(truncated(reader.get_ref().bytes));
    }
    if !document.begun {
        return Err(foreign());
    }
    Ok(document.elements)
}

fn truncated(byte: u64) -> ImportError {
    ImportError::Truncated { byte, what: "an element" }
}

fn foreign() -> ImportError {
    ImportError::Foreign {
        found: "XML of another kind",
        sought: SOUGHT,
        remedy: "give an .osm file whose first element is <osm>, or an .osm.pbf file",
    }
}

/// A source that counts lines and bytes as they are used up.
struct Counted<R> {
    source: R,
    line: u64,
    bytes: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}
impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.source.fill_buf()
    }
    fn consume(&mut self, amount: usize) {
        // What is consumed was filled in before: asking for it again reads nothing and cannot fail.
        if let Ok(filled) = self.source.fill_buf() {
            let used = &filled[..amount.min(filled.len())];
            self.line += used.split(|&byte| byte == b'\n').count() as u64 - 1;
        }
        self.bytes += amount as u64;
        self.source.consume(amount);
    }
}

#[derive(Default)]
struct Document {
    elements: Elements,
    open: Option<Open>,
    begun: bool,
    depth: u32,
}

/// The element whose end has not come yet.
enum Open {
    Node { id: i64, at: Option<(i64, i64)>, tags: Tags, position: Position },
    Way { id: i64, nodes: Vec<i64>, tags: Tags, position: Position },
    Relation(Relation),
    Deleted,
}

impl Document {
    fn open(&mut self, tag: &BytesStart, position: Position) -> Result<(), ImportError> {
        if !self.begun {
            self.begun = true;
            return if tag.name().as_ref() == "osm" { Ok(()) } else { Err(foreign()) };
        }
        let attributes = Attributes { tag, position };
        match tag.name().as_ref() {
            "node" => {
                let at = match (attributes.text("lon")?, attributes.text("lat")?) {
                    (Some(lon), Some(lat)) => Some((attributes.degrees(&lon)?, attributes.degrees(&lat)?)),
                    _ => None,
                };
                let id = attributes.number("id")?;
                self.begin(&attributes, Open::Node { id, at, tags: Tags::default(), position })?;
            }
            "way" => {
                let id = attributes.number("id")?;
                self.begin(
                    &attributes,
                    Open::Way { id, nodes: Vec::new(), tags: Tags::default(), position },
                )?;
            }
            "relation" => {
                let id = attributes.number("id")?;
                let relation = Relation { id, tags: Tags::default(), members: Vec::new(), position };
                self.begin(&attributes, Open::Relation(relation))?;
            }
            "nd" => {
                let node = attributes.number("ref")?;
                if let Some(Open::Way { nodes, .. }) = &mut self.open {
                    nodes.push(node);
                }
            }
            "member" => {
                let id = attributes.number("ref")?;
                let record = match attributes.text("type")?.as_deref() {
                    Some("node") => Record::Node(id),
                    Some("way") => Record::Way(id),
                    Some("relation") => Record::Relation(id),
                    _ => return Err(ImportError::malformed(position, "a member has no type that exists")),
                };
                let role = attributes.text("role")?.unwrap_or_default().into_boxed_str();
                if let Some(Open::Relation(relation)) = &mut self.open {
                    relation.members.push(Member { record, role });
                }
            }
            "tag" => self.tag(&attributes)?,
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, attributes: &Attributes, open: Open) -> Result<(), ImportError> {
        let deleted = attributes.text("action")?.as_deref() == Some("delete")
            || attributes.text("visible")?.as_deref() == Some("false");
        self.open = Some(if deleted { Open::Deleted } else { open });
        Ok(())
    }

    fn tag(&mut self, attributes: &Attributes) -> Result<(), ImportError> {
        let key = attributes.text("k")?.unwrap_or_default();
        let Some(key) = Tags::known(&key) else { return Ok(()) };
        let value = attributes.text("v")?.unwrap_or_default();
        match &mut self.open {
            Some(Open::Node { tags, .. } | Open::Way { tags, .. }) => tags.push(key, value),
            Some(Open::Relation(relation)) => relation.tags.push(key, value),
            Some(Open::Deleted) | None => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if !matches!(name, "node" | "way" | "relation") {
            return;
        }
        match self.open.take() {
            // A node without coordinates stands for one that is elsewhere.
            Some(Open::Node { id, at: Some(at), tags, position }) => {
                self.elements.add_node(id, at, tags, position);
            }
            Some(Open::Way { id, nodes, tags, position }) => {
                self.elements.ways.push(Way { id, tags, nodes: nodes.into_boxed_slice(), position });
            }
            Some(Open::Relation(relation)) => self.elements.relations.push(relation),
            Some(Open::Node { at: None, .. } | Open::Deleted) | None => {}
        }
    }
}

struct Attributes<'a> {
    tag: &'a BytesStart<'a>,
    position: Position,
}

impl Attributes<'_> {
    fn text(&self, name: &str) -> Result<Option<String>, ImportError> {
        let broken = |reason: String| {
            ImportError::malformed(self.position, format!("an attribute is broken ({reason})"))
        };
        let Some(attribute) = self.tag.try_get_attribute(name).map_err(|error| broken(error.to_string()))?
        else {
            return Ok(None);
        };
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| broken(error.to_string()))?;
        Ok(Some(value.into_owned()))
    }

    fn number(&self, name: &'static str) -> Result<i64, ImportError> {
        let text = self.text(name)?.unwrap_or_default();
        text.parse().map_err(|_| {
            ImportError::malformed(
                self.position,
                format!("the attribute {name}=“{text}” should be a whole number"),
            )
        })
    }

    /// Degrees in units of 1e-9°.
    fn degrees(&self, text: &str) -> Result<i64, ImportError> {
        match text.parse::<f64>() {
            Ok(degrees) if degrees.abs() < 1e9 => Ok((degrees * 1e9).round() as i64),
            _ => {
                Err(ImportError::malformed(self.position, format!("“{text}” should be a number of degrees")))
            }
        }
    }
}
