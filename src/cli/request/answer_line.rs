//! An answer that came in by mail to a code: what it's worth, in a line.

use crate::cli::language::said;
use crate::cli::output::Tone;
use crate::desk::request::AnswerCard;
use crate::domain::request::challenge::NoYes;

/// How much of a line is told, in characters.
const TOLD: usize = 80;

/// What it is worth.
pub(super) fn line(answer: &AnswerCard) -> String {
    let what = if answer.confirms {
        said!("it confirms the request")
    } else if answer.undecided {
        said!("DNS didn't answer, so it waits")
    } else if answer.proven {
        match &answer.no_yes {
            Some(NoYes::Missing) => {
                said!(
                    "it's proven, but doesn't say JA and the code, and nothing else, on its first line"
                )
            }
            Some(NoYes::NoText) => {
                said!(
                    "it's proven, but has no plain text, and its HTML alone confirms nothing: phone them"
                )
            }
            Some(NoYes::TakenBack(line)) => {
                let line: String = line.chars().take(TOLD).collect();
                said!(
                    "it's proven and says JA, but this line of it takes that back: `{line}`",
                    line = line
                )
            }
            None => said!("it's proven and says JA, but not with the open code"),
        }
    } else {
        said!("nothing proves who sent it, so it confirms nothing: phone them")
    };
    said!(
        "An answer came in by mail ({at}): {what}.",
        at = format!("{:.0}", answer.at),
        what = what
    )
}

/// How it is meant.
pub(super) const fn tone(answer: &AnswerCard) -> Tone {
    if answer.confirms {
        Tone::Good
    } else {
        Tone::Warn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timestamp::Timestamp;

    #[test]
    fn it_is_said_why_a_proven_answer_confirms_nothing() {
        for (no_yes, told) in [
            (Some(NoYes::Missing), "doesn't say JA and the code"),
            (Some(NoYes::NoText), "has no plain text"),
            (
                Some(NoYes::TakenBack("Dit was ik niet.".into())),
                "takes that back: `Dit was ik niet.`",
            ),
            (None, "not with the open code"),
        ] {
            let answer = AnswerCard {
                at: Timestamp::from_seconds(0),
                proven: true,
                undecided: false,
                confirms: false,
                text: String::new(),
                no_yes,
            };
            let line = line(&answer);
            assert!(line.contains(told), "{line}");
        }
    }
}
