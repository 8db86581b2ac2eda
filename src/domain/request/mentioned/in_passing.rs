//! How somebody is mentioned who isn't meant: as the one who is replaced, who told it, who needs nothing.

use std::ops::RangeInclusive;

use super::sentence_words::{ABLE, listed};
use crate::domain::request::words::tokens::{After, TITLES, Word};

/// What a mention says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mentioned {
    /// Whoever stands there may be meant.
    Plainly,
    /// They are meant only where nobody else is: they told it, are away, or have it done.
    Perhaps,
    /// They aren't meant.
    InPassing,
}

/// Right before whoever isn't meant.
const INSTEAD: &str = "vervangt verving ipv i.p.v behalve uitgezonderd niet not replaces replaced replacing \
    except";
/// The same with `van` between: `in plaats van`, `de collega van`.
const OF_WHOM: &str = "plaats collega collegas opvolger opvolgster vervanger vervangster vervanging invaller \
    invalster duo duopartner duocollega partner stagiair stagiaire moeder vader man vrouw \
    echtgenoot echtgenote zus broer zoon dochter kind kinderen ouders familie leerling leerlingen klas groep lokaal \
    taken taak werk plek functie leidinggevende baas mentor niet not colleague successor \
    instead place substitute";
/// The same with `voor` between: `invaller voor`, `valt in voor`.
const FOR_WHOM: &str = "invaller invalster invalt invalkracht in waar vervanger vervangster plaatsvervanger niet \
    not substitute";
/// Right before whoever told it or asked for it.
const SOURCES: &str = "namens via volgens door met aan naar cc sprak zegt vroeg belde meldde vertelde mailde bel \
    mail vraag with to";
/// The same at the head of a line that says who can be asked.
const CONTACTS: &str = "vragen contact info informatie cc door aanvrager melder directeur";
/// The same with `van`, `met` or the like between: `ik hoorde van`, `overleg met`.
const TOLD_BY: &str = "hoorde gehoord hoor begreep begrepen vernam vernomen bericht berichtje mail mailtje \
    telefoontje melding verzoek appje vraag gesproken gebeld sprak overleg overlegd contact \
    afgestemd behalf according heard request message spoke call";
const BETWEEN: &str = "van of from by";
/// What whoever told it does, right behind the name.
const TELLS: &str = "meldt meldde zegt zei vertelt vertelde vraagt vroeg belt belde mailt mailde appt appte \
    schrijft schreef helpt hielp probeert probeerde denkt dacht says said told asks asked \
    reports reported tried helped thinks called";
/// The same behind `heeft`.
const HAS_TOLD: &str = "gemeld geprobeerd geholpen aangegeven gevraagd gebeld gemaild verteld gezegd geappt \
    doorgegeven gewezen akkoord goedgekeurd gehad weten bevestigd reported helped tried asked told";
/// How many words behind `gaf` its other half may stand.
const GIVES: usize = 4;
/// What else is said of somebody who isn't meant beside somebody else: that they are away, that it's done.
const AWAY: &str = "pensioen dienst ziek ziekteverlof verlof zwangerschapsverlof vertrekt vertrokken afwezig ontslag \
    bedankt dank thanks opgelost blokkeren opheffen retired ill away";
const DONE: &str = "gereset geholpen gedaan hersteld gelukt helped done";
const LATELY: &str = "al gisteren vorige eerder laatst already last";
/// What is said where that wasn't enough, or was for somebody else.
const AGAIN: &str = "niet geen nog maar weer opnieuw graag nogmaals again not but please";
const WORKS: &str = "kan werkt lukt doet can works";
/// Who replaces, where whoever is replaced stands between: `die Joost vervangt`.
const REPLACING: &str = "die dat zij ze hij wie welke who she he";
const REPLACES: &str = "vervangt verving vervangen opvolgt opvolgen waarneemt waarnemen replaces";
/// Right behind whoever's place is taken: `het account van Joost overgenomen`.
const TAKES_OVER: &str = "overgenomen overneemt overnam";
/// Words between a name and what stands before it.
const SKIPPED: &str = "tijdelijk nu voorlopig voortaan de het onze mijn ons haar zijn our my hun uw eerder eerdere eerst \
    gevraagde aangevraagde genoemde vorige nieuwe";
/// What somebody is called who isn't meant beside somebody else: `mentor: Piet Smit`, `haar duocollega Piet Smit`.
const RELATED: &str = "mentor begeleider begeleidster stagebegeleider werkbegeleider schoolopleider coach buddy duo \
    duocollega duopartner leidinggevende teamleider contactpersoon iber bouwcoordinator coordinator supervisor manager";
