use serde_json::Value;

use crate::support::postgres::PrivateServer;
use crate::support::{Desk, Engine, Ran};

/// A desk's home, with its database at that URL; `init` isn't run.
fn home(url: String) -> Desk {
    Desk::home_of(Engine::Postgres, url)
}

/// Exit code, code, message and hint.
fn failure(ran: &Ran) -> (i32, String, String) {
    let error: Value = serde_json::from_str(&ran.stderr)
        .unwrap_or_else(|_| panic!("{}{}", ran.stdout, ran.stderr));
    let text = |key: &str| error["error"][key].as_str().unwrap_or_default().to_owned();
    let said = format!("{} | {}", text("message"), text("hint"));
    (ran.exit, text("code"), said)
}

#[track_caller]
fn fails_with(ran: &Ran, words: &[&str]) {
    let (exit, code, said) = failure(ran);
    assert_eq!((exit, code.as_str()), (7, "database_unavailable"), "{said}");
    for word in words {
        assert!(said.contains(word), "`{word}` is missing: {said}");
    }
}

#[test]
fn without_a_user_it_is_the_account_that_runs_balie() {
    let server = PrivateServer::start();
    let url = server.url_of("postgres", "nobody");
    let url = url.replace("&user=nobody", "").replace("nobody@", "");
    let who = std::process::Command::new("id")
        .arg("-un")
        .output()
        .unwrap();
    let who = String::from_utf8(who.stdout).unwrap();
    let desk = home(url);
    fails_with(
        &desk.run_json(["find", "jansen"]),
        &[&format!("role \"{}\"", who.trim())],
    );
    let mut named = desk.command();
    named
        .env("PGUSER", "petra")
        .args(["--format", "json", "find", "jansen"]);
    fails_with(&Ran::new(&named.output().unwrap()), &["role \"petra\""]);
}

#[test]
fn what_the_database_lacks_is_named_with_the_command_that_mends_it() {
    let server = PrivateServer::start();
    server.sql(
        "postgres",
        &[
            "CREATE ROLE weak LOGIN",
            "CREATE DATABASE rights",
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
        ],
    );
    let desk = home(server.url_of("rights", "weak"));
    fails_with(
        &desk.run_json(["init"]),
        &[
            "isn't allowed to create tables",
            "GRANT CREATE ON SCHEMA public TO weak",
        ],
    );
    server.sql("rights", &["GRANT CREATE ON SCHEMA public TO weak"]);
    fails_with(
        &desk.run_json(["init"]),
        &["lacks the extension", "CREATE EXTENSION pg_trgm"],
    );
    // Nothing was left half-way, and each step taken as it was told leads to a desk.
    assert_eq!(
        home(server.url_of("rights", "balie_test")).count("pg_tables WHERE schemaname = 'public'"),
        0
    );
    server.sql("rights", &["CREATE EXTENSION pg_trgm"]);
    assert_eq!(desk.run_json(["init"]).json()["created"], true);
    desk.import_small_directory().json();
    server.sql("rights", &["REVOKE INSERT ON events FROM weak"]);
    fails_with(
        &desk.run_json(["find", "jansen"]),
        &["doesn't allow this login", "--postgres-roles"],
    );

    let latin = home(server.url_of("latin", "balie_test"));
    fails_with(&latin.run_json(["init"]), &["LATIN1", "ENCODING 'UTF8'"]);

    server.sql("rights", &["ALTER ROLE weak SET search_path = nowhere"]);
    fails_with(
        &home(server.url_of("rights", "weak")).run_json(["init"]),
        &["no schema", "search_path"],
    );
}

/// A desk whose database was made before `init` looked at its encoding.
#[test]
fn doctor_names_an_encoding_that_names_do_not_fit_into() {
    let server = PrivateServer::start();
    server.sql("postgres", &["CREATE DATABASE desk"]);
    let desk = Desk::at(Engine::Postgres, server.url_of("desk", "balie_test"));
    server.sql(
        "postgres",
        &["UPDATE pg_database SET encoding = pg_char_to_encoding('LATIN1') WHERE datname = 'desk'"],
    );
    let ran = desk.run_json(["doctor"]);
    let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
    let checks = shown["checks"].as_array().unwrap();
    let encoding = checks.iter().find(|check| check["name"] == "encoding");
    let encoding = encoding.unwrap_or_else(|| panic!("{}", ran.stdout));
    assert_eq!(encoding["result"], "fail");
    assert!(
        encoding["mend"]
            .as_str()
            .unwrap()
            .contains("ENCODING 'UTF8'"),
        "{encoding}"
    );
    assert_eq!(ran.exit, 7);
}

