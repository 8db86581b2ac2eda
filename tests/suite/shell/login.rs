//! Logging in at a real pseudo-terminal: what is asked, and that nothing secret is shown.

use rexpect::session::PtySession;

use super::prompts::{at_a_terminal, end};
use crate::outsiders::qr::read_off;
use crate::support::staff::{PASSWORD, code_of};
use crate::support::{Desk, Engine, long, on_both_databases};

const OTHER_SCREEN: &str = "\u{1b}[?1049h";
const FIRST_SCREEN: &str = "\u{1b}[?1049l";

fn at_machine_of(desk: &Desk, login: &str, args: &[&str]) -> PtySession {
    let run = desk.path(&format!("run-{login}")).display().to_string();
    let env = [
        ("XDG_RUNTIME_DIR", run.as_str()),
        ("BALIE_OPERATOR_LOGIN", login),
    ];
    at_a_terminal(desk, args, &env)
}

/// Waits for the question, and types an answer that isn't to be seen.
fn answer(session: &mut PtySession, question: &str, secret: &str) {
    session.exp_string(question).unwrap();
    // The echo is turned off right after the question.
    std::thread::sleep(std::time::Duration::from_millis(200));
    session.send_line(secret).unwrap();
}

fn yes(session: &mut PtySession) {
    session.send_line("y").unwrap();
    session.flush().unwrap();
}

