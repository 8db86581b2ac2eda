//! Whoever is only spoken of under a subject that asks, and words that take a request back.

use super::*;

fn asked(subject: &str, text: &str, is_answer: bool) -> bool {
    asks(&Said {
        text: split(text),
        subject: Some(subject),
        subject_names: true,
        is_answer,
        requester: "Daan Visser",
    })
}

#[test]
fn a_subject_that_asks_makes_nobody_asked_for_who_is_spoken_of_last() {
    for behind in [
        "Anna de Groot weet ervan.",
        "Anna de Groot vangt haar groep op.",
        "Je kunt Anna de Groot bellen als er iets is.",
        "Vraag eventueel Anna de Groot om meer info.",
        "Het verzoek voor Anna de Groot mag vervallen.",
        "Anna de Groot volgt later deze week. Graag 2FA resetten.",
    ] {
        for subject in ["2FA", "2FA resetten", "2FA opnieuw instellen", "Verzoek"] {
            let text = format!("Graag de 2FA van Joost Jansen resetten. {behind}");
            let found = named_in(Some(subject), &text);
            let names: Vec<_> = found.iter().map(|(username, _)| *username).collect();
            assert!(!names.contains(&"a.groot"), "{subject}: {text}");
            let is_withdrawn = behind.contains("vervallen");
            assert!(
                is_withdrawn || names == ["j.jansen"],
                "{subject}: {text}: {names:?}"
            );
        }
    }
    // What the text alone doesn't ask for, the subject does.
    let found = named_in(Some("2FA"), "Joost Jansen kan niet bij zijn lessen.");
    assert_eq!(found, [("j.jansen", NamedBy::Name)]);
}

#[test]
fn who_takes_it_back_asks_for_nothing() {
    for text in [
        "Do not reset the 2FA of Joost Jansen.",
        "De 2FA van Joost Jansen: niet doen!",
        "Graag de 2FA van Joost Jansen nog niet resetten.",
        "Iemand doet zich voor als Joost Jansen en vraagt om een 2FA-reset.",
        "Hierbij trek ik mijn verzoek in, de 2FA van Joost Jansen werkt weer.",
        "De 2FA van Joost Jansen a.u.b. niet laten resetten.",
        "Trek mijn verzoek voor de 2FA-reset van Joost Jansen in.",
        "Niet doen!",
        "Dit is niet van mij.",
        "Is dit wel echt van Joost Jansen?",
    ] {
        assert!(!asked("2FA-reset Joost Jansen", text, false), "{text}");
    }
    for text in [
        "Nee Joost, je krijgt je 2FA niet.",
        "Welke reset?",
        "Wie ben je? Reset?",
    ] {
        assert!(!asked("hulp", text, true), "{text}");
    }
    for text in [
        "Joost Jansen kan niet meer inloggen, graag zijn 2FA resetten.",
        "Wil je de 2FA van Joost Jansen resetten? Hij kan niets doen zonder.",
        "Het lukt Joost Jansen niet om in te loggen.",
        "Wij kunnen de 2FA van Joost Jansen zelf niet resetten.",
        "Hierbij dien ik mijn verzoek in om de 2FA van Joost Jansen te resetten.",
    ] {
        assert!(
            asked("2FA", text, false) && asked("2FA", text, true),
            "{text}"
        );
    }
}

#[test]
fn an_apostrophe_within_a_name_and_a_first_name_below_the_mail() {
    let one = |name: &str, requester: &str, text: &str| {
        let said = Said {
            text: split(text),
            subject: None,
            subject_names: false,
            is_answer: false,
            requester,
        };
        let person = Person {
            username: "x.y",
            name,
            work_email: "x.y@school.nl",
        };
        named(&said, &[person]).iter().any(|(_, by)| by.counts())
    };
    for name in [
        "Róisín O'Connor",
        "Katrien D’hondt",
        "Fatou N'Diaye",
        "Koen van 't Hof",
    ] {
        let typed = [
            name.to_owned(),
            name.replace('’', "'"),
            name.replace('\'', "’"),
        ];
        for name_typed in typed {
            let text = format!("Graag de 2FA van {name_typed} resetten.");
            assert!(one(name, "Daan Visser", &text), "{text}");
        }
    }
    let text = "Wil je de 2FA van de nieuwe juf resetten? Ik weet haar naam even niet.\n\nNoor";
    assert!(!one("Noor Hassan", "Noor de Vries", text));
}
