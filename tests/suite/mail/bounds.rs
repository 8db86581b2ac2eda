//! What a mail may cost: time and memory that it can't choose, and a record that has an end. The sizes that
//! a mail may have are measured by `benches/mail_bounds.py`; here they are such that an unoptimised build
//! would be seen to do more than one pass.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use balie::domain::request::evidence::{Evidence, TxtAnswer};
use balie::domain::request::mentioned::{Person, Said, asks, named};
use balie::domain::request::words::own_text;

use super::bombs::{BOMBS, Bomb};
use super::world::*;
use crate::support::long;

/// The most that the record of a mail may take up, in bytes.
const MOST_OF_RECORD: usize = 256 * 1024;

fn size() -> usize {
    if long() { 4 << 20 } else { 256 * 1024 }
}

#[track_caller]
fn record_has_an_end(what: &str, evidence: &Evidence) {
    let record = serde_json::to_string(evidence).unwrap().len();
    assert!(
        record <= MOST_OF_RECORD,
        "{what}: a record of {record} bytes"
    );
}

fn cost_of(world: &World, bomb: &Bomb, bytes: usize) -> Duration {
    let mail = bomb.of_size(bytes);
    let began = Instant::now();
    let evidence = world.gather(&mail).unwrap();
    let took = began.elapsed();
    let is_sound = evidence.malformed.is_empty();
    assert_eq!(
        is_sound, bomb.sound,
        "{}: {:?}",
        bomb.name, evidence.malformed
    );
    record_has_an_end(bomb.name, &evidence);
    took
}

#[test]
fn no_mail_chooses_what_it_costs() {
    let world = World::new();
    for bomb in BOMBS {
        let took = cost_of(&world, bomb, size());
        // One pass of an unoptimised build over this much takes a fraction of a second, on a busy machine.
        assert!(took < Duration::from_secs(20), "{}: {took:?}", bomb.name);
    }
}

/// Written to be measured from outside: `BALIE_BOMBS=DIR` and its size in MiB, `BALIE_BOMBS_MIB`.
#[test]
#[expect(clippy::disallowed_methods, reason = "benches/mail_bounds.py says so")]
fn the_bombs_can_be_measured_from_outside() {
    let Ok(folder) = std::env::var("BALIE_BOMBS") else {
        return;
    };
    let mib: usize = std::env::var("BALIE_BOMBS_MIB").unwrap().parse().unwrap();
    for bomb in BOMBS {
        let kind = if bomb.sound { "sound" } else { "malformed" };
        let name = bomb.name.replace([' ', ','], "-");
        let file = std::path::Path::new(&folder).join(format!("{kind}.{name}.eml"));
        std::fs::write(file, bomb.of_size((mib << 20) - 4096)).unwrap();
    }
}

#[test]
fn what_strangers_publish_in_dns_has_an_end() {
    let world = World::new();
    let record = format!("v=DKIM1; k=rsa; p={}", "A".repeat(9_000));
    let mut signatures = String::new();
    for number in 100..110 {
        world
            .dns
            .publish(&format!("s{number}._domainkey.evil.example"), &record);
        let _ = write!(
            signatures,
            "DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=s{number}; h=from; bh=AAAA; b=A{number}\r\n"
        );
    }
    let mail = format!("{signatures}{}", world.mail_of("x@evil.example", DESK));
    let evidence = world.gather(mail.as_bytes()).unwrap();
    assert_eq!(evidence.signatures.len(), 10);
    record_has_an_end("ten long keys", &evidence);
    let of_evil = evidence
        .dns
        .iter()
        .filter(|answer| answer.name.ends_with("evil.example"));
    assert!(
        of_evil
            .into_iter()
            .all(|answer| answer.answer == TxtAnswer::Absent)
    );
}

#[test]
fn a_mail_is_read_in_two_ways_at_most() {
    use mail_auth::dkim::Canonicalization::{Relaxed, Simple};
    let world = World::new();
    // Control characters take up most in the record; blanks at a line's end are read in one form alone.
    let mail = world
        .mail()
        .replace("servicedesk,", "servicedesk,  ")
        .replace("Groet,", &"\u{1}".repeat(20_000));
    let some = &SIGNED[..6];
    let mut signed = mail.clone();
    for (body, fields) in [
        (Relaxed, &SIGNED[..]),
        (Simple, &SIGNED[..]),
        (Relaxed, some),
        (Simple, some),
    ] {
        signed = sign(
            rsa(),
            &signed,
            Shape {
                fields,
                body,
                ..Shape::default()
            },
        );
    }
    let evidence = world.gather(signed.as_bytes()).unwrap();
    assert!(evidence.readings.len() <= 2, "{}", evidence.readings.len());
    record_has_an_end("four signatures", &evidence);
    let unread = evidence
        .signatures
        .iter()
        .filter(|signature| signature.reading.is_none());
    for signature in unread {
        assert!(
            signature
                .strict_faults
                .iter()
                .any(|fault| fault.contains("more ways")),
            "{signature:#?}"
        );
    }
}

#[test]
fn a_text_of_nothing_but_a_common_name_is_searched_in_one_pass() {
    // As in a large region: one in a hundred is a Jansen, one in two hundred a Janssen.
    let name = |n: usize| {
        let first = ["Jan", "Joost", "Jo"][n % 3];
        match n % 200 {
            0 | 1 => format!("{first} Jansen"),
            2 => format!("{first} Janssen"),
            _ => format!("{first} van Achter{n}"),
        }
    };
    let names: Vec<String> = (0..20_000).map(name).collect();
    let people: Vec<Person<'_>> = names
        .iter()
        .map(|name| Person {
            username: "x",
            name,
            work_email: "x@school.nl",
        })
        .collect();
    for text in [
        "J. Jansen ".repeat(1_600),
        "mevrouw Jansen van de Jansen ".repeat(500),
        "Jan ".repeat(4_000),
    ] {
        let said = Said {
            is_answer: false,
            text: own_text::split(&text),
            subject: None,
            subject_names: false,
            requester: "Daan Visser",
        };
        let began = Instant::now();
        assert!(named(&said, &people).is_empty(), "it fits hundreds of them");
        assert!(!asks(&said));
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "{:?}",
            began.elapsed()
        );
    }
}
