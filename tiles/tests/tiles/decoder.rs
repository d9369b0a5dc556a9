//! A second opinion on what a vector tile says: read by the letter of the specification (2.1), refusing whatever
//! it forbids. Slow and strict; it shares no code with the package.

use std::collections::HashSet;

/// A position in tile units.
pub(crate) type Point = (i64, i64);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Str(String),
    Float(f32),
    Double(f64),
    Int(i64),
    Uint(u64),
    Sint(i64),
    Bool(bool),
}

#[derive(Debug)]
pub(crate) struct Feature {
    pub(crate) id: Option<u64>,
    pub(crate) kind: u64,
    pub(crate) tags: Vec<u64>,
    pub(crate) geometry: Vec<u64>,
}

#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) version: u64,
    pub(crate) name: String,
    pub(crate) features: Vec<Feature>,
    pub(crate) keys: Vec<String>,
    pub(crate) values: Vec<Value>,
    pub(crate) extent: u64,
}

/// What a feature shows.
#[derive(Debug, PartialEq)]
pub(crate) enum Shape {
    Unknown,
    Points(Vec<Point>),
    Lines(Vec<Vec<Point>>),
    /// Each polygon is its exterior ring and its holes; rings are open.
    Polygons(Vec<Vec<Vec<Point>>>),
}

/// One field of a protocol buffer: its number and what it holds.
enum Field<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

type Read<T> = Result<T, String>;

fn varint(bytes: &mut &[u8]) -> Read<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or("a number breaks off")?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err("a number is too long".into())
}

fn take<'a>(bytes: &mut &'a [u8], length: u64) -> Read<&'a [u8]> {
    let length = usize::try_from(length).map_err(|e| e.to_string())?;
    let (taken, rest) = bytes.split_at_checked(length).ok_or("a field breaks off")?;
    *bytes = rest;
    Ok(taken)
}

fn fields(mut bytes: &[u8]) -> Read<Vec<(u64, Field<'_>)>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let field = match key & 7 {
            0 => Field::Varint(varint(&mut bytes)?),
            1 => Field::Fixed64(take(&mut bytes, 8)?.try_into().expect("eight were taken")),
            2 => {
                let length = varint(&mut bytes)?;
                Field::Bytes(take(&mut bytes, length)?)
            }
            5 => Field::Fixed32(take(&mut bytes, 4)?.try_into().expect("four were taken")),
            other => return Err(format!("wire type {other}")),
        };
        fields.push((key >> 3, field));
    }
    Ok(fields)
}

impl<'a> Field<'a> {
    fn number(&self) -> Read<u64> {
        if let Self::Varint(number) = self { Ok(*number) } else { Err("a number was due".into()) }
    }

    fn bytes(&self) -> Read<&'a [u8]> {
        if let Self::Bytes(bytes) = self { Ok(bytes) } else { Err("bytes were due".into()) }
    }

    fn text(&self) -> Read<String> {
        String::from_utf8(self.bytes()?.to_vec()).map_err(|e| e.to_string())
    }

    fn numbers(&self) -> Read<Vec<u64>> {
        let mut bytes = self.bytes()?;
        let mut numbers = Vec::new();
        while !bytes.is_empty() {
            numbers.push(varint(&mut bytes)?);
        }
        Ok(numbers)
    }
}

/// Puts a field where there was none.
fn once<T>(place: &mut Option<T>, given: T, name: &str) -> Read<()> {
    if place.replace(given).is_some() { Err(format!("two fields `{name}`")) } else { Ok(()) }
}

/// Reads a tile and checks all of it.
pub(crate) fn decode(bytes: &[u8]) -> Read<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    for (number, field) in fields(bytes)? {
        if number == 3 {
            let layer = layer(field.bytes()?)?;
            if layers.iter().any(|before| before.name == layer.name) {
                return Err(format!("two layers `{}`", layer.name));
            }
            layers.push(layer);
        }
    }
    Ok(layers)
}

