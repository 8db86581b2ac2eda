//! `balie request show`, and the page of a request: the verdict first, then what decides it.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::answer_line;
use super::next::step;
use super::status::{status, tone};
use super::who_asks::who_asks;
use super::words;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::original;
use crate::cli::shell::parse::parse_request;
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::request::{CheckCard, RequestCard, RequestStanding};
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::request::{BoundRow, RequestRow};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request show R-4K7Q2
  balie request show R-4K7Q2 -v                  every check, and all of the mail's text
  balie request show R-4K7Q2 --eml mail.eml      the mail itself, byte for byte")]
pub(in crate::cli) struct Args {
    /// Its id, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// Write the mail as it came in to this file (- for standard output) instead
    #[arg(long, value_name = "FILE|-")]
    pub(in crate::cli) eml: Option<PathBuf>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let (mut desk, mut out, _) = session.open().await?;
    if let Some(file) = &args.eml {
        let raw = desk::request::original_mail(&mut desk, &id).await?;
        return original::give(&mut out, &raw, file);
    }
    let card = desk::request::show_request(&mut desk, &id).await?;
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}

pub(in crate::cli) struct RequestView {
    card: RequestCard,
    now: Timestamp,
    verbose: bool,
}

impl RequestView {
    pub(in crate::cli) const fn new(card: RequestCard, now: Timestamp, verbose: u8) -> Self {
        Self {
            card,
            now,
            verbose: verbose > 0,
        }
    }

    fn status(&self) -> &'static str {
        status(&self.card.standing.request, self.now)
    }

    fn verdict(&self, page: &mut Page) {
        let request = &self.card.standing.request;
        page.heading(&said!("Request {id}", id = request.public_id));
        let tone = tone(request.verdict.as_str());
        let who = self.card.standing.requester.as_ref();
        let who = who.map_or_else(
            || said!("the requester"),
            |requester| requester.name.clone(),
        );
        let text = match (request.verdict, request.confirmed_at) {
            (Verdict::Verified, None) => {
                said!("verified: the mail is proven to come from {who}", who = who)
            }
            (Verdict::Verified, Some(at)) => {
                said!(
                    "verified: {who} gave back the code that was mailed to the address on file ({at})",
                    who = who,
                    at = format!("{at:.0}")
                )
            }
            (Verdict::Challenge, _) => match &self.card.because {
                Some(because) => said!(
                    "challenge: the mail is proven, but {because}",
                    because = told(because)
                ),
                None => {
                    said!("challenge: it may be genuine, but the mail alone doesn't prove it")
                }
            },
            (Verdict::Rejected, _) => match (&request.rejected_by, &request.rejected_for) {
                (Some(by), Some(reason)) if request.closed_at.is_some() => {
                    said!("closed by {by}: {reason}", by = by, reason = reason)
                }
                (Some(by), Some(reason)) => {
                    said!("rejected by {by}: {reason}", by = by, reason = reason)
                }
                _ if self.card.challenge_open => {
                    said!(
                        "rejected: nothing shows who sent it; a code to the address on file still can"
                    )
                }
                _ => said!("rejected: no account may be reset on it"),
            },
        };
        page.line(tone, &text);
    }

    fn checks(&self, page: &mut Page) {
        let checks = &self.card.checks;
        let shown = |check: &&CheckCard| self.verbose || speaks(check);
        let mut rows: Vec<&CheckCard> = checks.iter().filter(shown).collect();
        // What failed decides; then what is open.
        rows.sort_by_key(|check| match check.result.as_str() {
            "fail" => 0,
            "none" => 1,
            _ => 2,
        });
        let rows: Vec<_> = rows
            .into_iter()
            .map(|check| {
                vec![
                    (tone(&check.result), told(&check.result)),
                    (Tone::Plain, told(&check.name)),
                    (Tone::Plain, told(&check.detail)),
                ]
            })
            .collect();
        if !rows.is_empty() {
            page.gap();
            page.table(&["result", "check", "why"], &rows);
        }
        let named = |result: &str| {
            let quiet = checks
                .iter()
                .filter(|check| check.result == result && !speaks(check));
            let names: Vec<_> = quiet.map(|check| told(&check.name)).collect();
            names.join(", ")
        };
        if !self.verbose {
            page.gap();
            page.note("passed", &named("pass"));
            page.note("not needed", &named("none"));
        }
    }

    fn accounts(&self) -> String {
        let shown = |account: &BoundRow| match (account.covered, account.used_at) {
            (_, Some(at)) => said!(
                "{username} (used {at})",
                username = account.username,
                at = format!("{at:.0}")
            ),
            (true, None) => account.username.to_string(),
            _ => said!("{username} (not covered)", username = account.username),
        };
        let mut accounts: Vec<_> = self.card.standing.reached().map(shown).collect();
        let elsewhere = self.card.standing.elsewhere();
        if elsewhere > 0 {
            accounts.push(said!(
                "and {elsewhere} of other desks",
                elsewhere = elsewhere
            ));
        }
        if accounts.is_empty() {
            said!("none named")
        } else {
            accounts.join(", ")
        }
    }
}

