//! Files with a password, which nobody else may read.

use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use secrecy::SecretString;

use super::Failure;

/// The longest password file, in bytes.
const MOST: u64 = 64 * 1024;

/// The password in a file of mode 0600.
pub(super) fn read_password(path: &Path) -> Result<SecretString, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::invalid(
            format!("{}: {error}", path.display()),
            "mend `password_file` in the config",
        )
    };
    if std::fs::metadata(path).map_err(unreadable)?.mode() & 0o077 != 0 {
        let message = format!("others can read the password file {}", path.display());
        return Err(Failure::invalid(
            message,
            format!("chmod 600 {}", path.display()),
        ));
    }
    let mut text = zeroize::Zeroizing::new(String::new());
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(MOST)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}
