//! `balie request show`, and the page of a request: the verdict first, then what decides it.

use std::borrow::Cow;
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::next::step;
use super::status::{status, tone};
use super::words;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::original;
use crate::cli::shell::parse::parse_request;
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::request::{AnswerCard, CheckCard, RequestCard, RequestStanding};
use crate::domain::request::challenge::NoYes;
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::request::{BoundRow, RequestRow};

/// How much of a line is told, in characters.
const TOLD: usize = 80;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request show R-4K7Q2
  balie request show R-4K7Q2 -v                  every check, and all of the mail's text
  balie request show R-4K7Q2 --eml mail.eml      the mail itself, byte for byte")]
pub(in crate::cli) struct Args {
    /// Its id, such as R-4K7Q2
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
        page.heading(&format!("Request {}", request.public_id));
        let tone = tone(request.verdict.as_str());
        let who = self.card.standing.requester.as_ref();
        let who = who.map_or("the requester", |requester| requester.name.as_str());
        let text = match (request.verdict, request.confirmed_at) {
            (Verdict::Verified, None) => format!("verified: the mail is proven to come from {who}"),
            (Verdict::Verified, Some(at)) => {
                format!(
                    "verified: {who} gave back the code that was mailed to the address on file ({at:.0})"
                )
            }
            (Verdict::Challenge, _) => match &self.card.because {
                Some(because) => format!("challenge: the mail is proven, but {because}"),
                None => {
                    "challenge: it may be genuine, but the mail alone doesn't prove it".to_owned()
                }
            },
            (Verdict::Rejected, _) => match (&request.rejected_by, &request.rejected_for) {
                (Some(by), Some(reason)) if request.closed_at.is_some() => {
                    format!("closed by {by}: {reason}")
                }
                (Some(by), Some(reason)) => format!("rejected by {by}: {reason}"),
                _ if self.card.challenge_open => {
                    "rejected: nothing shows who sent it; a code to the address on file still can"
                        .to_owned()
                }
                _ => "rejected: no account may be reset on it".to_owned(),
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
                    (tone(&check.result), check.result.clone()),
                    (Tone::Plain, check.name.clone()),
                    (Tone::Plain, check.detail.clone()),
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
            let names: Vec<_> = quiet.map(|check| check.name.as_str()).collect();
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
            (_, Some(at)) => format!("{} (used {at:.0})", account.username),
            (true, None) => account.username.to_string(),
            _ => format!("{} (not covered)", account.username),
        };
        let mut accounts: Vec<_> = self.card.standing.reached().map(shown).collect();
        let elsewhere = self.card.standing.elsewhere();
        if elsewhere > 0 {
            accounts.push(format!("and {elsewhere} of other desks"));
        }
        if accounts.is_empty() {
            "none named".to_owned()
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

fn answer_line(answer: &AnswerCard) -> String {
    let what: Cow<'_, str> = if answer.confirms {
        "it confirms the request".into()
    } else if answer.undecided {
        "DNS didn't answer, so it waits".into()
    } else if answer.proven {
        match &answer.no_yes {
            Some(NoYes::Missing) => {
                "it's proven, but doesn't say JA and the code, and nothing else, on its first line".into()
            }
            Some(NoYes::NoText) => {
                "it's proven, but has no plain text, and its HTML alone confirms nothing: phone them".into()
            }
            Some(NoYes::TakenBack(line)) => {
                let line: String = line.chars().take(TOLD).collect();
                format!("it's proven and says JA, but this line of it takes that back: `{line}`").into()
            }
            None => "it's proven and says JA, but not with the open code".into(),
        }
    } else {
        "nothing proves who sent it, so it confirms nothing: phone them".into()
    };
    format!("An answer came in by mail ({:.0}): {what}.", answer.at)
}

const fn answer_tone(answer: &AnswerCard) -> Tone {
    if answer.confirms {
        Tone::Good
    } else {
        Tone::Warn
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
        let who = requester.as_ref().map_or("nobody on file".to_owned(), |r| {
            format!("{}, {} at {}", r.name, r.capacity, r.organisation_name)
        });
        let region = request.region.clone().unwrap_or_default();
        let until = format!("{:.0} ({})", request.expires_at, self.status());
        page.fields(&[
            ("from", Tone::Plain, evidence.from_field.clone()),
            ("requester", Tone::Plain, who),
            ("subject", Tone::Plain, request.subject.clone()),
            ("region", Tone::Plain, region),
            ("accounts", Tone::Plain, self.accounts()),
            ("usable until", Tone::Plain, until),
        ]);
        if let Some((by, since)) = &standing.open_by {
            let text = format!("{by} has had this request open since {since:.0}.");
            page.line(Tone::Bad, &text);
        }
        words::show(page, &self.card, self.verbose);
        if let Some(answer) = &self.card.answer {
            page.gap();
            page.line(answer_tone(answer), &answer_line(answer));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_why_a_proven_answer_confirms_nothing() {
        for (no_yes, told) in [
            (Some(NoYes::Missing), "doesn't say JA and the code"),
            (Some(NoYes::NoText), "has no plain text"),
            (
                Some(NoYes::TakenBack("Dit was ik niet.".into())),
                "takes that back: `Dit was ik niet.`",
            ),
            (None, "not with the open code"),
        ] {
            let answer = AnswerCard {
                at: Timestamp::from_seconds(0),
                proven: true,
                undecided: false,
                confirms: false,
                text: String::new(),
                no_yes,
            };
            let line = answer_line(&answer);
            assert!(line.contains(told), "{line}");
        }
    }
}
