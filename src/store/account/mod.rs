//! Accounts with their second factor.

mod accounts;
mod around;
mod changes;
mod code_checks;
mod enrollments;
mod offered;
mod pending;
mod resets;
mod search;
mod second_factor;
mod shared_signs;
mod undo;

pub(super) use accounts::select_account;
pub use accounts::{AccountRow, AccountSeenRow, RoleRow};
pub use around::{LastResetRow, MayAskRow, OpenForRow};
pub use changes::{LoginRow, NewAccount};
pub use code_checks::CandidateRow;
pub use enrollments::{AuthenticatorRow, NewEnrollment};
pub use offered::OfferedAccount;
pub use pending::PendingRow;
pub use search::{Found, FoundAt};
pub use second_factor::SecondFactorRow;
pub use undo::{ResetRow, RetiredRow};
