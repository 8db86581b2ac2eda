//! What a shell is given from the database while somebody types: usernames, ids, codes, each with a word on what it is. Tab
//! never says what is wrong: where the desk can't be asked, nothing is offered.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::time::Duration;

use clap::FromArgMatches as _;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use tokio::time::timeout;

use super::global::Global;
use super::only;
use super::session::Session;
use crate::cli::language;
use crate::cli::output::escape::for_line;
use crate::cli::request::age::age;
use crate::desk;
use crate::desk::{Offered, Wanted};
use crate::domain::timestamp::Timestamp;
use crate::world::World;

/// When Tab gives up, and offers nothing.
const TO_OFFER: Duration = Duration::from_secs(2);
/// How much of a name or subject is shown, in characters.
const SHOWN: usize = 50;

/// Opens a world without streams: whoever presses Tab reads only what is offered.
pub type Door = fn(&mut dyn FnMut(&mut World<'_>));

/// The command line that is being typed, and the way to its desk.
struct Asked {
    words: Vec<OsString>,
    declared: fn() -> clap::Command,
    door: Door,
}

thread_local! {
    static ASKED: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// Takes in what a shell asks with: `balie -- balie reset r.t`.
pub(in crate::cli) fn asked(args: &[OsString], declared: fn() -> clap::Command, door: Door) {
    let words = args.iter().skip_while(|arg| *arg != "--").skip(1);
    ASKED.set(Some(Asked {
        words: words.cloned().collect(),
        declared,
        door,
    }));
}

/// Usernames.
pub(in crate::cli) fn accounts() -> ArgValueCompleter {
    completer(Wanted::Account)
}

/// Usernames, or requests once an `R-` was typed.
pub(in crate::cli) fn accounts_or_requests() -> ArgValueCompleter {
    ArgValueCompleter::new(|word: &OsStr| {
        let is_id = word
            .to_str()
            .is_none_or(|word| word.is_empty() || word.to_ascii_uppercase().starts_with("R-"));
        offered(
            if is_id {
                Wanted::Request
            } else {
                Wanted::Account
            },
            word,
        )
    })
}

/// Requests that wait.
pub(in crate::cli) fn requests() -> ArgValueCompleter {
    completer(Wanted::Request)
}

/// Bulk plans that aren't over.
pub(in crate::cli) fn plans() -> ArgValueCompleter {
    completer(Wanted::Plan)
}

/// Break-glass cases that wait.
pub(in crate::cli) fn cases() -> ArgValueCompleter {
    completer(Wanted::Case)
}

/// Regions.
pub(in crate::cli) fn regions() -> ArgValueCompleter {
    completer(Wanted::Region)
}

/// Organisations.
pub(in crate::cli) fn organisations() -> ArgValueCompleter {
    completer(Wanted::Organisation)
}

/// Operators.
pub(in crate::cli) fn operators() -> ArgValueCompleter {
    completer(Wanted::Operator)
}

fn completer(wanted: Wanted) -> ArgValueCompleter {
    ArgValueCompleter::new(move |word: &OsStr| offered(wanted, word))
}

fn offered(wanted: Wanted, word: &OsStr) -> Vec<CompletionCandidate> {
    let mut offered = Vec::new();
    ASKED.with_borrow(|asked| {
        if let (Some(asked), Some(word)) = (asked, word.to_str()) {
            (asked.door)(&mut |world| {
                offered = from_desk(wanted, word, asked, world).unwrap_or_default();
            });
        }
    });
    offered
}

/// Why there's nothing is of no use to whoever pressed Tab, so that it's left out.
fn from_desk(
    wanted: Wanted,
    typed_so_far: &str,
    asked: &Asked,
    world: &mut World<'_>,
) -> Option<Vec<CompletionCandidate>> {
    let _language = language::Run::begin(language::spoken(&asked.words, world));
    // Half a command is no mistake.
    let mut command = (asked.declared)().ignore_errors(true);
    let matches = command.try_get_matches_from_mut(&asked.words).ok()?;
    let global = Global::from_arg_matches(&matches).ok()?;
    let typed = only::Typed {
        global: &global,
        makes_a_desk: false,
        command: &command,
        matches: &matches,
    };
    let root = only::enter(&typed, world).ok()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let mut session = Session::new(global, &root, world).ok()?;
    // Nobody's lock is waited for.
    session.config.database.wait_seconds = Some(0);
    let now = session.now;
    let asking = async {
        let (mut desk, ..) = session.open().await.ok()?;
        desk::completions(&mut desk, wanted, typed_so_far)
            .await
            .ok()
    };
    let found = runtime.block_on(async { timeout(TO_OFFER, asking).await.ok().flatten() })?;
    Some(found.iter().map(|one| candidate(one, now)).collect())
}

fn candidate(offered: &Offered, now: Timestamp) -> CompletionCandidate {
    let what: String = offered.what.chars().take(SHOWN).collect();
    let help = match offered.since {
        Some(since) => format!("{} · {what}", age(since, now)),
        None => what,
    };
    CompletionCandidate::new(&offered.value).help(Some(for_line(&help).into_owned().into()))
}
