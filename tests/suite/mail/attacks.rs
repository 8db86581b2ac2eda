use balie::domain::request::evidence::TxtAnswer;
use balie::domain::request::verdict::Verdict;
use mail_auth::common::crypto::SigningKey;

use super::world::*;

const TAGS: &str = "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa";

fn with(mail: &str, from: &str, to: &str) -> String {
    assert!(mail.contains(from), "{from}");
    mail.replacen(from, to, 1)
}

fn evil(world: &World, domain: &str, mail: &str) -> String {
    world
        .dns
        .publish(&format!("s._domainkey.{domain}"), &ed25519_record(9));
    world
        .dns
        .publish(&format!("_dmarc.{domain}"), "v=DMARC1; p=reject");
    sign(
        ed25519(9),
        mail,
        Shape {
            domain,
            selector: "s",
            ..Shape::default()
        },
    )
}

#[test]
fn a_sender_who_is_somebody_else_is_never_verified() {
    let world = World::new();
    let spoofed = world.mail();
    is_caught("no signature", &world.judge(&spoofed), "dkim");
    is_caught(
        "unaligned signature",
        &world.judge(evil(&world, "evil.example", &spoofed)),
        "dmarc",
    );
    for (what, from, by) in [
        (
            "display name",
            "\"Daan Visser d.visser@beatrixschool.nl\" <x@evil.example>",
            "requester_known",
        ),
        ("look-alike", "d.visser@beatrixsch0ol.nl", "lookalike"),
        ("another ending", "d.visser@beatrixschool.com", "lookalike"),
        (
            "punycode twin",
            "d.visser@xn--beatrixschol-tgg.nl",
            "requester_known",
        ),
        (
            "sub-domain",
            "d.visser@mail.beatrixschool.nl",
            "requester_known",
        ),
        ("a teacher", "j.jansen@beatrixschool.nl", "requester_known"),
        ("tagged", "d.visser+x@beatrixschool.nl", "requester_known"),
        ("dotted", "dvisser@beatrixschool.nl", "requester_known"),
    ] {
        let domain = from.rsplit_once('@').unwrap().1.trim_end_matches('>');
        let mail = world.mail_of(from, DESK);
        is_caught(what, &world.judge(evil(&world, domain, &mail)), by);
    }
}

#[test]
fn a_from_field_that_reads_two_ways_is_never_verified() {
    let world = World::new();
    let mail = world.mail();
    let address = "d.visser@beatrixschool.nl";
    for from in [
        "d.visser@beatrixschool.nl, x@evil.example",
        "x@evil.example, d.visser@beatrixschool.nl",
        "g: d.visser@beatrixschool.nl;",
        "<@evil.example,@b:d.visser@beatrixschool.nl>",
        "d.visser@beatrixschool.nl (x@evil.example)",
        "(x@evil.example) d.visser@beatrixschool.nl",
        "\"d.visser\"@beatrixschool.nl",
        "<d.visser@\r\n beatrixschool.nl>",
        "<d.visser @beatrixschool.nl>",
        "=?utf-8?Q?d.visser=40beatrixschool.nl?=",
        "=?utf-8?Q?=3Cx=40evil.example=3E?= <d.visser@beatrixschool.nl",
        "<d.visser@beatrixschool.nl> <x@evil.example>",
        "x@evil.example <d.visser@beatrixschool.nl>",
        "<d.visser@beatrixschool.nl>x",
        "d.visser@be\u{200b}atrixschool.nl",
        "d.visser@[127.0.0.1]",
        "",
    ] {
        let signed = sign(rsa(), &with(&mail, DIRECTOR, from), Shape::default());
        is_caught(from, &world.judge(signed), "single_sender");
    }
    let signed = sign(rsa(), &mail, Shape::default());
    for (what, forged) in [
        ("From on top", format!("From: x@evil.example\r\n{signed}")),
        (
            "From below",
            with(&signed, "To:", "From: x@evil.example\r\nTo:"),
        ),
        (
            "From with a blank",
            with(&signed, "To:", "From : x@evil.example\r\nTo:"),
        ),
        ("NUL", with(&signed, address, "d.visser@beatrixschool.nl\0")),
        (
            "bare CR",
            with(
                &signed,
                "Subject: 2FA",
                "Subject: 2FA\rFrom: x@evil.example",
            ),
        ),
        (
            "two Dates",
            with(
                &signed,
                "To:",
                "Date: Mon, 1 Jan 2024 00:00:00 +0000\r\nTo:",
            ),
        ),
        ("two Subjects", with(&signed, "To:", "Subject: x\r\nTo:")),
    ] {
        is_caught(what, &world.judge(&forged), "well_formed");
        assert_eq!(world.judge(&forged).verdict, Verdict::Rejected, "{what}");
    }
    let double = with(&mail, "To:", "From: x@evil.example\r\nTo:");
    is_caught(
        "signed with two",
        &world.judge(sign(rsa(), &double, Shape::default())),
        "single_sender",
    );
}

