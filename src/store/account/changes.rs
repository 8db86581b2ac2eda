//! Accounts added, blocked and unblocked one at a time, and the logins that look shared.

use crate::domain::account::AccountStatus;
use crate::domain::account::person_name::DisplayName;
use crate::domain::account::shared_login::{LoginFacts, SharedSign, bits_of_texts, signs};
use crate::domain::code::{RoleName, Username};
use crate::domain::directory::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::operator::Reach;
use crate::domain::timestamp::Timestamp;
use crate::store::reach::account_reached;
use crate::store::{Applied, Result, Tx, on};

/// An account that is put on file.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// The username.
    pub username: &'a Username,
    /// The holder's name.
    pub name: &'a DisplayName,
    /// The holder's work address.
    pub work_email: &'a WorkAddress,
    /// The language of mails, where one is chosen.
    pub language: Option<Language>,
    /// The roles: each with the organisation's internal id.
    pub roles: &'a [(i64, RoleName)],
    /// What `find` looks in.
    pub words: &'a str,
    /// Until when the holder may enroll.
    pub enroll_by: Timestamp,
    /// The shared account that it takes the place of, by its internal id.
    pub personal_for: Option<i64>,
}

/// A login, and what speaks for its being shared.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LoginRow {
    /// The internal id.
    pub id: i64,
    /// The username.
    pub username: Username,
    /// The holder's name.
    pub name: String,
    /// The holder's work address.
    pub work_email: WorkAddress,
    same_address: i64,
    roles_at_one: i64,
    personal: i64,
}

impl LoginRow {
    /// The signs that it's shared.
    #[must_use]
    pub fn signs(&self) -> Vec<SharedSign> {
        signs(&LoginFacts {
            username: self.username.as_str(),
            name: &self.name,
            local_part: self.work_email.local_part(),
            same_address: self.same_address,
            roles_at_one: self.roles_at_one,
            personal: self.personal,
        })
    }
}

const LOGINS: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email,
            (SELECT COUNT(*) FROM accounts b WHERE b.work_email = a.work_email) AS same_address,
            COALESCE((SELECT MAX(n.roles)
                      FROM (SELECT COUNT(*) AS roles FROM account_roles ar
                            WHERE ar.account_id = a.id GROUP BY ar.organisation_id) n), 0)
              AS roles_at_one,
            (SELECT COUNT(*) FROM personal_accounts p WHERE p.shared_id = a.id) AS personal
     FROM accounts a
     WHERE a.id > $1 AND a.status = 'active' AND ",
    account_reached!("a.id", "$2"),
    " ORDER BY a.id LIMIT $3"
);

impl Tx {
    /// The next logins in use behind `after`, to look for shared ones.
    pub async fn logins(&mut self, reach: &Reach, after: i64, limit: i64) -> Result<Vec<LoginRow>> {
        Ok(on!(self, |conn| sqlx::query_as(LOGINS)
            .bind(after)
            .bind(reach.holder())
            .bind(limit)
            .fetch_all(conn)
            .await?))
    }

    /// Puts an account on file; nothing when its username is taken.
    pub async fn add_account(
        &mut self,
        new: &NewAccount<'_>,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        let id: Option<i64> = on!(&mut *self, |conn| {
            sqlx::query_scalar(
                "INSERT INTO accounts (username, name, work_email, status, language, enroll_by, added_at)
                 VALUES ($1, $2, $3, 'active', $4, $5, $6)
                 ON CONFLICT (username) DO NOTHING
                 RETURNING id",
            )
            .bind(new.username)
            .bind(new.name.as_str())
            .bind(new.work_email)
            .bind(new.language)
            .bind(new.enroll_by)
            .bind(now)
            .fetch_optional(conn)
            .await?
        });
        let Some(id) = id else { return Ok(None) };
        on!(&mut *self, |conn| {
            for (organisation, role) in new.roles {
                sqlx::query(
                    "INSERT INTO account_roles (account_id, organisation_id, role) VALUES ($1, $2, $3)
                     ON CONFLICT DO NOTHING",
                )
                .bind(id)
                .bind(organisation)
                .bind(role)
                .execute(&mut *conn)
                .await?;
            }
            sqlx::query("INSERT INTO account_search (account_id, words) VALUES ($1, $2)")
                .bind(id)
                .bind(new.words)
                .execute(&mut *conn)
                .await?;
            if let Some(shared) = new.personal_for {
                sqlx::query(
                    "INSERT INTO personal_accounts (account_id, shared_id, added_at) VALUES ($1, $2, $3)",
                )
                .bind(id)
                .bind(shared)
                .bind(now)
                .execute(&mut *conn)
                .await?;
            }
        });
        let texts = bits_of_texts(
            new.username.as_str(),
            new.name.as_str(),
            new.work_email.local_part(),
        );
        self.mark_shared_login(id, texts, new.personal_for).await?;
        Ok(Some(id))
    }

    /// The personal logins that were issued for a shared one.
    pub async fn personal_for(&mut self, shared: i64) -> Result<Vec<Username>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT a.username FROM personal_accounts p JOIN accounts a ON a.id = p.account_id
                 WHERE p.shared_id = $1 ORDER BY a.username",
            )
            .bind(shared)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Blocks or unblocks, and ends the sessions; no when the account is already in that state.
    pub async fn set_status(&mut self, account: i64, status: AccountStatus) -> Result<Applied> {
        let rows = on!(self, |conn| {
            sqlx::query(
                "UPDATE accounts SET status = $1, session_epoch = session_epoch + 1
                 WHERE id = $2 AND status <> $1",
            )
            .bind(status)
            .bind(account)
            .execute(conn)
            .await?
            .rows_affected()
        });
        Ok(Applied::when(rows == 1))
    }
}
