//! `balie mailbox authorise`: the consent of the mailbox's user, on another device.

use serde_json::{Map, Value, json};

use crate::cli::language::said;
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::mail::Consent;

pub(super) const EXAMPLES: &str = "\
Examples:
  balie mailbox authorise

It's for `flow = \"device_code\"` in `[imap]` and `[smtp]` (see docs/mailbox.md): it shows an address and a code. The
mailbox's user opens that address on any device, logs in there and types the code. What comes of it is kept on this machine,
for the account that runs balie, and renewed by itself. On a closed desk it's for an admin.";

pub(super) async fn run(session: Session<'_>) -> Outcome {
    let login = session.mail_login();
    let (mut desk, mut out, config) = session.open().await?;
    desk::mail::may_authorise(&mut desk).await?;
    let asked = login.by_consent(&config)?;
    if asked.is_empty() {
        return Err(Failure::invalid(
            said!("neither `[imap]` nor `[smtp]` has flow = \"device_code\""),
            said!("with another flow nobody has to consent here: see docs/mailbox.md"),
        ));
    }
    let mut sections = Vec::new();
    for one in asked {
        let user = one.user.clone();
        let tell = &mut |consent: &Consent| {
            let text = said!(
                "As {user}, open {url} and type {code} there; you have {minutes} minutes.",
                user = user,
                url = consent.url,
                code = consent.code,
                minutes = consent.minutes
            );
            // It's what the command is about: `-q` doesn't keep it back.
            let mut page = out.page();
            page.line(Tone::Strong, &text);
            out.tell(page);
        };
        one.tokens.authorise(tell).await?;
        desk::mail::authorised(&mut desk, &one.sections, &user).await?;
        sections.extend(one.sections);
    }
    show(&mut out, &AuthorisedView(sections))
}

struct AuthorisedView(Vec<&'static str>);

impl View for AuthorisedView {
    fn schema(&self) -> &'static str {
        "balie.authorised/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("sections".into(), json!(self.0));
        fields
    }

    fn page(&self, page: &mut Page) {
        let servers = match self.0.as_slice() {
            ["imap"] => said!("read the mailbox"),
            ["smtp"] => said!("send from it"),
            _ => said!("read the mailbox and send from it"),
        };
        let text = said!("Balie may {servers} from now on.", servers = servers);
        page.line(Tone::Good, &text);
        page.line(Tone::Plain, &said!("See that it works: `balie doctor`."));
    }
}
