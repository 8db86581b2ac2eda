//! `balie account add|block|unblock|shared`: one account at a time, as the school asks for it.

use std::time::{Duration, Instant};

use serde_json::json;

use super::find::broken_off;
use super::show::AccountCard;
use super::show::account_card;
use crate::desk::lease::account_to_change;
use crate::desk::notify::{Letter, notify, tell_holder};
use crate::desk::{Desk, Error, Result};
use crate::domain::account::AccountStatus;
use crate::domain::account::person_name::{DisplayName, search_key};
use crate::domain::account::shared_login::SharedSign;
use crate::domain::code::{OrganisationCode, RoleName, Username};
use crate::domain::directory::address::WorkAddress;
use crate::domain::language::Language;
use crate::domain::log::event::Action;
use crate::domain::notice::{AboutAccount, Notice};
use crate::domain::refusal::Refusal;
use crate::store::Tx;
use crate::store::account::{LoginRow, NewAccount};
use crate::store::operator::OperatorRow;

/// How many logins are looked at in one go.
const CHUNK: i64 = 5000;
/// How long looking through all logins may take.
const TO_LOOK: Duration = Duration::from_secs(30);

/// An account that is to be added.
#[derive(Clone, Debug)]
pub struct AddOrder {
    /// The username.
    pub username: Username,
    /// The holder's name.
    pub name: DisplayName,
    /// The holder's work address.
    pub work_email: WorkAddress,
    /// The roles, each at its organisation; none takes the shared account's over.
    pub roles: Vec<(RoleName, OrganisationCode)>,
    /// The language of mails.
    pub language: Option<Language>,
    /// The shared account that it takes the place of.
    pub personal_for: Option<Username>,
}

/// Puts an account on file, with its enrollment window open, and tells its holder. A personal one for
/// who shared a login is told to that login's address too.
pub async fn add_account(
    desk: &mut Desk<'_>,
    order: &AddOrder,
    dry_run: bool,
) -> Result<AccountCard> {
    let (mut tx, _) = desk.begin(Action::AccountAdd).await?;
    let shared = match &order.personal_for {
        Some(username) => Some(account_card(desk, &mut tx, username).await?),
        None => None,
    };
    if let Some(shared) = &shared {
        refuse_same_person(order, shared)?;
    }
    let roles = roles(desk, &mut tx, order, shared.as_ref()).await?;
    let mut words = format!("{} {} {}", order.name, order.username, order.work_email);
    for role in &roles {
        words.push(' ');
        words.push_str(&role.place);
    }
    let ids: Vec<_> = roles.into_iter().map(|role| (role.id, role.name)).collect();
    let new = NewAccount {
        username: &order.username,
        name: &order.name,
        work_email: &order.work_email,
        language: order.language,
        roles: &ids,
        words: &search_key(&words),
        enroll_by: desk.now.plus_hours(desk.policy.enrollment_window_hours),
        personal_for: shared.as_ref().map(|shared| shared.account.id),
    };
    if tx.add_account(&new, desk.now).await?.is_none() {
        return Err(Refusal::UsernameTaken.into());
    }
    let card = account_card(desk, &mut tx, &order.username).await?;
    if dry_run {
        return Ok(card);
    }
    tell_added(desk, &mut tx, &card, shared.as_ref()).await?;
    let detail = json!({
        "username": order.username,
        "work_email": order.work_email,
        "roles": card.roles.iter().map(|r| format!("{}@{}", r.role, r.organisation)).collect::<Vec<_>>(),
        "personal_for": order.personal_for,
    });
    let mut event = desk.event(Action::AccountAdd, detail);
    event.account = Some(card.account.id);
    desk.commit(tx, event).await?;
    Ok(card)
}

/// A personal account is another person's, at another address than the shared one's.
fn refuse_same_person(order: &AddOrder, shared: &AccountCard) -> Result<()> {
    let shared = &shared.account;
    let what = if order.work_email == shared.work_email {
        "work address"
    } else if search_key(order.name.as_str()) == search_key(&shared.name) {
        "name"
    } else {
        return Ok(());
    };
    Err(Error::Invalid {
        message: format!("that is the {what} of the shared login itself"),
        hint: "a personal login has its holder's own name and work address".into(),
    })
}

struct RoleAt {
    id: i64,
    name: RoleName,
    place: String,
}

/// The roles at organisations that this operator reaches, one of which has the address's mail domain,
/// itself or above it (rule 8).
async fn roles(
    desk: &Desk<'_>,
    tx: &mut Tx,
    order: &AddOrder,
    shared: Option<&AccountCard>,
) -> Result<Vec<RoleAt>> {
    let wanted: Vec<_> = if order.roles.is_empty() {
        let of_shared = shared.iter().flat_map(|shared| &shared.roles);
        of_shared
            .map(|role| (role.role.clone(), role.organisation.clone()))
            .collect()
    } else {
        order.roles.clone()
    };
    if wanted.is_empty() {
        return Err(Error::Invalid {
            message: "the account has no role at any organisation".into(),
            hint: "pass --role ROLE@ORGANISATION".into(),
        });
    }
    let mut roles = Vec::new();
    let mut may_use = false;
    for (name, code) in wanted {
        let found = tx
            .organisations(&desk.reach, Some(&code), None, 1)
            .await?
            .pop();
        let organisation = found.ok_or_else(|| Error::NotFound {
            what: "organisation",
            name: code.to_string(),
            nearest: None,
        })?;
        for above in tx.upwards(organisation.id).await? {
            let domains = tx.domains_of(above).await?;
            may_use |= domains
                .iter()
                .any(|own| own == order.work_email.domain_str());
        }
        roles.push(RoleAt {
            id: organisation.id,
            name,
            place: organisation.name,
        });
    }
    if may_use {
        Ok(roles)
    } else {
        Err(Error::Invalid {
            message: format!(
                "`{}` isn't a work address there: it isn't in a mail domain of the organisation or of one above it",
                order.work_email
            ),
            hint: "see `balie org show CODE`; private addresses aren't stored".into(),
        })
    }
}

