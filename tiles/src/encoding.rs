//! In which of our encodings does this reader take a body?
//!
//! The rules of RFC 9110 §12.5.3 (`Accept-Encoding`) and §12.4.2 (weights), for the three encodings that a tile
//! is kept in.

/// How a body is compressed on its way. Later ones are preferred where a reader has no preference of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 8878: about as small as gzip at its quickest, and quicker.
    Zstd,
}

/// All there are, the least preferred first.
const ENCODINGS: [Encoding; 3] = [Encoding::Identity, Encoding::Gzip, Encoding::Zstd];

/// The greatest weight, in thousandths.
const FULL_WEIGHT: u16 = 1000;

impl Encoding {
    /// The word for the `Content-Encoding` header; `None` where that header is left out.
    #[must_use]
    pub fn header(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("zstd"),
        }
    }

    /// Chooses by the value of `Accept-Encoding` (several headers joined by commas): the weightiest of ours;
    /// of equal ones zstd before gzip before none. Without the header: none. Members that cannot be read are
    /// passed over.
    ///
    /// `None` where the reader refuses everything, with `identity;q=0` or `*;q=0`: answer 406.
    #[must_use]
    pub fn negotiate(accept_encoding: Option<&str>) -> Option<Self> {
        let Some(accepted) = accept_encoding else { return Some(Self::Identity) };
        let mut named = [None; ENCODINGS.len()];
        let mut any = None;
        for (coding, weight) in accepted.split(',').filter_map(member) {
            let place = match coding.to_ascii_lowercase().as_str() {
                "*" => &mut any,
                "identity" => &mut named[0],
                "gzip" | "x-gzip" => &mut named[1],
                "zstd" => &mut named[2],
                _ => continue,
            };
            *place = Some(weight);
        }
        let weigh = |encoding: Encoding| named[encoding as usize].or(any);
        let wanted = ENCODINGS.into_iter().filter_map(|encoding| Some((weigh(encoding)?, encoding)));
        // Not spoken of, identity is taken, but after everything that is.
        let unspoken = weigh(Self::Identity).is_none().then_some((1, Self::Identity));
        let (_, best) = unspoken.into_iter().chain(wanted).filter(|(weight, _)| *weight > 0).max()?;
        Some(best)
    }
}

/// One member of the list: its coding and its weight in thousandths.
fn member(given: &str) -> Option<(&str, u16)> {
    let mut parts = given.split(';').map(str::trim);
    let coding = parts.next().filter(|coding| !coding.is_empty())?;
    let weight = match parts.next() {
        None => FULL_WEIGHT,
        Some(parameter) => weight(parameter)?,
    };
    parts.next().is_none().then_some((coding, weight))
}

/// `q=0.125` is 125 thousandths. At most three decimals, at most 1.
fn weight(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, decimals) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let readable = decimals.len() <= 3 && decimals.bytes().all(|digit| digit.is_ascii_digit());
    let thousandths = format!("{decimals:0<3}").parse().ok().filter(|_| readable)?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(FULL_WEIGHT),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Encoding::{self, Gzip, Identity, Zstd};

    fn chosen(accept_encoding: &str) -> Option<Encoding> {
        Encoding::negotiate(Some(accept_encoding))
    }

    #[test]
    fn browsers_get_zstd_and_old_ones_gzip() {
        assert_eq!(chosen("gzip, deflate, br, zstd"), Some(Zstd));
        assert_eq!(chosen("gzip, deflate, br"), Some(Gzip));
        assert_eq!(chosen("GZip"), Some(Gzip));
        assert_eq!(chosen("x-gzip"), Some(Gzip));
    }

    #[test]
    fn who_says_nothing_gets_the_body_as_it_is() {
        assert_eq!(Encoding::negotiate(None), Some(Identity));
        assert_eq!(chosen(""), Some(Identity));
        assert_eq!(chosen("br, deflate"), Some(Identity));
    }

    #[test]
    fn the_reader_s_weights_come_before_our_preference() {
        assert_eq!(chosen("zstd;q=0.5, gzip;q=0.8"), Some(Gzip));
        assert_eq!(chosen("zstd;q=0.5,gzip;q=0.500"), Some(Zstd));
        assert_eq!(chosen("gzip;q=0.5, identity"), Some(Identity));
        assert_eq!(chosen("gzip;q=0.001"), Some(Gzip));
        assert_eq!(chosen("gzip ; Q = 1.000 , zstd ; q = 0.9"), Some(Gzip));
    }

    #[test]
    fn a_weight_of_zero_is_a_refusal() {
        assert_eq!(chosen("gzip;q=0, zstd;q=0.000"), Some(Identity));
        assert_eq!(chosen("gzip;q=0, *"), Some(Zstd));
        assert_eq!(chosen("identity;q=0, gzip;q=0.1"), Some(Gzip));
    }

    #[test]
    fn a_star_stands_for_everything_that_is_not_named() {
        assert_eq!(chosen("*"), Some(Zstd));
        assert_eq!(chosen("*;q=0.1, gzip;q=0.2"), Some(Gzip));
        assert_eq!(chosen("zstd;q=0.5, *;q=0"), Some(Zstd));
        assert_eq!(chosen("identity;q=0.3, *;q=0"), Some(Identity));
    }

    #[test]
    fn who_refuses_everything_gets_nothing() {
        for refusal in ["identity;q=0", "*;q=0", "br, identity;q=0", "gzip;q=0, zstd;q=0, identity;q=0"] {
            assert_eq!(chosen(refusal), None, "{refusal}");
        }
    }

    #[test]
    fn members_that_cannot_be_read_are_passed_over() {
        for odd in [
            "gzip;q=2",
            "gzip;q=1.001",
            "gzip;q=0.1234",
            "gzip;q=-1",
            "gzip;q=",
            "gzip;level=9",
            "gzip;q=0.5;x",
        ] {
            assert_eq!(chosen(odd), Some(Identity), "{odd}");
            assert_eq!(chosen(&format!("{odd}, ,;, zstd;q=0.2")), Some(Zstd), "{odd}");
        }
    }
}
