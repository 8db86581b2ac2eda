//! `balie operator`: who works here, as what, and where. The first password closes the desk.

use rand::CryptoRng;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::desk::settings::take_over;
use crate::desk::{Desk, Error, Result};
use crate::domain::code::RegionCode;
use crate::domain::code32;
use crate::domain::directory::address::WorkAddress;
use crate::domain::directory::private_domain::is_private;
use crate::domain::log::event::{Action, Event};
use crate::domain::operator::login::{LONGEST_PASSWORD, Login, SHORTEST_PASSWORD};
use crate::domain::operator::{ExtraDuty, Reach, Role};
use crate::domain::refusal::Refusal;
use crate::domain::timestamp::Timestamp;
use crate::store::Tx;
use crate::store::operator::OperatorRow;
use crate::vault::PasswordHash;

/// How long a password that was handed out can be replaced, in hours.
pub(super) const HANDED_OUT_HOURS: u32 = 72;
/// Characters of one that is drawn: 100 bits.
const DRAWN: usize = 20;

/// An operator as it stands.
#[derive(Clone, Debug)]
pub struct OperatorCard {
    /// The operator.
    pub operator: OperatorRow,
    /// The regions; nothing for everywhere.
    pub regions: Option<Vec<RegionCode>>,
}

/// Who is to be registered.
#[derive(Debug)]
pub struct NewOperator {
    /// The login.
    pub login: Login,
    /// The role.
    pub role: Role,
    /// The work address.
    pub work_email: Option<WorkAddress>,
    /// The regions, of a role that works in regions.
    pub regions: Vec<RegionCode>,
    /// The password to begin with; one is drawn where there is none.
    pub password: Option<SecretString>,
}

/// What is to change of an operator.
#[derive(Debug)]
pub struct OperatorChange {
    /// The role, with the regions where it works in some.
    pub role: Option<(Role, Vec<RegionCode>)>,
    /// The work address.
    pub work_email: Option<WorkAddress>,
    /// The duty besides the role; `Some(None)` takes it away.
    pub duty: Option<Option<ExtraDuty>>,
}

/// A password that was handed out. This is the one moment that it's seen.
#[derive(Debug)]
pub struct HandedOut {
    /// Whose.
    pub card: OperatorCard,
    /// The password, where it was drawn.
    pub password: Option<SecretString>,
    /// Until when it can be replaced; nothing for one that its operator chose.
    pub until: Option<Timestamp>,
    /// With it the desk was closed.
    pub closes: bool,
}

/// The hash of a password that is long enough.
pub(super) fn checked_password(
    password: &SecretString,
    rng: &mut dyn CryptoRng,
) -> Result<PasswordHash> {
    let text = password.expose_secret();
    if text.chars().count() < SHORTEST_PASSWORD || text.len() > LONGEST_PASSWORD {
        return Err(Error::Invalid {
            message: "the password is too short or too long".into(),
            hint: format!("choose one of {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"),
        });
    }
    Ok(PasswordHash::draw(text.as_bytes(), rng)?)
}

/// Every operator, or the one with that login.
pub async fn operators(desk: &mut Desk<'_>, login: Option<&str>) -> Result<Vec<OperatorCard>> {
    let (mut tx, _) = desk.begin(Action::OperatorRead).await?;
    let mut cards = Vec::new();
    for operator in tx.operators(login).await? {
        cards.push(card_of(&mut tx, operator).await?);
    }
    if let (Some(login), true) = (login, cards.is_empty()) {
        return Err(no_operator(login));
    }
    let event = desk.event(
        Action::OperatorRead,
        json!({ "login": login, "found": cards.len() }),
    );
    desk.commit(tx, event).await?;
    Ok(cards)
}

