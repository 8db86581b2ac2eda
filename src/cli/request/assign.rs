//! `balie request assign`

use dialoguer::MultiSelect;
use serde_json::{Map, Value, json};

use super::show::RequestView;
use crate::cli::language::{said, told};
use crate::cli::output::{Out, Page, Tone, View, escape};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{parse_request, parse_username};
use crate::cli::shell::prompt::unanswered;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::request::{Assigned, Suggestion};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;

/// How sure it has to be who is meant to be ticked beforehand: a username, a work address or a whole name.
const FULL: f64 = 0.9;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request assign R-4K7Q2 j.jansen
  balie request assign R-4K7Q2                       picks from those that the mail seems to speak of
  balie request assign R-4K7Q2 --suggest             only shows them
  balie request assign R-4K7Q2 --drop z.celik

Only accounts that the requester may ask for can be assigned. A challenge that was answered, or an
approval, is then void: it was for other accounts.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// The accounts that it's for, in addition to those that it's already for
    #[arg(value_name = "ACCOUNT", add = completing::accounts())]
    accounts: Vec<String>,
    /// An account that it isn't for; once for each
    #[arg(long, value_name = "ACCOUNT", add = completing::accounts())]
    drop: Vec<String>,
    /// Show the accounts that the mail seems to speak of, and change nothing
    #[arg(long, conflicts_with_all = ["accounts", "drop"])]
    suggest: bool,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let parse = |texts: &[String]| {
        let usernames = texts.iter().map(|text| parse_username(text));
        usernames.collect::<Result<Vec<_>, _>>()
    };
    let (usernames, dropped) = (parse(&args.accounts)?, parse(&args.drop)?);
    let (mut desk, mut out, _) = session.open().await?;
    if args.suggest {
        let list = desk::request::suggest(&mut desk, &id).await?;
        return show(&mut out, &SuggestView { list });
    }
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let usernames = if usernames.is_empty() && dropped.is_empty() {
            ask_whom(desk, out, &id).await?
        } else {
            usernames
        };
        Ok(desk::request::assign(desk, &id, &usernames, &dropped, out.dry_run).await?)
    };
    let step = (Action::RequestAssign, &id);
    let Assigned {
        card,
        voided_a_code,
    } = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    out.say_if_rehearsed();
    if voided_a_code {
        out.say(&said!("The code that was mailed was for other accounts, and is void. Send a new one with `balie request challenge \
             {id}`.", id = id));
    }
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}

async fn ask_whom(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    id: &RequestId,
) -> Result<Vec<Username>, Failure> {
    if !out.can_ask() {
        return Err(Failure {
            hint: said!(
                "pass ACCOUNT; `balie request assign {id} --suggest` shows who the mail speaks of",
                id = id
            ),
            ..Failure::input_required(&said!("the account"), "ACCOUNT")
        });
    }
    let picked = pick(&desk::request::suggest(desk, id).await?)?;
    if picked.is_empty() {
        return Ok(vec![crate::cli::shell::pick::account(desk, out).await?]);
    }
    Ok(picked)
}

fn pick(suggestions: &[Suggestion]) -> Result<Vec<Username>, Failure> {
    if suggestions.is_empty() {
        return Ok(Vec::new());
    }
    let line = |found: &Suggestion| {
        let text = said!(
            "{username}  {name}  ({by})",
            username = found.username,
            name = found.name,
            by = told(found.by.sentence())
        );
        escape::for_line(&text).chars().take(70).collect::<String>()
    };
    let lines: Vec<_> = suggestions.iter().map(line).collect();
    // The only one, named in full, is ticked: an Enter takes it.
    let full = |found: &Suggestion| found.by.sureness() >= FULL;
    let only = suggestions.iter().filter(|found| full(found)).count() == 1;
    let ticked: Vec<bool> = suggestions
        .iter()
        .map(|found| only && full(found))
        .collect();
    let picked = MultiSelect::new()
        .with_prompt(said!(
            "Who does the mail speak of (space picks, enter continues)"
        ))
        .items(&lines)
        .defaults(&ticked)
        .interact()
        .map_err(unanswered)?;
    let picked = picked
        .into_iter()
        .map(|at| suggestions[at].username.clone());
    Ok(picked.collect())
}

struct SuggestView {
    list: Vec<Suggestion>,
}

impl View for SuggestView {
    fn schema(&self) -> &'static str {
        "balie.suggestions/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("suggestions".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |found: &Suggestion| {
            let row = json!({
                "username": found.username,
                "name": found.name,
                "work_email": found.work_email,
                "by": found.by.as_str().replace('_', " "),
                "score": found.by.sureness(),
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.list.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.list.is_empty() {
            page.line(
                Tone::Faint,
                &said!("The mail doesn't name anybody the requester may ask for."),
            );
            return;
        }
        let row = |found: &Suggestion| {
            vec![
                (Tone::Strong, found.username.to_string()),
                (Tone::Plain, found.name.clone()),
                (Tone::Plain, found.work_email.clone()),
                (Tone::Faint, told(found.by.sentence())),
            ]
        };
        let rows: Vec<_> = self.list.iter().map(row).collect();
        page.table(&["username", "name", "work address", "meant by"], &rows);
    }
}
