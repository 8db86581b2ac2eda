//! What to do next with a request, as the command to type.

use crate::cli::language::{said, told};
use crate::desk::request::RequestCard;
use crate::domain::reset::four_eyes::needed;

/// A step: why, and what to type where there is something to type.
pub(super) struct Step {
    pub(super) why: String,
    pub(super) command: Option<String>,
}

/// The next step for a request with that status.
pub(super) fn step(card: &RequestCard, status: &str) -> Step {
    let id = &card.standing.request.public_id;
    let with = |why: &str, command: String| Step {
        why: why.to_owned(),
        command: Some(command),
    };
    let open: Vec<&str> = card
        .standing
        .reached()
        .filter(|account| account.covered && account.used_at.is_none())
        .map(|account| account.username.as_str())
        .collect();
    match status {
        "used" => Step {
            why: said!("Everything that was asked for is done."),
            command: None,
        },
        "closed" => Step {
            why: said!("A colleague closed it: it isn't a request, and nobody was mailed."),
            command: None,
        },
        "rejected" if card.standing.request.rejected_at.is_some() => Step {
            why: said!("A colleague rejected it."),
            command: None,
        },
        "rejected" if card.challenge_open && !open.is_empty() => after_challenge(card),
        "rejected" if card.challenge_open && card.standing.request.accounts == 0 => with(
            &said!(
                "The mail alone doesn't prove it, and a code to the address on file can. First name the account:"
            ),
            format!("balie request assign {id} USERNAME"),
        ),
        "rejected" if card.standing.requester.is_some() => with(
            &said!(
                "Nobody can be reset on it. Ask for a new mail, or tell the address on file that somebody tried:"
            ),
            format!("balie request reject {id} --reason \"…\""),
        ),
        "rejected" if card.evidence.from.is_none() => Step {
            why: said!(
                "Nobody can be reset on it, and nobody is answered: who wrote can't be read. A new mail with a plain sender can be taken in."
            ),
            command: None,
        },
        "rejected" => Step {
            why: said!(
                "Nobody can be reset on it, and nobody is answered: who wrote isn't on file."
            ),
            command: None,
        },
        "expired" => Step {
            why: said!("It came in too long ago. Ask the requester for a new mail."),
            command: None,
        },
        _ if card.undecided => with(
            &said!("DNS didn't answer. Once it does:"),
            format!("balie request reverify {id}"),
        ),
        _ if card.standing.request.accounts == 0 => with(
            &said!("No account is named yet. Read the mail, then:"),
            format!("balie request assign {id} USERNAME"),
        ),
        "ready" if open.is_empty() => Step {
            why: said!(
                "Nothing is left to do here: what is left of it is another desk's, or isn't covered."
            ),
            command: None,
        },
        "ready" if !card.waits_for.is_empty() => {
            let why = said!(
                "It {waits_for}:",
                waits_for = told(&needed(&card.waits_for))
            );
            with(&why, format!("balie request approve {id}"))
        }
        "ready" => with(
            &said!("It can be used:"),
            format!("balie reset {} --request {id}", open.join(" ")),
        ),
        _ => after_challenge(card),
    }
}

/// A code decides: it's to be sent, or to be given back.
fn after_challenge(card: &RequestCard) -> Step {
    let id = &card.standing.request.public_id;
    let with = |why: &str, command: String| Step {
        why: why.to_owned(),
        command: Some(command),
    };
    let unproven = card
        .answer
        .as_ref()
        .is_some_and(|answer| !answer.confirms && !answer.undecided);
    match card.challenged_until {
        Some(_) if unproven => with(
            &said!(
                "An answer came in by mail that doesn't confirm it. Phone the requester, at a number that you already have; once the code is read out:"
            ),
            format!("balie request confirm {id}"),
        ),
        Some(_) => with(
            &said!("A code was mailed to the address on file. Once the requester reads it out:"),
            format!("balie request confirm {id}"),
        ),
        None => with(
            &said!("A code to the address on file decides:"),
            format!("balie request challenge {id}"),
        ),
    }
}
