//! The database: SQL, a file a noun, and no rule. One SQL text runs on both engines; where they
//! truly differ, the two texts stand next to each other in one function.

pub mod account;
mod applied;
pub mod backup;
mod before_init;
mod bounded;
pub mod bulk;
mod connect;
mod database_url;
mod desk;
pub mod directory;
mod error;
mod fold;
mod keys;
pub mod log;
pub mod mail;
mod migrate;
pub mod operator;
mod postgres_roles;
mod reach;
pub mod request;
mod schema_check;
mod settings;
mod tx;
mod unfit;
mod values;

pub use applied::Applied;
pub use before_init::{AdminSession, Before};
pub use database_url::{DatabaseUrl, NotADatabaseUrl};
pub use desk::DeskRow;
pub use error::{Result, StoreError};
pub use keys::{KeyUse, Resealed, SealedIn, SealedRow, SealingKeyRow};
pub use postgres_roles::postgres_roles;
pub use schema_check::{Altered, HowAltered};
pub use settings::SettingRow;
pub use tx::{Database, Tx};
pub(crate) use tx::{on, run};
pub use unfit::Unfit;
