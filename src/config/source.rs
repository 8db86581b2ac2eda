//! The file that a config stands in: what it is, and whose.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

use super::ConfigError;

/// Longer than any config, in bytes.
const MOST: u64 = 256 * 1024;

/// Who runs balie.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The account that the process acts as.
    pub account: u32,
    /// Somebody else has it run there: by `sudo`, or as the forced command of an `ssh` key.
    pub for_others: bool,
}

/// Whose a file is, and who may write it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Owner {
    account: u32,
    mode: u32,
}

impl Owner {
    /// Root owns it, and nobody else writes to it.
    pub(super) const fn is_root_alone(self) -> bool {
        self.account == 0 && self.mode & 0o022 == 0
    }

    /// Only root and the account itself say what is run in its name (rule 17): nobody else may own that file or write
    /// to it. Where balie runs for others, the account's own files may be of their making: there it's root alone.
    pub(super) fn may_name_commands(self, path: &Path, caller: Caller) -> Result<(), ConfigError> {
        let path = path.to_owned();
        let own = self.account == caller.account && !caller.for_others;
        if self.account != 0 && !own {
            return Err(ConfigError::CommandNotOurs { path });
        }
        if self.mode & 0o022 != 0 {
            return Err(ConfigError::CommandOpenToOthers { path });
        }
        Ok(())
    }
}

/// The text, and whose it is; nothing where there is no such file. A device or a pipe isn't read, and nothing beyond
/// all measure.
pub(super) fn read(path: &Path) -> Result<Option<(String, Owner)>, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let opened = File::options()
        .read(true)
        .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
        .open(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() || metadata.len() > MOST {
        return Err(ConfigError::NotAConfig {
            path: path.to_owned(),
        });
    }
    let mut text = String::new();
    file.take(MOST)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    let owner = Owner {
        account: metadata.uid(),
        mode: metadata.mode(),
    };
    Ok(Some((text, owner)))
}
