//! `balie portal`: exactly what a login screen decides, and the password that it checks.

use rand::CryptoRng;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::authenticator::open;
use crate::desk::account::AccountCard;
use crate::desk::account::existing_account;
use crate::desk::lease::locked_card;
use crate::desk::notify::tell_holder;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::Notice;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::recovery_code::RecoveryCode;
use crate::domain::second_factor::totp::{Verdict, VerificationCode};
use crate::domain::second_factor::{Change, Entered, Outcome, Password, Ruling, Stage, Why};
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::account::{AccountRow, SecondFactorRow};
use crate::vault::{PasswordHash, check_in_vain};

/// Shortest password that is taken, in characters (NIST SP 800-63B-4 3.1.1.2, beside a second factor).
const SHORTEST_PASSWORD: usize = 8;
const LONGEST_PASSWORD: usize = 1_024;

/// How a login went.
#[derive(Clone, Copy, Debug)]
pub struct LoginReport {
    /// What the login screen does.
    pub outcome: Outcome,
    /// Why: for the operator, never for the one who logs in.
    pub why: Why,
    /// Until when the holder may enroll, of one who must.
    pub enroll_by: Option<Timestamp>,
    /// The session that begins carries this number, and ends when the account's has risen.
    pub session_epoch: Option<i64>,
}

/// What was typed in the one field for both kinds of code.
enum Typed {
    Nothing,
    Mistyped,
    Code(VerificationCode),
    RecoveryCode(RecoveryCode),
}

impl Typed {
    fn read(text: Option<&SecretString>) -> Self {
        let Some(text) = text.map(|text| text.expose_secret().trim()) else {
            return Self::Nothing;
        };
        if text.is_empty() {
            return Self::Nothing;
        }
        if let Ok(code) = text.parse() {
            return Self::Code(code);
        }
        text.parse().map_or(Self::Mistyped, Self::RecoveryCode)
    }
}

/// Which stored hashes what was entered fits. Found before the transaction, which others wait for.
struct Fits {
    password_hash: Option<String>,
    password: Password,
    recovery_hash: Option<String>,
    recovery_code: bool,
}

impl Fits {
    /// The work is the same whether or not there is an account, a hash, or a match.
    fn find(found: Option<&SecondFactorRow>, password: &SecretString, typed: &Typed) -> Self {
        let password_hash = found.and_then(|found| found.password_hash.clone());
        let recovery_hash = found.and_then(|found| Some(found.recovery_code.as_ref()?.1.clone()));
        let recovery_code = match typed {
            Typed::RecoveryCode(code) => fits(recovery_hash.as_deref(), code.as_bytes()),
            _ => None,
        };
        Self {
            password: match fits(
                password_hash.as_deref(),
                password.expose_secret().as_bytes(),
            ) {
                Some(true) => Password::Right,
                Some(false) => Password::Wrong,
                None => Password::NotSet,
            },
            password_hash,
            recovery_hash,
            recovery_code: recovery_code == Some(true),
        }
    }

    /// The hash of a password that fits one of smaller numbers, in those of today.
    fn in_todays_numbers(
        &self,
        password: &SecretString,
        rng: &mut dyn CryptoRng,
    ) -> Result<Option<PasswordHash>> {
        let stored = self.password_hash.as_deref();
        let is_outdated =
            |stored: &&str| PasswordHash::from_stored(stored).is_ok_and(|hash| hash.is_outdated());
        let is_due =
            matches!(self.password, Password::Right) && stored.as_ref().is_some_and(is_outdated);
        let hash = is_due.then(|| PasswordHash::draw(password.expose_secret().as_bytes(), rng));
        Ok(hash.transpose()?)
    }

    /// Whether it was found about what is stored now.
    fn is_about(&self, found: &SecondFactorRow) -> bool {
        let recovery_hash = found.recovery_code.as_ref().map(|(_, hash)| hash);
        self.password_hash == found.password_hash && self.recovery_hash.as_ref() == recovery_hash
    }
}

/// Nothing where no hash is stored that can be checked.
fn fits(stored: Option<&str>, secret: &[u8]) -> Option<bool> {
    let hash = stored.and_then(|stored| PasswordHash::from_stored(stored).ok());
    if hash.is_none() {
        check_in_vain(secret);
    }
    hash.map(|hash| hash.fits(secret))
}

