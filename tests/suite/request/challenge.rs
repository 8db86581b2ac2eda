use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use super::receive::{DESK, DIRECTOR, receive, receive_ran};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};
use balie::loopback::{Manner, SmtpSink};

fn id(request: &Value) -> &str {
    request["id"].as_str().unwrap()
}

/// A request that only a challenge can decide: its domain has no DMARC policy, and nobody signed.
pub(crate) fn doubtful(desk: &Desk) -> Value {
    let dns = DnsServer::start().unwrap();
    let request = receive(desk, &dns, &mail(DIRECTOR, DESK, "doubt"), &["j.jansen"]);
    assert_eq!(request["verdict"], "challenge", "{request:#}");
    request
}

/// Sends what is queued, and gives back what came in: the header, then the text.
pub(crate) fn delivered(desk: &Desk) -> Vec<String> {
    let sink = SmtpSink::start(false).unwrap();
    let mut command = desk.command();
    command
        .env("BALIE_SMTP_URL", &sink.url)
        .env("BALIE_SMTP_FROM", "balie@otservicedesk.nl");
    let sent = Ran::new(&command.args(["outbox", "send"]).output().unwrap());
    assert_eq!(sent.exit, 0, "{}", sent.stderr);
    let read = |mail: &String| {
        let (header, _) = mail.split_once("\n\n").unwrap();
        let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
        format!("{header}\n\n{}", parsed.body_text(0).unwrap())
    };
    sink.mails().iter().map(read).collect()
}

/// The code of the only mail that carries one.
pub(crate) fn code(mails: &[String]) -> String {
    let is_code = |line: &&str| {
        line.len() == 9
            && line
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
    };
    let codes: Vec<&str> = mails
        .iter()
        .flat_map(|mail| mail.lines())
        .map(str::trim)
        .filter(is_code)
        .collect();
    assert_eq!(codes.len(), 1, "{mails:#?}");
    codes[0].to_owned()
}

