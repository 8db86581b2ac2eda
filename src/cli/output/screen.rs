//! What is shown once is shown on the terminal's other screen: it's gone afterwards, and never was in the
//! scroll-back.

use super::Out;
use crate::cli::Failure;

/// Switches to the other screen and clears it; and back.
const OTHER: &str = "\u{1b}[?1049h\u{1b}[2J\u{1b}[H";
const BACK: &str = "\u{1b}[?1049l";

impl Out<'_> {
    /// Shows `text`, which is drawn already, while `ask` asks; then the screen is as it was before.
    pub(in crate::cli) fn on_other_screen<T>(
        &mut self,
        text: &str,
        ask: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        write!(self.stdout, "{OTHER}{text}")?;
        self.stdout.flush()?;
        let answer = ask();
        write!(self.stdout, "{BACK}")?;
        self.stdout.flush()?;
        answer
    }

    /// Whether there is somebody who sees the one screen and answers on it.
    pub(in crate::cli) const fn has_screen(&self) -> bool {
        self.can_ask() && self.terminal.stdout && !self.format.is_json()
    }
}
