//! The one law: no unsigned byte decides what is read. Whatever field outside `h=` is changed, added, taken
//! away or moved, and whatever blank that canonicalisation drops: shown text, desk, suggested accounts and the
//! time of writing stay what they were, unless the verdict drops.

use std::collections::HashSet;

use serde_json::Value;

use super::build::*;
use super::letter::{Letter, Program};
use super::mail::Mail;
use super::post::{DESK, LINE, NOORD, Post};
use super::received::Received;
use super::signer::{Form, Key, Signing};
use super::twins::{Twins, drops};
use crate::support::long;

/// A small generator (splitmix64): the rounds are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    fn of<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.roll(all.len())]
    }
}

/// Fields that somebody could wish to be read.
const FIELDS: [(&str, &str); 34] = [
    ("To", DESK),
    ("To", NOORD),
    ("Cc", NOORD),
    ("Cc", DESK),
    ("Reply-To", "d.visser@beatrixschool.nl"),
    ("Reply-To", "x@evil.example"),
    ("Sender", "d.visser@beatrixschool.nl"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Type", "text/plain; charset=utf-7"),
    ("Content-Type", "text/plain; charset=utf-16"),
    ("Content-Type", "text/plain; format=flowed; delsp=yes"),
    ("Content-Type", "multipart/digest; boundary=x"),
    ("Content-Type", "multipart/mixed; boundary=\"Groet,\""),
    ("Content-Type", "message/rfc822"),
    ("Content-Transfer-Encoding", "base64"),
    ("Content-Transfer-Encoding", "quoted-printable"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Content-Transfer-Encoding", "binary"),
    ("Content-Disposition", "attachment; filename=x.txt"),
    ("Content-Disposition", "inline"),
    ("Content-Language", "nl"),
    ("Content-ID", "<x@y>"),
    ("Content-Location", "cid:x"),
    ("Content-Base", "http://x/"),
    ("MIME-Version", "1.0"),
    ("MIME-Version", "2.0"),
    ("Message-ID", "<other@mail.example>"),
    ("In-Reply-To", "<vraag@evil.example>"),
    ("Subject", "2FA-reset noord@otservicedesk.nl p.smit"),
    ("Date", "Mon, 1 Jan 2024 00:00:00 +0000"),
    ("Thread-Topic", "2FA-reset noord@otservicedesk.nl"),
    ("Received", "from x by y; Mon, 1 Jan 2024 00:00:00 Z"),
    ("Authentication-Results", "mx.evil.example; dkim=fail"),
    ("X-Long", "=?utf-8?Q?=0D=0ATo:_noord=40otservicedesk.nl?="),
];

/// What the school's signature lists.
fn listed(mail: &Mail) -> HashSet<String> {
    let fields = mail.fields();
    let own = fields
        .iter()
        .find(|field| name(field) == "dkim-signature" && field.contains(&format!("d={DOMAIN}")));
    let own = own.expect("the school signs");
    let list = own.split("h=").nth(1).unwrap().split(';').next().unwrap();
    list.split(':')
        .map(|name| name.trim().to_lowercase())
        .collect()
}

fn name(field: &str) -> String {
    field.split(':').next().unwrap().trim().to_lowercase()
}

/// Something outside the signature, done to the header.
fn bend_header(mail: &Mail, dice: &mut Dice) -> (String, Mail) {
    let listed = listed(mail);
    let mut fields = mail.fields();
    let free: Vec<usize> = (0..fields.len())
        .filter(|at| {
            !listed.contains(&name(&fields[*at])) && name(&fields[*at]) != "dkim-signature"
        })
        .collect();
    let what = match dice.roll(5) {
        0 | 1 => {
            let (name, value) = FIELDS[dice.roll(FIELDS.len())];
            let at = dice.roll(fields.len() + 1);
            // An instance that the signature would take for its own breaks it: those go above all others.
            let at = if listed.contains(&name.to_lowercase()) {
                0
            } else {
                at
            };
            fields.insert(at, format!("{name}: {value}"));
            format!("added {name}: {value} at {at}")
        }
        2 if !free.is_empty() => {
            let gone = fields.remove(free[dice.roll(free.len())]);
            format!("took away {gone:?}")
        }
        3 if !free.is_empty() => {
            let at = free[dice.roll(free.len())];
            let (of, values): (String, Vec<&str>) = {
                let of = name(&fields[at]);
                let same = FIELDS
                    .iter()
                    .filter(|(name, _)| name.eq_ignore_ascii_case(&of));
                (of.clone(), same.map(|(_, value)| *value).collect())
            };
            let value = if values.is_empty() {
                "iets anders"
            } else {
                values[dice.roll(values.len())]
            };
            fields[at] = format!("{of}: {value}");
            format!("changed {of} to {value}")
        }
        _ => {
            let from = dice.roll(fields.len());
            let field = fields.remove(from);
            // Fields of one name keep their order: the signature counts them from below.
            let same = |other: &String| name(other) == name(&field);
            let to = if fields.iter().any(same) {
                from
            } else {
                dice.roll(fields.len() + 1)
            };
            fields.insert(to, field);
            format!("moved {:?} to {to}", name(&fields[to]))
        }
    };
    (
        what,
        Mail(format!("{}\r\n\r\n{}", fields.join("\r\n"), mail.body())),
    )
}

/// Blanks that relaxed canonicalisation drops.
fn bend_blanks(mail: &Mail, dice: &mut Dice) -> (String, Mail) {
    let mut lines: Vec<String> = mail.body().split("\r\n").map(str::to_owned).collect();
    let how = dice.roll(5);
    let what = match how {
        0 | 1 => {
            let all = how == 1;
            let blanks = dice.of(&[" ", "\t", "  ", " \t "]);
            let one = dice.roll(lines.len());
            for (at, line) in lines.iter_mut().enumerate() {
                if all || at == one {
                    line.push_str(blanks);
                }
            }
            format!(
                "{blanks:?} behind {}",
                if all {
                    "every line".into()
                } else {
                    format!("line {one}")
                }
            )
        }
        2 => {
            let blanks = dice.of(&["  ", "\t", " \t"]);
            for line in &mut lines {
                *line = line.replace(' ', blanks);
            }
            format!("each blank is {blanks:?}")
        }
        3 => {
            for line in &mut lines {
                while line.contains("  ") {
                    *line = line.replace("  ", " ");
                }
            }
            "runs of blanks are one".into()
        }
        _ => {
            let more = 1 + dice.roll(3);
            lines.extend(std::iter::repeat_n(
                dice.of(&["", " ", "\t"]).to_owned(),
                more,
            ));
            // The last line has its end.
            lines.push(String::new());
            format!("{more} lines of nothing at the end")
        }
    };
    (what, mail.with_body(&lines.join("\r\n")))
}

/// Blanks and folds of the fields themselves, which a relaxed signature doesn't cover.
fn bend_folds(mail: &Mail, dice: &mut Dice) -> (String, Mail) {
    let mut fields = mail.fields();
    let at = dice.roll(fields.len());
    let field = fields[at].clone();
    let (name, value) = field.split_once(':').unwrap();
    let (what, bent) = match dice.roll(4) {
        0 => ("upper case", format!("{}:{value}", name.to_uppercase())),
        1 => ("no blank", format!("{name}:{}", value.trim_start())),
        2 => ("a blank behind", format!("{field} \t")),
        _ => (
            "folds",
            format!("{name}:{}", value.replace("; ", ";\r\n\t")),
        ),
    };
    // Within quotes a blank is more than a blank.
    if !bent.contains("boundary") {
        fields[at] = bent;
    }
    let header = fields.join("\r\n");
    (
        format!("{what} in {name}"),
        Mail(format!("{header}\r\n\r\n{}", mail.body())),
    )
}

fn letter(post: &Post) -> Letter {
    let letter = post.letter();
    let text = format!(
        "{LINE}\n\nBeste servicedesk,  graag de 2FA van Joost Jansen (j.jansen) resetten.\n\nVoor Pieter Smit  hoeft het NIET, want:\n\nhij is ziek. Dit is nummer {}, en a=b, en --x.\n-- eerst\n--\n\nMet vriendelijke groet,\nDaan Visser\n\n> Vraag: wie?\n> Marieke de Vries ook = ja\n\nVan: mij",
        letter.number
    );
    Letter { text, ..letter }
}

/// Who signs, and over which form.
#[derive(Clone, Copy, Debug)]
enum Sender {
    Of(Provider),
    /// The school's own server, relaxed or simple on either side.
    Own(Form, Form),
}

impl Sender {
    fn sends(self, post: &Post, letter: &Letter) -> Mail {
        match self {
            Self::Of(provider) => provider.sends(post, letter),
            Self::Own(header, body) => {
                let mail = plain_fields(letter);
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
            }
        }
    }
}

fn suggested(post: &Post, request: &Received) -> Value {
    let found = post.run(&["request", "assign", &request.id(), "--suggest"]);
    let found = found["suggestions"].as_array().cloned().unwrap_or_default();
    found
        .iter()
        .map(|account| account["username"].clone())
        .collect()
}

#[track_caller]
fn the_law_holds(what: &str, twins: &Twins, sent: &Mail, bent: &Mail) {
    let first = twins.sent.receive_for(sent, &[]);
    let second = twins.bent.receive_for(bent, &[]);
    if drops(&first, &second) {
        return;
    }
    let mut compared = vec!["text", "text_proven", "sent_at", "subject"];
    if first.check("region").0 == "pass" || first.check("addressed_to_desk").0 == "pass" {
        compared.push("region");
    }
    for field in compared {
        let (was, is) = (&first.document[field], &second.document[field]);
        second.holds(what, &format!("{field} was {was}, and is {is}"), was == is);
    }
    let (was, is) = (
        suggested(&twins.sent, &first),
        suggested(&twins.bent, &second),
    );
    second.holds(
        what,
        &format!("suggested was {was}, and is {is}"),
        was == is,
    );
}

#[track_caller]
fn rounds(sender: Sender, programs: &[Program], seed: u64) {
    let twins = Twins::open();
    let mut dice = Dice(seed);
    let count = if long() { 400 } else { 24 };
    for program in programs {
        for round in 0..count {
            let letter = Letter {
                written_with: program.clone(),
                ..letter(&twins.sent)
            };
            twins.bent.letter();
            let sent = sender.sends(&twins.sent, &letter);
            let mut bent = sent.clone();
            let mut told = format!("{sender:?} {program:?} round {round}");
            for _ in 0..=dice.roll(2) {
                let (what, next) = match (dice.roll(4), sender) {
                    (0 | 1, _) | (_, Sender::Own(Form::Simple, Form::Simple)) => {
                        bend_header(&bent, &mut dice)
                    }
                    (2, Sender::Own(_, Form::Simple)) => bend_folds(&bent, &mut dice),
                    (3, Sender::Own(Form::Simple, _)) | (2, _) => bend_blanks(&bent, &mut dice),
                    _ => bend_folds(&bent, &mut dice),
                };
                told = format!("{told}; {what}");
                bent = next;
            }
            the_law_holds(&told, &twins, &sent, &bent);
        }
    }
}

#[test]
fn it_holds_for_microsoft_365() {
    let programs = [
        Program::Outlook,
        Program::OutlookPicture,
        Program::PlainSevenBit,
        Program::PlainQuotedPrintable,
        Program::PlainBase64,
        Program::IPhone,
        Program::Flowed,
    ];
    rounds(Sender::Of(Provider::Microsoft), &programs, 1);
}

#[test]
fn it_holds_for_google() {
    let programs = [
        Program::Gmail,
        Program::GmailAttachment("formulier.pdf", "application/pdf"),
        Program::GmailPlain,
        Program::PlainQuotedPrintable,
        Program::IPhone,
        Program::Flowed,
    ];
    rounds(Sender::Of(Provider::Workspace), &programs, 2);
}

#[test]
fn it_holds_for_the_others() {
    for (provider, program) in [
        (Provider::TransIp, Program::Outlook),
        (Provider::TransIp, Program::Flowed),
        (Provider::TransIp, Program::PlainQuotedPrintable),
        (Provider::ICloud, Program::IPhone),
        (Provider::Fastmail, Program::Gmail),
        (Provider::Proton, Program::Gmail),
        (Provider::Zoho, Program::Flowed),
        (Provider::Mimecast, Program::PlainBase64),
        (Provider::Proofpoint, Program::OutlookPicture),
    ] {
        rounds(Sender::Of(provider), &[program], 3);
    }
}

#[test]
fn it_holds_whatever_form_the_schools_own_server_signs() {
    for header in [Form::Relaxed, Form::Simple] {
        for body in [Form::Relaxed, Form::Simple] {
            let programs = [
                Program::Outlook,
                Program::PlainQuotedPrintable,
                Program::Flowed,
            ];
            rounds(Sender::Own(header, body), &programs, 4);
        }
    }
}

/// Control: what the rounds do leaves a signature whole, so that it's the law that is tried and not the hash.
#[test]
fn what_the_rounds_bend_is_outside_the_signature() {
    let post = Post::open();
    let mut dice = Dice(5);
    let mut kept = 0;
    for provider in [
        Provider::Microsoft,
        Provider::Workspace,
        Provider::TransIp,
        Provider::ICloud,
    ] {
        for round in 0..60 {
            let letter = Letter {
                written_with: Program::Outlook,
                ..letter(&post)
            };
            let mail = provider.sends(&post, &letter);
            let (what, bent) = match round % 3 {
                0 => bend_header(&mail, &mut dice),
                1 => bend_blanks(&mail, &mut dice),
                _ => bend_folds(&mail, &mut dice),
            };
            // mail-auth takes a last line of blanks for one of text; RFC 6376 (§3.4.4) doesn't.
            let body = Form::Relaxed.body(bent.body());
            assert_eq!(body, Form::Relaxed.body(mail.body()), "{provider:?} {what}");
            let held = post.held(&bent.with_body(&body));
            let holds = held.by.iter().any(|by| by == DOMAIN);
            assert!(holds, "{provider:?} {what}: {held:?}\n{}", bent.0);
            kept += 1;
        }
    }
    assert_eq!(kept, 240);
}
