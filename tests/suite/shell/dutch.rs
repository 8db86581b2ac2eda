//! The desk's work in Dutch: what is asked at a terminal, and what an answer is.

use rexpect::session::PtySession;

use super::prompts::{at_a_terminal, end};
use crate::reset::requests::verified_request;
use crate::support::{Desk, Engine, Ran, on_both_databases};

const DUTCH: [(&str, &str); 1] = [("LANG", "nl_NL.UTF-8")];

fn type_in(session: &mut PtySession, keys: &str) {
    session.send(keys).unwrap();
    session.flush().unwrap();
}

on_both_databases! {
    fn a_reset_is_asked_for_and_confirmed_in_dutch(desk: &Desk) {
        let request = verified_request(desk, &["j.jansen"]);
        for (answer, exit, told) in [
            ("nee\r", 130, "je zei nee; er is niets gewijzigd"),
            // What is neither is asked again.
            ("misschien\rja\r", 0, "balie-receipt/1"),
        ] {
            let mut session = at_a_terminal(desk, &["reset"], &DUTCH);
            session.exp_string("Wie").unwrap();
            type_in(&mut session, "jansne\r");
            session.exp_string("Welke").unwrap();
            session.exp_string("j.jansen").unwrap();
            type_in(&mut session, "\r");
            session.exp_string("Op welk verzoek").unwrap();
            session.exp_string(&request).unwrap();
            type_in(&mut session, "\r");
            session.exp_string("2FA resetten van 1 inlog, op verzoek van Daan Visser").unwrap();
            session.exp_string("[j/N]").unwrap();
            type_in(&mut session, answer);
            let (rest, code) = end(session);
            assert_eq!(code, exit, "{rest}");
            assert!(rest.contains(told), "{rest}");
        }
    }

    fn every_yes_is_taken_in_every_language(desk: &Desk) {
        desk.import_small_directory().json();
        for (lang, asked) in [("nl", "j.jansen blokkeren [j/N]"), ("en", "Block j.jansen [y/N]")] {
            for yes in ["j", "ja", "y", "Yes"] {
                let args = ["account", "block", "j.jansen", "--reason", "weg", "--lang", lang, "--color", "never"];
                let mut session = at_a_terminal(desk, &args, &[]);
                session.exp_string(asked).unwrap();
                type_in(&mut session, &format!("{yes}\r"));
                let (rest, code) = end(session);
                assert_eq!(code, 0, "{rest}");
                desk.run(["account", "unblock", "j.jansen", "--reason", "terug"]);
            }
        }
    }

    fn without_a_yes_it_is_said_in_dutch_what_is_missing(desk: &Desk) {
        desk.import_small_directory().json();
        let mut command = desk.command_without_yes();
        let args = ["account", "block", "j.jansen", "--reason", "weg", "--lang", "nl"];
        let ran = Ran::new(&command.args(args).output().unwrap());
        assert_eq!(ran.exit, 2);
        assert!(ran.stderr.contains("je ja ontbreekt"), "{}", ran.stderr);
        assert!(ran.stderr.contains("geef --yes op"), "{}", ran.stderr);
    }
}

#[test]
fn a_wrong_call_is_told_in_the_words_of_whoever_typed_it() {
    let desk = Desk::new(Engine::Sqlite);
    for (args, dutch, english) in [
        (
            &["reset", "--nonsense"][..],
            "fout: `--nonsense` hoort hier niet [usage]\ntip: zie de hulp: `balie reset --help`\ngebruik: balie reset [OPTIES] [ACCOUNT|REQUEST]...\n",
            "error: `--nonsense` doesn't belong here [usage]\nhint: see the help: `balie reset --help`\nusage: balie reset [OPTIONS] [ACCOUNT|REQUEST]...\n",
        ),
        (
            &["request", "shwo"],
            "fout: er is geen opdracht `shwo` [usage]\ntip: bedoelde je `show`?\n",
            "error: there is no command `shwo` [usage]\nhint: did you mean `show`?\n",
        ),
        (
            &["request", "show"],
            "fout: `<ID>` ontbreekt [input_required]\n",
            "error: `<ID>` is missing [input_required]\n",
        ),
        (
            &["find", "x", "--database", "/nowhere/desk.db"],
            "fout: er is geen database op /nowhere/desk.db [not_found]\ntip: maak hem met `balie init`, of geef --database op\n",
            "error: there is no database at /nowhere/desk.db [not_found]\n",
        ),
    ] {
        for (lang, told) in [("nl", dutch), ("en", english)] {
            let ran = Ran::new(
                &desk
                    .command()
                    .args(args)
                    .args(["--lang", lang])
                    .output()
                    .unwrap(),
            );
            assert!(ran.stderr.starts_with(told), "{args:?}: {}", ran.stderr);
        }
    }
}
