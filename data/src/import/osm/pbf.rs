//! How an OSM PBF file is cut into blocks: frames of a header and a blob, packed with zlib, LZ4 or not at all.
//!
//! The `osmpbf` crate knows no LZ4, adds differences without looking, and names no place in the file, so the container and the blocks
//! are read here; tests compare the result with that crate. Lengths that a file may name are limited as the format says: headers to
//! 64 KiB, blobs to 32 MiB.

use super::{
    block,
    element::Elements,
    wire::{Fields, Malformed},
};
use crate::import::{ImportError, outcome::Position};
use std::io::Read;

const MOST_HEADER_BYTES: u32 = 64 * 1024;
const MOST_BLOB_BYTES: usize = 32 * 1024 * 1024;
/// What a file may ask its reader to know.
const KNOWN_FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Reads a whole file. The memory needed beyond the elements is that of one block.
pub(super) fn read(source: impl Read) -> Result<Elements, ImportError> {
    let mut frames = Frames { source, byte: 0 };
    let mut elements = Elements::default();
    let mut number = 0;
    while let Some(frame) = frames.next_frame(number)? {
        let position = Position::Block { number, byte: frame.byte };
        let broken = |Malformed(reason)| ImportError::malformed(position, reason);
        match frame.kind.as_str() {
            "OSMHeader" => check_features(&unpack(&frame.blob, position)?, position)?,
            _ if number == 0 => return Err(ImportError::malformed(position, "the first block is no header")),
            "OSMData" => {
                block::read(&unpack(&frame.blob, position)?, position, &mut elements).map_err(broken)?;
            }
            // The format lets writers add blocks of their own.
            _ => {}
        }
        number += 1;
    }
    Ok(elements)
}

struct Frame {
    kind: String,
    blob: Vec<u8>,
    byte: u64,
}

struct Frames<R> {
    source: R,
    byte: u64,
}

impl<R: Read> Frames<R> {
    /// The next frame; `None` at the end of the file.
    fn next_frame(&mut self, number: u32) -> Result<Option<Frame>, ImportError> {
        let byte = self.byte;
        let position = Position::Block { number, byte };
        let broken = |Malformed(reason)| ImportError::malformed(position, reason);
        let length = self.take(4, "the length of a block header")?;
        let Ok(length) = <[u8; 4]>::try_from(length) else { return Ok(None) };
        let length = u32::from_be_bytes(length);
        if length > MOST_HEADER_BYTES {
            return Err(ImportError::malformed(
                position,
                format!("a block header of {length} bytes is too long"),
            ));
        }
        let header = self.take_all(length as usize, "a block header")?;
        let (mut kind, mut size) = (String::new(), None);
        for field in Fields(&header) {
            match field.map_err(broken)? {
                (1, text) => kind = String::from_utf8_lossy(text.bytes().map_err(broken)?).into_owned(),
                (3, number) => size = usize::try_from(number.number().map_err(broken)?).ok(),
                _ => {}
            }
        }
        let size = size.filter(|&size| size <= MOST_BLOB_BYTES).ok_or_else(|| {
            ImportError::malformed(position, "the block has no length, or is longer than 32 MiB")
        })?;
        Ok(Some(Frame { kind, blob: self.take_all(size, "a block")?, byte }))
    }

    fn take_all(&mut self, length: usize, what: &'static str) -> Result<Vec<u8>, ImportError> {
        let bytes = self.take(length, what)?;
        if bytes.len() == length { Ok(bytes) } else { Err(ImportError::Truncated { byte: self.byte, what }) }
    }

    /// So many bytes, or none at the end of the file. Grows with what is there, not with what a length claims.
    fn take(&mut self, length: usize, what: &'static str) -> Result<Vec<u8>, ImportError> {
        let mut bytes = Vec::new();
        self.source.by_ref().take(length as u64).read_to_end(&mut bytes)?;
        self.byte += bytes.len() as u64;
        if bytes.is_empty() || bytes.len() == length {
            return Ok(bytes);
        }
        Err(ImportError::Truncated { byte: self.byte, what })
    }
}

fn unpack(blob: &[u8], position: Position) -> Result<Vec<u8>, ImportError> {
    let broken = |Malformed(reason)| ImportError::malformed(position, reason);
    let (mut size, mut packed) = (None, None);
    for field in Fields(blob) {
        match field.map_err(broken)? {
            (2, number) => size = usize::try_from(number.number().map_err(broken)?).ok(),
            (way @ (1 | 3..=7), bytes) => packed = Some((way, bytes.bytes().map_err(broken)?)),
            _ => {}
        }
    }
    let (way, bytes) = packed.ok_or_else(|| ImportError::malformed(position, "the block holds nothing"))?;
    if way == 1 {
        return Ok(bytes.to_vec());
    }
    let size = size.filter(|&size| size <= MOST_BLOB_BYTES).ok_or_else(|| {
        ImportError::malformed(position, "the block does not say its length, or is longer than 32 MiB")
    })?;
    let mut unpacked = vec![0; size];
    let written = match way {
        3 => libdeflater::Decompressor::new()
            .zlib_decompress(bytes, &mut unpacked)
            .map_err(|error| error.to_string()),
        6 => lz4_flex::block::decompress_into(bytes, &mut unpacked).map_err(|error| error.to_string()),
        _ => {
            return Err(ImportError::Malformed {
                position,
                reason: format!("the block is packed with {}", packing(way)),
                remedy: "pack it with zlib, for example: osmium cat in.osm.pbf -o out.osm.pbf",
            });
        }
    };
    match written {
        Ok(written) if written == size => Ok(unpacked),
        Ok(written) => {
            Err(ImportError::malformed(position, format!("the block holds {written} bytes and says {size}")))
        }
        Err(reason) => {
            Err(ImportError::malformed(position, format!("the block cannot be unpacked ({reason})")))
        }
    }
}

const fn packing(way: u64) -> &'static str {
    match way {
        4 => "LZMA",
        5 => "bzip2",
        7 => "Zstandard",
        _ => "something unknown",
    }
}

fn check_features(header: &[u8], position: Position) -> Result<(), ImportError> {
    let broken = |Malformed(reason)| ImportError::malformed(position, reason);
    for field in Fields(header) {
        if let (4, feature) = field.map_err(broken)? {
            let feature = String::from_utf8_lossy(feature.bytes().map_err(broken)?);
            if !KNOWN_FEATURES.contains(&feature.as_ref()) {
                return Err(ImportError::Malformed {
                    position,
                    reason: format!("the file asks for “{feature}”, which is not supported"),
                    remedy: "make an extract of one day without history",
                });
            }
        }
    }
    Ok(())
}
