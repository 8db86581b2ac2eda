// What must hold for any bytes whatever. Driven by `cargo fuzz`, and by the suite on random bytes.

use std::sync::LazyLock;

use balie::domain::challenge::ChallengeCode;
use balie::domain::evidence::{DnsAnswer, Evidence, TxtAnswer};
use balie::domain::judge::{AccountFacts, DirectoryFacts, RequesterFacts, judge};
use balie::domain::lookalike::lookalike_of;
use balie::domain::mentioned::MailWords;
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
                covered: on_file,
                privileged: false,
                regions: "utrecht".parse().into_iter().collect(),
            })
            .collect(),
        ..DirectoryFacts::default()
    }
}

/// The mail's evidence and verdict, from the recorded keys alone.
fn judged(raw: &[u8]) -> Option<(Evidence, Verdict)> {
    // Nothing is waited for: nobody is asked.
    let evidence = regather(raw, &RECORDED, None).now_or_never()?.ok()?;
    let policy = Policy {
        max_age_hours: u32::MAX,
        ..Policy::default()
    };
    let verdict = judge(&evidence, &facts(&evidence), &policy, now()).verdict;
    Some((evidence, verdict))
}

/// Any bytes: read without failing, and verified only when they say what the genuine mail says.
pub fn mail(raw: &[u8]) {
    static SAID: LazyLock<Option<Evidence>> =
        LazyLock::new(|| judged(GENUINE).map(|(evidence, _)| evidence));
    let Some((evidence, Verdict::Verified)) = judged(raw) else {
        return;
    };
    let Some(genuine) = SAID.as_ref() else { return };
    assert_eq!(evidence.from, genuine.from);
    assert_eq!(evidence.recipients, genuine.recipients);
    assert_eq!(evidence.date, genuine.date);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(&evidence.subject), words(&genuine.subject));
    // The seeds differ in white space and, one of them, in having no text at all.
    let is_empty = evidence.text.trim().is_empty();
    assert!(is_empty || evidence.body_sha256 == genuine.body_sha256);
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
    if ChallengeCode::said_yes_to(&text).is_some() {
        assert!(text.to_lowercase().contains("ja") || text.to_lowercase().contains("yes"));
    }
    let words = MailWords::of(&text, &text);
    let _ = words.mention("j.jansen", "Joost Jansen", "j.jansen@beatrixschool.nl");
    let _ = lookalike_of(&text, &["beatrixschool.nl".to_owned()]);
}
