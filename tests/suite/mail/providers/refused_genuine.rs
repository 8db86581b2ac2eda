//! Genuine mails that an earlier Balie turned away (F1 to F16), and odd but honest set-ups of schools.

use super::build::*;
use super::letter::{Letter, Program, multipart, part};
use super::mail::Mail;
use super::post::{Dmarc, Post};
use super::signer::{Form, Key, Signing};

fn plain(post: &Post) -> Letter {
    Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter()
    }
}

/// Comes out as `verdict` under every policy.
#[track_caller]
fn comes_out(
    what: &str,
    verdict: &str,
    by: Option<&str>,
    post: &Post,
    send: impl Fn(&Post) -> Mail,
) {
    for policy in Dmarc::ALL {
        post.under(policy);
        let received = post.receive(&send(post));
        received.is(what, verdict);
        match by {
            Some(by) => drop(received.is_caught(what, by)),
            None => drop(received.fails_only(what, &[])),
        }
        if policy != Dmarc::Absent {
            received.passes(what, "dmarc");
        }
    }
}

fn own(post: &Post) -> Mail {
    own_server(&plain_fields(&plain(post)))
}

#[test]
fn f1_the_senders_seal_or_our_own_hosts_is_no_forwarding() {
    let post = Post::open();
    comes_out("F1 Google took it in", "verified", None, &post, |post| {
        sealed_by_google(&own(post), 1)
    });
    comes_out("F1 Microsoft let it out", "verified", None, &post, |post| {
        sealed_inside(&own(post))
    });
    comes_out("F1 both", "verified", None, &post, |post| {
        sealed_by_google(&sealed_inside(&own(post)), 2)
    });
}

#[test]
fn f2_a_sub_domain_of_the_school_signs() {
    let post = Post::open();
    post.publish("mail", "mail.beatrixschool.nl", Key::School);
    let tags = |domain: &str| format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=mail;");
    comes_out("F2 one on file", "verified", None, &post, |post| {
        signed_as(&plain_fields(&plain(post)), &tags("post.beatrixschool.nl"))
    });
    comes_out(
        "F2 one that isn't",
        "challenge",
        Some("dkim"),
        &post,
        |post| signed_as(&plain_fields(&plain(post)), &tags("mail.beatrixschool.nl")),
    );
}

#[test]
fn f4_to_f7_fields_that_arent_signed() {
    let post = Post::open();
    let without = |mail: &Mail, name: &str| {
        let list: Vec<&str> = OWN_SERVER
            .split(':')
            .filter(|listed| *listed != name)
            .collect();
        let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; s=selector1;");
        signed(mail, Key::School, &tags, &list.join(":"))
    };
    let with = |post: &Post, name: &str, value: &str| plain_fields(&plain(post)).add(name, value);
    comes_out("F4 Cc", "verified", None, &post, |post| {
        without(&with(post, "Cc", "j.jansen@beatrixschool.nl"), "cc")
    });
    comes_out("F4 disposition", "verified", None, &post, |post| {
        own(post).add("Content-Disposition", "inline")
    });
    comes_out("F5", "verified", None, &post, |post| {
        without(
            &with(post, "Reply-To", "d.visser@beatrixschool.nl"),
            "reply-to",
        )
    });
    comes_out("F6", "challenge", Some("reply_to"), &post, |post| {
        without(
            &with(post, "Sender", "administratie@beatrixschool.nl"),
            "sender",
        )
    });
    comes_out("F7", "verified", None, &post, |post| {
        let mail = own_server(&with(post, "Reply-To", "administratie@beatrixschool.nl"));
        signed(
            &mail,
            Key::Stranger,
            "v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=evil;",
            "from:to:subject:date:content-type",
        )
    });
}

#[test]
fn f9_to_f16_small_oddities() {
    let post = Post::open();
    comes_out(
        "F9",
        "challenge",
        Some("written_by_person"),
        &post,
        |post| own(post).add("List-Unsubscribe", "<mailto:uit@gateway.example>"),
    );
    comes_out("F14 a comment", "verified", None, &post, |post| {
        own(post).add("Auto-Submitted", "no (handmatig)")
    });
    for (what, tags) in [
        ("F16 q=", "q=dns/txt:x; "),
        ("F16 Q=", "q=DNS/TXT; "),
        ("q= as usual", "q=dns/txt; "),
        ("i= in capitals", "i=D.Visser@BeatrixSchool.nl; "),
        ("i= of the domain", "i=@beatrixschool.nl; "),
    ] {
        comes_out(what, "verified", None, &post, |post| {
            let tags =
                format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; {tags}s=selector1;");
            signed_as(&plain_fields(&plain(post)), &tags)
        });
    }
    comes_out("F15", "verified", None, &post, |post| {
        let tags = "v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=evil;";
        (0..12).fold(own(post), |mail, at| {
            signed(
                &mail,
                Key::Stranger,
                &format!("{tags} t={};", post.seconds() - at),
                "from:to:date",
            )
        })
    });
    for policy in Dmarc::ALL {
        post.under(policy);
        let twice = post.receive(&own(&post).add("MIME-Version", "1.0"));
        twice.holds("F10", "it isn't rejected", twice.verdict() != "rejected");
    }
}

