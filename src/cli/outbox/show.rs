//! `balie outbox show`

use serde_json::{Map, Value};

use super::list::{row, state, what_for};
use crate::cli::language::told;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::mail::MailCard;

pub(super) async fn run(message_id: &str, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let message_id = message_id.trim_matches(['<', '>']);
    let card = desk::mail::show_mail(&mut desk, message_id).await?;
    show(&mut out, &MailView(card))
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
            ("what for", Tone::Plain, what_for(mail)),
            ("state", Tone::Strong, told(state(mail))),
            ("message id", Tone::Faint, mail.message_id.clone()),
        ]);
        page.gap();
        page.prose(&self.0.text);
    }
}
