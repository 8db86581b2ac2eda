//! Services: accounts for timers, whose token does one job; and who may take mails in and send them.

use balie::loopback::{Manner, SmtpSink};

use super::manage::staffed;
use crate::request::receive::{DESK, DIRECTOR};
use crate::settings::change::details;
use crate::support::dovecot::Dovecot;
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Desk, Ran, on_both_databases};

fn code(ran: &Ran) -> String {
    if ran.exit == 0 {
        "ok".into()
    } else {
        ran.error().1
    }
}

/// Runs it with the token in that file, which is the yes to its own job (rule 15).
fn with(desk: &Desk, token: &str, args: &[&str]) -> Ran {
    let mut command = desk.command_without_yes();
    command
        .env("BALIE_TOKEN_FILE", desk.path(token))
        .args(["--format", "json"])
        .args(args);
    Ran::new(&command.output().unwrap())
}

fn service(desk: &Desk, name: &str, job: &str) {
    let out = desk.path(name).display().to_string();
    let made = desk
        .by(
            "fatima",
            &["service", "add", name, "--job", job, "--out", &out],
        )
        .json();
    assert_eq!((&made["login"], &made["job"]), (&name.into(), &job.into()));
    assert!(
        made["token"].is_null() && made["expires_at"].is_string(),
        "{made:#}"
    );
}