#[test]
fn f12_and_f13_mails_that_only_look_the_same() {
    let post = Post::open();
    for id in ["", "<>"] {
        let what = format!("F12 {id:?}");
        for _ in 0..2 {
            let letter = Letter {
                message_id: id.into(),
                ..plain(&post)
            };
            post.receive(&own_server(&plain_fields(&letter)))
                .is(&what, "verified");
        }
    }
    for _ in 0..2 {
        let mail = plain_fields(&plain(&post)).without("Message-ID");
        post.receive(&own_server(&mail)).is("F12 none", "verified");
    }
    let first = plain(&post);
    let second = Letter {
        subject: "2FA Joost Jansen, nogmaals".into(),
        message_id: "<merge-2@beatrixschool.nl>".into(),
        ..first.clone()
    };
    let first = post.receive(&own_server(&plain_fields(&first)));
    let second = post.receive(&own_server(&plain_fields(&second)));
    first.is("F13", "verified");
    second
        .is("F13", "verified")
        .holds("F13", "they are two", first.id() != second.id());
}

/// Where the domain's policy is only tried out, nothing is rejected by it.
#[test]
fn f16_a_policy_that_is_tried_out_rejects_nothing() {
    let desk = Post::open();
    for record in [
        "v=DMARC1; p=reject; pct=0",
        "v=DMARC1; p=reject; t=y",
        "v=DMARC1; p=quarantine",
        "v=DMARC1; p=none",
    ] {
        let post = desk.another();
        post.dns().publish("_dmarc.beatrixschool.nl", record);
        let received = post.receive(&plain_fields(&plain(&post)));
        received.is(record, "challenge");
    }
}

#[test]
fn odd_but_honest_signatures() {
    let post = Post::open();
    for header in [Form::Relaxed, Form::Simple] {
        for body in [Form::Relaxed, Form::Simple] {
            comes_out(
                &format!("{header:?}/{body:?}"),
                "verified",
                None,
                &post,
                |post| {
                    let letter = post.letter();
                    let text = format!("{}\n\n   ingesprongen  regel\t\n \n", letter.text);
                    let mail = plain_fields(&Letter { text, ..letter });
                    let form = |form| {
                        if form == Form::Relaxed {
                            "relaxed"
                        } else {
                            "simple"
                        }
                    };
                    let signing = Signing {
                        key: Key::School,
                        tags: format!(
                            "v=1; a=rsa-sha256; c={}/{}; d={DOMAIN}; s=selector1;",
                            form(header),
                            form(body)
                        ),
                        fields: OWN_SERVER,
                        header,
                        body,
                    };
                    mail.on_top(&signing.sign("DKIM-Signature", &mail))
                },
            );
        }
    }
    comes_out(
        "h= is folded, with blanks",
        "verified",
        None,
        &post,
        |post| {
            let tags =
                format!("v=1; a=rsa-sha256;\r\n\tc=relaxed/relaxed; d={DOMAIN};\r\n\ts=selector1;");
            let list = OWN_SERVER
                .replace(":date:", " :\r\n\t date\r\n : ")
                .replace("from", "From");
            signed(&plain_fields(&plain(post)), Key::School, &tags, &list)
        },
    );
    comes_out(
        "no c= for the body: simple",
        "verified",
        None,
        &post,
        |post| {
            let mail = plain_fields(&plain(post));
            let signing = Signing {
                key: Key::School,
                tags: format!("v=1; a=rsa-sha256; c=relaxed; d={DOMAIN}; s=selector1;"),
                fields: OWN_SERVER,
                header: Form::Relaxed,
                body: Form::Simple,
            };
            mail.on_top(&signing.sign("DKIM-Signature", &mail))
        },
    );
    comes_out(
        "oversigned fields that aren't there",
        "verified",
        None,
        &post,
        |post| {
            let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; s=selector1;");
            let list = format!("{OWN_SERVER}:{OWN_SERVER}:list-id:resent-from");
            signed(&plain_fields(&plain(post)), Key::School, &tags, &list)
        },
    );
}

