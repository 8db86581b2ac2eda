//! Mails that were made due, or called off.

use serde_json::{Map, Value};

use super::list::{row, state, what_for};
use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::desk::mail::Changed;

/// The mails, and what became of them.
pub(super) struct ChangedView {
    pub(super) schema: &'static str,
    pub(super) changed: Changed,
    pub(super) dry_run: bool,
}

impl View for ChangedView {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        let mut fields = Map::new();
        fields.insert("mails".into(), Value::Array(rows));
        fields.insert("without_code".into(), self.changed.without_code.into());
        fields.insert("dry_run".into(), self.dry_run.into());
        fields
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.changed.mails.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        for mail in &self.changed.mails {
            let text = format!("{}  {}  {}", state(mail), mail.recipient, what_for(mail));
            page.line(Tone::Plain, &text);
        }
        if self.changed.mails.is_empty() {
            page.line(
                Tone::Plain,
                &said!("No mail that was given up can be tried again."),
            );
        }
        if self.changed.without_code > 0 {
            let text = said!(
                "{number} more stay as they are: the codes that they carried are erased. Send new codes, and cancel these.",
                number = self.changed.without_code
            );
            page.line(Tone::Warn, &text);
        }
    }
}

/// The Message-IDs as they're kept, without the brackets that they're often copied with.
pub(super) fn plain(message_ids: &[String]) -> Vec<String> {
    let plain = |id: &String| id.trim_matches(['<', '>']).to_owned();
    message_ids.iter().map(plain).collect()
}