/// Decides a login as a portal must (docs/portal-contract.md), and writes what follows from it.
/// `typed` is what stood in the field for the code: either kind.
pub async fn portal_login(
    desk: &mut Desk<'_>,
    username: &str,
    password: &SecretString,
    typed: Option<&SecretString>,
) -> Result<LoginReport> {
    let typed = Typed::read(typed);
    // A name that no account can have is an account that isn't there.
    let username: Option<Username> = username.trim().parse().ok();
    for _ in 0..3 {
        let (mut tx, _) = desk.begin(Action::PortalLogin).await?;
        let before = match look_up(desk, &mut tx, username.as_ref()).await? {
            Some(account) => Some(tx.factors_of_login(account.id).await?),
            None => None,
        };
        drop(tx);
        let fits = Fits::find(before.as_ref(), password, &typed);
        let fresh = fits.in_todays_numbers(password, desk.rng)?;
        let report = match (&username, before) {
            (Some(username), Some(_)) => decide(desk, username, &typed, &fits, fresh).await?,
            _ => Some(deny_unknown(desk).await?),
        };
        if let Some(report) = report {
            return Ok(report);
        }
    }
    // A password that changes three times in a row while one login is decided.
    Err(Refusal::TooManyTries.into())
}

/// Absence isn't an error here: the login screen mustn't tell.
async fn look_up(
    desk: &Desk<'_>,
    tx: &mut Tx,
    username: Option<&Username>,
) -> Result<Option<AccountRow>> {
    let Some(username) = username else {
        return Ok(None);
    };
    match existing_account(desk, tx, username).await {
        Ok(account) => Ok(Some(account)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Nothing when a hash was changed since it was checked.
async fn decide(
    desk: &mut Desk<'_>,
    username: &Username,
    typed: &Typed,
    fits: &Fits,
    fresh: Option<PasswordHash>,
) -> Result<Option<LoginReport>> {
    let (mut tx, _) = desk.begin(Action::PortalLogin).await?;
    let card = locked_card(desk, &mut tx, username).await?;
    let account = card.account.id;
    let found = tx.factors_of_login(account).await?;
    if !fits.is_about(&found) {
        return Ok(None);
    }
    let entered = entered(desk, &mut tx, account, &found, typed, fits).await?;
    let mut ruling = found.standing.log_in(fits.password, entered, desk.now);
    if !write(desk, &mut tx, account, &found, ruling.change).await? {
        // A portal that doesn't take the account's lock was faster with the same code.
        ruling = found
            .standing
            .log_in(fits.password, used_up(entered), desk.now);
        write(desk, &mut tx, account, &found, ruling.change).await?;
    }
    tell(desk, &mut tx, &card, &ruling).await?;
    if let Some(hash) = fresh.filter(|_| ruling.outcome != Outcome::Denied) {
        // Whoever set another one meanwhile has one of today's numbers.
        let stored = found.password_hash.as_deref();
        tx.set_password(account, stored, hash.as_str())
            .await?
            .or_not();
    }
    let recovers = matches!(ruling.change, Change::Recover { .. });
    let enroll_by = match ruling.change {
        Change::Recover { enroll_by } => Some(enroll_by),
        _ => found.standing.enroll_by,
    };
    let detail = json!({ "outcome": ruling.outcome, "why": ruling.why });
    let mut event = desk.event(Action::PortalLogin, detail);
    event.account = Some(account);
    desk.commit(tx, event).await?;
    Ok(Some(LoginReport {
        outcome: ruling.outcome,
        why: ruling.why,
        enroll_by: enroll_by.filter(|_| ruling.outcome == Outcome::MustEnroll),
        session_epoch: (ruling.outcome != Outcome::Denied)
            .then(|| card.account.session_epoch + i64::from(recovers)),
    }))
}

/// What was typed isn't written down: people type passwords in the field for their name.
async fn deny_unknown(desk: &mut Desk<'_>) -> Result<LoginReport> {
    let (tx, _) = desk.begin(Action::PortalLogin).await?;
    let (outcome, why) = (Outcome::Denied, Why::UnknownAccount);
    let event = desk.event(
        Action::PortalLogin,
        json!({ "outcome": outcome, "why": why }),
    );
    desk.commit(tx, event).await?;
    Ok(LoginReport {
        outcome,
        why,
        enroll_by: None,
        session_epoch: None,
    })
}

async fn entered(
    desk: &Desk<'_>,
    tx: &mut Tx,
    account: i64,
    found: &SecondFactorRow,
    typed: &Typed,
    fits: &Fits,
) -> Result<Entered> {
    Ok(match (typed, &found.authenticator) {
        (Typed::Nothing, _) => Entered::Nothing,
        (Typed::Mistyped, _) => Entered::Mistyped,
        (Typed::RecoveryCode(_), _) => Entered::RecoveryCode {
            fits: fits.recovery_code,
        },
        (Typed::Code(code), Some(row)) => {
            let vault = desk.opening_vault(tx).await?;
            let last = match found.standing.stage {
                Stage::Active { last, .. } | Stage::Locked { last } => last,
                Stage::None | Stage::Pending { .. } => None,
            };
            Entered::Code(open(&vault, account, row)?.judge(code, last, desk.now))
        }
        (Typed::Code(_), None) => Entered::Code(Verdict::Wrong),
    })
}

const fn used_up(entered: Entered) -> Entered {
    match entered {
        Entered::RecoveryCode { .. } => Entered::RecoveryCode { fits: false },
        _ => Entered::Code(Verdict::Replayed),
    }
}

/// No when somebody else used the code first.
async fn write(
    desk: &Desk<'_>,
    tx: &mut Tx,
    account: i64,
    found: &SecondFactorRow,
    change: Change,
) -> Result<bool> {
    let enrollment = found.authenticator.as_ref().map(|row| row.id);
    let recovery = found.recovery_code.as_ref().map(|(id, _)| *id);
    match (change, enrollment, recovery) {
        (Change::Accept { step }, Some(enrollment), _) => {
            if !tx.accept_step(enrollment, step).await?.took() {
                return Ok(false);
            }
            tx.note_login(account, enrollment, desk.now).await?;
        }
        (Change::Fail { .. }, Some(enrollment), _) => {
            tx.count_failure(enrollment, desk.now).await?;
        }
        (Change::Recover { enroll_by }, _, Some(code)) => {
            let destroy_at = desk.now.plus_hours(desk.policy.undo_hours);
            return Ok(tx
                .recover(account, code, desk.now, enroll_by, destroy_at)
                .await?
                .took());
        }
        (Change::FailRecovery { .. }, _, Some(code)) => {
            tx.count_recovery_failure(code, desk.now).await?;
        }
        _ => {}
    }
    Ok(true)
}

async fn tell(desk: &mut Desk<'_>, tx: &mut Tx, card: &AccountCard, ruling: &Ruling) -> Result<()> {
    match ruling.change {
        Change::Fail { locks: true, .. } => tell_holder(desk, tx, card, Notice::LockedHolder).await,
        Change::Recover { .. } => tell_holder(desk, tx, card, Notice::RecoveredHolder).await,
        _ => Ok(()),
    }
}

/// What a password is set to.
#[derive(Debug)]
pub enum NewPassword {
    /// This one.
    Clear(SecretString),
    /// The one of this Argon2id hash, from another system.
    Hash(SecretString),
}

/// Sets the password of an account that has none, or replaces `old`. The desk can't take an account
/// over this way: what the holder chose is replaced only by whoever knows it.
pub async fn set_portal_password(
    desk: &mut Desk<'_>,
    username: &Username,
    old: Option<&SecretString>,
    new: &NewPassword,
) -> Result<()> {
    let hash = match new {
        NewPassword::Clear(password) => {
            let password = password.expose_secret();
            let fits = password.chars().count() >= SHORTEST_PASSWORD;
            if !fits || password.len() > LONGEST_PASSWORD {
                return Err(Error::Invalid {
                    message: "the password is too short or too long".into(),
                    hint: format!(
                        "choose one of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
                    ),
                });
            }
            PasswordHash::draw(password.as_bytes(), desk.rng)?
        }
        NewPassword::Hash(hash) => PasswordHash::from_stored(hash.expose_secret().trim())?,
    };
    let (mut tx, _) = desk.begin(Action::PortalPassword).await?;
    let card = locked_card(desk, &mut tx, username).await?;
    let account = card.account.id;
    let stored = tx.factors_of_login(account).await?.password_hash;
    if let Some(stored) = &stored {
        let old = old.map_or(&[][..], |old| old.expose_secret().as_bytes());
        if fits(Some(stored), old) != Some(true) {
            return Err(Refusal::WrongPassword.into());
        }
    }
    if !tx
        .set_password(account, stored.as_deref(), hash.as_str())
        .await?
        .took()
    {
        return Err(Refusal::WrongPassword.into());
    }
    tell_holder(desk, &mut tx, &card, Notice::PasswordHolder).await?;
    let mut event = desk.event(
        Action::PortalPassword,
        json!({ "replaced": stored.is_some() }),
    );
    event.account = Some(account);
    desk.commit(tx, event).await?;
    Ok(())
}
