//! Signed by the school's key and not from inside the school; signed by others; seen before: H29 to H39.

use super::build::*;
use super::letter::{Letter, Program};
use super::mail::Mail;
use super::post::{Dmarc, Post};
use super::signer::{Key, Seal};

#[track_caller]
fn caught(what: &str, post: &Post, send: impl Fn(&Post) -> Mail) {
    for policy in Dmarc::ALL {
        post.under(policy);
        let mail = post.still_signed(DOMAIN, send(post));
        post.receive(&mail).is_caught(what, "dkim");
    }
}

fn letter(post: &Post) -> Letter {
    Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter_by_line()
    }
}

const PASS: &str = "dkim=pass header.d=beatrixschool.nl";

#[test]
fn h29_to_h34_the_seal_has_to_say_that_it_came_from_inside() {
    let post = Post::open();
    let from = "header.from=beatrixschool.nl";
    for said in [
        // H29: injected from outside, and signed on its way out.
        format!(
            "mx.microsoft.com 1; spf=fail (sender ip is 203.0.113.9) smtp.mailfrom={DOMAIN}; dmarc=fail action=none {from}; dkim=none (message not signed); arc=none"
        ),
        format!(
            "mx.microsoft.com 1; spf=fail smtp.mailfrom={DOMAIN}; dmarc=fail action=none {from}; dkim=none header.d=none; arc=none"
        ),
        format!(
            "mx.microsoft.com 1; spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass action=none {from}; dkim=none (message not signed) header.d=none; arc=none"
        ),
        format!(
            "mx.microsoft.com 1; spf=pass smtp.mailfrom={DOMAIN}; dmarc=fail action=oreject {from}; {PASS}; arc=none"
        ),
        format!(
            "mx.microsoft.com 1; spf=pass (sender ip is 203.0.113.9) smtp.mailfrom={DOMAIN}; dmarc=pass action=none {from}; {PASS}; arc=none"
        ),
        // H33: a check of a signature that came along, not of a submission.
        format!(
            "mx.microsoft.com 1; spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass action=none {from}; dkim=pass (signature was verified) header.d={DOMAIN}; arc=none"
        ),
        format!(
            "mx.microsoft.com 1; spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass (p=none) action=none {from}; dkim=pass (Signature was verified) header.d={DOMAIN}; arc=none"
        ),
        // H34: of another mail's From, or of a name that only begins alike.
        results("evil.example", PASS),
        results("beatrixschool.nl.evil.example", PASS),
        results("evil.example (header.from=beatrixschool.nl)", PASS),
        results(DOMAIN, "dkim=pass header.d=evil.example"),
        results(DOMAIN, "dkim=pass header.d=beatrixschool.nl.evil.example"),
        results(DOMAIN, "dkim=none (dkim=pass header.d=beatrixschool.nl)"),
        results(DOMAIN, "dkim=fail header.d=beatrixschool.nl"),
        results(DOMAIN, "xdkim=pass header.d=beatrixschool.nl"),
        // Nothing at all.
        "mx.microsoft.com 1; none".into(),
        "mx.microsoft.com 1; spf=none; dmarc=none; dkim=none; arc=none".into(),
    ] {
        caught(&said, &post, |post| {
            seal(&microsoft_unsealed(&letter(post)), &said)
        });
    }
}

#[test]
fn h30_stripping_the_seal_gains_nothing() {
    let post = Post::open();
    let strip = |mail: &Mail| {
        mail.without("ARC-Seal")
            .without("ARC-Message-Signature")
            .without("ARC-Authentication-Results")
    };
    caught("H30", &post, |post| {
        let said = results(DOMAIN, "dkim=none (message not signed) header.d=none");
        strip(&seal(&microsoft_unsealed(&letter(post)), &said))
    });
    for name in [
        "ARC-Seal",
        "ARC-Message-Signature",
        "ARC-Authentication-Results",
    ] {
        caught(&format!("H30 {name} alone gone"), &post, |post| {
            sealed_inside(&microsoft_unsealed(&letter(post))).without(name)
        });
    }
}

/// The i=1 set of one mail, put on another.
fn spliced(onto: &Mail, from: &Mail) -> Mail {
    let mut mail = onto.clone();
    for name in [
        "ARC-Authentication-Results",
        "ARC-Message-Signature",
        "ARC-Seal",
    ] {
        mail = mail.on_top(&format!("{name}: {}", from.value(name)));
    }
    mail
}