fn layer(bytes: &[u8]) -> Read<Layer> {
    let (mut version, mut name, mut extent) = (None, None, None);
    let (mut features, mut keys, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (number, field) in fields(bytes)? {
        match number {
            15 => once(&mut version, field.number()?, "version")?,
            1 => once(&mut name, field.text()?, "name")?,
            2 => features.push(feature(field.bytes()?)?),
            3 => keys.push(field.text()?),
            4 => values.push(value(field.bytes()?)?),
            5 => once(&mut extent, field.number()?, "extent")?,
            _ => {}
        }
    }
    let version = version.filter(|v| [1, 2].contains(v)).ok_or("no version that is known")?;
    let name = name.filter(|name| !name.is_empty()).ok_or("no name")?;
    let layer = Layer { version, name, features, keys, values, extent: extent.unwrap_or(4096) };
    for feature in &layer.features {
        layer.properties(feature)?;
        feature.shape()?;
    }
    Ok(layer)
}

fn feature(bytes: &[u8]) -> Read<Feature> {
    let (mut id, mut kind, mut tags, mut geometry) = (None, None, None, None);
    for (number, field) in fields(bytes)? {
        match number {
            1 => once(&mut id, field.number()?, "id")?,
            2 => once(&mut tags, field.numbers()?, "tags")?,
            3 => once(&mut kind, field.number()?, "type")?,
            4 => once(&mut geometry, field.numbers()?, "geometry")?,
            _ => {}
        }
    }
    let kind = kind.filter(|kind| *kind <= 3).ok_or("no type that is known")?;
    Ok(Feature { id, kind, tags: tags.unwrap_or_default(), geometry: geometry.ok_or("no geometry")? })
}

fn value(bytes: &[u8]) -> Read<Value> {
    let fields = fields(bytes)?;
    let [(number, field)] = &fields[..] else { return Err("a value holds one field".into()) };
    Ok(match (number, field) {
        (1, _) => Value::Str(field.text()?),
        (2, Field::Fixed32(bytes)) => Value::Float(f32::from_le_bytes(*bytes)),
        (3, Field::Fixed64(bytes)) => Value::Double(f64::from_le_bytes(*bytes)),
        (4, _) => Value::Int(field.number()? as i64),
        (5, _) => Value::Uint(field.number()?),
        (6, _) => Value::Sint(unzigzag(field.number()?)),
        (7, _) => Value::Bool(field.number()? != 0),
        _ => return Err("a value of no known kind".into()),
    })
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

impl Layer {
    /// Key and value of each property, in order.
    pub(crate) fn properties(&self, feature: &Feature) -> Read<Vec<(&str, &Value)>> {
        let mut properties = Vec::new();
        for pair in feature.tags.chunks(2) {
            let [key, value] = pair else { return Err("a key without a value".into()) };
            let key = self.keys.get(*key as usize).ok_or("a key that is not there")?;
            let value = self.values.get(*value as usize).ok_or("a value that is not there")?;
            properties.push((key.as_str(), value));
        }
        let distinct: HashSet<&str> = properties.iter().map(|(key, _)| *key).collect();
        if distinct.len() < properties.len() {
            return Err("a key twice in one feature".into());
        }
        Ok(properties)
    }
}

impl Feature {
    /// Follows the pen.
    pub(crate) fn shape(&self) -> Read<Shape> {
        let paths = self.paths()?;
        match self.kind {
            0 => Ok(Shape::Unknown),
            1 => match &paths[..] {
                [(points, false)] if !points.is_empty() => Ok(Shape::Points(points.clone())),
                _ => Err("points are one MoveTo".into()),
            },
            2 => paths.into_iter().map(line).collect::<Read<_>>().map(Shape::Lines),
            _ => polygons(paths),
        }
    }

    /// The strokes of the pen, and whether each was closed. The points of one `MoveTo` are one stroke.
    fn paths(&self) -> Read<Vec<(Vec<Point>, bool)>> {
        let mut paths: Vec<(Vec<Point>, bool)> = Vec::new();
        let mut words = self.geometry.iter();
        let (mut x, mut y) = (0_i64, 0_i64);
        let mut is_open = false;
        while let Some(word) = words.next() {
            let (command, count) = (word & 7, word >> 3);
            match (command, self.kind) {
                (7, 3) if count == 1 && is_open => {
                    paths.last_mut().ok_or("nothing to close")?.1 = true;
                    is_open = false;
                    continue;
                }
                (1, kind) if count == 1 || (kind < 2 && count > 0) => {
                    paths.push((Vec::new(), false));
                    is_open = true;
                }
                (2, 0 | 2 | 3) if count > 0 && is_open => {}
                _ => return Err(format!("command {command} × {count} where it may not be")),
            }
            for _ in 0..count {
                x += unzigzag(*words.next().ok_or("a point is missing")?);
                y += unzigzag(*words.next().ok_or("half a point is missing")?);
                paths.last_mut().ok_or("no MoveTo")?.0.push((x, y));
            }
        }
        if paths.is_empty() { Err("an empty geometry".into()) } else { Ok(paths) }
    }
}

fn line((points, _): (Vec<Point>, bool)) -> Read<Vec<Point>> {
    if points.len() < 2 || points.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err("a line stands still".into());
    }
    Ok(points)
}

fn polygons(paths: Vec<(Vec<Point>, bool)>) -> Read<Shape> {
    let mut polygons: Vec<Vec<Vec<Point>>> = Vec::new();
    for (ring, is_closed) in paths {
        let stands_still = (0..ring.len()).any(|i| ring[i] == ring[(i + 1) % ring.len()]);
        if !is_closed || ring.len() < 3 || stands_still {
            return Err("not a ring".into());
        }
        match doubled_area(&ring).signum() {
            1 => polygons.push(vec![ring]),
            -1 => polygons.last_mut().ok_or("a hole in nothing")?.push(ring),
            _ => return Err("a ring without an inside".into()),
        }
    }
    Ok(Shape::Polygons(polygons))
}

/// Twice the area by the surveyor's formula, as the specification has it: positive for exteriors.
pub(crate) fn doubled_area(ring: &[Point]) -> i64 {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()])).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}