#[test]
fn a_signature_that_covers_too_little_is_never_verified() {
    let world = World::new();
    let mail = world.mail();
    // Content-Type may be left out: the plain text tells what it is.
    for (missing, by) in [
        ("From", "dkim"),
        ("To", "addressed_to_desk"),
        ("Subject", "dkim"),
        ("Date", "dkim"),
    ] {
        let fields: Vec<&str> = SIGNED.into_iter().filter(|name| *name != missing).collect();
        let signed = sign(
            rsa(),
            &mail,
            Shape {
                fields: &fields,
                ..Shape::default()
            },
        );
        is_caught(missing, &world.judge(&signed), by);
    }
    for (what, field) in [
        ("Reply-To", "Reply-To: x@evil.example"),
        ("Sender", "Sender: x@evil.example"),
    ] {
        let signed = sign(rsa(), &mail, Shape::default());
        is_caught(
            what,
            &world.judge(with(&signed, "To:", &format!("{field}\r\nTo:"))),
            "dkim",
        );
        let before = sign(
            rsa(),
            &with(&mail, "To:", &format!("{field}\r\nTo:")),
            Shape::default(),
        );
        is_caught(what, &world.judge(before), "dkim");
    }
    let changed = sign(rsa(), &mail, Shape::default());
    for (from, to) in [
        ("j.jansen", "z.celik"),
        ("2FA van", "2FB van"),
        ("utrecht@", "noord@"),
        ("Groet", "Gr0et"),
    ] {
        is_caught(from, &world.judge(with(&changed, from, to)), "dkim");
    }
    let length = sign_with_tags(&rsa(), &mail, &SIGNED, &format!("{TAGS}; l=20"));
    is_caught(
        "l=",
        &world.judge(format!("{length}\r\nen ook z.celik\r\n")),
        "dkim",
    );
}

#[test]
fn odd_tags_are_never_verified() {
    let world = World::new();
    let mail = world.mail();
    let now = world.now.as_seconds();
    is_verified(
        "plain tags",
        &world.judge(sign_with_tags(&rsa(), &mail, &SIGNED, TAGS)),
    );
    let expired = format!("{TAGS}; t={}; x={}", now - 100, now - 1);
    let future = format!("{TAGS}; t={}", now + 1_000);
    world
        .dns
        .publish("a._domainkey.beatrixschool.nl", &rsa_record());
    world
        .dns
        .publish("rsa._domainkey.evil.example", &rsa_record());
    for tags in [
        expired.as_str(),
        future.as_str(),
        "a=rsa-sha256; d=beatrixschool.nl; s=rsa",
        "v=2; a=rsa-sha256; d=beatrixschool.nl; s=rsa",
        "v=1; v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa",
        "v=1; a=rsa-sha256; d=evil.example; d=beatrixschool.nl; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl; d=evil.example; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa; q=http",
        "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa; l=0",
        "v=1; a=rsa-sha256; d=nl; s=rsa",
        "v=1; a=rsa-sha256; d=mail.beatrixschool.nl; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl.evil.example; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl'a.evil.example; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl(x; s=rsa",
        "v=1; a=rsa-sha256; d=.beatrixschool.nl; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl.; s=rsa",
        "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa._domainkey.evil.example",
        "v=1; a=rsa-sha256; d=evil.example; s=rsa; atps=beatrixschool.nl; atpsh=none",
        "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa; i=@evil.example",
        "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa; i=j.jansen@beatrixschool.nl",
        "v=1; a=rsa-sha1; d=beatrixschool.nl; s=rsa",
        "v=1; a=rsa-sha256; d=devecht.nl; s=rsa",
    ] {
        is_caught(
            tags,
            &world.judge(sign_with_tags(&rsa(), &mail, &SIGNED, tags)),
            "dkim",
        );
    }
}

