//! Questions, on a terminal only. Off it the missing argument is named.

use std::path::PathBuf;

use dialoguer::{Confirm, Input};

use super::Failure;
use super::output::{Out, escape};

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

    /// Asks "go on?" where there is somebody to ask.
    pub(crate) fn go_on_if_asked(&mut self, question: &str) -> Result<(), Failure> {
        if self.can_ask() {
            self.go_on(question)
        } else {
            Ok(())
        }
    }

    /// A step of weight wants a yes: from a person at a terminal, or as `--yes` (rule 15).
    pub(crate) fn must_go_on(&mut self, question: &str) -> Result<(), Failure> {
        if self.yes || self.can_ask() {
            self.go_on(question)
        } else {
            Err(Failure::input_required("your yes", "--yes"))
        }
    }

    /// Asks "go on?"; no without a yes.
    pub(crate) fn go_on(&mut self, question: &str) -> Result<(), Failure> {
        if self.yes {
            return Ok(());
        }
        let question = escape::for_line(question);
        if Confirm::new()
            .with_prompt(question)
            .default(false)
            .interact()
            .map_err(unanswered)?
        {
            return Ok(());
        }
        Err(Failure {
            exit: 130,
            code: "interrupted",
            message: "you said no; nothing was changed".into(),
            hint: String::new(),
        })
    }
}

/// Asks for a text, on a terminal; nothing when it's left empty.
pub(super) fn ask_or_nothing(what: &str) -> Result<Option<String>, Failure> {
    let answer = Input::<String>::new()
        .with_prompt(what)
        .allow_empty(true)
        .interact_text()
        .map_err(unanswered)?;
    Ok(Some(answer).filter(|answer| !answer.trim().is_empty()))
}

pub(super) fn unanswered(error: dialoguer::Error) -> Failure {
    // A list hides it, and leaves it so when it's broken off.
    let _ = console::Term::stderr().show_cursor();
    Failure {
        exit: 130,
        code: "interrupted",
        message: match error {
            // Ctrl-C or Escape.
            dialoguer::Error::IO(error) if error.kind() == std::io::ErrorKind::Interrupted => {
                "no answer; nothing was changed".into()
            }
            dialoguer::Error::IO(error) => format!("no answer; nothing was changed ({error})"),
        },
        hint: String::new(),
    }
}

/// Asks a question that may well be answered with no.
pub(super) fn choose(question: &str) -> Result<bool, Failure> {
    Confirm::new()
        .with_prompt(escape::for_line(question))
        .default(false)
        .interact()
        .map_err(unanswered)
}