/// Whether a check has something to say besides "fine" and "not needed here".
fn speaks(check: &CheckCard) -> bool {
    match check.result.as_str() {
        "fail" => true,
        "none" => !matches!(check.name.as_str(), "lookalike" | "trusted_results"),
        _ => false,
    }
}

/// Which operator ended it, and how. What was closed is on file as rejected too.
fn ending(request: &RequestRow) -> Map<String, Value> {
    let closed = request.closed_at;
    let rejected = request.rejected_at.filter(|_| closed.is_none());
    let fields = json!({
        "rejected_at": rejected,
        "rejected_by": rejected.and(request.rejected_by.as_ref()),
        "rejected_for": rejected.and(request.rejected_for.as_ref()),
        "closed_at": closed,
        "closed_by": closed.and(request.rejected_by.as_ref()),
        "closed_for": closed.and(request.rejected_for.as_ref()),
    });
    fields.as_object().cloned().unwrap_or_default()
}

impl View for RequestView {
    fn schema(&self) -> &'static str {
        "balie.request/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let RequestCard {
            standing,
            evidence,
            checks,
            reading,
            ..
        } = &self.card;
        let RequestStanding {
            request, requester, ..
        } = standing;
        let next = step(&self.card, self.status());
        let fields = json!({
            "id": request.public_id,
            "status": self.status(),
            "verdict": request.verdict,
            "region": request.region,
            "requester": requester.as_ref().map(|requester| json!({
                "work_email": requester.work_email,
                "name": requester.name,
                "capacity": requester.capacity,
                "organisation": requester.organisation,
            })),
            "accounts": standing.reached().map(|account| json!({
                "username": account.username,
                "covered": account.covered,
                "used_at": account.used_at,
            })).collect::<Vec<_>>(),
            "accounts_elsewhere": standing.elsewhere(),
            "checks": checks.iter().map(|check| json!({
                "name": check.name,
                "result": check.result,
                "detail": check.detail,
            })).collect::<Vec<_>>(),
            "expires_at": request.expires_at,
            "next": { "why": next.why, "command": next.command },
            "received_at": request.received_at,
            "received_by": request.received_by,
            "received_before": self.card.received_as == ReceivedAs::Again,
            "received_as": self.card.received_as,
            "challenge_because": self.card.because,
            "challenge_open": self.card.challenge_open,
            "answer": self.card.answer.as_ref().map(|answer| json!({
                "at": answer.at,
                "proven": answer.proven,
                "confirms": answer.confirms,
                "text": answer.text,
            })),
            "confirmed_at": request.confirmed_at,
            "challenged_until": self.card.challenged_until,
            // Such a mail is no longer a request of its own.
            "answers": Value::Null,
            "from": request.from_address,
            "subject": request.subject,
            "message_id": evidence.message_id,
            "sent_at": evidence.date,
            "intake": evidence.intake,
            "rule_version": request.rule_version,
            "html_differs": reading.as_ref().is_some_and(|reading| reading.html_differs),
            "text": reading.as_ref().map_or("", |reading| reading.text.as_str()),
            "text_proven": self.card.text_proven,
            "text_complete": reading.as_ref().is_some_and(|reading| reading.complete),
            "no_text": reading.as_ref().and_then(|reading| reading.no_text),
            "attachments": reading.as_ref().map_or(&[][..], |reading| &reading.attachments),
            "more_attachments": reading.as_ref().map_or(0, |reading| reading.more_attachments),
            "dns": evidence.dns,
            "open_by": standing.open_by.as_ref().map(|(by, since)| json!({ "operator": by, "since": since })),
        });
        let mut fields = fields.as_object().cloned().unwrap_or_default();
        fields.extend(ending(request));
        fields
    }

    fn page(&self, page: &mut Page) {
        let RequestCard {
            standing, evidence, ..
        } = &self.card;
        let RequestStanding {
            request, requester, ..
        } = standing;
        self.verdict(page);
        self.checks(page);
        page.gap();
        let who = who_asks(requester.as_ref());
        let region = request.region.clone().unwrap_or_default();
        let until = format!("{:.0} ({})", request.expires_at, told(self.status()));
        page.fields(&[
            ("from", Tone::Plain, evidence.from_field.clone()),
            ("requester", Tone::Plain, who),
            ("subject", Tone::Plain, request.subject.clone()),
            ("region", Tone::Plain, region),
            ("accounts", Tone::Plain, self.accounts()),
            ("usable until", Tone::Plain, until),
        ]);
        if let Some((by, since)) = &standing.open_by {
            let text = said!(
                "{by} has had this request open since {since}.",
                by = by,
                since = format!("{since:.0}")
            );
            page.line(Tone::Bad, &text);
        }
        words::show(page, &self.card, self.verbose);
        if let Some(answer) = &self.card.answer {
            page.gap();
            page.line(answer_line::tone(answer), &answer_line::line(answer));
            if self.card.received_as != ReceivedAs::Answer {
                words::quote(page, &answer.text, &[], self.verbose);
            }
        }
        let step = step(&self.card, self.status());
        page.gap();
        page.line(Tone::Plain, &step.why);
        if let Some(command) = step.command {
            page.line(Tone::Strong, &format!("  {command}"));
        }
    }
}
