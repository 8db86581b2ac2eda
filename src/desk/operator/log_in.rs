//! `balie login`, `logout`, `whoami`: password and code, under the same rules as those of accounts.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use zeroize::Zeroizing;

use super::manage::checked_password;
use crate::desk::admit::Via;
use crate::desk::second_factor::unseal;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::RegionCode;
use crate::domain::log::event::Action;
use crate::domain::operator::job::Job;
use crate::domain::operator::login_delay;
use crate::domain::operator::session::{Token, TokenKind};
use crate::domain::operator::{ExtraDuty, Role};
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::totp::{Algorithm, Authenticator, VerificationCode};
use crate::domain::second_factor::{Change, Confirmation, Entered, Password, Stage, Standing};
use crate::domain::settings::Ignored;
use crate::domain::timestamp::Timestamp;
use crate::store::operator::{NewOperatorFactor, OperatorFactorRow, PasswordRow, TokenRow};
use crate::store::{StoreError, Tx};
use crate::vault::{Bound, PasswordHash, Vault, check_in_vain};

/// What somebody logs in with.
#[derive(Debug)]
pub struct LoginOrder {
    /// The login, as typed.
    pub login: String,
    /// The password.
    pub password: SecretString,
    /// What replaces a password that was handed out.
    pub new_password: Option<SecretString>,
    /// The code of the operator's app.
    pub code: Option<VerificationCode>,
}

/// How far a login got.
#[derive(Debug)]
pub enum LoginStep {
    /// In.
    LoggedIn {
        /// The session's token.
        token: Token,
        /// The operator's role.
        role: Role,
        /// Tokens that colleagues made, and that wait for this operator's yes.
        asleep: Vec<TokenRow>,
        /// When the session ends automatically, unless it's used.
        until: Timestamp,
    },
    /// The password was handed out: it has to be replaced first.
    NewPasswordNeeded,
    /// The app has to read this first; then log in with a code. It holds the secret.
    MustEnroll {
        /// What the app reads.
        uri: Zeroizing<String>,
    },
}

/// Who is at work, and how long still.
#[derive(Debug)]
pub struct WhoAmI {
    /// The login.
    pub login: String,
    /// The role.
    pub role: Role,
    /// The one job that a service's token does.
    pub job: Option<Job>,
    /// The regions; nothing for everywhere.
    pub regions: Option<Vec<RegionCode>>,
    /// How they were let in.
    pub via: Via,
    /// What they bring along of the desk's settings, and isn't used.
    pub ignored: Vec<Ignored>,
    /// What is sealed can be opened here.
    pub can_open: bool,
    /// The duty besides the role.
    pub duty: Option<ExtraDuty>,
}

/// Why a login was refused: for the log alone. Who logs in is told one thing, whatever it was.
#[derive(Clone, Copy, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    UnknownOperator,
    WrongPassword,
    Delayed,
    PasswordExpired,
    CodeRefused,
    Changed,
}

/// Logs an operator in, or says what is missing.
pub async fn log_in(desk: &mut Desk<'_>, order: &LoginOrder) -> Result<LoginStep> {
    let new_hash = match &order.new_password {
        Some(password) => Some(checked_password(password, desk.rng)?),
        None => None,
    };
    let mut tx = desk.database.begin().await?;
    if !tx.desk_is_closed().await? {
        return Err(Refusal::DeskIsOpen.into());
    }
    if let Some(own) = tx.own_login().await?
        && own != order.login
    {
        return Err(Error::OtherLogin { own });
    }
    let before = tx.password(&order.login).await?;
    drop(tx);
    // Checked before the transaction, which others wait for.
    let fits = fits(before.as_ref(), &order.password);
    desk.ready_keys.load_for(Action::Login, &desk.keys);
    let mut tx = desk.database.begin().await?;
    let row = tx.password(&order.login).await?;
    let known = row.as_ref().map_or("-", |_| order.login.as_str());
    known.clone_into(&mut desk.operator);
    let Some(row) = row else {
        return refuse(desk, tx, Why::UnknownOperator).await;
    };
    if before.is_none_or(|before| before.password_hash != row.password_hash) {
        return refuse(desk, tx, Why::Changed).await;
    }
    // An unknown login never waits. That tells which logins there are; they are in every line of the log.
    if let Some(until) = row.login_waits_until.filter(|until| *until > desk.now) {
        return delayed(desk, tx, until).await;
    }
    if !fits {
        return wrong(desk, tx, row.id, Why::WrongPassword).await;
    }
    match (row.password_until, new_hash) {
        (Some(until), _) if until <= desk.now => {
            return refuse(desk, tx, Why::PasswordExpired).await;
        }
        (Some(_), None) => return Ok(LoginStep::NewPasswordNeeded),
        (Some(_), Some(hash)) => {
            tx.set_operator_password(row.id, hash.as_str(), None)
                .await?;
        }
        (None, _) => {}
    }
    second_factor(desk, tx, &row, order).await
}

