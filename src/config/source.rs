//! The file that a config is in: what it is, and whose.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use super::ConfigError;
use crate::plain_file;
use crate::plain_file::NotPlain;

/// Longer than any config, in bytes.
const MOST: u64 = 256 * 1024;

/// Who runs balie.
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The account that the process acts as.
    pub account: u32,
    /// Somebody else has it run there: by `sudo` and its like, or as the forced command of an `ssh` key.
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
    pub(super) fn may_name_commands(
        self,
        path: &Path,
        key: &'static str,
        caller: Caller,
    ) -> Result<(), ConfigError> {
        let path = path.to_owned();
        let own = self.account == caller.account && !caller.for_others;
        if self.account != 0 && !own {
            return Err(ConfigError::CommandNotOurs { path, key });
        }
        if self.mode & 0o022 != 0 {
            return Err(ConfigError::CommandOpenToOthers { path, key });
        }
        Ok(())
    }
}

/// The text, and whose it is; nothing where there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<(String, Owner)>, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let refused = |error: NotPlain| match error {
        NotPlain::Unreadable(source) => unreadable(source),
        _ => ConfigError::NotAConfig {
            path: path.to_owned(),
        },
    };
    let mut file = match plain_file::open(path, MOST) {
        Err(NotPlain::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(None);
        }
        opened => opened.map_err(refused)?,
    };
    let metadata = file.metadata().map_err(unreadable)?;
    let text = String::from_utf8(plain_file::read(&mut file, MOST).map_err(refused)?);
    let text = text.map_err(|_| unreadable(io::Error::other("it isn't UTF-8 text")))?;
    let owner = Owner {
        account: metadata.uid(),
        mode: metadata.mode(),
    };
    Ok(Some((text, owner)))
}
