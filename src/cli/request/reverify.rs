//! `balie request reverify`

use serde_json::{Map, Value, json};

use super::resolver::resolver;
use super::status::tone;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_request;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Outcome, show};
use crate::desk;
use crate::desk::request::Reverification;
use crate::domain::request::judge::RULE_VERSION;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request reverify R-4K7Q2
  balie request reverify R-4K7Q2 --offline       from the record alone, whatever DNS had left open

Everything is read from the stored mail and the stored DNS answers, and judged at the moment that the
mail came in. Exit code 8 when the record doesn't say what the mail says.")]
pub(in crate::cli) struct Args {
    /// Its id, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// Never ask DNS
    #[arg(long)]
    pub(in crate::cli) offline: bool,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let dns = if args.offline {
        None
    } else {
        Some(resolver(&session)?)
    };
    let (mut desk, mut out, _) = session.open().await?;
    let view = ReverifyView(Box::pin(desk::request::reverify(&mut desk, &id, dns.as_ref())).await?);
    let done = show(&mut out, &view)?;
    if view.0.is_tampered() {
        out.say(&said!(
            "The record isn't what the mail says: it was changed [tampered]"
        ));
        return Ok(Exit::Tampered);
    }
    if view.0.card.undecided && !args.offline {
        out.say(&said!(
            "DNS still can't be reached, so not everything is decided [dns_unavailable]"
        ));
        return Ok(Exit::Unreachable);
    }
    Ok(done)
}

struct ReverifyView(Reverification);

impl View for ReverifyView {
    fn schema(&self) -> &'static str {
        "balie.reverification/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let Reverification {
            card,
            differences,
            rules_then,
            settled,
        } = &self.0;
        let fields = json!({
            "id": card.standing.request.public_id,
            "holds": differences.is_empty(),
            "verdict": card.standing.request.verdict,
            "settled": settled,
            "undecided": card.undecided,
            "rule_version": RULE_VERSION,
            "rule_version_then": rules_then,
            "differences": differences.iter().map(|difference| json!({
                "what": difference.what,
                "then": difference.then,
                "now": difference.now,
            })).collect::<Vec<_>>(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let Reverification {
            card,
            differences,
            rules_then,
            settled,
        } = &self.0;
        let id = &card.standing.request.public_id;
        page.heading(&said!("Request {id}", id = id));
        let verdict = &card.standing.request.verdict;
        if *settled {
            page.line(
                tone(verdict.as_str()),
                &said!(
                    "DNS answered: the verdict is {verdict}",
                    verdict = told(verdict.as_str())
                ),
            );
        }
        if differences.is_empty() {
            page.line(
                Tone::Good,
                &said!("Everything on file follows from the mail and the stored answers."),
            );
            return;
        }
        if *rules_then != RULE_VERSION {
            let rules = said!(
                "Judged by rules {rules_then} then, and by rules {rules_now} now.",
                rules_then = rules_then,
                rules_now = RULE_VERSION
            );
            page.line(Tone::Warn, &rules);
        }
        let rows: Vec<_> = differences
            .iter()
            .map(|difference| {
                vec![
                    (Tone::Warn, difference.what.clone()),
                    (Tone::Plain, difference.then.clone()),
                    (Tone::Plain, difference.now.clone()),
                ]
            })
            .collect();
        page.table(&["what", "on file", "now"], &rows);
    }
}