/// Whose they are, where that's neither the requester nor the desk.
const THIRD: &str = "haar zijn hun his her their";
/// With what somebody is compared: right before the name, or with `bij` between.
const COMPARED: &str = "zoals like vergelijk";
const COMPARED_BY: &str = "zoals evenals als like eerder";
/// What `als` before a name compares by: `hetzelfde probleem als Piet Smit`.
const SAME: &str = "net hetzelfde dezelfde zelfde precies idem same just";
/// Right before somebody who came before the one who is meant, or is near them.
const NEXT_TO: &str = "na naast after besides";
/// With `bij` behind: where somebody is.
const PLACED: &str = "zit zitten werkt werken loopt staat stage invalt invallen";
/// Words between `zit` or `zoals` and `bij`.
const ADVERBS: &str = "nu ook eerder onlangs laatst destijds vorige week keer maand toen al tijdelijk dit jaar gisteren";
/// With `niet`: nothing is to be done.
const NEEDS: &str = "hoeft hoeven";
/// With `niet`: nobody asked, or nobody may do it; and what keeps the latter from being a wish.
const ASKED: &str = "gevraagd aangevraagd verzocht asked requested";
const RESET: &str = "reset resetten gereset uitvoeren";
const FAILS: &str = "werkt gewerkt nog zelf gehad ontvangen yet";
/// Before whoever bears the same name as somebody who isn't meant.
const OTHER: &str = "andere ander tweede other second";
/// With what somebody asks how something goes.
const EXPLAINS: &str = "uitleggen uitleg vertellen weten explain tell";
const HOW: &str = "hoe wat waarom wanneer how why when";
/// What is done to somebody who doesn't get in any more, and what makes an end of an account.
const BLOCKS: &str = "blokkeren geblokkeerd deactiveren gedeactiveerd block disable";
const CLOSES: &str =
    "verwijderen opheffen afsluiten sluiten uitschakelen stopzetten delete close remove";
/// What somebody lends to whoever is meant.
const LENT: &str = "telefoon mobiel toestel code account laptop computer ipad tablet phone device";
/// How many words before a name it may be said that it stands in another's place.
const IN_PLACE: usize = 8;
/// How many words before a name are looked at, and how many behind it.
const BEFORE: usize = 24;
const BEHIND: usize = 12;

/// What the words around a mention say of it.
pub(super) fn mentioned(words: &[Word], range: &RangeInclusive<usize>) -> Mentioned {
    let around = Around::of(words, range);
    let above = &words[..*range.start()];
    let is_negated = around.is_negated() || (around.is_also_not() && above.iter().any(needs));
    let is_done = around.is_done() && !words.iter().any(|word| listed(AGAIN, &word.key));
    let is_not_meant = around.is_instead() || around.is_compared() || around.is_anothers();
    let is_another = around.is_namesake() || around.is_asked_about() || around.is_put_away();
    if is_done || is_negated || is_not_meant || is_another || is_in_place_of(above) {
        Mentioned::InPassing
    } else if around.is_source()
        || around.is_beside()
        || around.is_well_or_away()
        || around.is_lent()
    {
        Mentioned::Perhaps
    } else {
        Mentioned::Plainly
    }
}

/// `in plaats van mijn eerdere vraag over Joost`: no name stands between.
fn is_in_place_of(above: &[Word]) -> bool {
    let near = above.iter().rev().take(IN_PLACE);
    let mut near = near.take_while(|word| !word.is_capital && !word.is_stop() && !word.breaks());
    near.any(|word| matches!(word.key.as_str(), "plaats" | "ipv" | "i.p.v" | "instead"))
}

/// The words of a clause before and behind a name; nearest first.
struct Around<'w> {
    before: Vec<&'w str>,
    behind: Vec<&'w str>,
    /// What stands right before the name in another clause, as a label does.
    label: &'w str,
    /// An earlier clause says that it works for somebody else.
    works_elsewhere: bool,
}

impl<'w> Around<'w> {
    fn of(words: &'w [Word], range: &RangeInclusive<usize>) -> Self {
        let head = words[..*range.start()].iter().rev();
        let head = head.take_while(|word| !word.is_stop() && !ends_clause(word));
        let last = &words[*range.end()];
        let rest = words[*range.end() + 1..].iter();
        let mut is_over = ends_clause(last);
        let behind = rest.take_while(|word| {
            let goes_on = !is_over && !word.is_stop() && !begins_clause(word);
            is_over |= ends_clause(word);
            goes_on
        });
        let key = |word: &'w Word| word.key.as_str();
        let above = &words[..*range.start()];
        let lately = &above[above.len().saturating_sub(BEFORE)..];
        let said_lately = |list: &str| lately.iter().any(|word| listed(list, &word.key));
        Self {
            before: head.take(BEFORE).map(key).collect(),
            behind: behind.take(BEHIND).map(key).collect(),
            label: above
                .last()
                .filter(|word| ends_clause(word))
                .map_or("", key),
            works_elsewhere: said_lately("wel") && said_lately(WORKS),
        }
    }

