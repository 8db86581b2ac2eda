//! `balie account history`

use serde_json::{Map, Value, json};

use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::store::log::EventRow;

/// What is shown of a line of the log.
pub(in crate::cli) const EVENT_COLUMNS: &[&str] = &[
    "seq", "at", "operator", "action", "account", "request", "detail",
];

/// A value for each of [`EVENT_COLUMNS`].
pub(in crate::cli) fn event_cells(event: &EventRow) -> Vec<Value> {
    let detail = event.detail();
    let detail = detail.and_then(|(_, json)| serde_json::from_str(json).ok());
    vec![
        event.seq.to_string().into(),
        json!(event.at),
        event.operator.as_str().into(),
        event.action.as_str().into(),
        json!(event.username),
        json!(event.request),
        detail.unwrap_or(Value::Null),
    ]
}

pub(in crate::cli) struct HistoryView {
    pub(in crate::cli) schema: &'static str,
    pub(in crate::cli) events: Vec<EventRow>,
}

impl View for HistoryView {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("events".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |event: &EventRow| {
            let columns = EVENT_COLUMNS.iter().map(|column| (*column).to_owned());
            columns.zip(event_cells(event)).collect()
        };
        self.events.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.events.is_empty() {
            page.line(Tone::Faint, &said!("The log has nothing about this."));
            return;
        }
        let row = |event: &EventRow| {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let detail = event.detail().map(|(_, json)| json.to_owned());
            vec![
                (Tone::Plain, event.seq.to_string()),
                (Tone::Plain, format!("{:.0}", event.at)),
                (Tone::Plain, event.operator.clone()),
                (Tone::Strong, event.action.clone()),
                (Tone::Plain, text(&event.username)),
                (Tone::Plain, text(&event.request)),
                (
                    Tone::Faint,
                    detail.filter(|d| d != "{}").unwrap_or_default(),
                ),
            ]
        };
        let rows: Vec<_> = self.events.iter().map(row).collect();
        page.table(
            &[
                "event", "at", "operator", "action", "account", "request", "detail",
            ],
            &rows,
        );
    }
}
