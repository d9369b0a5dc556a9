//! How the server is set up: read once at the start, from the command line, the environment and a file, in this order of weight.

use crate::live::outbox::hook::{self, Hook, HookError, HookOptions};
use clap::Args;
use gridward_domain::patrol::rules::PatrolRules;
use serde::Deserialize;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

/// Where the server listens unless told otherwise.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Memory for tiles that were made, unless told otherwise: some 4,000 tiles of a dense city.
const TILE_CACHE_BYTES: u64 = 64 << 20;

/// From one count of the people in each grid to the next, unless told otherwise, seconds.
const HEAD_COUNT_EVERY_S: u64 = 300;
/// A count stands for the quarter of an hour after it.
const HEAD_COUNT_EVERY_S_MAX: u64 = 900;

/// What can be set on the command line or in the environment.
#[derive(Args, Debug)]
pub(crate) struct ServeOptions {
    /// The store: a folder, made if it is not there
    #[arg(long, env = "GRIDWARD_STORE", value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Where to listen; this machine only, as long as there are no accounts [default: 127.0.0.1:8080]
    #[arg(long, env = "GRIDWARD_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// A TOML file with `listen`, `tile_cache_bytes`, `head_count_every_s`, the rules of patrols under `[patrol]`, and whom to tell under `[[webhook]]`
    #[arg(long, env = "GRIDWARD_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

/// What can be set in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileOptions {
    listen: Option<SocketAddr>,
    tile_cache_bytes: Option<u64>,
    head_count_every_s: Option<u64>,
    #[serde(default)]
    patrol: PatrolOptions,
    #[serde(default)]
    webhook: Vec<HookOptions>,
}

/// How the server is set up.
#[derive(Debug)]
pub(crate) struct Config {
    /// The folder of the store.
    pub(crate) store: PathBuf,
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// Memory for tiles that were made, bytes.
    pub(crate) tile_cache_bytes: u64,
    /// From one count of the people in each grid to the next.
    pub(crate) head_count_every: Duration,
    /// By which rules fixes are judged and what counts as covered.
    pub(crate) patrol_rules: PatrolRules,
    /// Whom to tell of what was committed.
    pub(crate) hooks: Vec<Hook>,
}

