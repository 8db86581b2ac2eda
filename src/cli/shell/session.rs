//! One call: its flags, its config, its streams, and the desk that they open.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use rand::CryptoRng;

use super::callers::caller;
use super::global::{Color, Global};
use super::only::Root;
use super::{credential, only};
use crate::cli::Failure;
use crate::cli::language::{said, told};
use crate::cli::output::{Format, Out};
use crate::config::{Caller, Config, Places};
use crate::desk;
use crate::desk::Desk;
use crate::domain::operator::session::Token;
use crate::domain::settings::InForce;
use crate::domain::timestamp::Timestamp;
use crate::store::{Database, DatabaseUrl};
use crate::vault::KeySource;
use crate::world::World;

/// A call before its desk is open.
pub(in crate::cli) struct Session<'w> {
    pub(in crate::cli) out: Out<'w>,
    pub(in crate::cli) stdin: &'w mut dyn std::io::Read,
    pub(in crate::cli) rng: &'w mut dyn CryptoRng,
    pub(in crate::cli) now: Timestamp,
    /// For what takes so long that one instant won't do.
    pub(in crate::cli) clock: &'w dyn Fn() -> Timestamp,
    /// The caller's half of the config; the desk's half as it's in force here, once the database was asked.
    /// Boxed: it's long, and a step of every command has it.
    pub(in crate::cli) config: Box<Config>,
    pub(in crate::cli) config_file: PathBuf,
    in_force: InForce,
    pub(in crate::cli) caller: Caller,
    /// Root holds whoever calls to this desk.
    pub(in crate::cli) only: bool,
    /// Nothing tells whoever calls from the next one.
    nameless: bool,
    /// The account's home, as the system knows it.
    pub(super) home: Option<PathBuf>,
    pub(in crate::cli) user: String,
    /// The database that was opened, for what is done once the command has ended.
    pub(in crate::cli) in_use: Rc<RefCell<Option<Database>>>,
    env: &'w BTreeMap<String, String>,
    opened: Option<Result<Database, Failure>>,
    secrets_are_due: bool,
    /// Read once: standard input has it once.
    credential: Shown,
    database: Option<String>,
    default_database: Option<PathBuf>,
}

/// What is shown to be let in.
enum Shown {
    NotRead,
    Read(Option<Token>),
}

/// The format that was asked for, by flag or environment.
pub(in crate::cli) fn format(global: &Global, world: &World<'_>) -> Option<Format> {
    let from_env = || {
        let text = world.env.get("BALIE_FORMAT")?;
        clap::ValueEnum::from_str(text, true).ok()
    };
    global.format.or_else(from_env)
}

/// The config that was named, by flag or environment.
pub(in crate::cli) fn named_config(global: &Global, world: &World<'_>) -> Option<PathBuf> {
    let from_env = || world.env.get("BALIE_CONFIG").map(PathBuf::from);
    global.config.clone().or_else(from_env)
}

