// What must hold for any bytes whatever. Driven by `cargo fuzz`, and by the suite on random bytes.

use std::sync::LazyLock;

use balie::domain::policy::Policy;
use balie::domain::request::challenge::ChallengeCode;
use balie::domain::request::evidence::{DnsAnswer, Evidence, TxtAnswer};
use balie::domain::request::judge::{AccountFacts, DirectoryFacts, RequesterFacts, judge, spoken};
use balie::domain::request::lookalike::lookalike_of;
use balie::domain::request::mentioned::{Person, Said, asks, named};
use balie::domain::request::verdict::Verdict;
use balie::domain::request::words::own_text;
use balie::domain::timestamp::Timestamp;
use balie::mail::regather;
use futures_util::FutureExt as _;

macro_rules! folder {
    ($folder:literal: $($name:literal)*) => {
        &[$(include_bytes!(concat!("../../tests/suite/mail/", $folder, "/", $name, ".eml")).as_slice()),*]
    };
}

/// Mails that dkimpy signed: plain ones, and those of the large providers with what attacks make of them.
pub const SEEDS: [&[&[u8]]; 2] = [
    folder!("fixtures": "good-rsa2048-relaxed-relaxed" "good-rsa2048-relaxed-simple" "good-rsa2048-simple-simple"
        "good-ed25519-relaxed-relaxed" "good-blank-lines-end" "good-blanks-simple"),
    folder!("providers/fixtures": "verified-google" "verified-microsoft-blanks" "verified-microsoft-line"
        "verified-microsoft-subject" "verified-transip" "verified-transip-simple" "challenge-microsoft-no-line"
        "hostile-google-base64" "hostile-microsoft-injected" "hostile-tenant" "hostile-transip-base64"),
];
const KEYS: [&str; 2] = [
    include_str!("../../tests/suite/mail/fixtures/dns.txt"),
    include_str!("../../tests/suite/mail/providers/fixtures/dns.txt"),
];
/// The most that the record of a mail may take up, in bytes.
const MOST_OF_RECORD: usize = 256 * 1024;

