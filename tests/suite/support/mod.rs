//! A desk of its own for each test: a home folder, a database, the built binary.

pub(crate) mod dovecot;
pub(crate) mod imap_server;
pub(crate) mod in_process;
pub(crate) mod mail;
pub(crate) mod postgres;
pub(crate) mod schema;
pub(crate) mod smtp_server;
pub(crate) mod smtp_tls;
pub(crate) mod staff;
pub(crate) mod state;
pub(crate) mod tls;
pub(crate) mod token_server;
pub(crate) mod tokens;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use balie::domain::timestamp::Timestamp;
use balie::world::{Terminal, World};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use serde_json::Value;
use tempfile::TempDir;

/// Runs the same story on SQLite and on PostgreSQL.
macro_rules! on_both_databases {
    ($(fn $name:ident($desk:ident: &Desk) $body:block)+) => { $(
        fn $name($desk: &$crate::support::Desk) $body

        mod $name {
            use $crate::support::{Desk, Engine};

            #[test]
            fn sqlite() {
                super::$name(&Desk::new(Engine::Sqlite));
            }

            #[test]
            fn postgres() {
                super::$name(&Desk::new(Engine::Postgres));
            }
        }
    )+ };
}
pub(crate) use on_both_databases;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// A file in the desk's home.
    Sqlite,
    /// A database of its own on the server that `tests/run` started.
    Postgres,
}

/// A desk that `init` has set up.
pub(crate) struct Desk {
    home: TempDir,
    /// The database's URL.
    pub(crate) url: String,
    pub(crate) engine: Engine,
}

/// What a command did.
pub(crate) struct Ran {
    pub(crate) exit: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn new(output: &Output) -> Self {
        schema::check(&output.stdout, &output.stderr);
        Self {
            exit: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The document, of a command that went well.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.exit, 0, "{}{}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {}", self.stdout))
    }

    /// The error object and the exit code, of one that didn't.
    #[track_caller]
    pub(crate) fn error(&self) -> (i32, String, String) {
        assert_eq!(
            self.stdout, "",
            "an error leaves nothing on standard output"
        );
        let error: Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|e| panic!("{e}: {}", self.stderr));
        let text = |key: &str| error["error"][key].as_str().unwrap_or_default().to_owned();
        (self.exit, text("code"), text("message"))
    }
}

impl Desk {
    pub(crate) fn new(engine: Engine) -> Self {
        let desk = Self::without_init(engine);
        let made = desk.run(["init"]);
        assert_eq!(made.exit, 0, "{}", made.stderr);
        desk
    }

