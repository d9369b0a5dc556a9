//! Which layers there are, and what a thing says in its layer.

use super::binary::Shape;
use crate::model::{
    area::{Area, Level},
    building::{Building, Compound},
    code::CodeScheme,
    entity::Entity,
    facility::Facility,
    road::{Direction, Street},
    station::Station,
};
use rusqlite::types::Value;

/// One layer of the file.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its name in the file.
    pub(super) table: &'static str,
    /// How people see it in a list of layers.
    pub(super) title: &'static str,
    /// The kind of its shapes, as the format names it.
    pub(super) shape: &'static str,
    /// What is said beside number and shape: name and type of each column.
    columns: &'static [(&'static str, &'static str)],
}

const AREA: &[(&str, &str)] = &[
    ("code", "TEXT NOT NULL"),
    ("scheme", "TEXT NOT NULL"),
    ("name", "TEXT NOT NULL"),
    ("parent", "INTEGER"),
    ("households", "INTEGER"),
];
const OUTLINE: &str = "MULTIPOLYGON";

/// All layers: the areas from the widest to the smallest, then what lies in them.
pub(super) static LAYERS: [Layer; 9] = [
    Layer { table: "area_district", title: "区 district", shape: OUTLINE, columns: AREA },
    Layer { table: "area_street", title: "街道 sub-district", shape: OUTLINE, columns: AREA },
    Layer { table: "area_community", title: "社区 community", shape: OUTLINE, columns: AREA },
    Layer { table: "area_grid", title: "网格 grid", shape: OUTLINE, columns: AREA },
    Layer {
        table: "compound",
        title: "小区 compound",
        shape: OUTLINE,
        columns: &[("name", "TEXT NOT NULL")],
    },
    Layer {
        table: "building",
        title: "楼栋 building",
        shape: OUTLINE,
        columns: &[
            ("name", "TEXT"),
            ("address", "TEXT"),
            ("storeys", "INTEGER"),
            ("households", "INTEGER"),
            ("compound", "INTEGER"),
        ],
    },
    Layer {
        table: "station",
        title: "爱心驿站 love station",
        shape: "POINT",
        columns: &[("name", "TEXT NOT NULL")],
    },
    Layer {
        table: "facility",
        title: "服务设施 facility",
        shape: "POINT",
        columns: &[("kind", "TEXT NOT NULL"), ("name", "TEXT NOT NULL")],
    },
    Layer {
        table: "street",
        title: "道路 street or footpath",
        shape: "LINESTRING",
        columns: &[
            ("kind", "TEXT NOT NULL"),
            ("name", "TEXT"),
            ("direction", "TEXT NOT NULL"),
            ("foot", "BOOLEAN NOT NULL"),
            ("cycle", "BOOLEAN NOT NULL"),
            ("car", "BOOLEAN NOT NULL"),
            ("bridge", "BOOLEAN NOT NULL"),
            ("tunnel", "BOOLEAN NOT NULL"),
        ],
    },
];

impl Layer {
    /// What makes its table.
    pub(super) fn create(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
        include_str!("layer.sql")
            .replace("{table}", self.table)
            .replace("{shape}", self.shape)
            .replace("{columns}", &columns.join(",\n    "))
    }

    /// What adds a row: number, shape, then the columns in order.
    pub(super) fn insert(&self) -> String {
        let places = vec!["?"; self.columns.len() + 2];
        include_str!("insert.sql").replace("{table}", self.table).replace("{places}", &places.join(", "))
    }
}

/// What a thing says in its layer.
pub(super) struct Row<'model> {
    /// Its number.
    pub(super) id: u64,
    /// How it looks.
    pub(super) shape: Shape<'model>,
    /// The columns in order.
    pub(super) values: Vec<Value>,
}

/// The place of its layer among [`LAYERS`], and its row; `None` for what is no place, or has ended.
pub(super) fn row(entity: &Entity) -> Option<(usize, Row<'_>)> {
    Some(match entity {
        Entity::Area(area) => (area.level as usize, of_area(area)?),
        Entity::Compound(compound) => (4, of_compound(compound)),
        Entity::Building(building) => (5, of_building(building)),
        Entity::Station(station) => (6, of_station(station)),
        Entity::Facility(facility) => (7, of_facility(facility)),
        Entity::Street(street) => (8, of_street(street)),
        _ => return None,
    })
}

// The levels are the first layers, in the same order.
const _: () = assert!(Level::District as usize == 0 && Level::Grid as usize == 3);

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn text_or_nothing(value: Option<&String>) -> Value {
    value.map_or(Value::Null, |value| text(value))
}

fn number_or_nothing(value: Option<impl Into<i64>>) -> Value {
    value.map_or(Value::Null, |value| Value::Integer(value.into()))
}

fn of_area(area: &Area) -> Option<Row<'_>> {
    let now = area.current()?;
    let scheme = match now.code.scheme() {
        CodeScheme::Statistics => "statistics",
        CodeScheme::UnitGrid => "unit_grid",
        CodeScheme::Component => "component",
        CodeScheme::Local => "local",
    };
    let values = vec![
        text(now.code.text()),
        text(scheme),
        text(&now.name),
        number_or_nothing(now.parent.map(|parent| parent.number() as i64)),
        number_or_nothing(now.households),
    ];
    Some(Row { id: area.id.number(), shape: Shape::Outline(&now.outline), values })
}

fn of_compound(compound: &Compound) -> Row<'_> {
    let values = vec![text(&compound.name)];
    Row { id: compound.id.number(), shape: Shape::Outline(&compound.outline), values }
}

fn of_building(building: &Building) -> Row<'_> {
    let values = vec![
        text_or_nothing(building.name.as_ref()),
        text_or_nothing(building.address.as_ref()),
        number_or_nothing(building.storeys),
        number_or_nothing(building.households),
        number_or_nothing(building.compound.map(|compound| compound.number() as i64)),
    ];
    Row { id: building.id.number(), shape: Shape::Outline(&building.outline), values }
}

fn of_station(station: &Station) -> Row<'_> {
    let values = vec![text(&station.name)];
    Row { id: station.id.number(), shape: Shape::Point(station.place), values }
}

fn of_facility(facility: &Facility) -> Row<'_> {
    let values = vec![text(facility.kind.word()), text(&facility.name)];
    Row { id: facility.id.number(), shape: Shape::Point(facility.place), values }
}

fn of_street(street: &Street) -> Row<'_> {
    let direction = match street.direction {
        Direction::Both => "both",
        Direction::Forward => "forward",
        Direction::Backward => "backward",
    };
    let truth = |value: bool| Value::Integer(value.into());
    let values = vec![
        text(street.kind.word()),
        text_or_nothing(street.name.as_ref()),
        text(direction),
        truth(street.access.foot),
        truth(street.access.cycle),
        truth(street.access.car),
        truth(street.bridge),
        truth(street.tunnel),
    ];
    Row { id: street.id.number(), shape: Shape::Line(&street.line), values }
}
