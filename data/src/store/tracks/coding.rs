//! How fixes are written down: each as its difference from the one before, in few bytes.
//!
//! ```text
//! version (1) ─► for each fix: number, time (ms), longitude, latitude (1e-7°), each less the one before;
//!                accuracy (dm, +1), speed (cm/s, +1), 0 where there is none
//! ```
//!
//! Numbers are LEB128 varints, signed ones zigzag. A walk at one fix in 5 s takes some 12 bytes a fix; a row of its own would take 80.

use crate::{
    model::{patrol::Fix, place::Place, time::Timestamp, unit::Metres},
    store::varint::{BrokenOff, Reader, put, unzigzag, zigzag},
};

/// The first byte.
const VERSION: u8 = 1;

/// Bytes that are no fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenFixes {
    /// They are of another release.
    #[error("fixes of version {0} cannot be read by this release")]
    Version(u8),
    /// They end too early, or a number is none.
    #[error("the fixes break off at byte {0}")]
    At(usize),
}

impl From<BrokenOff> for BrokenFixes {
    fn from(BrokenOff { at }: BrokenOff) -> Self {
        Self::At(at)
    }
}

/// Fixes as bytes. Accuracies are rounded to decimetres and at most 6.5 km, speeds to cm/s and at most 655 m/s.
#[must_use]
pub fn encode(fixes: &[Fix]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1 + fixes.len() * 12);
    bytes.push(VERSION);
    let (mut number, mut at, mut lon, mut lat) = (0_i64, 0_i64, 0_i64, 0_i64);
    for fix in fixes {
        let now =
            (fix.sequence as i64, fix.at.0, i64::from(fix.place.lon_e7()), i64::from(fix.place.lat_e7()));
        for (now, before) in [(now.0, &mut number), (now.1, &mut at), (now.2, &mut lon), (now.3, &mut lat)] {
            put(&mut bytes, zigzag(now.wrapping_sub(*before)));
            *before = now;
        }
        let optional =
            |value: Option<f64>| value.map_or(0, |value| value.round().clamp(0.0, 65_534.0) as u64 + 1);
        put(&mut bytes, optional(fix.accuracy.map(|accuracy| accuracy.value() * 10.0)));
        put(&mut bytes, optional(fix.speed_m_s.map(|speed_m_s| f64::from(speed_m_s) * 100.0)));
    }
    bytes
}

/// Reads what [`encode`] wrote.
pub fn decode(bytes: &[u8]) -> Result<Vec<Fix>, BrokenFixes> {
    match bytes.first() {
        Some(&VERSION) => {}
        Some(other) => return Err(BrokenFixes::Version(*other)),
        None => return Err(BrokenFixes::At(0)),
    }
    let mut reader = Reader::from(bytes, 1);
    let (mut number, mut at, mut lon, mut lat) = (0_i64, 0_i64, 0_i64, 0_i64);
    let mut fixes = Vec::new();
    while !reader.is_at_end() {
        let began = reader.at();
        for value in [&mut number, &mut at, &mut lon, &mut lat] {
            *value = value.wrapping_add(unzigzag(reader.take()?));
        }
        let accuracy = reader.take()?.checked_sub(1).map(|dm| Metres::new(dm as f64 / 10.0));
        let speed_m_s = reader.take()?.checked_sub(1).map(|cm_s| cm_s as f32 / 100.0);
        let e7 = |value: i64| i32::try_from(value).map_err(|_| BrokenFixes::At(began));
        fixes.push(Fix {
            sequence: number as u64,
            at: Timestamp(at),
            place: Place::from_e7(e7(lon)?, e7(lat)?).map_err(|_| BrokenFixes::At(began))?,
            accuracy: accuracy.transpose().map_err(|_| BrokenFixes::At(began))?,
            speed_m_s,
        });
    }
    Ok(fixes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn any_fix()(
            sequence in 1_u64..(1 << 53), at in any::<i64>(), lon in -1_800_000_000_i32..=1_800_000_000,
            lat in -900_000_000_i32..=900_000_000, accuracy in prop::option::of(0_u16..65_000), speed in prop::option::of(0_u16..65_000),
        ) -> Fix {
            Fix {
                sequence,
                at: Timestamp(at),
                place: Place::from_e7(lon, lat).expect("a place"),
                accuracy: accuracy.map(|dm| Metres::new(f64::from(dm) / 10.0).expect("a distance")),
                speed_m_s: speed.map(|cm_s| f32::from(cm_s) / 100.0),
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(fixes in prop::collection::vec(any_fix(), 0..50)) {
            prop_assert_eq!(decode(&encode(&fixes)), Ok(fixes));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn what_breaks_off_within_a_fix_is_refused(fixes in prop::collection::vec(any_fix(), 1..5), cut in 1_usize..6) {
            let bytes = encode(&fixes);
            let whole = encode(&fixes[..fixes.len() - 1]).len();
            let cut = (bytes.len() - cut).max(whole + 1);
            if cut < bytes.len() {
                prop_assert!(matches!(decode(&bytes[..cut]), Err(BrokenFixes::At(_))));
            }
        }
    }

    #[test]
    fn a_walk_takes_few_bytes() {
        let walk: Vec<Fix> = (1..=1_000)
            .map(|number| Fix {
                sequence: number,
                at: Timestamp(1_795_000_000_000 + number as i64 * 5_000 + (number as i64 % 7) * 13),
                place: Place::from_e7(1_233_800_000 + number as i32 * 640, 417_900_000 - number as i32 * 310)
                    .expect("a place"),
                accuracy: Metres::new(8.0 + (number % 5) as f64).ok(),
                speed_m_s: Some(1.3),
            })
            .collect();
        let each = encode(&walk).len() as f64 / 1_000.0;
        assert!(each < 12.5, "{each} bytes a fix");
    }
}
