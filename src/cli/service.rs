//! `balie service add`

use std::path::PathBuf;

use clap::Subcommand;
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::operator::life;
use super::output::{Page, Tone, View};
use super::secret_file::{NewSecret, keep_or_show};
use super::session::Session;
use super::{Failure, Outcome, show};
use crate::desk::{self, ServiceOrder};
use crate::domain::job::Job;
use crate::domain::session::Token;
use crate::store::TokenRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// An account for a timer, with a token for just that job
    #[command(after_help = "\
Examples:
  balie service add fetcher --job fetch --out /etc/balie/fetch.token
  balie service add sender --job send --expires 90d --out send.token
  BALIE_TOKEN_FILE=send.token balie outbox send

fetch `mailbox fetch`, send `outbox send`, remind `pending --remind`, prune `audit prune`, checkpoint `audit checkpoint`,
import `directory import`, export `audit export`, doctor `doctor`.
It has no password. Run again for a service that is there, it makes another token; `balie operator token revoke`
ends one, `balie operator disable` the service.")]
    Add {
        /// What it's called
        name: String,
        /// What it does
        #[arg(long, value_name = "JOB")]
        job: String,
        /// For how long its token works, such as 90d; a year at most
        #[arg(long, value_name = "TIME", default_value = "366d", value_parser = life)]
        expires: SignedDuration,
        /// Write the token to this new file, rather than showing it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// Jobs whose command doesn't exist yet.
const NOT_YET: [&str; 2] = ["backup", "report"];

fn job(text: &str) -> Result<Job, Failure> {
    if NOT_YET.contains(&text) {
        return Err(Failure::invalid(
            format!("the job `{text}` isn't there yet: no command does it"),
            "see `balie service add --help` for the jobs that are",
        ));
    }
    text.parse()
        .map_err(|error: crate::domain::job::UnknownJob| {
            Failure::invalid(error.to_string(), "pass one of them with --job")
        })
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let Verb::Add {
        name,
        job: named,
        expires,
        out: path,
    } = verb;
    let job = job(&named)?;
    let login = name
        .parse()
        .map_err(|error: crate::domain::login::BadLogin| {
            Failure::invalid(error.to_string(), "see `balie service add --help`")
        })?;
    let (mut desk, mut out, _) = session.open().await?;
    let order = ServiceOrder {
        login,
        job,
        life: expires,
    };
    let kept = NewSecret::create(path)?;
    let made = desk::add_service(&mut desk, &order).await;
    let (row, shown) = keep_or_show(made, kept)?;
    show(&mut out, &ServiceView { row, job, shown })
}

struct ServiceView {
    row: TokenRow,
    job: Job,
    shown: Option<Token>,
}

impl View for ServiceView {
    fn schema(&self) -> &'static str {
        "balie.service/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "login": self.row.login,
            "job": self.job,
            "id": self.row.public_id,
            "token": self.shown.as_ref().map(Token::text),
            "expires_at": self.row.expires_at,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        page.fields(&[
            ("service", Tone::Strong, self.row.login.clone()),
            ("job", Tone::Plain, self.job.to_string()),
            ("token", Tone::Plain, self.row.public_id.clone()),
            ("until", Tone::Plain, format!("{:.0}", self.row.expires_at)),
        ]);
        if let Some(token) = &self.shown {
            page.gap();
            page.line(Tone::Strong, token.text());
            page.line(
                Tone::Warn,
                "It's shown only now. Keep it in a file that only the timer reads.",
            );
        }
    }
}
