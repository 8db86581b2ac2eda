//! Whether a name is somebody's on file.

use crate::domain::account::person_name::search_key;
use crate::domain::operator::Reach;
use crate::store::{Result, Tx, on};

/// How many accounts that have all words of a name are compared with it.
const CANDIDATES: i64 = 200;

impl Tx {
    /// Whether a name, as names are searched, is that of an account's holder or of a requester, in
    /// whichever order its words stand.
    pub async fn is_a_person(&mut self, key: &str) -> Result<bool> {
        let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
        if words.len() < 2 {
            return Ok(false);
        }
        let sorted = |name: &str| {
            let key = search_key(name);
            let mut words: Vec<String> = key.split(' ').map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        let wanted = sorted(key);
        let requesters: Vec<String> = on!(&mut *self, |conn| {
            sqlx::query_scalar("SELECT DISTINCT name FROM requesters")
                .fetch_all(conn)
                .await?
        });
        if requesters.iter().any(|name| sorted(name) == wanted) {
            return Ok(true);
        }
        let accounts = self
            .accounts_with(&Reach::Everywhere, &words, CANDIDATES)
            .await?;
        Ok(accounts
            .iter()
            .any(|account| sorted(&account.name) == wanted))
    }
}
