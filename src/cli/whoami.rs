//! `balie whoami`

use serde_json::{Map, Value, json};

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Via;
use crate::desk::operator::WhoAmI;

/// Who is at work, and until when
#[derive(Debug, clap::Args)]
pub(super) struct WhoAmIArgs {}

impl verb::Verb for WhoAmIArgs {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }
}

pub(super) async fn whoami(session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let who = desk::operator::who_am_i(&mut desk).await?;
    if who.via == Via::System {
        out.say(&told(OPEN));
    }
    show(&mut out, &WhoView(who))
}

/// What is said of an open desk, and how to close it.
pub(super) const OPEN: &str = noted!(
    "This desk is open: whoever uses this system account works without login. \
    Close it with `balie operator reset-password LOGIN`."
);

pub(super) struct WhoView(WhoAmI);

impl View for WhoView {
    fn schema(&self) -> &'static str {
        "balie.whoami/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let who = &self.0;
        let (by, since, until) = match &who.via {
            Via::System => ("system", None, None),
            Via::Session {
                started_at, until, ..
            } => ("session", Some(started_at), Some(until)),
            Via::Token { until, .. } => ("token", None, Some(until)),
        };
        let fields = json!({
            "login": who.login,
            "role": who.role,
            "job": who.job,
            "regions": who.regions,
            "by": by,
            "since": since,
            "until": until,
            "desk": if who.via == Via::System { "open" } else { "closed" },
            "ignored": who.ignored,
            "can_open": who.can_open,
            "duty": who.duty,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let who = &self.0;
        let regions = who.regions.as_ref().map_or_else(
            || said!("all"),
            |codes| {
                codes
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", ")
            },
        );
        let by = match &who.via {
            Via::System => said!("the system's word: nobody has a password yet"),
            Via::Session { until, .. } => {
                said!(
                    "a session, until {until} unless you go on working",
                    until = format!("{until:.0}")
                )
            }
            Via::Token { id, until, .. } => said!(
                "the token {id}, until {until}",
                id = id,
                until = format!("{until:.0}")
            ),
        };
        // A service does its job and nothing else, whatever role it was given.
        let at_work_as = match who.job {
            Some(job) => ("job", Tone::Plain, job.to_string()),
            None => ("role", Tone::Plain, who.role.to_string()),
        };
        page.fields(&[
            ("login", Tone::Strong, who.login.clone()),
            at_work_as,
            ("regions", Tone::Plain, regions),
            ("by", Tone::Plain, by),
            (
                "secrets",
                Tone::Plain,
                if who.can_open {
                    said!("sealed and opened here")
                } else {
                    said!("sealed here, opened elsewhere")
                },
            ),
        ]);
    }
}
