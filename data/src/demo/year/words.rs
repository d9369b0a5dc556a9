//! In which words something is told: sentences with gaps, filled from the ground.
//!
//! A line of `words.txt` is `category|sort of place|months|sentence`. Complaints are never points at a home: what is told in confidence, of
//! family, debt or health, is told of the room where it is heard, and no sentence says both the stairwell and the storey of a quarrel.

use super::super::{
    dice::Dice,
    people::ground::{Sort, Spot},
};

/// A sentence with gaps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) category: usize,
    pub(super) sort: Sort,
    /// The first and the last month in which it is told; it may run on over the new year.
    months: (usize, usize),
    words: &'static str,
}

impl Sentence {
    pub(super) fn is_told_in(&self, month: usize) -> bool {
        let (from, to) = self.months;
        if from <= to { (from..=to).contains(&month) } else { month >= from || month <= to }
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
    let sort = match part() {
        "home" => Sort::Home,
        "work" => Sort::Work,
        "street" => Sort::Street,
        "service" => Sort::Service,
        "hearing" => Sort::Hearing,
        "clinic" => Sort::Clinic,
        other => panic!("words.txt knows no place {other}"),
    };
    let (from, to) = part().split_once('-').expect("months from-to");
    Sentence { category, sort, months: (number(from), number(to)), words: part() }
}

/// What is said before, now and then.
const BEFORE: [&str; 5] = ["居民反映：", "市民来电：", "您好，", "再次反映，", "多名居民反映，"];
/// What is said after, now and then.
const AFTER: [&str; 8] = [
    "希望尽快处理。",
    "请给个答复。",
    "已经反映过一次。",
    "请派人到现场看看。",
    "麻烦尽快解决。",
    "希望有专人跟进。",
    "处理后请反馈。",
    "附近居民都有意见。",
];

/// What is said of the same matter by another.
const AGAIN: [&str; 4] = ["另有居民反映同一问题：", "同一事项再次来件：", "后续补充：", "重复诉求："];

/// The sentence, said of this spot. `community` is the name of the smallest known area around it that has people.
pub(super) fn told(
    sentence: &Sentence,
    spot: &Spot<'_>,
    community: &str,
    is_repeated: bool,
    dice: &mut Dice,
) -> String {
    let mut text = filled(sentence, spot, community, dice);
    // What is heard at a desk is written down by who hears it: without greetings.
    let is_plain = matches!(sentence.sort, Sort::Hearing) || text.starts_with("巡查");
    if is_repeated {
        text.insert_str(0, dice.pick(&AGAIN));
    } else if !is_plain && dice.chance(22) {
        text.insert_str(0, dice.pick(&BEFORE));
    }
    if !is_plain
        && dice.chance(45)
        && !text.contains("请")
        && !text.contains("希望")
        && !text.contains("咨询")
    {
        text.push_str(dice.pick(&AFTER));
    }
    text
}

fn filled(sentence: &Sentence, spot: &Spot<'_>, community: &str, dice: &mut Dice) -> String {
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
