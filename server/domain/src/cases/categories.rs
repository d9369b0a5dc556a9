//! What a matter can be about: the sixteen categories, as data.
//!
//! No list of the state names exactly these. The first twelve are the types of dispute that people's mediation counts (Ministry of Justice, as
//! published by city justice bureaus and in the national yearbook), two of them joined; 13 to 15 add the events of digital city management; 16 takes
//! what the 12345 line takes beside these. A city that counts otherwise changes the table and nothing else.
//!
//! **Which are hazards.** A report makes a hazard on the map if everything in its category is something dangerous at a place: category 14 alone. In the
//! others something dangerous may be told too (an open manhole is city works, 15; fumes are environment, 13), but most of what is told is not:
//! a map of hazards on which dirt and noise outnumber danger is not looked at. Who finds danger there files it under 14.

use gridward_data::model::{
    case::CaseKind,
    report::{Category, Channel},
};

/// A category of matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its two digits.
    pub code: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// Whether a report of it makes a hazard.
    pub hazard: bool,
    /// As what a case of it is handled, unless the channel says otherwise (see [`case_kind`]).
    pub case: CaseKind,
    /// Where the category comes from.
    pub source: &'static str,
}

const MEDIATION: &str = "people's mediation statistics";
const BOTH: &str = "people's mediation statistics, and digital city management events";
const CITY_EVENTS: &str = "digital city management events";

const fn row(
    code: &'static str,
    zh: &'static str,
    en: &'static str,
    case: CaseKind,
    source: &'static str,
) -> Row {
    Row { code, zh, en, hazard: matches!(case, CaseKind::Hazard), case, source }
}

/// The categories, by code.
pub const CATEGORIES: [Row; 16] = [
    row("01", "婚姻家庭", "Marriage and family", CaseKind::Dispute, MEDIATION),
    row("02", "邻里关系", "Neighbours", CaseKind::Dispute, MEDIATION),
    row("03", "房屋与宅基地", "Housing and homestead", CaseKind::Dispute, MEDIATION),
    row("04", "物业管理", "Property management", CaseKind::Dispute, MEDIATION),
    row("05", "劳动争议与欠薪", "Labour and unpaid wages", CaseKind::Dispute, MEDIATION),
    row("06", "合同债务", "Contract and debt", CaseKind::Dispute, MEDIATION),
    row("07", "生产经营", "Business operation", CaseKind::Dispute, MEDIATION),
    row("08", "损害赔偿", "Damage compensation", CaseKind::Dispute, MEDIATION),
    row("09", "消费维权", "Consumer rights", CaseKind::Dispute, MEDIATION),
    row("10", "医疗", "Medical", CaseKind::Dispute, MEDIATION),
    row("11", "道路交通", "Road traffic", CaseKind::Dispute, MEDIATION),
    row("12", "征地拆迁与土地", "Expropriation, relocation, land", CaseKind::Petition, MEDIATION),
    row("13", "环境污染与噪声", "Environment and noise", CaseKind::WorkOrder, BOTH),
    row("14", "消防与公共安全隐患", "Fire and public-safety hazards", CaseKind::Hazard, CITY_EVENTS),
    row("15", "市容市政与街面秩序", "City appearance, works, street order", CaseKind::WorkOrder, CITY_EVENTS),
    row("16", "民生服务与其他", "Services and other", CaseKind::Help, "12345 scope"),
];

/// The row of a category; `None` for two digits that stand for nothing.
#[must_use]
pub fn find(category: Category) -> Option<&'static Row> {
    let code = category.to_string();
    CATEGORIES.iter().find(|row| row.code == code)
}

/// As what a case is handled, by what it is about and how it came:
///
/// 1. A hazard is a hazard, however it came.
/// 2. What the telephone or another platform hands over comes as a work order 工单, and goes back as one; only road traffic by telephone is a
///    police matter 警情, which goes to 110 at once.
/// 3. All else is what its row says; what nobody has put under a category is a work order until somebody does.
#[must_use]
pub fn case_kind(row: Option<&Row>, channel: Channel) -> CaseKind {
    match (row, channel) {
        (Some(row), _) if row.hazard => CaseKind::Hazard,
        (Some(row), Channel::Hotline) if row.code == "11" => CaseKind::PoliceMatter,
        (_, Channel::Hotline | Channel::Platform) | (None, _) => CaseKind::WorkOrder,
        (Some(row), _) => row.case,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_run_from_01_to_16_and_each_is_found_under_its_own() {
        for (number, row) in (1..).zip(&CATEGORIES) {
            assert_eq!(row.code, format!("{number:02}"));
            assert_eq!(find(row.code.parse().expect("a category")), Some(row));
        }
        assert_eq!(find("17".parse().expect("two digits")), None);
    }

    #[test]
    fn only_fire_and_public_safety_makes_hazards() {
        let hazards: Vec<&str> = CATEGORIES.iter().filter(|row| row.hazard).map(|row| row.code).collect();
        assert_eq!(hazards, ["14"]);
    }

    #[test]
    fn the_channel_decides_before_the_category_unless_there_is_danger() {
        let kind = |code: &str, channel| case_kind(find(code.parse().expect("a category")), channel);
        assert_eq!(kind("14", Channel::Platform), CaseKind::Hazard);
        assert_eq!(kind("11", Channel::Hotline), CaseKind::PoliceMatter);
        assert_eq!(kind("02", Channel::Hotline), CaseKind::WorkOrder);
        assert_eq!(kind("02", Channel::Window), CaseKind::Dispute);
        assert_eq!(kind("12", Channel::Desk), CaseKind::Petition);
        assert_eq!(kind("16", Channel::Patrol), CaseKind::Help);
        assert_eq!(case_kind(None, Channel::App), CaseKind::WorkOrder);
    }
}
