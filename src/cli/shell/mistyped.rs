//! What clap found wrong with a call, in our words.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::Failure;
use crate::cli::language::{said, told};

/// The failure of a call that clap turned away.
pub(super) fn failure(error: &clap::Error) -> Failure {
    let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
    Failure {
        exit: 2,
        code: if is_missing {
            "input_required"
        } else {
            "usage"
        },
        reasons: Vec::new(),
        message: message(error).unwrap_or_else(|| in_claps_words(error)),
        hint: hint(error),
    }
}

/// What was typed, as clap found it.
struct Found<'e>(&'e clap::Error);

impl Found<'_> {
    fn text(&self, kind: ContextKind) -> Option<String> {
        match self.0.get(kind)? {
            ContextValue::String(text) => Some(text.clone()),
            ContextValue::Strings(texts) => Some(texts.join("`, `")),
            ContextValue::StyledStr(text) => Some(text.to_string()),
            ContextValue::Number(number) => Some(number.to_string()),
            _ => None,
        }
        .filter(|text| !text.is_empty())
    }
}

fn message(error: &clap::Error) -> Option<String> {
    let found = Found(error);
    let argument = || found.text(ContextKind::InvalidArg);
    let value = || found.text(ContextKind::InvalidValue);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => said!("`{typed}` doesn't belong here", typed = argument()?),
        ErrorKind::InvalidSubcommand => said!(
            "there is no command `{typed}`",
            typed = found.text(ContextKind::InvalidSubcommand)?
        ),
        ErrorKind::MissingSubcommand => said!("a command is missing"),
        ErrorKind::MissingRequiredArgument => {
            said!("`{argument}` is missing", argument = argument()?)
        }
        ErrorKind::ArgumentConflict => match found.text(ContextKind::PriorArg) {
            Some(other) if Some(&other) != argument().as_ref() => said!(
                "`{argument}` and `{other}` don't go together",
                argument = argument()?,
                other = other
            ),
            _ => said!(
                "`{argument}` may be given only once",
                argument = argument()?
            ),
        },
        ErrorKind::InvalidValue if value().is_none() => {
            said!("`{argument}` needs a value", argument = argument()?)
        }
        ErrorKind::InvalidValue => said!(
            "`{value}` isn't a value of `{argument}`",
            value = value()?,
            argument = argument()?
        ),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string);
            match why {
                Some(why) => said!(
                    "{argument}: {why}",
                    argument = argument()?,
                    why = told(&why)
                ),
                None => said!(
                    "`{value}` isn't a value of `{argument}`",
                    value = value()?,
                    argument = argument()?
                ),
            }
        }
        ErrorKind::TooManyValues => said!(
            "`{value}` is one value too many for `{argument}`",
            value = value()?,
            argument = argument()?
        ),
        ErrorKind::NoEquals => said!(
            "`{argument}` takes its value behind an equals sign",
            argument = argument()?
        ),
        ErrorKind::InvalidUtf8 => said!("what was typed isn't text (UTF-8)"),
        _ => return None,
    })
}

/// What may have been meant, and where it's told what fits.
fn hint(error: &clap::Error) -> String {
    let found = Found(error);
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    if let Some(meant) = meant.into_iter().find_map(|kind| found.text(kind)) {
        return said!("did you mean `{nearest}`?", nearest = meant);
    }
    if let Some(values) = found.text(ContextKind::ValidValue) {
        return said!("it takes `{values}`", values = values);
    }
    if let Some(commands) = found.text(ContextKind::ValidSubcommand) {
        return said!("it takes `{values}`", values = commands);
    }
    said!("see the help: `{command} --help`", command = command(error))
}

/// The command that was typed, without its arguments.
fn command(error: &clap::Error) -> String {
    let words = usage(error).unwrap_or_default();
    let words = words.split_whitespace();
    let command: Vec<_> = words
        .take_while(|word| !word.starts_with(['[', '<', '-']))
        .collect();
    if command.is_empty() {
        return "balie".to_owned();
    }
    command.join(" ")
}

/// How the command is typed.
pub(super) fn usage(error: &clap::Error) -> Option<String> {
    let usage = Found(error).text(ContextKind::Usage)?;
    let usage = usage.trim_start_matches("Usage:").trim();
    let lines = usage.lines().map(str::trim);
    let usage = lines.collect::<Vec<_>>().join("\n       ");
    Some(usage.replace("[OPTIONS]", &said!("[OPTIONS]")))
}

fn in_claps_words(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first = text.lines().next().unwrap_or_default();
    first.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> (&'static str, String, String) {
        let mut command = clap::Command::new("balie")
            .subcommand(
                clap::Command::new("reset")
                    .arg(clap::arg!(<ACCOUNT>))
                    .arg(clap::arg!(--reason <REASON>).value_parser(["lost-phone", "new-phone"]))
                    .arg(
                        clap::arg!(--limit <N>).value_parser(clap::value_parser!(u32).range(1..=9)),
                    )
                    .arg(clap::arg!(--all).conflicts_with("limit")),
            )
            .subcommand_required(true);
        let error = command.try_get_matches_from_mut(words).unwrap_err();
        let failure = failure(&error);
        (failure.code, failure.message, failure.hint)
    }

    #[test]
    fn every_mistake_is_told_in_our_words() {
        for (words, code, message, hint) in [
            (
                &["reset"][..],
                "input_required",
                "`<ACCOUNT>` is missing",
                "see the help: `balie reset --help`",
            ),
            (
                &["reset", "x", "--al"],
                "usage",
                "`--al` doesn't belong here",
                "did you mean `--all`?",
            ),
            (
                &["reste", "x"],
                "usage",
                "there is no command `reste`",
                "did you mean `reset`?",
            ),
            (
                &["reset", "x", "y"],
                "usage",
                "`y` doesn't belong here",
                "see the help: `balie reset --help`",
            ),
            (
                &["reset", "x", "--reason", "zz"],
                "usage",
                "`zz` isn't a value of `--reason <REASON>`",
                "it takes `lost-phone`, `new-phone`",
            ),
            (
                &["reset", "x", "--reason"],
                "usage",
                "`--reason <REASON>` needs a value",
                "it takes `lost-phone`, `new-phone`",
            ),
            (
                &["reset", "x", "--all", "--limit", "3"],
                "usage",
                "`--all` and `--limit <N>` don't go together",
                "see the help: `balie reset --help`",
            ),
            (
                &["reset", "x", "--all", "--all"],
                "usage",
                "`--all` may be given only once",
                "see the help: `balie reset --help`",
            ),
            (
                &["reset", "x", "--limit", "77"],
                "usage",
                "--limit <N>: 77 is not in 1..=9",
                "see the help: `balie --help`",
            ),
        ] {
            let words = [&["balie"], words].concat();
            assert_eq!(
                of(&words),
                (code, message.to_owned(), hint.to_owned()),
                "{words:?}"
            );
        }
    }
}
