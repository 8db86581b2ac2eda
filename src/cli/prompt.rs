//! Questions, on a terminal only. Off it the missing argument is named.

use dialoguer::Input;

use super::Failure;
use super::output::Out;

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
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn unanswered(error: dialoguer::Error) -> Failure {
    Failure {
        exit: 130,
        code: "interrupted",
        message: format!("no answer; nothing was changed ({error})"),
        hint: String::new(),
    }
}
