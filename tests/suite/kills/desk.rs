//! `directory import`, `key rotate` and `init`.

use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

use super::{campaign, campaign_of_init, time};
use crate::key::rotate::{all_open, enrolled, status};
use crate::support::postgres::PrivateServer;
use crate::support::{Desk, Engine, on_both_databases};

/// The small directory with 300 teachers whose names are of that version.
fn directory(desk: &Desk, version: u32) -> String {
    let folder = desk.small_directory();
    let file = folder.join("accounts.csv");
    let mut accounts = fs::read_to_string(&file).unwrap();
    for n in 0..300 {
        let mail = format!("t{n}@beatrixschool.nl");
        writeln!(
            accounts,
            "t{n},Teacher {version} {n},{mail},teacher@sch-beatrix,active"
        )
        .unwrap();
    }
    fs::write(&file, accounts).unwrap();
    folder.display().to_string()
}

on_both_databases! {
    fn an_import_is_whole_or_nothing(desk: &Desk) {
        let import = |version: u32| {
            let mut command = desk.command();
            command.args(["directory", "import", &directory(desk, version)]);
            command
        };
        time(import(0));
        let whole = time(import(1));
        let mut imports = 2;
        campaign(desk, "directory import", whole, |round| import(round + 2), |_| {
            let names = "SELECT CAST(COUNT(DISTINCT substr(name, 9, length(name) - 8 - length(username))) AS BIGINT)
                         FROM accounts WHERE name LIKE 'Teacher%'";
            assert_eq!(desk.number(names), 1, "half an import");
            let logged = desk.count("events WHERE action = 'directory.import'");
            assert!(logged == imports || logged == imports + 1, "{logged} of {imports}");
            imports = logged;
        });
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }

    fn a_rotation_goes_on_where_it_ended(desk: &Desk) {
        let sealed = if crate::support::long() { 2_500 } else { 600 };
        enrolled(desk, usize::try_from(sealed).unwrap());
        let rotate = || {
            let mut command = desk.command();
            command.args(["key", "rotate", "--quiet", "--yes"]);
            command
        };
        let whole = time(rotate());
        campaign(desk, "key rotate", whole, |_| rotate(), |round| {
            let keys = status(desk);
            let held: i64 = keys.iter().map(|key| key["enrollments"].as_i64().unwrap()).sum();
            assert_eq!(held, sealed, "round {round}");
        });
        time(rotate());
        all_open(desk);
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }
}

/// Whatever `init` had done when it was killed, the next one goes on, and there's one desk.
fn init_goes_on(engine: Engine, new_home: impl Fn(u32) -> Desk) {
    let begun = Instant::now();
    new_home(u32::MAX).run_json(["init"]).json();
    let whole = begun.elapsed();
    campaign_of_init(engine, "init", whole, new_home, |desk| {
        assert_eq!(desk.count("events WHERE action = 'desk.init'"), 1);
        desk.run_json(["audit", "verify"]).json();
    });
}

#[test]
fn an_init_goes_on_sqlite() {
    init_goes_on(Engine::Sqlite, |_| Desk::without_init(Engine::Sqlite));
}

#[test]
fn an_init_goes_on_postgres() {
    let server = PrivateServer::start();
    init_goes_on(Engine::Postgres, |round| {
        let name = format!("killed{round}");
        server.sql("postgres", &[&format!("CREATE DATABASE {name}")]);
        Desk::home_of(Engine::Postgres, server.url_of(&name, "balie_test"))
    });
}
