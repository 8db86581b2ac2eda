//! No password in an error, in `doctor`, in JSON, whatever is wrong with the config or the URL (rule 16).

use crate::support::mail::DnsServer;
use crate::support::{Desk, Engine};

/// Part of every password here.
const NEEDLE: &str = "eheim";

#[track_caller]
fn is_silent(desk: &Desk, environment: &[(&str, &str)], args: &[&str], why: &str) -> i32 {
    let mut last = 0;
    for format in ["table", "json"] {
        let mut command = desk.command();
        command.env_remove("BALIE_DATABASE");
        command
            .envs(environment.iter().copied())
            .args(["--format", format])
            .args(args);
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains(NEEDLE), "{why}: {said}");
        last = output.status.code().unwrap();
    }
    last
}

#[test]
fn a_database_url_that_is_refused_is_not_shown() {
    let desk = Desk::new(Engine::Sqlite);
    for url in [
        "postgres://sys_d:7Mr?Egeheim@127.0.0.1/db",
        "Postgres://sys_d:7Mr?Egeheim@127.0.0.1/db",
        "postgres:/desk:geheim@h/db",
        "postgres://desk:ge/geheim@h/db",
        "postgres://desk:geheim@h/db?sslmode=foo",
        "postgres://desk:geheim@127.0.0.1:1x/db",
        "mysql://desk:geheim@h/db",
        "host=h user=desk password=geheim dbname=db",
        "sqlite:geheim.db?mode=rwc",
        "file:geheim.db",
        "~/geheim.db",
    ] {
        for args in [["init"], ["whoami"], ["doctor"]] {
            let flag = [&["--database", url], &args[..]].concat();
            assert_eq!(is_silent(&desk, &[], &flag, url), 2, "{url}");
            for variable in ["BALIE_DATABASE", "BALIE_DATABASE_URL"] {
                assert_eq!(is_silent(&desk, &[(variable, url)], &args, url), 2, "{url}");
            }
        }
    }
    // What is understood is shown without what stands before the `@`.
    let url = "postgres://desk:geheim@%2Fnowhere/db?password=geheim";
    assert_eq!(
        is_silent(&desk, &[("BALIE_DATABASE", url)], &["whoami"], url),
        7
    );
    let left: Vec<_> = std::fs::read_dir(desk.path(""))
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().contains(NEEDLE)),
        "{left:?}"
    );
}

#[test]
fn a_mail_url_with_a_password_is_refused_and_not_shown() {
    let desk = Desk::new(Engine::Sqlite);
    let url = desk.url.clone();
    let dns = DnsServer::start().unwrap();
    std::fs::write(desk.path("pw"), "wachtwoord\n").unwrap();
    std::fs::set_permissions(
        desk.path("pw"),
        std::os::unix::fs::PermissionsExt::from_mode(0o600),
    )
    .unwrap();
    let file = desk.path("pw").display().to_string();
    for smtp in [
        "smtps://desk:geheim@mail.example:465",
        "smtps://desk:ge/geheim@mail.example",
        "smtps://desk:geheim@",
        "smtps://desk:geheim",
        "SMTPS://desk:geheim@mail.example",
        "desk:geheim@mail.example",
        "smtps://mail.example:geheim",
        "smtps://mail.example?password=geheim",
    ] {
        let environment = [
            ("BALIE_DATABASE", url.as_str()),
            ("BALIE_SMTP_URL", smtp),
            ("BALIE_SMTP_FROM", "desk@otservicedesk.nl"),
            ("BALIE_DNS_SERVER", dns.address.as_str()),
        ];
        assert_eq!(
            is_silent(&desk, &environment, &["outbox", "send"], smtp),
            2,
            "{smtp}"
        );
        is_silent(&desk, &environment, &["doctor"], smtp);
    }
    for imap in [
        "imaps://desk:geheim@mail.example/INBOX",
        "imaps://desk:ge/geheim@mail.example/INBOX",
        "imaps://geheim@mail.example",
        "imaps://mail.example:geheim/",
        "imap://desk:geheim@mail.example",
        "desk:geheim@mail.example",
    ] {
        let environment = [
            ("BALIE_DATABASE", url.as_str()),
            ("BALIE_IMAP_URL", imap),
            ("BALIE_IMAP_USER", "desk"),
            ("BALIE_IMAP_PASSWORD_FILE", file.as_str()),
            ("BALIE_DNS_SERVER", dns.address.as_str()),
        ];
        assert_eq!(
            is_silent(&desk, &environment, &["mailbox", "fetch"], imap),
            2,
            "{imap}"
        );
        is_silent(&desk, &environment, &["doctor"], imap);
    }
}