pub(crate) fn confirm(desk: &Desk, request: &Value, code: &str) -> Ran {
    let mut command = desk.command();
    command.args([
        "--format",
        "json",
        "request",
        "confirm",
        id(request),
        "--code-stdin",
    ]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(code.as_bytes())
        .unwrap();
    Ran::new(&child.wait_with_output().unwrap())
}

fn challenge(desk: &Desk, request: &Value) -> Ran {
    desk.run_json(["request", "challenge", id(request)])
}

#[track_caller]
pub(crate) fn refused(ran: &Ran, exit: i32, code: &str) {
    let (found, found_code, message) = ran.error();
    assert_eq!((found, found_code.as_str()), (exit, code), "{message}");
}

on_both_databases! {
    fn the_code_goes_to_the_address_on_file_and_makes_the_request_verified(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        assert_eq!(desk.run_json(["reset", "j.jansen", "--request", id(&request)]).exit, 4);
        let sent = challenge(desk, &request).json();
        assert_eq!(sent["sent_to"], "d.visser@beatrixschool.nl");
        let mails = delivered(desk);
        let mail = mails.iter().find(|mail| mail.contains("Bevestigingscode")).unwrap();
        assert!(mail.contains("To: d.visser@beatrixschool.nl"), "{mail}");
        // Who it's for, in full: two accounts never give the same mail.
        assert!(mail.contains("Joost Jansen (j.jansen), Beatrixschool"), "{mail}");
        assert!(mail.contains("Reply-To: \"Servicedesk Utrecht\" <utrecht@otservicedesk.nl>"), "{mail}");
        assert!(mail.contains("Auto-Submitted: auto-generated") && !mail.contains("text/html"), "{mail}");
        assert!(!mail.contains("In-Reply-To") && !mail.contains("http"), "{mail}");
        let code = code(&mails);
        // It's nowhere in the database but as a slow hash, also not in any field of the log.
        let slow = "challenges WHERE code_hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'";
        assert_eq!((desk.count(slow), desk.count("challenges")), (1, 1));
        let plain = code.replace('-', "");
        assert_eq!(desk.count(&format!("event_details WHERE json LIKE '%{plain}%' OR json LIKE '%{code}%'")), 0);
        let confirmed = confirm(desk, &request, &format!(" {}\n", code.to_lowercase().replace('-', ""))).json();
        assert_eq!(confirmed["verdict"], "verified", "{confirmed:#}");
        assert!(confirmed["confirmed_at"].is_string());
        refused(&confirm(desk, &request, &code), 5, "already_verified");
        let checked = desk.run_json(["request", "reverify", id(&request), "--offline"]).json();
        assert_eq!((&checked["holds"], &checked["verdict"]), (&true.into(), &"verified".into()));
        assert_eq!(desk.run_json(["reset", "j.jansen", "--request", id(&request)]).exit, 0);
    }

    fn a_code_has_five_tries_and_each_is_an_event(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        refused(&confirm(desk, &request, "0000-0000"), 4, "no_challenge");
        challenge(desk, &request).json();
        let code = code(&delivered(desk));
        refused(&confirm(desk, &request, "no code at all"), 2, "invalid_input");
        for _ in 0..5 {
            refused(&confirm(desk, &request, "0000-0000"), 4, "wrong_code");
        }
        refused(&confirm(desk, &request, &code), 4, "code_used_up");
        let log = desk.run_json(["audit", "log", "--limit", "1000"]).json();
        let tries = log["events"].as_array().unwrap().iter().filter(|e| e["action"] == "request.confirm");
        assert_eq!(tries.count(), 7);
        assert!(!log.to_string().contains(&code) && !log.to_string().contains(&code.replace('-', "")));
        // A new code takes the old one's place; the third is the last.
        challenge(desk, &request).json();
        let second = delivered(desk);
        assert_eq!(confirm(desk, &request, &self::code(&second)).exit, 0);
    }

    fn an_old_code_another_request_or_other_accounts_do_not_fit(desk: &Desk) {
        desk.import_small_directory().json();
        let request = doubtful(desk);
        challenge(desk, &request).json();
        let first = code(&delivered(desk));
        challenge(desk, &request).json();
        let second = code(&delivered(desk));
        refused(&confirm(desk, &request, &first), 4, "wrong_code");
        // Whoever can write to the database can't make the code cover another account.
        desk.sql("UPDATE request_accounts SET account_id = (SELECT id FROM accounts WHERE username = 'z.celik')").unwrap();
        refused(&confirm(desk, &request, &second), 4, "wrong_code");
        desk.sql("UPDATE request_accounts SET account_id = (SELECT id FROM accounts WHERE username = 'j.jansen')").unwrap();
        desk.sql("UPDATE challenges SET expires_at = 1 WHERE voided_at IS NULL").unwrap();
        refused(&confirm(desk, &request, &second), 5, "code_expired");
        challenge(desk, &request).json();
        refused(&challenge(desk, &request), 4, "code_used_up");
        desk.sql("UPDATE requests SET expires_at = 1").unwrap();
        refused(&confirm(desk, &request, &code(&delivered(desk))), 5, "expired");
    }

    fn the_answer_may_come_by_a_new_proven_mail_and_by_no_other(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let request = doubtful(desk);
        challenge(desk, &request).json();
        let code = code(&delivered(desk));
        let answer = |id: &str, code: &str| mail(DIRECTOR, DESK, id)
            .replace("Wil je", &format!("Ja, {code}\r\n\r\nWil je"));
        let verdict = || desk.run_json(["request", "show", id(&request)]).json()["verdict"].clone();
        let forged = receive(desk, &dns, &answer("f1", &code), &[]);
        assert_eq!((&forged["id"], &forged["received_as"]), (&request["id"], &"answer".into()));
        assert_eq!((&forged["answer"]["proven"], &forged["answer"]["confirms"]), (&false.into(), &false.into()));
        // Whoever looks at the queue sees that somebody wrote.
        let waits = || desk.run_json(["request", "list"]).json()["requests"].as_array().unwrap().iter()
            .find(|row| row["id"] == request["id"]).unwrap()["answered_at"].is_string();
        assert!(waits() && desk.run(["request", "list"]).stdout.contains("an answer came in"));
        let school = Domain::publish(&dns, "beatrixschool.nl");
        receive(desk, &dns, &school.sign(&answer("f2", "0000-0000")), &[]);
        assert_eq!(verdict(), "challenge");
        // Who denies having asked quotes the code as well.
        let quoted = format!("> Vroeg u dit? Geef dan deze code door:\r\n>\r\n> {code}\r\n\r\nWil je");
        for (number, denial) in [
            format!("Nee! Dit heb ik NIET gevraagd.\r\n\r\n{quoted}"),
            format!("Ik ben met verlof.\r\n\r\n{quoted}"),
            format!("Nee {code}\r\n\r\nWil je"),
            format!("{code}\r\n\r\nWil je"),
            format!("JA {code}\r\n\r\n> Vroeg u dit?\r\n> {code}\r\n\r\nNee, dit heb ik niet gevraagd.\r\n\r\nWil je"),
            quoted,
        ]
        .iter()
        .enumerate()
        {
            let mail = mail(DIRECTOR, DESK, &format!("n{number}")).replace("Wil je", denial);
            let taken = receive(desk, &dns, &school.sign(&mail), &[]);
            // A code on the first line makes it an answer, and no yes.
            let is_answer = denial.lines().next().unwrap().contains(&code) && !denial.starts_with('>');
            let expected = if is_answer { "answer" } else { "request" };
            assert_eq!(taken["received_as"], expected, "{taken:#}");
            assert_eq!(taken["text_proven"], true, "{taken:#}");
            assert_eq!(verdict(), "challenge", "{denial}");
        }
        let answered = receive(desk, &dns, &school.sign(&answer("a1", &code)), &[]);
        assert_eq!(answered["id"], request["id"], "{answered:#}");
        assert_eq!((&answered["verdict"], &answered["answer"]["confirms"]), (&"verified".into(), &true.into()));
        assert_eq!((verdict(), waits()), ("verified".into(), false));
        // Answers are mails too: their words go when the request's do.
        let kept = "request_answers WHERE zlib IS NOT NULL OR from_address <> ''";
        assert!(desk.count(kept) > 0);
        desk.sql("UPDATE requests SET received_at = 1, expires_at = 2").unwrap();
        desk.run_json(["audit", "prune"]).json();
        assert_eq!(desk.count(kept), 0);
        desk.run_json(["request", "show", id(&request)]).json();
    }

    fn an_answer_that_waits_for_dns_is_kept_behind_a_flood_of_others(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let request = doubtful(desk);
        challenge(desk, &request).json();
        let answer = |id: &str, code: &str| mail(DIRECTOR, DESK, id)
            .replace("Wil je", &format!("JA {code}\r\n\r\nWil je"));
        for number in 0..22 {
            let forged = answer(&format!("f{number}"), &format!("10{number:02}-2X20"));
            assert_eq!(receive(desk, &dns, &forged, &[])["received_as"], "answer");
        }
        assert_eq!(desk.count("request_answers"), 20, "a stranger can write as many as he likes");
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let genuine = school.sign(&answer("a", &code(&delivered(desk))));
        let down = DnsServer::start().unwrap();
        down.behave(Manner::Fails);
        let waits = receive_ran(desk, &down.address, &genuine, &[]);
        assert_eq!(desk.count("request_answers"), 21, "{}", waits.stderr);
        let elsewhere = DnsServer::start().unwrap();
        let forger = Domain::publish(&elsewhere, "beatrixschool.nl");
        for number in 0..22 {
            let guess = answer(&format!("g{number}"), &format!("10{number:02}-2X20"));
            receive_ran(desk, &down.address, &forger.sign(&guess), &[]);
        }
        assert!(desk.count("request_answers") > 40, "while DNS is down nobody can tell them apart");
        let mut again = desk.command();
        again.env("BALIE_DNS_SERVER", &dns.address).args(["--format", "json", "request", "reverify", id(&request)]);
        let verdict = || desk.run_json(["request", "show", id(&request)]).json()["verdict"].clone();
        assert_eq!(verdict(), "challenge");
        assert_eq!(Ran::new(&again.output().unwrap()).exit, 0);
        assert_eq!(verdict(), "verified");
    }

    // Whoever takes mails in by itself may do nothing else, and the director answers once.
    fn an_answer_that_a_script_takes_in_counts_as_well(desk: &Desk) {
        desk.import_small_directory().json();
        let (dns, unsigned) = (DnsServer::start().unwrap(), DnsServer::start().unwrap());
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let folder = desk.path("Maildir");
        for part in ["new", "cur", "tmp"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let (place, file) = (folder.display().to_string(), desk.path("answer.eml"));
        let received = ["request", "receive", file.to_str().unwrap()];
        let fetched = ["mailbox", "fetch", "--maildir", &place];
        for (scope, args) in [("request:receive", &received[..]), ("mailbox:fetch", &fetched)] {
            let request = receive(desk, &unsigned, &mail(DIRECTOR, DESK, scope), &["j.jansen"]);
            assert_eq!(request["verdict"], "challenge", "{request:#}");
            challenge(desk, &request).json();
            let yes = format!("JA {}\r\n\r\nWil je", code(&delivered(desk)));
            let yes = mail(DIRECTOR, DESK, &format!("yes.{scope}")).replace("Wil je", &yes);
            for file in [&file, &folder.join("new/1.x")] {
                fs::write(file, school.sign(&yes)).unwrap();
            }
            let token = desk.path(scope).display().to_string();
            desk.run_json(["operator", "token", "add", "--scope", scope, "--out", &token]).json();
            let mut command = desk.command();
            command.env("BALIE_TOKEN_FILE", &token).env("BALIE_DNS_SERVER", &dns.address);
            Ran::new(&command.args(["--format", "json"]).args(args).output().unwrap()).json();
            let shown = desk.run_json(["request", "show", id(&request)]).json();
            assert_eq!((&shown["verdict"], &shown["answer"]["confirms"]), (&"verified".into(), &true.into()), "{scope}");
            let log = desk.run_json(["audit", "log", "--action", "request.confirm", "--request", id(&request)]).json();
            assert!(log.to_string().contains("\"token\":\"T-"), "{scope}: {log}");
        }
    }

    fn nothing_is_sent_for_what_is_rejected_proven_or_for_nobody(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let unnamed = receive(desk, &dns, &mail(DIRECTOR, DESK, "1"), &[]);
        refused(&challenge(desk, &unnamed), 4, "no_accounts");
        let rejected = receive(desk, &dns, &mail("x@beatrixschool.nl", DESK, "2"), &["j.jansen"]);
        refused(&challenge(desk, &rejected), 4, "request_rejected");
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let proven = receive(desk, &dns, &school.sign(&mail(DIRECTOR, DESK, "3")), &["j.jansen"]);
        refused(&challenge(desk, &proven), 5, "already_verified");
        assert!(delivered(desk).iter().all(|mail| !mail.contains("Bevestigingscode")));
    }

    fn the_policy_can_ask_for_it_always_and_for_privileged_roles(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let receive_with = |key: &str, value: &str, id: &str| {
            let file = desk.path("mail.eml");
            std::fs::write(&file, school.sign(&mail(DIRECTOR, DESK, id))).unwrap();
            let mut command = desk.command();
            command.env("BALIE_DNS_SERVER", &dns.address).env(key, value);
            command.args(["--format", "json", "request", "receive", "--account", "j.jansen"]);
            Ran::new(&command.arg(&file).output().unwrap()).json()
        };
        let always = receive_with("BALIE_POLICY_CHALLENGE", "always", "1");
        assert_eq!(always["verdict"], "challenge");
        assert!(always["checks"].as_array().unwrap().iter().all(|check| check["result"] != "fail"));
        let privileged = receive_with("BALIE_POLICY_PRIVILEGED_ROLES", "teacher", "2");
        assert_eq!(privileged["verdict"], "challenge");
        assert_eq!(privileged["challenge_because"], "j.jansen has a privileged role");
        let plain = receive_with("BALIE_POLICY_PRIVILEGED_ROLES", "janitor", "3");
        assert_eq!(plain["verdict"], "verified");
    }
}

on_both_databases! {
    // Whoever was a moment later hears what has become of it, on either engine.
    fn who_confirms_at_the_same_moment_hears_that_it_is_verified(desk: &Desk) {
        desk.import_small_directory().json();
        for _ in 0..2 {
            let request = doubtful_again(desk);
            challenge(desk, &request).json();
            let mails = delivered(desk);
            let code = code(&mails);
            let all: Vec<_> = (0..6)
                .map(|_| {
                    let args = ["request", "confirm", id(&request), "--code-stdin"];
                    desk.start_with(&args, &code)
                })
                .collect();
            let mut told: Vec<_> = all
                .into_iter()
                .map(|one| {
                    let ran = Ran::new(&one.wait_with_output().unwrap());
                    if ran.exit == 0 { "done".to_owned() } else { ran.error().1 }
                })
                .collect();
            told.sort();
            let expected = [vec!["already_verified"; 5], vec!["done"]].concat();
            assert_eq!(told, expected);
        }
    }
}

/// Each time another mail.
fn doubtful_again(desk: &Desk) -> Value {
    let dns = DnsServer::start().unwrap();
    let number = desk.count("requests");
    let request = receive(
        desk,
        &dns,
        &mail(DIRECTOR, DESK, &format!("doubt{number}")),
        &["j.jansen"],
    );
    assert_eq!(request["verdict"], "challenge", "{request:#}");
    request
}