#[test]
fn a_twin_does_not_make_up_for_what_a_signature_says() {
    let world = World::new();
    let odd = sign_with_tags(&rsa(), &world.mail(), &SIGNED, &format!("{TAGS}; q=http"));
    let b = odd
        .split_once("\r\n")
        .unwrap()
        .0
        .rsplit_once("; b=")
        .unwrap()
        .1;
    let twin = format!(
        "DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=x; h=from; bh=AAAA; b={b}\r\n{odd}"
    );
    is_caught("a twin", &world.judge(twin), "dkim");
}

#[test]
fn a_mail_to_somebody_else_is_never_verified_however_its_recipients_are_written() {
    let world = World::new();
    let from = "d.visser@beatrixschool.nl";
    for to in [
        "\"=?utf-8?Q?a.\" <x?=@evil.example>, \"utrecht@otservicedesk.nl, z\" <y@evil.example>",
        "\"utrecht@otservicedesk.nl\" <y@evil.example>",
        "=?utf-8?Q?utrecht=40otservicedesk.nl?= <y@evil.example>",
        "=?utf-8?Q?=22_=3Cutrecht=40otservicedesk.nl=3E=2C_=22?= <y@evil.example>",
        "(utrecht@otservicedesk.nl) y@evil.example",
        "y@evil.example (, utrecht@otservicedesk.nl,)",
    ] {
        let signed = sign(rsa(), &world.mail_of(from, to), Shape::default());
        is_caught(to, &world.judge(signed), "addressed_to_desk");
    }
    for to in [
        "Servicedesk <Utrecht@OTservicedesk.nl>",
        "\"De Vries, N.\" <n@school.nl>, =?utf-8?Q?B=C3=A8ta?= <utrecht@otservicedesk.nl>",
    ] {
        let signed = sign(rsa(), &world.mail_of(from, to), Shape::default());
        is_verified(to, &world.judge(signed));
    }
}

#[test]
fn how_a_text_is_read_can_not_be_changed_after_signing() {
    let world = World::new();
    // Many servers sign no encoding.
    let fields = Shape {
        fields: &SIGNED[..7],
        ..Shape::default()
    };
    let signed = sign(rsa(), &world.mail(), fields);
    for field in [
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: x-uuencode",
        "Content-Disposition: attachment",
    ] {
        is_caught(
            field,
            &world.judge(with(&signed, "Subject: ", &format!("{field}\r\nSubject: "))),
            "dkim",
        );
    }
    let plain = with(
        &world.mail(),
        "Subject: ",
        "Content-Transfer-Encoding: 8bit\r\nSubject: ",
    );
    is_verified("8bit", &world.judge(sign(rsa(), &plain, fields)));
    let twice = format!("Content-Transfer-Encoding: 8bit\r\n{plain}");
    is_caught(
        "twice",
        &world.judge(sign(rsa(), &twice, Shape::default())),
        "well_formed",
    );
}

#[test]
fn what_a_program_sends_is_never_verified() {
    let world = World::new();
    let kind = kind_of_mail();
    let part = |kind: &str| {
        let head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHoi\r\n--b\r\n";
        with(&world.mail(), kind_of_mail(), &format!("{head}{kind}")) + "\r\n--b--\r\n"
    };
    for mail in [
        with(
            &world.mail(),
            kind,
            "Content-Type: text/calendar; method=REPLY",
        ),
        with(&world.mail(), "Subject: ", "X-Autoreply: yes\r\nSubject: "),
        part("Content-Type: text/calendar; method=REPLY"),
        part("Content-Type: multipart/report; boundary=c"),
        part("Content-Type: message/disposition-notification"),
    ] {
        let judgement = world.judge(sign(rsa(), &mail, Shape::default()));
        is_caught(&mail, &judgement, "written_by_person");
    }
}

