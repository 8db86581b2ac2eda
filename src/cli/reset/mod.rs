//! `balie reset`

mod typed;

use serde_json::{Map, Value, json};

use crate::cli::account::preview::show_impact;
use crate::cli::language;
use crate::cli::language::{said, told};
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::fill::Named;
use crate::cli::shell::offer;
use crate::cli::shell::pick;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::reset::ResetResult;
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;
use crate::domain::reset::not_done::NotDone;
use crate::domain::reset::reason::ResetReason;
use crate::domain::reset::warrant::Purpose;
use typed::Typed;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie reset R-4K7Q2                       whomever that request is for
  balie reset j.jansen                      at a terminal: on which of the requests that are ready for them
  balie reset j.jansen --request R-4K7Q2
  balie reset j.jansen z.celik --request R-4K7Q2 --format json
  balie reset j.jansen --break-glass --reason \"director by phone, voice known\"

Each account that was reset gives a receipt: one signed line to paste into the ticket, which
`balie receipt verify` checks anywhere.")]
pub(super) struct Args {
    /// The exact usernames; a request's id alone, with its R-, stands for all that it's for
    #[arg(value_name = "ACCOUNT|REQUEST", add = completing::accounts_or_requests())]
    accounts: Vec<String>,
    /// The verified request that asks for it
    #[arg(long, value_name = "ID", add = completing::requests())]
    request: Option<String>,
    /// Why: lost-phone, new-phone, wrong-phone (the holder is also told to have the colleague remove the
    /// entry), codes-refused or other. With --break-glass: who asked, how you know who it was, and why
    /// it can't wait for a mail
    #[arg(long, value_name = "REASON", add = offer::reasons())]
    reason: Option<String>,
    /// There is no request, and it can't wait: start a case that a senior completes
    #[arg(long, requires = "reason", conflicts_with_all = ["request", "take_over"])]
    pub(super) break_glass: bool,
    #[command(flatten)]
    take_over: TakeOver,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        if self.break_glass {
            Rehearsal::ONE_STEP
        } else {
            Rehearsal::Shows
        }
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let Typed {
        accounts: mut usernames,
        request,
    } = Typed::read(&args.accounts, args.request.as_deref())?;
    if usernames.is_empty() && request.is_none() {
        usernames.push(pick::account(&mut desk, &mut out).await?);
    }
    if let (true, Some(reason)) = (args.break_glass, &args.reason) {
        if let Some(request) = request {
            return Err(Failure::invalid(
                said!("a break-glass case has no request"),
                said!(
                    "leave {request} out, or leave --break-glass out",
                    request = request
                ),
            ));
        }
        return break_glass(&mut desk, &mut out, &usernames, reason).await;
    }
    let reason = args.reason.as_deref().map(known_reason).transpose()?;
    let request = match request {
        Some(request) => request,
        None => pick::request(&mut desk, &mut out, &usernames).await?,
    };
    let asks = out.is_to_ask()?;
    let mut requester = None;
    if asks || usernames.is_empty() {
        let asked = desk::request::asked_for(&mut desk, &request).await?;
        requester = asked.requester;
        if usernames.is_empty() {
            usernames = asked.accounts;
        }
    }
    let step = (Action::Reset, usernames.as_slice(), Some(&request));
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        if asks {
            show_impact(desk, out, &usernames, Some(&request)).await?;
            out.go_on(&question(usernames.len(), &request, requester.as_deref()))?;
        }
        Ok(desk::reset::reset(desk, &usernames, &request, reason, out.dry_run).await?)
    };
    let results = args.take_over.of(step, &mut desk, &mut out, act).await?;
    let exit = exit_of(&results);
    if let ([only], false) = (results.as_slice(), out.format.is_json())
        && let Some(why) = only.outcome.why_not()
    {
        let purpose = Purpose::Reset;
        let error = desk::Error::not_done(why.clone(), &only.username, &request, purpose);
        let mut failure = Failure::from(error);
        failure.hint = Named::of(&request, &only.username).fill(&failure.hint);
        return Err(failure);
    }
    let dry_run = out.dry_run;
    show(&mut out, &ResetView { results, dry_run })?;
    Ok(exit)
}

