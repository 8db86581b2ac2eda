use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use balie::domain::log::chain::Line;
use serde_json::Value;

use super::{broken_at, keep, put_back, unlocked_log};
use crate::support::{Desk, Engine, on_both_databases};

fn sign(desk: &Desk, name: &str) -> PathBuf {
    let path = desk.path(name);
    let ran = desk.run(["audit", "checkpoint"]);
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
    fs::write(&path, &ran.stdout).unwrap();
    path
}

fn against(path: &Path) -> [String; 2] {
    ["--checkpoint".into(), path.display().to_string()]
}

fn verify(desk: &Desk, path: &Path) -> Value {
    let args = against(path);
    super::lines_hold(desk, &[&args[0], &args[1]])
}

#[track_caller]
fn broken_against(desk: &Desk, path: &Path) -> String {
    let args = against(path);
    broken_at(desk, &[&args[0], &args[1]])
}

fn export(desk: &Desk) -> Vec<Value> {
    let ran = desk.run(["audit", "export"]);
    assert_eq!(ran.exit, 0, "{}", ran.stderr);
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Writes the log anew from event `from` on, each line with the hash that fits it: what who owns the
/// database can do.
fn rewrite(desk: &Desk, from: usize) {
    let hex = |value: &Value| {
        data_encoding::HEXLOWER
            .decode(value.as_str().unwrap().as_bytes())
            .unwrap()
    };
    let lines = export(desk);
    let mut before = hex(&lines[from - 2]["hash"]);
    for line in &lines[from - 1..] {
        let seq: i64 = line["seq"].as_str().unwrap().parse().unwrap();
        let hash = Line {
            seq,
            at: line["at"].as_str().unwrap().parse().unwrap(),
            operator: "mallory",
            action: line["action"].as_str().unwrap(),
            account: line["account_id"].as_str().map(|id| id.parse().unwrap()),
            request: line["request"].as_str(),
            detail_commitment: &hex(&line["detail_commitment"]),
            prev_hash: &before,
        }
        .hash();
        let literal = |bytes: &[u8]| match desk.engine {
            Engine::Sqlite => format!("x'{}'", data_encoding::HEXLOWER.encode(bytes)),
            Engine::Postgres => format!("'\\x{}'", data_encoding::HEXLOWER.encode(bytes)),
        };
        desk.sql(&format!(
            "UPDATE events SET operator = 'mallory', prev_hash = {}, hash = {} WHERE seq = {seq}",
            literal(&before),
            literal(&hash)
        ))
        .unwrap();
        before = hash.to_vec();
    }
}

on_both_databases! {
    fn another_checker_finds_the_same_root_and_signature(desk: &Desk) {
        desk.import_small_directory().json();
        desk.run_json(["account", "show", "j.jansen"]).json();
        let export = desk.path("log.ndjson");
        let signed = desk.run_json(["audit", "checkpoint"]).json();
        let note = desk.path("balie.checkpoint");
        fs::write(&note, signed["note"].as_str().unwrap()).unwrap();
        assert_eq!(desk.run(["audit", "export", "--out", &export.display().to_string()]).exit, 0);
        let uid = signed["origin"].as_str().unwrap().strip_prefix("balie.log/").unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/cli/audit/check_checkpoint.py");
        let checked = Command::new("python3")
            .arg(script)
            .args([note.as_os_str(), signed["key"].as_str().unwrap().as_ref(), uid.as_ref(), export.as_os_str()])
            .output()
            .expect("python3 is there");
        let said = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success(), "{said}");
        assert_eq!(verify(desk, &note)["checkpoints"][0], signed["size"]);
    }

    fn a_tail_that_was_cut_off_is_seen(desk: &Desk) {
        unlocked_log(desk, 6);
        let kept = sign(desk, "balie.checkpoint");
        assert_eq!(verify(desk, &kept)["checkpoints"][0], 6);
        for statement in ["DELETE FROM event_details WHERE seq > 4", "DELETE FROM events WHERE seq > 4"] {
            desk.sql(statement).unwrap();
        }
        // The verification of a log that seems whole is an event too, so that there are 5 by now.
        assert_eq!(super::lines_hold(desk, &[])["events"], 4);
        assert_eq!(broken_against(desk, &kept), "6");
    }

    fn an_older_copy_that_was_put_back_is_seen_even_when_worked_on(desk: &Desk) {
        unlocked_log(desk, 4);
        let early = sign(desk, "early.checkpoint");
        keep(desk);
        for _ in 0..3 {
            desk.run_json(["region", "list"]).json();
        }
        let late = sign(desk, "late.checkpoint");
        put_back(desk);
        assert_eq!(verify(desk, &early)["checkpoints"][0], 4);
        assert_eq!(broken_against(desk, &late), "7", "the log has 6 events by now");
        for _ in 0..4 {
            desk.run_json(["region", "list"]).json();
        }
        assert!(super::lines_hold(desk, &[])["events"].as_i64() > Some(8));
        assert_eq!(broken_against(desk, &late), "1");
        // With both, what was signed early narrows it down.
        let [flag, early] = against(&early);
        let [_, late] = against(&late);
        assert_eq!(broken_at(desk, &[&flag, &early, &flag, &late]), "5");
    }

    fn a_log_that_was_written_anew_is_seen_and_never_signed_over(desk: &Desk) {
        unlocked_log(desk, 6);
        let kept = desk.path("balie.checkpoint");
        let out = kept.display().to_string();
        assert_eq!(desk.run(["audit", "checkpoint", "--out", &out]).exit, 0);
        desk.run_json(["region", "list"]).json();
        assert_eq!(desk.run(["audit", "checkpoint", "--out", &out]).exit, 0, "a log that went on");
        let before = fs::read(&kept).unwrap();
        rewrite(desk, 5);
        super::lines_hold(desk, &[]);
        assert_eq!(broken_against(desk, &kept), "1");
        assert_eq!(desk.run(["audit", "checkpoint", "--out", &out]).exit, 8);
        assert_eq!(fs::read(&kept).unwrap(), before);
    }

    fn a_forged_checkpoint_is_not_believed(desk: &Desk) {
        desk.run_json(["region", "list"]).json();
        let kept = sign(desk, "balie.checkpoint");
        let note = fs::read_to_string(&kept).unwrap();
        let (root, signature) = (note.lines().nth(2).unwrap(), note.lines().last().unwrap());
        let swap = |text: &str| match text.as_bytes()[0] { b'A' => format!("B{}", &text[1..]), _ => format!("A{}", &text[1..]) };
        for forged in [
            note.replacen("\n2\n", "\n1\n", 1),
            note.replacen(root, &swap(root), 1),
            note.replacen("balie.log/", "balie.log/0", 1),
            note.replacen(signature, &signature.replace("balie.log/", "other/"), 1),
            note.replacen("\n\n", "\nmore\n\n", 1),
        ] {
            assert_ne!(forged, note);
            fs::write(&kept, &forged).unwrap();
            let args = against(&kept);
            let (exit, code, _) = desk.run_json(["audit", "verify", &args[0], &args[1]]).error();
            assert_eq!((exit, code.as_str()), (8, "tampered"), "{forged}");
        }
        fs::write(&kept, &note[..note.len() - 3]).unwrap();
        let args = against(&kept);
        let (exit, code, _) = desk.run_json(["audit", "verify", &args[0], &args[1]]).error();
        assert_eq!((exit, code.as_str()), (2, "invalid_input"));
        // A witness signs below the desk, and that is fine.
        fs::write(&kept, format!("{note}\u{2014} witness.example/w AAAAAAAA\n")).unwrap();
        assert_eq!(verify(desk, &kept)["checkpoints"][0], 2);
        // A database that was put in place of this one isn't the log that was signed.
        desk.sql("UPDATE desk SET uid = 'another'").unwrap();
        let (exit, _, message) = desk.run_json(["audit", "verify", &args[0], &args[1]]).error();
        assert_eq!(exit, 8);
        assert!(message.contains("another"), "{message}");
    }
}
