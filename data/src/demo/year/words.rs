//! In which words something is told: sentences with gaps, filled from the ground.
//!
//! A line of `words.txt` is `category|sort of place|months|sentence`; after the sort may follow the words of which one must be in the name
//! of the place, for nobody has hair cut at a greengrocer's. Complaints are never points at a home: what is told in confidence, of
//! family, debt or health, is told of the room where it is heard, and no sentence says both the stairwell and the storey of a quarrel.

use super::super::{
    dice::Dice,
    people::ground::{Sort, Spot},
};
use crate::model::report::Channel;

/// A sentence with gaps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) category: usize,
    pub(super) sort: Sort,
    /// The first and the last month in which it is told; it may run on over the new year.
    months: (usize, usize),
    /// Parts of names, with commas between; empty where any place will do.
    fits: &'static str,
    words: &'static str,
}

impl Sentence {
    pub(super) fn is_told_in(&self, month: usize) -> bool {
        let (from, to) = self.months;
        if from <= to { (from..=to).contains(&month) } else { month >= from || month <= to }
    }
    /// Whether it can be told of this spot: a lift breaks down in a high house, and is asked for in a low one.
    pub(super) fn is_told_of(&self, spot: &Spot<'_>) -> bool {
        let storeys = match self.words {
            words if words.contains("加装电梯") => 4..=7,
            words if words.contains("电梯") || words.contains("二次供水") => 8..=u16::MAX,
            words if words.contains("{层}") => 3..=u16::MAX,
            _ => 0..=u16::MAX,
        };
        storeys.contains(&spot.storeys) && self.fits.split(',').any(|part| spot.name.contains(part))
    }
    /// Whether it is told of part of the year alone: then it is told more often than others.
    pub(super) fn is_seasonal(&self) -> bool {
        self.months != (1, 12)
    }
}

/// The sentences, in the order of the file.
pub(super) fn sentences() -> Vec<Sentence> {
    include_str!("words.txt").lines().map(sentence).collect()
}

fn sentence(line: &'static str) -> Sentence {
    let mut parts = line.splitn(4, '|');
    let mut part = || parts.next().expect("every line of words.txt has four parts");
    let number = |text: &str| text.parse::<usize>().expect("words.txt has whole numbers");
    let category = number(part());
    let (sort, fits) = {
        let field = part();
        field.split_once(':').unwrap_or((field, ""))
    };
    let sort = match sort {
        "home" => Sort::Home,
        "work" => Sort::Work,
        "street" => Sort::Street,
        "service" => Sort::Service,
        "hearing" => Sort::Hearing,
        "clinic" => Sort::Clinic,
        other => panic!("words.txt knows no place {other}"),
    };
    let (from, to) = part().split_once('-').expect("months from-to");
    Sentence { category, sort, months: (number(from), number(to)), fits, words: part() }
}

/// What is said before, now and then.
const BEFORE: [&str; 4] = ["您好，", "再次反映，", "我想反映一下，", "你好，反映个事，"];
/// What is said after, now and then.
const AFTER: [&str; 7] = [
    "希望尽快处理。",
    "请给个答复。",
    "请派人到现场看看。",
    "麻烦尽快解决。",
    "希望有专人跟进。",
    "处理后请反馈。",
    "附近居民都有意见。",
];

/// What is said of the same matter by another.
const AGAIN: [&str; 4] = ["另有居民反映同一问题：", "同一事项再次来件：", "后续补充：", "重复诉求："];

/// By which way something is told, and whether for the first time.
#[derive(Clone, Copy)]
pub(super) struct Telling {
    pub(super) sort: Sort,
    pub(super) channel: Channel,
    pub(super) is_repeated: bool,
}

/// The filled sentence, as it is told.
pub(super) fn told(filled: &str, telling: Telling, dice: &mut Dice) -> String {
    let mut text = filled.to_owned();
    // What is found on a patrol or heard at a desk is written down by who does it: without greetings and wishes.
    let is_citizen =
        matches!(telling.channel, Channel::Hotline | Channel::App) && telling.sort != Sort::Hearing;
    let before: &[&str] = match telling.channel {
        Channel::Patrol if telling.is_repeated => &["复查仍未整改：", "再次巡查发现，"],
        _ if telling.is_repeated => &AGAIN,
        Channel::Patrol if dice.chance(40) => &["巡查发现", "网格巡查：", "走访中居民反映，"],
        Channel::Platform if dice.chance(50) => &["平台转办：", "上级平台转来："],
        Channel::Hotline if dice.chance(15) => &["市民来电：", "来电人反映，", "居民来电反映，"],
        _ if is_citizen && dice.chance(15) => &BEFORE,
        _ => &[],
    };
    if !before.is_empty() {
        text.insert_str(0, dice.pick(before));
    }
    let asks = ["请", "希望", "咨询", "建议", "要求"].iter().any(|word| text.contains(word));
    if is_citizen && !asks && dice.chance(50) {
        text.push_str(dice.pick(&AFTER));
    }
    text
}

/// The sentence with its gaps filled from the spot and the community around it; numbers fall out by chance.
pub(super) fn filled(sentence: &Sentence, spot: &Spot<'_>, community: &str, dice: &mut Dice) -> String {
    let road = road(spot, community);
    let estate =
        [spot.name, spot.road, community].into_iter().find(|name| !name.is_empty()).unwrap_or("小区");
    let place = if spot.name.is_empty() { format!("{road}一处门市") } else { spot.name.to_owned() };
    let storey = 2 + dice.below(usize::from(spot.storeys.saturating_sub(1)).max(1));
    let door = stairwell(spot.door);
    sentence
        .words
        .replace("{小区}", estate)
        .replace("{楼}", spot.house)
        .replace("{单元}", &door)
        .replace("{层}", &storey.to_string())
        .replace("{路}", &road)
        .replace("{处}", &place)
        .replace("{社区}", community)
        .replace("{天}", &(2 + dice.below(6)).to_string())
        .replace("{数}", &(3 + dice.below(9)).to_string())
}

/// The street without the number of a house.
fn road(spot: &Spot<'_>, community: &str) -> String {
    let road = spot.road.trim_end_matches('号').trim_end_matches(|it: char| it.is_ascii_digit() || it == '-');
    match road.trim_end() {
        "" if spot.name.is_empty() => format!("{community}路边"),
        "" => format!("{}门前", spot.name),
        road => road.to_owned(),
    }
}

/// What is written on a door, said as a stairwell; nothing where it is none.
fn stairwell(door: &str) -> String {
    let is_number = !door.is_empty() && door.len() < 3 && door.bytes().all(|byte| byte.is_ascii_digit());
    match door {
        _ if is_number => format!("{door}单元"),
        _ if door.ends_with("单元") => door.to_owned(),
        _ => String::new(),
    }
}
