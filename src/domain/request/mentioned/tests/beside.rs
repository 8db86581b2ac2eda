//! Every way to ask for somebody beside every way to speak of somebody else: the one counts, and the other doesn't.

use super::*;

const SCHOOL: [&str; 5] = [
    "Karin de Jong",
    "Joost Jansen",
    "Saskia de Bakker",
    "Zoë Çelik",
    "Pieter Smit",
];
/// Who is asked for.
const ASKS: [&str; 10] = [
    "Graag de 2FA van {} resetten.",
    "{} kan niet meer inloggen.",
    "Kunt u {} helpen met de tweefactorauthenticatie?",
    "De authenticator van {} werkt niet meer.",
    "Wilt u voor {} een reset doen? De telefoon is kwijt.",
    "{} is zijn telefoon kwijt. Kan de 2FA gereset worden?",
    "{} is weer terug. Hij heeft een nieuwe telefoon en kan niet inloggen.",
    "Het gaat om {}. Graag 2FA resetten.",
    "Graag een reset. Het gaat om {}.",
    "Het lukt {} niet om in te loggen.",
];
/// Who is spoken of.
const ASIDES: [&str; 62] = [
    "{} fietst morgen mee.",
    "Volgende week komt {} weer.",
    "{} kwam net langs.",
    "{} en ik gaan naar Utrecht.",
    "De planning staat bij {}.",
    "Het contract van {} loopt af.",
    "{} maakt het rooster.",
    "{} doet de administratie.",
    "{} nam de telefoon op.",
    "Straks zie ik {}.",
    "{} bedankt jullie hartelijk.",
    "Op maandag werkt {}.",
    "Is {} al langs geweest?",
    "Weet {} hiervan?",
    "Heeft {} al gebeld?",
    "{} wacht op antwoord.",
    "Met {} heb ik dit besproken.",
    "Vergeet {} niet te bellen.",
    "{} zal u mailen.",
    "Zou {} morgen kunnen komen?",
    "De les van {} valt uit.",
    "{} zit in het MT.",
    "Het nummer van {} is 030-1234567.",
    "Onze directeur {} is op de hoogte.",
    "Intern begeleider {} is op de hoogte.",
    "{}, onze ICT-coördinator, weet hiervan.",
    "Als het niet lukt helpt {} wel.",
    "PS: {} is ziek.",
    "Ter info: {} is ziek.",
    "{} told me.",
    "{} is on holiday.",
    "You can call {}.",
    "{} works here too.",
    "{} is vandaag vrij.",
    "{} was er ook bij.",
    "Ik zit vandaag met {} in overleg.",
    "{} regelt de rooster.",
    "Vrijdag is {} jarig.",
    "{} heeft al een code.",
    "Bij {} werkt alles goed.",
    "{} vangt de klas op.",
    "De klas wordt opgevangen door {}.",
    "U kunt ook {} bellen.",
    "Bij vragen kunt u terecht bij {}.",
    "{} weet hiervan.",
    "Dit is afgestemd met {}.",
    "{} stuurt u nog een mail.",
    "De studiedag met {} gaat niet door.",
    "{} werkt niet meer bij ons.",
    "Vorige maand was het {}.",
    "{} heeft nu de laptop.",
    "{} kan het bevestigen.",
    "Ik heb het van {} gehoord.",
    "{} zit naast me.",
    "{} gaat morgen op vakantie.",
    "Mijn collega {} leest mee.",
    "{} krijgt volgende week bezoek.",
    "De vervanger is {}.",
    "{} neemt de les over.",
    "Alles goed met {}?",
    "{} zoekt nog een invaller.",
    "{} was gisteren ook al aan de beurt.",
];

/// Who would be good for a request that is bound to them: half a name isn't, beside a whole one.
fn good_for(text: &str, subject: Option<&str>) -> Vec<usize> {
    let people = SCHOOL.map(|name| Person {
        username: "-",
        name,
        work_email: "-",
    });
    let said = Said {
        text: split(text),
        subject,
        subject_names: true,
        is_answer: false,
        requester: "Daan Visser",
    };
    let mut found = named(&said, &people);
    found.retain(|(_, by)| by.counts());
    let is_alone = found.len() == 1;
    let found = found.into_iter();
    let sure = found.filter(|(_, by)| is_alone || !by.is_by_half());
    sure.map(|(person, _)| person).collect()
}

#[test]
fn whoever_is_asked_for_counts_and_nobody_beside_them() {
    for (asked, beside) in [
        ("Karin de Jong", "Joost Jansen"),
        ("Karin", "Joost"),
        ("Karin", "Joost Jansen"),
    ] {
        for ask in ASKS.map(|ask| ask.replace("{}", asked)) {
            for aside in ASIDES.map(|aside| aside.replace("{}", beside)) {
                for (text, subject) in [
                    (format!("{ask} {aside}\n\nGroet,\nDaan"), Some("2FA")),
                    (format!("Beste desk,\n\n{aside} {ask}"), None),
                    (format!("{ask}\n\n{aside}"), None),
                ] {
                    assert_eq!(good_for(&text, subject), [0], "{subject:?}: {text}");
                }
            }
        }
    }
}
