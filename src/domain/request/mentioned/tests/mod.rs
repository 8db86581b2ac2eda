mod asked_for;
mod beside;
mod bounds;
mod dictionary;
mod genuine;
mod no_request;
mod spellings;
mod taken_back;

use super::own_text::split;
use super::*;

const SCHOOL: [(&str, &str); 9] = [
    ("j.jansen", "Joost Jansen"),
    ("j.jansen2", "Jan Jansen"),
    ("z.celik", "Zoë Çelik"),
    ("f.weerd", "Fatma van der Weerd"),
    ("a.groot", "Anna de Groot"),
    ("w.boer", "Wil de Boer"),
    ("f.vries", "Fatma Yılmaz-de Vries"),
    ("k.terveld", "Karin ter Veld"),
    ("p.pietersen", "Pieter Pietersen"),
];

fn named_in(subject: Option<&str>, text: &str) -> Vec<(&'static str, NamedBy)> {
    let addresses: Vec<String> = SCHOOL
        .iter()
        .map(|(u, _)| format!("{u}@school.nl"))
        .collect();
    let people: Vec<Person<'_>> = SCHOOL
        .iter()
        .zip(&addresses)
        .map(|((username, name), work_email)| Person {
            username,
            name,
            work_email,
        })
        .collect();
    let said = Said {
        text: split(text),
        subject,
        subject_names: true,
        is_answer: false,
        requester: "Daan Visser",
    };
    let found = named(&said, &people).into_iter();
    found
        .filter(|(_, by)| by.counts())
        .map(|(at, by)| (SCHOOL[at].0, by))
        .collect()
}

fn who(text: &str) -> Vec<&'static str> {
    named_in(None, text)
        .into_iter()
        .map(|(username, _)| username)
        .collect()
}

#[test]
fn usernames_addresses_and_names_are_found() {
    assert_eq!(
        named_in(None, "Graag (j.jansen) resetten."),
        [("j.jansen", NamedBy::Username)]
    );
    assert_eq!(
        named_in(None, "van <J.Jansen@school.nl>,"),
        [("j.jansen", NamedBy::WorkAddress)]
    );
    assert_eq!(
        named_in(None, "z.celik@school.nl<mailto:z.celik@school.nl> graag"),
        [("z.celik", NamedBy::WorkAddress)]
    );
    assert_eq!(
        named_in(None, "onze collega Joost Jansen heeft"),
        [("j.jansen", NamedBy::Name)]
    );
    assert_eq!(who("Joost Janssen"), ["j.jansen"], "one slip");
    assert_eq!(who("Jost Janssen"), Vec::<&str>::new(), "two slips");
    assert_eq!(
        who("de heer J. Pietersen"),
        Vec::<&str>::new(),
        "another initial"
    );
    assert_eq!(who("de heer P. Pietersen"), ["p.pietersen"]);
    assert_eq!(who("P. Pietersen"), ["p.pietersen"]);
    assert_eq!(who("Zoe Celik is haar telefoon kwijt"), ["z.celik"]);
    assert_eq!(
        who("Fatma van der Weerdt"),
        Vec::<&str>::new(),
        "too short for a slip"
    );
    assert_eq!(who("Fatma van der Weerd"), ["f.weerd"]);
    assert_eq!(who("Pietersen, Pieter"), ["p.pietersen"]);
    assert_eq!(who("Fatma Yilmaz"), ["f.vries"]);
    assert_eq!(who("Fatma de Vries"), ["f.vries"]);
    assert_eq!(
        who("Joost Jansen en Karin ter Veld"),
        ["j.jansen", "k.terveld"]
    );
}

#[test]
fn what_fits_two_people_names_nobody() {
    assert_eq!(who("J. Jansen"), Vec::<&str>::new());
    assert_eq!(who("Reset voor mevrouw Jansen"), Vec::<&str>::new());
    assert_eq!(who("Reset graag voor Fatma."), Vec::<&str>::new());
    assert_eq!(who("Joost van Dijk"), Vec::<&str>::new());
    assert_eq!(who("x.j.jansen@elders.nl"), Vec::<&str>::new());
    assert_eq!(
        who("zie https://school.nl/j.jansen en www.school.nl/z.celik"),
        Vec::<&str>::new()
    );
}