fn kind_of_mail() -> &'static str {
    "Content-Type: text/plain; charset=utf-8"
}

#[test]
fn a_domain_that_does_not_answer_keeps_no_answer_from_another() {
    let world = World::new();
    world.dns.say_nothing_about("evil.example");
    let mail = world.mail_of("x@slow.evil.example", DESK);
    let slow = Shape {
        domain: "slow.evil.example",
        selector: "s",
        ..Shape::default()
    };
    let stuck = world
        .gather(sign(ed25519(9), &mail, slow).as_bytes())
        .unwrap();
    assert!(
        stuck
            .dns
            .iter()
            .all(|answer| matches!(answer.answer, TxtAnswer::Unreachable(_)))
    );
    is_verified(
        "the next",
        &world.judge(sign(rsa(), &world.mail(), Shape::default())),
    );
}

#[test]
fn odd_keys_are_never_verified() {
    let world = World::new();
    let name = "rsa._domainkey.beatrixschool.nl";
    let key = rsa_record();
    let signed = sign(rsa(), &world.mail(), Shape::default());
    is_verified("the plain key", &world.judge(&signed));
    for record in [
        "v=DKIM1; k=rsa; p=".to_owned(),
        format!("{key}; t=y"),
        format!("{key}; t=s:y"),
        format!("{key}; s=tlsrpt"),
        format!("{key}; h=sha1"),
        format!("{key}; k=rsa"),
        key.replace("DKIM1", "DKIM2"),
        key.replace("k=rsa", "k=ed25519"),
        "v=DKIM1; k=rsa; p=AAAA".to_owned(),
        "not a key at all".to_owned(),
        ed25519_record(1),
    ] {
        // A world of its own: a resolver keeps what it was told.
        let judgement = with_record(name, &record, &signed);
        assert_ne!(
            judgement.verdict,
            Verdict::Verified,
            "{record}: {:#?}",
            judgement.checks
        );
    }
}

fn with_record(
    name: &str,
    record: &str,
    signed: &str,
) -> balie::domain::request::verdict::Judgement {
    let world = World::new();
    world.dns.publish(name, record);
    world.judge(signed)
}

#[test]
fn what_strangers_claim_of_a_mail_never_helps_it() {
    let world = World::new();
    let mail = world.mail();
    let claims = [
        "Authentication-Results: mx.otservicedesk.nl; dkim=pass header.d=beatrixschool.nl; dmarc=pass\r\n",
        "Received: from mail.beatrixschool.nl by mx.otservicedesk.nl; Mon, 1 Jan 2024 00:00:00 +0000\r\n",
        "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=devecht.nl; s=rsa; b=AAAA\r\n\
         ARC-Message-Signature: i=1; a=rsa-sha256; d=devecht.nl; s=rsa; h=from; bh=AAAA; b=AAAA\r\n\
         ARC-Authentication-Results: i=1; devecht.nl; dkim=pass header.d=beatrixschool.nl\r\n",
        "Received-SPF: pass\r\nX-Originating-School: beatrixschool.nl\r\n",
    ];
    for claim in claims {
        let judgement = world.judge_knowing(format!("{claim}{mail}"), |facts| {
            facts.authserv_ids = vec!["mx.otservicedesk.nl".into()];
            facts.trusted_arc_sealers = vec!["devecht.nl".into()];
        });
        assert_ne!(judgement.verdict, Verdict::Verified, "{claim}");
    }
}

