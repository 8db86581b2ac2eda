//! What `--dry-run` can't show: a step that has no half. It is refused, and never done all the same.

use super::{Command, Failure, audit, bulk, case, mailbox, outbox, request};

/// Refuses to rehearse a command that changes something and knows no rehearsal.
pub(super) fn refuse_if_impossible(command: &Command) -> Result<(), Failure> {
    let why = match command {
        Command::Init(_) => "what it makes is all there is to see",
        Command::Login(_) | Command::Logout(_) => "a session is there or it isn't",
        Command::Operator(verb) if verb.changes() => "it's one step, done or not",
        Command::Request(request::Verb::Receive(_))
        | Command::Mailbox(mailbox::Verb::Fetch { .. }) => {
            "a mail that is looked at is kept, whatever its verdict"
        }
        Command::Request(request::Verb::Confirm(_)) => "each try of a code counts",
        Command::Bulk(bulk::Verb::Cancel(_)) | Command::Case(case::Verb::Cancel { .. }) => {
            "it's one step, done or not"
        }
        Command::Audit(audit::Verb::Checkpoint(_) | audit::Verb::Export(_))
        | Command::Man { .. } => "it changes nothing but the files that it writes",
        Command::Outbox(outbox::Verb::Send) => "what is due stands in `balie outbox list`",
        _ => return Ok(()),
    };
    Err(Failure::invalid(
        format!("this can't be rehearsed: {why}"),
        "leave --dry-run out",
    ))
}
