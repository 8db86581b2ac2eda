//! Requests as directors write them: whom each names, among the people of a school.

use super::*;

const SCHOOL: [&str; 16] = [
    "Joost Jansen",
    "Anne-Marie Smit",
    "Saskia de Bakker",
    "Zoë Çelik",
    "Els van der Berg",
    "Ans van den Berg",
    "Fatima El Amrani",
    "Mohammed Yılmaz",
    "Jan Willem de Boer",
    "Marieke Vermeulen-Kok",
    "Kim Nguyen",
    "Wil Peeters",
    "Roos Hendriks",
    "Tom van Dijk",
    "Lisa Dekker",
    "Peter de Groot",
];

/// Each with whom it's for.
const REQUESTS: &[(&str, &str)] = &[
    (
        "Hallo,\n\nJoost Jansen heeft een nieuwe telefoon. Graag zijn 2FA resetten.\n\nGroet,\nDaan",
        "Joost Jansen",
    ),
    (
        "Beste servicedesk,\n\nOnze leerkracht Anne Marie Smit kan niet meer inloggen in ParnasSys. Kunnen jullie haar helpen?\n\nMet vriendelijke groet,\nDaan Visser\nDirecteur",
        "Anne-Marie Smit",
    ),
    (
        "Goedemorgen,\n\nAnnemarie kan niet inloggen sinds ze een nieuwe telefoon heeft.\n\nDaan",
        "Anne-Marie Smit",
    ),
    (
        "Hoi,\nkun je de tweestapsverificatie van Saskia resetten? Ze is haar toestel kwijt.\nGr Daan",
        "Saskia de Bakker",
    ),
    ("saskia kan niet inloggen", "Saskia de Bakker"),
    (
        "L.S.,\n\nHierbij het verzoek om de MFA van mevrouw Van der Berg te resetten i.v.m. een nieuw toestel.\n\nHoogachtend,\nD. Visser",
        "Els van der Berg",
    ),
    (
        "Graag de 2FA van mw. A. van den Berg opnieuw instellen.",
        "Ans van den Berg",
    ),
    (
        "Fatima El Amrani is haar telefoon verloren. Wil je haar 2FA eraf halen?",
        "Fatima El Amrani",
    ),
    (
        "De authenticator van Fatima werkt niet meer.",
        "Fatima El Amrani",
    ),
    (
        "Meester Mohammed heeft een nieuwe iPhone en kan niet meer aanmelden.",
        "Mohammed Yılmaz",
    ),
    (
        "Mohammed Yilmaz kan met zijn nieuwe telefoon niet inloggen.",
        "Mohammed Yılmaz",
    ),
    (
        "Betreft: Jan Willem de Boer\n\nKan de 2FA worden gereset?",
        "Jan Willem de Boer",
    ),
    ("Jan-Willem kan niet meer inloggen.", "Jan Willem de Boer"),
    ("JW de Boer kan niet inloggen", "Jan Willem de Boer"),
    (
        "Juf Marieke is haar telefoon kwijt, graag de 2FA opnieuw instellen.",
        "Marieke Vermeulen-Kok",
    ),
    (
        "Marieke Vermeulen (groep 4) kan niet inloggen.",
        "Marieke Vermeulen-Kok",
    ),
    (
        "Mevrouw Vermeulen-Kok kan niet inloggen.",
        "Marieke Vermeulen-Kok",
    ),
    (
        "Kims telefoon is gestolen. Graag een reset van de authenticator.",
        "Kim Nguyen",
    ),
    (
        "Wil kan niet meer inloggen. Zijn telefoon is stuk.",
        "Wil Peeters",
    ),
    ("Wil jij Wil resetten? 2FA kwijt.", "Wil Peeters"),
    (
        "Roos is terug van zwangerschapsverlof. Ze heeft een ander nummer en kan niet inloggen.",
        "Roos Hendriks",
    ),
    (
        "Ik ontving net bericht van Tom van Dijk dat hij niet meer kan inloggen op Magister.",
        "Tom van Dijk",
    ),
    (
        "Tom meldt dat zijn telefoon in het water is gevallen. Graag de 2FA resetten.",
        "Tom van Dijk",
    ),
    (
        "Lisa Dekker heeft vanaf vandaag een nieuw mobieltje. Graag opnieuw koppelen aub.",
        "Lisa Dekker",
    ),
    (
        "Graag een reset 2FA voor Lisa Dekker\nl.dekker@school.nl\ngroep 7/8",
        "Lisa Dekker",
    ),
    (
        "Naam: Peter de Groot\nFunctie: conciërge\nSchool: De Linde\nReden: telefoon kapot",
        "Peter de Groot",
    ),
    (
        "Voor- en achternaam: Peter de Groot\nVerzoek: reset tweefactorauthenticatie\nReden: nieuwe telefoon",
        "Peter de Groot",
    ),
    (
        "Peter de Groot\n\nKan niet inloggen, telefoon kapot.",
        "Peter de Groot",
    ),
    (
        "Wilt u de verificatie van P. de Groot herstellen?",
        "Peter de Groot",
    ),
    ("De Groot, Peter: 2FA reset graag", "Peter de Groot"),
    (
        "Collega Peter heeft problemen met inloggen.",
        "Peter de Groot",
    ),
    (
        "Kan Peter zijn account weer geactiveerd worden? De code van de authenticator werkt niet.",
        "Peter de Groot",
    ),
    (
        "Ik ben directeur van De Linde. Peter de Groot, onze conciërge, kan niet meer inloggen omdat zijn telefoon is gestolen. Ik heb hem zelf gesproken en bevestig dat dit klopt. U kunt mij bellen op 030-1234567.",
        "Peter de Groot",
    ),
    (
        "Bijgaand het verzoek van Peter de Groot om zijn 2FA te resetten.",
        "Peter de Groot",
    ),
    (
        "Op verzoek van Peter de Groot graag zijn 2FA resetten.",
        "Peter de Groot",
    ),
    (
        "Peter de Groot werkt niet meer op maandag. Hij heeft een nieuwe telefoon, kan de 2FA worden gereset?",
        "Peter de Groot",
    ),
    ("Het lukt Lisa niet om in te loggen.", "Lisa Dekker"),
    ("Lisa lukt het niet om aan te melden.", "Lisa Dekker"),
    (
        "Lisa krijgt de melding dat aanmelden niet lukt.",
        "Lisa Dekker",
    ),
    (
        "Bij Lisa werkt de app niet meer, graag 2FA resetten.",
        "Lisa Dekker",
    ),
    (
        "I would like to ask you to reset the 2FA of Lisa Dekker. She has a new phone.",
        "Lisa Dekker",
    ),
    ("Please reset Lisa's authenticator.", "Lisa Dekker"),
    ("Lisa can't log in, she lost her phone.", "Lisa Dekker"),
    (
        "Hi,\n\nLisa Dekker got a new phone. Could you please help her set it up again?\n\nThanks,\nDaan",
        "Lisa Dekker",
    ),
    ("GRAAG 2FA RESET VOOR LISA DEKKER", "Lisa Dekker"),
    ("graag 2fa reset voor lisa dekker", "Lisa Dekker"),
    (
        "Graag 2FA-reset: Lisa Dekker (l.dekker). Telefoon kwijt.",
        "Lisa Dekker",
    ),
    ("Lisa Dekker: telefoon kwijt, reset graag!", "Lisa Dekker"),
    (
        "Helaas is Lisa haar telefoon kwijtgeraakt op schoolreis. Zou je de 2FA willen resetten?",
        "Lisa Dekker",
    ),
    (
        "Vandaag belde Lisa mij: ze kan niet inloggen.",
        "Lisa Dekker",
    ),
    ("Lisa belde net. Zij kan niet inloggen.", "Lisa Dekker"),
    (
        "Lisa is vandaag begonnen in groep 5. Zij heeft nog geen 2FA. Kun je haar helpen?",
        "Lisa Dekker",
    ),
    (
        "Lisa vervangt haar telefoon, dus graag de 2FA resetten.",
        "Lisa Dekker",
    ),
    (
        "Lisa heeft haar telefoon laten vervangen. Graag reset.",
        "Lisa Dekker",
    ),
    (
        "Namens Lisa Dekker vraag ik om een reset van de 2FA.",
        "Lisa Dekker",
    ),
    (
        "Lisa kan niet inloggen. Zij werkt op De Linde in Utrecht.",
        "Lisa Dekker",
    ),
    (
        "De 2FA van Lisa is kapot. Groet Daan Visser, directeur",
        "Lisa Dekker",
    ),
    (
        "Wil je voor Lisa Dekker, leerkracht van groep 7 op de Beatrixschool in Utrecht, werkzaam op\nmaandag en dinsdag, de 2FA resetten? Zij heeft sinds gisteren een nieuwe telefoon.",
        "Lisa Dekker",
    ),
    (
        "Onze juf kan niet inloggen. Ze heet Lisa Dekker.",
        "Lisa Dekker",
    ),
    (
        "Er is een probleem met inloggen bij een van onze leerkrachten. Haar naam: Lisa Dekker.",
        "Lisa Dekker",
    ),
    (
        "Beste Kees,\n\nLisa kan niet inloggen. Kun je helpen?\n\nDaan",
        "Lisa Dekker",
    ),
    (
        "Beste heer/mevrouw,\n\nGraag wil ik verzoeken de 2FA van Lisa Dekker te resetten. Zij heeft een nieuwe telefoon aangeschaft en heeft de oude ingeleverd bij de Mediamarkt.",
        "Lisa Dekker",
    ),
    (
        "Lisa heeft een nieuwe Samsung en kan de Microsoft Authenticator niet meer gebruiken.",
        "Lisa Dekker",
    ),
    ("Lisa is haar herstelcodes kwijt.", "Lisa Dekker"),
    (
        "Reset graag Lisa Dekker, zij werkt voortaan bij Team Onderbouw.",
        "Lisa Dekker",
    ),
    (
        "Graag 2FA resetten. Lisa Dekker is het slachtoffer geworden van diefstal.",
        "Lisa Dekker",
    ),
    (
        "Wij hebben weer een pechvogel: Lisa. Telefoon in de sloot. Reset van de 2FA graag.",
        "Lisa Dekker",
    ),
    ("Lisa, groep 3, kan niet inloggen.", "Lisa Dekker"),
    (
        "Kan de 2FA van Lisa eraf? Ze krijgt van Kim morgen een leentelefoon.",
        "Lisa Dekker",
    ),
];

