//! Picking what is missing, on a terminal.

use dialoguer::{FuzzySelect, Select};

use super::prompt::unanswered;
use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Out, escape};
use crate::cli::request::age::age;
use crate::desk;
use crate::desk::Desk;
use crate::domain::code::Username;
use crate::domain::request::id::RequestId;
use crate::store::request::ReadyRow;

/// Asks who it is about: a search, then a choice. What comes back is an exact username (rule 12).
pub(in crate::cli) async fn account(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
) -> Result<Username, Failure> {
    let text = out.ask(&said!("Who"), "USERNAME")?;
    let found = desk::account::find(desk, &text, 30).await?.found;
    if found.is_empty() {
        return Err(Failure {
            exit: 3,
            code: "not_found",
            reasons: Vec::new(),
            message: said!("nobody matches `{text}`", text = text),
            hint: said!("try a shorter part, or another spelling"),
        });
    }
    let line = |found: &desk::account::Match| {
        let (account, school) = (&found.account, found.schools.join(", "));
        let text = format!("{}  {}  {school}", account.username, account.name);
        escape::for_line(&text).chars().take(70).collect::<String>()
    };
    let lines: Vec<_> = found.iter().map(line).collect();
    let choice = FuzzySelect::new()
        .with_prompt(said!("Which"))
        .items(&lines)
        .default(0)
        .interact();
    let index = choice.map_err(unanswered)?;
    Ok(found[index].account.username.clone())
}

/// Asks on which of the requests that are ready for these accounts.
pub(in crate::cli) async fn request(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    accounts: &[Username],
) -> Result<RequestId, Failure> {
    if !out.can_ask() {
        return Err(Failure::input_required(
            &said!("the request"),
            "--request ID",
        ));
    }
    let ready = desk::request::ready_for(desk, accounts).await?;
    if ready.is_empty() {
        let whom = accounts.iter().map(Username::as_str).collect::<Vec<_>>();
        return Err(Failure {
            exit: 3,
            code: "not_found",
            reasons: Vec::new(),
            message: said!("no request is ready for {who}", who = whom.join(", ")),
            hint: said!("see what waits with `balie request list --waiting`"),
        });
    }
    let line = |row: &ReadyRow| {
        let requester = row.requester.as_deref().unwrap_or_default();
        let (id, age) = (&row.public_id, age(row.received_at, desk.now));
        let text = format!("{id}  {age}  {requester}  {}", row.subject);
        escape::for_line(&text).chars().take(70).collect::<String>()
    };
    let lines: Vec<_> = ready.iter().map(line).collect();
    let choice = Select::new()
        .with_prompt(said!("On which request"))
        .items(&lines)
        .default(0)
        .interact();
    let index = choice.map_err(unanswered)?;
    Ok(ready[index].public_id.clone())
}