/// Whether it's this password.
pub(in crate::desk) fn fits(row: Option<&PasswordRow>, password: &SecretString) -> bool {
    let password = password.expose_secret().as_bytes();
    let hash = row.and_then(|row| PasswordHash::from_stored(row.password_hash.as_deref()?).ok());
    // The same work for a login that isn't there.
    if hash.is_none() {
        check_in_vain(password);
    }
    hash.is_some_and(|hash| hash.fits(password))
}

async fn refuse<T>(desk: &mut Desk<'_>, tx: Tx, why: Why) -> Result<T> {
    let event = desk.event(Action::LoginRefused, json!({ "why": why }));
    desk.commit(tx, event).await?;
    Err(Refusal::LoginRefused.into())
}

/// A wrong login, which counts.
async fn wrong<T>(desk: &mut Desk<'_>, mut tx: Tx, operator: i64, why: Why) -> Result<T> {
    count_wrong_login(&mut tx, operator, desk.now).await?;
    refuse(desk, tx, why).await
}

/// Counts a wrong login, or a wrong own password.
pub(super) async fn count_wrong_login(tx: &mut Tx, operator: i64, now: Timestamp) -> Result<()> {
    let failures = tx.count_wrong_login(operator, now).await?;
    if let Some(until) = failures.and_then(|failures| login_delay::waits_until(failures, now)) {
        tx.delay_login(operator, until).await?;
    }
    Ok(())
}

async fn delayed<T>(desk: &mut Desk<'_>, tx: Tx, until: Timestamp) -> Result<T> {
    let event = desk.event(Action::LoginRefused, json!({ "why": Why::Delayed }));
    desk.commit(tx, event).await?;
    Err(Error::LoginDelayed { until })
}

async fn second_factor(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    row: &PasswordRow,
    order: &LoginOrder,
) -> Result<LoginStep> {
    let vault = desk.vault(&mut tx).await?;
    let factor = tx.operator_factor(row.id).await?;
    let stage = factor
        .as_ref()
        .map_or(Stage::None, OperatorFactorRow::stage);
    let standing = Standing {
        blocked: false,
        stage,
        // Whoever has the password and never had an authenticator binds one now.
        enroll_by: matches!(stage, Stage::None | Stage::Pending { .. })
            .then(|| desk.now.plus_hours(1)),
        recovery: None,
    };
    let (Some(factor), Some(code)) = (&factor, &order.code) else {
        if matches!(stage, Stage::Active { .. } | Stage::Locked { .. }) {
            return refuse(desk, tx, Why::CodeRefused).await;
        }
        return enroll(desk, tx, &vault, row.id, &order.login).await;
    };
    let authenticator = open(&vault, row.id, factor)?;
    let last = match stage {
        Stage::Active { last, .. } | Stage::Locked { last } => last,
        Stage::None | Stage::Pending { .. } => None,
    };
    let verdict = authenticator.judge(code, last, desk.now);
    let change = if let Stage::Pending { .. } = stage {
        match standing.confirm(verdict, desk.now)? {
            Confirmation::Enrolled { step } => Change::Accept { step },
            Confirmation::Wrong { ends: true, .. } => {
                tx.retire_operator_factor(row.id, desk.now).await?;
                Change::None
            }
            Confirmation::Wrong { failures, .. } => Change::Fail {
                failures,
                locks: false,
            },
        }
    } else {
        standing
            .log_in(Password::Right, Entered::Code(verdict), desk.now)
            .change
    };
    match change {
        Change::Accept { step }
            if tx
                .accept_operator_step(factor.id, step, desk.now)
                .await?
                .took() =>
        {
            grant(desk, tx, row.id, &order.login).await
        }
        Change::Fail { failures, locks } => {
            tx.count_operator_failure(factor.id, failures, locks, desk.now)
                .await?;
            wrong(desk, tx, row.id, Why::CodeRefused).await
        }
        _ => wrong(desk, tx, row.id, Why::CodeRefused).await,
    }
}

