//! Which format a file has, by what is in it and never by its name.

use super::{element::Elements, pbf, xml};
use crate::import::ImportError;
use std::io::{BufReader, Cursor, Read};

const SOUGHT: &str = "a map of OpenStreetMap";
/// Enough to tell the formats apart, blanks before an XML declaration included.
const PEEKED_BYTES: u64 = 256;

/// Reads a file of OpenStreetMap in PBF or XML.
pub(super) fn read(mut source: impl Read) -> Result<Elements, ImportError> {
    let mut start = Vec::new();
    source.by_ref().take(PEEKED_BYTES).read_to_end(&mut start)?;
    let begins = |with: &[u8]| start.starts_with(with);
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start).trim_ascii_start();
    let is_xml = text.starts_with(b"<");
    let is_pbf = start.get(4..).is_some_and(|frame| frame.starts_with(b"\n") && begins(b"\0\0"));
    let (found, remedy) = match text.first() {
        None => ("an empty file", "give an .osm.pbf or .osm file"),
        _ if is_pbf => return pbf::read(Cursor::new(start).chain(source)),
        _ if is_xml => {
            let skipped = start.len() - text.len();
            let rest = Cursor::new(start.split_off(skipped));
            return xml::read(BufReader::with_capacity(1 << 16, rest.chain(source)));
        }
        _ if begins(b"\x1f\x8b") => ("a file packed with gzip", "unpack it first, for example with gunzip"),
        _ if begins(b"BZh") => ("a file packed with bzip2", "unpack it first, for example with bunzip2"),
        _ if begins(b"\xfd7zXZ") => ("a file packed with xz", "unpack it first, for example with unxz"),
        _ if begins(b"PK") => ("a zip archive", "unpack it first"),
        _ if begins(b"\xff\xfe") || begins(b"\xfe\xff") => ("a text in UTF-16", "save it as UTF-8"),
        Some(b'{' | b'[') => ("JSON", "GeoJSON is taken by “import areas” and “import buildings”"),
        _ => ("a file of another kind", "give an .osm.pbf or .osm file"),
    };
    Err(ImportError::Foreign { found, sought: SOUGHT, remedy })
}
