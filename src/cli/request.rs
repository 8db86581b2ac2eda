//! `balie request receive|list|show`

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::account::parse_username;
use super::output::{Page, Tone, View};
use super::session::Session;
use super::{Exit, Failure, Outcome, show};
use crate::desk::{self, RequestCard};
use crate::domain::request_id::RequestId;
use crate::domain::timestamp::Timestamp;
use crate::mail::Dns;
use crate::store::RequestRow;

/// One byte more than the largest mail: what is longer is refused without being read to its end.
const MOST: u64 = 25 * 1024 * 1024 + 1;

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Take a mail in, check it, and give the verdict
    #[command(after_help = "\
Examples:
  balie request receive mail.eml --account j.jansen
  balie request receive - --account j.jansen < mail.eml

The verdict is verified, challenge or rejected; the exit code is 0 for each, and 7 when DNS couldn't
be reached.")]
    Receive {
        /// The mail as it came in (.eml), or - for standard input
        #[arg(value_name = "FILE|-")]
        file: Option<PathBuf>,
        /// An account that it is for; once for each
        #[arg(long = "account", value_name = "USERNAME")]
        accounts: Vec<String>,
    },
    /// The newest requests
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// One request: who asks, for whom, and why the verdict is what it is
    Show {
        /// Its id, such as R-4K7Q2
        id: String,
    },
}

pub(super) async fn run(verb: Verb, mut session: Session<'_>) -> Outcome {
    match verb {
        Verb::Receive { file, accounts } => {
            let file = match file {
                Some(file) => file,
                None => session.out.ask("The mail (.eml)", "FILE")?.into(),
            };
            let usernames = accounts
                .iter()
                .map(|text| parse_username(text))
                .collect::<Result<Vec<_>, _>>()?;
            let raw = read_mail(&file, &mut session)?;
            let dns = Dns::new(session.config.dns.server.as_deref()).map_err(|error| {
                Failure::invalid(error.to_string(), "mend `[dns] server` in the config")
            })?;
            let (mut desk, mut out, _) = session.open().await?;
            let card = desk::receive(&mut desk, &dns, &raw, &usernames).await?;
            if card.again {
                out.say("This very mail came in before; nothing was changed.");
            }
            let now = desk.now;
            let undecided = card.undecided;
            let done = show(&mut out, &RequestView { card, now })?;
            if undecided {
                out.say("DNS couldn't be reached, so not everything is decided [dns_unavailable]");
                return Ok(Exit::Unreachable);
            }
            Ok(done)
        }
        Verb::List { limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            let requests = desk::requests(&mut desk, limit).await?;
            let now = desk.now;
            show(&mut out, &ListView { requests, now })
        }
        Verb::Show { id } => {
            let id = parse_request(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            let card = desk::show_request(&mut desk, &id).await?;
            let now = desk.now;
            show(&mut out, &RequestView { card, now })
        }
    }
}

pub(super) fn parse_request(text: &str) -> Result<RequestId, Failure> {
    text.parse()
        .map_err(|error: crate::domain::request_id::BadRequestId| {
            Failure::invalid(error.to_string(), "see `balie request list`")
        })
}

fn read_mail(file: &std::path::Path, session: &mut Session<'_>) -> Result<Vec<u8>, Failure> {
    let mut raw = Vec::new();
    if file.as_os_str() == "-" {
        session.stdin.take(MOST).read_to_end(&mut raw)?;
        return Ok(raw);
    }
    let unreadable = |error: std::io::Error| {
        let message = format!("{} can't be read: {error}", file.display());
        Failure::invalid(message, "pass the mail's file, or - for standard input")
    };
    let input = File::open(file).map_err(unreadable)?;
    input.take(MOST).read_to_end(&mut raw).map_err(unreadable)?;
    Ok(raw)
}

fn status(request: &RequestRow, now: Timestamp) -> &'static str {
    match request.verdict.as_str() {
        "rejected" => "rejected",
        _ if request.expires_at <= now => "expired",
        "verified" => "ready",
        _ => "waiting",
    }
}

fn tone(verdict: &str) -> Tone {
    match verdict {
        "verified" | "pass" => Tone::Good,
        "rejected" | "fail" => Tone::Bad,
        _ => Tone::Warn,
    }
}

