//! `balie outbox list|show|send`

use std::sync::atomic::Ordering;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::interrupts::Interrupts;
use super::shell::secret_file::read_password;
use super::shell::session::{Session, where_to_set};
use super::shell::verb::{self, Interruption, Rehearsal};
use super::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::mail::{MailCard, Pace, SendReport};
use crate::mail::Smtp;
use crate::store::mail::OutboxRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// The newest mails, sent or not
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// One mail, as its reader gets it; a code that it carries isn't shown
    Show {
        /// Its Message-ID, as `balie outbox list --format json` names it
        message_id: String,
    },
    /// Send what is due, over the server of `[smtp] url`
    Send,
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Send => Rehearsal::Impossible("`balie outbox list` shows what is due"),
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
        }
    }

    /// A mail that is under way is finished: else it would go out a second time.
    fn interruption(&self) -> Interruption {
        match self {
            Self::Send => Interruption::IsHeard,
            Self::List { .. } | Self::Show { .. } => Interruption::BreaksOff,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::List { limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            let mails = desk::mail::outbox(&mut desk, limit).await?;
            show(&mut out, &ListView(mails))
        }
        Verb::Show { message_id } => {
            let (mut desk, mut out, _) = session.open().await?;
            let message_id = message_id.trim_matches(['<', '>']);
            let card = desk::mail::show_mail(&mut desk, message_id).await?;
            show(&mut out, &MailView(card))
        }
        Verb::Send => {
            let smtp = &session.config.smtp;
            let missing = |key: &str| Failure {
                hint: where_to_set(session.in_force(), &format!("smtp.{key}")),
                ..Failure::input_required(&format!("`[smtp] {key}`"), "it")
            };
            let url = smtp.url.clone().ok_or_else(|| missing("url"))?;
            let from = smtp.from.clone().ok_or_else(|| missing("from"))?;
            let password = smtp
                .password_file
                .as_deref()
                .map(read_password)
                .transpose()?;
            let server = Smtp::new(&url, password.as_ref())
                .and_then(|server| server.greeting_as(smtp.ehlo.as_deref(), &from))
                .map_err(|error| {
                    Failure::invalid(
                        error.to_string(),
                        where_to_set(session.in_force(), "smtp.url"),
                    )
                })?;
            let clock = session.clock;
            let name = smtp.from_name.clone();
            let (mut desk, mut out, _) = session.open().await?;
            let sender = desk::mail::Sender {
                from: &from,
                name: name.as_deref(),
            };
            let interrupts = Interrupts::listen();
            let pace = Pace {
                clock,
                wants_stop: &|| interrupts.stop.load(Ordering::Relaxed),
            };
            let report = tokio::select! {
                report = desk::mail::send_mails(&mut desk, server, &sender, pace) => report?,
                () = interrupts.second.notified() => return Err(Failure::interrupted()),
            };
            let is_idle = report.sent == 0 && report.failed == 0;
            let waits = report.codes_wait_for.clone();
            let waits = waits.map(|who| Failure::from(desk::Error::OnlySeals { who }));
            if let Some(failure) = waits {
                // Where others went out, what was done is told.
                if is_idle {
                    return Err(failure);
                }
                out.say(&format!(
                    "Mails with a code wait: {} [{}]; {}",
                    failure.message, failure.code, failure.hint
                ));
            }
            let left = report.failed > 0 || report.codes_wait_for.is_some();
            if let Some(error) = &report.last_error {
                let then = match report.given_up {
                    0 => "what wasn't taken is tried again later".to_owned(),
                    1 => "a mail is given up: see `balie outbox list`, and phone its reader"
                        .to_owned(),
                    many => format!(
                        "{many} mails are given up: see `balie outbox list`, and phone their readers"
                    ),
                };
                out.say(&format!("{error} [smtp_unavailable]; {then}"));
            }
            let interrupted = report.interrupted;
            show(&mut out, &SentView(report))?;
            Ok(match (interrupted, left) {
                (true, _) => Exit::Interrupted,
                (false, true) => Exit::Unreachable,
                (false, false) => Exit::Done,
            })
        }
    }
}

struct SentView(SendReport);

impl View for SentView {
    fn schema(&self) -> &'static str {
        "balie.outbox_send/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(&self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let text = format!("{} sent, {} not taken.", self.0.sent, self.0.failed);
        page.line(
            if self.0.failed == 0 {
                Tone::Good
            } else {
                Tone::Warn
            },
            &text,
        );
    }
}

struct ListView(Vec<OutboxRow>);

fn state(mail: &OutboxRow) -> &'static str {
    match (mail.sent_at, mail.failed_at) {
        (Some(_), _) => "sent",
        (None, Some(_)) => "failed",
        (None, None) => "due",
    }
}

fn row(mail: &OutboxRow) -> Map<String, Value> {
    let notice: Value = serde_json::from_str(&mail.notice).unwrap_or_default();
    let row = json!({
        "message_id": mail.message_id,
        "recipient": mail.recipient,
        "kind": notice["kind"],
        "language": mail.language,
        "state": state(mail),
        "queued_at": mail.queued_at,
        "due_at": mail.due_at,
        "attempts": mail.attempts,
        "sent_at": mail.sent_at,
        "last_error": mail.last_error,
    });
    row.as_object().cloned().unwrap_or_default()
}

struct MailView(MailCard);

impl View for MailView {
    fn schema(&self) -> &'static str {
        "balie.outbox_mail/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = row(&self.0.row);
        fields.insert("text".into(), self.0.text.clone().into());
        fields
    }

    fn page(&self, page: &mut Page) {
        let mail = &self.0.row;
        page.fields(&[
            ("to", Tone::Plain, mail.recipient.clone()),
            ("state", Tone::Strong, state(mail).to_owned()),
            ("message id", Tone::Faint, mail.message_id.clone()),
        ]);
        page.gap();
        page.prose(&self.0.text);
    }
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.outbox/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("mails".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let row = |mail: &OutboxRow| {
            vec![
                (Tone::Strong, state(mail).to_owned()),
                (Tone::Plain, mail.recipient.clone()),
                (Tone::Plain, format!("{:.0}", mail.queued_at)),
                (Tone::Plain, mail.attempts.to_string()),
                (Tone::Faint, mail.last_error.clone().unwrap_or_default()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        page.table(&["state", "to", "queued", "tries", "last error"], &rows);
    }
}