static RECORDED: LazyLock<Evidence> = LazyLock::new(|| {
    let lines = KEYS.iter().flat_map(|keys| keys.lines());
    let records = lines.filter_map(|line| line.split_once(' '));
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
            regions: Vec::new(),
        }),
        desks: [
            ("utrecht", "utrecht@otservicedesk.nl"),
            ("noord", "noord@otservicedesk.nl"),
        ]
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
    let Some(said) = spoken.said("Daan Visser") else {
        return;
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
    if evidence.size > 4_096 || !evidence.malformed.is_empty() {
        let record = serde_json::to_string(&evidence).map_or(0, |record| record.len());
        assert!(record <= MOST_OF_RECORD, "a record of {record} bytes");
    }
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

/// The seeds that are genuine, and what they say.
static SAID: LazyLock<Vec<(&[u8], Shown)>> = LazyLock::new(|| {
    let seeds = SEEDS.iter().copied().flatten().copied();
    let judged = seeds.filter_map(|seed| Some((seed, judged(seed)?)));
    let genuine: Vec<_> = judged
        .filter(|(_, shown)| shown.verdict == Verdict::Verified)
        .collect();
    assert!(genuine.len() >= 5, "{} seeds are verified", genuine.len());
    genuine
});

/// What the seeds say that somebody only put another encoding on: a mutation may take it off again.
static UNDONE: LazyLock<Vec<Shown>> = LazyLock::new(|| {
    let seeds = SEEDS.iter().copied().flatten();
    let undone = seeds.filter_map(|seed| {
        let text = std::str::from_utf8(seed).ok()?;
        let (before, after) = text.split_once("Content-Transfer-Encoding: base64\r\n")?;
        let undone = judged(format!("{before}{after}").as_bytes())?;
        (undone.verdict == Verdict::Verified).then_some(undone)
    });
    undone.collect()
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
            && a.date == b.date
            && words(&a.subject) == words(&b.subject)
            && words(&shown.text) == words(&genuine.text)
    };
    let said = SAID.iter().map(|(_, said)| said);
    assert!(said.chain(&*UNDONE).any(same), "{}", shown.text);
}

/// A genuine mail with stretches of it replaced: which one, then for each stretch where it begins (two
/// bytes), how much is taken out and how much is put in.
pub fn changed(raw: &[u8]) {
    let [which, rest @ ..] = raw else { return };
    let genuine = SAID[usize::from(*which) % SAID.len()].0;
    let (mut changed, mut rest) = (genuine.to_vec(), rest);
    while let [high, low, removed, put, more @ ..] = rest {
        let at = usize::from(u16::from_be_bytes([*high, *low])) % changed.len().max(1);
        let until = (at + usize::from(*removed)).min(changed.len());
        let (put, more) = more.split_at(usize::from(*put).min(more.len()));
        changed.splice(at..until, put.iter().copied());
        rest = more;
    }
    mail(&changed);
}

/// Fields that somebody on the way could wish to be read, or that cost something.
const FIELDS: [&str; 32] = [
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "Content-ID",
    "MIME-Version",
    "To",
    "Cc",
    "Reply-To",
    "Sender",
    "From",
    "Date",
    "Subject",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Received",
    "Authentication-Results",
    "ARC-Seal",
    "ARC-Message-Signature",
    "ARC-Authentication-Results",
    "DKIM-Signature",
    "Auto-Submitted",
    "List-ID",
    "List-Unsubscribe",
    "Precedence",
    "Return-Path",
    "Resent-From",
    "X-MS-Exchange-SenderADCheck",
    "X-Auto-Response-Suppress",
    "Delivered-To",
    "X-A",
    "Bcc",
];

/// A genuine mail with fields of these bytes put in, taken out and moved, and blanks put where a relaxed
/// signature doesn't see them: what is read stays what it was, unless the verdict drops.
pub fn structure(raw: &[u8]) {
    let [which, rest @ ..] = raw else { return };
    let (genuine, said) = &SAID[usize::from(*which) % SAID.len()];
    let genuine = String::from_utf8_lossy(genuine).replace("\r\n", "\n");
    let (header, body) = genuine.split_once("\n\n").unwrap_or((&genuine, ""));
    let mut fields: Vec<String> = header
        .replace("\n ", "\n\0")
        .replace("\n\t", "\n\0")
        .split('\n')
        .fold(Vec::new(), |mut fields: Vec<String>, line| {
            match (line.strip_prefix('\0'), fields.last_mut()) {
                (Some(more), Some(last)) => {
                    last.push_str("\r\n ");
                    last.push_str(more);
                }
                _ => fields.push(line.to_owned()),
            }
            fields
        });
    let mut lines: Vec<Vec<u8>> = body
        .split('\n')
        .map(|line| line.as_bytes().to_vec())
        .collect();
    let mut rest = rest;
    while let [what, at, length, more @ ..] = rest {
        let (value, more) = more.split_at(usize::from(*length).min(more.len()));
        let name = FIELDS[usize::from(*what) % FIELDS.len()];
        let place = usize::from(*at) % (fields.len() + 1);
        let line = usize::from(*at) % lines.len();
        match what / 32 {
            0..=2 => fields.insert(place, format!("{name}: {}", String::from_utf8_lossy(value))),
            3 => fields.retain(|field| {
                !field
                    .to_ascii_lowercase()
                    .starts_with(&format!("{}:", name.to_ascii_lowercase()))
            }),
            4 if place < fields.len() => {
                let moved = fields.remove(place);
                fields.push(moved);
            }
            5 => lines[line].extend_from_slice(b" \t "),
            6 => lines.insert(line, b" ".to_vec()),
            _ => lines.push(b" \t".to_vec()),
        }
        rest = more;
    }
    let mut changed = fields.join("\r\n").into_bytes();
    changed.extend_from_slice(b"\r\n\r\n");
    changed.extend_from_slice(&lines.join(&b"\r\n"[..]));
    let Some(shown) = judged(&changed) else {
        return;
    };
    if shown.verdict == Verdict::Verified {
        assert_eq!(shown.evidence.date, said.evidence.date);
        assert_eq!(shown.evidence.subject, said.evidence.subject);
        assert!(
            shown
                .text
                .split_whitespace()
                .eq(said.text.split_whitespace()),
            "{}",
            shown.text
        );
    }
}

/// What bodies are built of.
const PIECES: [&str; 32] = [
    "--B\r\n",
    "--B--\r\n",
    "--C\r\n",
    "--C--\r\n",
    "\r\n",
    "\r\n\r\n",
    " ",
    "Content-Type: text/plain; charset=",
    "utf-8",
    "utf-7",
    "iso-2022-jp",
    "windows-1252",
    "Content-Type: text/html\r\n",
    "Content-Type: multipart/alternative; boundary=C\r\n",
    "Content-Type: multipart/digest; boundary=\"C\"\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Content-Disposition: attachment; filename=\"a.ics\"\r\n",
    "Content-Type: text/calendar; method=REPLY\r\n",
    "METHOD:COUNTER\r\n",
    "R3JhYWcgMkZB",
    "=C3=AB=\r\n",
    "Graag de 2FA van Joost Jansen\r\n",
    "<p>Hallo</p>",
    "boundary=",
    "boundary*0*=utf-8''",
    "=?utf-8?q?a?=",
    "> ",
    "Van: ",
    ";",
    "--",
];

/// A body of such pieces: read without failing, in a record that has an end, and never proven.
pub fn parts(raw: &[u8]) {
    let mut mail = b"From: Daan Visser <d.visser@beatrixschool.nl>\r\nTo: utrecht@otservicedesk.nl\r\nSubject: 2FA\r\n\
        Date: Mon, 21 Sep 2026 14:03:20 +0000\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
        .to_vec();
    for byte in raw {
        match PIECES.get(usize::from(*byte)) {
            Some(piece) => mail.extend_from_slice(piece.as_bytes()),
            None => mail.push(*byte),
        }
    }
    if let Some(shown) = judged(&mail) {
        assert_ne!(shown.verdict, Verdict::Verified);
        let record = serde_json::to_string(&shown.evidence).map_or(0, |record| record.len());
        assert!(record <= MOST_OF_RECORD, "a record of {record} bytes");
    }
}

/// Texts that strangers write, where they are searched.
pub fn texts(raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    for line in text.lines() {
        if ChallengeCode::said_yes_in(&own_text::split(line)).is_ok() {
            let lower = line.to_lowercase();
            assert!(lower.contains("ja") || lower.contains("yes"));
            assert!(ChallengeCode::stands_in(line));
        }
    }
    let parted = own_text::split(&text);
    assert!(text.contains(parted.own) && text.ends_with(parted.below));
    let said = Said {
        text: parted,
        subject: Some(&text),
        subject_names: true,
        is_answer: text.len().is_multiple_of(2),
        requester: "Daan Visser",
    };
    let _ = (named(&said, &[HOLDER]), asks(&said));
    let _ = lookalike_of(&text, &["beatrixschool.nl".to_owned()]);
}
