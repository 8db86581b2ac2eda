//! Accounts, with their roles, second factor and recovery code.

use crate::domain::account::shared_login::SharedSign;
use crate::domain::account::{AccountStatus, Enrollment, RecoveryCodeState};
use crate::domain::code::{OrganisationCode, RegionCode, RoleName, Username};
use crate::domain::directory::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::account_reached;
use crate::store::{Result, Tx, on};

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
    shared_signs: i64,
    enroll_by: Option<Timestamp>,
    begun_at: Option<Timestamp>,
    enrolled_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    locked_at: Option<Timestamp>,
}

impl AccountRow {
    /// What speaks for its being shared.
    #[must_use]
    pub fn signs(&self) -> Vec<SharedSign> {
        SharedSign::of_bits(self.shared_signs)
    }

    /// The state of its enrollment.
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
    /// The address of the region's desk.
    pub desk_address: WorkAddress,
}

/// An account, its newest recovery code, and who else has it open.
#[derive(Debug, sqlx::FromRow)]
pub struct AccountSeenRow {
    /// The account.
    #[sqlx(flatten)]
    pub account: AccountRow,
    issued_at: Option<Timestamp>,
    used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    open_by: Option<String>,
    open_since: Option<Timestamp>,
}

impl AccountSeenRow {
    /// The state of its newest recovery code at `now`.
    #[must_use]
    pub fn recovery_code(&self, now: Timestamp) -> RecoveryCodeState {
        let state = match (
            self.issued_at,
            self.used_at,
            self.revoked_at,
            self.expires_at,
        ) {
            (None, ..) => "none",
            (_, Some(_), ..) => "used",
            (_, _, Some(_), _) => "revoked",
            (.., Some(expires)) if expires <= now => "expired",
            _ => "active",
        };
        RecoveryCodeState {
            state,
            issued_at: self.issued_at,
        }
    }

    /// The colleague who has it open in a changing step, and since when.
    #[must_use]
    pub fn open_by(&self) -> Option<(String, Timestamp)> {
        self.open_by.clone().zip(self.open_since)
    }
}

/// The columns of an [`AccountRow`], and where they come from.
macro_rules! select_account {
    ($($more:literal),*) => {
        concat!(
            "SELECT a.id, a.username, a.name, a.work_email, a.status, a.language, a.session_epoch,
                    a.last_login_at, a.shared_signs, a.enroll_by, e.begun_at, e.enrolled_at, e.last_used_at,
                    e.locked_at", $($more,)* "
             FROM accounts a
             LEFT JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL "
        )
    };
}
pub(in crate::store) use select_account;

const SELECT: &str = concat!(
    select_account!(),
    "WHERE a.username = $1 AND ",
    account_reached!("a.id", "$2")
);

const SEEN: &str = concat!(
    select_account!(
        ", c.issued_at, c.used_at, c.revoked_at, c.expires_at, l.operator AS open_by, l.since AS open_since"
    ),
    "LEFT JOIN recovery_codes c
       ON c.id = (SELECT n.id FROM recovery_codes n
                  WHERE n.account_id = a.id ORDER BY n.issued_at DESC, n.id DESC LIMIT 1)
     LEFT JOIN leases l
       ON l.what = 'account' AND l.subject = a.id AND l.operator <> $3 AND l.expires_at > $4
     WHERE a.username = $1 AND ",
    account_reached!("a.id", "$2")
);

const BEFORE: &str = concat!(
    "SELECT a.username FROM accounts a WHERE a.username < $1 AND ",
    account_reached!("a.id", "$2"),
    " ORDER BY a.username DESC LIMIT 1"
);

const AFTER: &str = concat!(
    "SELECT a.username FROM accounts a WHERE a.username > $1 AND ",
    account_reached!("a.id", "$2"),
    " ORDER BY a.username LIMIT 1"
);

impl Tx {
    /// The account with that username, where `reach` reaches it.
    pub async fn account(
        &mut self,
        reach: &Reach,
        username: &Username,
    ) -> Result<Option<AccountRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(SELECT)
                .bind(username)
                .bind(reach.holder())
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The account with that username, where `reach` reaches it, as `operator` sees it at `now`.
    pub async fn account_seen(
        &mut self,
        reach: &Reach,
        username: &Username,
        operator: &str,
        now: Timestamp,
    ) -> Result<Option<AccountSeenRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(SEEN)
                .bind(username)
                .bind(reach.holder())
                .bind(operator)
                .bind(now)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// The account's roles.
    pub async fn roles(&mut self, account: i64) -> Result<Vec<RoleRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT ar.role, o.code AS organisation, o.name, r.code AS region, ar.organisation_id,
                        r.servicedesk_address AS desk_address
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

    /// The username of the account with that internal id.
    pub async fn username_of(&mut self, account: i64) -> Result<Option<String>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT username FROM accounts WHERE id = $1")
                .bind(account)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// A username near to `text`, for "did you mean".
    pub async fn username_near(&mut self, reach: &Reach, text: &str) -> Result<Option<String>> {
        // Neighbours in the order of the index: cheap, and right for a wrong ending.
        let near: Vec<String> = on!(self, |conn| {
            let before: Option<String> = sqlx::query_scalar(BEFORE)
                .bind(text)
                .bind(reach.holder())
                .fetch_optional(&mut *conn)
                .await?;
            let after: Option<String> = sqlx::query_scalar(AFTER)
                .bind(text)
                .bind(reach.holder())
                .fetch_optional(&mut *conn)
                .await?;
            before.into_iter().chain(after).collect()
        });
        Ok(near
            .into_iter()
            .find(|name| strsim::damerau_levenshtein(name, text) <= 2))
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
                 WHERE account = $1 AND action IN ('reset', 'reset.break_glass') AND at >= $2",
            )
            .bind(account)
            .bind(since)
            .fetch_one(conn)
            .await?
        }))
    }
}
