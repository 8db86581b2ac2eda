//! What the directory and the log say that bears on a mail.

use super::look_up::existing_account;
use super::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::evidence::Evidence;
use crate::domain::judge::{AccountFacts, DirectoryFacts, RequesterFacts};
use crate::domain::lookalike::lookalike_of;
use crate::domain::operator::Reach;
use crate::store::{RequesterRow, RoleRow, Tx};

/// Who is on file under the From address, in every capacity.
pub(super) async fn requesters_at(tx: &mut Tx, from: Option<&str>) -> Result<Vec<RequesterRow>> {
    Ok(match from {
        Some(from) => {
            tx.requesters(&Reach::Everywhere, Some(from), None, 100)
                .await?
        }
        None => Vec::new(),
    })
}

/// The facts but for the accounts and what the config trusts.
pub(super) async fn facts_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    requesters: &[RequesterRow],
) -> Result<DirectoryFacts> {
    let mut domains = Vec::new();
    for requester in requesters {
        for organisation in tx.upwards(requester.organisation_id).await? {
            domains.extend(tx.domains_of(organisation).await?);
        }
    }
    let is_valid = |requester: &&RequesterRow| requester.is_valid(desk.now);
    let valid = requesters.iter().find(is_valid);
    let requester = valid.or(requesters.first()).map(|found| RequesterFacts {
        name: found.name.clone(),
        valid: valid.is_some(),
        domains,
    });
    let from = evidence.from.as_deref();
    let lookalike = match from.and_then(|from| from.rsplit_once('@')) {
        Some((_, domain)) if requester.is_none() => lookalike_of(domain, &tx.mail_domains().await?),
        _ => None,
    };
    let regions = tx.regions(None).await?;
    Ok(DirectoryFacts {
        requester,
        lookalike: lookalike.map(|(known, how)| (known, how.to_owned())),
        desks: regions
            .into_iter()
            .map(|r| (r.code, r.servicedesk_address))
            .collect(),
        seen_as: tx.request_seen(evidence).await?.map(|id| id.to_string()),
        ..DirectoryFacts::default()
    })
}

/// Each account once: its internal id, and what bears on a request for it.
pub(super) async fn accounts_of(
    desk: &Desk<'_>,
    tx: &mut Tx,
    evidence: &Evidence,
    requesters: &[RequesterRow],
    usernames: &[Username],
) -> Result<Vec<(i64, AccountFacts)>> {
    let mut found: Vec<(i64, AccountFacts)> = Vec::new();
    for username in usernames {
        let account = existing_account(desk, tx, username).await?;
        if found.iter().any(|(id, _)| *id == account.id) {
            continue;
        }
        let roles = tx.roles(account.id).await?;
        let privileged = &desk.policy.privileged_roles;
        let facts = AccountFacts {
            username: account.username,
            is_requester: evidence.from.as_deref() == Some(account.work_email.as_str()),
            covered: is_covered(desk, tx, requesters, &roles).await?,
            privileged: roles.iter().any(|role| privileged.contains(&role.role)),
            regions: roles.into_iter().map(|role| role.region).collect(),
        };
        found.push((account.id, facts));
    }
    Ok(found)
}

/// Whether a valid capacity covers one of the roles (rule 2).
pub(super) async fn is_covered(
    desk: &Desk<'_>,
    tx: &mut Tx,
    requesters: &[RequesterRow],
    roles: &[RoleRow],
) -> Result<bool> {
    for role in roles {
        let above = tx.upwards(role.organisation_id).await?;
        let covers = |requester: &RequesterRow| {
            requester.organisation_id == role.organisation_id
                || (requester.capacity.reaches_below()
                    && above.contains(&requester.organisation_id))
        };
        if requesters
            .iter()
            .any(|requester| requester.is_valid(desk.now) && covers(requester))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
