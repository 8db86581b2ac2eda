//! Where balie runs for others, root's config says which desk they get: that one alone (rule 17). Nothing that they bring
//! along leads elsewhere: no flag, no variable, no path.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, ValueHint};

use super::session::caller;
use super::{Cli, Command, Failure, declared};
use crate::config::{SYSTEM, System};
use crate::world::World;

/// Variables of Balie's that a caller may bring along all the same.
const ALLOWED: [&str; 3] = [
    "BALIE_TOKEN_FILE",
    "BALIE_OPERATOR_LOGIN",
    "BALIE_OPERATOR_LANGUAGE",
];
/// What leads the libraries underneath to another server, or has them trust another one. It can't be taken away
/// from them, so that it's refused.
const LEADS_ELSEWHERE: [&str; 6] = [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "RES_OPTIONS",
    "LOCALDOMAIN",
    "HOSTALIASES",
    "RESOLV_HOST_CONF",
];

/// Holds the caller to root's desk, if root says so. From then on there's only what root and the account itself have.
pub(super) fn enter(cli: &Cli, args: &[OsString], world: &mut World<'_>) -> Result<(), Failure> {
    let Some(system) = System::read(world.system)?.filter(|system| system.only) else {
        return Ok(());
    };
    if cli.global.config.is_some() {
        return Err(refused("--config"));
    }
    if cli.global.database.is_some() {
        return Err(refused("--database"));
    }
    if matches!(cli.command, Command::Demo(_)) {
        return Err(refused("`balie demo`, which makes a desk of its own,"));
    }
    refuse_variables(world)?;
    let files = system
        .files
        .as_deref()
        .map(Path::canonicalize)
        .transpose()?;
    for path in paths_in(args) {
        if !may_be_named(&path, files.as_deref()) {
            let path = Path::new(&path).display();
            return Err(refused(&format!("the path {path}")));
        }
    }
    let who = who_calls(world);
    world
        .env
        .retain(|name, _| !name.starts_with("XDG_") && name != "HOME");
    if let Some(home) = (world.home)() {
        let kept = home.join(".local/state/balie/callers").join(who);
        world
            .env
            .insert("XDG_RUNTIME_DIR".into(), kept.display().to_string());
        world.env.insert("HOME".into(), home.display().to_string());
    }
    let config = world.system.display().to_string();
    world.env.insert("BALIE_CONFIG".into(), config);
    // What is named without a folder lies there.
    std::env::set_current_dir(files.as_deref().unwrap_or(Path::new("/")))?;
    Ok(())
}

fn refused(what: &str) -> Failure {
    Failure {
        exit: 4,
        code: "not_here",
        message: format!("{what} isn't taken on this machine: it serves one desk only"),
        hint: format!(
            "leave it out; files come by standard input (-) or lie in `[desk] files` of {SYSTEM}, go to standard output, and what else is needed root writes there"
        ),
    }
}

fn refuse_variables(world: &World<'_>) -> Result<(), Failure> {
    let system = world.system.display().to_string();
    let is_refused = |name: &str, value: &str| {
        let ours = name.starts_with("BALIE_") && !ALLOWED.contains(&name);
        let own_config = name == "BALIE_CONFIG" && value == system;
        (ours && !own_config) || name.starts_with("PG") || LEADS_ELSEWHERE.contains(&name)
    };
    let mut brought = world.env.iter();
    if let Some((name, _)) = brought.find(|(name, value)| is_refused(name, value)) {
        return Err(refused(&format!("the variable {name}")));
    }
    // The account's own token files are no caller's to choose from.
    let token = world.env.get("BALIE_TOKEN_FILE");
    if caller(world).for_others && token.is_some_and(|file| file != "-") {
        return Err(refused("a token file"));
    }
    Ok(())
}

/// Whose session it is: callers who share an account don't share one.
fn who_calls(world: &World<'_>) -> String {
    let plain = |text: &String| -> String {
        text.chars()
            .filter(|c| c.is_ascii_alphanumeric() || "._-@".contains(*c))
            .collect()
    };
    match (
        world.env.get("SUDO_UID"),
        world.env.get("BALIE_OPERATOR_LOGIN"),
    ) {
        (Some(uid), _) => format!("uid-{}", plain(uid)),
        (None, Some(login)) => format!("login-{}", plain(login)),
        (None, None) => "self".into(),
    }
}

/// Every path that the command line names.
fn paths_in(args: &[OsString]) -> Vec<OsString> {
    let mut command = declared();
    let Ok(matches) = command.try_get_matches_from_mut(args) else {
        // It was parsed before this; then there's nothing to find.
        return Vec::new();
    };
    let mut found = Vec::new();
    collect(&command, &matches, &mut found);
    found
}

fn collect(command: &clap::Command, matches: &ArgMatches, found: &mut Vec<OsString>) {
    for argument in command.get_arguments() {
        let names = argument.get_value_names().unwrap_or_default();
        let is_named = names
            .iter()
            .any(|name| name.starts_with("FILE") || name.starts_with("DIR"));
        if argument.get_value_hint() != ValueHint::AnyPath && !is_named {
            continue;
        }
        let id = argument.get_id().as_str();
        if matches.value_source(id) == Some(ValueSource::CommandLine) {
            found.extend(
                matches
                    .get_raw(id)
                    .into_iter()
                    .flatten()
                    .map(OsStr::to_owned),
            );
        }
    }
    if let Some((name, below)) = matches.subcommand()
        && let Some(command) = command.find_subcommand(name)
    {
        collect(command, below, found);
    }
}

/// Standard input or output, or something that truly lies in root's folder.
fn may_be_named(path: &OsStr, files: Option<&Path>) -> bool {
    let Some(files) = files else {
        return path == "-";
    };
    let path = files.join(Path::new(path));
    let place = match path.canonicalize() {
        Ok(place) => Some(place),
        Err(_) => lies_where(&path),
    };
    path.file_name() == Some(OsStr::new("-")) || place.is_some_and(|place| place.starts_with(files))
}

/// Where a new file would lie. One that is there and leads nowhere is none.
fn lies_where(path: &Path) -> Option<PathBuf> {
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let name = path.file_name()?;
    Some(path.parent()?.canonicalize().ok()?.join(name))
}
