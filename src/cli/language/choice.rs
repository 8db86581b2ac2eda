//! Which language it is: the flag, else the variable, else the config, else the locale, else English.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cli::shell::callers::caller;
use crate::config::{Config, Places, System, variable};
use crate::domain::language::Language;
use crate::world::World;

/// What `--lang` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Spoken {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Nl => Self::Nl,
            Spoken::En => Self::En,
        }
    }
}

/// The language of whoever typed this. It's found out without clap: what clap turned away is told in it, too.
pub(in crate::cli) fn spoken(args: &[OsString], world: &World<'_>) -> Language {
    let known = |text: &str| text.parse::<Language>().ok();
    let by_variable = || known(world.env.get(&variable("operator.language"))?);
    typed(args, "--lang")
        .and_then(known)
        .or_else(by_variable)
        .or_else(|| configured(args, world))
        .unwrap_or_else(|| by_locale(world))
}

/// The language that this run speaks. Programs read English, whoever started them: a document and its errors are the same
/// bytes everywhere.
pub(in crate::cli) fn of_run(args: &[OsString], world: &World<'_>) -> Language {
    match format_asked(args, world) {
        Some("json" | "ndjson" | "csv" | "prometheus") => Language::En,
        _ => spoken(args, world),
    }
}

/// The format, by flag before the environment, found out without clap as well.
pub(in crate::cli) fn format_asked<'a>(
    args: &'a [OsString],
    world: &'a World<'_>,
) -> Option<&'a str> {
    let by_variable = || world.env.get("BALIE_FORMAT").map(String::as_str);
    typed(args, "--format").or_else(by_variable)
}

/// What was typed behind a flag, with or without `=`.
fn typed<'a>(args: &'a [OsString], flag: &str) -> Option<&'a str> {
    let words = args.iter().map(|word| word.to_str().unwrap_or_default());
    let mut words = words.take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        match word.strip_prefix(flag) {
            Some("") => return words.next(),
            Some(rest) if rest.starts_with('=') => return rest.strip_prefix('='),
            _ => {}
        }
    }
    None
}

/// What the config says. One that can't be read is told of later, by whoever needs it.
fn configured(args: &[OsString], world: &World<'_>) -> Option<Language> {
    let system = System::read(world.system).ok()?;
    let is_held = system.as_ref().is_some_and(|system| system.only);
    let named = || {
        let from_env = || world.env.get("BALIE_CONFIG").map(String::as_str);
        let named = typed(args, "--config").or_else(from_env);
        let usual = || Places::from_env(&world.env).map(|places| places.config);
        named.map(PathBuf::from).or_else(usual)
    };
    // Where root holds callers to its desk, no other config is looked at (rule 17).
    let file = if is_held {
        Some(world.system.to_owned())
    } else {
        named()
    };
    let below = system.as_ref().map(|system| (world.system, system));
    let file: &Path = file.as_deref()?;
    let config = Config::load(file, &world.env, caller(world), below).ok()?;
    config.operator.language
}

/// The first of these that is set and not empty counts, as for every program (POSIX).
fn by_locale(world: &World<'_>) -> Language {
    let mut set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| world.env.get(*name))
        .filter(|value| !value.is_empty());
    let is_dutch = |locale: &String| {
        let language = locale.split(['_', '.', '@', '-']).next();
        language.is_some_and(|language| language.eq_ignore_ascii_case("nl"))
    };
    match set.next() {
        Some(locale) if is_dutch(locale) => Language::Nl,
        _ => Language::En,
    }
}