on_both_databases! {
    fn a_login_asks_and_shows_nothing_of_the_answers(desk: &Desk) {
        let uri = desk.close();
        let mut session = at_machine_of(desk, "fatima", &["login"]);
        answer(&mut session, "Password", "een verkeerd wachtwoord");
        answer(&mut session, "Code", "123456");
        let (rest, exit) = end(session);
        assert_eq!(exit, 4, "{rest}");
        assert!(rest.contains("login_refused"), "{rest}");

        let mut session = at_machine_of(desk, "fatima", &["login"]);
        answer(&mut session, "Password", PASSWORD);
        let code = code_of(&uri, 1);
        let before = {
            let before = session.exp_string("Code").unwrap();
            std::thread::sleep(std::time::Duration::from_millis(200));
            session.send_line(&code).unwrap();
            before
        };
        let (rest, exit) = end(session);
        assert_eq!(exit, 0, "{rest}");
        assert!(rest.contains("Logged in as fatima (admin)"), "{rest}");
        let seen = format!("{before}{rest}");
        assert!(!seen.contains(PASSWORD) && !seen.contains(&code), "{seen}");
        desk.by("fatima", &["whoami"]).json();
    }

    fn a_first_login_chooses_a_password_and_scans_on_a_screen_that_goes(desk: &Desk) {
        desk.close();
        let added = desk.by("fatima", &["operator", "add", "olga", "--role", "auditor"]).json();
        let first = added["initial_password"].as_str().unwrap();
        let mut session = at_machine_of(desk, "olga", &["login"]);
        answer(&mut session, "Password", first);
        answer(&mut session, "Code (empty at your first login)", "");
        session.exp_string("initial password").unwrap();
        answer(&mut session, "New password", "iets heel anders");
        answer(&mut session, "Once more", "iets nog anders");
        session.exp_string("two different passwords").unwrap();
        answer(&mut session, "New password", PASSWORD);
        answer(&mut session, "Once more", PASSWORD);
        session.exp_string(OTHER_SCREEN).unwrap();
        let drawn = session.exp_string("Code that the app shows").unwrap();
        let uri = read_off(&drawn);
        assert!(uri.starts_with("otpauth://totp/Balie:olga?secret="), "{uri}");
        if long() {
            // Whoever installs the app first takes a while; the code is judged when it's typed.
            std::thread::sleep(std::time::Duration::from_secs(70));
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        session.send_line(&code_of(&uri, 0)).unwrap();
        session.exp_string(FIRST_SCREEN).unwrap();
        let (rest, exit) = end(session);
        assert_eq!(exit, 0, "{rest}");
        assert!(rest.contains("Logged in as olga (auditor)"), "{rest}");
        desk.by("olga", &["audit", "verify"]).json();
        // The password that was handed out is gone.
        let args = ["login", "olga", "--password-stdin", "--code-stdin"];
        let old = format!("{first}\n{}\n", code_of(&uri, 1));
        assert_eq!(desk.by_with("olga", &args, &old).error().1, "login_refused");
    }

    // With its echo back, as at every other question.
    fn a_password_prompt_is_broken_off_by_ctrl_c(desk: &Desk) {
        desk.import_small_directory().json();
        for args in [
            &["operator", "reset-password", "fatima"][..],
            &["portal", "password", "j.jansen"],
            &["portal", "login", "j.jansen"],
            &["login", "fatima"],
        ] {
            if args[0] == "login" {
                desk.close();
            }
            for typed in ["", "half een wachtw", "a\u{3}"] {
                let mut session = at_machine_of(desk, "fatima", args);
                session.exp_regex("[Pp]assword( now)?: ").unwrap();
                std::thread::sleep(std::time::Duration::from_millis(200));
                session.send(typed).unwrap();
                session.send_control('c').unwrap();
                let (rest, exit) = end(session);
                assert_eq!(exit, 130, "{args:?}: {rest}");
                assert!(!rest.contains("half een"), "{rest}");
            }
        }
    }

    fn the_own_password_is_changed_by_who_knows_it(desk: &Desk) {
        let uri = desk.close();
        let change = ["operator", "reset-password", "fatima"];
        for (old, exit) in [("een gokje misschien", 4), (PASSWORD, 0)] {
            let mut session = at_machine_of(desk, "fatima", &change);
            answer(&mut session, "Your current password", old);
            answer(&mut session, "New password", "een nieuw wachtwoord");
            answer(&mut session, "Once more", "een nieuw wachtwoord");
            let (rest, code) = end(session);
            assert_eq!(code, exit, "{rest}");
            assert!(!rest.contains("een nieuw wachtwoord"), "{rest}");
        }
        let args = ["login", "fatima", "--password-stdin", "--code-stdin"];
        let new = format!("een nieuw wachtwoord\n{}\n", code_of(&uri, 1));
        desk.by_with("fatima", &args, &new).json();
    }
}

/// Whoever makes a desk is offered to close it at once.
fn init_offers_a_password(engine: Engine) {
    let desk = Desk::without_init(engine);
    let mut session = at_machine_of(&desk, "fatima", &["init"]);
    session.exp_string("The desk is ready.").unwrap();
    session.exp_string("This desk is open").unwrap();
    session.exp_string("Choose your password now").unwrap();
    yes(&mut session);
    answer(&mut session, "New password", PASSWORD);
    answer(&mut session, "Once more", PASSWORD);
    let (rest, exit) = end(session);
    assert_eq!(exit, 0, "{rest}");
    assert!(
        rest.contains("The desk is closed") && !rest.contains(PASSWORD),
        "{rest}"
    );
    assert_eq!(
        desk.by("fatima", &["whoami"]).error().1,
        "not_logged_in",
        "closed"
    );
    // The second time there is nothing to offer.
    let (rest, exit) = end(at_machine_of(&desk, "fatima", &["init"]));
    assert_eq!(exit, 0, "{rest}");
    assert!(!rest.contains("Choose your password"), "{rest}");

    // The login that was promised works, and shows the code for the app.
    let mut session = at_machine_of(&desk, "fatima", &["login"]);
    answer(&mut session, "Password", PASSWORD);
    answer(&mut session, "Code (empty at your first login)", "");
    let drawn = session.exp_string("Code that the app shows").unwrap();
    let uri = read_off(&drawn);
    std::thread::sleep(std::time::Duration::from_millis(200));
    session.send_line(&code_of(&uri, 0)).unwrap();
    let (rest, exit) = end(session);
    assert_eq!(exit, 0, "{rest}");
    assert_eq!(desk.by("fatima", &["whoami"]).json()["role"], "admin");
}

#[test]
fn init_offers_a_password_on_sqlite() {
    init_offers_a_password(Engine::Sqlite);
}

#[test]
fn init_offers_a_password_on_postgres() {
    init_offers_a_password(Engine::Postgres);
}

#[test]
fn who_declines_works_on_an_open_desk() {
    let desk = Desk::without_init(Engine::Sqlite);
    let mut session = at_machine_of(&desk, "fatima", &["init"]);
    session.exp_string("Choose your password now").unwrap();
    session.send_line("n").unwrap();
    session.flush().unwrap();
    let (rest, exit) = end(session);
    assert_eq!(exit, 0, "{rest}");
    assert_eq!(desk.run_json(["whoami"]).json()["desk"], "open");
}
