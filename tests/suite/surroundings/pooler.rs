use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::postgres::PrivateServer;
use crate::support::{Desk, Engine};

/// A pooler in front of a server, which stops when it's dropped.
struct Pooler(Child);

impl Pooler {
    fn start(server: &PrivateServer, mode: &str, port: u16) -> Self {
        let folder = server.folder().display();
        let config = server.folder().join(format!("pgbouncer-{mode}.ini"));
        let text = format!(
            "[databases]\n* = host={folder} user=balie_test\n[pgbouncer]\nlisten_addr =\nlisten_port = {port}\n\
             unix_socket_dir = {folder}\nauth_type = any\npool_mode = {mode}\ndefault_pool_size = 1\n\
             min_pool_size = 1\nlogfile = {folder}/pgbouncer-{mode}.log\n"
        );
        // Nothing is ignored for us: what a pooler doesn't know isn't asked for.
        std::fs::write(&config, text).unwrap();
        let program = "/usr/sbin/pgbouncer";
        assert!(
            std::path::Path::new(program).exists(),
            "PgBouncer is installed: `tests/run` does that"
        );
        let mut command = if server.as_root() {
            let mut command = Command::new("setpriv");
            command.args([
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                program,
            ]);
            command
        } else {
            Command::new(program)
        };
        let child = command
            .arg("-q")
            .arg(&config)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let socket = server.folder().join(format!(".s.PGSQL.{port}"));
        for _ in 0..100 {
            if socket.exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(socket.exists(), "PgBouncer listens");
        Self(child)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn behind_a_pooler_it_works_or_says_how_to_connect() {
    let server = PrivateServer::start();
    server.sql("postgres", &["CREATE DATABASE desk"]);
    let direct = server.url_of("desk", "balie_test");
    let mut desk = Desk::at(Engine::Postgres, direct.clone());
    desk.import_small_directory().json();

    let _session = Pooler::start(&server, "session", 6501);
    desk.url = format!("{direct}&port=6501");
    for _ in 0..3 {
        desk.run_json(["find", "jansen"]).json();
    }

    let _transaction = Pooler::start(&server, "transaction", 6502);
    desk.url = format!("{direct}&port=6502");
    let mut told = 0;
    for _ in 0..4 {
        let ran = desk.run_json(["find", "jansen"]);
        if ran.exit == 0 {
            continue;
        }
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        assert!(
            ran.stderr.contains("database_unavailable") && ran.stderr.contains("session mode"),
            "{}",
            ran.stderr
        );
        told += 1;
    }
    // Newer ones keep prepared statements apart (`max_prepared_statements`), and then it just works.
    let old = Command::new("/usr/sbin/pgbouncer")
        .arg("--version")
        .output()
        .unwrap();
    let old = String::from_utf8_lossy(&old.stdout).contains("PgBouncer 1.18");
    assert!(!old || told > 0, "1.18 mixes them up");
    desk.url = direct;
    desk.run_json(["audit", "verify"]).json();
}
