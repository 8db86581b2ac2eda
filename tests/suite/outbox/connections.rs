//! Many mails over several connections, and servers that won't have them.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::server::{copy_the_queue, queue, report, send};
use crate::support::smtp_server::{Says, SmtpServer};
use crate::support::{Desk, on_both_databases};

/// Enough for every connection that there is.
const PAIRS: u32 = 40;
const ALL: usize = 80;

fn connections(server: &SmtpServer) -> usize {
    server.heard().iter().filter(|line| line.is_empty()).count()
}

/// The Message-IDs of what was taken.
fn ids(server: &SmtpServer) -> Vec<String> {
    let id = |mail: &String| {
        let mut lines = mail.lines();
        lines
            .find(|line| line.starts_with("Message-ID: "))
            .unwrap()
            .to_owned()
    };
    server.mails().iter().map(id).collect()
}

#[track_caller]
fn each_arrived_once(server: &SmtpServer) {
    let ids = ids(server);
    assert_eq!(ids.len(), ALL);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ALL);
}

/// A run of its own, at a server that takes 20 ms a mail.
fn begin(desk: &Desk, server: &SmtpServer) -> Child {
    desk.command()
        .env("BALIE_SMTP_URL", &server.url)
        .env("BALIE_SMTP_FROM", "utrecht@otservicedesk.nl")
        .args(["outbox", "send"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

const HANGS_UP: &str = "hangs up";
const SILENT: &str = "silent";

fn says(manner: &'static str) -> Says {
    match manner {
        HANGS_UP => Says::HangsUp,
        SILENT => Says::Nothing,
        text => text.into(),
    }
}

fn slow(line: &str, _: usize) -> Option<Says> {
    if line == "." {
        sleep(Duration::from_millis(20));
    }
    None
}

on_both_databases! {
    fn many_mails_go_over_several_connections_and_each_once(desk: &Desk) {
        queue(desk, PAIRS);
        let server = SmtpServer::start(slow);
        let sent = send(desk, &server.url, &[]).json();
        assert_eq!((&sent["sent"], &sent["failed"], &sent["interrupted"]), (&ALL.into(), &0.into(), &false.into()));
        each_arrived_once(&server);
        assert_eq!(connections(&server), 3, "one more for each 16 mails, and three at most");
        assert_eq!(desk.count("events WHERE action = 'outbox.send'"), 80, "each has its event");
        assert_eq!(desk.count("outbox WHERE sent_at IS NULL OR attempts <> 1"), 0);
        // What there was to do in vain is no event.
        assert_eq!(send(desk, &server.url, &[]).json()["sent"], 0);
        assert_eq!(desk.count("events WHERE action = 'outbox.send'"), 80);
        desk.run_json(["audit", "verify"]).json();
    }

    fn a_server_that_has_one_connection_only_gets_all_over_that_one(desk: &Desk) {
        // It says so; it hangs up; it doesn't say anything, as one that serves others only when the first is gone.
        for manner in ["421 4.3.2 too many connections", HANGS_UP, SILENT] {
            desk.sql("DELETE FROM outbox").unwrap();
            queue_again(desk);
            let server = SmtpServer::start(move |line, before| {
                if line.is_empty() && before > 0 { Some(says(manner)) } else { slow(line, before) }
            });
            let began = Instant::now();
            let sent = send(desk, &server.url, &[]).json();
            assert_eq!((&sent["sent"], &sent["failed"]), (&ALL.into(), &0.into()), "{sent:#}");
            assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
            assert_eq!(connections(&server), 2, "it's asked once for another");
            each_arrived_once(&server);
        }
    }

    fn a_connection_that_ends_after_some_mails_costs_none_of_them_a_try(desk: &Desk) {
        for manner in ["421 4.7.0 enough for now", HANGS_UP] {
            desk.sql("DELETE FROM outbox").unwrap();
            queue_again(desk);
            let server = SmtpServer::start(move |line, before| {
                let ends = line.starts_with("MAIL") && before % 10 == 9;
                ends.then(|| says(manner))
            });
            let sent = send(desk, &server.url, &[]).json();
            assert_eq!((&sent["sent"], &sent["failed"]), (&ALL.into(), &0.into()), "{sent:#}");
            each_arrived_once(&server);
            assert_eq!(desk.count("outbox WHERE attempts <> 1"), 0);
        }
    }

    fn what_is_put_off_among_many_is_sent_later_and_once(desk: &Desk) {
        queue(desk, PAIRS);
        let server = SmtpServer::start(|line, before| {
            let off = line.starts_with("RCPT") && before % 5 == 1 && before < 40;
            off.then(|| "450 4.2.1 try again later".into())
        });
        let ran = send(desk, &server.url, &[]);
        assert_eq!(ran.exit, 7, "{}", ran.stderr);
        let told = report(&ran);
        let failed = told["failed"].as_u64().unwrap();
        assert!(failed > 5 && told["given_up"] == 0, "{told:#}");
        assert_eq!(told["sent"].as_u64().unwrap() + failed, 80, "{told:#}");
        desk.sql("UPDATE outbox SET due_at = 1").unwrap();
        assert_eq!(send(desk, &server.url, &[]).json()["sent"], failed);
        each_arrived_once(&server);
    }

    fn killed_in_the_middle_no_mail_is_lost_and_at_most_one_a_connection_comes_twice(desk: &Desk) {
        queue(desk, PAIRS);
        let server = SmtpServer::start(slow);
        let mut twice = 0;
        for round in 0..4_u64 {
            let mut child = begin(desk, &server);
            sleep(Duration::from_millis(400 + round * 130));
            child.kill().unwrap();
            child.wait().unwrap();
            // Time goes by: what was claimed by the dead is free again.
            let free = "UPDATE outbox SET claim_until = 1 WHERE claim_until IS NOT NULL AND sent_at IS NULL";
            let open = desk.count("outbox WHERE claim_until IS NOT NULL AND sent_at IS NULL");
            assert!(open <= 3, "{open} were under way");
            twice += usize::try_from(open).unwrap();
            desk.sql(free).unwrap();
        }
        assert!(begin(desk, &server).wait().unwrap().success());
        let ids = ids(&server);
        let different = ids.iter().collect::<BTreeSet<_>>().len();
        assert_eq!(different, ALL, "none is lost");
        assert!(ids.len() - different <= twice, "{} twice, {twice} in doubt", ids.len() - different);
        assert_eq!(desk.count("outbox WHERE sent_at IS NULL"), 0);
        desk.run_json(["audit", "verify"]).json();
    }

    fn asked_to_stop_it_finishes_what_is_under_way_and_sends_none_twice(desk: &Desk) {
        queue(desk, PAIRS);
        let server = SmtpServer::start(slow);
        for signal in ["-TERM", "-INT"] {
            let before = server.mails().len();
            let mut child = begin(desk, &server);
            while server.mails().len() < before + 20 {
                sleep(Duration::from_millis(5));
                assert!(child.try_wait().unwrap().is_none());
            }
            let stopped = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
            assert!(stopped.success());
            assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
            assert!(server.mails().len() < ALL);
            assert_eq!(desk.count("outbox WHERE claim_until IS NOT NULL"), 0, "nothing is left in doubt");
        }
        assert!(begin(desk, &server).wait().unwrap().success());
        each_arrived_once(&server);
    }
}

/// The mails again, once more to be sent.
fn queue_again(desk: &Desk) {
    if desk.count("organisations") == 0 {
        desk.import_small_directory().json();
    }
    let to_and_fro = [
        ("block", "telefoon gestolen"),
        ("unblock", "telefoon terug"),
    ];
    for (verb, reason) in to_and_fro {
        desk.run_json(["account", verb, "j.jansen", "--reason", reason, "--yes"])
            .json();
    }
    copy_the_queue(desk, PAIRS);
}