    pub(crate) fn without_init(engine: Engine) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => home.path().join("balie.db").display().to_string(),
            Engine::Postgres => new_postgres_database(),
        };
        Self { home, url, engine }
    }

    /// A desk on a database that is there already.
    pub(crate) fn at(engine: Engine, url: String) -> Self {
        let desk = Self::home_of(engine, url);
        let made = desk.run(["init"]);
        assert_eq!(made.exit, 0, "{}", made.stderr);
        desk
    }

    /// A home for a database that no `init` has seen yet.
    pub(crate) fn home_of(engine: Engine, url: String) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        Self { home, url, engine }
    }

    /// A desk whose SQLite file is that one.
    pub(crate) fn at_file(file: &Path) -> Self {
        Self::home_of(Engine::Sqlite, file.display().to_string())
    }

    /// Adds to the config.
    pub(crate) fn configure(&self, more: &str) {
        let config = self.path(".config/balie/config.toml");
        let text = std::fs::read_to_string(&config).expect("`init` wrote it");
        std::fs::write(&config, format!("{text}\n{more}")).expect("the config is written");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// A file with a secret that nobody else can read.
    pub(crate) fn secret(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let file = self.path(name);
        std::fs::write(&file, text).expect("a file");
        let own = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(&file, own).expect("a file of one's own");
        file
    }

    /// Runs `balie` with these arguments and a yes (rule 15), as a person at no terminal.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let output = self
            .command()
            .arg("--yes")
            .args(args)
            .output()
            .expect("balie runs");
        Ran::new(&output)
    }

    /// Runs it with `--format json`.
    pub(crate) fn run_json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let output = self
            .command()
            .args(["--format", "json"])
            .args(args)
            .output();
        Ran::new(&output.expect("balie runs"))
    }

    /// Runs it with `--format json`, as another of the system's users.
    pub(crate) fn run_as<S: AsRef<OsStr>>(
        &self,
        login: &str,
        args: impl IntoIterator<Item = S>,
    ) -> Ran {
        let output = self
            .command()
            .env("BALIE_OPERATOR_LOGIN", login)
            .args(["--format", "json"])
            .args(args)
            .output();
        Ran::new(&output.expect("balie runs"))
    }

    /// Runs it with `--format json` and this standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let child = self.start_with(args, input);
        Ran::new(&child.wait_with_output().expect("balie ends"))
    }

    /// Starts it with `--format json` and this standard input.
    pub(crate) fn start_with(&self, args: &[&str], input: &str) -> Child {
        let mut child = self
            .command()
            .args(["--format", "json"])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("balie starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        // A command that fails before it reads has closed the pipe.
        let _ = stdin.write_all(input.as_bytes());
        child
    }

    /// `balie` with a yes: no test but those of rule 15 is about that.
    pub(crate) fn command(&self) -> Command {
        let mut command = self.command_without_yes();
        command.arg("--yes");
        command
    }

    /// `balie` as it's typed where somebody can be asked, or where nobody said yes.
    pub(crate) fn command_without_yes(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_balie"));
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("BALIE_DATABASE", &self.url)
            .env("BALIE_OPERATOR_LOGIN", "fatima");
        command
    }

    /// Writes the four files of a small directory, and imports them.
    pub(crate) fn import_small_directory(&self) -> Ran {
        self.run_json([
            "directory",
            "import",
            &self.small_directory().display().to_string(),
        ])
    }

    pub(crate) fn small_directory(&self) -> PathBuf {
        let folder = self.path("directory");
        copy_folder(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/directory"),
            &folder,
        );
        folder
    }

    /// Runs SQL on a connection that stays open until what comes back is dropped.
    pub(crate) fn hold(&self, sql: &str) -> Held {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        let connection = runtime.block_on(async {
            use sqlx::{Connection as _, Executor as _};
            match self.engine {
                Engine::Sqlite => {
                    let mut connection = sqlx::SqliteConnection::connect(&self.url)
                        .await
                        .expect("SQLite opens");
                    connection
                        .execute(sqlx::raw_sql(sql))
                        .await
                        .expect("it can be held");
                    Connection::Sqlite(connection)
                }
                Engine::Postgres => {
                    let mut connection = sqlx::PgConnection::connect(&self.url)
                        .await
                        .expect("PostgreSQL answers");
                    connection
                        .execute(sqlx::raw_sql(sql))
                        .await
                        .expect("it can be held");
                    Connection::Postgres(connection)
                }
            }
        });
        Held {
            _connection: connection,
            _runtime: runtime,
        }
    }

    /// Runs `balie` in this process, at an hour of the test's choosing; it has to go well.
    #[track_caller]
    pub(crate) fn run_at(&self, now: Timestamp, args: &[&str]) {
        let mut stderr = Vec::new();
        let env = [
            ("HOME", self.home.path().display().to_string()),
            ("BALIE_DATABASE", self.url.clone()),
            ("BALIE_OPERATOR_LOGIN", "fatima".to_owned()),
        ];
        let mut world = World {
            not_text: Vec::new(),
            clock: &|| now,
            rng: &mut UnwrapErr(SysRng),
            stdin: &mut std::io::empty(),
            stdout: &mut std::io::sink(),
            stderr: &mut stderr,
            env: env.map(|(name, value)| (name.to_owned(), value)).into(),
            user: &String::new,
            account: uzers::get_effective_uid(),
            home: &|| None,
            system: std::path::Path::new("/nowhere/balie.toml"),
            terminal: Terminal::default(),
        };
        let args = ["balie", "--yes"].iter().chain(args).map(Into::into);
        let exit = balie::run(args, &mut world);
        let said = String::from_utf8_lossy(&stderr);
        assert_eq!(
            format!("{exit:?}"),
            format!("{:?}", ExitCode::SUCCESS),
            "{said}"
        );
    }

    /// How many rows `what` (a table, and a condition) has, past `balie`.
    pub(crate) fn count(&self, what: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {what}"))
    }

    /// The one number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let query = sqlx::AssertSqlSafe(sql.to_owned());
        runtime.block_on(async {
            use sqlx::Connection as _;
            let number = match self.engine {
                Engine::Sqlite => {
                    let mut connection = sqlx::SqliteConnection::connect(&self.url)
                        .await
                        .expect("SQLite opens");
                    sqlx::query_scalar(query).fetch_one(&mut connection).await
                }
                Engine::Postgres => {
                    let mut connection = sqlx::PgConnection::connect(&self.url)
                        .await
                        .expect("PostgreSQL answers");
                    sqlx::query_scalar(query).fetch_one(&mut connection).await
                }
            };
            number.expect("one number")
        })
    }

    /// The pairs of texts that a query gives.
    pub(crate) fn pairs(&self, sql: &str) -> Vec<(String, String)> {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let query = sqlx::AssertSqlSafe(sql.to_owned());
        runtime.block_on(async {
            use sqlx::Connection as _;
            let pairs = match self.engine {
                Engine::Sqlite => {
                    let mut connection = sqlx::SqliteConnection::connect(&self.url)
                        .await
                        .expect("SQLite opens");
                    sqlx::query_as(query).fetch_all(&mut connection).await
                }
                Engine::Postgres => {
                    let mut connection = sqlx::PgConnection::connect(&self.url)
                        .await
                        .expect("PostgreSQL answers");
                    sqlx::query_as(query).fetch_all(&mut connection).await
                }
            };
            pairs.expect("pairs of texts")
        })
    }

    /// Puts one line of SQL to the database, past `balie`.
    pub(crate) fn sql(&self, sql: &str) -> Result<(), String> {
        self.put(sql, true)
    }

    /// Puts it past the foreign keys too (on PostgreSQL their triggers have to be off already).
    pub(crate) fn sql_past_keys(&self, sql: &str) -> Result<(), String> {
        self.put(sql, false)
    }

    fn put(&self, sql: &str, keys: bool) -> Result<(), String> {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        runtime.block_on(async {
            use sqlx::{Connection as _, Executor as _};
            let result = match self.engine {
                Engine::Sqlite => {
                    let options: sqlx::sqlite::SqliteConnectOptions =
                        self.url.parse().expect("a file");
                    let options = options.foreign_keys(keys);
                    let mut connection = sqlx::SqliteConnection::connect_with(&options)
                        .await
                        .expect("SQLite opens");
                    connection.execute(sql).await.map(drop)
                }
                Engine::Postgres => {
                    let mut connection = sqlx::PgConnection::connect(&self.url)
                        .await
                        .expect("PostgreSQL answers");
                    connection.execute(sql).await.map(drop)
                }
            };
            result.map_err(|error| error.to_string())
        })
    }
}

/// Whether the long kill, race and scale runs were asked for (`BALIE_LONG=1`).
#[expect(clippy::disallowed_methods, reason = "tests/run says so")]
pub(crate) fn long() -> bool {
    std::env::var("BALIE_LONG").is_ok_and(|value| value == "1")
}

/// A connection in the middle of something.
pub(crate) struct Held {
    _connection: Connection,
    _runtime: tokio::runtime::Runtime,
}

#[expect(dead_code, reason = "held, not used")]
enum Connection {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("an entry");
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests/run says where its server is"
)]
fn new_postgres_database() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("BALIE_TEST_POSTGRES")
        .expect("PostgreSQL is needed and never skipped: run the tests with `tests/run`");
    let name = format!(
        "balie_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        use sqlx::{Connection as _, Executor as _};
        let mut connection = sqlx::PgConnection::connect(&format!("postgres:///postgres?{server}"))
            .await
            .expect("the server of tests/run answers");
        // An earlier process of that number may have left one.
        let left = sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}"));
        connection.execute(left).await.expect("it's nobody's");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection.execute(create).await.expect("a new database");
    });
    format!("postgres:///{name}?{server}")
}
