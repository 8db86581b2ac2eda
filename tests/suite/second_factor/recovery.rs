use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use balie::loopback::SmtpSink;
use mail_parser::MessageParser;
use serde_json::Value;

use super::portal::{login, set_password};
use crate::reset::requests::{reset, verified_request};
use crate::shell::prompts::{at_a_terminal, end};
use crate::support::{Desk, Ran, on_both_databases};

const PASSWORD: &str = "correct paard batterij";

fn reissue(desk: &Desk, request: &str, args: &[&str]) -> Ran {
    let fixed = ["recovery", "reissue", "j.jansen", "--request", request];
    desk.run_json([fixed.as_slice(), args].concat())
}

fn refused(ran: &Ran) -> (i32, String) {
    let (exit, code, _) = ran.error();
    (exit, code)
}

fn recovery(desk: &Desk) -> Value {
    desk.run_json(["account", "show", "j.jansen"]).json()["recovery_code"]["state"].clone()
}

/// The text of the mail that the holder gets.
fn mail_to_holder(desk: &Desk) -> String {
    let server = SmtpSink::start(false).unwrap();
    let output = desk
        .command()
        .env("BALIE_SMTP_URL", &server.url)
        .env("BALIE_SMTP_FROM", "Servicedesk <utrecht@otservicedesk.nl>")
        .args(["--format", "json", "outbox", "send"])
        .output();
    Ran::new(&output.unwrap()).json();
    let mails = server.mails();
    let is_to = |mail: &&String| mail.contains("To: j.jansen@beatrixschool.nl");
    let mail = mails.iter().find(is_to).unwrap();
    let mail = MessageParser::default().parse(mail).unwrap();
    mail.body_text(0).unwrap().into_owned()
}

/// The one thing in a text that looks like a recovery code.
fn code_in(text: &str) -> String {
    let is_code = |word: &&str| word.len() == 26 && word.matches('-').count() == 5;
    // Whatever steers a terminal stands between the words too.
    let is_sign = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "-*~$=".contains(c);
    let mut words = text.split(|c: char| !is_sign(c)).filter(is_code);
    let code = words.next().unwrap_or_else(|| panic!("no code: {text}"));
    assert_eq!(words.next(), None);
    code.to_owned()
}

/// The code works once, and then the holder has to enroll again.
fn works_once(desk: &Desk, code: &str) {
    set_password(desk, "j.jansen");
    let typed = code.to_lowercase().replace('-', "");
    let (outcome, why) = login(desk, "j.jansen", PASSWORD, Some(&typed));
    assert_eq!(
        (outcome.as_str(), why.as_str()),
        ("must_enroll", "recovery_code_used")
    );
    assert_eq!(recovery(desk), "used");
}

fn nowhere(desk: &Desk, code: &str) {
    let bare = code.replace('-', "");
    for table in ["outbox", "event_details", "recovery_codes"] {
        let column = match table {
            "outbox" => "notice",
            "event_details" => "json",
            _ => "hash",
        };
        for text in [code, bare.as_str(), &bare[..20]] {
            assert_eq!(
                desk.count(&format!("{table} WHERE {column} LIKE '%{text}%'")),
                0,
                "{table}"
            );
        }
    }
}

