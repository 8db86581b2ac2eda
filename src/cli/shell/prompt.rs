//! Questions, on a terminal only. Off it the missing argument is named.

use std::io;
use std::path::PathBuf;

use dialoguer::Input;
use rustix::termios::{QueueSelector, tcflush};

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Out, escape};

impl Out<'_> {
    /// Asks for a text that is missing; `flag` is what to pass where nobody can be asked.
    pub(crate) fn ask(&mut self, what: &str, flag: &str) -> Result<String, Failure> {
        if !self.can_ask() {
            return Err(Failure::input_required(what, flag));
        }
        Input::<String>::new()
            .with_prompt(what)
            .interact_text()
            .map_err(unanswered)
    }

    /// Asks for a path that is missing, where a caller may name one (rule 17).
    pub(crate) fn ask_path(&mut self, what: &str, flag: &str) -> Result<PathBuf, Failure> {
        if self.names_no_path {
            return Err(Failure::input_required(what, flag));
        }
        self.ask(what, flag).map(PathBuf::from)
    }

    /// Whether somebody is to be shown what a step of weight hits, and asked for a yes. In a rehearsal nobody is, and not
    /// where the yes was given beforehand and nobody is there; without either it ends here (rule 15).
    pub(crate) fn is_to_ask(&self) -> Result<bool, Failure> {
        if self.dry_run {
            Ok(false)
        } else if self.can_ask() {
            Ok(true)
        } else if self.yes {
            Ok(false)
        } else {
            Err(Failure::input_required(&said!("your yes"), "--yes"))
        }
    }

    /// A step of weight that says itself what it hits: it wants a yes, from a person at a terminal or as `--yes`.
    pub(crate) fn must_go_on(&mut self, question: &str) -> Result<(), Failure> {
        if self.is_to_ask()? {
            self.go_on(question)?;
        }
        Ok(())
    }

    /// Asks "go on?" of somebody who was shown what is hit.
    pub(crate) fn go_on(&mut self, question: &str) -> Result<(), Failure> {
        if self.yes || choose(question)? {
            return Ok(());
        }
        Err(Failure {
            exit: 130,
            code: "interrupted",
            reasons: Vec::new(),
            message: said!("you said no; nothing was changed"),
            hint: String::new(),
        })
    }
}

/// Asks for a text, on a terminal; nothing when it's left empty.
pub(in crate::cli) fn ask_or_nothing(what: &str) -> Result<Option<String>, Failure> {
    let answer = Input::<String>::new()
        .with_prompt(what)
        .allow_empty(true)
        .interact_text()
        .map_err(unanswered)?;
    Ok(Some(answer).filter(|answer| !answer.trim().is_empty()))
}

pub(in crate::cli) fn unanswered(error: dialoguer::Error) -> Failure {
    // A list hides it, and leaves it so when it's broken off.
    let _ = console::Term::stderr().show_cursor();
    Failure {
        exit: 130,
        code: "interrupted",
        reasons: Vec::new(),
        message: match error {
            // Ctrl-C or Escape.
            dialoguer::Error::IO(error) if error.kind() == io::ErrorKind::Interrupted => {
                said!("no answer; nothing was changed")
            }
            dialoguer::Error::IO(error) => {
                said!("no answer; nothing was changed ({error})", error = error)
            }
        },
        hint: String::new(),
    }
}

/// Asks a question that may well be answered with no. A yes is typed and ended with Enter, once the question is there: what
/// was typed before it was meant for something else (rule 15).
pub(in crate::cli) fn choose(question: &str) -> Result<bool, Failure> {
    // A terminal that can't be emptied can't be asked either, and says so there.
    let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    let asked = format!("{} {}", escape::for_line(question), said!("[y/N]"));
    loop {
        let typed = Input::<String>::new()
            .with_prompt(&asked)
            .allow_empty(true)
            .interact_text()
            .map_err(unanswered)?;
        if let Some(answer) = answer(&typed) {
            return Ok(answer);
        }
    }
}

/// Yes or no, in either language: whoever works in both doesn't look which one it is now. Nothing at all is a no.
fn answer(typed: &str) -> Option<bool> {
    match typed.trim().to_lowercase().as_str() {
        "y" | "yes" | "j" | "ja" => Some(true),
        "" | "n" | "no" | "nee" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_one_in_either_language_and_nothing_else_is() {
        for typed in ["y", "Y", " yes ", "j", "JA"] {
            assert_eq!(answer(typed), Some(true), "{typed}");
        }
        for typed in ["", "  ", "n", "No", "nee"] {
            assert_eq!(answer(typed), Some(false), "{typed}");
        }
        for typed in ["jansen", "yn", "ok", "R-4K7Q2", "1"] {
            assert_eq!(answer(typed), None, "{typed}");
        }
    }
}
