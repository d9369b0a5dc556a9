//! To whom is told what: a webhook, as it is set up.

use super::signature::{Secret, SecretFault};
use gridward_data::model::entity::Kind;
use serde::Deserialize;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// What others may be told of. Tasks, shifts and patrols are not among it: they say who is where.
const TOLD: [Kind; 3] = [Kind::Case, Kind::Hazard, Kind::Closure];

/// How long a notice is tried, unless told otherwise, hours.
const GIVE_UP_H: u64 = 24;
/// The longest time that may be set: after a week a platform wants a list and not a story.
const GIVE_UP_H_MAX: u64 = 7 * 24;

/// `[[webhook]]` of the set-up file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HookOptions {
    name: String,
    url: String,
    kinds: Vec<String>,
    secret_file: PathBuf,
    give_up_h: Option<u64>,
}

/// One receiver.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    /// Its name, which is the topic of its notices.
    pub(crate) name: String,
    pub(super) url: String,
    /// Of which kinds it is told.
    pub(crate) kinds: Vec<Kind>,
    pub(super) secret: Secret,
    /// So long after the commit a notice is given up.
    pub(super) give_up: Duration,
}

/// A webhook that cannot be used as it is set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HookError {
    #[error("[[webhook]] name = {0:?}: 1 to 40 of the characters a-z, 0-9 and -")]
    Name(String),
    #[error("[[webhook]] {0}: two have this name; the notices of a webhook are kept under its name")]
    NameTwice(String),
    #[error("[[webhook]] {name}: url = {url:?}: it must begin with https:// or http://")]
    Url { name: String, url: String },
    #[error("[[webhook]] {name}: kinds: {found:?} is not told to others; say some of case, hazard, closure")]
    Kind { name: String, found: String },
    #[error("[[webhook]] {name}: give_up_h = {hours}: 1 to {GIVE_UP_H_MAX} hours")]
    GiveUp { name: String, hours: u64 },
    #[error("[[webhook]] {name}: secret_file = {path}: {fault}")]
    Secret { name: String, path: String, fault: SecretFault },
}

impl HookOptions {
    /// Reads the secret and checks everything. The path of the secret counts from the folder of the set-up file.
    fn hook(self, folder: &Path) -> Result<Hook, HookError> {
        let Self { name, url, kinds, secret_file, give_up_h } = self;
        let sign = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        if !(1..=40).contains(&name.len()) || !name.chars().all(sign) {
            return Err(HookError::Name(name));
        }
        if !url.parse::<ureq::http::Uri>().is_ok_and(|read| {
            matches!(read.scheme_str(), Some("http" | "https"))
                && read.host().is_some_and(|host| !host.is_empty())
        }) {
            return Err(HookError::Url { name, url });
        }
        if kinds.is_empty() {
            return Err(HookError::Kind { name, found: String::new() });
        }
        let kind = |word: String| {
            let told = TOLD.into_iter().find(|kind| kind.word() == word);
            told.ok_or_else(|| HookError::Kind { name: name.clone(), found: word })
        };
        let kinds = kinds.into_iter().map(kind).collect::<Result<_, _>>()?;
        let hours = give_up_h.unwrap_or(GIVE_UP_H);
        if !(1..=GIVE_UP_H_MAX).contains(&hours) {
            return Err(HookError::GiveUp { name, hours });
        }
        let path = folder.join(secret_file);
        let secret = Secret::read(&path).map_err(|fault| HookError::Secret {
            name: name.clone(),
            path: path.display().to_string(),
            fault,
        })?;
        Ok(Hook { name, url, kinds, secret, give_up: Duration::from_secs(hours * 3600) })
    }
}

/// Checks all of them.
pub(crate) fn hooks(options: Vec<HookOptions>, folder: &Path) -> Result<Vec<Hook>, HookError> {
    let mut hooks: Vec<Hook> = Vec::new();
    for option in options {
        let hook = option.hook(folder)?;
        if hooks.iter().any(|known| known.name == hook.name) {
            return Err(HookError::NameTwice(hook.name));
        }
        hooks.push(hook);
    }
    Ok(hooks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str) -> Vec<HookOptions> {
        #[derive(Deserialize)]
        struct File {
            webhook: Vec<HookOptions>,
        }
        toml::from_str::<File>(text).expect("a file").webhook
    }

    #[test]
    fn what_is_wrong_with_a_webhook_is_said_by_name() {
        let good = "[[webhook]]\nname = 'city'\nurl = 'https://city.example/in'\nkinds = ['case']\nsecret_file = 'no'";
        for (from, to, said) in [
            ("'city'", "'City desk'", "name = \"City desk\""),
            ("https://city.example/in", "city.example/in", "must begin with https://"),
            ("'https://city.example/in'", "'https:///in'", "must begin with https://"),
            ("['case']", "['task']", "\"task\" is not told to others"),
            ("['case']", "[]", "say some of case, hazard, closure"),
            ("'no'", "'no'\ngive_up_h = 0", "give_up_h = 0: 1 to 168 hours"),
            ("'no'", "'no/such/file'", "secret_file = set-up/no/such/file: it cannot be read"),
        ] {
            let error = hooks(options(&good.replace(from, to)), Path::new("set-up")).expect_err(to);
            assert!(error.to_string().contains(said), "{to}: {error}");
        }
    }
}