struct RequestView {
    card: RequestCard,
    now: Timestamp,
}

impl RequestView {
    fn status(&self) -> &'static str {
        let all_used = !self.card.accounts.is_empty()
            && self
                .card
                .accounts
                .iter()
                .all(|account| account.used_at.is_some());
        if all_used {
            "used"
        } else {
            status(&self.card.request, self.now)
        }
    }
}

impl View for RequestView {
    fn schema(&self) -> &'static str {
        "balie.request/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let RequestCard {
            request,
            evidence,
            requester,
            checks,
            accounts,
            again,
            ..
        } = &self.card;
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
            "accounts": accounts.iter().map(|account| json!({
                "username": account.username,
                "covered": account.covered == 1,
                "used_at": account.used_at,
            })).collect::<Vec<_>>(),
            "checks": checks.iter().map(|check| json!({
                "name": check.name,
                "result": check.result,
                "detail": check.detail,
            })).collect::<Vec<_>>(),
            "expires_at": request.expires_at,
            "received_at": request.received_at,
            "received_by": request.received_by,
            "received_before": again,
            "from": request.from_address,
            "subject": request.subject,
            "message_id": evidence.message_id,
            "sent_at": evidence.date,
            "rule_version": request.rule_version,
            "html_differs": evidence.html_differs,
            "text": evidence.text,
            "dns": evidence.dns,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let RequestCard {
            request,
            evidence,
            requester,
            checks,
            accounts,
            ..
        } = &self.card;
        page.heading(&format!("Request {}", request.public_id));
        let who = requester.as_ref().map_or("nobody on file".to_owned(), |r| {
            format!("{}, {} at {}", r.name, r.capacity, r.organisation_name)
        });
        let named: Vec<_> = accounts
            .iter()
            .map(|a| match (a.covered, a.used_at) {
                (_, Some(at)) => format!("{} (used {at:.0})", a.username),
                (1, None) => a.username.to_string(),
                _ => format!("{} (not covered)", a.username),
            })
            .collect();
        let named = if named.is_empty() {
            "none named".to_owned()
        } else {
            named.join(", ")
        };
        page.fields(&[
            ("verdict", tone(&request.verdict), request.verdict.clone()),
            ("status", Tone::Plain, self.status().to_owned()),
            ("from", Tone::Plain, evidence.from_field.clone()),
            ("requester", Tone::Plain, who),
            ("subject", Tone::Plain, request.subject.clone()),
            (
                "region",
                Tone::Plain,
                request.region.clone().unwrap_or_default(),
            ),
            ("accounts", Tone::Plain, named),
            (
                "usable until",
                Tone::Plain,
                format!("{:.0}", request.expires_at),
            ),
        ]);
        page.gap();
        let rows: Vec<_> = checks
            .iter()
            .map(|check| {
                vec![
                    (Tone::Plain, check.name.clone()),
                    (tone(&check.result), check.result.clone()),
                    (Tone::Plain, check.detail.clone()),
                ]
            })
            .collect();
        page.table(&["check", "result", "why"], &rows);
        if evidence.html_differs {
            page.line(
                Tone::Warn,
                "The HTML part says something else than the text part.",
            );
        }
    }
}

struct ListView {
    requests: Vec<RequestRow>,
    now: Timestamp,
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.requests/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("requests".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |request: &RequestRow| {
            let row = json!({
                "id": request.public_id,
                "status": status(request, self.now),
                "verdict": request.verdict,
                "region": request.region,
                "from": request.from_address,
                "subject": request.subject,
                "received_at": request.received_at,
                "expires_at": request.expires_at,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.requests.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.requests.is_empty() {
            page.line(Tone::Faint, "No request has come in yet.");
            return;
        }
        let row = |request: &RequestRow| {
            vec![
                (Tone::Strong, request.public_id.to_string()),
                (tone(&request.verdict), request.verdict.clone()),
                (Tone::Plain, status(request, self.now).to_owned()),
                (
                    Tone::Plain,
                    request.from_address.clone().unwrap_or_default(),
                ),
                (Tone::Plain, request.subject.clone()),
            ]
        };
        let rows: Vec<_> = self.requests.iter().map(row).collect();
        page.table(&["request", "verdict", "status", "from", "subject"], &rows);
    }
}
