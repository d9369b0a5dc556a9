//! What things are called: the names that Tiexi has, then invented ones in its manner, each only once.

/// The name and the statistical code of the `nth` of several districts; those after the first have a code that nobody has.
pub(super) fn district(nth: usize) -> (String, String) {
    match nth {
        0 => ("铁西区".to_owned(), "210106".to_owned()),
        _ => (format!("{}区", stem(nth + 180)), format!("2199{nth:02}")),
    }
}

/// Sub-districts of Tiexi with the last three digits of their statistical codes (2023); the two whose communities have names first.
const SUB_DISTRICTS: [(&str, &str); 15] = [
    (LINGKONG, "020"),
    (QIGONG, "007"),
    ("昆明湖街道", "001"),
    ("工人村街道", "003"),
    ("笃工街道", "013"),
    ("兴华街道", "015"),
    ("霁虹街道", "019"),
    ("重工街道", "021"),
    ("兴顺街道", "024"),
    ("大青中朝友谊街道", "026"),
    ("翟家街道", "027"),
    ("大潘街道", "029"),
    ("彰驿站街道", "030"),
    ("高花街道", "031"),
    ("沈阳市经济技术开发区", "401"),
];
const LINGKONG: &str = "凌空街道";
const QIGONG: &str = "启工街道";
/// Communities whose names and codes are known: sub-district, name, last three digits.
const COMMUNITIES: [(&str, &str, &str); 2] = [(LINGKONG, AIXIN, "042"), (QIGONG, "金谷社区", "020")];
/// The community in which [`METAL_YARD`] lies.
pub(super) const AIXIN: &str = "爱心社区";
/// The compound of the metal works.
pub(super) const METAL_YARD: &str = "金属院小区";

/// Streets that run east, from the north; the fifth is the one through the middle.
const EASTWARD: [&str; 7] = ["北四路", "北三路", "北二路", "北一路", "建设大路", "南十路", "沈辽路"];
/// Streets that run north, from the east; the fifth is the one through the middle.
const NORTHWARD: [&str; 9] =
    ["兴工街", "景星街", "云峰街", "兴华街", "保工街", "启工街", "卫工街", "肇工街", "重工街"];

const FIRSTS: [char; 24] = [
    '和', '嘉', '祥', '富', '昌', '荣', '德', '光', '明', '福', '瑞', '春', '宏', '泰', '庆', '康', '信',
    '友', '文', '景', '永', '安', '兴', '保',
];
const SECONDS: [char; 25] = [
    '顺', '业', '华', '民', '宁', '盛', '乐', '源', '达', '平', '强', '丰', '欣', '远', '程', '良', '吉',
    '善', '义', '礼', '新', '星', '海', '峰', '工',
];
/// What goes before a stem when all have been used once.
const AGAIN: [&str; 12] = ["", "东", "西", "南", "北", "新", "上", "下", "前", "后", "大", "小"];

/// How many stems there are before a number must tell them apart.
const STEMS: usize = FIRSTS.len() * SECONDS.len() * AGAIN.len();

/// The `nth` stem of a name: different for every `nth`.
fn stem(nth: usize) -> String {
    let (round, within) = (nth / (FIRSTS.len() * SECONDS.len()), nth % (FIRSTS.len() * SECONDS.len()));
    let (first, step) = (within % FIRSTS.len(), within / FIRSTS.len());
    let second = (first * 7 + step) % SECONDS.len();
    let again = AGAIN.get(round).map_or_else(|| round.to_string(), |word| (*word).to_owned());
    format!("{again}{}{}", FIRSTS[first], SECONDS[second])
}

/// The name of the `nth` sub-district, and the last three digits of its code.
pub(super) fn sub_district(nth: usize) -> (String, String) {
    match SUB_DISTRICTS.get(nth) {
        Some((name, digits)) => ((*name).to_owned(), (*digits).to_owned()),
        None => (format!("{}街道", stem(nth + 300)), format!("{:03}", 487 + nth)),
    }
}