#[test]
fn h31_a_set_of_another_mail() {
    let post = Post::open();
    caught("H31 a colleague's, with the same body", &post, |post| {
        let letter = letter(post);
        let theirs = Letter {
            from: "Joost Jansen <j.jansen@beatrixschool.nl>".into(),
            ..letter.clone()
        };
        let theirs = sealed_inside(&microsoft_unsealed(&theirs));
        assert_eq!(post.held(&theirs).arc, Some(true));
        spliced(&microsoft_unsealed(&letter), &theirs)
    });
    caught("H31 the director's own, of another day", &post, |post| {
        let letter = letter(post);
        let older = Letter {
            date: "Mon, 5 Oct 2026 09:00:00 +0200".into(),
            ..letter.clone()
        };
        spliced(
            &microsoft_unsealed(&letter),
            &sealed_inside(&microsoft_unsealed(&older)),
        )
    });
    caught("H31 of other words", &post, |post| {
        let letter = letter(post);
        let other = Letter {
            text: "Tot morgen!".into(),
            ..letter.clone()
        };
        spliced(
            &microsoft_unsealed(&letter),
            &sealed_inside(&microsoft_unsealed(&other)),
        )
    });
    caught("H31 with the results of another set", &post, |post| {
        let letter = letter(post);
        let outside = results(DOMAIN, "dkim=none (message not signed) header.d=none");
        let mail = seal(&microsoft_unsealed(&letter), &outside);
        mail.set(
            "ARC-Authentication-Results",
            &format!("i=1; {}", results(DOMAIN, PASS)),
        )
    });
}

#[test]
fn h32_sealed_by_somebody_else() {
    let post = Post::open();
    let said = results(DOMAIN, PASS);
    let by = |domain: &'static str, selector: &'static str, key, fields: &'static str| {
        let said = said.clone();
        move |post: &Post| {
            Seal {
                key,
                domain,
                selector,
                instance: 1,
                fields,
                results: &said,
            }
            .seal(&microsoft_unsealed(&letter(post)))
        }
    };
    let all = "From:Date:Subject:Message-ID:Content-Type:MIME-Version";
    caught(
        "H32 evil.example",
        &post,
        by("evil.example", "evil", Key::Stranger, all),
    );
    caught(
        "H32 google.com",
        &post,
        by("google.com", "arc-20240605", Key::Google, all),
    );
    caught(
        "H32 a key that isn't theirs",
        &post,
        by("microsoft.com", "arcselector10001", Key::Stranger, all),
    );
    for fields in [
        "From:Date:Subject:Content-Type:MIME-Version",
        "Date:Subject:Message-ID:Content-Type:MIME-Version",
        "From:Subject:Message-ID:Content-Type:MIME-Version",
        "From:Date:Message-ID:Content-Type:MIME-Version",
    ] {
        caught(
            &format!("H32 sealed over too little: {fields}"),
            &post,
            by("microsoft.com", "arcselector10001", Key::Microsoft, fields),
        );
    }
    caught(
        "H32 a second seal, and no first by Microsoft",
        &post,
        |post| {
            let first = Seal {
                key: Key::Stranger,
                domain: "evil.example",
                selector: "evil",
                instance: 1,
                fields: all,
                results: &said,
            }
            .seal(&microsoft_unsealed(&letter(post)));
            Seal {
                key: Key::Microsoft,
                domain: "microsoft.com",
                selector: "arcselector10001",
                instance: 2,
                fields: all,
                results: &said,
            }
            .seal(&first)
        },
    );
}

#[test]
fn h35_a_name_that_anybody_can_send_under_isnt_taken_as_a_schools() {
    let post = Post::open();
    let mut taken = Vec::new();
    for domain in [
        TENANT,
        "stichtingdevecht.mail.onmicrosoft.com",
        "StichtingDeVecht.OnMicrosoft.com",
        "onmicrosoft.com",
        GAPPS,
        "gappssmtp.com",
    ] {
        let refused = post.import_with_domain(domain);
        let told = refused["error"].to_string().to_lowercase();
        if !told.contains(&domain.to_lowercase()) {
            taken.push(format!("{domain}: {refused}"));
        }
    }
    assert!(
        taken.is_empty(),
        "H35: these should be refused by name: {taken:#?}"
    );
}

#[test]
fn h36_a_tenants_signature_under_the_schools_from() {
    let post = Post::open();
    for policy in Dmarc::ALL {
        post.under(policy);
        for provider in [
            Provider::MicrosoftTenant,
            Provider::OutlookCom,
            Provider::Gappssmtp,
            Provider::Gmail,
            Provider::Kpn,
        ] {
            let what = format!("H36 {provider:?}");
            let mail = provider.sends(&post, &letter(&post));
            assert!(post.held(&mail).broken.is_empty(), "{what}");
            let received = post.receive(&mail);
            received.is_caught(&what, "dkim");
            if policy == Dmarc::Reject {
                received.is(&what, "rejected").is_caught(&what, "dmarc");
            }
        }
    }
}

#[test]
fn h37_a_copy_that_google_handed_to_somebody_else() {
    let post = Post::open();
    for domain in [
        "beatrixschool.nl",
        "hotmail.com",
        "evil-otservicedesk.nl",
        "nl",
        "x.otservicedesk.nl",
    ] {
        for policy in Dmarc::ALL {
            post.under(policy);
            let what = format!("H37 {domain}");
            let letter = Letter {
                written_with: Program::Gmail,
                ..post.letter()
            };
            let mail = post.still_signed(DOMAIN, workspace_to(&post, &letter, domain));
            let received = post.receive(&mail);
            received.is(&what, "challenge").is_caught(&what, "dkim");
            received.tells(&what, "dkim", domain);
        }
    }
}

