//! How two answers are told apart: strong validators made of what is in them.

use std::fmt::Write;

/// Bytes of a digest that go into a validator: 96 bits are far beyond chance.
const DIGEST_BYTES: usize = 12;

/// The validator of content with this SHA-256, in its quotes; `mark` tells representations of one content apart.
pub(crate) fn of(digest: &[u8; 32], mark: &str) -> String {
    let mut tag = String::with_capacity(2 * DIGEST_BYTES + mark.len() + 2);
    tag.push('"');
    for byte in &digest[..DIGEST_BYTES] {
        write!(tag, "{byte:02x}").expect("a string takes everything");
    }
    tag.push_str(mark);
    tag.push('"');
    tag
}

/// Whether `If-None-Match` names the validator.
pub(crate) fn is_named(validator: &str, if_none_match: &str) -> bool {
    let plain = |tag: &str| tag == validator || tag == "*" || tag.strip_prefix("W/") == Some(validator);
    if_none_match.split(',').any(|tag| plain(tag.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validator_is_found_in_a_list_and_in_its_weak_form() {
        let tag = of(&[0xab; 32], "-z");
        assert_eq!(tag, "\"abababababababababababab-z\"");
        assert!(
            is_named(&tag, &format!("\"x\", {tag}"))
                && is_named(&tag, &format!("W/{tag}"))
                && is_named(&tag, "*")
        );
        assert!(!is_named(&tag, "\"abababababababababababab-g1\"") && !is_named(&tag, ""));
    }
}
