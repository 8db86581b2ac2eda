//! Picking what is missing, on a terminal.

use dialoguer::FuzzySelect;

use super::prompt::unanswered;
use crate::cli::Failure;
use crate::cli::output::{Out, escape};
use crate::desk;
use crate::desk::Desk;
use crate::domain::code::Username;

/// Asks who it is about: a search, then a choice. What comes back is an exact username (rule 12).
pub(in crate::cli) async fn account(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
) -> Result<Username, Failure> {
    let text = out.ask("Who", "USERNAME")?;
    let found = desk::account::find(desk, &text, 30).await?;
    if found.is_empty() {
        return Err(Failure {
            exit: 3,
            code: "not_found",
            reasons: Vec::new(),
            message: format!("nobody matches `{text}`"),
            hint: "try a shorter part, or another spelling".into(),
        });
    }
    let line = |found: &crate::store::account::Found| {
        let text = format!("{}  {}  {}", found.username, found.name, found.work_email);
        escape::for_line(&text).chars().take(70).collect::<String>()
    };
    let lines: Vec<_> = found.iter().map(line).collect();
    let choice = FuzzySelect::new()
        .with_prompt("Which")
        .items(&lines)
        .default(0)
        .interact();
    let index = choice.map_err(unanswered)?;
    Ok(found[index].username.clone())
}