/// The name of the `nth` community of a sub-district, the `overall`-th of the town, and the last three digits of its code.
/// `sequence` is the last number given in this sub-district.
pub(super) fn community(street: &str, nth: usize, overall: usize, sequence: &mut usize) -> (String, String) {
    let known = |(in_street, _, _): &&(&str, &str, &str)| *in_street == street;
    let known = COMMUNITIES.iter().find(known);
    if let (Some((_, name, digits)), 0) = (known, nth) {
        return ((*name).to_owned(), (*digits).to_owned());
    }
    *sequence += 1;
    while known.is_some_and(|(_, _, digits)| digits.parse() == Ok(*sequence)) {
        *sequence += 1;
    }
    (format!("{}社区", stem(overall)), format!("{:03}", *sequence))
}

/// A line that may be interrupted: the name that it has, and its edges that hang together, as first and last.
pub(super) type InStretches = (Option<&'static str>, Vec<(usize, usize)>);

/// What the streets along the lattice are called: of each line its stretches, each with its first edge and its name.
pub(super) struct StreetNames {
    rows: Vec<Vec<(usize, String)>>,
    columns: Vec<Vec<(usize, String)>>,
}

impl StreetNames {
    /// Names for a town whose lines each are one street, and of which these are arterials, in the order from the south and from the west.
    pub(super) fn new(row_arterials: &[bool], column_arterials: &[bool]) -> Self {
        let mut next = 100;
        let whole = |names: Vec<String>| names.into_iter().map(|name| vec![(0, name)]).collect();
        Self {
            rows: whole(lines(row_arterials, &EASTWARD, "路", &mut next)),
            columns: whole(lines(column_arterials, &NORTHWARD, "街", &mut next)),
        }
    }

    /// Names for lines of which some have one, and each of which may be interrupted. The name belongs to
    /// the last stretch of a line, which is the one in the core; the others get one of their own.
    pub(super) fn of_stretches(rows: &[InStretches], columns: &[InStretches]) -> Self {
        let known: Vec<&str> = rows.iter().chain(columns).filter_map(|(name, _)| *name).collect();
        let mut next = 100;
        let mut name_all = |lines: &[InStretches], ending: &str| {
            let mut fresh = || loop {
                next += 1;
                let name = format!("{}{ending}", stem(next));
                if !known.contains(&name.as_str()) {
                    break name;
                }
            };
            let mut name_line = |(name, stretches): &InStretches| {
                let last = stretches.len().saturating_sub(1);
                let each = stretches.iter().enumerate().map(|(at, (first, _))| match name {
                    Some(name) if at == last => (*first, (*name).to_owned()),
                    _ => (*first, fresh()),
                });
                each.collect()
            };
            lines.iter().map(&mut name_line).collect()
        };
        Self { rows: name_all(rows, "路"), columns: name_all(columns, "街") }
    }

    /// The name of the street along an edge that runs east from a corner.
    pub(super) fn east(&self, row: usize, column: usize) -> &str {
        at(&self.rows[row], column)
    }
    /// The name of the street along an edge that runs north from a corner.
    pub(super) fn north(&self, row: usize, column: usize) -> &str {
        at(&self.columns[column], row)
    }
}

fn at(line: &[(usize, String)], edge: usize) -> &str {
    let before = line.iter().take_while(|(first, _)| *first <= edge);
    before.last().map_or("", |(_, name)| name)
}

/// Names for parallel lines: the known ones for the arterials, so that the fifth of them goes through the middle.
fn lines(arterials: &[bool], known: &[&str], ending: &str, next: &mut usize) -> Vec<String> {
    let ranked: Vec<usize> = (0..arterials.len()).filter(|line| arterials[*line]).collect();
    let middle = ranked.iter().position(|line| *line == arterials.len() / 2).unwrap_or(0);
    let name = |line: usize| {
        let rank = ranked.iter().position(|arterial| *arterial == line)?;
        // The known names run against the count: from the north, from the east.
        known.get((4 + middle).checked_sub(rank)?).map(|name| (*name).to_owned())
    };
    let mut invented = || loop {
        *next += 1;
        let fresh = format!("{}{ending}", stem(*next));
        if !known.contains(&fresh.as_str()) {
            break fresh;
        }
    };
    (0..arterials.len()).map(|line| name(line).unwrap_or_else(&mut invented)).collect()
}

/// Endings of the names of compounds.
const COMPOUND_ENDINGS: [&str; 8] = ["小区", "花园", "家园", "新村", "嘉园", "雅居", "名苑", "公寓"];
/// Compounds that a works built for its own people.
const WORKS_YARDS: [&str; 12] = [
    "机床院小区",
    "铸造院小区",
    "电缆院小区",
    "轻工院小区",
    "冶炼院小区",
    "变压器院小区",
    "重型院小区",
    "水泵院小区",
    "标准件院小区",
    "玻璃院小区",
    "橡胶院小区",
    "化工院小区",
];

/// The name of the `nth` compound: different for every one under 57,000.
pub(super) fn compound(nth: usize) -> String {
    if nth % 9 == 4 && nth / 9 < WORKS_YARDS.len() {
        return WORKS_YARDS[nth / 9].to_owned();
    }
    let ending = (nth + nth / STEMS) % COMPOUND_ENDINGS.len();
    format!("{}{}", stem(nth % STEMS), COMPOUND_ENDINGS[ending])
}

/// What is sold in a shop at a corner.
pub(super) const SHOPS: [&str; 16] = [
    "便利店",
    "面馆",
    "药房",
    "理发店",
    "水果店",
    "早餐铺",
    "五金店",
    "洗衣店",
    "熟食店",
    "文具店",
    "饺子馆",
    "粮油店",
    "烧烤店",
    "修车铺",
    "茶庄",
    "快递点",
];

/// The name of a shop.
pub(super) fn shop(nth: usize, trade: &str) -> String {
    format!("{}{trade}", stem(nth % 600))
}

/// What is made in a factory.
const WORKS: [&str; 8] = ["机械", "铸造", "电缆", "泵阀", "工具", "轴承", "包装", "食品"];

/// The name of the `nth` factory.
pub(super) fn factory(nth: usize) -> String {
    format!("{}{}厂", stem(nth + 40), WORKS[nth % WORKS.len()])
}

/// The name of the `nth` village.
pub(super) fn village(nth: usize) -> String {
    let kind = ["村", "屯", "堡", "窝棚"][nth % 4];
    format!("{}{kind}", stem(nth + 130))
}

/// The name of the `nth` school.
pub(super) fn school(nth: usize) -> String {
    let kind = ["小学", "中学"][nth % 2];
    format!("{}{kind}", stem(nth + 220))
}

/// The name of the `nth` market.
pub(super) fn market(nth: usize) -> String {
    format!("{}农贸市场", stem(nth + 450))
}

/// The name of the `nth` building of offices and shops.
pub(super) fn offices(nth: usize) -> String {
    let kind = ["大厦", "商业广场", "中心", "商场"][nth % 4];
    format!("{}{kind}", stem(nth + 520))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_stem_comes_twice() {
        let stems: BTreeSet<String> = (0..9_000).map(stem).collect();
        assert_eq!(stems.len(), 9_000);
    }

    #[test]
    fn no_compound_has_the_name_of_another() {
        let compounds: BTreeSet<String> = (0..50_000).map(compound).collect();
        assert_eq!(compounds.len(), 50_000);
        assert!(!compounds.contains(METAL_YARD));
    }

    #[test]
    fn the_streets_through_the_middle_have_the_names_of_tiexi() {
        let arterial = |line: &usize| line.is_multiple_of(4);
        let flags: Vec<bool> = (0..41).map(|line| arterial(&line)).collect();
        let names = StreetNames::new(&flags, &flags);
        assert_eq!((names.east(20, 3), names.north(3, 20)), ("建设大路", "保工街"));
        assert_eq!((names.east(16, 0), names.east(24, 9)), ("南十路", "北一路"));
        assert_eq!((names.north(0, 36), names.north(9, 4)), ("兴工街", "重工街"));
        let (rows, columns) =
            ((0..41).map(|row| names.east(row, 0)), (0..41).map(|column| names.north(0, column)));
        assert_eq!(rows.chain(columns).collect::<BTreeSet<_>>().len(), 82);
    }

    #[test]
    fn a_line_that_is_interrupted_is_several_streets() {
        let line = (Some("建设大路"), vec![(2, 4), (7, 9)]);
        let names = StreetNames::of_stretches(&[line], &[(None, vec![(0, 3)])]);
        assert_eq!((names.east(0, 7), names.east(0, 9)), ("建设大路", "建设大路"));
        assert_eq!(names.east(0, 2), names.east(0, 4));
        assert_ne!(names.east(0, 4), names.east(0, 7));
    }
}