async fn tell_added(
    desk: &mut Desk<'_>,
    tx: &mut Tx,
    card: &AccountCard,
    shared: Option<&AccountCard>,
) -> Result<()> {
    let address = card.desk_address();
    let holder = &card.account;
    let notice = Notice::AccountAdded {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        enroll_by: desk.now.plus_hours(desk.policy.enrollment_window_hours),
        desk: address.to_owned(),
    };
    notify(desk, tx, Letter::to_holder(holder, desk, address), notice).await?;
    if let Some(shared) = shared {
        let notice = Notice::PersonalIssued {
            about: AboutAccount {
                name: shared.account.name.clone(),
                username: shared.account.username.to_string(),
                at: desk.now,
                desk: address.to_owned(),
            },
            holder: holder.name.clone(),
        };
        notify(
            desk,
            tx,
            Letter::to_holder(&shared.account, desk, address),
            notice,
        )
        .await?;
    }
    Ok(())
}

/// Blocks an account and ends its sessions: any operator may, at once, since waiting costs more.
pub async fn block_account(
    desk: &mut Desk<'_>,
    username: &Username,
    reason: &str,
    dry_run: bool,
) -> Result<AccountCard> {
    set_status(desk, username, AccountStatus::Blocked, reason, dry_run).await
}

/// Unblocks an account: that lets somebody in, so a senior does it, and never the holder.
pub async fn unblock_account(
    desk: &mut Desk<'_>,
    username: &Username,
    reason: &str,
    dry_run: bool,
) -> Result<AccountCard> {
    set_status(desk, username, AccountStatus::Active, reason, dry_run).await
}

async fn set_status(
    desk: &mut Desk<'_>,
    username: &Username,
    status: AccountStatus,
    reason: &str,
    dry_run: bool,
) -> Result<AccountCard> {
    let action = match status {
        AccountStatus::Blocked => Action::AccountBlock,
        AccountStatus::Active => Action::AccountUnblock,
    };
    let (tx, operator) = desk.begin(action).await?;
    let (mut tx, before) = account_to_change(desk, tx, action, username).await?;
    let before = before.account;
    if status == AccountStatus::Active && is_own(&operator, username, &before.work_email) {
        return Err(Refusal::SamePerson.into());
    }
    if !tx.set_status(before.id, status).await?.took() {
        return Err(Refusal::NothingToChange.into());
    }
    let card = account_card(desk, &mut tx, username).await?;
    if dry_run {
        return Ok(card);
    }
    tell_holder(desk, &mut tx, &card, |about| match status {
        AccountStatus::Blocked => Notice::AccountBlocked(about),
        AccountStatus::Active => Notice::AccountUnblocked(about),
    })
    .await?;
    let detail = json!({ "reason": reason, "session_epoch": card.account.session_epoch });
    let mut event = desk.event(action, detail);
    event.account = Some(card.account.id);
    desk.commit(tx, event).await?;
    Ok(card)
}

fn is_own(operator: &OperatorRow, username: &Username, address: &WorkAddress) -> bool {
    operator.login == username.as_str() || operator.work_email.as_ref() == Some(address)
}

/// The logins in use that look shared, each with what speaks for it.
pub async fn shared_logins(
    desk: &mut Desk<'_>,
    limit: usize,
) -> Result<Vec<(LoginRow, Vec<SharedSign>)>> {
    let (tx, _) = desk.begin(Action::AccountShared).await?;
    // Nobody waits to write while this only reads.
    drop(tx);
    let begun = Instant::now();
    let mut look = desk.database.look().await?;
    let shared = look
        .bounded(TO_LOOK, async |look| {
            look_for_shared(desk, look, limit).await
        })
        .await
        .map_err(|error| broken_off(error, begun.elapsed() >= TO_LOOK))?;
    drop(look);
    let (tx, _) = desk.begin(Action::AccountShared).await?;
    let event = desk.event(Action::AccountShared, json!({ "found": shared.len() }));
    desk.commit(tx, event).await?;
    Ok(shared)
}

async fn look_for_shared(
    desk: &Desk<'_>,
    look: &mut Tx,
    limit: usize,
) -> Result<Vec<(LoginRow, Vec<SharedSign>)>> {
    let mut shared = Vec::new();
    let mut after = 0;
    while shared.len() < limit {
        let logins = look.logins(&desk.reach, after, CHUNK).await?;
        let Some(last) = logins.last() else { break };
        after = last.id;
        let looked = logins.into_iter().map(|login| {
            let signs = login.signs();
            (login, signs)
        });
        shared.extend(looked.filter(|(_, signs)| !signs.is_empty()));
    }
    shared.truncate(limit);
    Ok(shared)
}