#[test]
fn the_only_one_of_a_name_may_be_called_by_it() {
    assert_eq!(
        named_in(None, "Kun je Joost met zijn 2FA helpen?"),
        [("j.jansen", NamedBy::FirstName)]
    );
    assert_eq!(
        named_in(None, "Reset voor mevrouw Çelik graag"),
        [("z.celik", NamedBy::Surname)]
    );
    assert_eq!(
        named_in(None, "Reset voor juf ter Veld graag"),
        [("k.terveld", NamedBy::Surname)]
    );
    assert_eq!(who("Wil je dit resetten?"), Vec::<&str>::new());
    assert_eq!(who("Reset Joost Pieters"), Vec::<&str>::new());
}

#[test]
fn greetings_signatures_and_quotes_name_nobody() {
    assert_eq!(
        who("Graag resetten.\nMet vriendelijke groet,\nAnna de Groot"),
        Vec::<&str>::new()
    );
    assert_eq!(
        who("Graag resetten.\n-- \nKarin ter Veld"),
        Vec::<&str>::new()
    );
    assert_eq!(who("Graag resetten.\n> Voor z.celik"), Vec::<&str>::new());
    assert_eq!(
        who("Graag resetten.\nVerstuurd vanaf Zoë Çelik"),
        Vec::<&str>::new()
    );
}

#[test]
fn the_subject_names_where_it_is_given() {
    assert_eq!(
        named_in(Some("2FA van Zoë Çelik"), "Graag"),
        [("z.celik", NamedBy::Name)]
    );
}

#[test]
fn a_forwarded_mail_names_its_sender_where_the_own_words_point_to_it() {
    let below = "\n-----Oorspronkelijk bericht-----\nVan: Zoë <z.celik@school.nl>\n\nMijn telefoon is kwijt";
    let found = named_in(None, &format!("Kun je deze collega helpen?{below}"));
    assert_eq!(found, [("z.celik", NamedBy::ForwardedMail)]);
    for own in [
        "Ter info.",
        "Zie onder, klopt dit?",
        "Is dit phishing? Zie hieronder.",
        "Zie onder: dit heb ik niet gevraagd.",
    ] {
        assert_eq!(who(&format!("{own}{below}")), Vec::<&str>::new(), "{own}");
    }
}

#[test]
fn a_mail_asks_for_something_that_the_desk_does() {
    let asks = |subject: Option<&str>, text: &str| {
        super::asks(&Said {
            text: split(text),
            subject,
            subject_names: false,
            is_answer: false,
            requester: "Daan Visser",
        })
    };
    for text in [
        "Graag de 2FA van Jan resetten.",
        "Zijn telefoon is kwijt.",
        "Zij kan niet meer inloggen.",
        "She lost her phone.",
        "Zie onder.\nVan: Jan <j@x.nl>\n\nIk ben mijn herstelcode kwijt",
    ] {
        assert!(asks(None, text), "{text}");
    }
    for text in [
        "Kerstborrel! Tot vrijdag.",
        "Prima, akkoord.",
        "Prima!\n> Graag de 2FA resetten",
        "Dank!\nGroet,\nDaan\ntelefoon 030-1234567",
        "Prima!\n\nDaan\nTelefoon: 030-1234567",
        "Ons nieuwe postcode en telefoonnummer volgen.",
    ] {
        assert!(!asks(None, text), "{text}");
    }
    assert!(asks(Some("2FA van Jan"), "Graag."));
}

