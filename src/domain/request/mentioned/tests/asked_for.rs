//! A mail that asks for one person may speak of another, and must not be good for both.

use super::*;

const SCHOOL: [&str; 6] = [
    "Karin de Jong",
    "Joost Jansen",
    "Saskia de Bakker",
    "Zoë Çelik",
    "Pieter Smit",
    "Marieke de Vries",
];

#[track_caller]
fn asked(text: &str, whom: &[&str]) {
    assert_eq!(named_among(&SCHOOL, text), whom, "{text}");
    // What is wrapped already isn't wrapped again.
    for width in [66, 72].into_iter().filter(|_| !text.contains('\n')) {
        let text = wrapped(text, width);
        assert_eq!(named_among(&SCHOOL, &text), whom, "{text}");
    }
}

const KARIN: [&str; 1] = ["Karin de Jong"];

#[test]
fn whoever_is_only_spoken_of_beside_the_one_who_is_asked_for_is_not_named() {
    for text in [
        "Karin de Jong kan niet meer inloggen. Zij vervangt Joost Jansen.",
        "Graag 2FA voor onze nieuwe leerkracht Karin de Jong, die Joost Jansen gaat vervangen.",
        "Joost Jansen gaat uit dienst, Karin de Jong komt in zijn plaats. Graag 2FA voor haar instellen.",
        "Karin de Jong heeft het account van Joost Jansen overgenomen en kan niet inloggen.",
        "Verzoek: 2FA reset\nVoor: Karin de Jong\nAangevraagd door: Joost Jansen",
        "Medewerker: Karin de Jong\nLeidinggevende: Joost Jansen\nReden: nieuwe telefoon, 2FA",
        "Karin de Jong kan niet inloggen. Ze is te bereiken via Joost Jansen.",
        "Joost Jansen (administratie) stuurt dit namens mij. Graag de 2FA van Karin de Jong resetten.",
        "Ik wil u vragen Karin de Jong een 2FA te geven. Zij vervangt tijdelijk de heer Jansen.",
        "Karin de Jong kan niet meer inloggen, zij vervangt Joost Jansen.",
        "Karin de Jong, die Joost Jansen vervangt, kan niet meer inloggen.",
        "Karin de Jong vervangt Joost Jansen en kan niet inloggen.",
        "Karin de Jong kan niet inloggen. Ze is de opvolger van Joost Jansen.",
        "Karin de Jong (vervanger van Joost Jansen) kan niet inloggen.",
        "Karin de Jong, collega van Joost Jansen, is haar telefoon kwijt.",
        "Wilt u de 2FA van Karin de Jong resetten? Zij werkt samen met Joost Jansen.",
        "Wilt u i.p.v. Joost Jansen nu Karin de Jong de 2FA geven?",
        "In plaats van Joost Jansen graag Karin de Jong resetten.",
        "Namens Joost Jansen vraag ik een reset aan voor Karin de Jong.",
        "Ik heb met Joost Jansen gesproken. Karin de Jong kan niet meer inloggen.",
        "Ik hoorde van Joost Jansen dat Karin de Jong niet kan inloggen.",
        "Joost Jansen vertelde dat Karin de Jong niet kan inloggen.",
        "Joost Jansen geeft aan dat de 2FA van Karin de Jong niet werkt.",
        "Joost Jansen heeft geprobeerd de authenticator van Karin de Jong te resetten.",
        "Volgens Joost Jansen kan Karin de Jong niet inloggen.",
        "Niet voor Joost Jansen, maar voor Karin de Jong graag een reset.",
        "Joost Jansen hoeft niet gereset, Karin de Jong wel graag.",
        "Graag een reset voor Karin de Jong, Joost Jansen niet.",
        "Karin de Jong is haar telefoon kwijt. Joost Jansen is ziek.",
        "Joost Jansen is met pensioen. Karin de Jong heeft een nieuwe telefoon.",
        "Wilt u de 2FA van Karin de Jong resetten? Cc: Joost Jansen was erbij.",
        "Wilt u de 2FA van Karin de Jong resetten? U kunt j.jansen@school.nl mailen.",
        "Karin de Jong kan niet inloggen. Saskia is morgen vrij.",
        "Karin de Jong kan niet inloggen. De cursus Saskia is vol.",
        "Karin de Jong kan niet inloggen. Mevrouw De Bakker is morgen vrij.",
        "Graag de 2FA resetten van Karin de Jong.\n\nJoost Jansen",
        "Kun je Karin de Jong resetten? Ik heb Joost Jansen al gevraagd om haar te helpen.",
        "Karin de Jong kan niet inloggen. Dat had Joost Jansen vorige week ook.",
        "Vorige week hebben jullie Joost Jansen gereset, nu graag Karin de Jong.",
        "De 2FA van Joost Jansen werkt weer, dank! Nu nog Karin de Jong graag.",
        "Bedankt voor de reset van Joost Jansen! Kun je nu ook Karin de Jong doen?",
        "Karin de Jong zit bij Joost Jansen in de klas en kan niet inloggen.",
        "Karin de Jong, getrouwd met Joost Jansen, kan niet inloggen.",
        "Joost Jansen wil graag dat Karin de Jong een nieuwe 2FA krijgt.",
        "Karin de Jong kan niet inloggen. Kan Joost Jansen bij vragen gebeld worden?",
        "Karin de Jong kan niet inloggen. Graag de code aan Joost Jansen geven.",
        "Karin de Jong kan niet inloggen. Voor vragen: Joost Jansen.",
        "Joost Jansen gaat met pensioen; Karin de Jong neemt het over en heeft 2FA nodig.",
        "Karin de Jong heeft 2FA nodig omdat Joost Jansen met pensioen gaat.",
        "Karin de Jong heeft de taken van Joost Jansen overgenomen en kan niet inloggen.",
        "Is de 2FA van Saskia al gereset? Die van Karin mag ook.",
        "Bij Joost Jansen werkt de 2FA wel, bij Karin de Jong niet.",
        "Joost Jansen kan wel inloggen, Karin de Jong niet.",
        "Karin de Jong cannot log in. She replaces Joost Jansen.",
        "Please reset Karin de Jong instead of Joost Jansen.",
        "On behalf of Joost Jansen I ask for a reset of Karin de Jong.",
        "Joost Jansen told me that Karin de Jong cannot log in.",
    ] {
        asked(text, &KARIN);
    }
}

