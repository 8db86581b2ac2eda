//! Accounts, with their roles, second factor and recovery code.

use super::{Result, Tx, on};
use crate::domain::account::{AccountStatus, Enrollment, RecoveryCodeState};
use crate::domain::address::WorkAddress;
use crate::domain::code::{OrganisationCode, RegionCode, RoleName, Username};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

/// An account as it stands, without its organisations.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AccountRow {
    /// The internal id.
    pub id: i64,
    /// What its holder logs in with.
    pub username: Username,
    /// The holder's name.
    pub name: String,
    /// The holder's work address.
    pub work_email: WorkAddress,
    /// Whether it may log in.
    pub status: AccountStatus,
    /// The language of mails to its holder, where one is set.
    pub language: Option<Language>,
    /// Rises with every reset.
    pub session_epoch: i64,
    /// When its holder last logged in.
    pub last_login_at: Option<Timestamp>,
    enroll_by: Option<Timestamp>,
    begun_at: Option<Timestamp>,
    enrolled_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    locked_at: Option<Timestamp>,
}

impl AccountRow {
    /// Where its enrollment stands.
    #[must_use]
    pub fn enrollment(&self) -> Enrollment {
        let Self {
            enroll_by,
            last_used_at,
            ..
        } = *self;
        match (self.begun_at, self.enrolled_at, self.locked_at) {
            (None, ..) => Enrollment::None { enroll_by },
            (Some(_), None, _) => Enrollment::Pending { enroll_by },
            (Some(_), Some(enrolled_at), None) => Enrollment::Active {
                enrolled_at,
                last_used_at,
            },
            (Some(_), Some(enrolled_at), Some(_)) => Enrollment::Locked {
                enrolled_at,
                last_used_at,
            },
        }
    }
}

/// A role of an account, and where.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RoleRow {
    /// What the holder is there.
    pub role: RoleName,
    /// The organisation's code.
    pub organisation: OrganisationCode,
    /// The organisation's name.
    pub name: String,
    /// The region's code.
    pub region: RegionCode,
    /// The organisation's internal id.
    pub organisation_id: i64,
}

const SELECT: &str = "\
    SELECT a.id, a.username, a.name, a.work_email, a.status, a.language, a.session_epoch,
           a.last_login_at, a.enroll_by, e.begun_at, e.enrolled_at, e.last_used_at, e.locked_at
    FROM accounts a
    LEFT JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL
    WHERE a.username = $1";

impl Tx {
    /// The account with that username.
    pub async fn account(&mut self, username: &Username) -> Result<Option<AccountRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(SELECT)
                .bind(username)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The account with that username, which nobody else can change until this transaction ends.
    pub async fn account_to_change(&mut self, username: &Username) -> Result<Option<AccountRow>> {
        // SQLite's write transaction is alone already.
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT 1 FROM accounts WHERE username = $1 FOR UPDATE")
                .bind(username)
                .execute(&mut **tx)
                .await?;
        }
        self.account(username).await
    }

    /// The account's roles.
    pub async fn roles(&mut self, account: i64) -> Result<Vec<RoleRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT ar.role, o.code AS organisation, o.name, r.code AS region, ar.organisation_id
                 FROM account_roles ar
                 JOIN organisations o ON o.id = ar.organisation_id
                 JOIN regions r ON r.id = o.region_id
                 WHERE ar.account_id = $1
                 ORDER BY o.code, ar.role",
            )
            .bind(account)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Where the account's newest recovery code stands at `now`.
    pub async fn recovery_code(
        &mut self,
        account: i64,
        now: Timestamp,
    ) -> Result<RecoveryCodeState> {
        type Row = (
            Timestamp,
            Option<Timestamp>,
            Option<Timestamp>,
            Option<Timestamp>,
        );
        let row: Option<Row> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT issued_at, used_at, revoked_at, expires_at
                 FROM recovery_codes
                 WHERE account_id = $1
                 ORDER BY issued_at DESC, id DESC
                 LIMIT 1",
            )
            .bind(account)
            .fetch_optional(conn)
            .await?
        });
        Ok(match row {
            None => RecoveryCodeState {
                state: "none",
                issued_at: None,
            },
            Some((issued_at, used, revoked, expires)) => {
                let state = match (used, revoked, expires) {
                    (Some(_), ..) => "used",
                    (_, Some(_), _) => "revoked",
                    (.., Some(expires)) if expires <= now => "expired",
                    _ => "active",
                };
                RecoveryCodeState {
                    state,
                    issued_at: Some(issued_at),
                }
            }
        })
    }

    /// A username near to `text`, for "did you mean".
    pub async fn username_near(&mut self, text: &str) -> Result<Option<String>> {
        // Neighbours in the order of the index: cheap, and right for a wrong ending.
        let near: Vec<String> = on!(self, |conn| {
            let before: Option<String> = sqlx::query_scalar(
                "SELECT username FROM accounts WHERE username < $1 ORDER BY username DESC LIMIT 1",
            )
            .bind(text)
            .fetch_optional(&mut *conn)
            .await?;
            let after: Option<String> = sqlx::query_scalar(
                "SELECT username FROM accounts WHERE username > $1 ORDER BY username LIMIT 1",
            )
            .bind(text)
            .fetch_optional(&mut *conn)
            .await?;
            before.into_iter().chain(after).collect()
        });
        Ok(near
            .into_iter()
            .find(|name| strsim::damerau_levenshtein(name, text) <= 2))
    }

    /// Says that `operator` has the account open until `until`, and tells who else has it open.
    pub async fn lease(
        &mut self,
        account: i64,
        operator: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<(String, Timestamp)>> {
        let other: Option<(String, Timestamp)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT operator, since FROM leases
                 WHERE account_id = $1 AND operator <> $2 AND expires_at > $3",
            )
            .bind(account)
            .bind(operator)
            .bind(now)
            .fetch_optional(conn)
            .await?
        });
        if other.is_none() {
            on!(self, |conn| {
                sqlx::query(
                    "INSERT INTO leases (account_id, operator, since, expires_at)
                     VALUES ($1, $2, $3, $4)
                     ON CONFLICT (account_id) DO UPDATE
                     SET operator = excluded.operator, since = excluded.since,
                         expires_at = excluded.expires_at",
                )
                .bind(account)
                .bind(operator)
                .bind(now)
                .bind(until)
                .execute(conn)
                .await?;
            });
        }
        Ok(other)
    }

    /// How often the account was reset since `since`, and when last.
    pub async fn resets_since(
        &mut self,
        account: i64,
        since: Timestamp,
    ) -> Result<(i64, Option<Timestamp>)> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT COUNT(*), MAX(at) FROM events
                 WHERE account = $1 AND action = 'reset' AND at >= $2",
            )
            .bind(account)
            .bind(since)
            .fetch_one(conn)
            .await?
        }))
    }
}
