//! Recovery codes for a whole list: each row's code opens its account once, whatever ended a run of it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

use age::x25519::Identity;
use balie::domain::second_factor::recovery_code::RecoveryCode;
use balie::loopback::SmtpSink;
use balie::vault::PasswordHash;
use mail_parser::MessageParser;
use serde_json::Value;

use super::apply::{id, list_of, planned, rows, school};
use crate::request::lease::hold_account;
use crate::second_factor::portal::{login, set_password};
use crate::support::{Desk, Ran, long, on_both_databases};

const PASSWORD: &str = "correct paard batterij";
type Codes = BTreeMap<String, String>;

fn plan(desk: &Desk, request: &str, list: &str, deliver: &[&str]) -> Value {
    planned(desk, "reissue", request, list.as_bytes(), deliver).json()
}

fn apply(desk: &Desk, plan: &Value, more: &[&str]) -> Ran {
    desk.run_json([&["bulk", "apply", id(plan)], more].concat())
}

/// The files in a folder whose names end like this, by name.
fn files(folder: &Path, end: &str) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.to_str().unwrap().ends_with(end))
        .collect();
    files.sort();
    files
}

/// Every code of the sealed files, by username; none is there twice.
fn opened(folder: &Path, identity: &Identity) -> Codes {
    let mut codes = Codes::new();
    for file in files(folder, ".age") {
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let text = age::decrypt(identity, &fs::read(&file).unwrap()).unwrap();
        let mut table = csv::Reader::from_reader(text.as_slice());
        assert_eq!(table.headers().unwrap(), vec!["username", "name", "code"]);
        for row in table.records() {
            let row = row.unwrap();
            let before = codes.insert(row[0].to_owned(), row[2].to_owned());
            assert!(before.is_none(), "{} has two codes", &row[0]);
        }
    }
    codes
}

/// Gives everybody the password that p0 has.
fn set_passwords(desk: &Desk) {
    set_password(desk, "p0");
    desk.sql("UPDATE accounts SET password_hash = (SELECT password_hash FROM accounts WHERE username = 'p0')")
        .unwrap();
}

/// The code opens the account, once, and then the holder has to enroll again.
#[track_caller]
fn works_once(desk: &Desk, username: &str, code: &str) {
    let (outcome, why) = login(desk, username, PASSWORD, Some(code));
    assert_eq!(
        (outcome.as_str(), why.as_str()),
        ("must_enroll", "recovery_code_used"),
        "{username}"
    );
    let (_, why) = login(desk, username, PASSWORD, Some(code));
    assert_ne!(why, "recovery_code_used", "{username}");
}

/// None of these codes stands anywhere below the desk's home, nor in the database.
fn nowhere(desk: &Desk, codes: &Codes) {
    let shown: Vec<_> = codes.values().take(5).collect();
    let bare: Vec<_> = shown
        .iter()
        .map(|code| code.replace('-', "")[..20].to_owned())
        .collect();
    let search = |text: &str, place: &str| {
        for code in shown
            .iter()
            .map(|code| code.as_str())
            .chain(bare.iter().map(String::as_str))
        {
            assert!(!text.contains(code), "{place}");
        }
    };
    let mut folders = vec![desk.path("")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                // A database's own files come and go.
                let Ok(bytes) = fs::read(&path) else {
                    continue;
                };
                search(
                    &String::from_utf8_lossy(&bytes),
                    &path.display().to_string(),
                );
            }
        }
    }
    for (text, place) in [
        ("notice", "outbox"),
        ("json", "event_details"),
        ("hash", "recovery_codes"),
    ] {
        for (text, _) in desk.pairs(&format!("SELECT {text}, '' FROM {place}")) {
            search(&text, place);
        }
    }
}

/// The stored hash of each row of the plan that is done, by username.
fn hashes(desk: &Desk, plan: &Value) -> Codes {
    let sql = format!(
        "SELECT r.username, c.hash FROM plan_rows r JOIN plans p ON p.id = r.plan_id
         JOIN recovery_codes c ON c.account_id = r.account_id AND c.used_at IS NULL AND c.revoked_at IS NULL
         WHERE p.public_id = '{}' AND r.state = 'done'",
        id(plan)
    );
    desk.pairs(&sql).into_iter().collect()
}

