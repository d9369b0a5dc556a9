//! How a receiver knows that a notice is ours: the symmetric signature of Standard Webhooks.
//!
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>: HMAC-SHA256 over `id.timestamp.body`,
//! written as `v1,` and Base64.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::path::Path;

/// How many bytes a secret has, by the specification.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// What only the receiver and we know.
#[derive(Clone)]
pub(super) struct Secret(Vec<u8>);

/// A secret that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretFault {
    #[error("it cannot be read ({0})")]
    File(std::io::Error),
    #[error("it must hold 24 to 64 random bytes in Base64, for example from `openssl rand -base64 32`")]
    Form,
}

impl Secret {
    /// Reads the file of a secret: Base64, with or without `whsec_` before it.
    pub(super) fn read(path: &Path) -> Result<Self, SecretFault> {
        Self::parse(&std::fs::read_to_string(path).map_err(SecretFault::File)?)
    }

    fn parse(text: &str) -> Result<Self, SecretFault> {
        let text = text.trim();
        let bytes = BASE64_STANDARD.decode(text.strip_prefix("whsec_").unwrap_or(text));
        bytes.ok().filter(|bytes| BYTES.contains(&bytes.len())).map(Self).ok_or(SecretFault::Form)
    }

    /// The signature of a message that is sent now, `at_s` in seconds since 1970.
    pub(super) fn sign(&self, id: &str, at_s: i64, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do for HMAC");
        mac.update(format!("{id}.{at_s}.{body}").as_bytes());
        format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// A secret is not written anywhere.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_specification() {
        // The worked example of the specification's own reference libraries.
        let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").expect("a secret");
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn what_is_too_short_or_not_base64_is_no_secret() {
        for text in ["", "whsec_", "c2hvcnQ=", "not base64 at all, whatever its length is"] {
            assert!(matches!(Secret::parse(text), Err(SecretFault::Form)), "{text:?} was taken");
        }
    }
}