#[test]
fn odd_but_honest_mails() {
    let post = Post::open();
    for from in [
        "=?utf-8?Q?Da=C3=A4n_Visser?= <d.visser@beatrixschool.nl>",
        "\"Visser, Daan\" <d.visser@beatrixschool.nl>",
        "d.visser@beatrixschool.nl",
        "Daan Visser <D.Visser@BEATRIXSCHOOL.NL>",
        "Daan Visser\r\n <d.visser@beatrixschool.nl>",
    ] {
        comes_out(from, "verified", None, &post, |post| {
            own_server(&plain_fields(&Letter {
                from: from.into(),
                ..plain(post)
            }))
        });
    }
    for to in [
        "j.jansen@beatrixschool.nl, Servicedesk <utrecht@otservicedesk.nl>",
        "<Utrecht@OTservicedesk.nl>",
        "\"Servicedesk Utrecht\"\r\n\t<utrecht@otservicedesk.nl>",
        "=?utf-8?Q?Servicedesk_Utrecht?= <utrecht@otservicedesk.nl>",
        "'utrecht@otservicedesk.nl' <utrecht@otservicedesk.nl>",
        "team: j.jansen@beatrixschool.nl; utrecht@otservicedesk.nl",
    ] {
        // The last one is read by few: a challenge is as good.
        let post = Post::open();
        let received = post.receive(&Provider::Workspace.sends(
            &post,
            &Letter {
                to: to.into(),
                ..plain(&post)
            },
        ));
        let fine = received.verdict() == "verified"
            || (to.starts_with("team") && received.verdict() != "rejected");
        received.holds(to, "it should be verified", fine);
    }
    comes_out("the desk in a signed Cc", "verified", None, &post, |post| {
        let letter = Letter {
            to: "j.jansen@beatrixschool.nl".into(),
            more: vec![("Cc", "utrecht@otservicedesk.nl".into())],
            ..plain(post)
        };
        Provider::Workspace.sends(post, &letter)
    });
    comes_out("8bit, and an ë", "verified", None, &post, |post| {
        let letter = post.letter();
        let text = letter.text.replace("is stuk", "is stuk, zegt Zoë");
        Provider::TransIp.sends(
            post,
            &Letter {
                text,
                written_with: Program::Flowed,
                ..letter
            },
        )
    });
    comes_out(
        "a signed S/MIME mail of Outlook's",
        "verified",
        None,
        &post,
        |post| {
            let letter = post.letter_by_line();
            let inner = Letter {
                written_with: Program::Outlook,
                ..letter.clone()
            }
            .written();
            let boundary = letter.outlook_boundary("005");
            let content = format!("Content-Type: {}", inner.content_type);
            let body = multipart(
                &boundary,
                &[
                    part(&[&content], &inner.body),
                    part(
                        &[
                            "Content-Type: application/pkcs7-signature; name=\"smime.p7s\"",
                            "Content-Transfer-Encoding: base64",
                            "Content-Disposition: attachment; filename=\"smime.p7s\"",
                        ],
                        &super::letter::base64(b"a signature of another kind"),
                    ),
                ],
            );
            let kind = format!(
                "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256;\r\n\tboundary=\"{boundary}\""
            );
            Provider::Microsoft.sends(
                post,
                &Letter {
                    written_with: Program::Other(kind, None, body),
                    ..letter
                },
            )
        },
    );
}

/// It's said when there is nothing to read, and when there is more than is shown.
#[test]
fn what_cant_be_read_is_said_and_goes_to_the_challenge() {
    let post = Post::open();
    for (what, kind, encoding) in [
        (
            "encrypted",
            "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"",
            Some("base64"),
        ),
        (
            "winmail.dat",
            "application/ms-tnef; name=\"winmail.dat\"",
            Some("base64"),
        ),
        (
            "a PDF",
            "application/pdf; name=\"verzoek.pdf\"",
            Some("base64"),
        ),
    ] {
        let letter = post.letter();
        let body = super::letter::base64(
            format!("nothing that can be read, {}", letter.number).as_bytes(),
        );
        let letter = Letter {
            written_with: Program::Other(kind.into(), encoding, body),
            ..letter
        };
        let received = post.receive(&own_server(&plain_fields(&letter)));
        received
            .is(what, "challenge")
            .is_caught(what, "names_account");
        let said = received
            .document
            .get("no_text")
            .is_none_or(|said| said.is_string() || *said == true);
        received.holds(what, "it's said that there is no text", said);
    }
    let letter = post.letter();
    let filler = "Nog een regel over van alles en nog wat op school.\n".repeat(400);
    let text = format!(
        "Graag de 2FA van Joost Jansen resetten.\n{filler}\nToch maar NIET doen. {}",
        letter.number
    );
    let long = post.receive(&own_server(&plain_fields(&Letter {
        text,
        written_with: Program::PlainSevenBit,
        ..letter
    })));
    let said = long.text().contains("NIET doen") || long.text_complete() != Some(true);
    long.holds("a long mail", "it's said that there is more", said);
}
