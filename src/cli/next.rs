//! `balie next`

use super::request::show::RequestView;
use super::shell::parse::parse_request;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Exit, Failure, Outcome, show};
use crate::cli::language::said;
use crate::cli::shell::completing;
use crate::desk;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie next                       the oldest request that waits, held for you for 15 minutes
  balie next --release R-4K7Q2     let it go, for a colleague

Who asks again gets the same one, until it's dealt with or let go. What waits for its requester's code isn't handed out.")]
pub(super) struct Args {
    /// Let go of a request that you hold, instead of taking one
    #[arg(long, value_name = "ID", add = completing::requests())]
    release: Option<String>,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::ONE_STEP
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let release = args.release.as_deref().map(parse_request).transpose()?;
    let (mut desk, mut out, _) = session.open().await?;
    if let Some(id) = release {
        let was_held = desk::request::release_request(&mut desk, &id).await?;
        out.say(&if was_held {
            said!("{id} is nobody's now.", id = id)
        } else {
            said!(
                "You didn't hold {id}: nothing was let go. Who does: `balie request show {id}`",
                id = id
            )
        });
        return Ok(Exit::Done);
    }
    let Some(taken) = desk::request::next_request(&mut desk).await? else {
        return Err(Failure {
            exit: 3,
            code: "nothing_waits",
            reasons: Vec::new(),
            message: said!("nothing waits for the desk that a colleague doesn't have open"),
            hint: said!("what waits for somebody else: `balie request list --waiting`"),
        });
    };
    let card = desk::request::show_request(&mut desk, &taken.id).await?;
    out.say(&said!(
        "{id} is yours until {until}; `balie next --release {id}` lets it go",
        id = taken.id,
        until = format!("{:.0}", taken.until)
    ));
    let view = RequestView::new(card, desk.now, out.verbose);
    show(&mut out, &view)
}
