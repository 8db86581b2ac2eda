//! Accounts: looked up, added, blocked and unblocked.

mod change;
mod find;
mod phone;
mod show;

pub use change::{AddOrder, add_account, block_account, shared_logins, unblock_account};
pub use find::{Match, Matches, find};
pub use phone::{PhoneCard, phone_card};
pub use show::{
    AccountCard, OrganisationCard, account_history, every_desk, organisations, regions, requesters,
    show_account, show_organisation,
};
pub(super) use show::{account_card, account_card_if_any, existing_account, missing};