/// Whether to use colours on standard output (<https://no-color.org>).
pub(in crate::cli) fn color(global: &Global, world: &World<'_>) -> bool {
    match global.color {
        Some(Color::Always) => true,
        Some(Color::Never) => false,
        Some(Color::Auto) | None => {
            world.terminal.stdout
                && !world.env.contains_key("NO_COLOR")
                && world.env.get("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Where a setting is to be written: at a closed desk, or in the config.
pub(in crate::cli) fn where_to_set(in_force: &InForce, key: &str) -> String {
    if in_force.closed {
        return said!(
            "have an admin run `balie settings set {key} VALUE`",
            key = key
        );
    }
    let (section, name) = key.split_once('.').unwrap_or((key, ""));
    said!(
        "set `[{section}] {name}` in the config",
        section = section,
        name = name
    )
}

impl<'w> Session<'w> {
    pub(in crate::cli) fn new(
        global: Global,
        root: &Root,
        world: &'w mut World<'_>,
    ) -> Result<Self, Failure> {
        let flag = |name: &str| world.env.get(name).is_some_and(|v| v == "1" || v == "true");
        let places = Places::from_env(&world.env);
        let config_file = named_config(&global, world)
            .or_else(|| places.as_ref().map(|places| places.config.clone()))
            .ok_or_else(|| {
                Failure::input_required(&said!("the place of the config"), "--config FILE")
            })?;
        let caller = caller(world);
        let system = root.system.as_ref();
        let below = system.map(|system| (world.system, system));
        let config = Config::load(&config_file, &world.env, caller, below).map(Box::new)?;
        let only = system.is_some_and(|system| system.only);
        let in_force = InForce::on_an_open_desk(&config.brought);
        let config_names_command = config.names_a_command();
        let out = Out {
            terminal: world.terminal,
            format: format(&global, world).unwrap_or_default(),
            color: color(&global, world),
            quiet: global.quiet,
            verbose: global.verbose,
            no_input: global.no_input || flag("BALIE_NO_INPUT"),
            yes: global.yes,
            dry_run: global.dry_run,
            names_no_path: only,
            stdout: &mut *world.stdout,
            stderr: &mut *world.stderr,
        };
        Ok(Self {
            out,
            stdin: &mut *world.stdin,
            rng: &mut *world.rng,
            env: &world.env,
            in_use: Rc::default(),
            opened: None,
            secrets_are_due: false,
            credential: Shown::NotRead,
            now: (world.clock)(),
            clock: world.clock,
            user: config.operator.login.clone().unwrap_or_else(world.user),
            database: global
                .database
                .or_else(|| world.env.get("BALIE_DATABASE").cloned()),
            default_database: places.map(|places| places.database),
            config,
            config_file,
            caller,
            only,
            nameless: root.nameless,
            home: config_names_command.then(world.home).flatten(),
            in_force,
        })
    }

    /// Where the database is: the flag, then the config, then the usual place.
    pub(in crate::cli) fn database_url(&self) -> Result<DatabaseUrl, Failure> {
        let text = self.database.as_ref().or(self.config.database.url.as_ref());
        match (text, &self.default_database) {
            (Some(text), _) => text
                .parse()
                .map_err(|error: crate::store::NotADatabaseUrl| {
                    Failure::invalid(told(&error.to_string()), error.hint())
                }),
            (None, Some(path)) => Ok(DatabaseUrl::Sqlite(path.clone())),
            (None, None) => Err(Failure::input_required(
                &said!("the place of the database"),
                "--database URL",
            )),
        }
    }

    /// Where the key file is: the config, or beside the config.
    pub(in crate::cli) fn key_file(&self) -> PathBuf {
        self.config
            .keys
            .file
            .clone()
            .unwrap_or_else(|| self.config_file.with_file_name("keys.toml"))
    }

    /// Where the keys come from: the command of the config before the file.
    pub(in crate::cli) fn keys(&self) -> KeySource {
        match &self.config.keys.command {
            Some(command) => KeySource::Command {
                words: command.words(),
                home: self.home.clone(),
            },
            None => KeySource::File(self.key_file()),
        }
    }

    /// Where this machine keeps what the next run needs, whoever calls.
    pub(super) fn state_folder(&self) -> Option<PathBuf> {
        credential::state_home(self.env).map(|home| home.join("balie"))
    }

    /// Where the operator's session is kept.
    pub(in crate::cli) fn session_file(&self) -> Result<PathBuf, Failure> {
        if self.nameless {
            return Err(only::nobody_in_particular());
        }
        credential::session_file(self.env, &self.database_url()?).ok_or_else(|| {
            Failure::input_required(&said!("a folder for the session"), "XDG_RUNTIME_DIR")
        })
    }

    /// Turns away who isn't logged in on a closed desk, before anything else is looked at. Where there's
    /// no desk to ask, the command says so itself, if it needs one.
    pub(in crate::cli) async fn check_admission(&mut self) -> Result<(), Failure> {
        let database = match self.open_database().await {
            Ok(database) => database,
            Err(error) => {
                self.opened = Some(Err(error));
                return Ok(());
            }
        };
        let credential = self.credential()?;
        let keys = self.keys();
        let (settings, user) = (self.in_force.clone(), self.user.clone());
        let mut desk = Desk::new(
            database, keys, settings, user, credential, self.now, self.rng,
        );
        let admitted = desk.check_admission().await;
        self.opened = Some(Ok(desk.database));
        self.credential = Shown::Read(desk.credential);
        let admitted = admitted?;
        self.secrets_are_due = admitted.secrets_are_due;
        // A service's token is the yes to its job (rule 15), and can do nothing else.
        self.out.yes |= admitted.is_service;
        Ok(())
    }

    async fn open_database(&mut self) -> Result<Database, Failure> {
        let patience = self.config.database.wait_seconds;
        let patience = patience.map(|seconds| Duration::from_secs(seconds.into()));
        let database = Database::open(&self.database_url()?, patience).await?;
        self.in_use.replace(Some(database.clone()));
        self.go_by_the_desk(&database).await?;
        Ok(database)
    }

    /// A closed desk is judged by its own settings: what the caller brings along may only make them stricter, and
    /// what isn't used is said (rule 17).
    async fn go_by_the_desk(&mut self, database: &Database) -> Result<(), Failure> {
        let in_force = desk::settings_in_force(database, &self.config.brought).await?;
        let config = self.config.under(&in_force);
        let config = config.ok_or_else(|| Failure::internal(said!("a setting doesn't fit")))?;
        *self.config = config;
        if !self.out.format.is_json() {
            for ignored in &in_force.ignored {
                self.out.say(&said!("`{key}` in {from} isn't used: this desk is closed and follows its own settings (`balie settings list`)", key = ignored.key, from = ignored.from));
            }
        }
        self.in_force = in_force;
        Ok(())
    }

    /// What this command works under.
    pub(in crate::cli) const fn in_force(&self) -> &InForce {
        &self.in_force
    }

    /// What is shown to be let in.
    fn credential(&mut self) -> Result<Option<Token>, Failure> {
        if let Shown::Read(token) = std::mem::replace(&mut self.credential, Shown::NotRead) {
            return Ok(token);
        }
        if let Some(path) = self.env.get("BALIE_TOKEN_FILE") {
            return credential::read_token(path.as_ref(), self.stdin).map(Some);
        }
        if self.nameless {
            return Ok(None);
        }
        credential::read_session(&self.session_file()?)
    }

    /// The session that is shown, where there is one that can be read.
    pub(in crate::cli) fn shown_session(&self) -> Option<Token> {
        let file = self.session_file().ok()?;
        credential::read_session(&file).ok().flatten()
    }

    /// Opens the desk.
    pub(in crate::cli) async fn open(self) -> Result<(Desk<'w>, Out<'w>, Box<Config>), Failure> {
        let secrets_are_due = self.secrets_are_due;
        let (desk, out, config) = self.try_open().await;
        let mut desk = desk?;
        if secrets_are_due && !out.dry_run {
            crate::desk::reset::destroy_retired(&mut desk).await?;
        }
        Ok((desk, out, config))
    }

    /// Opens the desk that is about to be put into this database.
    pub(in crate::cli) fn open_on(
        self,
        database: Database,
    ) -> Result<(Desk<'w>, Out<'w>, Config), Failure> {
        let mut session = self;
        let (keys, credential) = (session.keys(), session.credential()?);
        let desk = Desk::new(
            database,
            keys,
            session.in_force,
            session.user,
            credential,
            session.now,
            session.rng,
        );
        Ok((desk, session.out, *session.config))
    }

    /// Opens the desk, or says why it can't be opened and gives the streams back.
    pub(in crate::cli) async fn try_open(
        mut self,
    ) -> (Result<Desk<'w>, Failure>, Out<'w>, Box<Config>) {
        let database = match self.opened.take() {
            Some(opened) => opened,
            None => self.open_database().await,
        };
        let credential = self.credential();
        let keys = self.keys();
        let desk = database.and_then(|database| {
            let (now, rng) = (self.now, self.rng);
            Ok(Desk::new(
                database,
                keys,
                self.in_force,
                self.user,
                credential?,
                now,
                rng,
            ))
        });
        (desk, self.out, self.config)
    }
}
