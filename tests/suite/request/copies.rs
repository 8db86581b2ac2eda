//! One mail makes one request, and confirms once, however many copies of it come in, and whichever comes first.

use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::challenge::{code, delivered};
use super::receive::{DESK, DIRECTOR, receive, receive_ran};
use crate::reset::requests::reset;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Engine, Held, Ran, on_both_databases};

const NOORD: &str = "noord@otservicedesk.nl";
/// What Microsoft signs of these: To isn't among them.
const WITHOUT_TO: [&str; 4] = ["From", "Subject", "Date", "Message-ID"];

fn school(desk: &Desk) -> (DnsServer, Domain) {
    desk.import_small_directory().json();
    let dns = DnsServer::start().unwrap();
    let school = Domain::publish(&dns, "beatrixschool.nl");
    (dns, school)
}

/// The same mail as another server of the school's signs it: with a field of its own.
fn signed_by(school: &Domain, server: &str, mail: &str) -> String {
    let mail = format!("X-Server: {server}\r\n{mail}");
    school.sign_fields(
        &mail,
        &["From", "To", "Subject", "Date", "Message-ID", "X-Server"],
    )
}

fn id(request: &Value) -> &str {
    request["id"].as_str().unwrap()
}

fn shown(desk: &Desk, request: &Value) -> Value {
    desk.run_json(["request", "show", id(request)]).json()
}

fn reject(desk: &Desk, request: &Value) {
    desk.run_json([
        "request",
        "reject",
        id(request),
        "--reason",
        "Niet gevraagd",
    ])
    .json();
}

