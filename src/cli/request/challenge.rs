//! `balie request challenge`

use serde_json::{Map, Value, json};

use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{parse_plan, parse_request};
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::request::ChallengeReport;
use crate::domain::log::event::Action;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request challenge R-4K7Q2
  balie request challenge R-4K7Q2 --plan P-4K7Q2M    for a list: more than 25 accounts need one

The code goes to the requester's address on file, never in answer to the mail. It's valid for 24 hours
and works once. `balie request confirm` takes it; so does a new mail from that address whose first line is
JA or YES and the code.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// For the accounts of this plan, which the mail counts by school
    #[arg(long, value_name = "PLAN", add = completing::plans())]
    plan: Option<String>,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let plan = args.plan.as_deref().map(parse_plan).transpose()?;
    let (mut desk, mut out, _) = session.open().await?;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        Ok(desk::request::challenge(desk, &id, plan.as_ref(), out.dry_run).await?)
    };
    let step = (Action::RequestChallenge, &id);
    let report = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    let dry_run = out.dry_run;
    show(&mut out, &ChallengeView { report, dry_run })
}

struct ChallengeView {
    report: ChallengeReport,
    dry_run: bool,
}

impl View for ChallengeView {
    fn schema(&self) -> &'static str {
        "balie.challenge/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "request": self.report.request,
            "sent_to": self.report.sent_to,
            "name": self.report.name,
            "expires_at": self.report.expires_at,
            "dry_run": self.dry_run,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let ChallengeReport {
            request,
            sent_to,
            name,
            expires_at,
        } = &self.report;
        if self.dry_run {
            page.line(
                Tone::Warn,
                &said!(
                    "A code would go to {name}, {sent_to}.",
                    name = name,
                    sent_to = sent_to
                ),
            );
            return;
        }
        page.line(
            Tone::Good,
            &said!(
                "A code goes to {name}, {sent_to}.",
                name = name,
                sent_to = sent_to
            ),
        );
        page.prose(&said!("It works once, until {expires_at}. It goes with the next `balie outbox send` (a timer, a senior or an \
             admin). Let the requester read it out, and never tell what it should be:", expires_at = format!("{expires_at:.0}")));
        page.line(Tone::Strong, &format!("  balie request confirm {request}"));
    }
}