#[test]
fn small_talk_with_a_colleague_names_nobody() {
    for text in [
        "Dag Joost,\n\nwat vervelend van je telefoon! Tot morgen.\n\nDaan",
        "Dag Joost Jansen,\n\nwat vervelend dat je telefoon stuk is!",
        "Joost heeft al een nieuwe telefoon, dat hoeft dus niet.",
        "Hoi Joost,\n\ngraag de 2FA van Kees Pieters resetten.",
        "Joost,\nwil je de 2FA resetten?",
        "Wil je de 2FA resetten?\n\nGr. Joost Jansen\nsecretariaat",
        "Wil je de 2FA resetten?\n\nBedankt!\n\nJoost Jansen\nnamens Daan",
        "Dank je Joost, akkoord met de reset!",
        "Dank je wel Joost Jansen, akkoord met de reset!",
        "Prima Joost, doe de reset maar.",
        "Prima Joost Jansen! Doe de reset maar.",
        "Akkoord, Joost, met de reset.",
        "Akkoord met de reset Joost!",
        "Akkoord met de reset, Joost!",
        "dank je joost, akkoord met de reset",
        "Ja Joost, de 2FA van Wim mag gereset.",
        "Joost je kunt zelf je 2FA resetten.",
        "Joost kun je zelf niet inloggen?",
        "Kun je je 2FA zelf niet resetten Joost?",
        "Ik heb geen reset voor Joost Jansen gevraagd!",
        "Ik heb niet om een reset van Joost Jansen gevraagd.",
        "Reset Joost Jansen NIET!",
        "De 2FA van Joost Jansen mag niet gereset worden.",
        "Joost Jansen niet resetten a.u.b.",
        "Sorry Joost, ik kan ook niet inloggen.",
    ] {
        assert_eq!(who(text), Vec::<&str>::new(), "{text}");
    }
    for text in [
        "Hoi, wil je Joost Jansen resetten?",
        "Beste desk, graag de 2FA van Joost Jansen",
        "Akkoord met de reset van Joost Jansen.",
        "Ja, Joost Jansen kan niet inloggen.",
        "Ja Joost Jansen kan niet inloggen.",
        "Prima! Graag de 2FA van Joost.",
        "De 2FA van Joost Jansen is nog niet gereset.",
        "Joost Jansen kan zijn 2FA niet zelf resetten.",
        "Wil je voor mij de 2FA resetten van Joost?",
        "Akkoord voor Joost. Reset maar.",
        "Beste desk, graag de 2FA van Joost",
        "Beste collega,\n\nJoost Jansen heeft een nieuwe telefoon.",
        "Joost Jansen is zijn telefoon kwijt.",
    ] {
        assert_eq!(who(text), ["j.jansen"], "{text}");
    }
    assert_eq!(
        who("Dag Joost,\n\nwil je de 2FA van Karin ter Veld resetten?"),
        ["k.terveld"]
    );
}

#[test]
fn an_answer_forwards_nothing() {
    let block = "Van: Zoë <z.celik@school.nl>\n\nMijn 2FA is kwijt";
    for own in ["Zie mijn antwoord hieronder.", "Hieronder mijn reactie!"] {
        assert_eq!(
            who(&format!("{own}\n\n{block}")),
            Vec::<&str>::new(),
            "{own}"
        );
    }
    let quoted = format!("Zie onder.\n\nOp 30 nov 2026 om 10:00 schreef X <x@y.nl>:\n> {block}");
    assert_eq!(who(&quoted), Vec::<&str>::new());
    let text = format!("Zie onder.\n\n{block}");
    let work_email = "z.celik@school.nl";
    let people = [Person {
        username: "z.celik",
        name: "Zoë Çelik",
        work_email,
    }];
    let said = Said {
        text: split(&text),
        subject: None,
        subject_names: true,
        is_answer: true,
        requester: "",
    };
    assert!(named(&said, &people).is_empty() && !asks(&said));
    let forwards = Said {
        is_answer: false,
        ..said
    };
    assert!(named(&forwards, &people).len() == 1 && asks(&forwards));
}

/// Those of these people whom the text names, by their names on file.
fn named_among<'n>(names: &[&'n str], text: &str) -> Vec<&'n str> {
    let usernames: Vec<String> = (0..names.len()).map(|at| format!("user{at}")).collect();
    let people: Vec<Person<'_>> = names
        .iter()
        .zip(&usernames)
        .map(|(name, username)| Person {
            username,
            name,
            work_email: "nobody@school.nl",
        })
        .collect();
    let said = Said {
        text: split(text),
        subject: None,
        subject_names: false,
        is_answer: false,
        requester: "Daan Visser",
    };
    let mut found: Vec<usize> = named(&said, &people)
        .into_iter()
        .filter(|(_, by)| by.counts())
        .map(|(at, _)| at)
        .collect();
    found.sort_unstable();
    found.into_iter().map(|at| names[at]).collect()
}

fn reset_of<'n>(names: &[&'n str], whom: &str) -> Vec<&'n str> {
    named_among(names, &format!("Wilt u de 2FA van {whom} resetten?"))
}

const NOBODY: [&str; 0] = [];

/// As mail programs wrap lines (RFC 3676), at some width.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                out.push_str(" \n");
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
        }
        out.push('\n');
    }
    out
}