#[test]
fn requests_name_whom_they_are_for() {
    for (text, whom) in REQUESTS {
        let found = named_among(&SCHOOL, text);
        assert!(found.contains(whom), "{text}\n{found:?}");
        assert!(
            found.len() == 1 || text.contains("Kim"),
            "{text}\n{found:?}"
        );
    }
}

#[test]
fn requests_for_more_than_one_name_everybody() {
    for (text, whom) in [
        (
            "Graag 2FA resetten van Joost Jansen en Lisa Dekker.",
            &["Joost Jansen", "Lisa Dekker"][..],
        ),
        (
            "Graag 2FA resetten van Joost en Lisa.",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Joost en Lisa kunnen niet inloggen.",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Joost kan niet inloggen. Lisa ook niet.",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Voor de volgende collega's graag een reset:\n\n* Joost Jansen\n* Lisa Dekker\n* Kim Nguyen",
            &["Joost Jansen", "Kim Nguyen", "Lisa Dekker"],
        ),
        (
            "Reset graag:\nJoost Jansen j.jansen@school.nl\nLisa Dekker l.dekker@school.nl",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Joost Jansen: nieuwe telefoon\nLisa Dekker: telefoon kwijt\n\nGraag de 2FA resetten.",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Joost Jansen heeft een nieuwe telefoon. Hetzelfde geldt voor Lisa Dekker. Graag beide 2FA resetten.",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Zowel Joost Jansen als Lisa Dekker zijn hun telefoon kwijt.",
            &["Joost Jansen", "Lisa Dekker"],
        ),
        (
            "Kan de 2FA gereset worden van onderstaande medewerkers?\n\nNaam\tGroep\nJoost Jansen\t5\nLisa Dekker\t6",
            &["Joost Jansen", "Lisa Dekker"],
        ),
    ] {
        assert_eq!(named_among(&SCHOOL, text), whom, "{text}");
    }
}

#[test]
fn how_a_program_wraps_lines_changes_nothing() {
    for (text, _) in REQUESTS {
        let found = named_among(&SCHOOL, text);
        for width in [66, 72, 76] {
            let wrapped = wrapped(text, width);
            assert_eq!(named_among(&SCHOOL, &wrapped), found, "{wrapped}");
        }
    }
}
