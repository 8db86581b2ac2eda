//! `balie case`: break-glass, started by `balie reset --break-glass`

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::account::AccountView;
use super::output::{Out, Page, Tone, View};
use super::reset::show_earlier;
use super::shell::session::Session;
use super::shell::take_over::TakeOver;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::reset::CaseCard;
use crate::domain::log::event::Action;
use crate::domain::request::id::RequestId;
use crate::domain::reset::receipt::Receipt;
use crate::domain::timestamp::Timestamp;
use crate::store::request::CaseRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// The newest cases
    List {
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// One case: who started it, and why
    Show {
        /// Its id, such as B-4K7Q2
        id: String,
    },
    /// Reset, as the second operator
    #[command(after_help = "\
Example:
  balie case complete B-4K7Q2

For a senior who didn't start it, within an hour, and only while the account is what the starter saw.
Holder and school are told that there was no request.")]
    Complete {
        /// Its id, such as B-4K7Q2
        id: String,
        #[command(flatten)]
        take_over: TakeOver,
    },
    /// Cancel it
    Cancel {
        /// Its id, such as B-4K7Q2
        id: String,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Cancel { .. } => Rehearsal::ONE_STEP,
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
            Self::Complete { .. } => Rehearsal::Shows,
        }
    }
}

fn parse(id: &str) -> Result<RequestId, Failure> {
    RequestId::typed_case(id).map_err(|_| {
        Failure::invalid(
            format!("`{id}` isn't a case id such as B-4K7Q2"),
            "see `balie case list`",
        )
    })
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::List { limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            let cases = desk::reset::cases(&mut desk, limit).await?;
            let now = desk.now;
            show(&mut out, &CasesView { cases, now })
        }
        Verb::Show { id } => {
            let id = parse(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            let card = desk::reset::show_case(&mut desk, &id).await?;
            show(&mut out, &CaseView::of(card, desk.now))
        }
        Verb::Cancel { id } => {
            let id = parse(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            out.must_go_on(&format!("Cancel {id}"))?;
            let card = desk::reset::cancel_case(&mut desk, &id).await?;
            show(&mut out, &CaseView::of(card, desk.now))
        }
        Verb::Complete { id, take_over } => {
            let id = parse(&id)?;
            let (mut desk, mut out, _) = session.open().await?;
            let now = desk.now;
            // Nobody is looked up for a call that goes no further.
            let asks = out.is_to_ask()?;
            let card = desk::reset::show_case(&mut desk, &id).await?;
            let username = card.case.username.clone();
            let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
                if asks {
                    out.show_aside(&CaseView::of(card, now));
                    show_earlier(desk, out, std::slice::from_ref(&username), None).await?;
                    out.go_on(&format!("Reset 2FA of {username} without a request"))?;
                }
                Ok(desk::reset::complete_case(desk, &id, out.dry_run).await?)
            };
            let step = (Action::BreakGlassReset, &username);
            let receipt = take_over.of_account(step, &mut desk, &mut out, act).await?;
            let card = desk::reset::show_case(&mut desk, &id).await?;
            show(&mut out, &CaseView { card, now, receipt })
        }
    }
}

fn status(case: &CaseRow, now: Timestamp) -> &'static str {
    match (case.completed_at, case.cancelled_at) {
        (Some(_), _) => "completed",
        (_, Some(_)) => "cancelled",
        _ if case.expires_at <= now => "expired",
        _ => "waiting",
    }
}

pub(super) fn fields(case: &CaseRow, now: Timestamp) -> Map<String, Value> {
    let fields = json!({
        "id": case.public_id,
        "status": status(case, now),
        "username": case.username,
        "reason": case.reason,
        "started_by": case.started_by,
        "started_at": case.started_at,
        "expires_at": case.expires_at,
        "completed_by": case.completed_by,
        "completed_at": case.completed_at,
    });
    fields.as_object().cloned().unwrap_or_default()
}

pub(super) struct CaseView {
    pub(super) card: CaseCard,
    pub(super) now: Timestamp,
    pub(super) receipt: Option<Receipt>,
}

impl CaseView {
    /// A case as it stands.
    const fn of(card: CaseCard, now: Timestamp) -> Self {
        Self {
            card,
            now,
            receipt: None,
        }
    }
}

impl View for CaseView {
    fn schema(&self) -> &'static str {
        "balie.case/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = fields(&self.card.case, self.now);
        let receipt = self.receipt.as_ref().map(ToString::to_string);
        fields.insert("receipt".into(), receipt.into());
        fields
    }

    fn page(&self, page: &mut Page) {
        let case = &self.card.case;
        page.heading(&format!("Break-glass case {}", case.public_id));
        let by = format!("{} at {:.0}", case.started_by, case.started_at);
        page.fields(&[
            ("status", Tone::Warn, status(case, self.now).to_owned()),
            ("reason", Tone::Plain, case.reason.clone()),
            ("started by", Tone::Plain, by),
            ("until", Tone::Plain, format!("{:.0}", case.expires_at)),
        ]);
        AccountView(&self.card.account).page(page);
        if let Some(receipt) = &self.receipt {
            page.line(Tone::Plain, &receipt.to_string());
        } else if status(case, self.now) == "waiting" {
            let text = format!(
                "Nothing is changed yet. A senior other than {} completes it: balie case complete {}",
                case.started_by, case.public_id
            );
            page.line(Tone::Warn, &text);
        }
    }
}

struct CasesView {
    cases: Vec<CaseRow>,
    now: Timestamp,
}

impl View for CasesView {
    fn schema(&self) -> &'static str {
        "balie.cases/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("cases".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.cases
            .iter()
            .map(|case| fields(case, self.now))
            .collect()
    }

    fn page(&self, page: &mut Page) {
        if self.cases.is_empty() {
            page.line(Tone::Faint, "There are no break-glass cases.");
            return;
        }
        table(&self.cases, self.now, page);
    }
}

/// Cases, one a line.
pub(super) fn table(cases: &[CaseRow], now: Timestamp, page: &mut Page) {
    let row = |case: &CaseRow| {
        let status = status(case, now);
        let tone = if status == "waiting" {
            Tone::Bad
        } else {
            Tone::Plain
        };
        vec![
            (Tone::Strong, case.public_id.to_string()),
            (tone, status.to_owned()),
            (Tone::Plain, case.username.to_string()),
            (Tone::Plain, case.started_by.clone()),
            (Tone::Plain, format!("{:.0}", case.started_at)),
            (Tone::Plain, case.completed_by.clone().unwrap_or_default()),
            (Tone::Plain, case.reason.clone()),
        ]
    };
    let rows: Vec<_> = cases.iter().map(row).collect();
    let heads = [
        "case",
        "status",
        "account",
        "started by",
        "at",
        "completed by",
        "reason",
    ];
    page.table(&heads, &rows);
}
