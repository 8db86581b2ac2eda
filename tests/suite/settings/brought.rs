//! Rule 17: no key of a config and no variable lets a caller loosen or redirect what a closed desk is judged by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use balie::config::{Caller, Config, keys, variable};
use balie::desk::settings_in_force;
use balie::domain::settings::{InForce, Kind, SETTINGS, Setting, Tightens};
use balie::loopback::SmtpSink;
use balie::store::Database;
use serde_json::{Value, json};

use super::change::details;
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::mail::{DnsServer, Domain, mail};
use crate::support::{Ran, on_both_databases};

/// The caller's half, and what keeps it from deciding anything at this desk.
const CALLERS: &[(&str, &str)] = &[
    (
        "database.url",
        "another database is another desk, with its own keys",
    ),
    (
        "database.wait_seconds",
        "how long the caller waits for others",
    ),
    (
        "keys.file",
        "keys that the database doesn't know are refused",
    ),
    (
        "keys.command",
        "only from a file of root's or of the account's own; refused as a variable",
    ),
    (
        "operator.login",
        "a closed desk goes by the session, whatever login is claimed",
    ),
    (
        "operator.language",
        "the language that answers are read out in, for the caller alone",
    ),
    ("desk.only", "in root's config alone"),
    ("desk.files", "in root's config alone"),
    ("smtp.password_file", "given to the desk's server alone"),
    ("imap.password_file", "given to the desk's server alone"),
    (
        "smtp.token_command",
        "as keys.command; its token is given to the desk's server alone",
    ),
    (
        "smtp.client_secret_file",
        "given to the desk's token server alone",
    ),
    (
        "smtp.refresh_token_file",
        "given to the desk's token server alone",
    ),
    (
        "imap.token_command",
        "as keys.command; its token is given to the desk's server alone",
    ),
    (
        "imap.client_secret_file",
        "given to the desk's token server alone",
    ),
    (
        "imap.refresh_token_file",
        "given to the desk's token server alone",
    ),
];

/// Every other variable that is read, and why it decides nothing.
const VARIABLES: &[(&str, &str)] = &[
    (
        "BALIE_CONFIG",
        "as --config: what is in that file is held against the same table",
    ),
    ("BALIE_DATABASE", "as database.url"),
    ("BALIE_FORMAT", "how documents look"),
    ("BALIE_NO_INPUT", "nobody is asked: no yes"),
    (
        "BALIE_TOKEN_FILE",
        "a token says who is at work, and what it's for",
    ),
];

/// What may hold when `desk` is set and a caller brings something else (product.md, machine contract).
fn is_as_strict(key: &str, desk: &Value, now: &Value) -> bool {
    let numbers = desk.as_u64().zip(now.as_u64());
    let items = |list: &Value| -> BTreeSet<String> {
        let items = list.as_array().into_iter().flatten();
        items.map(ToString::to_string).collect()
    };
    desk == now
        || match key {
            "policy.max_age_hours"
            | "policy.request_ttl_hours"
            | "policy.enrollment_window_hours"
            | "policy.four_eyes_rows"
            | "policy.max_rows"
            | "policy.session_idle_minutes"
            | "policy.session_hours"
            | "policy.lookups_per_minute"
            | "policy.resets_per_hour" => numbers.is_some_and(|(desk, now)| now < desk),
            "policy.fresh_address_days" | "policy.repeat_reset_days" => {
                numbers.is_some_and(|(desk, now)| now > desk)
            }
            "policy.challenge" => now == "always",
            "policy.new_signer" => now == "challenge",
            "policy.screen_delivery" => now == "never",
            "policy.privileged_roles" => items(desk).is_subset(&items(now)),
            "mail.trusted_arc_sealers" => items(now).is_subset(&items(desk)),
            _ => false,
        }
}