async fn enroll(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    vault: &Vault,
    operator: i64,
    login: &str,
) -> Result<LoginStep> {
    tx.retire_operator_factor(operator, desk.now).await?;
    let authenticator = Authenticator::draw(desk.rng);
    let mut uid = [0; 16];
    desk.rng.fill_bytes(&mut uid);
    let bound = Bound::Operator {
        operator,
        uid: &uid,
    };
    let sealed = vault.seal(authenticator.secret(), &bound, desk.rng)?;
    let new = NewOperatorFactor {
        operator,
        uid: &uid,
        sealed_secret: &sealed.bytes,
        key_id: &sealed.key_id,
    };
    tx.add_operator_factor(&new, desk.now).await?;
    let uri = authenticator.uri("Balie", login);
    let uri =
        uri.ok_or_else(|| StoreError::Unexpected("the login can't be part of a URI".into()))?;
    let event = desk.event(Action::Login, json!({ "step": "enroll" }));
    desk.commit(tx, event).await?;
    Ok(LoginStep::MustEnroll { uri })
}

async fn grant(desk: &mut Desk<'_>, mut tx: Tx, operator: i64, login: &str) -> Result<LoginStep> {
    let known = tx.operator(login).await?;
    let known = known.ok_or(Refusal::LoginRefused)?;
    let token = Token::draw(TokenKind::Session, desk.rng);
    if !tx.forget_wrong_logins(operator, desk.now).await?.took() {
        let row = tx.password(login).await?;
        let until = row.and_then(|row| row.login_waits_until);
        return delayed(desk, tx, until.unwrap_or(desk.now)).await;
    }
    tx.add_session(operator, &token.hash(), desk.now).await?;
    let mut asleep = tx.tokens(Some(login)).await?;
    asleep.retain(|token| token.is_asleep(desk.now));
    let event = desk.event(Action::Login, json!({ "step": "in", "role": known.role }));
    desk.commit(tx, event).await?;
    let session = crate::domain::operator::session::Session {
        started_at: desk.now,
        last_seen_at: desk.now,
        ended_at: None,
    };
    Ok(LoginStep::LoggedIn {
        token,
        role: known.role,
        asleep,
        until: session.stands_until(&desk.policy),
    })
}

pub(super) fn open(vault: &Vault, operator: i64, row: &OperatorFactorRow) -> Result<Authenticator> {
    let sealed = (row.key_id.as_str(), row.sealed_secret.as_ref());
    let secret = unseal(vault, &row.uid, sealed, |uid| Bound::Operator {
        operator,
        uid,
    })?;
    let authenticator = Authenticator::new(&secret, Algorithm::Sha1, 6, 30);
    Ok(
        authenticator
            .ok_or_else(|| StoreError::Unexpected("an operator's authenticator".into()))?,
    )
}

/// Ends this session, or all of this operator's.
pub async fn log_out(desk: &mut Desk<'_>, all: bool) -> Result<u64> {
    let (mut tx, operator) = desk.begin(Action::Logout).await?;
    let ended = match &desk.via {
        _ if all => tx.end_sessions(operator.id, desk.now).await?,
        Via::Session { id, .. } => {
            tx.end_session(*id, desk.now).await?;
            1
        }
        Via::System | Via::Token { .. } => 0,
    };
    let event = desk.event(Action::Logout, json!({ "all": all, "sessions": ended }));
    desk.commit(tx, event).await?;
    Ok(ended)
}

/// Who is at work.
pub async fn who_am_i(desk: &mut Desk<'_>) -> Result<WhoAmI> {
    let (mut tx, operator) = desk.begin(Action::WhoAmI).await?;
    let regions = tx.regions_reached(&desk.reach).await?;
    let event = desk.event(Action::WhoAmI, json!({}));
    desk.commit(tx, event).await?;
    // A command that hands out keys takes its time: nobody is kept waiting for it. Whoever has no keys at all opens
    // nothing either.
    let mut look = desk.database.look().await?;
    let vault = desk.vault(&mut look).await;
    let can_open = vault.is_ok_and(|vault| vault.can_open()) && look.may_read_secrets().await?;
    Ok(WhoAmI {
        login: operator.login,
        role: operator.role,
        job: operator.job,
        regions,
        via: desk.via.clone(),
        ignored: desk.settings.ignored.clone(),
        can_open,
        duty: operator.duty,
    })
}
