//! `balie desk`: guided work, one case at a time. It types the commands that an operator would type,
//! and shows them, so that whoever is guided learns them by the way.

use std::ffi::OsString;
use std::io;

use dialoguer::{Input, Select};
use serde_json::Value;

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, escape};
use crate::cli::shell::ending::Runs;
use crate::cli::shell::global::Global;
use crate::cli::shell::prompt::unanswered;
use crate::cli::shell::session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Failure, Outcome};
use crate::domain::language::Language;
use crate::world::World;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  balie desk

It needs a terminal. Every step shows the command that it types; type it yourself, and it's the same.")]
pub(super) struct Args {}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }
}

/// How many of those that wait are offered.
const QUEUE: &str = "200";

/// Whether there is somebody to guide.
pub(super) fn can_guide(global: &Global, world: &World<'_>) -> bool {
    world.terminal.stdin && world.terminal.stderr && !global.no_input
}

pub(super) fn nobody_to_guide() -> Failure {
    Failure::input_required(
        &said!("a terminal to guide somebody at"),
        &said!("the single commands instead: balie request list, show, reset"),
    )
}

pub(super) fn run(global: &Global, runs: Runs, world: &mut World<'_>) -> Outcome {
    let mut guide = Guide {
        global,
        runs,
        world,
    };
    loop {
        let queue = match guide.queue()? {
            Ok(queue) => queue,
            Err(exit) => return Ok(Exit::As(exit)),
        };
        let mut lines: Vec<String> = queue.iter().map(line).collect();
        lines.push(said!("look again"));
        lines.push(said!("that's all for now"));
        let at = choose(&said!("{number} waiting", number = queue.len()), &lines)?;
        match queue.get(at) {
            Some(request) => guide.case(text(request, "id"))?,
            None if at == queue.len() => {}
            None => return Ok(Exit::Done),
        }
    }
}

