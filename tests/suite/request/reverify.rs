use std::fs;
use std::net::UdpSocket;
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::challenge::{code, delivered};
use super::receive::{DESK, DIRECTOR, receive, receive_ran};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};
use balie::loopback::Manner;

fn reverify(desk: &Desk, dns: &str, id: &Value) -> Ran {
    let mut command = desk.command();
    command.env("BALIE_DNS_SERVER", dns);
    command.args(["--format", "json", "request", "reverify"]);
    Ran::new(&command.arg(id.as_str().unwrap()).output().unwrap())
}

/// A port that takes questions and never answers.
fn silent() -> UdpSocket {
    UdpSocket::bind("127.0.0.1:0").unwrap()
}

/// A name server that has that done before it answers its first question, and what came of it.
fn slow(dns: &DnsServer, meanwhile: Command) -> (String, Receiver<Output>) {
    let (socket, server) = (silent(), dns.address.clone());
    let address = socket.local_addr().unwrap().to_string();
    let (tell, told) = channel();
    let mut meanwhile = Some(meanwhile);
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok((length, peer)) = socket.recv_from(&mut buffer) {
            if let Some(mut meanwhile) = meanwhile.take() {
                tell.send(meanwhile.output().unwrap()).unwrap();
            }
            let asker = silent();
            asker.send_to(&buffer[..length], &server).unwrap();
            let length = asker.recv(&mut buffer).unwrap();
            // Who asked may be gone.
            let _ = socket.send_to(&buffer[..length], peer);
        }
    });
    (address, told)
}

