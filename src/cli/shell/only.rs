//! Where balie runs for others, root's config says which desk they get: that one alone (rule 17). Nothing that they
//! bring along leads elsewhere: no flag, no variable, no path.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, ValueHint};

use super::callers::{caller, who_calls};
use super::global::Global;
use crate::cli::Failure;
use crate::cli::language::said;
use crate::config::System;
use crate::plain_file;
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

/// What holds on this machine for whoever calls.
#[derive(Default)]
pub(in crate::cli) struct Root {
    /// What root says; nothing where root says nothing.
    pub(in crate::cli) system: Option<System>,
    /// Nothing tells this caller from the next one, so that no session is kept for either.
    pub(super) nameless: bool,
}

/// A command line that was parsed: what it names is looked for nowhere else.
pub(in crate::cli) struct Typed<'c> {
    pub(in crate::cli) global: &'c Global,
    /// It makes a desk of its own.
    pub(in crate::cli) makes_a_desk: bool,
    pub(in crate::cli) command: &'c clap::Command,
    pub(in crate::cli) matches: &'c ArgMatches,
}

/// Reads what root says, and holds the caller to root's desk if it says so. From then on there's only what root and the account
/// itself have.
pub(in crate::cli) fn enter(typed: &Typed<'_>, world: &mut World<'_>) -> Result<Root, Failure> {
    refuse_unreadable(world)?;
    let system = System::read(world.system)?;
    let mut root = Root {
        system,
        nameless: false,
    };
    let Some(system) = root.system.as_ref().filter(|system| system.only) else {
        return Ok(root);
    };
    let place = world.system.display().to_string();
    if typed.global.config.is_some() {
        return Err(refused("--config", &place));
    }
    if typed.global.database.is_some() {
        return Err(refused("--database", &place));
    }
    if typed.makes_a_desk {
        let what = &said!("`balie demo`, which makes a desk of its own,");
        return Err(refused(what, &place));
    }
    refuse_variables(world, &place)?;
    let files = Files::of(system);
    let mut named = Vec::new();
    collect(typed.command, typed.matches, &mut named);
    if let Some(path) = named.iter().find(|path| !files.have(path)) {
        return Err(files.refuse(Path::new(path), &place));
    }
    let who =
        who_calls(world).map_err(|name| refused(&said!("this {name}", name = name), &place))?;
    // A forced command without words leaves no other trace of who calls than that somebody came in by SSH.
    let by_ssh = world.has_variable("SSH_CONNECTION");
    root.nameless = who.is_none() && (by_ssh || caller(world).for_others);
    world
        .env
        .retain(|name, _| !name.starts_with("XDG_") && name != "HOME");
    if let Some(home) = (world.home)() {
        if let Some(who) = who {
            let kept = home.join(".local/state/balie/callers").join(who);
            let kept = kept.display().to_string();
            world.env.insert("XDG_RUNTIME_DIR".into(), kept);
        }
        world.env.insert("HOME".into(), home.display().to_string());
    }
    world.env.insert("BALIE_CONFIG".into(), place);
    // What is named without a folder lies there.
    if let Some(folder) = files.folder() {
        plain_file::hold_to(folder);
    }
    std::env::set_current_dir(files.folder().unwrap_or(Path::new("/")))?;
    Ok(root)
}

/// A variable that isn't text would be passed over where it's read, and past every refusal.
fn refuse_unreadable(world: &World<'_>) -> Result<(), Failure> {
    let read = |name: &&String| {
        name.starts_with("BALIE_") || name.starts_with("XDG_") || name.as_str() == "HOME"
    };
    match world.not_text.iter().find(read) {
        Some(name) => Err(Failure::invalid(
            said!(
                "the environment variable {name} isn't text (UTF-8)",
                name = name
            ),
            said!("correct or remove {name}", name = name),
        )),
        None => Ok(()),
    }
}

fn not_here(message: String, hint: String) -> Failure {
    Failure {
        exit: 4,
        code: "not_here",
        reasons: Vec::new(),
        message,
        hint,
    }
}

fn refused(what: &str, place: &str) -> Failure {
    let message = said!(
        "{what} isn't accepted on this machine: it serves one desk only",
        what = what
    );
    not_here(
        message,
        said!(
            "leave it out; whatever else is needed, root writes into {place}",
            place = place
        ),
    )
}

/// No session is kept for somebody who can't be told from the next one.
pub(super) fn nobody_in_particular() -> Failure {
    not_here(
        said!("nothing says which of its callers this is, so no session can be kept"),
        said!(
            "have root give each key its login: environment=\"BALIE_OPERATOR_LOGIN=…\" in authorized_keys; or pass a token by standard input: BALIE_TOKEN_FILE=-"
        ),
    )
}

fn refuse_variables(world: &World<'_>, place: &str) -> Result<(), Failure> {
    let is_refused = |name: &str, value: Option<&str>| {
        let ours = name.starts_with("BALIE_") && !ALLOWED.contains(&name);
        let own_config = name == "BALIE_CONFIG" && value == Some(place);
        (ours && !own_config) || name.starts_with("PG") || LEADS_ELSEWHERE.contains(&name)
    };
    let of_text = world.env.iter();
    let of_text = of_text.map(|(name, value)| (name.as_str(), Some(value.as_str())));
    let others = world.not_text.iter().map(|name| (name.as_str(), None));
    let mut brought = of_text.chain(others);
    if let Some((name, _)) = brought.find(|(name, value)| is_refused(name, *value)) {
        return Err(refused(&said!("the variable {name}", name = name), place));
    }
    // The account's own token files aren't a caller's to choose from.
    let token = world.env.get("BALIE_TOKEN_FILE");
    if caller(world).for_others && token.is_some_and(|file| file != "-") {
        return Err(refused(&said!("a token file"), place));
    }
    Ok(())
}