/// What an attacker may try to bring along.
fn tries(setting: &Setting) -> Vec<&'static str> {
    match (setting.kind, setting.key) {
        (Kind::Number, _) => vec!["0", "1", "6", "40", "1000", "4294967295"],
        (Kind::Switch, _) => vec!["true", "false"],
        (_, "policy.privileged_roles") => vec!["", "niemand", "ict", "ict,beheerder"],
        (Kind::List, _) => vec!["", "a.nl", "a.nl,b.nl", "a.nl,b.nl,evil.nl", "evil.nl"],
        (_, "policy.challenge") => vec!["unless_proven", "unless_fetched", "always"],
        (_, "policy.new_signer") => vec!["note", "challenge"],
        (_, "policy.screen_delivery") => vec!["never", "show", "read_aloud"],
        (_, "policy.language") => vec!["nl", "en"],
        (_, "smtp.auth" | "imap.auth") => vec!["password", "oauth2"],
        (_, "smtp.flow" | "imap.flow") => {
            vec!["client_credentials", "refresh_token", "device_code"]
        }
        (_, "smtp.token_url" | "imap.token_url") => {
            vec!["https://evil.example/token", "http://127.0.0.1:1/token"]
        }
        _ => vec!["", "127.0.0.1:5399", "smtp+plain://127.0.0.1:5325", "evil"],
    }
}

/// The line of a config that says the same as the variable.
fn line(setting: &Setting, text: &str) -> String {
    let (section, name) = setting.parts();
    let value = match setting.kind {
        Kind::Text => format!("'{text}'"),
        Kind::Number | Kind::Switch => text.to_owned(),
        Kind::List => {
            let items = text.split(',').filter(|item| !item.is_empty());
            let items: Vec<_> = items.map(|item| format!("'{item}'")).collect();
            format!("[{}]", items.join(", "))
        }
    };
    format!("[{section}]\n{name} = {value}\n")
}

/// What a desk may have: neither its strictest nor its loosest.
const MIDDLE: &str = "\
[dns]\nserver = '127.0.0.1:1'\n\
[smtp]\nurl = 'smtps://mail.example.nl'\nfrom = 'desk@example.nl'\nfrom_name = 'Servicedesk'\nehlo = 'desk.example.nl'\n\
auth = 'oauth2'\ntoken_url = 'https://id.example.nl/token'\ndevice_url = 'https://id.example.nl/device'\nclient_id = 'balie'\nscope = 'mail'\nflow = 'refresh_token'\n\
[imap]\nurl = 'imaps://mail.example.nl'\nuser = 'desk'\nafter = 'seen'\n\
auth = 'oauth2'\ntoken_url = 'https://id.example.nl/token'\ndevice_url = 'https://id.example.nl/device'\nclient_id = 'balie'\nscope = 'mail'\nflow = 'refresh_token'\n\
[mail]\nauthserv_ids = ['a.nl']\ntrusted_arc_sealers = ['a.nl', 'b.nl']\nmicrosoft_origin = true\n\
[policy]\nmax_age_hours = 40\nrequest_ttl_hours = 40\nenrollment_window_hours = 40\nundo_hours = 40\n\
fresh_address_days = 6\nfour_eyes_rows = 6\nmax_rows = 40\nrepeat_reset_days = 40\nprivileged_roles = ['ict']\n\
screen_delivery = 'show'\nsession_idle_minutes = 40\nsession_hours = 20\nlookups_per_minute = 40\n\
resets_per_hour = 40\nissuer = 'OT'\n\
[retention]\nlog_months = 40\nmails_days = 40\n";

fn in_force(database: &Database, file: &Path, env: &BTreeMap<String, String>) -> Option<InForce> {
    let caller = Caller {
        account: uzers::get_effective_uid(),
        for_others: false,
    };
    // A value that can't stand there at all is refused, with the whole command.
    let config = Config::load(file, env, caller, None).ok()?;
    let runtime = tokio::runtime::Handle::current();
    let found = tokio::task::block_in_place(|| {
        runtime.block_on(settings_in_force(database, &config.brought))
    });
    Some(found.expect("the database answers"))
}

fn held(key: &str, desk: &InForce, now: &InForce, brought: &str) {
    for setting in SETTINGS {
        let (desk, now) = (desk.value(setting), now.value(setting));
        assert!(
            is_as_strict(setting.key, &desk, &now),
            "{key} as {brought} makes {} {now}, and the desk has {desk}",
            setting.key
        );
    }
    let setting = SETTINGS.iter().find(|setting| setting.key == key);
    let changed = setting.is_some_and(|setting| desk.value(setting) != now.value(setting));
    assert_eq!(changed, now.tightened.contains(&key), "{key} as {brought}");
}

