//! Desks as release 0.1.0 left them, on both databases: `init` brings them up to date, whenever it's killed, and
//! their work goes on.
//!
//! The fixtures are what that release's binary made of the small directory: two enrollments, a reset on a proven
//! request, a request with a code on its way, and a plan of two rows on a third one.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use balie::domain::timestamp::Timestamp;

use super::campaign_of_init;
use crate::support::{Desk, Engine};

/// Noon of the day after the fixtures were made.
const NEXT_DAY: i64 = 1_796_126_400_000_000;

fn former(engine: Engine) -> Desk {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/kills/former");
    let desk = Desk::without_init(engine);
    let folder = match engine {
        Engine::Sqlite => {
            let packed = fs::File::open(folder.join("sqlite/desk.db.gz")).unwrap();
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(packed)
                .read_to_end(&mut bytes)
                .unwrap();
            fs::write(desk.path("balie.db"), bytes).unwrap();
            folder.join("sqlite")
        }
        Engine::Postgres => {
            let dump = fs::read_to_string(folder.join("postgres/desk.sql")).unwrap();
            desk.sql(&dump).unwrap();
            folder.join("postgres")
        }
    };
    fs::create_dir_all(desk.path(".config/balie")).unwrap();
    desk.secret(
        ".config/balie/keys.toml",
        &fs::read_to_string(folder.join("keys.toml")).unwrap(),
    );
    desk
}

/// Nothing of its log is lost, and what it holds from now on is recorded.
#[track_caller]
fn is_whole(desk: &Desk) {
    assert_eq!(desk.count("events WHERE action = 'state.baseline'"), 1);
    assert_eq!(desk.count("events WHERE action = 'reset'"), 1);
    desk.run_json(["audit", "verify"]).json();
    desk.assert_state_holds();
}

fn a_migration_goes_on(engine: Engine) {
    let desk = former(engine);
    let ran = desk.run_json(["account", "show", "j.jansen"]);
    assert!(
        ran.exit == 7 && ran.stderr.contains("balie init"),
        "{} {}",
        ran.exit,
        ran.stderr
    );
    let begun = Instant::now();
    desk.run_json(["init"]).json();
    let whole = begun.elapsed();
    is_whole(&desk);
    let name = "init of a desk of 0.1.0";
    campaign_of_init(engine, name, whole, |_| former(engine), is_whole);
}

/// What older rules verified is judged by those of today, from the mail that was kept.
fn its_work_goes_on(engine: Engine) {
    let desk = former(engine);
    let now = Timestamp::from_micros(NEXT_DAY);
    desk.run_at(now, &["init"]);
    let verified =
        "SELECT public_id, verdict FROM requests WHERE verdict = 'verified' ORDER BY id DESC";
    let request = &desk.pairs(verified)[0].0;
    desk.run_at(now, &["request", "reverify", request, "--offline"]);
    // The plan had bound it; bound by name, no second operator is asked for.
    desk.run_at(now, &["request", "assign", request, "z.celik"]);
    desk.run_at(now, &["request", "reverify", request, "--offline"]);
    desk.run_at(now, &["reset", "z.celik", "--request", request, "--yes"]);
    assert_eq!(desk.count("accounts WHERE session_epoch = 1"), 2);
    desk.run_at(now, &["audit", "verify", "--state"]);
    // Its key has no halves: whoever has it opens everything, until all is sealed under a new one.
    let file = desk.path("desk-keys.toml").display().to_string();
    let split = ["key", "split", &file];
    assert_eq!(desk.run_json(split).error().1, "invalid_input");
    desk.run_at(now, &["key", "rotate", "--yes"]);
    desk.run_at(now, &split);
    desk.run_at(now, &["audit", "verify", "--state"]);
}

#[test]
fn a_migration_goes_on_sqlite() {
    a_migration_goes_on(Engine::Sqlite);
}

#[test]
fn a_migration_goes_on_postgres() {
    a_migration_goes_on(Engine::Postgres);
}

#[test]
fn its_work_goes_on_sqlite() {
    its_work_goes_on(Engine::Sqlite);
}

#[test]
fn its_work_goes_on_postgres() {
    its_work_goes_on(Engine::Postgres);
}
