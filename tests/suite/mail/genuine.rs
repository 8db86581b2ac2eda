use mail_auth::dkim::Canonicalization::{Relaxed, Simple};

use super::world::*;

fn with(mail: &str, from: &str, to: &str) -> String {
    assert!(mail.contains(from), "{from}");
    mail.replacen(from, to, 1)
}

/// The mail with another body and the fields that go with it.
fn bodied(mail: &str, content_type: &str, encoding: &str, body: &str) -> String {
    let (header, _) = mail.split_once("\r\n\r\n").unwrap();
    let header = header.replace("text/plain; charset=utf-8", content_type);
    format!("{header}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}")
}

#[test]
fn every_canonicalisation_and_algorithm_is_verified() {
    let world = World::new();
    for header in [Relaxed, Simple] {
        for body in [Relaxed, Simple] {
            let shape = Shape {
                header,
                body,
                ..Shape::default()
            };
            is_verified("rsa-2048", &world.judge(sign(rsa(), &world.mail(), shape)));
            let shape = Shape {
                selector: "ed",
                ..shape
            };
            is_verified(
                "ed25519",
                &world.judge(sign(ed25519(1), &world.mail(), shape)),
            );
        }
    }
}

#[test]
fn double_signatures_are_verified_by_either() {
    let world = World::new();
    let ed = Shape {
        selector: "ed",
        ..Shape::default()
    };
    let double = sign(
        rsa(),
        &sign(ed25519(1), &world.mail(), ed),
        Shape::default(),
    );
    is_verified("both hold", &world.judge(&double));
    let relay = Shape {
        domain: "relay.example",
        selector: "x",
        ..Shape::default()
    };
    world
        .dns
        .publish("x._domainkey.relay.example", &ed25519_record(2));
    is_verified(
        "a relay signed too",
        &world.judge(sign(ed25519(2), &double, relay)),
    );
    let gone = Shape {
        selector: "gone",
        ..Shape::default()
    };
    is_verified("one key is gone", &world.judge(sign(rsa(), &double, gone)));
}

#[expect(clippy::too_many_lines, reason = "a list of shapes")]
#[test]
fn headers_as_mail_programs_write_them_are_verified() {
    let world = World::new();
    let mail = world.mail();
    let shapes = [
        (
            "folded subject",
            with(
                &mail,
                "2FA van Joost Jansen",
                "2FA van\r\n\tJoost\r\n  Jansen",
            ),
        ),
        (
            "encoded subject",
            with(
                &mail,
                "2FA van Joost Jansen",
                "=?UTF-8?Q?2FA_van_Zo=C3=AB?=",
            ),
        ),
        (
            "encoded name",
            with(&mail, "Daan Visser", "=?utf-8?B?RGHDoW4gVmlzc2Vy?="),
        ),
        (
            "quoted name",
            with(&mail, "Daan Visser", "\"Visser, Daan (Beatrixschool)\""),
        ),
        (
            "raw UTF-8 name",
            with(&mail, "Daan Visser", "\"Daän Visser\""),
        ),
        (
            "folded before the address",
            with(&mail, "Daan Visser <", "Daan Visser\r\n <"),
        ),
        (
            "bare address",
            with(&mail, DIRECTOR, "D.Visser@Beatrixschool.NL"),
        ),
        (
            "several recipients",
            with(
                &mail,
                DESK,
                "\"Desk\" <utrecht@otservicedesk.nl>,\r\n info@beatrixschool.nl",
            ),
        ),
        (
            "with Cc",
            with(&mail, "Subject:", "Cc: bestuur@devecht.nl\r\nSubject:"),
        ),
        (
            "Reply-To the same",
            with(
                &mail,
                "Subject:",
                "Reply-To: d.visser@beatrixschool.nl\r\nSubject:",
            ),
        ),
        (
            "Received on top",
            with(
                &mail,
                "From:",
                "Received: from a by b; x\r\nReceived: from c by d; y\r\nFrom:",
            ),
        ),
        (
            "provider's fields",
            with(
                &mail,
                "Subject:",
                "X-MS-Exchange-Organization-AuthAs: Internal\r\nX-Originating-IP: [10.0.0.1]\r\nThread-Index: AdtX==\r\nAccept-Language: nl-NL\r\nSubject:",
            ),
        ),
        (
            "an Auto-Submitted: no",
            with(&mail, "Subject:", "Auto-Submitted: no\r\nSubject:"),
        ),
        (
            "In-Reply-To",
            with(
                &mail,
                "Subject:",
                "In-Reply-To: <x@y.nl>\r\nReferences: <a@b.nl>\r\n <c@d.nl>\r\nSubject:",
            ),
        ),
    ];
    let fields = [
        "From",
        "To",
        "Cc",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
    ];
    for (what, mail) in shapes {
        for header in [Relaxed, Simple] {
            let shape = Shape {
                header,
                fields: &fields,
                ..Shape::default()
            };
            is_verified(what, &world.judge(sign(rsa(), &mail, shape)));
        }
    }
    // Fields that a server puts on top after signing are nobody's business.
    let signed = sign(rsa(), &mail, Shape::default());
    let delivered = format!(
        "Return-Path: <d.visser@beatrixschool.nl>\r\nDelivered-To: {DESK}\r\n\
        Authentication-Results: mx.example; dkim=pass\r\nReceived: from x by y; z\r\nX-Spam-Status: No\r\n{signed}"
    );
    is_verified("delivered", &world.judge(delivered));
    // Signing a field once more than it's there keeps others from adding one (RFC 6376 §8.15).
    let over = [
        "From",
        "From",
        "To",
        "To",
        "Subject",
        "Subject",
        "Date",
        "Date",
        "Message-ID",
        "Content-Type",
        "Cc",
        "Reply-To",
    ];
    is_verified(
        "oversigned",
        &world.judge(sign(
            rsa(),
            &mail,
            Shape {
                fields: &over,
                ..Shape::default()
            },
        )),
    );
}

