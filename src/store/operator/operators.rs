//! Operators: who they are, their regions and their password.

use crate::domain::code::RegionCode;
use crate::domain::directory::address::WorkAddress;
use crate::domain::operator::job::Job;
use crate::domain::operator::{ExtraDuty, Role};
use crate::domain::timestamp::Timestamp;
use crate::store::desk::closed;
use crate::store::{Applied, Result, Tx, on, run};

/// Somebody who may work with Balie.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OperatorRow {
    /// The internal id.
    pub id: i64,
    /// The login name.
    pub login: String,
    /// What this operator may do.
    pub role: Role,
    /// The work address, where it is on file.
    pub work_email: Option<WorkAddress>,
    /// The end of a password that was handed out; nothing for one that was chosen.
    pub password_until: Option<Timestamp>,
    /// Whether there is a password: 1, or 0.
    pub has_password: i64,
    /// Whether their own authenticator is in use: 1, or 0.
    pub is_enrolled: i64,
    /// When it was registered.
    pub added_at: Timestamp,
    /// When it was disabled.
    pub disabled_at: Option<Timestamp>,
    /// What it's asked for besides.
    pub duty: Option<ExtraDuty>,
    /// What it's for, if it's a service rather than a person.
    pub job: Option<Job>,
    /// When somebody last logged in under it.
    pub last_login_at: Option<Timestamp>,
}

/// What a login is checked against.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PasswordRow {
    /// The operator's internal id.
    pub id: i64,
    /// The Argon2id hash.
    pub password_hash: Option<String>,
    /// The end of a password that was handed out.
    pub password_until: Option<Timestamp>,
    /// Until when wrong logins make the next one wait.
    pub login_waits_until: Option<Timestamp>,
}

