//! Files that a command writes for somebody.

use std::io::{self, Write as _};
use std::path::Path;

/// Puts `bytes` in place of what was at `path`: either the old file stands or the new one, never half
/// of it. It's readable by its owner only.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
