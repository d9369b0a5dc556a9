//! What falls out by chance: the same for the same seed, purpose and place, on every machine.
//!
//! Every block, line and name throws its own dice, so that a change of one leaves the others as they were. Only whole numbers and the
//! four operations of IEEE 754 are used: no function whose last bit a platform may choose.

/// What dice are thrown for; each purpose has throws of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    BendEast = 1,
    BendNorth,
    Columns,
    Rows,
    Corners,
    Outline,
    Zones,
    Heights,
    Block,
    Lanes,
    Services,
    People,
    Matters,
}

/// Dice of one purpose at one place.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

/// The output function of `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
const fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

impl Dice {
    /// The dice of a purpose at the place with this index.
    pub(super) const fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        Self(mixed(mixed(seed ^ mixed(purpose as u64)) ^ index))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }
    /// A whole number under `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }
    /// A number from `low` to `high`.
    pub(super) fn real(&mut self, low: f64, high: f64) -> f64 {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * share
    }
    /// True so many times in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    /// One of some; there must be one.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// A smooth hilly field between -1 and 1 over the plane, with one hill or hollow in a unit square.
pub(super) fn field(seed: u64, purpose: Purpose, x: f64, y: f64) -> f64 {
    let (column, row) = (x.floor(), y.floor());
    let knot = |dx: u64, dy: u64| {
        let index = ((column as u64 + dx) << 32) | (row as u64 + dy);
        Dice::new(seed, purpose, index).real(-1.0, 1.0)
    };
    let eased = |share: f64| share * share * (3.0 - 2.0 * share);
    let (right, up) = (eased(x - column), eased(y - row));
    let south = knot(0, 0) + (knot(1, 0) - knot(0, 0)) * right;
    let north = knot(0, 1) + (knot(1, 1) - knot(0, 1)) * right;
    south + (north - south) * up
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_throws_are_those_of_splitmix64() {
        // The published sequence for the state 1234567.
        let mut dice = Dice(1_234_567);
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
        assert_eq!(dice.next(), 9_817_491_932_198_370_423);
    }

    #[test]
    fn throws_stay_within_what_was_asked() {
        let mut dice = Dice::new(7, Purpose::Block, 0);
        let mut seen = [false; 6];
        for _ in 0..1_000 {
            seen[dice.below(6)] = true;
            assert!((-2.0..=3.0).contains(&dice.real(-2.0, 3.0)));
            assert!(dice.chance(100) && !dice.chance(0));
        }
        assert_eq!(seen, [true; 6]);
    }

    #[test]
    fn the_field_has_no_step_where_two_squares_meet() {
        let at = |x| field(3, Purpose::Heights, x, 0.4);
        assert!((at(1.0 - 1e-9) - at(1.0)).abs() < 1e-6);
    }
}