#[test]
fn who_may_not_ask_is_never_verified() {
    let world = World::new();
    let signed = sign(rsa(), &world.mail(), Shape::default());
    is_caught(
        "seen",
        &world.judge_knowing(&signed, |f| f.seen_as = Some("R-4K7Q2".into())),
        "not_replayed",
    );
    is_caught(
        "former",
        &world.judge_knowing(&signed, |f| f.requester.as_mut().unwrap().valid = false),
        "requester_known",
    );
    is_caught(
        "own",
        &world.judge_knowing(&signed, |f| f.accounts[0].is_requester = true),
        "authority",
    );
    is_caught(
        "other school",
        &world.judge_knowing(&signed, |f| f.accounts[0].covered = false),
        "authority",
    );
    is_caught(
        "wrong desk",
        &world.judge_knowing(&signed, |f| {
            f.accounts[0].regions = vec!["noord".parse().unwrap()];
        }),
        "region",
    );
    let elsewhere = sign(
        rsa(),
        &world.mail_of(DIRECTOR, "x@school.nl"),
        Shape::default(),
    );
    is_caught(
        "to somebody else",
        &world.judge(&elsewhere),
        "addressed_to_desk",
    );
    is_caught(
        "re-sent to the desk",
        &world.judge(with(
            &elsewhere,
            "From: Daan",
            "To: utrecht@otservicedesk.nl\r\nFrom: Daan",
        )),
        "well_formed",
    );
    let mail = world.mail();
    for (what, field, by) in [
        ("Sender", "Sender: x@evil.example", "reply_to"),
        ("list", "List-Id: <x>", "written_by_person"),
        (
            "automatic",
            "Auto-Submitted: auto-replied",
            "written_by_person",
        ),
        ("bulk", "Precedence: bulk", "written_by_person"),
    ] {
        let fields: Vec<&str> = SIGNED.into_iter().chain(["Reply-To", "Sender"]).collect();
        let mail = with(&mail, "To:", &format!("{field}\r\nTo:"));
        is_caught(
            what,
            &world.judge(sign(
                rsa(),
                &mail,
                Shape {
                    fields: &fields,
                    ..Shape::default()
                },
            )),
            by,
        );
    }
    let report = with(
        &mail,
        "text/plain; charset=utf-8",
        "multipart/report; report-type=delivery-status; boundary=b",
    );
    is_caught(
        "report",
        &world.judge(sign(rsa(), &report, Shape::default())),
        "written_by_person",
    );
}

#[test]
fn html_that_says_something_else_is_marked() {
    let world = World::new();
    let (header, _) = world
        .mail()
        .split_once("\r\n\r\n")
        .map(|(h, b)| (h.to_owned(), b.to_owned()))
        .unwrap();
    let mail = header.replace(
        "text/plain; charset=utf-8",
        "multipart/alternative; boundary=b",
    ) + "\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nreset j.jansen\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>reset z.celik</p>\r\n--b--\r\n";
    let evidence = world.gather(mail.as_bytes()).unwrap();
    assert!(evidence.readings[0].html_differs);
    assert_eq!(evidence.readings[0].text.trim(), "reset j.jansen");
    // A second part below the first, as text or as HTML, is read as well.
    let below = |parts: &str| {
        let header = header.replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b");
        let mail = format!(
            "{header}\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nreset j.jansen\r\n{parts}--b--\r\n"
        );
        world.gather(mail.as_bytes()).unwrap().readings.remove(0)
    };
    let not = below("--b\r\nContent-Type: text/plain\r\n\r\nNEE TOCH NIET\r\n");
    assert!(
        not.text.contains("j.jansen") && not.text.contains("NEE TOCH NIET"),
        "{}",
        not.text
    );
    assert!(!not.html_differs);
    let alternative = "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n\
        --c\r\nContent-Type: text/plain\r\n\r\nGroet\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>en z.celik</p>\r\n--c--\r\n";
    assert!(below(alternative).html_differs);
}

