//! The same as for one account, for many at once: a few statements a batch, whatever its size.
//!
//! SQLite takes a set as a JSON text, PostgreSQL as an array. `{set}` in a statement stands for the
//! test that a value is in it; the set is always `$1`.

use crate::domain::bulk::plan::AccountState;
use crate::domain::code::{RegionCode, Username};
use crate::domain::operator::Reach;
use crate::domain::reset::warrant::Warrant;
use crate::domain::timestamp::Timestamp;
use crate::store::account::AccountRow;
use crate::store::account::select_account;
use crate::store::reach::account_reached;
use crate::store::values::Flag;
use crate::store::{Result, Tx};

const SQLITE_SET: &str = "IN (SELECT value FROM json_each($1))";
const POSTGRES_SET: &str = "= ANY($1)";

/// Reads with a set, on whichever engine.
macro_rules! fetch {
    ($tx:expr, $query:path, $sql:expr, $set:expr $(, $bind:expr)*) => {
        match $tx {
            Tx::Sqlite(tx) => {
                let sql = sqlx::AssertSqlSafe($sql.replace("{set}", SQLITE_SET));
                let set = serde_json::to_string($set).unwrap_or_default();
                $query(sql).bind(set)$(.bind($bind))*.fetch_all(&mut **tx).await?
            }
            Tx::Postgres(tx) => {
                let sql = sqlx::AssertSqlSafe($sql.replace("{set}", POSTGRES_SET));
                $query(sql).bind($set)$(.bind($bind))*.fetch_all(&mut **tx).await?
            }
        }
    };
}

/// Writes over a set, on whichever engine; gives back how many rows it reached.
macro_rules! change {
    ($tx:expr, $sql:expr, $set:expr $(, $bind:expr)*) => {
        match &mut *$tx {
            Tx::Sqlite(tx) => {
                let sql = sqlx::AssertSqlSafe($sql.replace("{set}", SQLITE_SET));
                let set = serde_json::to_string($set).unwrap_or_default();
                let query = sqlx::query(sql).bind(set)$(.bind($bind))*;
                query.execute(&mut **tx).await?.rows_affected()
            }
            Tx::Postgres(tx) => {
                let sql = sqlx::AssertSqlSafe($sql.replace("{set}", POSTGRES_SET));
                let query = sqlx::query(sql).bind($set)$(.bind($bind))*;
                query.execute(&mut **tx).await?.rows_affected()
            }
        }
    };
}

/// All that bears on a row of a plan, loaded together.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HolderRow {
    /// The account.
    #[sqlx(flatten)]
    pub account: AccountRow,
    /// The internal id of its enrollment.
    pub enrollment_id: Option<i64>,
    /// The internal id of the recovery code that can still be used.
    pub recovery_id: Option<i64>,
    bound: Option<Flag>,
    /// When the request was used for it.
    pub used_at: Option<Timestamp>,
    /// When it was last reset.
    pub reset_at: Option<Timestamp>,
    roles: Option<String>,
    open_by: Option<String>,
    open_since: Option<Timestamp>,
}

impl HolderRow {
    /// Whether the requester's authority covered it when it was bound to the request; nothing where it isn't bound.
    #[must_use]
    pub fn covered(&self) -> Option<bool> {
        self.bound.map(bool::from)
    }

    /// The colleague who has it open in a changing step, and since when.
    #[must_use]
    pub fn open_by(&self) -> Option<(String, Timestamp)> {
        self.open_by.clone().zip(self.open_since)
    }

    /// Its roles: the organisation's internal id, the region, the role.
    pub fn roles(&self) -> impl Iterator<Item = (i64, &str, &str)> {
        let roles = self.roles.as_deref().unwrap_or_default().split(';');
        roles.filter_map(|role| {
            let mut parts = role.split(':');
            Some((parts.next()?.parse().ok()?, parts.next()?, parts.next()?))
        })
    }

    /// The region of its first role: whose desk it is.
    #[must_use]
    pub fn region(&self) -> Option<RegionCode> {
        let (_, region, _) = self.roles().next()?;
        region.parse().ok()
    }

