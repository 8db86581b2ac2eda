//! The command of a hint with what was typed filled in: `balie request show ID` becomes `balie request show R-4K7Q2`,
//! so that it can be typed as it stands.

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::domain::bulk::plan::PlanId;
use crate::domain::code::Username;
use crate::domain::request::id::RequestId;

/// What a command line named. Where it named several, none of them is "the" one.
#[derive(Debug, Default)]
pub(in crate::cli) struct Named {
    request: Option<RequestId>,
    plan: Option<PlanId>,
    account: Option<Username>,
}

impl Named {
    pub(in crate::cli) fn by(command: &clap::Command, matches: &ArgMatches) -> Self {
        let mut typed = Vec::new();
        collect(command, matches, &mut typed);
        let of = |names: &[&str]| -> Vec<&str> {
            let typed = typed
                .iter()
                .filter(|(name, _)| names.contains(&name.as_str()));
            typed.map(|(_, value)| value.as_str()).collect()
        };
        let is_request = |word: &&str| RequestId::among_usernames(word).is_some();
        let (requests, accounts): (Vec<&str>, Vec<&str>) =
            of(&["ACCOUNT|REQUEST"]).into_iter().partition(is_request);
        Self {
            request: only(
                &[of(&["ID", "REQUEST"]), requests].concat(),
                RequestId::typed,
            ),
            plan: only(&of(&["PLAN"]), PlanId::typed),
            account: only(
                &[of(&["ACCOUNT", "USERNAME"]), accounts].concat(),
                str::parse,
            ),
        }
    }

    /// What a command found out by itself: only the request was typed.
    pub(in crate::cli) fn of(request: &RequestId, account: &Username) -> Self {
        Self {
            request: Some(request.clone()),
            plan: None,
            account: Some(account.clone()),
        }
    }

    /// The hint, with what is known of its commands. Only what reads as an id or a username gets into it.
    pub(in crate::cli) fn fill(&self, hint: &str) -> String {
        let parts = hint.split('`').enumerate();
        let filled = parts.map(|(at, part)| {
            if at % 2 == 1 && part.starts_with("balie ") {
                self.command(part)
            } else {
                part.to_owned()
            }
        });
        filled.collect::<Vec<_>>().join("`")
    }

    fn command(&self, command: &str) -> String {
        let words: Vec<&str> = command.split(' ').collect();
        let filled = (0..).zip(&words).map(|(at, word): (usize, _)| {
            let before = at.checked_sub(1).map(|at| words[at]);
            let is_request = before == Some("--request") || words.get(1) == Some(&"request");
            let value = match *word {
                "ID" if is_request => self.request.as_ref().map(ToString::to_string),
                "PLAN" => self.plan.as_ref().map(ToString::to_string),
                "ACCOUNT" | "USERNAME" => self.account.as_ref().map(ToString::to_string),
                _ => None,
            };
            value.unwrap_or_else(|| (*word).to_owned())
        });
        filled.collect::<Vec<_>>().join(" ")
    }
}

/// The one value that there is, if it reads as what it's for.
fn only<T, E>(values: &[&str], read: fn(&str) -> Result<T, E>) -> Option<T> {
    match values {
        [one] => read(one).ok(),
        _ => None,
    }
}

fn collect(command: &clap::Command, matches: &ArgMatches, typed: &mut Vec<(String, String)>) {
    for argument in command.get_arguments() {
        let id = argument.get_id().as_str();
        if matches.value_source(id) != Some(ValueSource::CommandLine) {
            continue;
        }
        let name = argument.get_value_names().and_then(<[_]>::first);
        let name = name.map_or_else(|| id.to_uppercase(), ToString::to_string);
        let values = matches.get_raw(id).into_iter().flatten();
        typed.extend(
            values
                .filter_map(|value| value.to_str())
                .map(|value| (name.clone(), value.to_owned())),
        );
    }
    if let Some((name, below)) = matches.subcommand()
        && let Some(command) = command.find_subcommand(name)
    {
        collect(command, below, typed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(line: &str) -> Named {
        let mut command = crate::cli::declared();
        let matches = command.try_get_matches_from_mut(line.split(' ')).unwrap();
        Named::by(&command, &matches)
    }

    #[test]
    fn a_hint_names_what_was_typed() {
        let reset = named("balie reset j.jansen --request R-4K7Q2");
        let hint = "read why with `balie request show ID`, or `balie account history USERNAME`";
        assert_eq!(
            reset.fill(hint),
            "read why with `balie request show R-4K7Q2`, or `balie account history j.jansen`"
        );
        assert_eq!(
            reset.fill("`balie reset ACCOUNT --request ID`; `balie case cancel ID`"),
            "`balie reset j.jansen --request R-4K7Q2`; `balie case cancel ID`"
        );
        assert_eq!(reset.fill("pass ID to `ID`"), "pass ID to `ID`");
        let alone = named("balie reset r-4k7q2");
        assert_eq!(
            alone.fill("`balie request show ID` `balie account show USERNAME`"),
            "`balie request show R-4K7Q2` `balie account show USERNAME`"
        );
    }

    #[test]
    fn what_is_not_one_id_is_not_filled_in() {
        let several = named("balie reset j.jansen k.dejong --request x;rm");
        let hint = "`balie request show ID` `balie account show USERNAME`";
        assert_eq!(several.fill(hint), hint);
    }
}
