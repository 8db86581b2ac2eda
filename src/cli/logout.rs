//! `balie logout`

use crate::cli::language::said;
use crate::cli::login::A_SESSION;
use crate::cli::shell::credential;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Outcome};
use crate::desk;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie logout
  balie logout --all          on every machine")]
pub(super) struct LogoutArgs {
    /// End all your sessions, on every machine
    #[arg(long)]
    all: bool,
}

impl verb::Verb for LogoutArgs {
    fn rehearsal(&self) -> Rehearsal {
        A_SESSION
    }
}

pub(super) async fn logout(args: LogoutArgs, session: Session<'_>) -> Outcome {
    let file = session.session_file()?;
    let (mut desk, mut out, _) = session.open().await?;
    let ended = desk::operator::log_out(&mut desk, args.all).await?;
    credential::forget(&file)?;
    out.say(&said!("Logged out ({ended} session(s)).", ended = ended));
    Ok(Exit::Done)
}
