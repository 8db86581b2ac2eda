//! `balie key split`: the keys for a machine that resets, and opens no account's secret.

use std::path::Path;

use serde_json::json;

use crate::desk::{Desk, Error, Result};
use crate::domain::log::event::Action;

/// Writes the current key without its opening half, and the signing key, to a new file. Nothing may be sealed under an
/// older key any more: a machine that has one opens that. The id of the key.
pub async fn split_keys(desk: &mut Desk<'_>, file: &Path, dry_run: bool) -> Result<String> {
    let (mut tx, _) = desk.begin(Action::KeySplit).await?;
    let vault = desk.vault(&mut tx).await?;
    let known = tx.sealing_keys().await?;
    let current = known.iter().rfind(|key| key.retired_at.is_none());
    let current = current.map_or("", |key| key.key_id.as_str());
    let used = tx.key_use().await?;
    let has_older = used
        .iter()
        .any(|used| used.key_id != current && used.secrets() > 0);
    let Some(sealing) = vault.without_opening(current).filter(|_| !has_older) else {
        return Err(Error::Invalid {
            message: "there are secrets that a machine without opening keys would open as well: they are sealed under \
                      keys of an earlier version, or before the last rotation"
                .into(),
            hint: "reseal them with `balie key rotate`, then run this again".into(),
        });
    };
    if dry_run {
        return Ok(current.to_owned());
    }
    sealing.create(file)?;
    let event = desk.event(Action::KeySplit, json!({ "key": current }));
    desk.commit(tx, event).await?;
    Ok(current.to_owned())
}