#[track_caller]
fn is_replay(request: &Value) {
    let checks = request["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == "not_replayed");
    assert_eq!(
        (&request["verdict"], &check.unwrap()["result"]),
        (&"rejected".into(), &"fail".into()),
        "{request:#}"
    );
}

/// A request that waits for its code; the code, and the Message-ID of the mail that brought it.
fn asked(desk: &Desk, dns: &DnsServer, number: &str) -> (Value, String, String) {
    let request = receive(desk, dns, &mail(DIRECTOR, DESK, number), &["j.jansen"]);
    assert_eq!(request["verdict"], "challenge", "{request:#}");
    let (code, named) = challenged(desk, &request);
    (request, code, named)
}

fn challenged(desk: &Desk, request: &Value) -> (String, String) {
    desk.run_json(["request", "challenge", id(request)]).json();
    let mails = delivered(desk);
    let field = mails.iter().flat_map(|mail| mail.lines());
    let named = field
        .filter_map(|line| line.strip_prefix("Message-ID:"))
        .next_back();
    (code(&mails), named.unwrap().trim().to_owned())
}

fn answer(number: &str, first: &str) -> String {
    mail(DIRECTOR, DESK, number).replace("Wil je", &format!("{first}\r\n\r\nWil je"))
}

fn replying_to(message_id: &str, mail: &str) -> String {
    format!("In-Reply-To: {message_id}\r\n{mail}")
}

fn tries(desk: &Desk) -> i64 {
    desk.number("SELECT CAST(SUM(tries) AS BIGINT) FROM challenges")
}

fn reverify(desk: &Desk, dns: &DnsServer, request: &Value) -> Value {
    let mut command = desk.command();
    command.env("BALIE_DNS_SERVER", &dns.address);
    command.args(["--format", "json", "request", "reverify", id(request)]);
    Ran::new(&command.output().unwrap()).json()
}

/// Taken in while no name server answers.
fn received_in_silence(desk: &Desk, mail: &str) -> Value {
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let nobody = silent.local_addr().unwrap().to_string();
    let ran = receive_ran(desk, &nobody, mail, &["j.jansen"]);
    assert_eq!(ran.exit, 7, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Keeps everybody from writing an event, and so from getting to the end of anything, until it's dropped.
pub(crate) fn nobody_ends(desk: &Desk) -> Held {
    desk.hold(match desk.engine {
        Engine::Sqlite => "BEGIN IMMEDIATE",
        // "balielog", the log's head.
        Engine::Postgres => "SELECT pg_advisory_lock(x'62616c69656c6f67'::bigint)",
    })
}

fn start_receiving(desk: &Desk, dns: &DnsServer, name: &str, mail: &str) -> Child {
    let file = desk.path(name);
    std::fs::write(&file, mail).unwrap();
    let mut command = desk.command();
    command.env("BALIE_DNS_SERVER", &dns.address);
    command.args([
        "--format",
        "json",
        "request",
        "receive",
        "--account",
        "j.jansen",
    ]);
    start(command.arg(file))
}

pub(crate) fn start(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Until so many wait for one another. On SQLite they all wait before they begin.
pub(crate) fn until_waiting(desk: &Desk, how_many: i64) {
    let waiting = "SELECT COUNT(*) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let began = Instant::now();
    while desk.engine == Engine::Postgres && desk.number(waiting) < how_many {
        assert!(
            began.elapsed() < Duration::from_secs(15),
            "{how_many} don't wait"
        );
        thread::sleep(Duration::from_millis(20));
    }
}

pub(crate) fn ended(child: Child) -> Value {
    Ran::new(&child.wait_with_output().unwrap()).json()
}

on_both_databases! {
    fn two_that_take_in_copies_at_the_same_moment_make_one_request(desk: &Desk) {
        let (dns, school) = school(desk);
        let mail = mail(DIRECTOR, DESK, "1");
        let held = nobody_ends(desk);
        let both = ["a", "b"].map(|server| {
            start_receiving(desk, &dns, server, &signed_by(&school, server, &mail))
        });
        until_waiting(desk, 2);
        drop(held);
        let mut taken = both.map(ended);
        taken.sort_by_key(|request| request["received_before"].as_bool());
        assert_eq!((&taken[0]["verdict"], &taken[0]["received_before"]), (&"verified".into(), &false.into()));
        assert_eq!((&taken[1]["id"], &taken[1]["received_before"]), (&taken[0]["id"], &true.into()));
        assert_eq!(desk.count("requests"), 1);
    }

    fn a_mail_that_was_signed_twice_makes_one_request(desk: &Desk) {
        let (dns, school) = school(desk);
        let mail = mail(DIRECTOR, DESK, "1");
        let first = receive(desk, &dns, &signed_by(&school, "a", &mail), &["j.jansen"]);
        assert_eq!(first["verdict"], "verified", "{first:#}");
        let known = desk.count("request_signatures");
        let second = receive(desk, &dns, &signed_by(&school, "b", &mail), &["j.jansen"]);
        assert_eq!((&second["id"], &second["received_before"]), (&first["id"], &true.into()));
        assert_eq!(desk.count("request_signatures"), known + 1);
        assert_eq!(reset(desk, id(&first), &["j.jansen"]).0, 0);
        for server in ["b", "c"] {
            let copy = format!("X-Way: {server}\r\n{}", signed_by(&school, server, &mail));
            let copy = receive(desk, &dns, &copy, &["j.jansen"]);
            is_replay(&copy);
            assert_ne!(reset(desk, id(&copy), &["j.jansen"]).0, 0);
        }
        // Another mail of the same second and the same words is another mail.
        let other = mail.replace("opnieuw instellen", "van Joost Jansen");
        let other = receive(desk, &dns, &school.sign(&other), &["j.jansen"]);
        assert_eq!(other["verdict"], "verified", "{other:#}");
        assert_ne!(other["id"], first["id"]);
    }

    fn an_answer_costs_a_try_once_and_of_the_code_that_it_names(desk: &Desk) {
        let (dns, _) = school(desk);
        let unsigned = DnsServer::start().unwrap();
        let (request, right, named) = asked(desk, &unsigned, "1");
        let school = Domain::publish(&dns, "beatrixschool.nl");
        // An old answer, to whatever it was, names none that is open.
        let old = school.sign(&answer("old", "JA 7KQM-3X9D"));
        for way in 0..6 {
            let taken = receive(desk, &dns, &format!("X-Way: {way}\r\n{old}"), &[]);
            assert_eq!((&taken["id"], &taken["received_as"]), (&request["id"], &"answer".into()));
        }
        assert_eq!(tries(desk), 0);
        assert_eq!(desk.count("request_answers"), 1);
        // Nor does it cost one when somebody makes it name this one.
        receive(desk, &dns, &replying_to(&named, &old), &[]);
        assert_eq!(tries(desk), 0);
        for (number, made) in [("w1", 1), ("w2", 2)] {
            let wrong = replying_to(&named, &answer(number, "JA 0000-0000"));
            for server in ["a", "b"] {
                for way in 0..3 {
                    let copy = format!("X-Way: {way}\r\n{}", signed_by(&school, server, &wrong));
                    receive(desk, &dns, &copy, &[]);
                }
            }
            assert_eq!(tries(desk), made, "{number}");
        }
        // The next code is out of reach of them all.
        let (next, next_named) = challenged(desk, &request);
        assert_ne!((&next, &next_named), (&right, &named));
        let wrong = replying_to(&named, &answer("w2", "JA 0000-0000"));
        receive(desk, &dns, &replying_to(&next_named, &wrong), &[]);
        let given = school.sign(&answer("a1", &format!("JA {next}")));
        let answered = receive(desk, &dns, &given, &[]);
        assert_eq!((&answered["id"], &answered["verdict"]), (&request["id"], &"verified".into()));
        // It's no request of its own, now that nothing is open.
        let again = receive(desk, &dns, &format!("X-Way: 1\r\n{given}"), &["j.jansen"]);
        assert_eq!((&again["id"], &again["received_as"]), (&request["id"], &"answer".into()));
    }

    fn an_unsigned_addressee_keeps_no_mail_from_its_desk(desk: &Desk) {
        let (dns, school) = school(desk);
        let genuine = school.sign_fields(&mail(DIRECTOR, DESK, "1"), &WITHOUT_TO);
        let bent = genuine.replace(&format!("To: {DESK}"), &format!("To: {NOORD}"));
        let first = receive(desk, &dns, &bent, &["j.jansen"]);
        assert_eq!((&first["verdict"], &first["region"]), (&"challenge".into(), &"noord".into()));
        let second = receive(desk, &dns, &genuine, &["j.jansen"]);
        assert_eq!(second["id"], first["id"]);
        // Nobody knows whose it is: whoever it may be for sees it.
        assert_eq!(shown(desk, &first)["region"], Value::Null);
        // What is signed says so, whichever copy came first.
        let line = mail(DIRECTOR, DESK, "2").replace("Wil je", &format!("Aan: {DESK}\r\n\r\nWil je"));
        let genuine = school.sign_fields(&line, &WITHOUT_TO);
        let bent = genuine.replace(&format!("To: {DESK}"), &format!("To: {NOORD}"));
        receive(desk, &dns, &bent, &["j.jansen"]);
        let second = receive(desk, &dns, &genuine, &["j.jansen"]);
        assert_eq!((&second["verdict"], &second["region"]), (&"verified".into(), &"utrecht".into()));
        // The other desk turned its copy down, which says nothing of this one's.
        let genuine = school.sign_fields(&mail(DIRECTOR, DESK, "3"), &WITHOUT_TO);
        let bent = genuine.replace(&format!("To: {DESK}"), &format!("To: {NOORD}"));
        let first = receive(desk, &dns, &bent, &["j.jansen"]);
        reject(desk, &first);
        let second = receive(desk, &dns, &genuine, &["j.jansen"]);
        assert_eq!((&second["verdict"], &second["region"]), (&"challenge".into(), &"utrecht".into()));
    }

    fn a_copy_that_was_turned_down_for_what_nobody_signed_bars_no_genuine_one(desk: &Desk) {
        let (dns, school) = school(desk);
        let genuine = school.sign(&mail(DIRECTOR, DESK, "1"));
        let first = receive(desk, &dns, &format!("Auto-Submitted: auto-replied\r\n{genuine}"), &["j.jansen"]);
        assert_eq!(first["verdict"], "rejected", "{first:#}");
        reject(desk, &first);
        let second = receive(desk, &dns, &genuine, &["j.jansen"]);
        assert_eq!(second["verdict"], "verified", "{second:#}");
        assert_ne!(second["id"], first["id"]);
        // What an operator turned down as it was sent stays so.
        reject(desk, &second);
        is_replay(&receive(desk, &dns, &format!("X-Way: 1\r\n{genuine}"), &["j.jansen"]));
        // And so it does when nothing is left of it but its hashes.
        desk.sql("UPDATE requests SET received_at = 1, expires_at = 2").unwrap();
        desk.run_json(["audit", "prune"]).json();
        is_replay(&receive(desk, &dns, &format!("X-Way: 2\r\n{genuine}"), &["j.jansen"]));
    }

    fn while_dns_is_silent_a_spoilt_copy_hides_no_genuine_one(desk: &Desk) {
        let (dns, school) = school(desk);
        for (number, spoilt_is_first) in [("1", true), ("2", false)] {
            let genuine = school.sign(&mail(DIRECTOR, DESK, number));
            let spoilt = genuine.replace("Subject: 2FA opnieuw", "Subject: Spam opnieuw");
            let spoilt = received_in_silence(desk, &spoilt);
            let kept = received_in_silence(desk, &genuine);
            assert_ne!(kept["id"], spoilt["id"]);
            // The very same signed bytes are one mail, though.
            let again = received_in_silence(desk, &format!("X-Way: 1\r\n{genuine}"));
            assert_eq!(again["id"], kept["id"], "{again:#}");
            if spoilt_is_first {
                assert_ne!(reverify(desk, &dns, &spoilt)["verdict"], "verified");
            }
            assert_eq!(reverify(desk, &dns, &kept)["verdict"], "verified");
            if !spoilt_is_first {
                assert_ne!(reverify(desk, &dns, &spoilt)["verdict"], "verified");
            }
            assert_eq!(shown(desk, &kept)["verdict"], "verified");
        }
    }

    fn a_mail_that_waited_for_dns_is_used_once(desk: &Desk) {
        let (dns, school) = school(desk);
        let mail = mail(DIRECTOR, DESK, "1");
        let first = received_in_silence(desk, &signed_by(&school, "a", &mail));
        let second = received_in_silence(desk, &signed_by(&school, "b", &mail));
        assert_eq!(reverify(desk, &dns, &first)["verdict"], "verified");
        assert_eq!(reset(desk, id(&first), &["j.jansen"]).0, 0);
        if second["id"] != first["id"] {
            reverify(desk, &dns, &second);
            is_replay(&shown(desk, &second));
        }
        is_replay(&receive(desk, &dns, &signed_by(&school, "c", &mail), &["j.jansen"]));
    }

    fn a_yes_confirms_whatever_its_html_breaks_the_line_with(desk: &Desk) {
        let (dns, school) = school(desk);
        let unsigned = DnsServer::start().unwrap();
        let (request, code, _) = asked(desk, &unsigned, "1");
        let yes = format!("JA {code}");
        let plain = mail(DIRECTOR, DESK, "a1");
        let (header, _) = plain.split_once("\r\n\r\n").unwrap();
        let outlook = format!(
            "{header}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n{yes}\r\nGroet,\r\nDaan\r\n\
             --b\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n\
             <html><body dir=\"ltr\"><div>{yes}</div><div>Groet,</div><div>Daan</div></body></html>\r\n--b--\r\n"
        );
        let fields = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];
        let answered = receive(desk, &dns, &school.sign_fields(&outlook, &fields), &[]);
        assert_eq!((&answered["id"], &answered["verdict"]), (&request["id"], &"verified".into()), "{answered:#}");
    }

    fn a_school_year_is_no_code_and_an_answer_has_no_accounts(desk: &Desk) {
        let (dns, school) = school(desk);
        let unsigned = DnsServer::start().unwrap();
        let (request, ..) = asked(desk, &unsigned, "1");
        for (number, first) in [("y1", "Voor 2026-2027:"), ("y2", "Bel 06 12345678"), ("y3", "30112026")] {
            let taken = receive(desk, &dns, &school.sign(&answer(number, first)), &["j.jansen"]);
            assert_eq!((&taken["received_as"], &taken["verdict"]), (&"request".into(), &"verified".into()), "{first}");
        }
        let ran = receive_ran(desk, &dns.address, &school.sign(&answer("n1", "Nee 2026-2027")), &["j.jansen"]);
        assert_eq!(ran.json()["id"], request["id"]);
        assert!(ran.stderr.contains("--account was ignored") && ran.stderr.contains("still open"), "{}", ran.stderr);
    }
}

#[test]
fn a_better_copy_of_what_is_just_turned_down_makes_a_request_of_its_own() {
    // SQLite has one writer, so that there the one is over before the other begins.
    let desk = &Desk::new(Engine::Postgres);
    let (dns, school) = school(desk);
    let genuine = school.sign(&mail(DIRECTOR, DESK, "1"));
    let first = receive(
        desk,
        &dns,
        &format!("Auto-Submitted: auto-replied\r\n{genuine}"),
        &["j.jansen"],
    );
    assert_eq!(first["verdict"], "rejected", "{first:#}");
    let held = nobody_ends(desk);
    let mut reject = desk.command();
    reject.args(["--format", "json", "request", "reject", id(&first)]);
    let reject = start(reject.args(["--reason", "Niet gevraagd"]));
    until_waiting(desk, 1);
    let better = start_receiving(desk, &dns, "better", &genuine);
    until_waiting(desk, 2);
    drop(held);
    assert_eq!(ended(reject)["verdict"], "rejected");
    let better = ended(better);
    assert_eq!(better["verdict"], "verified", "{better:#}");
    assert_ne!(better["id"], first["id"]);
}