/// Registers an operator, with a password to begin with.
pub async fn add_operator(desk: &mut Desk<'_>, new: &NewOperator) -> Result<HandedOut> {
    check_regions(new.role, &new.regions)?;
    let (password, hash) = handed_out(new.password.as_ref(), desk.rng)?;
    let (mut tx, _) = desk.begin(Action::OperatorAdd).await?;
    let login = new.login.as_str();
    check_work_email(&mut tx, login, new.work_email.as_ref()).await?;
    let added = tx
        .add_operator(login, new.role, new.work_email.as_ref(), desk.now)
        .await?
        .took();
    if !added {
        return Err(Refusal::OperatorExists.into());
    }
    bind_regions(&mut tx, login, &new.regions).await?;
    let operator = existing(&mut tx, login).await?;
    let until = desk.now.plus_hours(HANDED_OUT_HOURS);
    tx.set_operator_password(operator.id, hash.as_str(), Some(until))
        .await?;
    let taken = close(desk, &mut tx).await?;
    let closes = taken.is_some();
    let card = card(&mut tx, login).await?;
    let detail = json!({
        "login": login, "role": new.role, "regions": new.regions, "work_email": new.work_email,
        "closes_desk": closes,
    });
    let event = desk.event(Action::OperatorAdd, detail);
    let events = taken.into_iter().chain([event]).collect();
    desk.commit_many(tx, events).await?;
    Ok(HandedOut {
        card,
        password,
        until: Some(until),
        closes,
    })
}

/// Disables an operator, and ends its sessions at once.
pub async fn disable_operator(desk: &mut Desk<'_>, login: &str) -> Result<OperatorCard> {
    let (mut tx, actor) = desk.begin(Action::OperatorDisable).await?;
    let operator = existing(&mut tx, login).await?;
    if actor.login == operator.login {
        return Err(Refusal::NotYourself.into());
    }
    keep_an_admin(&mut tx, &operator).await?;
    tx.set_disabled(operator.id, Some(desk.now), desk.now)
        .await?;
    finish(desk, tx, Action::OperatorDisable, login).await
}

/// Lets a disabled operator work again, with the password and authenticator that it had.
pub async fn enable_operator(desk: &mut Desk<'_>, login: &str) -> Result<OperatorCard> {
    let (mut tx, _) = desk.begin(Action::OperatorEnable).await?;
    let operator = existing(&mut tx, login).await?;
    // Who is at work isn't thrown out.
    if operator.disabled_at.is_none() {
        return Err(Refusal::NothingToChange.into());
    }
    tx.set_disabled(operator.id, None, desk.now).await?;
    finish(desk, tx, Action::OperatorEnable, login).await
}

/// Gives an operator another role, other regions, a work address or a duty. Its sessions go on, under the new role.
pub async fn change_operator(
    desk: &mut Desk<'_>,
    login: &str,
    change: &OperatorChange,
) -> Result<OperatorCard> {
    let role = change.role.as_ref();
    if let Some((role, regions)) = role {
        check_regions(*role, regions)?;
    }
    let (mut tx, actor) = desk.begin(Action::OperatorRole).await?;
    let operator = existing(&mut tx, login).await?;
    a_person(&operator)?;
    if actor.login == operator.login {
        return Err(Refusal::NotYourself.into());
    }
    if let Some((role, regions)) = role {
        if *role != Role::Admin {
            keep_an_admin(&mut tx, &operator).await?;
        }
        tx.set_role(login, *role).await?;
        bind_regions(&mut tx, login, regions).await?;
    }
    check_work_email(&mut tx, login, change.work_email.as_ref()).await?;
    if let Some(work_email) = &change.work_email {
        tx.set_operator_work_email(login, work_email).await?;
    }
    if let Some(duty) = change.duty {
        tx.set_operator_duty(login, duty).await?;
    }
    finish(desk, tx, Action::OperatorRole, login).await
}

async fn finish(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    action: Action,
    login: &str,
) -> Result<OperatorCard> {
    let card = card(&mut tx, login).await?;
    let operator = &card.operator;
    let detail = json!({
        "login": login, "role": operator.role, "regions": card.regions,
        "work_email": operator.work_email, "duty": operator.duty,
    });
    let event = desk.event(action, detail);
    desk.commit(tx, event).await?;
    Ok(card)
}

/// The first password closes the desk, for ever: what it went by until then is taken over, and the event that says
/// so comes back. Somebody must then be able to look after it.
pub(in crate::desk) async fn close(desk: &Desk<'_>, tx: &mut Tx) -> Result<Option<Event>> {
    // An operator's own login to PostgreSQL doesn't write the desk's row: there it's closed already.
    let closes = !tx.desk_is_closed().await? && tx.close_desk(desk.now).await?.took();
    if tx.able_operators(Role::Admin, "").await? == 0 {
        return Err(Refusal::AdminFirst.into());
    }
    Ok(if closes {
        Some(take_over(desk, tx).await?)
    } else {
        None
    })
}

