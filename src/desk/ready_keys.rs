//! Keys that are loaded before a transaction that needs them begins: a command that hands them out takes its time, and
//! nobody else can write meanwhile.

use std::sync::Mutex;

use crate::domain::log::event::Action;
use crate::vault::{KeyFileError, KeySource, Vault};

/// The keys for the next step that needs them, or why there are none.
#[derive(Default)]
pub(crate) struct ReadyKeys(Mutex<Option<Result<Vault, KeyFileError>>>);

impl ReadyKeys {
    /// Loads them, where what is about to begin needs them.
    pub(super) fn load_for(&self, action: Action, from: &KeySource) {
        if !needs_keys(action) {
            return;
        }
        let Ok(mut ready) = self.0.lock() else {
            return;
        };
        if ready.is_none() {
            *ready = Some(from.load());
        }
    }

    /// Those that were loaded; else they are loaded now.
    pub(super) fn take(&self, from: &KeySource) -> Result<Vault, KeyFileError> {
        let ready = self.0.lock().ok().and_then(|mut ready| ready.take());
        ready.unwrap_or_else(|| from.load())
    }
}

const fn needs_keys(action: Action) -> bool {
    matches!(
        action,
        Action::Reset
            | Action::Reissue
            | Action::BreakGlassReset
            | Action::BulkApply
            | Action::RequestChallenge
            | Action::EnrollBegin
            | Action::EnrollConfirm
            | Action::EnrollImport
            | Action::CodeCheck
            | Action::Login
            | Action::PortalLogin
            | Action::ReceiptShow
            | Action::AuditCheckpoint
            | Action::Restore
            | Action::KeyRead
            | Action::KeyRotate
            | Action::KeyRetire
            | Action::KeySplit
            | Action::Doctor
    )
}