/// Each of these hashes is that of the code that was handed over.
#[track_caller]
fn were_handed_over(hashes: &Codes, codes: &Codes) {
    let rows: Vec<_> = hashes.iter().collect();
    let half = rows.len().div_ceil(2).max(1);
    scope(|scope| {
        for rows in rows.chunks(half) {
            scope.spawn(move || {
                for (username, hash) in rows {
                    let code = codes
                        .get(*username)
                        .unwrap_or_else(|| panic!("{username} has no code"));
                    let code: RecoveryCode = code.parse().unwrap();
                    let hash = PasswordHash::from_stored(hash).unwrap();
                    assert!(
                        hash.fits(code.as_bytes()),
                        "{username} has a code that opens nothing"
                    );
                }
            });
        }
    });
}

fn key() -> (Identity, String) {
    let identity = Identity::generate();
    let to = identity.to_public().to_string();
    (identity, to)
}

on_both_databases! {
    fn sealed_codes_are_in_files_that_one_key_opens_and_nowhere_else(desk: &Desk) {
        let request = school(desk, 6);
        set_passwords(desk);
        desk.sql("UPDATE accounts SET name = '=Zoë \"Z\", Kok' WHERE username = 'p2'").unwrap();
        let (identity, to) = key();
        let made = plan(desk, &request, &list_of(0..5), &["--deliver", "sealed", "--to", &to]);
        assert_eq!((&made["action"], &made["delivery"]), (&"reissue".into(), &"sealed".into()));
        assert_eq!((&made["recipient"], &made["ready"]), (&to.as_str().into(), &5.into()));
        let out = desk.path("codes");
        let out_flag = out.display().to_string();
        // Nowhere to write them: nothing is issued.
        assert_eq!(apply(desk, &made, &["--no-input"]).error().1, "input_required");
        let dry = apply(desk, &made, &["-n"]).json();
        assert_eq!((&dry["results"][4]["outcome"], &dry["results"][4]["file"]), (&"ready".into(), &Value::Null));
        assert_eq!(desk.count("recovery_codes"), 0);
        assert!(!out.exists());

        let done = apply(desk, &made, &["--out", &out_flag]).json();
        assert_eq!((&done["done"], &done["left"]), (&5.into(), &0.into()));
        let name = format!("{}-000001.age", id(&made));
        let row = &done["results"][0];
        assert_eq!((&row["outcome"], &row["file"]), (&"done".into(), &name.as_str().into()));
        assert!(row["expires_at"].is_string() && row.get("receipt").is_none(), "{row}");
        // A few first, then the rest.
        assert_eq!(files(&out, "").len(), 2);
        let (other, _) = key();
        assert!(age::decrypt(&other, &fs::read(out.join(&name)).unwrap()).is_err());
        let codes = opened(&out, &identity);
        assert_eq!(codes.len(), 5);
        let first = age::decrypt(&identity, &fs::read(out.join(&name)).unwrap()).unwrap();
        assert!(String::from_utf8(first).unwrap().contains("p2,\"'=Zoë \"\"Z\"\", Kok\","));
        nowhere(desk, &codes);
        for (username, code) in &codes {
            works_once(desk, username, code);
        }
        assert_eq!(desk.run_json(["account", "show", "p5"]).json()["recovery_code"]["state"], "none");
        let history = desk.run_json(["account", "history", "p3"]).json();
        let event = history["events"].as_array().unwrap().iter().find(|e| e["action"] == "recovery.reissue").unwrap();
        assert_eq!((&event["detail"]["plan"], &event["detail"]["delivery"]), (&made["id"], &"sealed".into()));
        assert_eq!(event["detail"]["seen_by_operator"], false);
        desk.run_json(["audit", "verify"]).json();
        // The authenticators went on working until the codes were used; and the request is used up.
        assert_eq!(desk.count("enrollments WHERE retired_at IS NULL"), 1);
        let again = planned(desk, "reset", &request, b"p0\n", &[]);
        assert_eq!(again.exit, 5, "{}", again.stdout);
        assert_eq!(apply(desk, &made, &[]).json()["results"], Value::Array(vec![]));
    }

    fn what_a_colleague_has_open_gets_its_code_later_and_no_file_is_lost(desk: &Desk) {
        let request = school(desk, 6);
        set_passwords(desk);
        let (identity, to) = key();
        let made = plan(desk, &request, &list_of(0..6), &["--deliver", "sealed", "--to", &to]);
        let out = desk.path("codes");
        let out_flag = ["--out", &out.display().to_string()];
        // The first row of each of its batches stays ready.
        for username in ["p0", "p3"] {
            hold_account(desk, username);
        }
        // What an earlier batch left behind when it wasn't kept.
        fs::create_dir_all(&out).unwrap();
        for number in [2, 3] {
            fs::write(out.join(format!("{}-{number:06}.age", id(&made))), "worthless").unwrap();
        }
        assert_eq!(apply(desk, &made, &out_flag).exit, 6);
        assert_eq!(opened(&out, &identity).len(), 4);
        desk.sql("UPDATE leases SET expires_at = 1").unwrap();
        let done = apply(desk, &made, &out_flag).json();
        assert_eq!((&done["done"], &done["left"]), (&6.into(), &0.into()));
        let codes = opened(&out, &identity);
        assert_eq!(codes.len(), 6);
        for (username, code) in &codes {
            works_once(desk, username, code);
        }
    }

    fn letters_are_a_page_each_in_the_language_of_their_reader(desk: &Desk) {
        let request = school(desk, 5);
        set_passwords(desk);
        desk.sql("UPDATE accounts SET language = 'en', name = 'J. <b>Jansen' WHERE username = 'p4'").unwrap();
        let made = plan(desk, &request, &list_of(0..5), &["--deliver", "letter"]);
        let out = desk.path("letters");
        let ran = desk.run(["bulk", "apply", id(&made), "--out", &out.display().to_string()]);
        assert_eq!(ran.exit, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains("a page each"), "{}", ran.stdout);
        let written = files(&out, ".html");
        let pages: Vec<_> = written.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let count = |text: &str| pages.iter().map(|page| page.matches(text).count()).collect::<Vec<_>>();
        assert_eq!(count("<div class=\"page\""), [3, 2]);
        assert_eq!((count("lang=\"nl\">"), count("lang=\"en\">")), (vec![4, 2], vec![0, 1]));
        assert_eq!((count("Beatrixschool"), count("J. &lt;b&gt;Jansen")), (vec![3, 2], vec![0, 2]));
        assert_eq!(count("</html>"), [1, 1]);
        for (file, page) in written.iter().zip(&pages) {
            assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
            assert!(!page.contains("http") && !page.contains("src=") && !page.contains("url("), "{page}");
        }
        let codes: Vec<_> = pages.iter().flat_map(|page| page.split("class=\"code\">").skip(1)).map(|text| &text[..26]).collect();
        for (i, code) in codes.iter().enumerate() {
            works_once(desk, &format!("p{i}"), code);
        }
        assert_eq!(codes.len(), 5);
    }

    fn by_mail_each_holder_gets_a_code_and_the_requester_hears_of_it(desk: &Desk) {
        let request = school(desk, 4);
        set_passwords(desk);
        let made = plan(desk, &request, &list_of(0..4), &[]);
        assert_eq!((&made["delivery"], &made["recipient"]), (&"mail".into(), &Value::Null));
        let out = desk.path("x").display().to_string();
        assert_eq!(apply(desk, &made, &["--out", &out]).error().1, "invalid_input");
        apply(desk, &made, &[]).json();
        assert_eq!(desk.count("outbox WHERE sealed_secret IS NOT NULL"), 4);
        let server = SmtpSink::start(false).unwrap();
        let sent = desk.command()
            .env("BALIE_SMTP_URL", &server.url).env("BALIE_SMTP_FROM", "Servicedesk <utrecht@otservicedesk.nl>")
            .args(["--format", "json", "outbox", "send"]).output();
        Ran::new(&sent.unwrap()).json();
        assert_eq!(desk.count("outbox WHERE sealed_secret IS NOT NULL"), 0);
        let mut codes = Codes::new();
        let mut told = Vec::new();
        for mail in server.mails() {
            let mail = MessageParser::default().parse(mail.as_bytes()).unwrap();
            let to = mail.to().unwrap().first().unwrap().address().unwrap().to_owned();
            let text = mail.body_text(0).unwrap().into_owned();
            let code = text.lines().find(|line| line.len() == 26 && line.matches('-').count() == 5);
            match code {
                Some(code) => drop(codes.insert(to.split_once('@').unwrap().0.to_owned(), code.to_owned())),
                None => told.push((to, mail.subject().unwrap().to_owned())),
            }
        }
        told.sort();
        let to_requester = told.iter().filter(|(to, _)| to == "d.visser@beatrixschool.nl");
        let subjects: Vec<_> = to_requester.map(|(_, subject)| subject.as_str()).collect();
        assert_eq!(subjects, ["4 nieuwe herstelcodes zijn gemaakt", "Nieuwe herstelcodes voor 4 inlogs"]);
        nowhere(desk, &codes);
        assert_eq!(codes.len(), 4);
        for (username, code) in &codes {
            works_once(desk, username, code);
        }
    }

    fn what_can_not_be_meant_is_refused_and_what_was_tampered_with_is_not_carried_out(desk: &Desk) {
        let request = school(desk, 4);
        let (_, to) = key();
        let refused = |action: &str, flags: &[&str]| planned(desk, action, &request, b"p0\n", flags).error();
        for (action, flags) in [
            ("reset", &["--deliver", "mail"][..]),
            ("reset", &["--to", &to]),
            ("reissue", &["--deliver", "letter", "--to", &to]),
            ("reissue", &["--to", &to]),
            ("reissue", &["--deliver", "sealed", "--to", "AGE-SECRET-KEY-1QQ"]),
        ] {
            let (exit, code, message) = refused(action, flags);
            assert_eq!((exit, code.as_str()), (2, "invalid_input"), "{action} {flags:?}");
            assert!(!message.contains("SECRET-KEY"), "{message}");
        }
        assert_eq!(refused("reissue", &["--deliver", "sealed", "--no-input"]).1, "input_required");
        assert_eq!(planned(desk, "reissue", &request, b"p0\n", &["--deliver", "screen"]).exit, 2);
        assert_eq!(desk.count("plans"), 0);

        let made = plan(desk, &request, "p0\np1\nk.bos\np2\np3\n", &["--deliver", "sealed", "--to", &to]);
        assert_eq!((&made["ready"], &made["refused"]), (&4.into(), &1.into()));
        let (thief, thiefs) = key();
        desk.sql(&format!("UPDATE plans SET recipient = '{thiefs}'")).unwrap();
        let out = desk.path("codes");
        let out_flag = out.display().to_string();
        assert_eq!(apply(desk, &made, &["--out", &out_flag]).error().1, "tampered");
        desk.sql(&format!("UPDATE plans SET recipient = '{to}'")).unwrap();
        drop(thief);
        // A folder that can't be written to: nothing is issued.
        fs::write(&out, "a file").unwrap();
        assert_eq!(apply(desk, &made, &["--out", &out_flag]).error().1, "invalid_input");
        assert_eq!((desk.count("recovery_codes"), desk.count("request_accounts WHERE used_at IS NOT NULL")), (0, 0));
        fs::remove_file(&out).unwrap();
        // Since the plan p1 got a code otherwise, and p2 was blocked.
        assert_eq!(desk.run_json(["recovery", "reissue", "p1", "--request", &request]).exit, 0);
        desk.sql("UPDATE accounts SET status = 'blocked' WHERE username = 'p2'").unwrap();
        let ran = apply(desk, &made, &["--out", &out_flag]);
        assert_eq!(ran.exit, 6, "{}", ran.stderr);
        let failed: Vec<_> = rows(desk, &made, &["--failed"]).iter()
            .map(|row| format!("{} {} {}", row["username"], row["outcome"], row["code"]).replace('"', ""))
            .collect();
        assert_eq!(failed, ["p1 conflict already_used", "k.bos refused not_authorised", "p2 refused account_blocked"]);
        let refusals = "events e JOIN accounts a ON a.id = e.account WHERE e.action = 'recovery.reissue_refused' AND a.username = 'p2'";
        assert_eq!(desk.count(refusals), 1);
        let alarms = "outbox WHERE notice LIKE '%reissue_refused_holder%'";
        assert_eq!(desk.count(alarms), 0, "a blocked account is no attack");
        assert_eq!(desk.count("recovery_codes"), 3, "of p0, p1 and p3");
    }

    fn many_codes_need_a_second_operator_and_the_yes_is_to_this_recipient(desk: &Desk) {
        let request = school(desk, 3);
        desk.sql("INSERT INTO operators (login, role, added_at) VALUES ('petra', 'senior', 1)").unwrap();
        let (identity, to) = key();
        let made = plan(desk, &request, &list_of(0..3), &["--deliver", "sealed", "--to", &to]);
        let out = desk.path("codes");
        let apply = || {
            let mut command = desk.command();
            command.env("BALIE_POLICY_FOUR_EYES_ROWS", "2").args(["--format", "json", "bulk", "apply", id(&made), "--out"]);
            Ran::new(&command.arg(&out).output().unwrap())
        };
        assert_eq!(apply().error().1, "four_eyes_required");
        assert!(!out.exists());
        let approved = desk.run_as("petra", ["bulk", "approve", id(&made)]).json();
        assert_eq!((&approved["approved_by"], &approved["recipient"]), (&"petra".into(), &to.as_str().into()));
        assert_eq!(apply().json()["done"], 3);
        assert_eq!(opened(&out, &identity).len(), 3);
        let history = desk.run_json(["account", "history", "p0"]).json();
        assert_eq!(history["events"][0]["detail"]["approved_by"], "petra");
    }

    fn killed_at_any_moment_each_row_that_counts_has_its_code_in_a_file(desk: &Desk) {
        let (count, kills) = if long() { (400, 40) } else { (104, 2) };
        let request = school(desk, count);
        let (identity, to) = key();
        let mut whole = Duration::ZERO;
        let mut issued = 0;
        for round in 0..=kills {
            let made = plan(desk, &request, &list_of(0..count), &["--deliver", "sealed", "--to", &to]);
            assert_eq!(made["ready"], count, "round {round}");
            let out = desk.path(&format!("codes-{round}"));
            let out_flag = out.display().to_string();
            let begun = Instant::now();
            if round > 0 {
                // Spread over the length of a run by the golden ratio.
                let moment = whole.mul_f64(f64::from(round) * 0.618_034 % 1.0);
                let mut child = desk.command().args(["bulk", "apply", id(&made), "--out", &out_flag])
                    .stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                sleep(moment);
                child.kill().unwrap();
                child.wait().unwrap();
                desk.sql("UPDATE plans SET claim_until = 0").unwrap();
                if out.exists() {
                    were_handed_over(&hashes(desk, &made), &opened(&out, &identity));
                }
            }
            apply(desk, &made, &["--out", &out_flag]).json();
            if round == 0 {
                whole = begun.elapsed();
            }
            let codes = opened(&out, &identity);
            let hashes = hashes(desk, &made);
            assert_eq!((codes.len(), hashes.len()), (count, count), "round {round}");
            were_handed_over(&hashes, &codes);
            assert!(files(&out, ".part").is_empty(), "round {round}");
            issued += i64::try_from(count).unwrap();
            assert_eq!(desk.count("events WHERE action = 'recovery.reissue'"), issued);
            if round == kills {
                nowhere(desk, &codes);
                set_passwords(desk);
                for (username, code) in codes.iter().step_by(25) {
                    works_once(desk, username, code);
                }
            }
            desk.sql("UPDATE request_accounts SET used_at = NULL, used_for = NULL").unwrap();
        }
        desk.run_json(["audit", "verify"]).json();
    }

    fn two_runs_never_write_into_one_folder(desk: &Desk) {
        let request = school(desk, 40);
        let (identity, to) = key();
        let made = plan(desk, &request, &list_of(0..40), &["--deliver", "sealed", "--to", &to]);
        let out = desk.path("codes");
        let run = || desk.command().args(["--format", "ndjson", "bulk", "apply", id(&made), "--out"]).arg(&out)
            .stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let runs = [run(), run(), run()].map(|child| Ran::new(&child.wait_with_output().unwrap()));
        let told: usize = runs.iter().map(|ran| ran.stdout.lines().count()).sum();
        assert_eq!(told, 40);
        for ran in &runs {
            let conflict = ran.exit == 5 && ran.stderr.contains("plan_in_use");
            assert!(ran.exit == 0 || conflict, "{} {}", ran.exit, ran.stderr);
        }
        let codes = opened(&out, &identity);
        assert_eq!(codes.len(), 40);
        were_handed_over(&hashes(desk, &made), &codes);
    }
}