#[test]
fn bodies_as_mail_programs_write_them_are_verified() {
    let world = World::new();
    let mail = world.mail();
    let quoted =
        "Beste servicedesk,=0D=0A=0D=0AWil je de 2FA van Zo=C3=AB =C3=87elik her=\r\nstellen?\r\n";
    let base64 = "QmVzdGUgc2VydmljZWRlc2ssIHdpbCBqZSBkZSAyRkEgdmFuIEpvb3N0IEphbnNlbiBo\r\nZXJzdGVsbGVuPw==\r\n";
    let alternative = "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWil je j.jansen resetten?\r\n\
        --b1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Wil je <b>j.jansen</b> resetten?</p>\r\n--b1--\r\n";
    let logo = "--b1\r\nContent-Type: text/plain\r\n\r\nWil je j.jansen resetten?\r\n--b1\r\n\
        Content-Type: image/png; name=\"logo.png\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\niVBORw0KGgo=\r\n--b1--\r\n";
    let disclaimer = format!(
        "Wil je j.jansen resetten?\r\n\r\n{}\r\n",
        "Dit bericht is vertrouwelijk. ".repeat(200)
    );
    let latin = "multipart/mixed; boundary=\"b1\"";
    for (what, body) in [
        (
            "quoted-printable",
            bodied(
                &mail,
                "text/plain; charset=utf-8",
                "quoted-printable",
                quoted,
            ),
        ),
        (
            "base64",
            bodied(
                &mail,
                "text/plain; charset=\"iso-8859-1\"",
                "base64",
                base64,
            ),
        ),
        (
            "raw UTF-8",
            bodied(
                &mail,
                "text/plain; charset=utf-8",
                "8bit",
                "Zoë Çelik — graag herstellen\r\n",
            ),
        ),
        (
            "text and HTML",
            bodied(
                &mail,
                "multipart/alternative; boundary=\"b1\"",
                "7bit",
                alternative,
            ),
        ),
        ("a logo", bodied(&mail, latin, "7bit", logo)),
        (
            "disclaimer",
            bodied(&mail, "text/plain", "7bit", &disclaimer),
        ),
        (
            "no final newline",
            bodied(&mail, "text/plain", "7bit", "Wil je j.jansen resetten?"),
        ),
        (
            "blank lines at the end",
            bodied(
                &mail,
                "text/plain",
                "7bit",
                "Wil je j.jansen resetten?\r\n\r\n\r\n",
            ),
        ),
        (
            "20 KiB",
            bodied(
                &mail,
                "text/plain",
                "7bit",
                &"Wil je j.jansen resetten?  \r\n".repeat(750),
            ),
        ),
    ] {
        for canonical in [Relaxed, Simple] {
            let shape = Shape {
                body: canonical,
                ..Shape::default()
            };
            is_verified(what, &world.judge(sign(rsa(), &body, shape)));
        }
    }
}

/// mail-auth 0.13 calls these forged (RFC 6376 §3.4.4: white space at the end of lines, then empty lines
/// at the end, are left out).
#[test]
fn a_body_that_ends_in_lines_of_blanks_is_verified_when_it_was_signed_by_the_book() {
    let world = World::new();
    for end in [
        "\r\n \r\n",
        "\r\n \r\n\t\r\n",
        "\r\n\r\n  \r\n\r\n",
        " \r\n \t \r\n \r\n",
    ] {
        let plain = world.mail();
        let plain = plain.trim_end();
        // What a signer by the book hashes is the same with and without the blanks.
        let signed = sign_with_tags(
            &rsa(),
            &format!("{plain}\r\n"),
            &SIGNED,
            "v=1; a=rsa-sha256; d=beatrixschool.nl; s=rsa",
        );
        let judgement = world.judge(
            signed
                .replace(plain, &format!("{plain}{end}"))
                .replace(&format!("{end}\r\n"), end),
        );
        is_verified(&format!("{end:?}"), &judgement);
    }
}

#[test]
fn line_ends_of_lf_alone_are_put_right_and_said_so() {
    let world = World::new();
    let signed = sign(rsa(), &world.mail(), Shape::default()).replace("\r\n", "\n");
    let judgement = world.judge(signed);
    is_verified("LF", &judgement);
    assert!(judgement.checks[0].detail.whole().contains("made CRLF"));
}