/// A request that DNS left open as it came in.
fn left_open(desk: &Desk, mail: &str) -> Value {
    let nobody = DnsServer::start().unwrap();
    nobody.behave(Manner::Fails);
    let ran = receive_ran(desk, &nobody.address, mail, &["j.jansen"]);
    assert_eq!(ran.exit, 7, "{}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

on_both_databases! {
    fn the_record_alone_gives_the_same_verdict_years_later(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let request = receive(desk, &dns, &school.sign(&mail(DIRECTOR, DESK, "1")), &["j.jansen"]);
        let forged = receive(desk, &dns, &mail(DIRECTOR, DESK, "2"), &["j.jansen"]);
        // The director has left, the key has gone, and nobody answers.
        desk.sql("UPDATE requesters SET ended_at = 1").unwrap();
        let silent = silent();
        for id in [&request["id"], &forged["id"]] {
            let checked = reverify(desk, &silent.local_addr().unwrap().to_string(), id).json();
            assert_eq!(checked["holds"], true, "{checked:#}");
            assert_eq!(checked["differences"].as_array().unwrap().len(), 0);
        }
    }

    fn a_record_that_was_changed_gives_itself_away(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let request = receive(desk, &dns, &mail(DIRECTOR, DESK, "1"), &["j.jansen"]);
        desk.sql("UPDATE requests SET verdict = 'verified'").unwrap();
        desk.sql("UPDATE request_checks SET result = 'pass' WHERE name = 'dkim'").unwrap();
        let ran = reverify(desk, &dns.address, &request["id"]);
        assert_eq!(ran.exit, 8, "{}{}", ran.stdout, ran.stderr);
        let checked: Value = serde_json::from_str(&ran.stdout).unwrap();
        let differs: Vec<_> = checked["differences"].as_array().unwrap().iter()
            .map(|difference| difference["what"].as_str().unwrap()).collect();
        assert_eq!(differs, ["verdict", "check dkim"]);
        desk.sql("UPDATE request_messages SET size = size + 1").unwrap();
        let (exit, code, _) = reverify(desk, &dns.address, &request["id"]).error();
        assert_eq!((exit, code.as_str()), (8, "tampered"));
    }

    fn silent_dns_leaves_it_waiting_within_seconds_and_is_asked_again(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let silent = silent();
        let nobody = silent.local_addr().unwrap().to_string();
        let began = Instant::now();
        let ran = receive_ran(desk, &nobody, &school.sign(&mail(DIRECTOR, DESK, "1")), &["j.jansen"]);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        let request: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((&request["verdict"], &request["status"]), (&"challenge".into(), &"waiting".into()));
        let still = reverify(desk, &nobody, &request["id"]);
        assert_eq!(still.exit, 7);
        let settled = reverify(desk, &dns.address, &request["id"]).json();
        assert_eq!((&settled["settled"], &settled["verdict"]), (&true.into(), &"verified".into()));
        let again = reverify(desk, &nobody, &request["id"]).json();
        assert_eq!((&again["holds"], &again["verdict"]), (&true.into(), &"verified".into()));
    }

    fn what_a_colleague_did_while_dns_was_asked_stands(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let meanwhile = |args: &[&str]| {
            let mut command = desk.command();
            command.args(["--format", "json"]).args(args);
            command
        };
        let settled_after = |request: &Value, command: Command| {
            let (address, told) = slow(&dns, command);
            let ran = reverify(desk, &address, &request["id"]);
            Ran::new(&told.recv().unwrap()).json();
            (ran, desk.run_json(["request", "show", request["id"].as_str().unwrap()]).json())
        };
        // The code came back by phone; DNS has nothing to say that would decide.
        let doubtful = left_open(desk, &mail(DIRECTOR, DESK, "1"));
        let id = doubtful["id"].as_str().unwrap();
        desk.run_json(["request", "challenge", id]).json();
        let code = desk.secret("code", &code(&delivered(desk)));
        let mut confirm = meanwhile(&["request", "confirm", id, "--code-stdin"]);
        confirm.stdin(fs::File::open(code).unwrap());
        let (ran, shown) = settled_after(&doubtful, confirm);
        assert_eq!((&ran.json()["verdict"], &shown["verdict"]), (&"verified".into(), &"verified".into()));

        let school = Domain::publish(&dns, "beatrixschool.nl");
        let both = mail(DIRECTOR, DESK, "2").replace("j.jansen", "j.jansen en z.celik");
        let open = left_open(desk, &school.sign(&both));
        let id = open["id"].as_str().unwrap();
        let (ran, shown) = settled_after(&open, meanwhile(&["request", "assign", id, "z.celik"]));
        let (exit, code, _) = ran.error();
        assert_eq!((exit, code.as_str()), (5, "changed_since_shown"));
        assert!(ran.stderr.contains("look at it again, and decide on what it is now"), "{}", ran.stderr);
        assert_eq!(shown["accounts"].as_array().unwrap().len(), 2);
        assert_eq!(reverify(desk, &dns.address, &open["id"]).json()["verdict"], "verified");
        let both = ["reset", "j.jansen", "z.celik", "--request", id, "--dry-run"];
        assert_eq!(desk.run_json(both).exit, 0, "the verdict is on both");

        let open = left_open(desk, &school.sign(&mail(DIRECTOR, DESK, "3")));
        let id = open["id"].as_str().unwrap();
        let closed = meanwhile(&["request", "reject", id, "--reason", "Niet gevraagd"]);
        let (ran, shown) = settled_after(&open, closed);
        assert_eq!((ran.error().1.as_str(), &shown["verdict"]), ("request_rejected", &"rejected".into()));
    }

    fn the_mail_comes_back_byte_for_byte(desk: &Desk) {
        desk.import_small_directory().json();
        let dns = DnsServer::start().unwrap();
        let text = format!("{}\r\n\0\u{e9} {}", mail(DIRECTOR, DESK, "1"), "x".repeat(100_000));
        let request = receive(desk, &dns, &text, &["j.jansen"]);
        let id = request["id"].as_str().unwrap();
        let file = desk.path("back.eml");
        let file = file.to_str().unwrap();
        assert_eq!(desk.run(["request", "show", id, "--eml", file]).exit, 0);
        assert_eq!(fs::read(file).unwrap(), text.as_bytes());
        assert_eq!(desk.run(["request", "show", id, "--eml", file]).exit, 2, "never overwritten");
        assert_eq!(desk.run(["request", "show", id, "--eml", "-"]).stdout, text);
    }
}