/// A set-up that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("{path}: {reason}")]
    File { path: String, reason: String },
    #[error(
        "will not listen on {0}: as long as there are no accounts, only this machine may ask; use 127.0.0.1 or [::1]"
    )]
    NotLoopback(SocketAddr),
    #[error("head_count_every_s = {0}: 1 to {HEAD_COUNT_EVERY_S_MAX} seconds")]
    HeadCount(u64),
    #[error("[patrol] {name} = {value}: it must be a number greater than zero")]
    PatrolRule { name: &'static str, value: f64 },
    #[error(transparent)]
    Hook(#[from] HookError),
}

impl Config {
    /// Reads everything that can be set, once.
    pub(crate) fn read(options: ServeOptions) -> Result<Self, ConfigError> {
        let file = options.config.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let folder = options.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let config = Self {
            store: options.store,
            listen: options.listen.or(file.listen).unwrap_or(LISTEN),
            tile_cache_bytes: file.tile_cache_bytes.unwrap_or(TILE_CACHE_BYTES),
            head_count_every: head_count_every(file.head_count_every_s)?,
            patrol_rules: file.patrol.rules()?,
            hooks: hook::hooks(file.webhook, folder)?,
        };
        if !config.listen.ip().is_loopback() {
            return Err(ConfigError::NotLoopback(config.listen));
        }
        Ok(config)
    }
}

fn head_count_every(given: Option<u64>) -> Result<Duration, ConfigError> {
    let every_s = given.unwrap_or(HEAD_COUNT_EVERY_S);
    if (1..=HEAD_COUNT_EVERY_S_MAX).contains(&every_s) {
        Ok(Duration::from_secs(every_s))
    } else {
        Err(ConfigError::HeadCount(every_s))
    }
}

macro_rules! patrol_options {
    ($($name:ident: $given:ty),* $(,)?) => {
        /// The rules of patrols, named and meant as in [`PatrolRules`]; what is left out stays as it is.
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct PatrolOptions {
            $($name: Option<$given>,)*
        }

        impl PatrolOptions {
            fn rules(&self) -> Result<PatrolRules, ConfigError> {
                let mut rules = PatrolRules::default();
                $(if let Some(given) = self.$name {
                    for value in given.numbers() {
                        if !value.is_finite() || value <= 0.0 {
                            return Err(ConfigError::PatrolRule { name: stringify!($name), value });
                        }
                    }
                    rules.$name = given;
                })*
                Ok(rules)
            }
        }
    };
}

patrol_options! {
    counted_accuracy_m: f64,
    shown_accuracy_m: f64,
    future_s: i64,
    gap_s: f64,
    gap_m: f64,
    gate_m_s: [f64; 3],
    believed_share: f64,
    agreeing: usize,
    still_m: f64,
    piece_m: f64,
    buffer_m: [f64; 3],
    dwell_s: f64,
    walked_m: f64,
    visits_apart_s: f64,
    checkpoint_m: f64,
}

/// The numbers of a setting.
trait Numbers {
    fn numbers(&self) -> Vec<f64>;
}

impl Numbers for f64 {
    fn numbers(&self) -> Vec<f64> {
        vec![*self]
    }
}
impl Numbers for i64 {
    fn numbers(&self) -> Vec<f64> {
        vec![*self as f64]
    }
}
impl Numbers for usize {
    fn numbers(&self) -> Vec<f64> {
        vec![*self as f64]
    }
}
impl Numbers for [f64; 3] {
    fn numbers(&self) -> Vec<f64> {
        self.to_vec()
    }
}

fn read_file(path: &Path) -> Result<FileOptions, ConfigError> {
    let fault = |reason: String| ConfigError::File { path: path.display().to_string(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    toml::from_str(&text).map_err(|error| fault(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(listen: &str) -> ServeOptions {
        ServeOptions { store: "store".into(), listen: listen.parse().ok(), config: None }
    }

    #[test]
    fn only_this_machine_may_ask_until_there_are_accounts() {
        for address in ["127.0.0.1:0", "[::1]:8080"] {
            assert!(Config::read(options(address)).is_ok(), "{address} was refused");
        }
        for address in ["0.0.0.0:8080", "192.168.1.2:8080", "[::]:8080"] {
            assert!(
                matches!(Config::read(options(address)), Err(ConfigError::NotLoopback(_))),
                "{address} was taken"
            );
        }
    }

    #[test]
    fn the_rules_of_patrols_are_set_one_by_one() {
        let file: FileOptions =
            toml::from_str("[patrol]\ngap_s = 90\nbuffer_m = [20, 25, 30]").expect("a file");
        let rules = file.patrol.rules().expect("rules");
        let wanted = PatrolRules { gap_s: 90.0, buffer_m: [20.0, 25.0, 30.0], ..PatrolRules::default() };
        assert_eq!(rules, wanted);
        let file: FileOptions = toml::from_str("[patrol]\npiece_m = 0").expect("a file");
        let error = file.patrol.rules().expect_err("no length");
        assert!(error.to_string().contains("piece_m = 0"), "{error}");
    }

    #[test]
    fn people_are_counted_at_least_every_quarter_of_an_hour() {
        assert_eq!(head_count_every(None).expect("a pace"), Duration::from_mins(5));
        for wrong in [0, 901] {
            assert!(head_count_every(Some(wrong)).is_err(), "{wrong} s was taken");
        }
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused() {
        let error = toml::from_str::<FileOptions>("lisen = \"127.0.0.1:1\"").expect_err("misspelt");
        assert!(error.to_string().contains("lisen"), "{error}");
    }
}
