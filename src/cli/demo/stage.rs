//! Where the demo plays: a folder with a desk in it, and the command line as an operator types it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::output::{Format, Page, Tone};
use crate::cli::shell::ending::Runs;
use crate::domain::timestamp::Timestamp;
use crate::world::{Terminal, World};

/// Who plays the desk's work.
pub(super) const OPERATOR: &str = "sanne";

pub(super) struct Stage<'a, 'w> {
    folder: PathBuf,
    /// Gone with the stage, unless it is to be kept.
    _borrowed: Option<TempDir>,
    world: &'a mut World<'w>,
    runs: Runs,
    format: Format,
    color: bool,
}

impl<'a, 'w> Stage<'a, 'w> {
    /// A stage in `keep`, which must be new or empty, or in a folder that goes afterwards.
    pub(super) fn new(
        keep: Option<PathBuf>,
        world: &'a mut World<'w>,
        runs: Runs,
        format: Format,
        color: bool,
    ) -> Result<Self, Failure> {
        let (folder, borrowed) = if let Some(folder) = keep {
            (std::path::absolute(folder)?, None)
        } else {
            let borrowed = TempDir::with_prefix("balie-demo-")?;
            (borrowed.path().to_owned(), Some(borrowed))
        };
        fs::create_dir_all(&folder)?;
        if fs::read_dir(&folder)?.next().is_some() {
            return Err(Failure::invalid(
                said!("{folder} isn't empty", folder = folder.display()),
                said!("pass --keep a folder that is new or empty"),
            ));
        }
        Ok(Self {
            folder,
            _borrowed: borrowed,
            world,
            runs,
            format,
            color,
        })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a file on the stage.
    pub(super) fn put(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)
    }

    /// Tells what is about to be seen; only to people.
    pub(super) fn tell(&mut self, heading: &str, text: &str) -> io::Result<()> {
        if self.format != Format::Table {
            return Ok(());
        }
        let mut page = self.page();
        page.gap();
        page.heading(heading);
        page.prose(text);
        self.world.stdout.write_all(page.finish().as_bytes())
    }

    /// Types a command, shows what it says, and holds it to the exit code that it must end with.
    pub(super) fn play(&mut self, args: &[&str], expected: u8) -> Result<(), Failure> {
        self.play_with(args, "", expected)
    }

    /// The same, with something on standard input.
    pub(super) fn play_with(
        &mut self,
        args: &[&str],
        input: &str,
        expected: u8,
    ) -> Result<(), Failure> {
        let shown = self.run(args, input, self.format.name(), expected)?;
        if self.format == Format::Table {
            let mut page = self.page();
            page.gap();
            let typed = args.join(" ");
            let below = format!("{}/", self.folder.display());
            let typed = format!("$ balie {}", typed.replace(&below, ""));
            page.line(Tone::Strong, &typed);
            self.world.stdout.write_all(page.finish().as_bytes())?;
        }
        self.world.stdout.write_all(&shown)?;
        Ok(self.world.stdout.flush()?)
    }

    /// Runs a command behind the scenes for what it says.
    pub(super) fn ask(&mut self, args: &[&str]) -> Result<Value, Failure> {
        self.ask_with(args, "")
    }

    /// The same, with something on standard input.
    pub(super) fn ask_with(&mut self, args: &[&str], input: &str) -> Result<Value, Failure> {
        let document = self.run(args, input, "json", 0)?;
        serde_json::from_slice(&document).map_err(|error| Failure::internal(error.to_string()))
    }

    /// What time it is on the stage.
    pub(super) fn now(&self) -> Timestamp {
        (self.world.clock)()
    }

    fn run(
        &mut self,
        args: &[&str],
        input: &str,
        format: &str,
        expected: u8,
    ) -> Result<Vec<u8>, Failure> {
        let color = if self.color { "always" } else { "never" };
        let always = ["balie", "--yes", "--format", format, "--color", color];
        let typed = always.iter().chain(args).map(Into::into);
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let mut env = self.world.env.clone();
        env.retain(|name, _| !name.starts_with("BALIE_"));
        let home = self.folder.display().to_string();
        for (name, below) in [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "/config"),
            ("XDG_DATA_HOME", "/data"),
        ] {
            env.insert(name.to_owned(), format!("{home}{below}"));
        }
        let mut world = World {
            clock: self.world.clock,
            rng: &mut *self.world.rng,
            stdin: &mut input.as_bytes(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            env,
            not_text: self.world.not_text.clone(),
            user: &|| OPERATOR.to_owned(),
            account: self.world.account,
            home: self.world.home,
            system: self.world.system,
            terminal: Terminal {
                stdin: false,
                stderr: false,
                ..self.world.terminal
            },
        };
        let exit = (self.runs)(&typed.collect::<Vec<_>>(), &mut world);
        if exit == expected {
            // What is refused says so where a person reads it.
            if exit != 0 && format == Format::Table.name() {
                stdout.extend(stderr);
            }
            return Ok(stdout);
        }
        let said = String::from_utf8_lossy(&stderr);
        Err(Failure::internal(format!(
            "`balie {}` ended with {exit}, not {expected}: {said}",
            args.join(" ")
        )))
    }

    fn page(&self) -> Page {
        let width = self.world.terminal.width;
        Page::new(width.filter(|_| self.world.terminal.stdout), self.color)
    }
}

/// Exit code 4: refused by a rule.
pub(in crate::cli) const REFUSED: u8 = 4;