/// Every path that the command line names: the arguments that are declared as one.
fn collect(command: &clap::Command, matches: &ArgMatches, found: &mut Vec<OsString>) {
    for argument in command.get_arguments() {
        if argument.get_value_hint() != ValueHint::AnyPath {
            continue;
        }
        let id = argument.get_id().as_str();
        if matches.value_source(id) == Some(ValueSource::CommandLine) {
            let typed = matches.get_raw(id).into_iter().flatten();
            found.extend(typed.map(OsStr::to_owned));
        }
    }
    if let Some((name, below)) = matches.subcommand()
        && let Some(command) = command.find_subcommand(name)
    {
        collect(command, below, found);
    }
}

/// Where files may lie that a command line names.
enum Files {
    /// Root names no folder.
    Nowhere,
    /// Root names one that isn't there, or that this account can't enter.
    Missing(PathBuf),
    /// In this folder.
    In(PathBuf),
}

impl Files {
    fn of(system: &System) -> Self {
        let Some(named) = &system.files else {
            return Self::Nowhere;
        };
        match named.canonicalize() {
            Ok(folder) if folder.is_dir() => Self::In(folder),
            _ => Self::Missing(named.clone()),
        }
    }

    fn folder(&self) -> Option<&Path> {
        match self {
            Self::In(folder) => Some(folder),
            Self::Nowhere | Self::Missing(_) => None,
        }
    }

    /// Standard input or output, or something that truly lies in root's folder.
    fn have(&self, path: &OsStr) -> bool {
        if path == "-" {
            return true;
        }
        let Some(folder) = self.folder() else {
            return false;
        };
        let path = folder.join(Path::new(path));
        let is_named_there = path.strip_prefix(folder).is_ok_and(|within| {
            let mut parts = within.components();
            parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
        });
        if !is_named_there {
            return false;
        }
        let place = match path.canonicalize() {
            Ok(place) => Some(place),
            Err(_) => lies_where(&path),
        };
        place.is_some_and(|place| place.starts_with(folder))
    }

    fn refuse(&self, path: &Path, place: &str) -> Failure {
        let message = said!(
            "the path {path} isn't accepted on this machine: it serves one desk only",
            path = path.display()
        );
        let hint = match self {
            Self::In(folder) => said!(
                "put the file into {folder} (`[desk] files` of {place}) and name it there, or pass - for standard input",
                folder = folder.display(),
                place = place
            ),
            Self::Nowhere => said!(
                "pass - for standard input; or have root name a folder for files: `[desk] files` in {place}",
                place = place
            ),
            Self::Missing(folder) => said!(
                "have root make the folder {folder}, which `[desk] files` in {place} names, or name another one there",
                folder = folder.display(),
                place = place
            ),
        };
        not_here(message, hint)
    }
}

/// Where a new file would lie. One that is there and leads nowhere is none.
fn lies_where(path: &Path) -> Option<PathBuf> {
    if path.symlink_metadata().is_ok() {
        return None;
    }
    let name = path.file_name()?;
    Some(path.parent()?.canonicalize().ok()?.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_dash_is_standard_input() {
        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        std::fs::write(folder.join("list"), "").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.join("out")).unwrap();
        let files = Files::In(folder.clone());
        let within = folder.join("new").into_os_string();
        for path in [OsStr::new("-"), "list".as_ref(), "./-".as_ref(), &within] {
            assert!(files.have(path), "{}", path.display());
        }
        let beside = outside.path().join("-").into_os_string();
        for path in ["/-", "/etc/-", "../-", "out/-", "out/new", ".."] {
            assert!(!files.have(OsStr::new(path)), "{path}");
        }
        assert!(!files.have(&beside));
        for files in [Files::Nowhere, Files::Missing("/nowhere".into())] {
            assert!(files.have(OsStr::new("-")) && !files.have(OsStr::new("list")));
            assert!(!files.have(OsStr::new("/-")));
            let hint = files.refuse(Path::new("list"), "/etc/x").hint;
            assert!(hint.contains("`[desk] files` in /etc/x"), "{hint}");
        }
    }

    /// What is asked for as a path is a path to whoever holds a caller to root's folder: a new argument can't be forgotten.
    #[test]
    fn every_argument_that_says_file_or_folder_is_declared_as_a_path() {
        fn look(command: &clap::Command, seen: &mut usize) {
            for argument in command.get_arguments() {
                let names = argument.get_value_names().unwrap_or_default();
                let says = names
                    .iter()
                    .any(|name| name.starts_with("FILE") || name.starts_with("DIR"));
                let is_path = argument.get_value_hint() == ValueHint::AnyPath;
                *seen += usize::from(is_path);
                let id = argument.get_id();
                assert!(is_path || !says, "{} {id}", command.get_name());
            }
            for below in command.get_subcommands() {
                look(below, seen);
            }
        }
        let mut seen = 0;
        look(&crate::cli::command(), &mut seen);
        assert!(seen > 20, "{seen}");
    }
}