macro_rules! operators {
    ($has_password:literal, $($which:tt)+) => { concat!("\
    SELECT o.id, o.login, o.role, o.work_email, o.password_until, o.added_at, o.disabled_at, o.duty, o.job,
           CASE WHEN ", $has_password, " THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS has_password,
           (SELECT COUNT(*) FROM operator_enrollments e
            WHERE e.operator_id = o.id AND e.retired_at IS NULL AND e.enrolled_at IS NOT NULL) AS is_enrolled,
           (SELECT MAX(s.started_at) FROM operator_sessions s WHERE s.operator_id = o.id) AS last_login_at
    FROM operators o
    WHERE ", $($which)+, "
    ORDER BY o.login") };
}

macro_rules! on_an_open_desk {
    ($has_password:literal) => {
        operators!(
            $has_password,
            "o.login = $1 AND o.disabled_at IS NULL AND NOT ",
            closed!()
        )
    };
}

/// A text for each engine: on PostgreSQL an operator's own login may not read a colleague's password hash, nor
/// whether there is one.
struct Texts {
    operators: &'static str,
    on_an_open_desk: &'static str,
    able: &'static str,
    password: &'static str,
}

macro_rules! texts {
    ($has_password:literal, $hash:literal) => {
        Texts {
            operators: operators!($has_password, "($1 IS NULL OR o.login = $1)"),
            on_an_open_desk: on_an_open_desk!($has_password),
            able: concat!(
                "SELECT COUNT(*) FROM operators o
                 WHERE o.role = $1 AND o.login <> $2 AND o.disabled_at IS NULL AND ",
                $has_password
            ),
            password: concat!(
                "SELECT o.id, ",
                $hash,
                " AS password_hash, o.password_until, o.login_waits_until
                 FROM operators o WHERE o.login = $1 AND o.disabled_at IS NULL"
            ),
        }
    };
}

const SQLITE: Texts = texts!("o.password_hash IS NOT NULL", "o.password_hash");
const POSTGRES: Texts = texts!(
    "operator_has_password(o.id)",
    "operator_password_hash(o.id)"
);

impl Tx {
    const fn operator_texts(&self) -> &'static Texts {
        match self {
            Self::Sqlite(_) => &SQLITE,
            Self::Postgres(_) => &POSTGRES,
        }
    }

    /// The operator with that login, unless disabled.
    pub async fn operator(&mut self, login: &str) -> Result<Option<OperatorRow>> {
        let found = self.operators(Some(login)).await?.pop();
        Ok(found.filter(|operator| operator.disabled_at.is_none()))
    }

    /// The operator with that login, if not disabled, while nobody has a password yet.
    pub async fn operator_on_an_open_desk(&mut self, login: &str) -> Result<Option<OperatorRow>> {
        let text = self.operator_texts().on_an_open_desk;
        Ok(on!(self, |conn| sqlx::query_as(text)
            .bind(login)
            .fetch_optional(conn)
            .await?))
    }

    /// Every operator, or the one with that login, disabled or not.
    pub async fn operators(&mut self, login: Option<&str>) -> Result<Vec<OperatorRow>> {
        let text = self.operator_texts().operators;
        Ok(on!(self, |conn| sqlx::query_as(text)
            .bind(login)
            .fetch_all(conn)
            .await?))
    }

    /// Registers an operator; no when there is one of that login.
    pub async fn add_operator(
        &mut self,
        login: &str,
        role: Role,
        work_email: Option<&WorkAddress>,
        now: Timestamp,
    ) -> Result<Applied> {
        let rows = run!(
            self,
            "INSERT INTO operators (login, role, work_email, added_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (login) DO NOTHING",
            login,
            role,
            work_email,
            now
        );
        Ok(Applied::when(rows == 1))
    }

    /// Puts an operator's work address on file.
    pub async fn set_operator_work_email(
        &mut self,
        login: &str,
        work_email: &WorkAddress,
    ) -> Result<()> {
        run!(
            self,
            "UPDATE operators SET work_email = $1 WHERE login = $2",
            work_email,
            login
        );
        Ok(())
    }

    /// Gives an operator a duty besides the role, or takes it away.
    pub async fn set_operator_duty(&mut self, login: &str, duty: Option<ExtraDuty>) -> Result<()> {
        run!(
            self,
            "UPDATE operators SET duty = $1 WHERE login = $2",
            duty,
            login
        );
        Ok(())
    }

    /// The operators with a duty who can work, by login.
    pub async fn with_duty(&mut self, duty: ExtraDuty) -> Result<Vec<String>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT login FROM operators WHERE duty = $1 AND disabled_at IS NULL ORDER BY login",
            )
            .bind(duty)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Registers a service; no when somebody has that login. Its role is the one that changes nothing: its token goes by
    /// the job alone.
    pub async fn add_service(&mut self, login: &str, job: Job, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "INSERT INTO operators (login, role, job, added_at) VALUES ($1, 'auditor', $2, $3)
             ON CONFLICT (login) DO NOTHING",
            login,
            job,
            now
        );
        Ok(Applied::when(rows == 1))
    }

    /// Gives an operator a role.
    pub async fn set_role(&mut self, login: &str, role: Role) -> Result<()> {
        run!(
            self,
            "UPDATE operators SET role = $1 WHERE login = $2",
            role,
            login
        );
        Ok(())
    }

    /// Disables an operator, or lets it work again. Its sessions end either way.
    pub async fn set_disabled(
        &mut self,
        operator: i64,
        disabled_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<()> {
        run!(
            self,
            "UPDATE operators SET disabled_at = $1 WHERE id = $2",
            disabled_at,
            operator
        );
        self.end_sessions(operator, now).await.map(drop)
    }

    /// Binds a holder to these regions and no others. An unknown code comes back.
    pub async fn set_regions(
        &mut self,
        holder: &str,
        regions: &[RegionCode],
    ) -> Result<Option<RegionCode>> {
        run!(self, "DELETE FROM region_scopes WHERE holder = $1", holder);
        for region in regions {
            let known = run!(
                self,
                "INSERT INTO region_scopes (holder, region_id)
                 SELECT $1, id FROM regions WHERE code = $2
                 ON CONFLICT DO NOTHING",
                holder,
                region
            );
            let twice = regions.iter().filter(|other| *other == region).count() > 1;
            if known == 0 && !twice {
                return Ok(Some(region.clone()));
            }
        }
        Ok(None)
    }

    /// How many operators with that role could log in, `but` not counted.
    pub async fn able_operators(&mut self, role: Role, but: &str) -> Result<i64> {
        let text = self.operator_texts().able;
        Ok(on!(self, |conn| {
            sqlx::query_scalar(text)
                .bind(role)
                .bind(but)
                .fetch_one(conn)
                .await?
        }))
    }

    /// Closes the desk, for ever: who set it up is its admin from now on. No when it was closed already.
    pub async fn close_desk(&mut self, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "UPDATE desk SET closed_at = $1 WHERE closed_at IS NULL",
            now
        );
        if rows == 1 {
            run!(
                self,
                "UPDATE operators SET role = 'admin' WHERE role = 'founder'"
            );
        }
        Ok(Applied::when(rows == 1))
    }

    /// What a login is checked against, unless the operator is disabled.
    pub async fn password(&mut self, login: &str) -> Result<Option<PasswordRow>> {
        let text = self.operator_texts().password;
        Ok(on!(self, |conn| {
            sqlx::query_as(text)
                .bind(login)
                .fetch_optional(conn)
                .await?
        }))
    }

    /// Sets a password: handed out until then, or chosen.
    pub async fn set_operator_password(
        &mut self,
        operator: i64,
        hash: &str,
        until: Option<Timestamp>,
    ) -> Result<()> {
        run!(
            self,
            "UPDATE operators
             SET password_hash = $1, password_until = $2, password_failures = 0, login_waits_until = NULL
             WHERE id = $3",
            hash,
            until,
            operator
        );
        Ok(())
    }

    /// Counts a wrong login, and says how many in a row that makes; nothing when another one already makes
    /// the next login wait: what is tried meanwhile makes that no longer.
    pub async fn count_wrong_login(
        &mut self,
        operator: i64,
        now: Timestamp,
    ) -> Result<Option<i64>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "UPDATE operators SET password_failures = password_failures + 1
                 WHERE id = $1 AND (login_waits_until IS NULL OR login_waits_until <= $2)
                 RETURNING password_failures",
            )
            .bind(operator)
            .bind(now)
            .fetch_optional(conn)
            .await?
        }))
    }

    /// Makes the next login wait until then.
    pub async fn delay_login(&mut self, operator: i64, until: Timestamp) -> Result<()> {
        run!(
            self,
            "UPDATE operators SET login_waits_until = $1 WHERE id = $2",
            until,
            operator
        );
        Ok(())
    }

    /// Forgets wrong logins after a right one; no when the login has to wait, as others that ran beside it
    /// were wrong.
    pub async fn forget_wrong_logins(&mut self, operator: i64, now: Timestamp) -> Result<Applied> {
        let rows = run!(
            self,
            "UPDATE operators SET password_failures = 0, login_waits_until = NULL
             WHERE id = $1 AND (login_waits_until IS NULL OR login_waits_until <= $2)",
            operator,
            now
        );
        Ok(Applied::when(rows == 1))
    }
}
