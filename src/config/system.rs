//! Root's own config, which is read before a caller's: what is said there holds for whoever runs balie on this machine
//! (rule 17).

use std::path::{Path, PathBuf};

use toml::Table;

use super::fault::Problem;
use super::source;
use super::source::Owner;
use super::{Config, ConfigError, read, typed};

/// Its state.
pub const SYSTEM: &str = "/etc/balie/balie.toml";

/// What root says.
#[derive(Clone, Debug)]
pub struct System {
    /// Whoever runs balie here gets the desk of this config alone.
    pub only: bool,
    /// Where files may lie that a command line names then; nowhere without.
    pub files: Option<PathBuf>,
    pub(super) table: Table,
    pub(super) owner: Owner,
}

impl System {
    /// Reads it; nothing where there is none. One that others can write isn't root's.
    pub fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let Some((text, owner)) = source::read(path)? else {
            return Ok(None);
        };
        if !owner.is_root_alone() {
            return Err(ConfigError::NotRoots {
                path: path.to_owned(),
            });
        }
        let read = || {
            let table = read(&text)?;
            let config: Config = typed(table.clone())?;
            Ok((table, config.desk))
        };
        let (table, desk) = read().map_err(|problem: Problem| problem.of(path))?;
        Ok(Some(Self {
            only: desk.only.unwrap_or_default(),
            files: desk.files,
            table,
            owner,
        }))
    }
}
