//! Help in Dutch: for each command by its path (`help-request-assign`), for each argument by command and name
//! (`help-request-assign--region`; what may be passed everywhere: `help--format`). English is in the doc comments.

use clap::builder::PossibleValue;
use clap::{Arg, Command};

use super::dutch::{Dutch, HELP};

/// clap's own template, with our heading of the usage.
const TEMPLATE: &str =
    "{before-help}{about-with-newline}\nGebruik: {usage}\n\n{all-args}{after-help}";

/// A command that was built, with all below it, as it's told in Dutch.
pub(in crate::cli) fn in_dutch(command: Command) -> Command {
    let dutch = Dutch::of(&HELP);
    told(command, "help", &mut |id| dutch.text(id))
}

/// `said` is asked for each text, once with each id. Where it has none, English stays.
pub(super) fn told(
    mut command: Command,
    id: &str,
    said: &mut dyn FnMut(&str) -> Option<String>,
) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let usage = usage
        .replace("[OPTIONS]", "[OPTIES]")
        .replace("COMMAND", "OPDRACHT");
    let had = Had::of(&command);
    command = command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("Opdrachten");
    if had.about
        && let Some(about) = said(id)
    {
        command = command.about(about);
    }
    if had.long_about
        && let Some(about) = said(&format!("{id}.long"))
    {
        command = command.long_about(about);
    }
    if had.examples
        && let Some(examples) = said(&format!("{id}.examples"))
    {
        command = command.after_help(examples);
    }
    command = command.mut_args(|argument| told_argument(argument, id, said));
    command.mut_subcommands(|below| {
        if below.get_name() == "help" {
            // Below it everything is listed once more, to be completed and not to be read.
            let about = said("help-help");
            let below = told_alone(below);
            return match about {
                Some(about) => below.about(about),
                None => below,
            };
        }
        let id = format!("{id}-{}", below.get_name());
        told(below, &id, said)
    })
}

/// clap has two headings that can't be set, unless the order of what is below them is given up.
pub(in crate::cli) fn headings(page: &str) -> String {
    let lines = page.lines().map(|line| match line {
        "Arguments:" => "Argumenten:",
        "Options:" => "Opties:",
        other => other,
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The command `help` itself.
fn told_alone(command: Command) -> Command {
    command.help_template(TEMPLATE)
}

/// What there is in English, so that there has to be Dutch.
struct Had {
    about: bool,
    long_about: bool,
    examples: bool,
}

impl Had {
    fn of(command: &Command) -> Self {
        Self {
            about: command.get_about().is_some(),
            long_about: command.get_long_about().is_some(),
            examples: command.get_after_help().is_some(),
        }
    }
}

/// The id of an argument's text.
fn argument_id(argument: &Arg, command: &str) -> String {
    let name = argument.get_id().as_str();
    let is_everywhere = argument.is_global_set() || matches!(name, "help" | "version");
    let command = if is_everywhere { "help" } else { command };
    format!("{command}--{name}")
}

fn told_argument(
    mut argument: Arg,
    command: &str,
    said: &mut dyn FnMut(&str) -> Option<String>,
) -> Arg {
    let id = argument_id(&argument, command);
    if argument.get_help_heading() == Some("Everywhere") {
        argument = argument.help_heading("Overal");
    }
    let long = argument
        .get_long_help()
        .and_then(|_| said(&format!("{id}.long")));
    let Some(short) = said(&id) else {
        return argument;
    };
    let takes = argument.get_action().takes_values();
    let values: Vec<PossibleValue> = if takes && !argument.is_hide_possible_values_set() {
        let values = argument.get_possible_values();
        values
            .into_iter()
            .filter(|one| !one.is_hide_set())
            .collect()
    } else {
        Vec::new()
    };
    let defaults: Vec<_> = argument
        .get_default_values()
        .iter()
        .filter(|_| takes && !argument.is_hide_default_value_set())
        .map(|value| value.to_string_lossy().into_owned())
        .collect();
    let default = if defaults.is_empty() {
        String::new()
    } else {
        format!(" [standaard: {}]", defaults.join(" "))
    };
    argument = argument.hide_possible_values(true).hide_default_value(true);
    if values.is_empty() {
        if let Some(long) = long {
            let gap = if default.is_empty() { "" } else { "\n\n" };
            argument = argument.long_help(format!("{long}{gap}{}", default.trim_start()));
        }
        return argument.help(format!("{short}{default}"));
    }
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let listed = names.join(", ");
    if values.iter().any(|value| value.get_help().is_some()) {
        let lines: Vec<String> = values
            .iter()
            .map(|value| {
                let name = value.get_name();
                match said(&format!("{id}.value-{name}")) {
                    Some(text) => format!("- {name}: {text}"),
                    None => format!("- {name}"),
                }
            })
            .collect();
        let first = long.as_deref().unwrap_or(&short);
        let gap = if default.is_empty() { "" } else { "\n\n" };
        let list = lines.join("\n");
        argument = argument.long_help(format!(
            "{first}\n\nMogelijke waarden:\n{list}{gap}{}",
            default.trim_start()
        ));
    }
    argument.help(format!("{short} [mogelijke waarden: {listed}]{default}"))
}
