//! `balie audit mail`

use serde_json::{Map, Value, json};

use super::filter::when;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{organisation_code, region_code};
use crate::cli::shell::session::Session;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::audit::{DomainMails, MailAudit, MailOrder};
use crate::domain::request::judge::Mender;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit mail
  balie audit mail --since 30d --region utrecht
  balie audit mail --org brd-vecht --format csv

Only mails of people on file are counted, and nobody is named. What to switch on at which provider:
docs/requests.md.")]
pub(in crate::cli) struct Args {
    /// Only from then on: 2026-10-01, 2026-10-01T08:00:00Z, or 30m, 24h, 7d ago
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Only before then, or to the end of that day
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
    /// Only mails of requesters of this organisation, or below it
    #[arg(long, value_name = "CODE", add = completing::organisations())]
    org: Option<String>,
    /// Only mails of requesters in this region
    #[arg(long, value_name = "CODE", add = completing::regions())]
    region: Option<String>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let time =
        |text: Option<String>, days| text.map(|text| when(&text, desk.now, days)).transpose();
    let order = MailOrder {
        since: time(args.since, 0)?,
        until: time(args.until, 1)?,
        organisation: args.org.as_deref().map(organisation_code).transpose()?,
        region: args.region.as_deref().map(region_code).transpose()?,
    };
    let audit = desk::audit::audit_mail(&mut desk, &order).await?;
    show(&mut out, &MailView(audit))
}

struct MailView(MailAudit);

fn row(mails: &DomainMails) -> Map<String, Value> {
    let counts = mails.counts;
    let row = json!({
        "organisation": mails.organisation,
        "name": mails.name,
        "domain": mails.domain,
        "mails": counts.mails,
        "verified": counts.verified,
        "challenge": counts.challenge,
        "rejected": counts.rejected,
        "missing": mails.missing,
    });
    row.as_object().cloned().unwrap_or_default()
}

fn mender(who: Mender) -> String {
    match who {
        Mender::Director => said!("the director"),
        Mender::Administrator => said!("the school's administrator"),
        Mender::Desk => said!("the desk"),
    }
}

impl MailView {
    fn beside(&self, page: &mut Page) {
        let mails = |count: u64| match count {
            1 => said!("1 mail"),
            count => said!("{count} mails", count = count),
        };
        let strangers = self.0.strangers.and_then(|count| u64::try_from(count).ok());
        if let Some(count) = strangers.filter(|count| *count > 0) {
            let text = said!(
                "{mails} of senders who aren't on file",
                mails = mails(count)
            );
            page.note("Not counted", &text);
        }
        if self.0.erased > 0 {
            let text = said!(
                "{erased} older than mails are kept",
                erased = mails(self.0.erased)
            );
            page.note("Not counted", &text);
        }
    }
}

impl View for MailView {
    fn schema(&self) -> &'static str {
        "balie.audit_mail/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let audit = &self.0;
        let rows: Vec<_> = audit.rows.iter().map(row).collect();
        let fields = json!({
            "since": audit.since,
            "until": audit.until,
            "rows": rows,
            "strangers": audit.strangers,
            "erased": audit.erased,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.0.rows.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let rows = &self.0.rows;
        if rows.is_empty() {
            page.line(Tone::Plain, &said!("No mail came in from anybody on file."));
            return self.beside(page);
        }
        let number = |tone, count: u64| {
            let tone = if count == 0 { Tone::Faint } else { tone };
            (tone, count.to_string())
        };
        let counted: Vec<_> = rows
            .iter()
            .map(|row| {
                vec![
                    (Tone::Strong, row.name.clone()),
                    (Tone::Plain, row.domain.clone()),
                    number(Tone::Plain, row.counts.mails),
                    number(Tone::Good, row.counts.verified),
                    number(Tone::Warn, row.counts.challenge),
                    number(Tone::Bad, row.counts.rejected),
                ]
            })
            .collect();
        let heads = [
            "board",
            "domain",
            "mails",
            "verified",
            "challenge",
            "rejected",
        ];
        page.table_of_numbers(&heads, &counted);
        let missing: Vec<_> = rows
            .iter()
            .flat_map(|row| row.missing.iter().map(move |missing| (row, missing)))
            .map(|(row, missing)| {
                let how = format!("{}: {}", mender(missing.who), told(&missing.what));
                vec![
                    (Tone::Warn, missing.mails.to_string()),
                    (Tone::Strong, row.domain.clone()),
                    (Tone::Plain, how),
                ]
            })
            .collect();
        if !missing.is_empty() {
            page.gap();
            page.heading(&said!(
                "What keeps mails from being proven, and who can fix it"
            ));
            page.list(&missing);
        }
        self.beside(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::request::judge::Condition;
    use crate::domain::request::mail_audit::{MailCounts, Missing};
    use crate::domain::timestamp::Timestamp;

    #[test]
    fn it_fits_terminals_of_80_and_60_columns() {
        let missing = |who, what: &str| Missing {
            condition: Condition::Own,
            mails: 12_345,
            who,
            what: what.into(),
        };
        let view = MailView(MailAudit {
            since: None,
            until: Timestamp::from_seconds(0),
            rows: vec![DomainMails {
                organisation: "brd-vecht".parse().unwrap(),
                name: "Stichting voor openbaar onderwijs De Vecht en omstreken".into(),
                domain: "openbaaronderwijsdevecht.nl".into(),
                counts: MailCounts {
                    mails: 99_999,
                    verified: 33_333,
                    challenge: 33_333,
                    rejected: 33_333,
                },
                missing: vec![
                    missing(
                        Mender::Administrator,
                        "turn on DKIM with the school's own domain openbaaronderwijsdevecht.nl at Microsoft 365 (two CNAME records)",
                    ),
                    missing(
                        Mender::Director,
                        "write the desk's address into the mail: first line `Aan: utrecht@otservicedesk.nl`",
                    ),
                ],
            }],
            strangers: Some(1),
            erased: 2,
        });
        for width in [60, 80, 120] {
            let mut page = Page::new(Some(width), false);
            view.page(&mut page);
            let text = page.finish();
            let widest = text.lines().map(console::measure_text_width).max();
            assert!(widest <= Some(width.into()), "{width}\n{text}");
            assert!(
                text.contains("99999") && text.contains("1 mail of"),
                "{text}"
            );
        }
    }
}
