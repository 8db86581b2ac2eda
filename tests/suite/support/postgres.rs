//! A PostgreSQL server of a test's own, to stop and start as it likes.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A server that listens on a socket in a folder of its own.
pub(crate) struct PrivateServer {
    folder: TempDir,
    programs: PathBuf,
    as_root: bool,
}

impl PrivateServer {
    pub(crate) fn start() -> Self {
        let server = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            programs: programs(),
            as_root: uzers::get_current_uid() == 0,
        };
        let data = server.data();
        std::fs::create_dir(&data).expect("a folder");
        if server.as_root {
            // PostgreSQL refuses to run as root, and its user has to get here.
            run(Command::new("chown")
                .arg("-R")
                .arg("postgres:")
                .arg(server.folder.path()));
        }
        let mut initdb = server.command("initdb");
        initdb.args([
            "-U",
            "balie_test",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        ]);
        run(initdb.arg("-D").arg(&data));
        server.control("start");
        server
    }

    /// The URL of its one database.
    pub(crate) fn url(&self) -> String {
        format!(
            "postgres:///postgres?host={}&user=balie_test",
            self.folder.path().display()
        )
    }

    /// The URL of one of its databases, for one of its logins.
    pub(crate) fn url_of(&self, database: &str, login: &str) -> String {
        format!(
            "postgres:///{database}?host={}&user={login}",
            self.folder.path().display()
        )
    }

    /// Puts SQL to one of its databases as its owner, statement by statement.
    pub(crate) fn sql(&self, database: &str, statements: &[&str]) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            use sqlx::{Connection as _, Executor as _};
            let url = self.url_of(database, "balie_test");
            let mut connection = sqlx::PgConnection::connect(&url).await.expect("it answers");
            for statement in statements {
                let done = connection.execute(sqlx::AssertSqlSafe((*statement).to_owned()));
                done.await
                    .unwrap_or_else(|error| panic!("{statement}: {error}"));
            }
        });
    }

    /// Its folder, which others can get into.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Whether its programs are run as `postgres`, since the tests are run by root.
    pub(crate) fn as_root(&self) -> bool {
        self.as_root
    }

    /// Pulls the plug, and starts it again.
    pub(crate) fn crash_and_recover(&self) {
        self.control("stop");
        self.control("start");
    }

    pub(crate) fn control(&self, what: &str) {
        let folder = self.folder.path().display();
        let mut control = self.command("pg_ctl");
        control
            .arg("-D")
            .arg(self.data())
            .args(["-s", "-w", "-m", "immediate"]);
        control
            .arg("-l")
            .arg(self.folder.path().join("log"))
            .arg(what);
        if what == "start" {
            control.arg("-o").arg(format!(
                "-c listen_addresses='' -c unix_socket_directories='{folder}'"
            ));
        }
        run(&mut control);
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.as_root {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for PrivateServer {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        // It may be down already.
        let _ = stop
            .arg("-D")
            .arg(self.data())
            .args(["-s", "-m", "immediate", "stop"])
            .output();
    }
}

fn run(command: &mut Command) {
    // A server that inherits a pipe keeps it open: its output goes to a file.
    let status = command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .expect("PostgreSQL's programs run");
    assert!(status.success(), "{command:?}");
}

/// Where `tests/run` finds PostgreSQL too.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    found.extend(["/usr/local/pgsql/bin", "/opt/homebrew/bin", "/usr/bin"].map(PathBuf::from));
    let has_it = |folder: &&PathBuf| Path::new(folder).join("initdb").exists();
    found
        .iter()
        .find(has_it)
        .expect("PostgreSQL is installed: `tests/run` does that")
        .clone()
}