on_both_databases! {
    fn a_service_does_its_job_and_nothing_else(desk: &Desk) {
        let request = staffed(desk);
        let directory = desk.small_directory().display().to_string();
        let copy = desk.path("copy").display().to_string();
        let jobs: &[(&str, &[&str])] = &[
            ("remind", &["pending", "--remind"]),
            ("prune", &["audit", "prune"]),
            ("checkpoint", &["audit", "checkpoint"]),
            ("import", &["directory", "import", &directory]),
            ("export", &["audit", "export"]),
            ("backup", &["backup", &copy]),
            ("report", &["audit", "enrollments"]),
            ("doctor", &["doctor"]),
        ];
        for (job, _) in jobs {
            service(desk, job, job);
        }
        let others: &[&[&str]] = &[
            &["audit", "enrollments", "--finding", "overdue"],
            &["account", "show", "j.jansen"],
            &["find", "jansen"],
            &["reset", "j.jansen", "--request", &request],
            &["operator", "list"],
            &["operator", "token", "add", "--scope", "read"],
            &["settings", "list"],
            &["--yes", "settings", "set", "policy.max_age_hours", "1"],
            &["service", "add", "more", "--job", "send"],
            &["outbox", "send"],
            &["key", "rotate"],
        ];
        for (job, own) in jobs {
            for (other, args) in jobs {
                let ran = with(desk, job, args);
                let refused = ran.stdout.is_empty() && ran.exit == 4;
                let in_table = ran.stdout.contains("your role may not do this");
                assert_eq!(job != other, refused || in_table, "{job}: {args:?}: {}{}", ran.stdout, ran.stderr);
            }
            for args in others {
                let told = with(desk, job, args);
                assert_ne!(told.exit, 0, "{job}: {args:?}");
                assert!(["role_may_not", "input_required"].contains(&told.error().1.as_str()), "{job} {args:?}: {}", told.stderr);
            }
            assert_ne!(with(desk, job, own).exit, 4, "{job}");
            let who = with(desk, job, &["whoami"]).json();
            assert_eq!((&who["login"], &who["job"], &who["by"]), (&(*job).into(), &(*job).into(), &"token".into()), "{who:#}");
            assert!(who["until"].is_string(), "{who:#}");
        }
        // It stays what it is.
        for args in [
            &["operator", "reset-password", "prune"][..],
            &["operator", "role", "prune", "admin"],
            &["operator", "token", "add", "prune", "--scope", "log"],
            &["service", "add", "prune", "--job", "import"],
            &["service", "add", "ursula", "--job", "import"],
            &["service", "add", "x", "--job", "everything"],
            &["service", "add", "x", "--job", "send", "--expires", "400d"],
        ] {
            let told = code(&desk.by("fatima", args));
            assert!(["invalid_input", "operator_exists", "usage"].contains(&told.as_str()), "{args:?}: {told}");
        }
        for (args, told) in [
            (["prune", "--job", "import"], "there is already a service `prune`, for the job `prune`"),
            (["ursula", "--job", "import"], "`ursula` is a person's login"),
            (["x", "--job", "everything"], "`prune`, `checkpoint`, `import`, `export`"),
        ] {
            let ran = desk.by("fatima", &[&["service", "add"], args.as_slice()].concat());
            assert!(ran.stderr.contains(told), "{args:?}: {}", ran.stderr);
        }
        assert_eq!(code(&desk.by("ursula", &["service", "add", "x", "--job", "send"])), "role_may_not");
        let added = details(desk, "olga", "service.add");
        assert_eq!(added.len(), jobs.len());
        assert!(!format!("{added:?}").contains("balie_token_"));
        desk.by("fatima", &["operator", "disable", "prune"]).json();
        assert_eq!(code(&with(desk, "prune", &["audit", "prune"])), "token_refused");
        let again = desk.by("fatima", &["service", "add", "prune", "--job", "prune"]);
        assert_eq!(code(&again), "token_refused");
        assert!(again.stderr.contains("`balie operator enable prune`"), "{}", again.stderr);
        assert_eq!(desk.by("fatima", &["audit", "verify", "--state"]).exit, 0);
    }

    fn a_timer_that_has_nothing_to_do_writes_no_event(desk: &Desk) {
        staffed(desk);
        let (server, sink, dns) = (Dovecot::start(), SmtpSink::start(false).unwrap(), DnsServer::start().unwrap());
        desk.set(&[
            ("imap.url", &format!("imaps://localhost:{}", server.port)),
            ("imap.user", "balie"),
            ("smtp.url", &sink.url),
            ("smtp.from", "utrecht@otservicedesk.nl"),
            ("dns.server", &dns.address),
        ]);
        let directory = desk.small_directory().display().to_string();
        let jobs: &[(&str, &[&str])] = &[
            ("fetch", &["mailbox", "fetch"]),
            ("send", &["outbox", "send"]),
            ("remind", &["pending", "--remind"]),
            ("prune", &["audit", "prune"]),
            ("import", &["directory", "import", &directory]),
            ("doctor", &["doctor"]),
        ];
        for (job, _) in jobs {
            service(desk, job, job);
        }
        let work = |job: &str, args: &[&str]| {
            let mut command = desk.command_without_yes();
            command.env("BALIE_TOKEN_FILE", desk.path(job)).args(["--format", "json"]).args(args);
            command.env("SSL_CERT_FILE", server.trusted()).env("BALIE_IMAP_PASSWORD_FILE", server.password_file());
            Ran::new(&command.output().unwrap())
        };
        // The mailbox isn't there yet: it can't be said to have been looked into.
        desk.set(&[("imap.url", &format!("imaps://localhost:{}/Elders", server.port))]);
        assert_eq!(work("fetch", &["mailbox", "fetch"]).exit, 2);
        assert_eq!(desk.count("mailboxes"), 0, "whoever can't look doesn't pass for one who found nothing");
        desk.set(&[("imap.url", &format!("imaps://localhost:{}", server.port))]);
        assert_eq!(desk.count("events WHERE action = 'mailbox.fetch'"), 0);
        let round = || {
            for (job, args) in jobs {
                let ran = work(job, args);
                assert!(ran.exit == 0 || *job == "doctor", "{job}: {}{}", ran.stdout, ran.stderr);
            }
        };
        // What is there to do is done, and told.
        round();
        let events = desk.count("events");
        for _ in 0..3 {
            round();
        }
        let new = desk.pairs(&format!("SELECT operator, action FROM events WHERE seq > {events}"));
        assert!(new.is_empty(), "{new:?}");
        // And who watches the desk knows that they ran.
        let told = work("doctor", &["doctor"]).json();
        let found = |name: &str| {
            let checks = told["checks"].as_array().unwrap();
            checks.iter().find(|check| check["name"] == name).unwrap()["result"].clone()
        };
        assert_eq!((found("fetch"), found("prune")), ("ok".into(), "ok".into()), "{told:#}");
        assert_eq!(found("backup"), "warn");
        // What there is to do is an event again.
        server.deliver("1.a", b"From: x@elders.nl\r\nTo: utrecht@otservicedesk.nl\r\nSubject: x\r\n\r\nx\r\n");
        assert_eq!(work("fetch", &["mailbox", "fetch"]).json()["taken"], 1);
        assert_eq!(desk.count("events WHERE action = 'mailbox.fetch'"), 1);
        assert_eq!(desk.by("fatima", &["audit", "verify", "--state"]).exit, 0);
    }

    fn mails_go_in_and_out_by_services_seniors_and_admins_from_the_desks_places(desk: &Desk) {
        let request = staffed(desk);
        let (server, sink, dns) = (Dovecot::start(), SmtpSink::start(false).unwrap(), DnsServer::start().unwrap());
        desk.set(&[
            ("imap.url", &format!("imaps://localhost:{}", server.port)),
            ("imap.user", "balie"),
            ("smtp.url", &sink.url),
            ("smtp.from", "utrecht@otservicedesk.nl"),
            ("dns.server", &dns.address),
        ]);
        service(desk, "fetch", "fetch");
        service(desk, "send", "send");
        let fetch = |mut command: std::process::Command, more: &[&str]| {
            command.env("SSL_CERT_FILE", server.trusted()).env("BALIE_IMAP_PASSWORD_FILE", server.password_file());
            Ran::new(&command.args(["mailbox", "fetch"]).args(more).output().unwrap())
        };
        let as_service = |token: &str| {
            let mut command = desk.command();
            command.env("BALIE_TOKEN_FILE", desk.path(token)).args(["--format", "json"]);
            command
        };
        server.deliver("1.a", b"From: x@elders.nl\r\nTo: utrecht@otservicedesk.nl\r\nSubject: x\r\n\r\nx\r\n");
        for login in ["ursula", "olga"] {
            assert_eq!(code(&fetch(desk.command_of(login), &[])), "role_may_not", "{login}");
            assert_eq!(code(&desk.by(login, &["outbox", "send"])), "role_may_not", "{login}");
        }
        assert_eq!(code(&fetch(as_service("send"), &[])), "role_may_not");
        assert_eq!(fetch(as_service("fetch"), &[]).json()["taken"], 1);
        server.deliver("2.a", b"From: y@elders.nl\r\nTo: utrecht@otservicedesk.nl\r\nSubject: y\r\n\r\ny\r\n");
        assert_eq!(fetch(desk.command_of("fatima"), &[]).json()["taken"], 1, "an admin may");
        assert_eq!(fetch(desk.command_of("simon"), &[]).json()["taken"], 0, "and a senior");
        // Another place is an admin's to name.
        std::fs::write(desk.path("box"), "From a@b.nl Mon Sep 21 14:13:20 2026\nSubject: z\n\nz\n").unwrap();
        let named = desk.path("box").display().to_string();
        for login in ["simon", "ursula"] {
            assert_eq!(code(&fetch(desk.command_of(login), &["--mbox", &named])), "role_may_not", "{login}");
        }
        assert_eq!(code(&fetch(as_service("fetch"), &["--maildir", &named])), "role_may_not");
        assert_eq!(fetch(desk.command_of("fatima"), &["--mbox", &named]).json()["taken"], 1);
        // What is due goes out by the service alone, and its event says under which settings.
        desk.by("ursula", &["reset", "j.jansen", "--request", &request]).json();
        assert_eq!(code(&with(desk, "fetch", &["outbox", "send"])), "role_may_not");
        let sent = with(desk, "send", &["outbox", "send"]).json();
        assert!(sent["sent"].as_u64().unwrap() > 0 && !sink.mails().is_empty(), "{sent:#}");
        let event = &details(desk, "olga", "outbox.send")[0];
        assert_eq!(event["settings"].as_str().unwrap().len(), 64);
        assert_eq!(desk.by("simon", &["outbox", "send"]).json()["sent"], 0);
    }

    fn a_desk_can_count_on_its_service_alone(desk: &Desk) {
        staffed(desk);
        let (server, dns) = (Dovecot::start(), DnsServer::start().unwrap());
        desk.set(&[
            ("imap.url", &format!("imaps://localhost:{}", server.port)),
            ("imap.user", "balie"),
            ("dns.server", &dns.address),
            ("policy.challenge", "unless_fetched"),
        ]);
        service(desk, "fetch", "fetch");
        let domain = Domain::publish(&dns, "beatrixschool.nl");
        let signed = |id: &str| domain.sign(&mail(DIRECTOR, DESK, id));
        server.deliver("1.a", signed("fetched").as_bytes());
        let fetch = || {
            let mut command = desk.command();
            command.env("BALIE_TOKEN_FILE", desk.path("fetch")).args(["--format", "json", "mailbox", "fetch"]);
            command.env("SSL_CERT_FILE", server.trusted()).env("BALIE_IMAP_PASSWORD_FILE", server.password_file());
            Ran::new(&command.output().unwrap())
        };
        let fetched = fetch().json();
        assert_eq!(fetched["taken"], 1, "{fetched:#}");
        let taken_in = desk.pairs("SELECT public_id, received_by FROM requests WHERE received_by = 'fetch'");
        let id = taken_in[0].0.as_str();
        let assigned = desk.by("ursula", &["request", "assign", id, "j.jansen"]).json();
        assert_eq!(assigned["verdict"], "verified", "{assigned:#}");
        let other = signed("handed-in");
        std::fs::write(desk.path("other.eml"), &other).unwrap();
        let file = desk.path("other.eml").display().to_string();
        let handed_in = desk.by("ursula", &["request", "receive", &file, "--account", "j.jansen"]).json();
        assert_eq!(handed_in["verdict"], "challenge", "{handed_in:#}");
        // The same bytes from the desk's own mailbox: whoever came first doesn't decide who is believed.
        server.deliver("2.a", other.as_bytes());
        let fetched = fetch().json();
        assert_eq!((&fetched["verified"], &fetched["requests"][0]), (&1.into(), &handed_in["id"]), "{fetched:#}");
        let shown = desk.by("ursula", &["request", "show", handed_in["id"].as_str().unwrap()]).json();
        assert_eq!(shown["verdict"], "verified", "{shown:#}");
    }

    fn what_dns_left_open_is_settled_by_the_next_fetch(desk: &Desk) {
        staffed(desk);
        let (server, dns) = (Dovecot::start(), DnsServer::start().unwrap());
        desk.set(&[
            ("imap.url", &format!("imaps://localhost:{}", server.port)),
            ("imap.user", "balie"),
            ("dns.server", &dns.address),
            ("policy.challenge", "unless_fetched"),
        ]);
        service(desk, "fetch", "fetch");
        let fetch = || {
            let mut command = desk.command();
            command.env("BALIE_TOKEN_FILE", desk.path("fetch")).args(["--format", "json", "mailbox", "fetch"]);
            command.env("SSL_CERT_FILE", server.trusted()).env("BALIE_IMAP_PASSWORD_FILE", server.password_file());
            Ran::new(&command.output().unwrap())
        };
        let signed = Domain::publish(&dns, "beatrixschool.nl").sign(&mail(DIRECTOR, DESK, "fetched"));
        server.deliver("1.a", signed.as_bytes());
        dns.behave(Manner::Fails);
        assert_eq!(fetch().exit, 7);
        let events = desk.count("events");
        assert_eq!(fetch().exit, 0);
        assert!(desk.count("events") <= events + 1, "nothing is said of what is still open");
        dns.behave(Manner::Sound);
        let fetched = fetch().json();
        assert_eq!(fetched["settled"], 1, "{fetched:#}");
        let taken_in = desk.pairs("SELECT public_id, received_by FROM requests WHERE received_by = 'fetch'");
        let id = taken_in[0].0.as_str();
        let assigned = desk.by("ursula", &["request", "assign", id, "j.jansen"]).json();
        assert_eq!(assigned["verdict"], "verified", "{assigned:#}");
        assert_eq!(desk.by("ursula", &["reset", "j.jansen", "--request", id]).exit, 0);
    }
}
