//! How a GeoJSON file of areas 辖区 is read: districts, streets, communities, grids, of one level or of several at once.

use super::{
    Fault, Import, ImportError, Reason,
    geojson::{self, Feature},
    ground,
    outcome::{Record, Summary},
    properties::{text, whole, words},
};
use crate::model::{
    area::{Area, AreaVersion, Level},
    code::{AreaCode, CodeScheme},
    frame::Frame,
    id::AreaId,
    shape::{Outline, Polygon},
    time::{Span, Timestamp},
};
use std::{collections::HashMap, ops::RangeInclusive};

/// Grids of factories have none; no area has more.
const HOUSEHOLDS: RangeInclusive<u32> = 0..=100_000_000;

const LEVEL_REMEDY: &str = "say which level the file is: district, street, community or grid";

/// How the file is meant.
#[derive(Clone, Debug)]
pub struct Options {
    /// The level of all areas; without it each area must say its own, or bear a code that tells.
    pub level: Option<Level>,
    /// The scheme of all codes; without it the number of digits tells.
    pub scheme: Option<CodeScheme>,
    /// The code of the only area, where the file does not say it.
    pub code: Option<String>,
    /// The name of the only area, where the file does not say it.
    pub name: Option<String>,
    /// Under which names properties are sought.
    pub keys: Keys,
    /// From when on the areas are valid.
    pub valid_from: Timestamp,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            level: None,
            scheme: None,
            code: None,
            name: None,
            keys: Keys::default(),
            valid_from: Timestamp(0),
        }
    }
}

/// Under which names properties are sought: the first that is there counts; capital letters do not.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The code.
    pub code: Vec<String>,
    /// The name.
    pub name: Vec<String>,
    /// The level.
    pub level: Vec<String>,
    /// The code of the area above.
    pub parent: Vec<String>,
    /// The households.
    pub households: Vec<String>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            code: words(&["code", "adcode", "gridcode", "grid_code", "bm", "编码", "代码", "网格编码", "id"]),
            name: words(&["name", "gridname", "grid_name", "mc", "名称", "网格名称"]),
            level: words(&["level", "级别", "层级"]),
            parent: words(&["parent", "parent_code", "parentcode", "pcode", "上级编码"]),
            households: words(&["households", "户数"]),
        }
    }
}

/// Reads areas whose vertices are given in this frame.
///
/// An area needs a level. One without a code gets a local code from its place in the file, one without a name is called by its code. The
/// parent is the one that is named, else the next above by the codes that is in the file; a parent that is named and not in the file
/// makes an orphan ([`Import::adopt`]). Fails when a vertex cannot be of the frame, and when no area can be used.
pub fn read(bytes: &[u8], frame: Frame, options: &Options) -> Result<Import, ImportError> {
    let features = geojson::read(bytes, frame)?;
    let mut draft = Draft::new(options, features.len() == 1);
    for feature in features {
        draft.summary.add("features read");
        let (record, position) = (feature.record, feature.position);
        if let Err(reason) = draft.take(feature) {
            draft.faults.push(Fault { record, position: Some(position), place: None, reason });
        }
    }
    if draft.areas.is_empty() {
        return Err(ImportError::nothing("area", &draft.faults, "give a file with at least one polygon"));
    }
    Ok(draft.finish())
}

struct Draft<'a> {
    options: &'a Options,
    only: bool,
    areas: Vec<Area>,
    by_code: HashMap<String, usize>,
    named_parents: Vec<Option<AreaCode>>,
    faults: Vec<Fault>,
    summary: Summary,
}

impl<'a> Draft<'a> {
    fn new(options: &'a Options, only: bool) -> Self {
        Self {
            options,
            only,
            areas: Vec::new(),
            by_code: HashMap::new(),
            named_parents: Vec::new(),
            faults: Vec::new(),
            summary: Summary::default(),
        }
    }

    fn take(&mut self, feature: Feature) -> Result<(), Reason> {
        let keys = &self.options.keys;
        let of = &feature.properties;
        let outline = outline(feature.ground?, &mut self.summary)?;
        let told = self.options.code.clone().filter(|_| self.only).or_else(|| text(of, &keys.code));
        let code = if let Some(told) = told {
            self.code(told)?
        } else {
            self.summary.add("areas without a code: named by their place in the file");
            let Record::Feature(index) = feature.record else { return Err(no_code()) };
            AreaCode::new(CodeScheme::Local, format!("feature-{index}")).map_err(|_| no_code())?
        };
        let level = self.level(text(of, &keys.level), &code)?;
        let name = self.options.name.clone().filter(|_| self.only).or_else(|| text(of, &keys.name));
        let parent = match text(of, &keys.parent) {
            Some(parent) => Some(self.code(parent)?).filter(|parent| *parent != code),
            None => None,
        };
        let households = whole(of, &keys.households, HOUSEHOLDS).transpose()?;
        if self.by_code.contains_key(code.text()) {
            return Err(Reason::NotUnderstood {
                what: "the code",
                text: code.text().to_owned(),
                remedy: "an area before it bears the same: give it another, or join the two to one MultiPolygon",
            });
        }
        let id = AreaId::new(self.areas.len() as u64 + 1).map_err(|_| no_code())?;
        self.by_code.insert(code.text().to_owned(), self.areas.len());
        self.named_parents.push(parent);
        let name = name.unwrap_or_else(|| code.text().to_owned());
        let valid = Span::since(self.options.valid_from);
        let version = AreaVersion { code, name, parent: None, outline, valid, households };
        self.areas.push(Area { id, level, versions: vec![version], lineage: Vec::new() });
        Ok(())
    }

