//! A plan's page.

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};

use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::desk::bulk::PlanCard;
use crate::domain::bulk::plan::RowFault;
use crate::domain::bulk::work::PlanWork;
use crate::domain::reset::approval::Approval;
use crate::domain::timestamp::Timestamp;
use crate::store::bulk::PlanRow;

pub(in crate::cli) fn hash(plan: &PlanRow) -> String {
    plan.hash()
        .map(|hash| HEXLOWER.encode(&hash))
        .unwrap_or_default()
}

/// A plan's fields, the same wherever it is shown.
pub(in crate::cli) fn plan_fields(plan: &PlanRow, now: Timestamp) -> Map<String, Value> {
    let work = plan.work().ok();
    let fields = json!({
        "id": plan.public_id,
        "hash": hash(plan),
        "action": plan.action,
        "delivery": work.as_ref().and_then(PlanWork::delivery),
        "recipient": work.as_ref().and_then(PlanWork::recipient),
        "request": plan.request,
        "state": plan.state(now),
        "rows": plan.total,
        "ready": plan.ready,
        "refused": plan.total - plan.ready,
        "done": plan.done,
        "not_done": plan.not_done,
        "left": plan.left(),
        "made_at": plan.made_at,
        "made_by": plan.made_by,
        "begun_at": plan.begun_at,
        "finished_at": plan.finished_at,
        "cancelled_at": plan.cancelled_at,
    });
    fields.as_object().cloned().unwrap_or_default()
}

/// A plan as a page and as a document.
pub(in crate::cli) struct PlanView<'v> {
    pub(super) card: &'v PlanCard,
    pub(super) now: Timestamp,
    /// The command to type next.
    pub(super) next: Option<String>,
}

impl View for PlanView<'_> {
    fn schema(&self) -> &'static str {
        "balie.plan/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = plan_fields(&self.card.plan, self.now);
        let reason = |(code, rows): &(String, i64)| json!({ "code": code, "rows": rows });
        let reasons = self.card.faults.iter().map(reason).collect();
        fields.insert("reasons".into(), Value::Array(reasons));
        let approval = self.card.approval.as_ref();
        fields.insert("needs_approval".into(), self.card.needs_approval.into());
        fields.insert("approved_by".into(), json!(approval.map(|a| &a.by)));
        fields.insert(
            "approved_until".into(),
            json!(approval.map(Approval::valid_until)),
        );
        fields
    }

    fn page(&self, page: &mut Page) {
        let plan = &self.card.plan;
        page.heading(&format!(
            "{} · {} · {}",
            plan.public_id,
            told(plan.action.as_str()),
            told(plan.state(self.now))
        ));
        let refused = plan.total - plan.ready;
        let mut fields = vec![
            ("request", Tone::Plain, plan.request.to_string()),
            (
                "made",
                Tone::Plain,
                said!(
                    "{made_at} by {made_by}",
                    made_at = format!("{:.0}", plan.made_at),
                    made_by = plan.made_by
                ),
            ),
            ("rows", Tone::Plain, plan.total.to_string()),
            ("ready", Tone::Good, plan.ready.to_string()),
        ];
        let work = plan.work().ok();
        if let Some(delivery) = work.as_ref().and_then(PlanWork::delivery) {
            let to = work.as_ref().and_then(PlanWork::recipient);
            let to = to.map(|to| said!(" to {to}", to = to)).unwrap_or_default();
            fields.insert(2, ("delivery", Tone::Strong, format!("{delivery}{to}")));
        }
        if refused > 0 {
            fields.push(("refused", Tone::Warn, refused.to_string()));
        }
        if plan.begun_at.is_some() {
            fields.push(("done", Tone::Good, plan.done.to_string()));
            if plan.not_done > 0 {
                fields.push(("not done", Tone::Warn, plan.not_done.to_string()));
            }
            fields.push(("left", Tone::Plain, plan.left().to_string()));
        }
        match &self.card.approval {
            Some(approval) => {
                let text = said!(
                    "by {by} until {valid_until}",
                    by = approval.by,
                    valid_until = format!("{:.0}", approval.valid_until())
                );
                fields.push(("approved", Tone::Good, text));
            }
            None if self.card.needs_approval && plan.left() > 0 => {
                let text = format!("balie bulk approve {}, by a senior", plan.public_id);
                fields.push(("to approve", Tone::Warn, text));
            }
            None => {}
        }
        fields.push(("hash", Tone::Faint, hash(plan)));
        page.fields(&fields);
        self.faults(page);
        if let Some(next) = &self.next {
            page.gap();
            page.line(Tone::Plain, next);
        }
    }
}

impl PlanView<'_> {
    fn faults(&self, page: &mut Page) {
        if self.card.faults.is_empty() {
            return;
        }
        page.gap();
        let sentence = |code: &str| code.parse().map_or("", RowFault::sentence).to_owned();
        for (code, rows) in &self.card.faults {
            page.line(Tone::Warn, &format!("{rows} × {code}: {}", sentence(code)));
        }
        page.gap();
        let rows: Vec<_> = self
            .card
            .first_faults
            .iter()
            .map(|row| {
                let code = row.code.clone().unwrap_or_default();
                vec![
                    (Tone::Plain, row.username.clone()),
                    (Tone::Bad, told(row.state.as_str())),
                    (Tone::Faint, code),
                ]
            })
            .collect();
        page.table(&["account", "", ""], &rows);
        let all: i64 = self.card.faults.iter().map(|(_, rows)| rows).sum();
        let shown = i64::try_from(rows.len()).unwrap_or_default();
        if all > shown {
            let id = &self.card.plan.public_id;
            page.line(
                Tone::Faint,
                &said!(
                    "… and {more} more: balie bulk show {id} --failed --format csv",
                    more = all - shown,
                    id = id
                ),
            );
        }
    }
}
