//! `balie doctor`: what the desk itself can be asked. Network and config are the caller's.

mod figure;
mod finding;
mod queues;
mod secrets;
mod work;

use jiff::SignedDuration;
use serde_json::json;

use crate::desk::{Desk, Error, Result};
pub use figure::Figure;
pub use finding::{Finding, Health};
use queues::{outbox, requests};
use secrets::{key_age, tokens};
use work::work;

use crate::domain::log::event::Action;
use crate::domain::operator::Role;
use crate::store::{Altered, StoreError, Tx};
use crate::vault::Vault;

/// A clock that differs by less is right.
const CLOCK_PLAY: SignedDuration = SignedDuration::from_secs(5);

/// Examines keys, clock, log, operators, limits, what waits, and what has to be done again and again.
pub async fn examine(desk: &mut Desk<'_>) -> Result<Vec<Finding>> {
    let (mut tx, operator) = desk.begin(Action::Doctor).await?;
    let mut findings = vec![keys(desk, &mut tx).await?];
    findings.extend(encoding(&mut tx).await?);
    findings.push(clock(desk, &mut tx).await?);
    findings.push(operators(&mut tx).await?);
    findings.push(limits(desk, &mut tx).await?);
    findings.push(requests(desk, &mut tx).await?);
    findings.push(outbox(desk, &mut tx).await?);
    findings.extend(work(desk, &mut tx).await?);
    findings.push(tokens(desk, &mut tx).await?);
    findings.push(key_age(desk, &mut tx).await?);
    let failed: Vec<_> = findings
        .iter()
        .filter(|finding| finding.health == Health::Fail)
        .map(|finding| finding.name)
        .collect();
    let failed = json!(failed);
    // A timer that finds what it found before looks in vain (rule 11).
    let is_news = operator.job.is_none()
        || tx
            .last_detail_of(Action::Doctor, &desk.operator, "failed")
            .await?
            .unwrap_or_else(|| json!([]))
            != failed;
    if is_news {
        let event = desk.event(Action::Doctor, json!({ "failed": failed }));
        desk.commit(tx, event).await?;
    } else {
        tx.commit_lease().await?;
    }
    // SQLite has one connection: this comes after the transaction.
    // A schema to compare with can't be made where names don't fit in.
    if findings.iter().all(|finding| finding.name != "encoding") {
        findings.push(schema(desk).await?);
    }
    Ok(findings)
}

async fn keys(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    const NAME: &str = "keys";
    let mend = "restore it from the safe, or point `[keys] file` to it";
    match desk.vault(tx).await {
        Ok(vault) => {
            let count = Vault::check_values(&vault).len();
            let detail = format!("{count} sealing key(s) and the signing key fit this database");
            Ok(Finding::ok(NAME, detail))
        }
        Err(error @ Error::OtherSigningKey { .. }) => {
            Ok(Finding::fail(NAME, 8, error.to_string(), mend))
        }
        Err(error @ (Error::Keys(_) | Error::OtherKeys { .. } | Error::Seal(_))) => {
            Ok(Finding::fail(NAME, 2, error.to_string(), mend))
        }
        Err(error) => Err(error),
    }
}

async fn schema(desk: &Desk<'_>) -> Result<Finding> {
    const NAME: &str = "schema";
    // A desk at another one isn't opened.
    let version = desk.database.known_version();
    let figure = Figure::new(
        "balie_schema_version",
        "Which schema the desk's database is at.",
        version,
    );
    let Some(altered) = desk.database.altered().await? else {
        let detail = format!(
            "version {version}; this login to the database isn't allowed to find out what was changed"
        );
        return Ok(Finding::ok(NAME, detail).with([figure]));
    };
    if altered.is_empty() {
        let detail = format!(
            "version {version}: tables, triggers, functions and rights are as Balie makes them"
        );
        return Ok(Finding::ok(NAME, detail).with([figure]));
    }
    let named = |altered: &Altered| format!("{} {}", altered.kind, altered.name);
    let first: Vec<_> = altered.iter().take(5).map(named).collect();
    let more = altered.len().saturating_sub(first.len());
    let detail = format!(
        "version {version}, not as Balie makes it: {}",
        first.join(", ")
    );
    let detail = if more > 0 {
        format!("{detail} and {more} more")
    } else {
        detail
    };
    let mend = "find out who changed the database; `balie audit verify` names all of it. After an update of Balie: \
                `balie init --postgres-roles apply`, where operators have logins to PostgreSQL";
    Ok(Finding::fail(NAME, 8, detail, mend).with([figure]))
}

