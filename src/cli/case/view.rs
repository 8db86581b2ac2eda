//! A break-glass case's page, and the list of them.

use serde_json::{Map, Value, json};

use crate::cli::account::view::AccountView;
use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, View};
use crate::desk::reset::CaseCard;
use crate::domain::reset::receipt::Receipt;
use crate::domain::timestamp::Timestamp;
use crate::store::request::CaseRow;

pub(in crate::cli) fn status(case: &CaseRow, now: Timestamp) -> &'static str {
    match (case.completed_at, case.cancelled_at) {
        (Some(_), _) => noted!("completed"),
        (_, Some(_)) => noted!("cancelled"),
        _ if case.expires_at <= now => noted!("expired"),
        _ => noted!("waiting"),
    }
}

pub(in crate::cli) fn fields(case: &CaseRow, now: Timestamp) -> Map<String, Value> {
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

pub(in crate::cli) struct CaseView {
    pub(in crate::cli) card: CaseCard,
    pub(in crate::cli) now: Timestamp,
    pub(in crate::cli) receipt: Option<Receipt>,
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
        page.heading(&said!("Break-glass case {id}", id = case.public_id));
        let by = said!(
            "{started_by} at {started_at}",
            started_by = case.started_by,
            started_at = format!("{:.0}", case.started_at)
        );
        page.fields(&[
            ("status", Tone::Warn, told(status(case, self.now))),
            ("reason", Tone::Plain, case.reason.clone()),
            ("started by", Tone::Plain, by),
            ("until", Tone::Plain, format!("{:.0}", case.expires_at)),
        ]);
        AccountView(&self.card.account).page(page);
        if let Some(receipt) = &self.receipt {
            page.line(Tone::Plain, &receipt.to_string());
        } else if status(case, self.now) == "waiting" {
            let text = said!(
                "Nothing is changed yet. A senior other than {started_by} completes it: balie case complete {id}",
                started_by = case.started_by,
                id = case.public_id
            );
            page.line(Tone::Warn, &text);
        }
    }
}

pub(in crate::cli) struct CasesView {
    pub(super) cases: Vec<CaseRow>,
    pub(super) now: Timestamp,
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
            page.line(Tone::Faint, &said!("There are no break-glass cases."));
            return;
        }
        table(&self.cases, self.now, page);
    }
}

/// Cases, one a line.
pub(in crate::cli) fn table(cases: &[CaseRow], now: Timestamp, page: &mut Page) {
    let row = |case: &CaseRow| {
        let status = status(case, now);
        let tone = if status == "waiting" {
            Tone::Bad
        } else {
            Tone::Plain
        };
        vec![
            (Tone::Strong, case.public_id.to_string()),
            (tone, told(status)),
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

impl CaseView {
    /// A case as it stands.
    pub(super) const fn of(card: CaseCard, now: Timestamp) -> Self {
        Self {
            card,
            now,
            receipt: None,
        }
    }
}