    /// What stands before the name, forms of address and the like aside.
    fn nearest(&self) -> (&str, &str) {
        let is_between =
            |key: &&&str| listed(SKIPPED, key) || listed(RELATED, key) || TITLES.contains(key);
        let mut before = self.before.iter().skip_while(is_between);
        let mut next = || before.next().copied().unwrap_or_default();
        (next(), next())
    }

    /// `net als bij Joost Jansen`, `zoals Joost Jansen`, `in tegenstelling tot Joost Jansen`
    fn is_compared(&self) -> bool {
        let (near, far) = self.nearest();
        let same = || self.before.iter().any(|word| listed(SAME, word));
        listed(COMPARED, near)
            || (near == "bij" && listed(COMPARED_BY, self.far()))
            || (matches!(near, "als" | "as") && same() && !self.before.contains(&"zowel"))
            || (near == "met" && far == "vergelijkbaar")
            || (near == "tot" && far == "tegenstelling")
            || (near == "dan" && far == "anders")
    }

    /// `haar duocollega Joost Jansen`: she is meant, whoever she is.
    fn is_anothers(&self) -> bool {
        let mut before = self.before.iter().copied();
        before.find(|word| listed(RELATED, word));
        let is_called = self.nearest_word(|key| TITLES.contains(&key));
        listed(RELATED, is_called) && before.next().is_some_and(|word| listed(THIRD, word))
    }

    /// What stands right before the name, words that may stand between aside.
    fn nearest_word(&self, is_between: fn(&str) -> bool) -> &str {
        let mut before = self.before.iter().copied();
        before.find(|word| !is_between(word)).unwrap_or(self.label)
    }

    /// What stands before `bij`, words of time aside.
    fn far(&self) -> &str {
        let mut before = self.before.iter().copied();
        before.find(|word| *word == "bij");
        let mut before = before.skip_while(|word| listed(ADVERBS, word));
        before.next().unwrap_or_default()
    }

    /// `haar duocollega Joost Jansen`, `mentor: Joost Jansen`, `naast Joost Jansen`, `zit nu bij Joost Jansen`
    fn is_beside(&self) -> bool {
        let (near, _) = self.nearest();
        let is_placed = near == "bij" && listed(PLACED, self.far());
        let called = self.nearest_word(|key| listed(SKIPPED, key) || TITLES.contains(&key));
        is_placed || listed(NEXT_TO, near) || listed(RELATED, called)
    }

    fn is_instead(&self) -> bool {
        let (near, far) = self.nearest();
        let replaces = self
            .behind
            .iter()
            .take(3)
            .any(|word| listed(REPLACES, word));
        let is_taken_over = self
            .behind
            .first()
            .is_some_and(|word| listed(TAKES_OVER, word));
        let is_replaced = (replaces && listed(REPLACING, near)) || is_taken_over;
        is_replaced
            || listed(INSTEAD, near)
            || (matches!(near, "van" | "of") && listed(OF_WHOM, far))
            || (matches!(near, "voor" | "for") && listed(FOR_WHOM, far))
    }

    /// `Joost Jansen niet`, `Joost Jansen hoeft geen reset`
    fn is_negated(&self) -> bool {
        let all = || self.before.iter().chain(&self.behind);
        let has = |key: &str| all().any(|word| *word == key);
        let one_of = |list: &str| all().any(|word| listed(list, word));
        let needs_not = one_of(NEEDS) && (has("niet") || has("geen"));
        let fails = one_of(FAILS) || one_of(ABLE);
        let is_no_need = (has("niet") && has("nodig")) || (has("geen") && has("reset") && !fails);
        let works = self.works_elsewhere;
        let is_only_not = !works
            && matches!(self.behind[..], ["niet" | "not"] | ["dus" | "nog", "niet"])
            && self
                .before
                .iter()
                .all(|word| ["en", "maar", "and"].contains(word));
        let is_not = has("niet") || has("not");
        let denies = (is_not || one_of("geen nooit never")) && one_of(ASKED);
        let forbids = is_not && one_of(RESET) && !fails;
        needs_not || is_no_need || is_only_not || denies || forbids
    }

