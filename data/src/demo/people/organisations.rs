//! Which organisations answer at the centre, and who leads which category of matters.

use super::ground::Ground;
use crate::model::{
    id::OrganisationId,
    organisation::{Organisation, Presence},
};

/// Name without the district, how it is present, and the categories that it leads.
type Row = (&'static str, Presence, &'static [&'static str]);

use Presence::{OnCall, Resident, Rotating};

/// The political-legal commission, for which grid workers and watchers work.
pub(super) const GRID_CENTRE: usize = 0;
/// The justice bureau, for which mediators work.
pub(super) const JUSTICE: usize = 4;
/// The police, the fire brigade and the urban management, whose officers can be sent.
pub(super) const OFFICERS: [usize; 3] = [3, 9, 8];
/// The organisation department, which keeps the party branches.
pub(super) const BRANCHES: usize = 11;

/// Eleven that are there all day, then 37 that come in turn; of these the last six, who run the pipes and wires, come when called.
pub(super) const ROWS: [Row; 48] = [
    ("区委政法委", Resident, &[]),
    ("区人民法院", Resident, &["06"]),
    ("区人民检察院", Resident, &[]),
    ("公安分局", Resident, &[]),
    ("区司法局", Resident, &["02", "08"]),
    ("区信访局", Resident, &[]),
    ("区人力资源和社会保障局", Resident, &["05"]),
    ("区市场监督管理局", Resident, &["09"]),
    ("区城市管理综合行政执法局", Resident, &["15"]),
    ("区消防救援大队", Resident, &["14"]),
    ("区营商环境建设局", Resident, &["16"]),
    ("区委组织部", Rotating, &[]),
    ("区委社会工作部", Rotating, &[]),
    ("区委网信办", Rotating, &[]),
    ("区总工会", Rotating, &[]),
    ("团区委", Rotating, &[]),
    ("区妇女联合会", Rotating, &["01"]),
    ("区残疾人联合会", Rotating, &[]),
    ("区工商业联合会", Rotating, &[]),
    ("区红十字会", Rotating, &[]),
    ("区发展和改革局", Rotating, &[]),
    ("区工业和信息化局", Rotating, &["07"]),
    ("区教育局", Rotating, &[]),
    ("区科学技术局", Rotating, &[]),
    ("区民政局", Rotating, &[]),
    ("区财政局", Rotating, &[]),
    ("区自然资源分局", Rotating, &["12"]),
    ("区生态环境分局", Rotating, &["13"]),
    ("区住房和城乡建设局", Rotating, &["03"]),
    ("区房产服务中心", Rotating, &["04"]),
    ("区交通运输局", Rotating, &[]),
    ("交警大队", Rotating, &["11"]),
    ("区农业农村局", Rotating, &[]),
    ("区商务局", Rotating, &[]),
    ("区文化旅游和广播电视局", Rotating, &[]),
    ("区卫生健康局", Rotating, &["10"]),
    ("区退役军人事务局", Rotating, &[]),
    ("区应急管理局", Rotating, &[]),
    ("区审计局", Rotating, &[]),
    ("区国有资产监督管理局", Rotating, &[]),
    ("区医疗保障局", Rotating, &[]),
    ("区税务局", Rotating, &[]),
    ("供热公司", OnCall, &[]),
    ("自来水公司", OnCall, &[]),
    ("供电公司", OnCall, &[]),
    ("燃气公司", OnCall, &[]),
    ("排水公司", OnCall, &[]),
    ("通信公司", OnCall, &[]),
];

/// The organisations of the city, for its widest area.
pub(super) fn organisations(ground: &Ground<'_>) -> Vec<Organisation> {
    let area = ground.widest().map(|ward| ward.id);
    let district = ground.widest().and_then(|ward| ward.name.strip_suffix('区')).unwrap_or_default();
    let made = |(index, (name, presence, categories)): (usize, &Row)| Organisation {
        id: id(index),
        name: if name.starts_with('区') || name.ends_with("区委") {
            (*name).to_owned()
        } else {
            format!("{district}{name}")
                .replace(&format!("{district}公安分局"), &format!("公安{district}分局"))
        },
        presence: *presence,
        area,
        categories: categories.iter().map(|code| code.parse().expect("two digits")).collect(),
    };
    ROWS.iter().enumerate().map(made).collect()
}

/// The id of the organisation of a row.
pub(super) fn id(index: usize) -> OrganisationId {
    OrganisationId::new(index as u64 + 1).expect("counted from one")
}
