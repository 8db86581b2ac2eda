//! Where things are when nothing says otherwise.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Where things are when nothing says otherwise (XDG Base Directory Specification).
#[derive(Clone, Debug)]
pub struct Places {
    /// The config file.
    pub config: PathBuf,
    /// The SQLite database.
    pub database: PathBuf,
}

impl Places {
    /// From the environment; none where there is no home.
    #[must_use]
    pub fn from_env(env: &BTreeMap<String, String>) -> Option<Self> {
        let absolute = |name: &str| env.get(name).map(PathBuf::from).filter(|p| p.is_absolute());
        let home = absolute("HOME");
        let base = |name, below: &str| {
            absolute(name).or_else(|| home.as_ref().map(|home| home.join(below)))
        };
        Some(Self {
            config: base("XDG_CONFIG_HOME", ".config")?.join("balie/config.toml"),
            database: base("XDG_DATA_HOME", ".local/share")?.join("balie/balie.db"),
        })
    }
}
