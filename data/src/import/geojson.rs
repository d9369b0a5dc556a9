//! What a GeoJSON file (RFC 7946) holds: features with their properties and their ground, each with its place in the file.
//!
//! Read as far as the standard lets a reader be kind: rings may run either way round, foreign members and `bbox` are passed over,
//! heights are dropped. What makes one feature useless is a [`Reason`] beside it; what makes the whole file doubtful (no JSON, a
//! projection, numbers that are no degrees) is an [`ImportError`].

use super::{
    ImportError,
    outcome::{Position, Reason, Record},
};
use crate::model::{
    frame::Frame,
    place::{LonLat, Place},
};
use serde::Deserialize;
use serde_json::{Map, Value, value::RawValue};

const SOUGHT: &str = "a GeoJSON file";

const KINDS: [&str; 9] = [
    "FeatureCollection",
    "Feature",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// One feature, or a bare geometry.
#[derive(Debug)]
pub(super) struct Feature {
    pub(super) record: Record,
    pub(super) position: Position,
    pub(super) properties: Map<String, Value>,
    /// Polygons of rings, the exterior first, in WGS-84; or why there is none.
    pub(super) ground: Result<Rings, Reason>,
}

/// Polygons of rings, the exterior first.
pub(super) type Rings = Vec<Vec<Vec<Place>>>;
/// The same as numbers, longitude and latitude and perhaps more.
type Numbers = Vec<Vec<Vec<Vec<f64>>>>;

/// The members of any GeoJSON object that this reader asks for; a member that is given twice is an error.
#[derive(Deserialize)]
struct Object<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    features: Option<&'a RawValue>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
    #[serde(borrow)]
    properties: Option<&'a RawValue>,
    #[serde(borrow)]
    crs: Option<&'a RawValue>,
}

/// Reads a whole file whose numbers are meant in this frame.
pub(super) fn read(bytes: &[u8], frame: Frame) -> Result<Vec<Feature>, ImportError> {
    let text = decoded(bytes)?;
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    let lines = std::iter::once(0).chain(ends.map(|(end, _)| end + 1)).collect();
    let reader = Reader { text, lines, frame };
    let root = reader.object(text)?;
    reader.check_crs(&root)?;
    match reader.kind(text, &root)?.as_str() {
        "FeatureCollection" => {
            let at = reader.position(text);
            let features = root.features.ok_or_else(|| malformed(at, "the collection has no “features”"))?;
            let features: Vec<&RawValue> = reader.parsed(features.get(), "“features” should be a list")?;
            let numbered = features.iter().zip(1..);
            numbered.map(|(feature, index)| reader.feature(feature.get(), Record::Feature(index))).collect()
        }
        "Feature" => Ok(vec![reader.feature(text, Record::Feature(1))?]),
        _ => Ok(vec![Feature {
            record: Record::Feature(1),
            position: reader.position(text),
            properties: Map::new(),
            ground: reader.ground(text, Record::Feature(1))?,
        }]),
    }
}

fn decoded(bytes: &[u8]) -> Result<&str, ImportError> {
    let foreign = |found, remedy| Err(ImportError::Foreign { found, sought: SOUGHT, remedy });
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.trim_ascii_start().first() {
        None => return foreign("an empty file", "give a file with at least one polygon"),
        Some(b'{') => {}
        _ if bytes.starts_with(b"\x1f\x8b") => {
            return foreign("a file packed with gzip", "unpack it first, for example with gunzip");
        }
        _ if bytes.starts_with(b"PK") => return foreign("a zip archive", "unpack it first"),
        _ if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => {
            return foreign("a text in UTF-16", "save it as UTF-8");
        }
        Some(_) => return foreign("a file that is no JSON object", "export the layer as GeoJSON in UTF-8"),
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|&byte| byte == b'\n').count() as u64;
        ImportError::Malformed {
            position: Position::Line(line),
            reason: "the text is not UTF-8".to_owned(),
            remedy: "save it as UTF-8; files from Windows are often GBK (GB18030)",
        }
    })
}