on_both_databases! {
    fn no_key_and_no_variable_loosens_or_redirects(desk: &Desk) {
        desk.configure(MIDDLE);
        desk.close();
        let own = desk.path("own.toml");
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let database = Database::open(&desk.url.parse().unwrap(), None).await.unwrap();
            std::fs::write(&own, "").unwrap();
            let base = in_force(&database, &own, &BTreeMap::new()).unwrap();
            assert_eq!(base.values.len(), SETTINGS.len() - 3, "the three that MIDDLE leaves at their default");
            let mut tightened = BTreeSet::new();
            for setting in SETTINGS {
                for text in tries(setting) {
                    std::fs::write(&own, "").unwrap();
                    let env = [(variable(setting.key), text.to_owned())].into();
                    let by_variable = in_force(&database, &own, &env);
                    std::fs::write(&own, line(setting, text)).unwrap();
                    let by_file = in_force(&database, &own, &BTreeMap::new());
                    for found in [by_variable, by_file] {
                        // What couldn't be set is refused, with the whole command; nothing else is.
                        assert_eq!(found.is_none(), setting.read(text).is_err(), "{} as {text}", setting.key);
                        let Some(found) = found else { continue };
                        held(setting.key, &base, &found, text);
                        tightened.extend(found.tightened);
                    }
                }
            }
            let may: BTreeSet<_> = SETTINGS.iter().filter(|one| one.tightens != Tightens::Never).map(|one| one.key).collect();
            assert_eq!(tightened, may, "each that may be made stricter was, by some try");
            // A variable that isn't used doesn't take away what a file makes stricter.
            std::fs::write(&own, "[policy]\nfour_eyes_rows = 2\n").unwrap();
            let env = [(variable("policy.four_eyes_rows"), "1000".to_owned())].into();
            let found = in_force(&database, &own, &env).unwrap();
            assert_eq!(found.policy().unwrap().four_eyes_rows, 2);
            assert_eq!(found.ignored[0].from, "BALIE_POLICY_FOUR_EYES_ROWS");
        });
    }

    fn whoever_brings_something_along_in_vain_is_told_and_the_log_knows(desk: &Desk) {
        desk.import_small_directory().json();
        desk.close();
        desk.hire("olga", "auditor", &[]);
        desk.hire("ursula", "operator", &["utrecht"]);
        let own = desk.path("own.toml");
        std::fs::write(&own, "[policy]\nlookups_per_minute = 1000\nfour_eyes_rows = 2\n").unwrap();
        let mut command = desk.command_of("ursula");
        command.env("BALIE_SMTP_URL", "smtp+plain://127.0.0.1:1").args(["--config"]).arg(&own);
        let whoami = Ran::new(&command.arg("whoami").output().unwrap()).json();
        let ignored = whoami["ignored"].as_array().unwrap();
        let keys: Vec<_> = ignored.iter().map(|one| (one["key"].as_str().unwrap(), one["where"].as_str().unwrap())).collect();
        assert_eq!(keys, [("policy.lookups_per_minute", own.to_str().unwrap()), ("smtp.url", "BALIE_SMTP_URL")]);
        assert_eq!(details(desk, "olga", "whoami")[0]["ignored"], whoami["ignored"]);
        let mut page = desk.command();
        page.env("XDG_RUNTIME_DIR", desk.path("run-ursula")).env("BALIE_SMTP_URL", "x").arg("whoami");
        let page = Ran::new(&page.output().unwrap());
        assert!(page.stderr.contains("`smtp.url` in BALIE_SMTP_URL isn't used"), "{}", page.stderr);
        let mut doctor = desk.command_of("ursula");
        let doctor = doctor.env("BALIE_SMTP_URL", "x").arg("doctor").output().unwrap();
        let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
        assert!(told.contains("given by the caller and not used: smtp.url (BALIE_SMTP_URL)"), "{told}");
    }

    fn the_six_ways_in_are_shut(desk: &Desk) {
        desk.import_small_directory().json();
        let (dns, evil) = (DnsServer::start().unwrap(), DnsServer::start().unwrap());
        let school = Domain::publish(&dns, "beatrixschool.nl");
        let forger = Domain::publish(&evil, "beatrixschool.nl");
        assert_eq!(school.public(), forger.public(), "a key that follows from its name");
        let elsewhere = DnsServer::start().unwrap();
        let sink = SmtpSink::start(false).unwrap();
        desk.configure(&format!(
            "[dns]\nserver = '{}'\n[smtp]\nurl = 'smtp+plain://127.0.0.1:1'\nfrom = '{DESK}'\n\
             [policy]\nprivileged_roles = ['teacher']\nlookups_per_minute = 3\nsession_hours = 2\n",
            elsewhere.address
        ));
        desk.close();
        desk.hire("olga", "auditor", &[]);
        desk.hire("simon", "senior", &["utrecht"]);
        let own = desk.path("own.toml");
        let bring = |env: &[(&str, &str)], file: &str, args: &[&str]| {
            std::fs::write(&own, file).unwrap();
            let mut command = desk.command_of("simon");
            command.env("BALIE_CONFIG", &own).envs(env.iter().copied()).args(args);
            Ran::new(&command.output().unwrap())
        };
        // 1. A resolver of one's own makes nobody a director.
        let file = desk.path("forged.eml");
        for (number, brought) in [("1", true), ("2", false)] {
            std::fs::write(&file, forger.sign(&mail(DIRECTOR, DESK, number))).unwrap();
            let receive = ["request", "receive", file.to_str().unwrap(), "--account", "j.jansen"];
            let text = format!("[dns]\nserver = '{}'\n", evil.address);
            let ran = if brought {
                bring(&[("BALIE_DNS_SERVER", &evil.address)], "", &receive)
            } else {
                bring(&[], &text, &receive)
            };
            let request = ran.json();
            assert_ne!(request["verdict"], "verified", "{request:#}");
        }
        for (_, evidence) in desk.pairs("SELECT public_id, evidence FROM requests") {
            let evidence: Value = serde_json::from_str(&evidence).unwrap();
            assert_eq!(evidence["resolver"], elsewhere.address);
        }
        let received = &details(desk, "olga", "request.receive")[0];
        assert_eq!((&received["ignored"][0]["key"], received["settings"].as_str().unwrap().len()), (&json!("dns.server"), 64));
        // 2. A code that is mailed goes over the desk's server.
        let sent = bring(&[("BALIE_SMTP_URL", &sink.url), ("BALIE_SMTP_FROM", DESK)], "", &["outbox", "send"]);
        assert!(sink.mails().is_empty(), "{}", sent.stdout);
        // 3. Lookups are counted by the desk's number, 4. a session lasts as long as the desk says.
        let look = |_| bring(&[("BALIE_POLICY_LOOKUPS_PER_MINUTE", "1000")], "", &["account", "show", "j.jansen"]).exit;
        assert!((0..4).map(look).any(|exit| exit == 4), "too many lookups");
        let hours = 3 * 3_600_000_000_i64;
        desk.sql(&format!("UPDATE operator_sessions SET started_at = started_at - {hours}")).unwrap();
        let late = bring(&[("BALIE_POLICY_SESSION_HOURS", "10")], "[policy]\nsession_hours = 11\n", &["whoami"]);
        assert_eq!(late.error().1, "session_ended");
    }
}

#[test]
fn every_key_and_every_variable_stands_in_a_table() {
    let all: BTreeSet<&str> = keys().map(|(key, _)| key).collect();
    let callers = CALLERS.iter().map(|(key, _)| *key);
    let known: BTreeSet<&str> = callers.chain(SETTINGS.iter().map(|one| one.key)).collect();
    assert_eq!(all, known, "a new key is the desk's, or says why not");
    let mut named = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
            for part in text.split("\"BALIE_").skip(1) {
                let end = part.find(|c: char| !c.is_ascii_uppercase() && c != '_');
                named.insert(format!("BALIE_{}", &part[..end.unwrap_or(part.len())]));
            }
        }
    }
    named.remove("BALIE_");
    for name in &named {
        let of_a_key = keys().any(|(key, _)| variable(key) == *name);
        let stands = VARIABLES
            .iter()
            .any(|(known, why)| known == name && why.len() > 10);
        assert!(
            of_a_key || stands,
            "{name} is read, and nobody says why it's harmless"
        );
    }
}