/// A forwarder that seals with ARC: the signature is broken by a tag in the subject. A seal proves nothing,
/// whoever made it; one that the settings name keeps the mail from being rejected.
#[test]
fn a_forwarded_mail_goes_to_the_challenge_whoever_sealed_it() {
    let world = World::new();
    world
        .dns
        .publish("arc._domainkey.devecht.nl", &rsa_record());
    let forwarded = forward(&sign(rsa(), &world.mail(), Shape::default()), &rsa());
    let verdict = |mail: &str, sealers: &[&str]| {
        let sealers: Vec<String> = sealers.iter().map(ToString::to_string).collect();
        let know = |facts: &mut balie::domain::request::judge::DirectoryFacts| {
            facts.trusted_arc_sealers = sealers;
        };
        world.judge_knowing(mail, know).verdict
    };
    assert_eq!(verdict(&forwarded, &[]), Verdict::Rejected);
    assert_eq!(verdict(&forwarded, &["devecht.nl"]), Verdict::Challenge);
    let lying = forwarded.replace("header.d=beatrixschool.nl", "header.d=beatrixschool.nx");
    assert_eq!(verdict(&lying, &["devecht.nl"]), Verdict::Rejected);
    // Where the policy asks for less, nothing is rejected.
    let other = World::new();
    other
        .dns
        .publish("_dmarc.beatrixschool.nl", "v=DMARC1; p=quarantine");
    other
        .dns
        .publish("arc._domainkey.devecht.nl", &rsa_record());
    let judgement = other.judge(&forwarded);
    assert_eq!(judgement.verdict, Verdict::Challenge);
    let detail = |name: &str| {
        let check = judgement
            .checks
            .iter()
            .find(|check| check.name.as_str() == name);
        check.unwrap().detail.whole()
    };
    assert!(
        detail("forwarding").contains("whose seal holds"),
        "{}",
        detail("forwarding")
    );
}

fn forward(
    signed: &str,
    key: &impl SigningKey<Hasher = mail_auth::common::crypto::Sha256>,
) -> String {
    let changed = signed.replace("Subject: 2FA", "Subject: [EXTERN] 2FA");
    seal(&changed, key, "devecht.nl", "arc")
}

/// Seals as the first forwarder (RFC 8617 §5.1).
fn seal(
    mail: &str,
    key: &impl SigningKey<Hasher = mail_auth::common::crypto::Sha256>,
    domain: &str,
    selector: &str,
) -> String {
    let results = format!(
        "ARC-Authentication-Results: i=1; {domain}; dkim=pass header.d=beatrixschool.nl\r\n"
    );
    let signature = sign_with_tags(
        key,
        mail,
        &["From", "To", "Subject", "Date"],
        &format!("i=1; a=rsa-sha256; d={domain}; s={selector}"),
    );
    let signature = signature.strip_suffix(mail).unwrap().to_owned();
    // The field's name is part of what is signed: sign again under its own.
    let signature = resign(&signature, mail, key);
    let unsealed = format!("ARC-Seal: i=1; a=rsa-sha256; cv=none; d={domain}; s={selector}; b=");
    let mut data = Vec::new();
    let fields = [results.as_str(), signature.as_str(), unsealed.as_str()];
    let pairs = fields.iter().map(|field| field.split_once(':').unwrap());
    mail_auth::dkim::Canonicalization::Relaxed.canonicalize_headers(
        pairs.map(|(name, value)| (name.as_bytes(), value.as_bytes())),
        &mut data,
    );
    while data.ends_with(b"\r\n") {
        data.truncate(data.len() - 2);
    }
    let sealed = key.sign(data.as_slice()).unwrap();
    format!(
        "{unsealed}{}\r\n{signature}{results}{mail}",
        data_encoding::BASE64.encode(&sealed)
    )
}

fn resign(signature: &str, mail: &str, key: &impl SigningKey) -> String {
    let value = signature
        .trim_end()
        .strip_prefix("DKIM-Signature:")
        .unwrap();
    let (value, _) = value.rsplit_once("b=").unwrap();
    let value = format!("{value}b=");
    let parsed = mail_auth::AuthenticatedMessage::parse(mail.as_bytes()).unwrap();
    let names: Vec<String> = ["From", "To", "Subject", "Date"]
        .map(str::to_owned)
        .to_vec();
    let mut data = Vec::new();
    let headers = parsed.signed_headers(&names, b"ARC-Message-Signature", value.as_bytes());
    mail_auth::dkim::Canonicalization::Relaxed.canonicalize_headers(headers, &mut data);
    while data.ends_with(b"\r\n") {
        data.truncate(data.len() - 2);
    }
    let signed = key.sign(data.as_slice()).unwrap();
    format!(
        "ARC-Message-Signature:{value}{}\r\n",
        data_encoding::BASE64.encode(&signed)
    )
}