    /// What of it a plan depends on.
    #[must_use]
    pub fn state(&self) -> AccountState<'_> {
        let account = &self.account;
        AccountState {
            account: account.id,
            username: account.username.as_str(),
            name: &account.name,
            work_email: account.work_email.as_str(),
            status: account.status,
            session_epoch: account.session_epoch,
            enrollment: self
                .enrollment_id
                .map(|id| (id, account.enrollment().enrolled_at())),
            recovery_code: self.recovery_id,
            roles: self.roles.as_deref().unwrap_or_default(),
        }
    }
}

const HOLDERS: &str = concat!(
    select_account!(
        ", e.id AS enrollment_id, c.id AS recovery_id, b.covered AS bound, b.used_at,
           (SELECT string_agg(o.id || ':' || r.code || ':' || ar.role, ';' ORDER BY o.code, ar.role)
            FROM account_roles ar
            JOIN organisations o ON o.id = ar.organisation_id
            JOIN regions r ON r.id = o.region_id
            WHERE ar.account_id = a.id) AS roles,
           (SELECT MAX(v.at) FROM events v
            WHERE v.account = a.id AND v.action IN ('reset', 'reset.break_glass')) AS reset_at,
           l.operator AS open_by, l.since AS open_since"
    ),
    "LEFT JOIN recovery_codes c
       ON c.account_id = a.id AND c.used_at IS NULL AND c.revoked_at IS NULL
     LEFT JOIN request_accounts b ON b.account_id = a.id AND b.request_id = $2
     LEFT JOIN leases l
       ON l.what = 'account' AND l.subject = a.id AND l.operator <> $4 AND l.expires_at > $5
     WHERE a.username {set} AND ",
    account_reached!("a.id", "$3")
);

impl Tx {
    /// Keeps everybody else from changing these accounts until this transaction ends.
    pub async fn lock_accounts(&mut self, usernames: &[String]) -> Result<()> {
        // SQLite's write transaction is alone already. In the order of the ids, so that two who lock
        // the same accounts wait for each other instead of blocking each other.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT 1 FROM accounts WHERE username = ANY($1) ORDER BY id FOR UPDATE")
                .bind(usernames)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Those of the accounts with these usernames that `reach` reaches, as `operator` sees them at `now`, and how they
    /// stand towards the request.
    pub async fn holders(
        &mut self,
        reach: &Reach,
        request: Option<i64>,
        usernames: &[String],
        operator: &str,
        now: Timestamp,
    ) -> Result<Vec<HolderRow>> {
        Ok(fetch!(
            self,
            sqlx::query_as,
            HOLDERS,
            usernames,
            request,
            reach.holder(),
            operator,
            now
        ))
    }

    /// Those of the accounts with these usernames that `reach` reaches.
    pub async fn accounts_reached(
        &mut self,
        reach: &Reach,
        usernames: &[String],
    ) -> Result<Vec<Username>> {
        const SQL: &str = concat!(
            "SELECT a.username FROM accounts a WHERE a.username {set} AND ",
            account_reached!("a.id", "$2")
        );
        Ok(fetch!(
            self,
            sqlx::query_scalar,
            SQL,
            usernames,
            reach.holder()
        ))
    }

    /// The internal ids of these organisations and of all below them.
    pub async fn downwards(&mut self, organisations: &[i64]) -> Result<Vec<i64>> {
        const SQL: &str = "\
            WITH RECURSIVE down (id) AS (
              SELECT o.id FROM organisations o WHERE o.id {set}
              UNION
              SELECT o.id FROM organisations o JOIN down ON o.parent_id = down.id
            )
            SELECT id FROM down";
        Ok(fetch!(self, sqlx::query_scalar, SQL, organisations))
    }

    /// Binds accounts that the requester's authority covers to the request.
    pub async fn bind_accounts(&mut self, request: i64, accounts: &[i64]) -> Result<()> {
        const SQL: &str = "\
            INSERT INTO request_accounts (request_id, account_id, covered)
            SELECT $2, a.id, 1 FROM accounts a WHERE a.id {set}
            ON CONFLICT (request_id, account_id) DO NOTHING";
        change!(self, SQL, accounts, request);
        Ok(())
    }

