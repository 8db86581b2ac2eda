//! `balie account show`: the account, and what a caller asks about it.

use serde_json::{Map, Value, json};

use super::view::AccountView;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::request::age::age;
use crate::desk::account::PhoneCard;
use crate::domain::request::verdict::Verdict;
use crate::domain::timestamp::Timestamp;
use crate::store::account::{MayAskRow, OpenForRow};

pub(in crate::cli) struct PhoneView {
    pub(in crate::cli) card: PhoneCard,
    pub(in crate::cli) now: Timestamp,
}

impl View for PhoneView {
    fn schema(&self) -> &'static str {
        "balie.account/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let card = &self.card;
        let requester = |row: &MayAskRow| json!({ "name": row.name, "capacity": row.capacity, "organisation": row.organisation });
        let open = |row: &OpenForRow| json!({ "id": row.public_id, "verdict": row.verdict, "received_at": row.received_at });
        let last = card.last_reset.as_ref().map(|reset| {
            json!({
                "event": reset.seq.to_string(),
                "at": reset.at,
                "operator": reset.operator,
                "request": reset.request,
            })
        });
        let more = json!({
            "requesters": card.may_ask.iter().map(requester).collect::<Vec<_>>(),
            "last_reset": last,
            "open_requests": card.open_requests.iter().map(open).collect::<Vec<_>>(),
            "mail_bounced_at": card.bounced_at,
        });
        let mut fields = AccountView(&card.card).fields();
        fields.extend(more.as_object().cloned().unwrap_or_default());
        fields
    }

    fn page(&self, page: &mut Page) {
        let mut fields = Vec::new();
        fields.push(("last reset", Tone::Plain, self.last_reset()));
        if let Some(window) = self.window() {
            fields.push(window);
        }
        for open in &self.card.open_requests {
            fields.push(("open request", Tone::Warn, self.open(open)));
        }
        if let Some(at) = self.card.bounced_at {
            let text = said!(
                "a mail to the work address wasn't taken ({at}): see `balie outbox list`",
                at = format!("{at:.0}")
            );
            fields.push(("mail", Tone::Bad, text));
        }
        for who in &self.card.may_ask {
            fields.push(("may ask", Tone::Plain, may_ask(who)));
        }
        AccountView(&self.card.card).page_with(page, fields);
        if self.card.may_ask.is_empty() {
            page.line(
                Tone::Warn,
                &said!("Nobody on file may ask for this account."),
            );
        } else {
            page.prose_in(
                Tone::Faint,
                &said!("Who may ask isn't to be read out: let the caller name them."),
            );
        }
    }
}

impl PhoneView {
    fn last_reset(&self) -> String {
        let Some(reset) = &self.card.last_reset else {
            return said!("never");
        };
        let on = reset.request.as_ref();
        let on = on.map_or_else(String::new, |request| {
            said!(" on {request}", request = request)
        });
        let ago = age(reset.at, self.now);
        said!(
            "{ago} ago, by {operator}{on} ({at})",
            ago = ago,
            operator = reset.operator,
            on = on,
            at = format!("{:.0}", reset.at)
        )
    }

    /// How long the holder can still enroll.
    fn window(&self) -> Option<(&'static str, Tone, String)> {
        let factor =
            crate::domain::account::SecondFactor::from(self.card.card.account.enrollment());
        let until = factor.enroll_by?;
        let left = until.since(self.now).as_mins();
        Some(match left {
            ..=0 => (
                "window",
                Tone::Bad,
                said!("over: `balie pending --reopen` opens it again"),
            ),
            1..60 => ("window", Tone::Warn, said!("{left} min left", left = left)),
            _ => (
                "window",
                Tone::Good,
                said!("{left} h left", left = left / 60),
            ),
        })
    }

    fn open(&self, open: &OpenForRow) -> String {
        let state = match open.verdict {
            Verdict::Verified => said!("ready"),
            Verdict::Challenge => said!("waiting"),
            Verdict::Rejected => said!("rejected"),
        };
        format!(
            "{}, {state}, {}",
            open.public_id,
            age(open.received_at, self.now)
        )
    }
}

fn may_ask(who: &MayAskRow) -> String {
    let capacity = told(who.capacity.as_str()).replace('_', " ");
    format!("{}, {capacity}, {}", who.name, who.place)
}
