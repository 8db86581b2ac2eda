//! Which words of a mail name the people that were found in it, so that its reader sees at once who is meant.

use super::naming::{Within, spoken_of};
use super::standing::RequestStanding;
use crate::desk::{Desk, Result};
use crate::domain::request::evidence::Evidence;
use crate::domain::request::judge::{Basis, spoken};
use crate::store::Tx;

/// Of how many people it is marked.
const MARKED: usize = 25;
/// A shorter part of a name (`de`, `J.`) is in every mail.
const SHORTEST: usize = 3;

/// The words that name the accounts that a request is for; of one that is for nobody yet, those whom its mail speaks of.
/// In small letters, of accounts within reach alone.
pub(super) async fn marks(
    desk: &Desk<'_>,
    tx: &mut Tx,
    request: &RequestStanding,
    (evidence, basis): (&Evidence, &Basis),
) -> Result<Vec<String>> {
    let mut people = Vec::new();
    for bound in request.reached().take(MARKED) {
        if let Some(account) = tx.account(&desk.reach, &bound.username).await? {
            people.push((account.username, account.name, account.work_email));
        }
    }
    if request.accounts.is_empty() && request.request.expires_at > desk.now {
        let mut within = Within::of(&request.requesters);
        let words = spoken(evidence, &basis.facts, desk.now);
        let said = words.said(basis.facts.requester_name());
        let found = spoken_of(desk, tx, said, &mut within).await?;
        let found: Vec<_> = found.into_iter().filter(|(_, by)| by.counts()).collect();
        let names: Vec<String> = found
            .iter()
            .map(|(row, _)| row.username.to_string())
            .collect();
        let reached = tx.accounts_reached(&desk.reach, &names).await?;
        let found = found.into_iter().map(|(row, _)| row);
        let found = found
            .filter(|row| reached.contains(&row.username))
            .take(MARKED);
        people.extend(found.map(|row| (row.username, row.name, row.work_email)));
    }
    let mut marks = Vec::new();
    for (username, name, address) in people {
        marks.push(username.to_string());
        marks.push(address.to_string());
        let parts = name.split(|c: char| !c.is_alphanumeric());
        let long = parts.filter(|part| part.chars().count() >= SHORTEST);
        marks.extend(long.map(str::to_lowercase));
    }
    marks.sort_unstable();
    marks.dedup();
    Ok(marks)
}
