//! How far a long command is, on standard error, where somebody watches.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Failure;
use crate::cli::output::Out;

/// A bar that is drawn as `template` says; a hidden one where there's no terminal, or nobody wants it.
pub(in crate::cli) fn bar(out: &Out<'_>, template: &str) -> Result<ProgressBar, Failure> {
    let bar = if out.terminal.stderr && !out.quiet {
        ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
    } else {
        ProgressBar::hidden()
    };
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.map_err(|error| Failure::internal(error.to_string()))?);
    Ok(bar)
}
