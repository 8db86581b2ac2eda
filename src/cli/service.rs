//! `balie service add`

use std::path::PathBuf;

use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::parse::life;
use super::shell::secret_file::{NewSecret, keep_or_show};
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::cli::language::{said, told};
use crate::desk;
use crate::desk::operator::ServiceOrder;
use crate::domain::operator::job::Job;
use crate::domain::operator::session::Token;
use crate::store::operator::TokenRow;

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
import `directory import`, export `audit export`, backup `backup FILE`, report `audit enrollments` and `audit mail`,
doctor `doctor`; and each `whoami`, to try its token.
It has no password. Run again for an existing service, it makes another token; `balie operator token revoke`
ends one, `balie operator disable` the service.")]
    Add {
        /// What it's called
        name: String,
        /// What it does
        #[arg(long, value_name = "JOB", value_parser = jobs())]
        job: Job,
        /// For how long its token works, such as 90d; a year at most
        #[arg(long, value_name = "TIME", default_value = "366d", value_parser = life)]
        expires: SignedDuration,
        /// Write the token to this new file, rather than showing it
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Add { .. } => Rehearsal::ONE_STEP,
        }
    }
}

/// The jobs that there are.
fn jobs() -> impl TypedValueParser<Value = Job> {
    PossibleValuesParser::new(Job::ALL.iter().map(|job| job.as_str()))
        .try_map(|text| text.parse::<Job>())
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let Verb::Add {
        name,
        job,
        expires,
        out: path,
    } = verb;
    let login = name
        .parse()
        .map_err(|error: crate::domain::operator::login::BadLogin| {
            Failure::invalid(
                told(&error.to_string()),
                said!("choose a name such as `fetcher`"),
            )
        })?;
    let (mut desk, mut out, _) = session.open().await?;
    let order = ServiceOrder {
        login,
        job,
        life: expires,
    };
    let kept = NewSecret::create(path)?;
    let made = desk::operator::add_service(&mut desk, &order).await;
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
                &said!("It's shown only now. Keep it in a file that only the timer can read (chmod 600), and name that in BALIE_TOKEN_FILE."),
            );
        }
    }
}
