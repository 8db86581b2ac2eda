//! `balie operator token`

use std::path::PathBuf;

use clap::Subcommand;
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::offer;
use crate::cli::shell::parse::life;
use crate::cli::shell::secret_file::{NewSecret, keep_or_show};
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::operator::TokenOrder;
use crate::domain::code::RegionCode;
use crate::domain::operator::scope::Scope;
use crate::domain::operator::session::Token;
use crate::domain::timestamp::Timestamp;
use crate::store::operator::TokenRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum Verb {
    /// Make a token for a script
    #[command(after_help = "\
Examples:
  balie operator token add nightly --scope bulk:reset --region utrecht --expires 30d --out token
  BALIE_TOKEN_FILE=token balie bulk plan reset rows.csv --request R-4K7Q2

The token never does more than its operator's role. It's shown once; with --out it goes to a new file
that only you can read. One for somebody else doesn't work until that operator accepts it.")]
    Add {
        /// The operator that it works for (default: yourself)
        #[arg(add = completing::operators())]
        login: Option<String>,
        /// What for: read, log, reset, bulk:reset, bulk:reissue, request:receive, mailbox:fetch or outbox:send; once for each
        #[arg(long = "scope", value_name = "SCOPE", required = true, add = offer::scopes())]
        scopes: Vec<Scope>,
        /// Only this region; once for each (default: the operator's own)
        #[arg(long = "region", value_name = "CODE", add = completing::regions())]
        regions: Vec<RegionCode>,
        /// How long: 12h, 30d
        #[arg(long, value_name = "TIME", default_value = "30d", value_parser = life)]
        expires: SignedDuration,
        /// Write it to this new file
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Tokens, newest first
    List {
        /// Only of this operator
        #[arg(add = completing::operators())]
        login: Option<String>,
    },
    /// Accept a token that a colleague made in your name
    #[command(after_help = "Example:\n  balie operator token accept T-4K7Q2")]
    Accept {
        /// Its id, such as T-4K7Q2
        id: String,
    },
    /// Revoke a token
    Revoke {
        /// Its id, such as T-4K7Q2
        id: String,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Add { .. } | Self::Accept { .. } | Self::Revoke { .. } => Rehearsal::ONE_STEP,
            Self::List { .. } => Rehearsal::OnlyReads,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Add {
            login,
            scopes,
            regions,
            expires,
            out: file,
        } => {
            let (mut desk, mut out, _) = session.open().await?;
            let order = TokenOrder {
                login,
                scopes,
                regions,
                life: expires,
            };
            let kept = NewSecret::create(file)?;
            let made = desk::operator::add_token(&mut desk, &order).await;
            let (row, shown) = keep_or_show(made, kept)?;
            let now = desk.now;
            show(&mut out, &TokenView { row, shown, now })
        }
        Verb::List { login } => {
            let (mut desk, mut out, _) = session.open().await?;
            let rows = desk::operator::tokens(&mut desk, login.as_deref()).await?;
            let now = desk.now;
            show(&mut out, &TokensView { rows, now })
        }
        Verb::Accept { id } => {
            let (mut desk, mut out, _) = session.open().await?;
            let row = desk::operator::accept_token(&mut desk, &id.to_ascii_uppercase()).await?;
            let now = desk.now;
            let shown = None;
            show(&mut out, &TokenView { row, shown, now })
        }
        Verb::Revoke { id } => {
            let (mut desk, mut out, _) = session.open().await?;
            out.must_go_on(&said!("Revoke {id}, at once", id = id.to_ascii_uppercase()))?;
            let row = desk::operator::revoke_token(&mut desk, &id.to_ascii_uppercase()).await?;
            let now = desk.now;
            let shown = None;
            show(&mut out, &TokenView { row, shown, now })
        }
    }
}

fn status(row: &TokenRow, now: Timestamp) -> &'static str {
    match row.revoked_at {
        Some(_) => noted!("revoked"),
        None if row.expires_at <= now => noted!("expired"),
        None if row.accepted_at.is_none() => noted!("asleep"),
        None => noted!("active"),
    }
}

fn fields(row: &TokenRow, now: Timestamp) -> Map<String, Value> {
    let fields = json!({
        "id": row.public_id,
        "login": row.login,
        "scopes": row.scopes.split(' ').collect::<Vec<_>>(),
        "status": status(row, now),
        "added_by": row.added_by,
        "added_at": row.added_at,
        "accepted_at": row.accepted_at,
        "expires_at": row.expires_at,
        "last_used_at": row.last_used_at,
    });
    fields.as_object().cloned().unwrap_or_default()
}

struct TokenView {
    row: TokenRow,
    shown: Option<Token>,
    now: Timestamp,
}

impl View for TokenView {
    fn schema(&self) -> &'static str {
        "balie.token/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = fields(&self.row, self.now);
        let token = self.shown.as_ref().map(|token| token.text().to_owned());
        fields.insert("token".into(), token.into());
        fields
    }

    fn page(&self, page: &mut Page) {
        page.fields(&[
            ("token", Tone::Strong, self.row.public_id.clone()),
            ("operator", Tone::Plain, self.row.login.clone()),
            ("for", Tone::Plain, self.row.scopes.clone()),
            ("status", Tone::Plain, told(status(&self.row, self.now))),
            ("until", Tone::Plain, format!("{:.0}", self.row.expires_at)),
        ]);
        if self.row.is_asleep(self.now) {
            let Self { row, .. } = self;
            let text = said!(
                "It sleeps until {login} accepts it: `balie operator token accept {public_id}`",
                login = row.login,
                public_id = row.public_id
            );
            page.line(Tone::Warn, &text);
        }
        if let Some(token) = &self.shown {
            page.gap();
            page.line(Tone::Strong, token.text());
            page.line(
                Tone::Warn,
                &said!("It's shown only now. Keep it in a file that only the script reads."),
            );
        }
    }
}

struct TokensView {
    rows: Vec<TokenRow>,
    now: Timestamp,
}

impl View for TokensView {
    fn schema(&self) -> &'static str {
        "balie.tokens/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("tokens".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.rows.iter().map(|row| fields(row, self.now)).collect()
    }

    fn page(&self, page: &mut Page) {
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| {
                vec![
                    (Tone::Strong, row.public_id.clone()),
                    (Tone::Plain, row.login.clone()),
                    (Tone::Plain, row.scopes.clone()),
                    (Tone::Plain, told(status(row, self.now))),
                    (Tone::Plain, format!("{:.0}", row.expires_at)),
                ]
            })
            .collect();
        page.table(&["token", "operator", "for", "status", "until"], &rows);
    }
}