    /// Uses the request up for each warrant's account; the internal ids of those it was still free for.
    pub async fn use_request_for(
        &mut self,
        warrants: &[Warrant],
        now: Timestamp,
    ) -> Result<Vec<i64>> {
        const SQL: &str = "\
            UPDATE request_accounts SET used_at = $2, used_for = $4
            WHERE account_id {set} AND request_id = $3 AND used_at IS NULL
            RETURNING account_id";
        let Some(first) = warrants.first() else {
            return Ok(Vec::new());
        };
        let accounts = accounts(warrants);
        Ok(fetch!(
            self,
            sqlx::query_scalar,
            SQL,
            &accounts,
            now,
            first.request(),
            first.purpose().as_str()
        ))
    }

    /// Retires the enrollments, voids the recovery codes, ends the sessions and opens the enrollment
    /// windows (rule 4). Gives back how many accounts it reached.
    pub async fn reset_second_factors(
        &mut self,
        warrants: &[Warrant],
        now: Timestamp,
        destroy_at: Timestamp,
        enroll_by: Timestamp,
    ) -> Result<u64> {
        const RETIRE: &str = "\
            UPDATE enrollments SET retired_at = $2, destroy_at = $3
            WHERE account_id {set} AND retired_at IS NULL";
        const REVOKE: &str = "\
            UPDATE recovery_codes SET revoked_at = $2
            WHERE account_id {set} AND used_at IS NULL AND revoked_at IS NULL";
        const OPEN: &str = "\
            UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = $2 WHERE id {set}";
        let accounts = accounts(warrants);
        change!(self, RETIRE, &accounts, now, destroy_at);
        change!(self, REVOKE, &accounts, now);
        Ok(change!(self, OPEN, &accounts, enroll_by))
    }

    /// Voids the accounts' recovery codes and puts fresh ones in their place, each by its hash. Gives back
    /// how many it put there.
    pub async fn reissue_recovery_codes(
        &mut self,
        warrants: &[Warrant],
        hashes: &[&str],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<u64> {
        const REVOKE: &str = "\
            UPDATE recovery_codes SET revoked_at = $2
            WHERE account_id {set} AND used_at IS NULL AND revoked_at IS NULL";
        let accounts = accounts(warrants);
        change!(self, REVOKE, &accounts, now);
        let issued = match self {
            Self::Sqlite(tx) => {
                let rows: Vec<_> = accounts.iter().zip(hashes).collect();
                sqlx::query(
                    "INSERT INTO recovery_codes (account_id, hash, issued_at, expires_at)
                     SELECT value ->> 0, value ->> 1, $2, $3 FROM json_each($1)",
                )
                .bind(serde_json::to_string(&rows).unwrap_or_default())
                .bind(now)
                .bind(expires_at)
                .execute(&mut **tx)
                .await?
            }
            .rows_affected(),
            Self::Postgres(tx) => sqlx::query(
                "INSERT INTO recovery_codes (account_id, hash, issued_at, expires_at)
                 SELECT *, $3, $4 FROM UNNEST($1::bigint[], $2::text[])",
            )
            .bind(accounts)
            .bind(hashes)
            .bind(now)
            .bind(expires_at)
            .execute(&mut **tx)
            .await?
            .rows_affected(),
        };
        Ok(issued)
    }

    /// The hash of the recovery code that can be used for each of these accounts.
    pub async fn recovery_hashes(&mut self, accounts: &[i64]) -> Result<Vec<(i64, String)>> {
        const SQL: &str = "\
            SELECT account_id, hash FROM recovery_codes
            WHERE account_id {set} AND used_at IS NULL AND revoked_at IS NULL";
        Ok(fetch!(self, sqlx::query_as, SQL, accounts))
    }
}

fn accounts(warrants: &[Warrant]) -> Vec<i64> {
    warrants.iter().map(Warrant::account).collect()
}
