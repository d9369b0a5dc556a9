//! How does a body become small?
//!
//! Of an uncached tile compression is the greater part, so it is done once and the result kept: quickly the first
//! time, thoroughly when the body is asked for again. The same body gives the same bytes.

use libdeflater::{CompressionLvl, Compressor};

use crate::encoding::Encoding;

/// How much time to spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effort {
    /// For a reader who waits: gzip level 1.
    Quick,
    /// For a body that will be sent again: gzip level 6, a tenth smaller for twice the time.
    Thorough,
}

/// The level of zstd at either effort.
const ZSTD_LEVEL: i32 = 3;

/// Compresses a body. The identity is a copy.
#[must_use]
pub fn compress(body: &[u8], encoding: Encoding, effort: Effort) -> Vec<u8> {
    match encoding {
        Encoding::Identity => body.to_vec(),
        Encoding::Gzip => gzip(body, effort),
        Encoding::Zstd => {
            zstd::bulk::compress(body, ZSTD_LEVEL).expect("a vector of the bound always holds the frame")
        }
    }
}

fn gzip(body: &[u8], effort: Effort) -> Vec<u8> {
    let level = match effort {
        Effort::Quick => 1,
        Effort::Thorough => 6,
    };
    let level = CompressionLvl::new(level).expect("levels go from 0 to 12");
    let mut compressor = Compressor::new(level);
    let mut packed = vec![0; compressor.gzip_compress_bound(body.len())];
    let length = compressor.gzip_compress(body, &mut packed).expect("the bound is room enough");
    packed.truncate(length);
    packed.shrink_to_fit();
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unpacked(packed: &[u8], encoding: Encoding, length: usize) -> Vec<u8> {
        match encoding {
            Encoding::Identity => packed.to_vec(),
            Encoding::Gzip => {
                let mut body = vec![0; length];
                libdeflater::Decompressor::new().gzip_decompress(packed, &mut body).unwrap();
                body
            }
            Encoding::Zstd => zstd::bulk::decompress(packed, length).unwrap(),
        }
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_out_again(body: Vec<u8>, repeats in 0..40_usize) {
            let body = body.repeat(repeats);
            for encoding in [Encoding::Identity, Encoding::Gzip, Encoding::Zstd] {
                for effort in [Effort::Quick, Effort::Thorough] {
                    let packed = compress(&body, encoding, effort);
                    prop_assert_eq!(&unpacked(&packed, encoding, body.len()), &body);
                    prop_assert_eq!(compress(&body, encoding, effort), packed);
                }
            }
        }
    }

    #[test]
    fn more_effort_makes_gzip_smaller() {
        let body: Vec<u8> = (0..9000_u32).flat_map(|i| (i * i % 977 / 4).to_string().into_bytes()).collect();
        let packed = |effort| compress(&body, Encoding::Gzip, effort).len();
        assert!(packed(Effort::Thorough) < packed(Effort::Quick));
    }

    #[test]
    fn a_repetitive_body_shrinks_and_each_kind_carries_its_mark() {
        let body = b"grid ".repeat(1000);
        let gzip = compress(&body, Encoding::Gzip, Effort::Quick);
        let zstd = compress(&body, Encoding::Zstd, Effort::Quick);
        assert!(gzip.len() < 100 && gzip.starts_with(&[0x1f, 0x8b]));
        assert!(zstd.len() < 100 && zstd.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
    }
}
