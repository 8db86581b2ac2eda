//! Genuine mails that only a challenge can decide: C1 to C7, and the like. None may be turned away for good.

use super::build::*;
use super::letter::{Letter, Program};
use super::mail::Mail;
use super::post::{Dmarc, LINE, Post};
use super::signer::{Key, Seal};

/// A challenge under every policy, for these checks alone.
#[track_caller]
fn challenged(what: &str, post: &Post, by: &[&str], send: impl Fn(&Post) -> Mail) {
    for policy in Dmarc::ALL {
        post.under(policy);
        let mail = post.still_signed(DOMAIN, send(post));
        let received = post.receive(&mail);
        received.is(what, "challenge").is_caught(what, by[0]);
        // Whatever needs a proven mail may fail beside it.
        let also = ["addressed_to_desk", "region", "names_account", "forwarding"];
        received.fails_only(what, &[by, &also].concat());
        if policy != Dmarc::Absent {
            received.passes(what, "dmarc");
        }
    }
}

/// No signature is aligned: where the policy says so it's rejected by `dmarc` alone, and the code still decides.
#[track_caller]
fn unaligned(what: &str, post: &Post, make: impl Fn(&Post) -> Mail) {
    for policy in Dmarc::ALL {
        post.under(policy);
        let received = post.receive(&make(post));
        if policy == Dmarc::Reject {
            received.is(what, "rejected").is_caught(what, "dmarc");
        } else {
            received.is(what, "challenge");
        }
        received.is_caught(what, "dkim");
        let undecided = [
            "dkim",
            "dmarc",
            "addressed_to_desk",
            "region",
            "names_account",
            "forwarding",
        ];
        received.fails_only(what, &undecided);
        post.challenge(what, &received);
    }
}

#[test]
fn c1_microsoft_365_that_names_no_desk() {
    let post = Post::open();
    for program in [
        Program::Outlook,
        Program::OutlookPicture,
        Program::PlainSevenBit,
        Program::PlainBase64,
        Program::IPhone,
    ] {
        challenged(
            &format!("C1 {program:?}"),
            &post,
            &["addressed_to_desk"],
            |post| {
                Provider::Microsoft.sends(
                    post,
                    &Letter {
                        written_with: program.clone(),
                        ..post.letter()
                    },
                )
            },
        );
    }
    // Whoever reads it learns what to write next time.
    let told = post.receive(&Provider::Microsoft.sends(&post, &post.letter()));
    told.tells("C1", "addressed_to_desk", LINE)
        .passes("C1", "dkim");
}

#[test]
fn c2_hybrid_and_on_premises_mail_that_microsoft_got_unsigned() {
    let post = Post::open();
    for dkim in [
        "dkim=none (message not signed)\r\n header.d=none",
        "dkim=none (message not signed)",
        "dkim=none header.d=none",
    ] {
        challenged(&format!("C2 {dkim}"), &post, &["dkim"], |post| {
            let said = results(DOMAIN, dkim);
            seal(&microsoft_unsealed(&post.letter_by_subject()), &said)
        });
    }
}

#[test]
fn c3_microsoft_365_without_its_seal() {
    let post = Post::open();
    challenged("C3", &post, &["dkim"], |post| {
        microsoft_unsealed(&post.letter_by_subject())
    });
    challenged("C3 by the first line", &post, &["dkim"], |post| {
        microsoft_unsealed(&post.letter_by_line())
    });
}

#[test]
fn c4_html_alone_is_shown_and_confirms_nothing() {
    let post = Post::open();
    for policy in Dmarc::ALL {
        post.under(policy);
        for provider in [Provider::Microsoft, Provider::TransIp, Provider::ICloud] {
            let letter = Letter {
                written_with: Program::HtmlOnly,
                ..post.letter_by_subject()
            };
            let mail = post.still_signed(DOMAIN, provider.sends(&post, &letter));
            let what = format!("C4 {provider:?}");
            post.receive(&mail)
                .is(&what, "challenge")
                .shows(&what, "2FA van Joost Jansen");
        }
    }
}

#[test]
fn c5_to_c7_signed_by_a_name_that_isnt_the_schools() {
    let desk = Post::open();
    for (what, provider) in [
        ("C5 the tenant's name", Provider::MicrosoftTenant),
        ("C6 gappssmtp", Provider::Gappssmtp),
        ("C7 KPN", Provider::Kpn),
    ] {
        let post = desk.another();
        unaligned(what, &post, |post| {
            provider.sends(post, &post.letter_by_subject())
        });
    }
}

#[test]
fn a_school_that_signs_nothing_is_challenged_too() {
    let post = Post::open();
    unaligned("SPF alone", &post, |post| plain_fields(&post.letter()));
    // Antagonist: the hoster seals, nobody signs.
    let post = Post::open();
    unaligned("sealed by the hoster", &post, |post| {
        let results = "webhostingserver.nl;\r\n spf=pass smtp.mailfrom=d.visser@beatrixschool.nl; dmarc=pass header.from=beatrixschool.nl";
        Seal {
            key: Key::Stranger,
            domain: "evil.example",
            selector: "evil",
            instance: 1,
            fields: "from:to:subject:date:message-id:content-type:mime-version",
            results,
        }
        .seal(&plain_fields(&post.letter()))
    });
}

/// A signature service between Microsoft and the world: it adds a footer, and the mail goes out through
/// Microsoft once more, which signs what it then is. The first seal no longer covers the body.
#[test]
fn a_footer_that_a_service_adds_after_the_first_seal_is_challenged() {
    let post = Post::open();
    challenged("a footer service", &post, &["dkim"], |post| {
        let letter = Letter {
            written_with: Program::PlainSevenBit,
            ..post.letter_by_line()
        };
        let inside = sealed_inside(&microsoft_fields(&letter));
        let changed = inside.with_body(&format!(
            "{}\r\nBeatrixschool, samen leren.\r\n",
            inside.body()
        ));
        let tags = format!("v=1; a=rsa-sha256; c=relaxed/relaxed; d={DOMAIN}; s=selector1;");
        signed(&changed, Key::School, &tags, MICROSOFT)
    });
}

/// SPF can't be seen in a stored mail: what `dmarc` alone rejects, the code still proves.
#[test]
fn the_code_makes_what_dmarc_alone_rejects_verified() {
    let desk = Post::open();
    for provider in [
        Provider::MicrosoftTenant,
        Provider::Gappssmtp,
        Provider::Kpn,
    ] {
        let post = desk.another();
        let what = format!("{provider:?}");
        let received = post.receive(&provider.sends(&post, &post.letter_by_subject()));
        received.is(&what, "rejected");
        if let Some(code) = post.code_for(&what, &received) {
            let verdict = post.confirm(&received, &code.code);
            received.holds(&what, "the code should decide", verdict == "verified");
        }
    }
}
