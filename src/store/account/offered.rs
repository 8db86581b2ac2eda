//! Usernames to complete a word with.

use crate::domain::code::Username;
use crate::domain::operator::Reach;
use crate::store::reach::account_reached;
use crate::store::{Result, Tx, on};

/// An account whose username is offered.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OfferedAccount {
    /// Its username.
    pub username: Username,
    /// Its holder.
    pub name: String,
}

/// In the index's own order, from the word on: those that begin with it come first, whatever the database's collation.
const FROM: &str = concat!(
    "SELECT a.username, a.name FROM accounts a WHERE a.username >= $1 AND ",
    account_reached!("a.id", "$2"),
    " ORDER BY a.username LIMIT $3"
);

impl Tx {
    /// Accounts whose username begins with `start`.
    pub async fn usernames_from(
        &mut self,
        reach: &Reach,
        start: &str,
        limit: i64,
    ) -> Result<Vec<OfferedAccount>> {
        let mut found: Vec<OfferedAccount> = on!(self, |conn| {
            sqlx::query_as(FROM)
                .bind(start)
                .bind(reach.holder())
                .bind(limit)
                .fetch_all(conn)
                .await?
        });
        found.retain(|found| found.username.as_str().starts_with(start));
        Ok(found)
    }
}