    /// A code; twelve digits of statistics that end in zeros are those of a wider area.
    fn code(&self, told: String) -> Result<AreaCode, Reason> {
        let guessed = self.options.scheme.is_none_or(|scheme| scheme == CodeScheme::Statistics);
        let told = match told.len() {
            12 if guessed && told.ends_with("000000") => told[..6].to_owned(),
            12 if guessed && told.ends_with("000") => told[..9].to_owned(),
            _ => told,
        };
        let code = match self.options.scheme {
            Some(scheme) => AreaCode::new(scheme, told),
            None => AreaCode::guess(told),
        };
        code.map_err(|invalid| Reason::NotUnderstood {
            what: "the code",
            text: invalid.text,
            remedy: invalid.remedy,
        })
    }

    fn level(&self, told: Option<String>, code: &AreaCode) -> Result<Level, Reason> {
        if let Some(level) = self.options.level {
            return Ok(level);
        }
        let by_code = match (code.scheme(), code.text().len()) {
            (CodeScheme::Statistics, 6) => Some(Level::District),
            (CodeScheme::Statistics, 9) => Some(Level::Street),
            (CodeScheme::Statistics, 12) => Some(Level::Community),
            (CodeScheme::UnitGrid, _) => Some(Level::Grid),
            _ => None,
        };
        match told {
            Some(told) => level_of(&told).ok_or(Reason::NotUnderstood {
                what: "the level",
                text: told,
                remedy: LEVEL_REMEDY,
            }),
            None => by_code.ok_or(Reason::Missing { what: "level", remedy: LEVEL_REMEDY }),
        }
    }

    fn finish(mut self) -> Import {
        let levels: Vec<Level> = self.areas.iter().map(|area| area.level).collect();
        let mut orphans = Vec::new();
        for index in 0..self.areas.len() {
            let Some(version) = self.areas[index].versions.last() else { continue };
            let above = std::iter::successors(version.code.parent(), AreaCode::parent);
            let named = self.named_parents[index].clone();
            let parent = named.clone().into_iter().chain(above).find_map(|code| {
                let parent = *self.by_code.get(code.text())?;
                (levels[parent] < levels[index]).then_some(parent)
            });
            let parent = parent.map(|parent| self.areas[parent].id);
            let code = named.or_else(|| version.code.parent());
            let id = self.areas[index].id;
            if let Some(version) = self.areas[index].versions.last_mut() {
                version.parent = parent;
            }
            if let (None, Some(code)) = (parent, code) {
                orphans.push((id, code));
            }
        }
        self.summary.add_many("areas whose parent is not in the file", orphans.len() as u64);
        self.summary.add_many("faults", self.faults.len() as u64);
        let entities = self.areas.into_iter().map(Into::into).collect();
        Import { entities, orphans, faults: self.faults, summary: self.summary, ..Import::default() }
    }
}

fn no_code() -> Reason {
    Reason::Missing { what: "code", remedy: "give it one" }
}

fn level_of(told: &str) -> Option<Level> {
    let told = told.trim().to_lowercase();
    Level::parse(&told).or(match told.as_str() {
        "county" | "区" | "区县" | "县" => Some(Level::District),
        "town" | "township" | "subdistrict" | "sub-district" | "街道" | "镇" | "乡" | "乡镇" => {
            Some(Level::Street)
        }
        "village" | "社区" | "村" => Some(Level::Community),
        "网格" | "cell" => Some(Level::Grid),
        _ => None,
    })
}

/// The ground of rings as a file gives them: they must be closed, and fit together. They may run either way round.
pub(super) fn outline(rings: geojson::Rings, summary: &mut Summary) -> Result<Outline, Reason> {
    let mut polygons = Vec::new();
    for rings in rings {
        let mut sound = Vec::new();
        for (places, number) in rings.into_iter().zip(1..) {
            let ring = ground::ring(places);
            let ring = ring.map_err(|reason| Reason::InRing { ring: number, reason: Box::new(reason) })?;
            if (ring.twice_area_e14() > 0) != (number == 1) {
                summary.add("rings turned round: exteriors run counter-clockwise, holes clockwise");
            }
            sound.push(ring);
        }
        let mut sound = sound.into_iter();
        let exterior = sound.next().ok_or(Reason::Missing { what: "exterior ring", remedy: "draw it" })?;
        polygons.push(Polygon::new(exterior, sound.collect()));
    }
    ground::outline(polygons)
}