async fn keep_an_admin(tx: &mut Tx, operator: &OperatorRow) -> Result<()> {
    let is_admin = operator.role == Role::Admin && operator.disabled_at.is_none();
    if is_admin && tx.able_operators(Role::Admin, &operator.login).await? == 0 {
        return Err(Refusal::LastAdmin.into());
    }
    Ok(())
}

/// The password that is given, or a drawn one; and its hash.
pub(super) fn handed_out(
    given: Option<&SecretString>,
    rng: &mut dyn CryptoRng,
) -> Result<(Option<SecretString>, PasswordHash)> {
    if let Some(given) = given {
        return Ok((None, checked_password(given, rng)?));
    }
    let drawn = zeroize::Zeroizing::new(code32::draw(rng, DRAWN));
    let groups: Vec<_> = drawn
        .as_bytes()
        .chunks(5)
        .map(String::from_utf8_lossy)
        .collect();
    let password = SecretString::from(groups.join("-"));
    let hash = checked_password(&password, rng)?;
    Ok((Some(password), hash))
}

fn check_regions(role: Role, regions: &[RegionCode]) -> Result<()> {
    let (message, hint) = match (role, role.is_regional(), regions.is_empty()) {
        (Role::Founder, ..) => (
            "nobody can be made a founder",
            "choose operator, senior, auditor or admin",
        ),
        (_, true, true) => (
            "this role works in regions, but none is given",
            "pass --region CODE, once for each",
        ),
        (_, false, false) => (
            "this role isn't bound to regions",
            "leave --region out, or choose the role operator or senior",
        ),
        _ => return Ok(()),
    };
    Err(Error::Invalid {
        message: message.into(),
        hint: hint.into(),
    })
}

/// Rule 2 compares operators with requesters and holders by their work addresses: each has one, and has it alone.
async fn check_work_email(
    tx: &mut Tx,
    login: &str,
    work_email: Option<&WorkAddress>,
) -> Result<()> {
    let Some(work_email) = work_email else {
        return Ok(());
    };
    if is_private(&work_email.domain()) {
        return Err(Error::Invalid {
            message: format!("anyone can get an address such as {work_email}"),
            hint: "pass the address that the operator has at work".into(),
        });
    }
    let operators = tx.operators(None).await?;
    let other = operators
        .iter()
        .find(|other| other.login != login && other.work_email.as_ref() == Some(work_email));
    match other {
        None => Ok(()),
        Some(other) => Err(Error::Invalid {
            message: format!("{work_email} is the work address of {}", other.login),
            hint: format!("see `balie operator show {}`", other.login),
        }),
    }
}

async fn bind_regions(tx: &mut Tx, login: &str, regions: &[RegionCode]) -> Result<()> {
    match tx
        .set_regions(&format!("operator:{login}"), regions)
        .await?
    {
        None => Ok(()),
        Some(unknown) => Err(Error::NotFound {
            what: "region",
            name: unknown.to_string(),
            nearest: None,
        }),
    }
}

pub(in crate::desk) async fn existing(tx: &mut Tx, login: &str) -> Result<OperatorRow> {
    let found = tx.operators(Some(login)).await?.pop();
    found.ok_or_else(|| no_operator(login))
}

/// A service has no password, no role and no scopes: it's its token, which does one job.
pub(super) fn a_person(operator: &OperatorRow) -> Result<()> {
    match operator.job {
        None => Ok(()),
        Some(job) => Err(Error::Invalid {
            message: format!("{} is a service, for the job {job}", operator.login),
            hint: "make another one with `balie service add NAME --job JOB`".into(),
        }),
    }
}

fn no_operator(login: &str) -> Error {
    Error::NotFound {
        what: "operator",
        name: login.to_owned(),
        nearest: None,
    }
}

pub(in crate::desk) async fn card(tx: &mut Tx, login: &str) -> Result<OperatorCard> {
    let operator = existing(tx, login).await?;
    card_of(tx, operator).await
}

async fn card_of(tx: &mut Tx, operator: OperatorRow) -> Result<OperatorCard> {
    let reach = Reach::of(operator.role, &operator.login);
    let regions = tx.regions_reached(&reach).await?;
    Ok(OperatorCard { operator, regions })
}