#[test]
fn h38_one_signature_value_under_two_sets_of_tags() {
    let post = Post::open();
    for policy in Dmarc::ALL {
        post.under(policy);
        for above in [true, false] {
            for (from, to) in [
                ("; d=", "; i=@beatrixschool.nl; d="),
                ("v=1; ", "v=1; x=9999999999; "),
                ("c=relaxed/relaxed", "c=simple/relaxed"),
                ("From:Date:", "From:To:Date:"),
                (" s=selector1", " t=1; s=selector1"),
            ] {
                let what = format!("H38 {to} above: {above}");
                let mail = Provider::Microsoft.sends(&post, &letter(&post));
                let field = mail.value("DKIM-Signature");
                assert!(field.contains(from), "{field}");
                let forged = field.replacen(from, to, 1);
                let mail = if above {
                    mail.on_top(&format!("DKIM-Signature: {forged}"))
                } else {
                    mail.add("DKIM-Signature", &forged)
                };
                post.receive(&mail).isnt_verified(&what);
            }
        }
    }
}

/// Something done to a mail that was seen.
type Change = fn(&Mail) -> Mail;

/// Whatever is changed outside the signature, it's the same signature.
#[test]
fn h39_the_same_mail_again_under_other_names() {
    let desk = Post::open();
    let changes: [(&str, Change); 6] = [
        ("as it is", Mail::clone),
        ("To, another name", |mail| {
            mail.set("To", "Desk <utrecht@otservicedesk.nl>")
        }),
        ("Cc", |mail| mail.add("Cc", "x@example.org")),
        ("Reply-To", |mail| {
            mail.add("Reply-To", "d.visser@beatrixschool.nl")
        }),
        ("Received", |mail| {
            mail.on_top("Received: by evil.example with SMTP id 1")
        }),
        ("the padding of b=", |mail| {
            let value = mail.value("DKIM-Signature");
            mail.set("DKIM-Signature", value.trim_end_matches('='))
        }),
    ];
    for (what, change) in changes {
        let post = desk.another();
        let what = format!("H39 {what}");
        let mail = Provider::Microsoft.sends(&post, &post.letter_by_line());
        let first = post.receive(&mail);
        first.is(&what, "verified");
        // While it's open the copy is that request, and no second one.
        let again = post.receive(&change(&mail));
        again.holds(
            &what,
            "it should be that request again",
            again.id() == first.id(),
        );
        let used = post.run(&["reset", "j.jansen", "--request", &first.id(), "--yes"]);
        first.holds(
            &what,
            "it could be used",
            used["results"][0]["outcome"] == "done",
        );
        // Once it was used, nothing comes of it any more.
        let after = post.receive(&change(&mail).on_top("X-Again: yes"));
        after
            .is(&what, "rejected")
            .is_caught(&what, "not_replayed")
            .tells(&what, "not_replayed", &first.id());
    }
}

/// `TransIP` signs no Message-ID: an old mail can bear a new one.
#[test]
fn h39_a_new_message_id_on_a_mail_that_was_used() {
    let post = Post::open();
    let letter = Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter()
    };
    let mail = Provider::TransIp.sends(&post, &letter);
    let first = post.receive(&mail);
    first.is("H39", "verified");
    let used = post.run(&["reset", "j.jansen", "--request", &first.id(), "--yes"]);
    first.holds(
        "H39",
        "it could be used",
        used["results"][0]["outcome"] == "done",
    );
    let renamed = post.still_signed(DOMAIN, mail.set("Message-ID", "<new@mail.example>"));
    let second = post.receive(&renamed);
    assert_ne!(first.id(), second.id());
    second
        .is("H39", "rejected")
        .is_caught("H39", "not_replayed");
}

/// The first set says where it came from; a second first set, or one that a stranger adds behind it, changes nothing.
#[test]
fn more_sets_neither_help_nor_harm() {
    let post = Post::open();
    let outside = results(DOMAIN, "dkim=none (message not signed) header.d=none");
    for above in [true, false] {
        caught(&format!("two first sets, above: {above}"), &post, |post| {
            let letter = letter(post);
            let injected = seal(&microsoft_unsealed(&letter), &outside);
            let theirs = Letter {
                from: "Joost Jansen <j.jansen@beatrixschool.nl>".into(),
                ..letter
            };
            let theirs = sealed_inside(&microsoft_unsealed(&theirs));
            if above {
                spliced(&injected, &theirs)
            } else {
                let mut mail = injected;
                for name in [
                    "ARC-Seal",
                    "ARC-Message-Signature",
                    "ARC-Authentication-Results",
                ] {
                    mail = mail.add(name, &theirs.value(name));
                }
                mail
            }
        });
    }
    for policy in Dmarc::ALL {
        post.under(policy);
        let mail = sealed_by_google(&Provider::Microsoft.sends(&post, &letter(&post)), 2);
        let broken = mail.set(
            "ARC-Authentication-Results",
            "i=2; mx.google.com; dkim=fail",
        );
        assert_eq!(post.held(&broken).arc, Some(false));
        post.receive(&broken)
            .is("a later set that doesn't hold", "verified");
    }
}
