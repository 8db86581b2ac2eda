//! docs/portal-contract.md, held: a portal in Python decides on the same database as `portal login`, and
//! they agree on every outcome and on what is written.

use std::cell::RefCell;

use balie::domain::second_factor::totp::Authenticator;
use serde_json::{Value, json};

use super::PythonServer;
use crate::second_factor::portal::{enroll, login, now, set_password};
use crate::support::{Desk, on_both_databases};

const PASSWORD: &str = "correct paard batterij";

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Portal {
    Balie,
    Python,
}
use Portal::{Balie, Python};

/// Both, at work on one database.
struct Town<'d> {
    desk: &'d Desk,
    python: RefCell<PythonServer>,
}

/// An account, its app and its recovery code.
struct Holder {
    account: &'static str,
    app: Authenticator,
    recovery: String,
}

impl<'d> Town<'d> {
    fn new(desk: &'d Desk, accounts: &[&str]) -> Self {
        desk.import_small_directory().json();
        for account in accounts {
            set_password(desk, account);
        }
        let keys = desk.path(".config/balie/keys.toml").display().to_string();
        let python = PythonServer::start("portal.py", &[&desk.url, &keys]);
        Self {
            desk,
            python: RefCell::new(python),
        }
    }

    fn ask(&self, question: &Value) -> Value {
        self.python.borrow_mut().ask(question)
    }

    fn login(&self, portal: Portal, account: &str, password: &str, typed: &str) -> String {
        match portal {
            Balie => login(self.desk, account, password, Some(typed)).0,
            Python => {
                let asked = json!({ "verb": "login", "username": account, "password": password, "typed": typed });
                text(&self.ask(&asked), "outcome")
            }
        }
    }

    fn enroll(&self, portal: Portal, account: &'static str) -> Holder {
        let (app, recovery) = match portal {
            Balie => enroll(self.desk, account),
            Python => {
                let done = self.ask(&json!({ "verb": "enroll", "username": account }));
                assert_eq!(done["outcome"], "enrolled");
                let uri = format!("otpauth://totp/x?secret={}", text(&done, "secret"));
                (
                    balie::domain::second_factor::otpauth::read(&uri).unwrap(),
                    text(&done, "recovery_code"),
                )
            }
        };
        Holder {
            account,
            app,
            recovery,
        }
    }

    /// What is written about an account, without times and secrets.
    fn written(&self, account: &str) -> Value {
        self.ask(&json!({ "verb": "look", "username": account }))
    }
}

fn text(document: &Value, key: &str) -> String {
    document[key].as_str().unwrap_or_default().to_owned()
}

type Typed = fn(&Holder) -> String;

/// What is done to the database before a login, the password, what stands in the code field, and the outcome.
const STORY: &[(&str, &str, Typed, &str)] = &[
    ("", "wrong", |holder| now(&holder.app, 1), "denied"),
    ("", PASSWORD, |_| String::new(), "denied"),
    ("", PASSWORD, |_| "no code at all".into(), "denied"),
    (
        "",
        PASSWORD,
        |holder| format!(" {} ", now(&holder.app, 1)),
        "granted",
    ),
    ("", PASSWORD, |holder| now(&holder.app, 1), "denied"),
    ("", PASSWORD, |holder| now(&holder.app, 4), "denied"),
    (
        "UPDATE accounts SET status = 'blocked'",
        PASSWORD,
        |holder| holder.recovery.clone(),
        "denied",
    ),
    (
        "UPDATE accounts SET status = 'active'",
        PASSWORD,
        |_| "0000-0000-0000-0000-0000-0".into(),
        "denied",
    ),
    (
        "UPDATE enrollments SET last_accepted_step = 9000000000",
        PASSWORD,
        |holder| now(&holder.app, 1),
        "denied",
    ),
    (
        "UPDATE enrollments SET failed_attempts = 9",
        PASSWORD,
        |_| "000000".into(),
        "denied",
    ),
    ("", PASSWORD, |holder| now(&holder.app, 0), "denied"),
    (
        "UPDATE recovery_codes SET expires_at = 1",
        PASSWORD,
        |holder| holder.recovery.clone(),
        "denied",
    ),
    (
        "UPDATE recovery_codes SET expires_at = NULL",
        "wrong",
        |holder| holder.recovery.clone(),
        "denied",
    ),
    ("", PASSWORD, |holder| mistyped(&holder.recovery), "denied"),
    (
        "",
        PASSWORD,
        |holder| {
            holder
                .recovery
                .to_lowercase()
                .replace('-', " ")
                .replace('0', "o")
        },
        "must_enroll",
    ),
    ("", PASSWORD, |_| "123456".into(), "must_enroll"),
    (
        "UPDATE accounts SET enroll_by = 1",
        PASSWORD,
        |holder| holder.recovery.clone(),
        "denied",
    ),
    ("", PASSWORD, |holder| now(&holder.app, 1), "denied"),
    (
        "UPDATE accounts SET password_hash = NULL",
        PASSWORD,
        |_| String::new(),
        "denied",
    ),
];

fn mistyped(code: &str) -> String {
    let other = if code.starts_with('7') { "8" } else { "7" };
    format!("{other}{}", &code[1..])
}

fn tell(town: &Town<'_>, holders: &[(Portal, Holder)]) {
    for (line, (sql, password, typed, outcome)) in STORY.iter().enumerate() {
        if !sql.is_empty() {
            town.desk.sql(sql).unwrap();
        }
        let mut after = Vec::new();
        for (portal, holder) in holders {
            let found = town.login(*portal, holder.account, password, &typed(holder));
            assert_eq!(found, *outcome, "{portal:?}, line {line}");
            after.push(town.written(holder.account));
        }
        assert_eq!(after[0], after[1], "line {line}");
    }
}

on_both_databases! {
    fn python_and_balie_tell_the_same_story(desk: &Desk) {
        let town = Town::new(desk, &["j.jansen", "z.celik"]);
        for portal in [Balie, Python] {
            assert_eq!(town.login(portal, "nobody", PASSWORD, "123456"), "denied");
            assert_eq!(town.login(portal, "j.jansen", PASSWORD, ""), "must_enroll");
        }
        let holders = [(Balie, "j.jansen"), (Python, "z.celik")]
            .map(|(portal, account)| (portal, town.enroll(portal, account)));
        assert_eq!(town.written("j.jansen"), town.written("z.celik"));
        tell(&town, &holders);
    }

    fn what_one_writes_the_other_reads(desk: &Desk) {
        let town = Town::new(desk, &["j.jansen"]);
        let login = |portal, typed: &str| town.login(portal, "j.jansen", PASSWORD, typed);
        for (one, other) in [(Python, Balie), (Balie, Python)] {
            let holder = town.enroll(one, "j.jansen");
            let code = now(&holder.app, 1);
            assert_eq!(login(other, &code), "granted");
            assert_eq!(login(one, &code), "denied");
            assert_eq!(login(other, &holder.recovery), "must_enroll");
            desk.sql("UPDATE accounts SET enroll_by = 1").unwrap();
            assert_eq!(login(one, &holder.recovery), "denied");
            desk.sql("UPDATE accounts SET enroll_by = 9000000000000000").unwrap();
        }
    }
}
