//! What `--dry-run` can't show: a step that has no half. It is refused, and never done all the same.

use crate::cli::{Command, Failure};
use crate::cli::{account, audit, bulk, case, enroll, mailbox, outbox, place, portal, recovery};
use crate::cli::{operator, receipt, request, requester, service, settings, totp};

/// Refuses to rehearse a command that changes something and knows no rehearsal.
pub(in crate::cli) fn refuse_if_impossible(command: &Command) -> Result<(), Failure> {
    match why_impossible(command) {
        Some(why) => Err(Failure::invalid(
            format!("this can't be rehearsed: {why}"),
            "don't pass --dry-run",
        )),
        None => Ok(()),
    }
}

/// Each command stands here by name: a new one has to say on which side it is.
#[expect(
    clippy::match_same_arms,
    reason = "what only reads and what rehearses stand for themselves"
)]
const fn why_impossible(command: &Command) -> Option<&'static str> {
    let one_step = Some("it's a single step");
    let only_files = Some("it changes nothing but the file that it writes");
    match command {
        Command::Init(_) => Some("what it makes is all there is to see"),
        Command::Login(_) | Command::Logout(_) => Some("a session exists or it doesn't"),
        Command::Operator(
            operator::Verb::Add { .. }
            | operator::Verb::Disable { .. }
            | operator::Verb::Enable { .. }
            | operator::Verb::Role { .. }
            | operator::Verb::ResetPassword { .. },
        ) => one_step,
        Command::Operator(operator::Verb::Token(verb)) if verb.changes() => one_step,
        Command::Service(service::Verb::Add { .. }) => one_step,
        Command::Request(request::Verb::Receive(_))
        | Command::Mailbox(mailbox::Verb::Fetch { .. }) => {
            Some("a mail that is looked at is kept, whatever its verdict")
        }
        Command::Request(request::Verb::Reverify(args)) if !args.offline => {
            Some("what DNS says now is kept; with --offline nothing is")
        }
        Command::Request(request::Verb::Confirm(_))
        | Command::Enroll(enroll::Verb::Confirm(_))
        | Command::Totp(totp::Verb::Check { .. })
        | Command::Portal(portal::Verb::Login { .. }) => Some("each try of a code counts"),
        Command::Reset(args) if args.break_glass => one_step,
        Command::Bulk(bulk::Verb::Cancel(_))
        | Command::Case(case::Verb::Cancel { .. })
        | Command::Portal(portal::Verb::Password { .. }) => one_step,
        Command::Audit(audit::Verb::Checkpoint(_) | audit::Verb::Export(_))
        | Command::Mailbox(mailbox::Verb::Quarantine { eml: Some(_), .. })
        | Command::Man { .. } => only_files,
        Command::Audit(audit::Verb::Enrollments(args)) if args.html.is_some() => only_files,
        Command::Region(place::RegionVerb::List { html: Some(_), .. }) => only_files,
        Command::Request(request::Verb::Show(args)) if args.eml.is_some() => only_files,
        Command::Outbox(outbox::Verb::Send) => Some("`balie outbox list` shows what is due"),
        // They only read.
        Command::Demo(_)
        | Command::Desk(_)
        | Command::Doctor
        | Command::Whoami
        | Command::Operator(
            operator::Verb::List | operator::Verb::Show { .. } | operator::Verb::Token(_),
        )
        | Command::Find(_)
        | Command::Account(
            account::Verb::Find(_)
            | account::Verb::Show { .. }
            | account::Verb::Shared { .. }
            | account::Verb::History { .. },
        )
        | Command::Region(place::RegionVerb::List { .. } | place::RegionVerb::Show { .. })
        | Command::Org(
            place::OrganisationVerb::List { .. } | place::OrganisationVerb::Show { .. },
        )
        | Command::Requester(requester::Verb::List { .. } | requester::Verb::Show { .. })
        | Command::Request(request::Verb::List(_) | request::Verb::Show(_))
        | Command::Mailbox(mailbox::Verb::Quarantine { .. })
        | Command::Bulk(bulk::Verb::List(_) | bulk::Verb::Show(_))
        | Command::Case(case::Verb::List { .. } | case::Verb::Show { .. })
        | Command::Receipt(receipt::Verb::Show { .. } | receipt::Verb::Verify { .. })
        | Command::Audit(
            audit::Verb::Enrollments(_)
            | audit::Verb::Mail(_)
            | audit::Verb::Log(_)
            | audit::Verb::Verify(_),
        )
        | Command::Answer(_)
        | Command::Completions { .. }
        | Command::Schema(_)
        | Command::Settings(settings::Verb::List)
        | Command::Outbox(outbox::Verb::List { .. } | outbox::Verb::Show { .. }) => None,
        // They rehearse.
        Command::Account(
            account::Verb::Add(_) | account::Verb::Block(_) | account::Verb::Unblock(_),
        )
        | Command::Region(place::RegionVerb::Add(_))
        | Command::Org(place::OrganisationVerb::Add(_))
        | Command::Requester(
            requester::Verb::Add(_) | requester::Verb::End(_) | requester::Verb::Review(_),
        )
        | Command::Request(
            request::Verb::Approve(_)
            | request::Verb::Assign(_)
            | request::Verb::Challenge(_)
            | request::Verb::Reject(_)
            | request::Verb::Close(_)
            | request::Verb::Reverify(_),
        )
        | Command::Reset(_)
        | Command::Recovery(recovery::Verb::Reissue(_))
        | Command::Undo(_)
        | Command::Pending(_)
        | Command::Bulk(bulk::Verb::Plan(_) | bulk::Verb::Approve(_) | bulk::Verb::Apply(_))
        | Command::Case(case::Verb::Complete { .. })
        | Command::Audit(audit::Verb::Prune(_))
        | Command::Settings(settings::Verb::Set { .. } | settings::Verb::Import { .. })
        | Command::Key(_)
        | Command::Enroll(enroll::Verb::Begin(_) | enroll::Verb::Import(_))
        | Command::Totp(totp::Verb::Unlock { .. })
        | Command::Directory(_) => None,
    }
}