/// The unit test of the config goes through every key; here it's seen that nothing else adds the line.
#[test]
fn a_broken_config_is_told_by_line_and_column() {
    let desk = Desk::new(Engine::Sqlite);
    let config = desk.path(".config/balie/config.toml");
    for text in [
        "[database]\nurl = \"postgres://desk:geheim@host/db\n",
        "[database]\nurl = postgres://desk:geheim@host/db\n",
        "[database]\nwait_seconds = \"postgres://desk:geheim@host/db\"\n",
        "[policy]\nchallenge = \"geheim\"\n",
        "[imap]\nafter = \"geheim\"\nurl = \"imaps://h\"\nuser = \"d\"\npassword_file = \"x\"\n",
    ] {
        std::fs::write(&config, text).unwrap();
        let command = if text.contains("imap") {
            ["mailbox", "fetch"]
        } else {
            ["region", "list"]
        };
        let url = desk.url.clone();
        assert_eq!(
            is_silent(&desk, &[("BALIE_DATABASE", &url)], &command, text),
            2,
            "{text}"
        );
    }
    std::fs::write(
        &config,
        "[database]\nurl = \"postgres://desk:geheim@host/db\n",
    )
    .unwrap();
    let (exit, _, message) = desk.run_json(["region", "list"]).error();
    assert_eq!(exit, 2);
    assert!(message.contains("line 2, column"), "{message}");
}

/// One reader for all of them: passwords on the command line's behalf, of mail servers, and tokens.
/// Arguments and variables that a secret may come by.
type Way<'w> = (&'w [&'w str], &'w [(&'w str, &'w str)]);

#[test]
fn a_private_file_that_others_can_read_is_refused_wherever_it_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    let file = desk.path("secret");
    std::fs::write(&file, "een lang wachtwoord\n").unwrap();
    let path = file.display().to_string();
    let ways: [Way<'_>; 4] = [
        (
            &["portal", "login", "j.jansen", "--password-file", &path],
            &[],
        ),
        (
            &["outbox", "send"],
            &[
                ("BALIE_SMTP_URL", "smtps://desk@localhost:1"),
                ("BALIE_SMTP_FROM", "d@otservicedesk.nl"),
                ("BALIE_SMTP_PASSWORD_FILE", &path),
            ],
        ),
        (
            &["mailbox", "fetch"],
            &[
                ("BALIE_IMAP_URL", "imaps://localhost:1"),
                ("BALIE_IMAP_USER", "desk"),
                ("BALIE_IMAP_PASSWORD_FILE", &path),
            ],
        ),
        (&["region", "list"], &[("BALIE_TOKEN_FILE", &path)]),
    ];
    for (args, environment) in ways {
        for (mode, is_refused) in [(0o644, true), (0o640, true), (0o600, false)] {
            std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
            let mut command = desk.command();
            command.envs(environment.iter().copied());
            let output = command
                .args(["--format", "json"])
                .args(args)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                said.contains("others can read"),
                is_refused,
                "{args:?} {mode:o}: {said}"
            );
            assert_eq!(
                said.contains("chmod 600"),
                is_refused,
                "{args:?} {mode:o}: {said}"
            );
        }
    }
}