/// Whoever is asked for needn't be on file, or isn't sure.
#[test]
fn a_stranger_who_is_asked_for_leaves_nobody_else_named() {
    for text in [
        "Kun je de 2FA van collega Wim resetten? De cursus Saskia is vol.",
        "Kun je de 2FA van Wim resetten? Saskia is morgen vrij.",
        "Wim kan niet inloggen. Saskia is ook al ziek.",
        "Wim Pietersen kan niet inloggen. Hij vervangt Joost Jansen.",
        "Mevrouw Pietersen kan niet inloggen. Joost Jansen is ziek.",
        "W. Pietersen kan niet inloggen. Joost Jansen is ziek.",
        "Graag een reset voor Wim van Dijk. Joost Jansen is ziek.",
        "Saskia is jarig. Graag een reset voor Wim.",
        "Onze nieuwe collega, die Joost Jansen vervangt, kan niet inloggen.",
        "De collega van Joost Jansen kan niet inloggen.",
        "De vervanger van Joost Jansen kan niet inloggen.",
        "De invaller voor Saskia kan niet inloggen.",
        "Een leerling van Saskia kan niet inloggen.",
        "De groep van Joost Jansen kan niet inloggen.",
        "Vergadering met Saskia om 3 uur. Graag 2FA reset voor collega Wim.",
        "Ik kan zelf niet inloggen. Joost Jansen kan het wel.",
        "Karin de Jong meldt dat zij niet kan inloggen. Joost Jansen werkt op maandag.",
        "Mijn telefoon is kwijt, kun je mijn 2FA resetten? Joost Jansen kan mij bereiken.",
    ] {
        asked(text, &NOBODY);
    }
}

