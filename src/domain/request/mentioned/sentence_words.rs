//! Words by which a sentence is told from a list, and a name from what isn't one.

/// Verbs that make a line of words a sentence, Dutch and English.
const VERBS: &str = "kun kunt hebt bent zult ben leest leek is was waren heeft had hadden hebben heb kan kon kunnen konden wil wilt wilde willen moet \
    moest moeten mag mocht gaat ging gaan komt kwam komen doet deed doen zit zat zitten staat \
    stond ligt werkt werkte werken vervangt verving blijft bleef wordt werd worden krijgt \
    kreeg krijgen geeft gaf zegt zei vertelt vertelde meldt meldde vraagt vroeg belt belde \
    mailt mailde appt appte schrijft schreef weet wist denkt dacht vindt vond ziet zag helpt \
    hielp loopt liep neemt nam sprak hoorde zal zullen zou zouden lukt lukte hoeft hoeven \
    begint begon stopt stopte verlaat gebruikt gebruikte probeert probeerde laat liet viel \
    valt raakte verloor verliest ontving ontvangt has have can cant cannot could will would \
    does did needs lost got works says said asks asked told left joined replaces wants gets";
/// With what somebody says that something can be done, or can't.
pub(super) const ABLE: &str = "kan kon kun kunt kunnen konden lukt lukte gelukt can could";
/// With what somebody asks for something.
pub(in crate::domain) const REQUESTS: &str =
    "kun kunt kan kunnen wil wilt willen zou zouden graag could can please help";
/// How nouns end that stand behind a name in a list.
const NOUNS_IN_T: [&str; 12] = [
    "kracht", "cent", "tent", "dent", "account", "agent", "dienst", "contact", "tablet", "want",
    "met", "niet",
];
/// Words that begin sentences, and are nobody's name.
const OPENERS: &str = "aan aangezien af afgelopen akkoord al alle alleen als alvast beide beiden betreft \
    betreffende bij bovendien collega daar daarnaast daarom dan dat de den deze die dit door \
    dus een eigenlijk en er even eveneens gaarne gelieve gisteren graag heb hebben heeft \
    helaas het hier hierbij hij hoe hun ik in inmiddels is ja je jullie kan komend komende \
    kortom kun kunnen kunt leerkracht mag maar meester met mevrouw meneer mijn moet morgen na \
    naam namens natuurlijk nee nieuwe nog nu of om omdat onderstaande ons onze ook op over \
    prima reset samen sinds sorry s.v.p svp telefoon tevens toen trouwens uit van vanaf \
    vandaag vanmiddag vanmorgen vanochtend vanwege verder via volgens volgende voor vorige \
    waarschijnlijk want wanneer wat we weet wegens wie wij wil wilt willen zie zij ze zijn \
    haar zo zodra zou zouden zojuist a also an and can could for he her his i it my one our \
    please she the their they this would yes you";
/// What is written with a capital and is nobody: programs, makers, days, months, short names of offices.
const CALLED_SO: &str = "2fa mfa totp sms qr app ict ib ot hr mt swv po vo obs cbs rkbs kbs pcbs it pc u uw \
    microsoft google authenticator authy magister parnassys somtoday esis office outlook teams \
    onedrive sharepoint windows apple iphone ipad android samsung galaxy nokia huawei whatsapp \
    kennisnet entree basispoort snappet digid gmail chromebook yubikey maandag dinsdag \
    woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli \
    augustus september oktober november december monday tuesday wednesday thursday friday \
    nederlands nederland engels";
/// How the names of schools end.
const SCHOOLS: [&str; 7] = [
    "school",
    "scholen",
    "lyceum",
    "college",
    "mavo",
    "gymnasium",
    "stichting",
];
/// What stands before a thing's name and before no person's.
const ARTICLES: &str = "de het een t the a an deze die dit dat basisschool";
/// What stands before a place's name.
const TO_PLACES: &str = "in te uit naar op at";

/// Whether a word is one of a list, which is written with blanks between.
pub(in crate::domain) fn listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// Whether the word is a verb that makes a sentence.
pub(super) fn is_verb(key: &str) -> bool {
    listed(VERBS, key)
}

/// Whether the word right behind a name looks like what they do: `regelt`, `stuurt`. No list has all of them.
pub(super) fn may_be_verb(key: &str) -> bool {
    let is_noun = NOUNS_IN_T.iter().any(|noun| key.ends_with(noun));
    is_verb(key) || (key.len() > 3 && key.ends_with('t') && !is_noun)
}

/// Whether the word begins sentences and is nobody's name.
pub(super) fn is_opener(key: &str) -> bool {
    listed(OPENERS, key)
}

/// Whether the word has its capital as the name of a program, a day, a school or the like.
pub(super) fn is_called_so(key: &str) -> bool {
    listed(CALLED_SO, key) || SCHOOLS.iter().any(|school| key.ends_with(school))
}

/// Whether a name behind this word is a thing's.
pub(super) fn is_article(key: &str) -> bool {
    listed(ARTICLES, key)
}

/// Whether a name behind this word is a place's.
pub(super) fn leads_to_a_place(key: &str) -> bool {
    listed(TO_PLACES, key)
}