/// Only what is wrong is a line: `init` refuses such a database, but an older one may be.
async fn encoding(tx: &mut Tx) -> Result<Option<Finding>> {
    match tx.check_encoding().await {
        Ok(()) => Ok(None),
        Err(StoreError::Unfit(unfit)) => {
            let finding = Finding::fail("encoding", 7, unfit.to_string(), unfit.mend());
            Ok(Some(finding))
        }
        Err(error) => Err(error.into()),
    }
}

async fn clock(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    const NAME: &str = "clock";
    let mend = "have the machine's clock set by the network (timedatectl set-ntp true)";
    if let Some(last) = tx.last_event_at().await?
        && last > desk.now.plus(CLOCK_PLAY)
    {
        let detail = format!(
            "the log's last event is of {last:.0}, but here it's {:.0}",
            desk.now
        );
        return Ok(Finding::fail(NAME, 2, detail, mend));
    }
    let Some(there) = tx.server_time().await? else {
        return Ok(Finding::ok(NAME, "the log doesn't come from the future"));
    };
    let apart = there.since(desk.now).abs();
    if apart > CLOCK_PLAY {
        let seconds = apart.as_secs();
        let detail =
            format!("the clocks of this machine and of the database's differ by {seconds} s");
        return Ok(Finding::fail(NAME, 2, detail, mend));
    }
    Ok(Finding::ok(
        NAME,
        "the same as the database's, and the log doesn't come from the future",
    ))
}

async fn operators(tx: &mut Tx) -> Result<Finding> {
    const NAME: &str = "operators";
    if !tx.desk_is_closed().await? {
        return Ok(Finding::warn(
            NAME,
            "this desk is open: anyone who uses this system account works without a login",
            "close it: `balie operator reset-password LOGIN`, with your own login",
        ));
    }
    let count = async |tx: &mut Tx, role| tx.able_operators(role, "").await;
    let (admins, seniors) = (
        count(tx, Role::Admin).await?,
        count(tx, Role::Senior).await?,
    );
    if admins < 2 {
        return Ok(Finding::warn(
            NAME,
            "there is only one admin: who helps that admin after a lost phone?",
            "balie operator add LOGIN --role admin",
        ));
    }
    if seniors == 0 {
        return Ok(Finding::warn(
            NAME,
            "there is no senior: nothing can be approved",
            "balie operator add LOGIN --role senior --region CODE",
        ));
    }
    Ok(Finding::ok(
        NAME,
        format!("closed; {admins} admins, {seniors} senior(s)"),
    ))
}

async fn limits(desk: &Desk<'_>, tx: &mut Tx) -> Result<Finding> {
    const NAME: &str = "limits";
    let since = desk.now.plus(SignedDuration::from_hours(-24));
    let who = tx.limits_reached(since).await?;
    if who.is_empty() {
        return Ok(Finding::ok(NAME, "nobody reached a limit in the last day"));
    }
    let who: Vec<_> = who
        .into_iter()
        .map(|(login, times)| format!("{login} ({times} times)"))
        .collect();
    let detail = format!("reached in the last day by {}", who.join(", "));
    Ok(Finding::warn(
        NAME,
        detail,
        "ask them why, and read `balie audit log`",
    ))
}
