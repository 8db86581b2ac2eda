//! Proven mails that name somebody and speak of a reset, and ask for none; and their neighbours, which do.

use super::*;

fn asks_and_names(subject: Option<&str>, text: &str) -> bool {
    let said = Said {
        text: split(text),
        subject,
        subject_names: true,
        is_answer: false,
        requester: "Daan Visser",
    };
    let names = named_in(subject, text);
    asks(&said) && names.iter().any(|(username, _)| *username == "j.jansen")
}

#[test]
fn what_speaks_of_a_reset_is_not_always_a_request() {
    for text in [
        "Stop de reset van Joost Jansen!",
        "Onder geen beding de 2FA van Joost Jansen resetten.",
        "Mijn account is gehackt. De mail over de reset van Joost Jansen is vals.",
        "De 2FA van Joost Jansen resetten, maar pas als ik u gebeld heb.",
        "Mocht u een verzoek krijgen voor de 2FA van Joost Jansen, bel mij eerst.",
        "Volgende maand wil ik de 2FA van Joost Jansen laten resetten.",
        "Over twee weken krijgt Joost Jansen een nieuwe telefoon, dan wil ik een reset.",
        "De 2FA van Joost Jansen is zonder mijn toestemming gereset!",
        "Dank voor het resetten van de 2FA van Joost Jansen.",
        "Laat de 2FA van Joost Jansen ongemoeid.",
        "Laat de 2FA van Joost Jansen met rust.",
        "De 2FA van Joost Jansen nooit zonder mij te bellen resetten: nooit zonder overleg.",
        "Joost Jansen mag geen code krijgen.",
        "Never reset the 2FA of Joost Jansen.",
        "Joost Jansen gaat uit dienst, 2FA intrekken.",
        "Graag de reset van Joost Jansen terugdraaien.",
        "Wie is Joost Jansen? Hij vraagt om een 2FA reset.",
        "Ik krijg een melding dat Joost Jansen een 2FA-reset wil. Klopt dit?",
        "Er belde iemand die zich voordeed als Joost Jansen voor een 2FA reset.",
        "Kunnen jullie het wachtwoord van Joost Jansen resetten?",
        "Joost Jansen mag namens mij resets aanvragen.",
        "Voorbeeldmail: \"Graag de 2FA van Joost Jansen resetten.\" Mag ik dat zo sturen?",
        "If Joost Jansen asks for a 2FA reset, call me first.",
        "Negeer mijn mail over de 2FA van Joost Jansen.",
        "Graag de 2FA van j.jansen resetten.\n\nGroet,\nDaan\n\nPS: nee, toch niet doen, trek mijn verzoek in.",
        "Graag de 2FA van j.jansen resetten.\n\n> x\n\nToch niet doen a.u.b.",
    ] {
        assert!(!asks_and_names(None, text), "{text}");
    }
    for (subject, text) in [
        (
            "NIET UITVOEREN - test",
            "Graag de 2FA van j.jansen resetten.",
        ),
        ("2FA Joost Jansen NIET doen", "Zie onderwerp, groet."),
        ("Geen 2FA reset Joost Jansen", "Zie onderwerp."),
        ("2FA reset Joost Jansen intrekken", "Zie onderwerp."),
        ("2FA reset Joost Jansen", "Fijn weekend allemaal"),
        ("2FA reset Joost Jansen", "Weet jij hier iets van?"),
    ] {
        assert!(!asks_and_names(Some(subject), text), "{subject}: {text}");
    }
}

#[test]
fn their_neighbours_are_requests() {
    for text in [
        "Joost Jansen heeft zijn oude abonnement laten annuleren en heeft een nieuwe telefoon. Graag 2FA resetten.",
        "Indien mogelijk graag vandaag de 2FA van Joost Jansen resetten.",
        "Graag de 2FA van Joost Jansen resetten.\n\nMet vriendelijke groet,\nDaan\n\nIndien u niet de bedoelde ontvanger bent, \
         kunt u aan dit bericht geen rechten ontlenen. Print deze mail niet.",
        "Kunnen jullie het wachtwoord en de 2FA van Joost Jansen resetten?",
        "Wil je de 2FA van Joost Jansen resetten? Is dat vandaag nog mogelijk?",
    ] {
        assert!(asks_and_names(None, text), "{text}");
    }
    for (subject, text) in [
        ("2FA reset Joost Jansen", "Zie onderwerp."),
        ("2FA werkt niet bij Joost Jansen", "Graag vandaag nog."),
        ("Joost Jansen kan niet inloggen", "Dank!"),
    ] {
        assert!(asks_and_names(Some(subject), text), "{subject}: {text}");
    }
}

#[test]
fn a_subject_that_only_says_what_is_missing_takes_nothing_back() {
    let text = "Graag de 2FA van Joost Jansen resetten.";
    for subject in [
        "(geen onderwerp)",
        "<geen onderwerp>",
        "(no subject)",
        "Niet dringend",
        "Geen code",
        "Telefoon kwijt, geen code",
        "Inloggen niet mogelijk",
    ] {
        assert!(asks_and_names(Some(subject), text), "{subject}");
    }
    for subject in [
        "NEE, niet doen",
        "Geen reset",
        "Geen code geven",
        "Niet dringend: niet doen",
    ] {
        assert!(!asks_and_names(Some(subject), text), "{subject}");
    }
}

#[test]
fn what_is_confirmed_beside_a_request_is_no_question() {
    let confirmed = "Het klopt dat Joost Jansen een nieuwe telefoon heeft. Graag de 2FA van Joost Jansen resetten.";
    assert!(asks_and_names(None, confirmed));
    for text in [
        "Klopt het dat de 2FA van Joost Jansen gereset wordt?",
        "Klopt dat verzoek voor een 2FA-reset van Joost Jansen?",
        "Er is een reset van de 2FA van Joost Jansen aangevraagd. Klopt dat?",
    ] {
        assert!(!asks_and_names(None, text), "{text}");
    }
}
