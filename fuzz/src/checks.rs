// What must hold for any bytes whatever. Driven by `cargo fuzz`, and by the suite on random bytes.

use std::sync::LazyLock;

use balie::domain::challenge::ChallengeCode;
use balie::domain::evidence::{DnsAnswer, Evidence, TxtAnswer};
use balie::domain::judge::{AccountFacts, DirectoryFacts, RequesterFacts, judge, spoken};
use balie::domain::lookalike::lookalike_of;
use balie::domain::mentioned::{Person, Said, asks, named};
use balie::domain::own_text;
use balie::domain::policy::Policy;
use balie::domain::timestamp::Timestamp;
use balie::domain::verdict::Verdict;
use balie::mail::regather;
use futures_util::FutureExt as _;

/// A genuine mail, signed by dkimpy.
const GENUINE: &[u8] =
    include_bytes!("../../tests/suite/mail/fixtures/good-rsa2048-relaxed-relaxed.eml");
const KEYS: &str = include_str!("../../tests/suite/mail/fixtures/dns.txt");

static RECORDED: LazyLock<Evidence> = LazyLock::new(|| {
    let records = KEYS.lines().filter_map(|line| line.split_once(' '));
    let policy = ("_dmarc.beatrixschool.nl", "v=DMARC1; p=reject");
    let answer = |(name, record): (&str, &str)| DnsAnswer {
        name: name.to_owned(),
        answer: TxtAnswer::Records(vec![record.to_owned()]),
        at: now(),
    };
    Evidence {
        dns: records.chain([policy]).map(answer).collect(),
        ..Evidence::default()
    }
});

fn now() -> Timestamp {
    Timestamp::from_seconds(1_800_000_000)
}

fn facts(evidence: &Evidence) -> DirectoryFacts {
    let on_file = evidence.from.as_deref() == Some("d.visser@beatrixschool.nl");
    DirectoryFacts {
        requester: on_file.then(|| RequesterFacts {
            name: "Daan Visser".into(),
            valid: true,
            domains: vec!["beatrixschool.nl".into()],
        }),
        desks: [("utrecht", "utrecht@otservicedesk.nl")]
            .iter()
            .filter_map(|(code, address)| Some((code.parse().ok()?, address.parse().ok()?)))
            .collect(),
        accounts: "j.jansen"
            .parse()
            .into_iter()
            .map(|username| AccountFacts {
                username,
                is_requester: false,
                same_name: false,
                named: None,
                covered: on_file,
                privileged: false,
                regions: "utrecht".parse().into_iter().collect(),
            })
            .collect(),
        ..DirectoryFacts::default()
    }
}

const HOLDER: Person<'static> = Person {
    username: "j.jansen",
    name: "Joost Jansen",
    work_email: "j.jansen@beatrixschool.nl",
};

/// Notes whom the mail speaks of, as the desk does.
fn name(evidence: &Evidence, facts: &mut DirectoryFacts) {
    let spoken = spoken(evidence, facts, now());
    let Some(reading) = spoken.reading.filter(|reading| reading.no_text.is_none()) else {
        return;
    };
    let said = Said {
        text: &reading.text,
        subject: spoken.subject,
        subject_names: spoken.subject_names,
        is_answer: spoken.is_answer,
        requester: "Daan Visser",
    };
    let found = named(&said, &[HOLDER]);
    for account in &mut facts.accounts {
        account.named = found.first().map(|(_, by)| *by);
    }
    facts.naming.asks = asks(&said);
}

/// What a person would be shown: the desk is told it, and the verdict rests on it.
struct Shown {
    evidence: Evidence,
    text: String,
    verdict: Verdict,
}

/// The mail's words and verdict, from the recorded keys alone.
fn judged(raw: &[u8]) -> Option<Shown> {
    // Nothing is waited for: nobody is asked.
    let evidence = regather(raw, &RECORDED, None).now_or_never()?.ok()?;
    let policy = Policy {
        max_age_hours: u32::MAX,
        ..Policy::default()
    };
    let mut facts = facts(&evidence);
    name(&evidence, &mut facts);
    let verdict = judge(&evidence, &facts, &policy, now()).verdict;
    let text = spoken(&evidence, &facts, now())
        .reading
        .map(|reading| reading.text.clone());
    Some(Shown {
        text: text.unwrap_or_default(),
        evidence,
        verdict,
    })
}

/// What genuine mails say, the one that is changed and the seeds.
static SAID: LazyLock<Vec<Shown>> = LazyLock::new(|| {
    let seeds: [&[u8]; 5] = [
        GENUINE,
        include_bytes!("../../tests/suite/mail/fixtures/good-rsa2048-relaxed-simple.eml"),
        include_bytes!("../../tests/suite/mail/fixtures/good-rsa2048-simple-simple.eml"),
        include_bytes!("../../tests/suite/mail/fixtures/good-ed25519-relaxed-relaxed.eml"),
        include_bytes!("../../tests/suite/mail/fixtures/good-blank-lines-end.eml"),
    ];
    seeds.into_iter().filter_map(judged).collect()
});

/// Any bytes: read without failing, and verified only when they say what a genuine mail says: not a letter
/// of what a person is shown may differ.
pub fn mail(raw: &[u8]) {
    let Some(shown) = judged(raw) else { return };
    if shown.verdict != Verdict::Verified {
        return;
    }
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let same = |genuine: &Shown| {
        let (a, b) = (&shown.evidence, &genuine.evidence);
        a.from == b.from
            && a.recipients().eq(b.recipients())
            && a.date == b.date
            && words(&a.subject) == words(&b.subject)
            && words(&shown.text) == words(&genuine.text)
    };
    assert!(SAID.iter().any(same), "{}", shown.text);
}

/// The genuine mail with a stretch of it replaced: `at` and `removed` are the first three bytes.
pub fn changed(raw: &[u8]) {
    let [high, low, removed, put @ ..] = raw else {
        return;
    };
    let at = usize::from(u16::from_be_bytes([*high, *low])) % GENUINE.len();
    let until = (at + usize::from(*removed)).min(GENUINE.len());
    let mut changed = GENUINE.to_vec();
    changed.splice(at..until, put.iter().copied());
    mail(&changed);
}

/// Texts that strangers write, where they are searched.
pub fn texts(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    for line in text.lines() {
        if ChallengeCode::said_yes_to(line).is_some() {
            let lower = line.to_lowercase();
            assert!(lower.contains("ja") || lower.contains("yes"));
            assert!(ChallengeCode::stands_in(line));
        }
    }
    let (own, below) = own_text::split(&text);
    assert!(text.contains(own) && text.ends_with(below));
    let said = Said {
        text: &text,
        subject: Some(&text),
        subject_names: true,
        is_answer: text.len() % 2 == 0,
        requester: "Daan Visser",
    };
    let _ = (named(&said, &[HOLDER]), asks(&said));
    let _ = lookalike_of(&text, &["beatrixschool.nl".to_owned()]);
}