/// How many are reset, and who asks for it.
fn question(accounts: usize, request: &RequestId, requester: Option<&str>) -> String {
    let accounts = language::accounts(accounts);
    match requester {
        Some(name) => said!(
            "Reset 2FA of {accounts}, which {name} asks for in {request}",
            accounts = accounts,
            name = name,
            request = request
        ),
        None => said!(
            "Reset 2FA of {accounts} on {request}",
            accounts = accounts,
            request = request
        ),
    }
}

/// Beside a request the reason is one of a few; only break-glass takes a text.
fn known_reason(text: &str) -> Result<ResetReason, Failure> {
    text.parse()
        .map_err(|error: crate::domain::reset::reason::UnknownResetReason| {
            Failure::invalid(
                told(&error.to_string()),
                said!("pass --reason wrong-phone, or leave it out"),
            )
        })
}

/// One case an account: each is completed for itself.
async fn break_glass(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    usernames: &[Username],
    reason: &str,
) -> Outcome {
    let [username] = usernames else {
        return Err(Failure::invalid(
            said!("a case is about one account"),
            said!("start one for each account"),
        ));
    };
    if out.is_to_ask()? {
        show_impact(desk, out, usernames, None).await?;
        out.go_on(&said!(
            "Start a break-glass case for {username}",
            username = username
        ))?;
    }
    let card = desk::reset::start_case(desk, username, reason).await?;
    let now = desk.now;
    let receipt = None;
    show(out, &super::case::view::CaseView { card, now, receipt })
}

/// 0 when all were done, 6 when some were, else the class of why none was.
fn exit_of(results: &[ResetResult]) -> Exit {
    let faults: Vec<&NotDone> = results
        .iter()
        .filter_map(|result| result.outcome.why_not())
        .collect();
    let all = |is: fn(&NotDone) -> bool| faults.iter().all(|why| is(why));
    if faults.is_empty() {
        Exit::Done
    } else if faults.len() < results.len() {
        Exit::Partial
    } else if all(|why| *why == NotDone::Unknown) {
        Exit::NotFound
    } else if all(NotDone::is_conflict) {
        Exit::Conflict
    } else {
        Exit::Refused
    }
}

struct ResetView {
    results: Vec<ResetResult>,
    dry_run: bool,
}

const fn outcome(why_not: Option<&NotDone>) -> &'static str {
    match why_not {
        None => "done",
        Some(why) if why.is_conflict() => "conflict",
        Some(_) => "refused",
    }
}

impl View for ResetView {
    fn schema(&self) -> &'static str {
        "balie.reset/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        let mut fields = Map::new();
        fields.insert("dry_run".into(), self.dry_run.into());
        fields.insert("results".into(), Value::Array(rows));
        fields
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |result: &ResetResult| {
            let why_not = result.outcome.why_not();
            let receipt = result.outcome.receipt();
            let row = json!({
                "username": result.username,
                "outcome": outcome(why_not),
                "code": why_not.map(|why| why.fault().as_str()),
                "event": result.outcome.event().map(|event| event.to_string()),
                "receipt": receipt.map(ToString::to_string),
                "reasons": why_not.map_or(&[][..], NotDone::reasons),
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.results.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!("This was a dry run: nothing was changed."),
            );
        }
        for result in &self.results {
            let username = &result.username;
            match &result.outcome {
                desk::reset::Outcome::Done { receipt } => {
                    page.line(
                        Tone::Good,
                        &said!("{username}: 2FA was reset.", username = username),
                    );
                    page.line(Tone::Plain, &receipt.to_string());
                }
                desk::reset::Outcome::WouldBeDone => {
                    page.line(
                        Tone::Good,
                        &said!("{username}: can be reset.", username = username),
                    );
                }
                desk::reset::Outcome::NotDone { why, .. } => {
                    let (text, code) = (told(&why.sentence()), why.fault().as_str());
                    page.line(Tone::Bad, &format!("{username}: {text} [{code}]"));
                }
            }
        }
    }
}
