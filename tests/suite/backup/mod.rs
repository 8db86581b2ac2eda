//! `balie backup`: a copy of all that is committed, and of nothing else.

mod restore;

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::Path;
use std::process::Command;

use balie::domain::timestamp::Timestamp;
use serde_json::Value;

use crate::support::{Desk, Engine, Ran, on_both_databases};

pub(crate) fn back_up(desk: &Desk, path: &Path) -> Ran {
    desk.run_json(["backup", &path.display().to_string()])
}

fn verify(desk: &Desk, path: &Path) -> Ran {
    desk.run_json(["backup", "verify", &path.display().to_string()])
}

/// What is left in a folder of a copy that wasn't finished.
pub(crate) fn halves(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".part")).count()
}

on_both_databases! {
    fn a_copy_has_all_that_was_committed_and_no_key(desk: &Desk) {
        desk.import_small_directory().json();
        // The next command's own events come after the copy.
        let events = desk.count("events");
        let path = desk.path("copy");
        let made = back_up(desk, &path).json();
        assert_eq!(made["events"].as_i64(), Some(events), "{made:#}");
        assert_eq!(made["bytes"].as_u64(), Some(fs::metadata(&path).unwrap().len()));
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let found = verify(desk, &path).json();
        for same in ["desk", "events", "head", "bytes", "file"] {
            assert_eq!(found[same], made[same], "{same}");
        }
        let logged = desk.pairs("SELECT e.action, d.json FROM events e JOIN event_details d ON d.seq = e.seq ORDER BY e.seq DESC LIMIT 1");
        assert_eq!(logged[0].0, "backup");
        let detail: Value = serde_json::from_str(&logged[0].1).unwrap();
        assert_eq!((&detail["events"], &detail["head"]), (&made["events"], &made["head"]));
        let keys = fs::read_to_string(desk.path(".config/balie/keys.toml")).unwrap();
        let secret = keys.split('"').find(|word| word.len() > 40).unwrap();
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()));
        // It's replaced by the next one, which has more.
        let more = back_up(desk, &path).json();
        assert!(more["events"].as_i64() > made["events"].as_i64());
        assert_eq!(halves(&desk.path(".")), 0);
    }

    fn nothing_but_a_copy_of_this_desk_is_replaced(desk: &Desk) {
        let other = Desk::new(desk.engine);
        let theirs = desk.path("theirs");
        back_up(&other, &theirs).json();
        fs::write(desk.path("letter"), "Geachte heer").unwrap();
        fs::write(desk.path("empty"), "").unwrap();
        back_up(desk, &desk.path("real")).json();
        symlink(desk.path("real"), desk.path("link")).unwrap();
        let mut wrong = vec![("letter", 2, "invalid_input"), ("empty", 2, "invalid_input"),
            ("link", 2, "invalid_input"), ("theirs", 4, "other_desk"), (".config", 2, "invalid_input"),
            ("nowhere/copy", 3, "not_found")];
        if desk.engine == Engine::Sqlite {
            wrong.push(("balie.db", 2, "invalid_input"));
        }
        let before = desk.count("events WHERE action = 'backup'");
        for (name, exit, code) in wrong {
            let bytes = fs::read(desk.path(name)).ok();
            let (found, told, message) = back_up(desk, &desk.path(name)).error();
            assert_eq!((found, told.as_str()), (exit, code), "{name}: {message}");
            if name != "balie.db" {
                assert_eq!(fs::read(desk.path(name)).ok(), bytes, "{name} stays");
            }
        }
        assert_eq!(desk.count("events WHERE action = 'backup'"), before);
        assert_eq!(halves(&desk.path(".")), 0);
        for name in ["letter", "empty", "absent"] {
            assert_ne!(verify(desk, &desk.path(name)).exit, 0, "{name}");
        }
    }

    fn a_copy_that_was_changed_or_cut_is_found_out(desk: &Desk) {
        desk.import_small_directory().json();
        let path = desk.path("copy");
        back_up(desk, &path).json();
        let whole = fs::read(&path).unwrap();
        let mut cut = whole.clone();
        cut.truncate(whole.len() * 2 / 3);
        fs::write(&path, &cut).unwrap();
        let (exit, code, message) = verify(desk, &path).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"), "{message}");
        if desk.engine == Engine::Sqlite {
            fs::write(&path, &whole).unwrap();
            let copy = Desk::at_file(&path);
            copy.sql("DROP TRIGGER events_no_update; UPDATE events SET operator = 'mallory' WHERE seq = 2").unwrap();
            let (exit, code, message) = verify(desk, &path).error();
            assert_eq!((exit, code.as_str()), (8, "tampered"), "{message}");
            assert!(message.contains("event 2"), "{message}");
        }
    }

    fn copies_in_a_folder_are_turned_over(desk: &Desk) {
        let folder = desk.path("copies");
        fs::create_dir(&folder).unwrap();
        let dir = folder.display().to_string();
        let start: Timestamp = "2036-12-01T00:00:00Z".parse().unwrap();
        fs::write(folder.join("balie-20200101T000000Z.backup"), "somebody's").unwrap();
        fs::write(folder.join("notes"), "mine").unwrap();
        back_up(&Desk::new(desk.engine), &folder.join("balie-20200102T000000Z.backup")).json();
        for hour in 0..4 {
            desk.run_at(start.plus_hours(hour), &["backup", &dir, "--keep", "2"]);
        }
        let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["balie-20200101T000000Z.backup", "balie-20200102T000000Z.backup",
            "balie-20361201T020000Z.backup", "balie-20361201T030000Z.backup", "notes"]);
        assert_eq!(desk.run_json(["backup", &dir]).error().1, "invalid_input", "a folder wants --keep");
    }
}

/// Balie, where no file may grow to what a copy has: 100 blocks of 1,024 bytes.
fn with_little_room(desk: &Desk, verb: &str, path: &Path) -> Ran {
    let balie = desk.command();
    let script =
        format!("trap '' XFSZ; ulimit -f 100; exec \"$0\" --format json --yes {verb} \"$1\"");
    let mut sh = Command::new("bash");
    sh.args(["-c", &script])
        .arg(balie.get_program())
        .arg(path)
        .env_clear()
        .envs(
            balie
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    Ran::new(&sh.output().unwrap())
}

on_both_databases! {
    fn a_full_disk_leaves_the_old_copy(desk: &Desk) {
        desk.import_small_directory().json();
        let path = desk.path("copy");
        back_up(desk, &path).json();
        let before = fs::read(&path).unwrap();
        let ran = with_little_room(desk, "backup", &path);
        let (exit, code, message) = ran.error();
        assert_eq!((exit, code.as_str()), (7, "database_unavailable"), "{message}");
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(halves(&desk.path(".")), 0);
        assert_eq!(desk.count("events WHERE action = 'backup'"), 1, "what isn't there is no copy");
    }
}

#[test]
fn without_its_program_a_dump_is_refused_and_says_what_to_do() {
    let desk = Desk::new(Engine::Postgres);
    let mut command = desk.command();
    let path = desk.path("copy");
    command
        .env("PATH", "/nowhere")
        .args(["--format", "json", "backup"])
        .arg(&path);
    let ran = Ran::new(&command.output().unwrap());
    let (exit, code, message) = ran.error();
    assert_eq!((exit, code.as_str()), (7, "database_unavailable"));
    assert!(message.contains("`pg_dump` isn't installed"), "{message}");
    assert!(ran.stderr.contains("postgresql-client"), "{}", ran.stderr);
    assert!(!path.exists());
}
