//! Commands run in this process, under a clock that the test sets.

use std::cell::Cell;
use std::io;

use balie::domain::timestamp::Timestamp;
use balie::world::{Terminal, World};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use serde_json::Value;

use super::{Desk, schema};

/// A desk's hours, which pass when the test says so.
pub(crate) struct Hours(Cell<Timestamp>);

impl Hours {
    #[expect(
        clippy::disallowed_methods,
        reason = "the desk was set up by the real clock"
    )]
    pub(crate) fn start() -> Self {
        Self(Cell::new(jiff::Timestamp::now().into()))
    }

    /// At another time than the real one: that of mails which were signed once and for all.
    pub(crate) fn at(now: Timestamp) -> Self {
        Self(Cell::new(now))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.get()
    }

    pub(crate) fn pass(&self, hours: u32) {
        self.0.set(self.now().plus_hours(hours));
    }

    /// Types a command; what comes back is its document, or its error object.
    pub(crate) fn run(&self, desk: &Desk, env: &[(&str, &str)], args: &[&str]) -> Value {
        let args = [&["--yes", "--format", "json"], args].concat();
        let (stdout, stderr) = self.type_in(desk, env, &args, Terminal::default());
        schema::check(&stdout, &stderr);
        let said = if stdout.is_empty() { stderr } else { stdout };
        serde_json::from_slice(&said)
            .unwrap_or_else(|error| panic!("{args:?}: {error}: {}", String::from_utf8_lossy(&said)))
    }

    fn type_in(
        &self,
        desk: &Desk,
        env: &[(&str, &str)],
        args: &[&str],
        terminal: Terminal,
    ) -> (Vec<u8>, Vec<u8>) {
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let clock = || self.now();
        let mut env: std::collections::BTreeMap<String, String> = env
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect();
        env.insert("HOME".into(), desk.path("").display().to_string());
        env.insert("BALIE_DATABASE".into(), desk.url.clone());
        let mut world = World {
            not_text: Vec::new(),
            clock: &clock,
            rng: &mut UnwrapErr(SysRng),
            stdin: &mut io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            env,
            user: &|| "fatima".into(),
            account: uzers::get_effective_uid(),
            home: &|| None,
            system: std::path::Path::new("/nowhere/balie.toml"),
            terminal,
        };
        let typed = ["balie"].iter().chain(args).map(Into::into);
        balie::run(typed, &mut world);
        (stdout, stderr)
    }
}