    /// `ook Joost Jansen niet`: whatever is said of somebody before.
    fn is_also_not(&self) -> bool {
        let mut all = self.before.iter().chain(&self.behind);
        all.any(|word| *word == "ook") && self.behind.contains(&"niet")
    }

    /// `de andere Joost Jansen`, `Joost Jansen junior`, `Joost Jansen van de andere locatie`
    fn is_namesake(&self) -> bool {
        let is_other = |key: &&str| listed(OTHER, key);
        let first = self.before.iter().find(|key| !TITLES.contains(key));
        let mut behind = self.behind.iter().copied();
        let (near, next) = (behind.next(), behind.next());
        let is_elsewhere = near.is_some_and(|key| listed("van op of from", key))
            && next.is_some_and(|key| listed("de het onze een the our", key))
            && behind.next().is_some_and(|key| listed(OTHER, key));
        let is_born = near.is_some_and(|key| listed("junior senior jr sr", key));
        first.is_some_and(is_other) || is_elsewhere || is_born
    }

    /// `Kunt u uitleggen hoe Joost …`, `Joost vroeg ernaar`
    fn is_asked_about(&self) -> bool {
        let explains = || self.before.iter().any(|key| listed(EXPLAINS, key));
        let (near, _) = self.nearest();
        let asks = self
            .behind
            .first()
            .is_some_and(|key| listed("vroeg vraagt wilde wil", key));
        let about = || {
            self.behind
                .iter()
                .take(5)
                .any(|key| listed("ernaar erover weten af", key))
        };
        (listed(HOW, near) && explains()) || near == "hoe" || (asks && about())
    }

    /// `het account van Joost blokkeren`
    fn is_put_away(&self) -> bool {
        let mut behind = self.behind.iter().take(GIVES);
        let (near, far) = self.nearest();
        let is_account = listed("van of", near) && listed("account accounts", far);
        behind.any(|key| listed(BLOCKS, key) || (is_account && listed(CLOSES, key)))
    }

    /// `op de telefoon van Joost`, `ingelogd met de code van Joost`, `zodat Joost …`
    fn is_lent(&self) -> bool {
        let (near, far) = self.nearest();
        let mut before = self.before.iter().skip_while(|key| **key != far).skip(1);
        let mut lent = before.by_ref().take(2);
        let is_thing = listed("van of", near) && listed(LENT, far);
        (is_thing && lent.any(|key| listed("op met via naar aan on with", key)))
            || listed("zodat opdat waarmee", near)
    }

    fn is_source(&self) -> bool {
        let (near, far) = self.nearest();
        let is_told = listed(BETWEEN, near) && listed(TOLD_BY, far);
        let mut behind = self.behind.iter().copied();
        let (first, second) = (behind.next().unwrap_or_default(), behind.next());
        let tells = match first {
            "geeft" | "gaf" => {
                let near = &self.behind[..self.behind.len().min(GIVES)];
                near.iter()
                    .any(|word| ["aan", "door", "akkoord", "toestemming"].contains(word))
            }
            "laat" | "liet" => second == Some("weten"),
            "wil" | "wilde" | "vindt" | "vond" | "wants" => self.behind.contains(&"dat"),
            "heeft" | "had" | "has" => self.behind.iter().any(|word| listed(HAS_TOLD, word)),
            first => listed(TELLS, first),
        };
        is_told || tells || listed(SOURCES, near) || listed(CONTACTS, self.label)
    }

    /// `De 2FA van Joost Jansen is gisteren gereset`
    fn is_done(&self) -> bool {
        let has = |list: &str| {
            self.before
                .iter()
                .chain(&self.behind)
                .any(|word| listed(list, word))
        };
        has(LATELY) && has(DONE)
    }

    /// Somebody else must be meant, where somebody else is asked for: it's done for this one, or it works.
    fn is_well_or_away(&self) -> bool {
        let all = || self.before.iter().chain(&self.behind);
        let has = |list: &str| all().any(|word| listed(list, word));
        let works = has(WORKS) && (has("wel") || (has("weer") && !has("niet")));
        let in_class = self.nearest().0 == "bij" && has("klas groep");
        let had = self
            .behind
            .first()
            .is_some_and(|word| listed("had hadden", word));
        has(AWAY) || works || in_class || self.is_done() || (has(LATELY) && had)
    }
}

fn needs(word: &Word) -> bool {
    listed(NEEDS, &word.key)
}

const fn ends_clause(word: &Word) -> bool {
    matches!(word.after, After::Comma | After::Break)
}

fn begins_clause(word: &Word) -> bool {
    matches!(word.key.as_str(), "maar" | "want" | "but" | "omdat")
}
