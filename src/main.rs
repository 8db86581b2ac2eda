//! The `balie` binary: builds the real world and calls [`balie::run`].

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::io::{BufWriter, IsTerminal as _, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use balie::domain::timestamp::Timestamp;
use balie::world::{Terminal, World};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use uzers::os::unix::UserExt as _;

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if let Some(answered) = balie::cli::complete(&args, in_silence) {
        return answered;
    }
    let mut line_by_line = io::stdout().lock();
    let mut by_block = BufWriter::new(io::stdout().lock());
    // Between a page and a question at a terminal nothing may linger; elsewhere a document isn't written
    // line by line.
    let stdout: &mut dyn Write = if io::stdout().is_terminal() {
        &mut line_by_line
    } else {
        &mut by_block
    };
    let size = console::Term::stdout().size_checked();
    let streams = Streams {
        // Not locked: a prompt without echo reads it too, and would wait for the lock for ever.
        stdin: &mut io::stdin(),
        stdout: &mut *stdout,
        stderr: &mut io::stderr(),
        terminal: Terminal {
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
            stderr: io::stderr().is_terminal(),
            width: size.map(|(_, columns)| columns),
            height: size.map(|(rows, _)| rows),
        },
    };
    in_world(streams, |world| balie::run(args, world))
}

/// What is read and written.
struct Streams<'s> {
    stdin: &'s mut dyn Read,
    stdout: &'s mut dyn Write,
    stderr: &'s mut dyn Write,
    terminal: Terminal,
}

/// For what is asked while somebody types: there's nothing to read, and what is said reaches nobody.
fn in_silence(act: &mut dyn FnMut(&mut World<'_>)) {
    let streams = Streams {
        stdin: &mut io::empty(),
        stdout: &mut io::sink(),
        stderr: &mut io::sink(),
        terminal: Terminal::default(),
    };
    in_world(streams, act);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door by which clock and environment come in"
)]
fn in_world<T>(streams: Streams<'_>, act: impl FnOnce(&mut World<'_>) -> T) -> T {
    let Streams {
        stdin,
        stdout,
        stderr,
        terminal,
    } = streams;
    let (env, not_text) = environment();
    let mut world = World {
        clock: &|| Timestamp::from(jiff::Timestamp::now()),
        // Without the system's generator nothing may go on.
        rng: &mut UnwrapErr(SysRng),
        stdin,
        stdout,
        stderr,
        env,
        not_text,
        user: &|| {
            let user = uzers::get_current_username().unwrap_or_default();
            user.to_string_lossy().into_owned()
        },
        account: uzers::get_effective_uid(),
        home: &|| {
            let user = uzers::get_user_by_uid(uzers::get_effective_uid())?;
            Some(user.home_dir().to_owned())
        },
        system: Path::new(balie::config::SYSTEM),
        terminal,
    };
    act(&mut world)
}

/// The variables that are text, and the names of those that aren't: one that can't be read is still there.
fn environment() -> (BTreeMap<String, String>, Vec<String>) {
    let (mut env, mut not_text) = (BTreeMap::new(), Vec::new());
    for (name, value) in std::env::vars_os() {
        match (name.into_string(), value.into_string()) {
            (Ok(name), Ok(value)) => {
                env.insert(name, value);
            }
            (Ok(name), Err(_)) => not_text.push(name),
            (Err(name), _) => not_text.push(name.to_string_lossy().into_owned()),
        }
    }
    (env, not_text)
}
