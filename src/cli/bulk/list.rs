//! `balie bulk list`

use serde_json::{Map, Value};

use super::view::plan_fields;
use crate::cli::Outcome;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::ending::show_some;
use crate::cli::shell::session::Session;
use crate::desk;
use crate::domain::timestamp::Timestamp;
use crate::store::bulk::PlanRow;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// How many at most
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u32,
}

pub(super) async fn run(args: &Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let plans = desk::bulk::plans(&mut desk, args.limit).await?;
    let now = desk.now;
    let shown = plans.len();
    show_some(&mut out, &ListView { plans, now }, shown, args.limit)
}

struct ListView {
    plans: Vec<PlanRow>,
    now: Timestamp,
}

impl View for ListView {
    fn schema(&self) -> &'static str {
        "balie.plans/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("plans".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let fields = |plan| plan_fields(plan, self.now);
        self.plans.iter().map(fields).collect()
    }

    fn page(&self, page: &mut Page) {
        let row = |plan: &PlanRow| {
            vec![
                (Tone::Strong, plan.public_id.to_string()),
                (Tone::Plain, plan.action.to_string()),
                (Tone::Plain, plan.request.to_string()),
                (Tone::Plain, told(plan.state(self.now))),
                (Tone::Plain, format!("{}/{}", plan.done, plan.ready)),
                (
                    Tone::Plain,
                    (plan.total - plan.ready + plan.not_done).to_string(),
                ),
                (
                    Tone::Faint,
                    said!(
                        "{made_at} by {made_by}",
                        made_at = format!("{:.0}", plan.made_at),
                        made_by = plan.made_by
                    ),
                ),
            ]
        };
        let rows: Vec<_> = self.plans.iter().map(row).collect();
        page.table(
            &["plan", "", "request", "state", "done", "not done", "made"],
            &rows,
        );
    }
}
