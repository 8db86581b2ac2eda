//! `balie outbox send`

use std::sync::atomic::Ordering;

use serde_json::{Map, Value};

use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::interrupts::Interrupts;
use crate::cli::shell::session::{Session, where_to_set};
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::mail::{Pace, SendReport, Sender};
use crate::mail::Smtp;

pub(super) async fn run(session: Session<'_>) -> Outcome {
    let smtp = &session.config.smtp;
    let missing = |key: &str| Failure {
        hint: where_to_set(session.in_force(), &format!("smtp.{key}")),
        ..Failure::input_required(&format!("`[smtp] {key}`"), "it")
    };
    let url = smtp.url.clone().ok_or_else(|| missing("url"))?;
    let from = smtp.from.clone().ok_or_else(|| missing("from"))?;
    let login = session.mail_login().of_smtp(smtp)?;
    let server = Smtp::new(&url, login)
        .and_then(|server| server.greeting_as(smtp.ehlo.as_deref(), &from))
        .map_err(|error| {
            Failure::invalid(
                told(&error.to_string()),
                where_to_set(session.in_force(), "smtp.url"),
            )
        })?;
    server.has_token().await?;
    let clock = session.clock;
    let name = smtp.from_name.clone();
    let (mut desk, mut out, _) = session.open().await?;
    let sender = Sender {
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
        out.say(&said!(
            "Mails with a code wait: {message} [{code}]; {hint}",
            message = failure.message,
            code = failure.code,
            hint = failure.hint
        ));
    }
    let left = report.failed > 0 || report.codes_wait_for.is_some();
    if let Some(error) = &report.last_error {
        let then = match report.given_up {
            0 => said!("what wasn't taken is tried again later"),
            1 => said!("a mail is given up: see `balie outbox list`, and phone its reader"),
            many => said!(
                "{many} mails are given up: see `balie outbox list`, and phone their readers",
                many = many
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
        let text = said!(
            "{sent} sent, {failed} not taken.",
            sent = self.0.sent,
            failed = self.0.failed
        );
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