fn malformed(position: Position, reason: impl Into<String>) -> ImportError {
    ImportError::Malformed {
        position,
        reason: reason.into(),
        remedy: "correct the file, or export the layer again as GeoJSON",
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    frame: Frame,
}

impl<'a> Reader<'a> {
    /// Where a piece of the text begins. Pieces are parts of the text itself, so that their addresses tell. O(log n).
    fn position(&self, piece: &str) -> Position {
        let offset = (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position::LineColumn(line as u64, (offset - start) as u64 + 1)
    }

    /// Reads a piece of the text; an error is placed where it is in the whole text.
    fn parsed<T: Deserialize<'a>>(&self, piece: &'a str, reason: &str) -> Result<T, ImportError> {
        serde_json::from_str(piece).map_err(|error| {
            let start = self.position(piece);
            let Position::LineColumn(line, column) = start else { return malformed(start, reason) };
            let (down, along) = (error.line() as u64, error.column() as u64);
            let column = if down <= 1 { column + along.saturating_sub(1) } else { along };
            let position = Position::LineColumn(line + down.saturating_sub(1), column.max(1));
            let told = error.to_string();
            // The place that serde_json tells is that in the piece.
            let told = told.split(" at line ").next().unwrap_or_default();
            malformed(position, format!("{reason} ({told})"))
        })
    }

    fn object(&self, piece: &'a str) -> Result<Object<'a>, ImportError> {
        self.parsed(piece, "this is no GeoJSON object")
    }

    fn kind(&self, piece: &str, object: &Object<'a>) -> Result<String, ImportError> {
        let kind = object.kind.ok_or_else(|| malformed(self.position(piece), "the object has no “type”"))?;
        let known: String = self.parsed(kind.get(), "a “type” should be a text")?;
        if KINDS.contains(&known.as_str()) {
            return Ok(known);
        }
        let reason = format!("“{known}” is no type of GeoJSON; types are written {}", KINDS.join(", "));
        Err(malformed(self.position(kind.get()), reason))
    }

    /// Old files may name a projection. Degrees of WGS-84 and CGCS2000 are taken; metres are not.
    fn check_crs(&self, root: &Object<'a>) -> Result<(), ImportError> {
        let Some(crs) = root.crs.filter(|crs| crs.get() != "null") else { return Ok(()) };
        let told = crs.get();
        let degrees = ["CRS84", "4326", "4490"].iter().any(|code| told.contains(code));
        if degrees {
            return Ok(());
        }
        Err(ImportError::Malformed {
            position: self.position(told),
            reason: format!("the file names a projection: {}", told.split_whitespace().collect::<String>()),
            remedy: "export it in degrees, EPSG:4326 or EPSG:4490",
        })
    }

    fn feature(&self, piece: &'a str, record: Record) -> Result<Feature, ImportError> {
        let position = self.position(piece);
        let object = self.object(piece)?;
        let kind = self.kind(piece, &object)?;
        if kind != "Feature" {
            return Err(malformed(
                position,
                format!("{record} is a “{kind}”; a collection holds objects of type “Feature”"),
            ));
        }
        let properties: Option<Map<String, Value>> = match object.properties {
            Some(properties) => self.parsed(properties.get(), "“properties” should be an object or null")?,
            None => None,
        };
        let ground = match object.geometry.filter(|geometry| geometry.get() != "null") {
            Some(geometry) => self.ground(geometry.get(), record)?,
            None => Err(Reason::Missing { what: "geometry", remedy: "draw it, or delete the feature" }),
        };
        Ok(Feature { record, position, properties: properties.unwrap_or_default(), ground })
    }

    fn ground(&self, piece: &'a str, record: Record) -> Result<Result<Rings, Reason>, ImportError> {
        let object = self.object(piece)?;
        let kind = self.kind(piece, &object)?;
        let found = match kind.as_str() {
            "Polygon" | "MultiPolygon" => {
                let at = self.position(piece);
                let coordinates =
                    object.coordinates.ok_or_else(|| malformed(at, "the geometry has no “coordinates”"))?;
                return self.rings(coordinates.get(), kind == "MultiPolygon", record).map(Ok);
            }
            "Point" => "a point",
            "MultiPoint" => "a group of points",
            "LineString" => "a line",
            "MultiLineString" => "a group of lines",
            "GeometryCollection" => "a collection of geometries",
            _ => "a feature",
        };
        let remedy = "give it as Polygon or MultiPolygon, or delete it";
        Ok(Err(Reason::OtherGeometry { found, sought: "ground", remedy }))
    }

    fn rings(&self, piece: &'a str, several: bool, record: Record) -> Result<Rings, ImportError> {
        let reason = "“coordinates” should be lists of numbers";
        let numbers: Numbers =
            if several { self.parsed(piece, reason)? } else { vec![self.parsed(piece, reason)?] };
        let path = |polygon: usize, ring: usize, vertex: usize| {
            let inner = [ring, vertex];
            let path: Vec<usize> = if several { [&[polygon][..], &inner].concat() } else { inner.to_vec() };
            (path, self.position(piece))
        };
        let place = |(polygon, ring, vertex): (usize, usize, usize), numbers: &[f64]| {
            let (path, fallback) = path(polygon, ring, vertex);
            let position = || locate(piece, &path).map_or(fallback, |found| self.position(found));
            let [lon, lat, ..] = *numbers else {
                let reason =
                    format!("{record}: vertex {} of ring {} has no two numbers", vertex + 1, ring + 1);
                return Err(malformed(position(), reason));
            };
            self.place(LonLat { lon, lat }).map_err(|remedy| ImportError::OutsideFrame {
                record,
                position: position(),
                vertex: vertex as u64 + 1,
                ring: ring as u64 + 1,
                frame: self.frame,
                lon,
                lat,
                remedy,
            })
        };
        let rings = |(polygon, rings): (usize, &Vec<Vec<Vec<f64>>>)| {
            let ring = |(ring, vertices): (usize, &Vec<Vec<f64>>)| {
                let vertices = vertices.iter().enumerate();
                vertices.map(|(vertex, numbers)| place((polygon, ring, vertex), numbers)).collect()
            };
            rings.iter().enumerate().map(ring).collect()
        };
        numbers.iter().enumerate().map(rings).collect()
    }

    /// The place in WGS-84, or what to do.
    fn place(&self, given: LonLat) -> Result<Place, &'static str> {
        let LonLat { lon, lat } = given;
        let on_earth = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        let swapped = lon.abs() <= 90.0 && lat.abs() <= 180.0;
        if !on_earth {
            return Err(if swapped {
                "longitude and latitude are swapped: put the longitude first"
            } else if lon.abs() > 1000.0 || lat.abs() > 1000.0 {
                "these are metres of a projection: export the layer in degrees, EPSG:4326 or EPSG:4490"
            } else {
                "longitude lies in -180 ..= 180, latitude in -90 ..= 90: correct the vertex"
            });
        }
        if self.frame.is_shifted() && !Frame::shifts(given) {
            return Err(if Frame::shifts(LonLat { lon: lat, lat: lon }) {
                "longitude and latitude are swapped: put the longitude first"
            } else {
                "GCJ-02 and BD-09 are of use in China only: is the file in wgs84?"
            });
        }
        let wgs84 = self.frame.to_wgs84(given).map_err(|_| "correct the vertex")?;
        Place::new(wgs84.lon, wgs84.lat).map_err(|_| "correct the vertex")
    }
}

/// The piece of nested lists at a path of indices. For errors only: reads the lists again on its way.
fn locate<'a>(piece: &'a str, path: &[usize]) -> Option<&'a str> {
    path.iter().try_fold(piece, |piece, &index| {
        let list: Vec<&'a RawValue> = serde_json::from_str(piece).ok()?;
        list.get(index).map(|found| found.get())
    })
}
