//! Accounts: looked up, added, blocked and unblocked.

mod change;
mod show;

pub use change::{AddOrder, add_account, block_account, shared_logins, unblock_account};
pub use show::{
    AccountCard, OrganisationCard, account_history, every_desk, find, organisations, regions,
    requesters, show_account, show_organisation,
};
pub(super) use show::{account_card, account_card_if_any, existing_account, missing};