#[test]
fn a_roles_own_settings_do_not_change_what_is_done() {
    let server = PrivateServer::start();
    server.sql(
        "postgres",
        &["CREATE DATABASE desk", "CREATE ROLE clerk LOGIN SUPERUSER"],
    );
    let desk = Desk::at(Engine::Postgres, server.url_of("desk", "clerk"));
    desk.import_small_directory().json();
    for isolation in ["serializable", "repeatable read"] {
        server.sql(
            "desk",
            &[&format!(
                "ALTER ROLE clerk SET default_transaction_isolation = '{isolation}'"
            )],
        );
        let searches: Vec<_> = (0..8)
            .map(|_| desk.start_with(&["find", "jansen"], ""))
            .collect();
        for search in searches {
            let ran = Ran::new(&search.wait_with_output().unwrap());
            assert_eq!(ran.exit, 0, "{isolation}: {}", ran.stderr);
        }
    }
    server.sql("desk", &["ALTER ROLE clerk RESET ALL"]);

    // One connection is enough, and none is told as such.
    server.sql(
        "desk",
        &[
            "ALTER ROLE clerk NOSUPERUSER CONNECTION LIMIT 1",
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk",
        ],
    );
    desk.run_json(["find", "jansen"]).json();
    server.sql("desk", &["ALTER ROLE clerk CONNECTION LIMIT 0"]);
    fails_with(
        &desk.run_json(["whoami"]),
        &["too many connections for role", "CONNECTION LIMIT"],
    );
    server.sql("desk", &["ALTER ROLE clerk CONNECTION LIMIT -1"]);

    server.sql(
        "desk",
        &["ALTER ROLE clerk SET default_transaction_read_only = on"],
    );
    fails_with(
        &desk.run_json(["find", "jansen"]),
        &["is read-only", "default_transaction_read_only"],
    );
    server.sql(
        "desk",
        &[
            "ALTER ROLE clerk RESET ALL",
            "ALTER ROLE clerk SET statement_timeout = '200ms'",
        ],
    );
    let held = home(server.url_of("desk", "balie_test"))
        .hold("BEGIN; LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE");
    fails_with(
        &desk.run_json(["find", "jansen"]),
        &["longer than allowed", "statement_timeout"],
    );
    drop(held);
    desk.run_json(["find", "jansen"]).json();
}

/// A server that asks for a way to log in which nobody here knows (GSSAPI), as `pg_hba.conf` may say.
#[test]
fn an_unknown_way_to_log_in_is_named_with_those_that_work() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut startup = [0; 512];
        let read = stream.read(&mut startup).unwrap();
        assert!(read > 8, "a startup message");
        // AuthenticationGSS.
        stream.write_all(b"R\0\0\0\x08\0\0\0\x07").unwrap();
        let _ = stream.read(&mut startup);
    });
    let desk = Desk::without_init(Engine::Sqlite);
    let url = format!("postgres://desk@127.0.0.1:{port}/balie?sslmode=disable");
    let ran = desk.run_json(["--database", &url, "whoami"]);
    fails_with(&ran, &["authentication method", "scram-sha-256"]);
    server.join().unwrap();
}

/// Killed at any moment, `init` goes on when it's run again; whatever an older one left behind is taken for
/// what it is.
#[test]
fn an_init_that_was_killed_goes_on() {
    let server = PrivateServer::start();
    let rounds = if crate::support::long() { 60 } else { 12 };
    for round in 0..rounds {
        let name = format!("killed{round}");
        server.sql("postgres", &[&format!("CREATE DATABASE {name}")]);
        let desk = home(server.url_of(&name, "balie_test"));
        let mut child = desk.start_with(&["init"], "");
        std::thread::sleep(std::time::Duration::from_millis(10 + round * 120 / rounds));
        child.kill().unwrap();
        child.wait().unwrap();
        let ran = desk.run_json(["init"]);
        assert_eq!(ran.exit, 0, "round {round}: {}", ran.stderr);
        desk.run_json(["audit", "verify"]).json();
    }
    server.sql("postgres", &["CREATE DATABASE left_over"]);
    server.sql(
        "left_over",
        &[
            "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
           installed_on TIMESTAMPTZ NOT NULL DEFAULT now(), success BOOLEAN NOT NULL,
           checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL)",
        ],
    );
    let desk = home(server.url_of("left_over", "balie_test"));
    assert_eq!(desk.run_json(["init"]).json()["created"], true);
    server.sql("postgres", &["CREATE DATABASE somebodys"]);
    server.sql("somebodys", &["CREATE TABLE recipes (name TEXT)"]);
    let other = home(server.url_of("somebodys", "balie_test"));
    let (exit, code, _) = failure(&other.run_json(["init"]));
    assert_eq!((exit, code.as_str()), (2, "invalid_input"));
}

#[test]
fn a_migration_that_fails_is_no_tampering() {
    let server = PrivateServer::start();
    server.sql("postgres", &["CREATE DATABASE desk"]);
    let desk = Desk::at(Engine::Postgres, server.url_of("desk", "balie_test"));
    server.sql(
        "desk",
        &[
            "UPDATE _sqlx_migrations SET checksum = '\\x00' WHERE version = 3",
            "DELETE FROM _sqlx_migrations WHERE version > 12",
        ],
    );
    fails_with(&desk.run_json(["init"]), &["left as it is", "that created"]);
}
