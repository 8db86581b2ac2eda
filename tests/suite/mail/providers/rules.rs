//! What the desk's own rules make of a genuine mail: its age, its signer, what was seen before.

use super::build::*;
use super::letter::{Letter, Program};
use super::mail::Mail;
use super::post::{Dmarc, Post};

fn plain(post: &Post) -> Letter {
    Letter {
        written_with: Program::PlainSevenBit,
        ..post.letter()
    }
}

#[test]
fn how_old_a_mail_may_be_and_how_far_ahead() {
    let post = Post::open();
    let dated = |minutes: i64| {
        let at = post.hours.now().as_jiff() + jiff::SignedDuration::from_mins(minutes);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_string(&at)
            .unwrap();
        own_server(&plain_fields(&Letter {
            date,
            ..plain(&post)
        }))
    };
    for (minutes, verdict) in [
        (0, "verified"),
        (4, "verified"),
        (-71 * 60, "verified"),
        (-73 * 60, "rejected"),
        (10, "challenge"),
        (23 * 60, "challenge"),
        (25 * 60, "rejected"),
    ] {
        let what = format!("{minutes} minutes");
        let received = post.receive(&dated(minutes));
        received.is(&what, verdict);
        if verdict != "verified" {
            received.is_caught(&what, "fresh");
        }
    }
    for date in [
        "",
        "gisteren",
        "Mon, 30 Foo 2026 10:00:00 +0000",
        "2026-11-30T10:00:00Z",
    ] {
        let mail = own_server(&plain_fields(&Letter {
            date: date.into(),
            ..plain(&post)
        }));
        post.receive(&mail)
            .is(date, "challenge")
            .is_caught(date, "fresh");
    }
}

#[test]
fn the_question_where_a_microsoft_mail_came_from_can_be_turned_off() {
    let post = Post::open();
    post.configure("BALIE_MAIL_MICROSOFT_ORIGIN", "false");
    for policy in Dmarc::ALL {
        post.under(policy);
        let unsealed = post.receive(&microsoft_unsealed(&post.letter_by_line()));
        unsealed.is("microsoft_origin = false", "verified");
    }
}

/// A signer that no proven mail had before: said, or challenged once.
#[test]
fn a_new_signer_is_challenged_once_where_the_desk_wants_it() {
    let post = Post::open();
    post.configure("BALIE_POLICY_NEW_SIGNER", "challenge");
    let first = post.receive(&own_server(&plain_fields(&plain(&post))));
    first.is("a new signer", "challenge");
    if let Some(code) = post.code_for("a new signer", &first) {
        let verdict = post.confirm(&first, &code.code);
        first.holds(
            "a new signer",
            "the code should decide",
            verdict == "verified",
        );
    }
    post.receive(&own_server(&plain_fields(&plain(&post))))
        .is("known by now", "verified");
    let other = Provider::Fastmail.sends(&post, &plain(&post));
    post.receive(&other).is("another selector", "challenge");
}

/// Whoever holds the mail can be at the desk before it, with a copy that proves nothing.
#[test]
fn a_copy_that_comes_first_keeps_the_proven_mail_from_nothing() {
    let desk = Post::open();
    let spoilt: [fn(&Mail) -> Mail; 5] = [
        |mail| mail.without("DKIM-Signature"),
        |mail| mail.set("Subject", "iets anders"),
        |mail| mail.add("Content-Disposition", "attachment"),
        |mail| mail.add("Reply-To", "x@evil.example"),
        |mail| mail.with_body(&format!("{}\r\nmeer\r\n", mail.body())),
    ];
    for (at, spoil) in spoilt.into_iter().enumerate() {
        let post = desk.another();
        let what = format!("spoilt copy {at} first");
        let mail = Provider::Microsoft.sends(
            &post,
            &Letter {
                written_with: Program::PlainSevenBit,
                ..post.letter_by_line()
            },
        );
        post.receive(&spoil(&mail)).isnt_verified(&what);
        post.receive(&mail)
            .is(&what, "verified")
            .passes(&what, "not_replayed");
    }
}

/// Words that were seen are no new request of somebody who can't prove that they are theirs.
#[test]
fn the_same_words_unproven_are_a_copy() {
    let post = Post::open();
    let letter = plain(&post);
    let first = post.receive(&own_server(&plain_fields(&letter)));
    first.is("the first", "verified");
    let copy = Letter {
        message_id: "<other@mail.example>".into(),
        subject: "2FA".into(),
        ..letter
    };
    // It's that request again, or one of its own that is caught.
    let copy = post.receive(&plain_fields(&copy));
    if copy.id() != first.id() {
        copy.is_caught("unsigned, the same words", "not_replayed");
    }
}

/// Resent-* fields that anybody can put in change nothing for a mail that is proven, and are a doubt else.
#[test]
fn resent_fields_harm_a_proven_mail_nothing() {
    let post = Post::open();
    let resent = |mail: &Mail| {
        mail.on_top("Resent-From: x@evil.example")
            .on_top("Resent-To: utrecht@otservicedesk.nl")
    };
    post.receive(&resent(&own_server(&plain_fields(&plain(&post)))))
        .is("proven", "verified");
    post.receive(&resent(&plain_fields(&plain(&post))))
        .is_caught("unproven", "forwarding");
}