/// One request on one line, short enough for the chooser.
fn line(request: &Value) -> String {
    let status = match text(request, "status") {
        "waiting" if request["answered_at"].is_string() => noted!("answered"),
        status => status,
    };
    let whole = format!(
        "{}  {:<8}  {}  {}",
        text(request, "id"),
        told(status),
        text(request, "from"),
        text(request, "subject")
    );
    escape::for_line(&whole).chars().take(76).collect()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn choose(prompt: &str, lines: &[String]) -> Result<usize, Failure> {
    let chosen = Select::new()
        .with_prompt(prompt)
        .items(lines)
        .default(0)
        .interact_opt()
        .map_err(unanswered)?;
    Ok(chosen.unwrap_or(lines.len() - 1))
}

/// What can be done with a case, as it's offered and as it's typed.
struct Choice {
    shown: String,
    typed: Vec<String>,
}

impl Choice {
    fn new(shown: &str, typed: &[&str]) -> Self {
        Self {
            shown: shown.to_owned(),
            typed: typed.iter().map(|word| (*word).to_owned()).collect(),
        }
    }
}

/// What a command said, or the exit code that it failed with.
type Answer<T> = Result<T, u8>;

struct Guide<'a, 'w> {
    global: &'a Global,
    runs: Runs,
    world: &'a mut World<'w>,
}

impl Guide<'_, '_> {
    /// The requests that wait, those for the desk first, and of these the oldest.
    fn queue(&mut self) -> Result<Answer<Vec<Value>>, Failure> {
        let listed = self.ask(&["request", "list", "--waiting", "--limit", QUEUE])?;
        Ok(listed.map(|listed| listed["requests"].as_array().cloned().unwrap_or_default()))
    }

    /// One case, until the operator goes on to the next.
    fn case(&mut self, id: &str) -> Result<(), Failure> {
        loop {
            self.type_in(&["request", "show", id])?;
            let Ok(request) = self.ask(&["request", "show", id])? else {
                return Ok(());
            };
            let choices = choices(id, &request);
            let mut lines: Vec<String> = choices.iter().map(|c| c.shown.clone()).collect();
            lines.push(said!("the next case"));
            let at = choose(&said!("Request {id}", id = id), &lines)?;
            let Some(choice) = choices.get(at) else {
                return Ok(());
            };
            let mut typed = choice.typed.clone();
            if typed.last().is_some_and(|word| word == "--reason") {
                typed.push(reason()?);
            }
            let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
            self.type_in(&typed)?;
        }
    }

    /// Types a command for the operator, and shows it. It says itself how it went.
    fn type_in(&mut self, args: &[&str]) -> Result<u8, Failure> {
        let width = self
            .world
            .terminal
            .width
            .filter(|_| self.world.terminal.stdout);
        let mut page = Page::new(width, session::color(self.global, self.world));
        page.gap();
        page.line(Tone::Strong, &format!("$ balie {}", quoted(args)));
        self.world.stdout.write_all(page.finish().as_bytes())?;
        let words = self.words("table", args);
        Ok((self.runs)(&words, self.world))
    }

    /// Runs a command behind the scenes for its document. One that fails is typed for all to see.
    fn ask(&mut self, args: &[&str]) -> Result<Answer<Value>, Failure> {
        let mut document = Vec::new();
        let words = self.words("json", args);
        let mut world = World {
            clock: self.world.clock,
            rng: &mut *self.world.rng,
            stdin: &mut io::empty(),
            stdout: &mut document,
            stderr: &mut io::sink(),
            env: self.world.env.clone(),
            not_text: self.world.not_text.clone(),
            user: self.world.user,
            account: self.world.account,
            home: self.world.home,
            system: self.world.system,
            terminal: self.world.terminal,
        };
        if (self.runs)(&words, &mut world) != 0 {
            return Ok(Err(self.type_in(args)?));
        }
        let document = serde_json::from_slice(&document);
        document
            .map(Ok)
            .map_err(|error| Failure::internal(error.to_string()))
    }

    /// The whole command line, with the flags that this one was given.
    fn words(&self, format: &str, args: &[&str]) -> Vec<OsString> {
        let mut words: Vec<OsString> = vec!["balie".into(), "--format".into(), format.into()];
        let global = self.global;
        if let Some(config) = &global.config {
            words.extend(["--config".into(), config.into()]);
        }
        if let Some(database) = &global.database {
            words.extend(["--database".into(), database.into()]);
        }
        if let Some(spoken) = global.lang {
            let spoken = Language::from(spoken);
            words.extend(["--lang".into(), spoken.as_str().into()]);
        }
        words.extend(args.iter().map(Into::into));
        words
    }
}

type Offer = (&'static str, &'static [&'static str]);

const ASSIGN: Offer = (noted!("name the accounts that it is for"), &["assign"]);

const CHALLENGE: Offer = (noted!("mail a code to the address on file"), &["challenge"]);

const CONFIRM: Offer = (noted!("enter the code that was read out"), &["confirm"]);

const REJECT: Offer = (noted!("reject it, and say why"), &["reject", "--reason"]);

const CLOSE: Offer = (
    noted!("close it: it isn't a request"),
    &["close", "--reason"],
);

const EVIDENCE: Offer = (noted!("every check, with its evidence"), &["show", "-v"]);

/// What fits the case: its next step first.
fn choices(id: &str, request: &Value) -> Vec<Choice> {
    let mut choices = Vec::new();
    let next = &request["next"];
    if let Some(command) = next["command"].as_str() {
        let typed: Vec<&str> = command.split_whitespace().skip(1).collect();
        // What is still to be filled in is asked by the command itself.
        let typed: Vec<&str> = typed
            .into_iter()
            .take_while(|word| !word.starts_with('"') && *word != "USERNAME")
            .collect();
        choices.push(Choice::new(&format!("balie {}", typed.join(" ")), &typed));
    }
    let more: &[Offer] = match text(request, "status") {
        "ready" => &[ASSIGN, REJECT, CLOSE],
        "waiting" => &[ASSIGN, CHALLENGE, CONFIRM, REJECT, CLOSE],
        "rejected" => &[REJECT, CLOSE],
        _ => &[],
    };
    for (shown, words) in more.iter().chain([&EVIDENCE]) {
        let Some((verb, flags)) = words.split_first() else {
            continue;
        };
        let typed = [&["request", verb, id], flags].concat();
        if !choices.iter().any(|choice: &Choice| choice.typed == typed) {
            choices.push(Choice::new(&told(shown), &typed));
        }
    }
    choices
}

/// As it would be typed in a shell.
fn quoted(args: &[&str]) -> String {
    let word = |arg: &&str| {
        if arg.contains(char::is_whitespace) {
            format!("{arg:?}")
        } else {
            (*arg).to_owned()
        }
    };
    args.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn reason() -> Result<String, Failure> {
    Input::<String>::new()
        .with_prompt(said!("Why"))
        .interact_text()
        .map_err(unanswered)
}