on_both_databases! {
    fn by_mail_the_holder_gets_a_code_that_works_once(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let dry = reissue(desk, &request, &["-n"]).json();
        assert_eq!((&dry["dry_run"], &dry["event"]), (&true.into(), &Value::Null));
        assert_eq!(recovery(desk), "none");

        let done = reissue(desk, &request, &["--no-input"]).json();
        assert_eq!((&done["schema"], &done["delivery"]), (&"balie.reissue/1".into(), &"mail".into()));
        assert_eq!(recovery(desk), "active");
        let shown = desk.run_json(["account", "show", "j.jansen"]).json();
        assert_eq!(shown["second_factor"]["state"], "active", "the authenticator works on");
        let sealed = desk.count("outbox WHERE sealed_secret IS NOT NULL");
        assert_eq!(sealed, 1);
        let listed = desk.run_json(["outbox", "list"]);
        let code = code_in(&mail_to_holder(desk));
        assert!(!listed.stdout.contains(&code));
        assert_eq!(desk.count("outbox WHERE sealed_secret IS NOT NULL"), 0);
        nowhere(desk, &code);
        works_once(desk, &code);

        assert_eq!(refused(&reissue(desk, &request, &[])), (5, "already_used".into()));
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 5, "nor is it good for a reset");
        let log = desk.run_json(["account", "history", "j.jansen"]).json();
        let actions: Vec<_> = log["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
        assert!(actions.contains(&"recovery.reissue") && actions.contains(&"recovery.reissue_refused"), "{actions:?}");
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_request_that_was_used_for_a_reset_gives_no_code(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen", "k.bos"]);
        assert_eq!(reset(desk, &request, &["j.jansen"]).0, 0);
        assert_eq!(refused(&reissue(desk, &request, &[])), (5, "already_used".into()));
        let other = |account: &str| refused(&desk.run_json(["recovery", "reissue", account, "--request", &request]));
        assert_eq!(other("k.bos"), (4, "not_authorised".into()));
        assert_eq!(other("z.celik"), (4, "not_covered".into()));
        assert_eq!(other("nobody"), (3, "not_found".into()));
    }

    fn a_letter_is_one_page_with_nothing_to_load_and_for_its_reader_alone(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        desk.sql("UPDATE accounts SET name = 'J. <b>Jansen' WHERE username = 'j.jansen'").unwrap();
        let path = desk.path("letter.html");
        let out = path.display().to_string();
        assert_eq!(refused(&reissue(desk, &request, &["--deliver", "letter", "--no-input"])), (2, "input_required".into()));
        fs::write(&path, "here before").unwrap();
        assert_eq!(refused(&reissue(desk, &request, &["--deliver", "letter", "--out", &out])), (2, "invalid_input".into()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "here before");
        assert_eq!(recovery(desk), "none", "nothing was issued");
        fs::remove_file(&path).unwrap();

        let done = reissue(desk, &request, &["--deliver", "letter", "--out", &out]).json();
        assert_eq!(done["file"], out.as_str());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let page = fs::read_to_string(&path).unwrap();
        assert!(page.contains("J. &lt;b&gt;Jansen") && page.contains("Beatrixschool"));
        assert!(!page.contains("http") && !page.contains("src=") && !page.contains("url("), "{page}");
        let code = code_in(&page);
        nowhere(desk, &code);
        let told = mail_to_holder(desk);
        assert!(told.contains("per brief") && !told.contains(&code), "{told}");
        works_once(desk, &code);
    }

    fn a_letter_older_than_21_days_opens_nothing(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let path = desk.path("letter.html");
        reissue(desk, &request, &["--deliver", "letter", "--out", &path.display().to_string()]).json();
        let code = code_in(&fs::read_to_string(&path).unwrap());
        let days = 21_i64 * 24 * 3_600_000_000;
        desk.sql(&format!("UPDATE recovery_codes SET expires_at = expires_at - {days}")).unwrap();
        assert_eq!(recovery(desk), "expired");
        set_password(desk, "j.jansen");
        assert_eq!(login(desk, "j.jansen", PASSWORD, Some(&code)).0, "denied");
    }

    fn sealed_it_opens_with_the_holders_key_alone(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let identity = age::x25519::Identity::generate();
        let to = identity.to_public().to_string();
        let path = desk.path("code.age");
        let out = path.display().to_string();
        let bad = reissue(desk, &request, &["--deliver", "sealed", "--to", "age1nonsense", "--out", &out]);
        assert_eq!(refused(&bad), (2, "invalid_input".into()));
        reissue(desk, &request, &["--deliver", "sealed", "--to", &to, "--out", &out]).json();
        let sealed = fs::read(&path).unwrap();
        let opened = age::decrypt(&identity, &sealed).unwrap();
        works_once(desk, &code_in(&String::from_utf8(opened).unwrap()));
    }

    fn on_a_screen_only_where_the_policy_lets_it_and_only_at_a_terminal(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let screen = ["--deliver", "screen"];
        assert_eq!(refused(&reissue(desk, &request, &screen)), (2, "invalid_input".into()));
        let args = ["recovery", "reissue", "j.jansen", "--request", &request, "--deliver", "screen"];
        let mut session = at_a_terminal(desk, &args, &[]);
        session.exp_string("Issue a recovery code").unwrap();
        session.send_line("y").unwrap();
        session.flush().unwrap();
        let (rest, exit) = end(session);
        assert_eq!(exit, 4);
        assert!(rest.contains("delivery_not_allowed"), "{rest}");
        assert_eq!(recovery(desk), "none");

        let aloud = [args.as_slice(), &["--read-aloud"]].concat();
        let policy = [("BALIE_POLICY_SCREEN_DELIVERY", "read_aloud")];
        let mut session = at_a_terminal(desk, &aloud, &policy);
        session.exp_string("Issue a recovery code").unwrap();
        session.send_line("y").unwrap();
        session.flush().unwrap();
        let before = session.exp_string("Enter wipes it").unwrap();
        session.send_line("").unwrap();
        let (_, exit) = end(session);
        assert_eq!(exit, 0);
        let code = code_in(&before);
        let first = code.chars().find(char::is_ascii_digit).unwrap();
        let digits = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"];
        assert!(before.contains(digits[first.to_digit(10).unwrap() as usize]), "{before}");
        let log = desk.run_json(["account", "history", "j.jansen"]).json();
        let event = log["events"].as_array().unwrap().iter().find(|e| e["action"] == "recovery.reissue").unwrap();
        assert_eq!(event["detail"]["seen_by_operator"], true);
        nowhere(desk, &code);
        works_once(desk, &code);
    }

    fn many_at_once_issue_one_code(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        let children: Vec<_> = (0..6)
            .map(|_| {
                desk.command()
                    .args(["--format", "json", "recovery", "reissue", "j.jansen", "--request", &request])
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let exits: Vec<_> = children.into_iter().map(|child| child.wait_with_output().unwrap().status.code().unwrap()).collect();
        assert_eq!(exits.iter().filter(|exit| **exit == 0).count(), 1, "{exits:?}");
        assert_eq!(exits.iter().filter(|exit| **exit == 5).count(), 5, "{exits:?}");
        assert_eq!(desk.count("recovery_codes"), 1);
    }
}