/// Several people, each asked for in a way that people write.
#[test]
fn everybody_who_is_asked_for_is_named() {
    let both = ["Karin de Jong", "Joost Jansen"];
    for text in [
        "Graag de 2FA van Karin de Jong resetten. Ook voor Joost Jansen graag.",
        "Karin de Jong kan niet inloggen. Joost Jansen heeft hetzelfde probleem.",
        "Karin de Jong kan niet inloggen, Joost Jansen ook niet.",
        "Graag 2FA resetten van:\n- Karin de Jong\n- Joost Jansen",
        "Graag 2FA resetten van:\nKarin de Jong\nJoost Jansen\n\nAlvast dank!",
        "Graag 2FA resetten van Karin de Jong\nJoost Jansen",
        "Graag 2FA resetten voor de volgende collega's.\n\nKarin de Jong, groep 5\nJoost Jansen, groep 6",
        "1. Karin de Jong: telefoon kwijt\n2. Joost Jansen: nieuwe telefoon",
        "Karin de Jong en Joost Jansen zijn weer terug. Beiden kunnen niet inloggen.",
        "Joost Jansen is terug van ziekte. Hij kan niet inloggen. Ook Karin de Jong kan niet inloggen.",
        "Naam: Karin de Jong\nProbleem: kan niet inloggen\n\nNaam: Joost Jansen\nProbleem: idem",
        "Karin de Jong heeft een nieuwe telefoon. Het gaat ook om Joost Jansen.",
        "Graag resetten: Karin de Jong; Joost Jansen",
    ] {
        asked(text, &both);
    }
}

#[test]
fn whoever_is_the_only_one_may_be_named_anywhere() {
    for text in [
        "Het gaat om Karin de Jong. Graag de 2FA resetten.",
        "Graag de 2FA resetten. Het gaat om Karin de Jong.",
        "Karin de Jong is weer terug. Ze heeft een nieuwe telefoon en kan niet inloggen.",
        "Karin is weer terug. Kun je haar Microsoft Authenticator resetten?",
        "Karin is weer terug van verlof. Zij kan niet inloggen in Magister.",
        "Graag een reset. Naam: Karin de Jong",
        "Graag een reset.\n\nKarin de Jong\nkarin.dejong",
        "Namens Karin de Jong vraag ik een reset van haar 2FA aan.",
        "Karin de Jong meldt dat zij niet meer kan inloggen.",
        "Ik kreeg een mail van Karin de Jong: ze kan niet inloggen.",
        "Op de Beatrixschool kan een collega niet inloggen. Het gaat om Karin.",
        "Wij willen graag een reset van de 2FA. De naam is Karin de Jong.",
        "Karin de Jong werkt bij ons op de Beatrixschool. Ze werkt in groep 5. Ze kan niet inloggen.",
        "Karin de Jong vervangt haar telefoon en moet de 2FA opnieuw instellen.",
        "Wilt u Karin de Jong helpen? Zij kan niet inloggen, haar wachtwoord hoeft niet gereset.",
        "Karin zit zonder telefoon. Kan de 2FA eraf?",
        "De leerkracht Karin de Jong, groep 5, kan niet inloggen.",
        "De telefoon van Karin, een Nokia, is stuk. Graag een reset.",
        "Vandaag meldde Karin de Jong zich. Haar telefoon is gestolen. Kunnen jullie haar 2FA resetten?",
        "Karin de Jong heeft mij gevraagd haar 2FA te laten resetten.",
        "De reset van Karin is niet gelukt, kan dat opnieuw?",
        "Karin heeft nog geen reset gehad, graag alsnog.",
        "Ik heb vorige week gevraagd om de 2FA van Karin te resetten. Dat is nog niet gebeurd.",
        "Wij hebben de 2FA van Karin niet kunnen resetten, kunnen jullie dat?",
        "Fijn dat jullie er zijn! Karin kan niet inloggen.",
        "Sorry dat ik stoor: Karin kan niet inloggen.",
        "Onze leerkracht Karin de Jong (groep 5) kan sinds gisteren niet meer \ninloggen: haar telefoon is gestolen, vertelde Zoë. Willen jullie haar \n2FA resetten?",
    ] {
        asked(text, &KARIN);
    }
}

#[test]
fn half_a_name_beside_somebody_in_passing_is_sure() {
    asked(
        "Karin kan niet inloggen. Zij vervangt Joost Jansen.",
        &KARIN,
    );
    let said = |text| {
        let people = SCHOOL.map(|name| Person {
            username: "",
            name,
            work_email: "",
        });
        let said = Said {
            text: split(text),
            subject: None,
            subject_names: false,
            is_answer: false,
            requester: "",
        };
        named(&said, &people)
    };
    let found = said("Karin kan niet inloggen. Zij vervangt Joost Jansen.");
    assert_eq!(found, [(0, NamedBy::FirstName), (1, NamedBy::Aside)]);
}
