use std::fmt::Write as _;
use std::time::{Duration, Instant};

use balie::domain::policy::Policy;
use balie::domain::request::verdict::{CheckResult, Verdict};
use balie::mail::NotAMail;

use super::world::*;

/// Rejected as malformed, soon, and whoever reads on finds no more than is bounded.
#[track_caller]
fn is_malformed(world: &World, what: &str, raw: impl AsRef<[u8]>) {
    let began = Instant::now();
    let judgement = world.judge(raw);
    assert_eq!(judgement.verdict, Verdict::Rejected, "{what}");
    assert_eq!(
        judgement.checks[0].result,
        CheckResult::Fail,
        "{what}: {:#?}",
        judgement.checks
    );
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{what} took {:?}",
        began.elapsed()
    );
}

#[test]
fn bombs_are_bounded() {
    let world = World::new();
    let mail = world.mail();
    let (header, _) = mail.split_once("\r\n\r\n").unwrap();
    let many_fields = format!("{}{mail}", "X-A: b\r\n".repeat(100_000));
    is_malformed(&world, "100,000 fields", many_fields);
    is_malformed(
        &world,
        "a long line",
        format!("X-A: {}\r\n{mail}", "a".repeat(5 << 20)),
    );
    is_malformed(
        &world,
        "a long header",
        format!(
            "{}{mail}",
            format!("X-A: {}\r\n", "a".repeat(900)).repeat(80)
        ),
    );
    let mut nested = String::new();
    for level in 0..200 {
        let _ = write!(
            nested,
            "--b{level}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n",
            level + 1
        );
    }
    let nested = format!(
        "{}\r\n\r\n{nested}",
        header.replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b0")
    );
    is_malformed(&world, "200 levels", nested);
    let parts = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(2_000);
    let parts = format!(
        "{}\r\n\r\n{parts}--b--\r\n",
        header.replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b")
    );
    is_malformed(&world, "2,000 parts", parts);
    let mut inner = mail.clone();
    for _ in 0..40 {
        inner = format!(
            "{}\r\n\r\n{inner}",
            header.replace("text/plain; charset=utf-8", "message/rfc822")
        );
    }
    is_malformed(&world, "40 mails in a mail", inner);
    let mut signatures = String::new();
    for number in 100..300 {
        let _ = write!(
            signatures,
            "DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=a; h=from; bh=AAAA; b=A{number}\r\n"
        );
    }
    let evidence = world
        .gather(format!("{signatures}{mail}").as_bytes())
        .unwrap();
    assert!(
        evidence.signatures.len() <= 10 && evidence.more_signatures == 190,
        "{}",
        evidence.more_signatures
    );
    assert!(matches!(
        world.gather(&vec![b'a'; 50 << 20]),
        Err(NotAMail::TooBig)
    ));
}

#[test]
fn broken_mails_have_a_defined_outcome() {
    let world = World::new();
    let signed = sign(rsa(), &world.mail(), Shape::default());
    for (what, raw) in [
        ("mixed line ends", signed.replacen("\r\n", "\n", 3)),
        (
            "bare LF in the body",
            signed.replace("Groet,\r\n", "Groet,\n"),
        ),
        (
            "cut off in the header",
            signed[..signed.find("Date").unwrap()].to_owned(),
        ),
        ("no Date", signed.replace("Date:", "X-Date:")),
        ("a folded line on top", format!(" x\r\n{signed}")),
        (
            "a line that is no field",
            signed.replace("Subject:", "Subject"),
        ),
        (
            "a control character",
            signed.replace("Subject: 2FA", "Subject: 2\u{1}FA"),
        ),
    ] {
        is_malformed(&world, what, raw);
    }
    // What programs put in front of a mail when they save it is left out, and said.
    for front in [
        "From d.visser@beatrixschool.nl Mon Sep 21 14:13:20 2026\r\n",
        "\r\n",
        "\u{feff}",
    ] {
        let judgement = world.judge(format!("{front}{signed}"));
        is_verified(front, &judgement);
        assert!(judgement.checks[0].detail.whole().contains("was left out") || front == "\r\n");
    }
    // Without its final line end, or with one more, a relaxed body says the same.
    let judgement = world.judge(signed.trim_end());
    is_verified("no final newline", &judgement);
    for raw in ["", " \r\n", "\0", "no field at all"] {
        assert!(world.gather(raw.as_bytes()).is_err(), "{raw:?}");
    }
}

#[test]
fn charset_lies_and_broken_encodings_are_shown_and_never_fail() {
    let world = World::new();
    let (header, _) = world
        .mail()
        .split_once("\r\n\r\n")
        .map(|(h, b)| (h.to_owned(), b.to_owned()))
        .unwrap();
    for (charset, encoding, body) in [
        ("utf-8", "8bit", b"Zo\xeb \xff\xfe".as_slice()),
        ("utf-16", "7bit", b"plain ascii"),
        ("utf-7", "7bit", b"+AGEAYgBj-"),
        ("iso-2022-jp", "7bit", b"\x1b$B\x21\x21"),
        ("no-such-charset", "8bit", b"Zo\xc3\xab"),
        ("utf-8", "base64", b"!!!! not base64 ===="),
        ("utf-8", "quoted-printable", b"=ZZ=\r\n=4"),
        ("utf-8", "x-uuencode", b"begin 644 x\r\nend"),
    ] {
        let header = header.replace("charset=utf-8", &format!("charset={charset}"));
        let mut raw =
            format!("{header}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n").into_bytes();
        raw.extend_from_slice(body);
        let evidence = world.gather(&raw).unwrap();
        assert!(
            evidence.malformed.is_empty(),
            "{charset} {encoding}: {:?}",
            evidence.malformed
        );
        assert_ne!(world.judge(&raw).verdict, Verdict::Verified);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_make_it_fail(raw in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400), header in "(From|To|DKIM-Signature|ARC-Seal|Authentication-Results|Date|Content-Type)") {
        thread_local!(static WORLD: World = World::new());
        WORLD.with(|world| {
            let _ = world.gather(&raw);
            let mut mail = format!("{header}: ").into_bytes();
            mail.extend_from_slice(&raw);
            if let Ok(evidence) = world.gather(&mail) {
                let judgement = balie::domain::request::judge::judge(&evidence, &facts(&evidence), &Policy::default(), world.now);
                assert_ne!(judgement.verdict, Verdict::Verified);
            }
        });
    }
}
