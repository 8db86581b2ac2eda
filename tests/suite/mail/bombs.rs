//! Mails that are made to cost, of any size: the recipes of the attacks that were found, and their kin.

/// A recipe: what it's called, whether its mail is sound, and the mail of about so many bytes.
pub(super) struct Bomb {
    pub(super) name: &'static str,
    pub(super) sound: bool,
    make: fn(usize) -> Vec<u8>,
}

impl Bomb {
    pub(super) fn of_size(&self, bytes: usize) -> Vec<u8> {
        (self.make)(bytes)
    }
}

const HEADER: &str =
    "From: Daan Visser <d.visser@beatrixschool.nl>\r\nDate: Mon, 30 Nov 2026 10:00:00 +0100\r\n";
const TO: &str = "To: utrecht@otservicedesk.nl\r\nSubject: 2FA\r\n";

fn filled(start: &str, unit: &str, bytes: usize) -> Vec<u8> {
    let count = bytes.saturating_sub(start.len()) / unit.len();
    format!("{start}{}\r\n", unit.repeat(count)).into_bytes()
}

/// A field that goes on and on, folded or not, above a short body.
fn field(name: &str, unit: &str, bytes: usize) -> Vec<u8> {
    let mut mail = filled(&format!("{HEADER}{name}: "), unit, bytes);
    mail.extend_from_slice(b"\r\nHallo\r\n");
    mail
}

fn body(content: &str, unit: &str, bytes: usize) -> Vec<u8> {
    filled(&format!("{HEADER}{TO}{content}\r\n\r\n"), unit, bytes)
}

fn bytes_of(content: &str, unit: &[u8], bytes: usize) -> Vec<u8> {
    let mut mail = format!("{HEADER}{TO}{content}\r\n\r\n").into_bytes();
    while mail.len() + unit.len() <= bytes {
        mail.extend_from_slice(unit);
    }
    mail
}

/// Numbered units, each unlike the others.
fn numbered(content: &str, unit: fn(usize) -> String, bytes: usize) -> Vec<u8> {
    let mut mail = format!("{HEADER}{TO}{content}\r\n\r\n");
    for number in 0.. {
        if mail.len() >= bytes {
            break;
        }
        mail.push_str(&unit(number));
    }
    mail.into_bytes()
}

/// As many fields as may stand in a header, each as `unit` writes it.
fn fields(unit: fn(usize) -> String) -> Vec<u8> {
    let mut mail = String::new();
    for number in 0..240 {
        let next = unit(number);
        let is_full = mail.matches("\r\n").count() >= 240;
        if is_full || mail.len() + next.len() > 60 * 1024 {
            break;
        }
        mail.push_str(&next);
    }
    format!("{mail}{HEADER}{TO}\r\nHallo\r\n").into_bytes()
}

/// One field of nearly 64 KiB, folded at each unit.
fn wide(name: &str, start: &str, unit: fn(usize) -> String) -> Vec<u8> {
    let mut value = start.to_owned();
    for number in 0.. {
        let next = unit(number);
        if value.len() + next.len() > 50 * 1024 {
            break;
        }
        value.push_str(&next);
    }
    let value = value.replace('\n', "\r\n ");
    format!("{name}: {value}\r\n{HEADER}\r\nHallo\r\n").into_bytes()
}

const PLAIN: &str = "Content-Type: text/plain; charset=utf-8";
const MIXED: &str = "Content-Type: multipart/mixed; boundary=B";

macro_rules! bombs {
    ($($verdict:ident $name:literal: $make:expr;)*) => {
        &[$(Bomb { name: $name, sound: bombs!(@ $verdict), make: $make }),*]
    };
    (@ sound) => { true };
    (@ malformed) => { false };
}

pub(super) const BOMBS: &[Bomb] = bombs! {
    // What was found (D1 to D5), as it was found.
    malformed "nested mails": |n| filled("From: a@b.nl\r\nDate: x\r\n", "Content-Type:message/rfc822\r\n\r\n", n);
    malformed "open encoded words in the subject": |n| field("Subject", "=?ab?q?aaa", n);
    malformed "the same, folded": |n| field("Subject", "=?ab?q?aaa\r\n ", n);
    malformed "the same in a part": |n| body(MIXED, &format!("--B\r\nContent-Description: {}\r\n\r\n", "=?ab?q?aaa".repeat(90)), n);
    malformed "multiparts without their boundary": |n| body(MIXED, "--B\r\nContent-Type:multipart/a;boundary=z\r\n\r\n", n);
    malformed "recipients without end": |n| field("To", &format!("{}\r\n ", "a@b,".repeat(200)), n);
    malformed "a digest": |n| body("Content-Type: multipart/digest; boundary=B", "--B\r\na:\r\n", n);
    malformed "addresses to answer to": |n| field("Reply-To", "a@b,", n);
    sound "lines that could begin parts": |n| numbered("", |number| if number == 0 { "Hallo\r\n".into() } else { format!("--{number}\r\n") }, n);
    sound "a charset that makes it longer": |n| bytes_of("Content-Type: text/plain; charset=shift_jis", b"\x83\x40\x83\x41\r\n", n);
    malformed "senders": |n| filled("Date: x\r\nFrom: ", "a@b,", n);
    malformed "fields": |n| filled(HEADER, "a:\r\n", n);
    // Their kin.
    malformed "mails in a digest in mails": |n| body("Content-Type: message/rfc822", "Content-Type: multipart/digest; boundary=B\r\n\r\n--B\r\n\r\n", n);
    malformed "nested multiparts": |n| numbered("Content-Type: multipart/mixed; boundary=b0", |at| format!("--b{at}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n", at + 1), n);
    malformed "parts": |n| body(MIXED, "--B\r\n\r\n", n);
    malformed "delimiters in the middle of lines": |n| body(MIXED, "x--B", n);
    malformed "one line of delimiters": |n| body(MIXED, "--B", n);
    malformed "a part's header without end": |n| body(MIXED, "--B\r\na: b\r\nc: d\r\n", n);
    malformed "a part's long line": |n| filled(&format!("{HEADER}{TO}{MIXED}\r\n\r\n--B\r\nX-A: "), "a", n);
    malformed "boundaries": |n| numbered(PLAIN, |at| format!("boundary=x{at}\r\n"), n);
    malformed "boundaries of one beginning": |n| numbered(PLAIN, |at| format!("boundary={}{at}\r\n", "-".repeat(900)), n);
    malformed "a line of nothing": |n| field("X-A", "a", n);
    malformed "a line of control characters": |n| field("X-A", "\u{1}", n);
    malformed "Message-IDs": |n| field("References", "<a@b>\r\n ", n);
    malformed "comments in a date": |n| field("Date", "(", n);
    malformed "results": |n| field("Authentication-Results", "mx.nl; dkim=pass\r\n ", n);
    malformed "signatures": |n| filled(HEADER, "DKIM-Signature: v=1; a=rsa-sha256; d=a.nl; s=b; h=from; bh=AAAA; b=AAAA\r\n", n);
    malformed "mixed line ends": |n| body(PLAIN, "a\r\nb\n", n);
    malformed "carriage returns": |n| body(PLAIN, "\r", n);
    malformed "a header of blanks": |n| field("Subject", " \r\n ", n);
    sound "parameters of parts": |n| {
        let fold = |at: usize| if at.is_multiple_of(20) { "\r\n " } else { "" };
        let parameters = (0..190).fold(String::new(), |all, at| all + &format!(";{}a{at}*1*=''b", fold(at)));
        let part = format!("--B\r\nContent-Type: text/plain{parameters}\r\n\r\nHallo\r\n");
        let filler = "Hallo\r\n".repeat((n / 400).saturating_sub(part.len()) / 7 + 1);
        body(MIXED, &format!("{part}{filler}"), n)
    };
    malformed "a boundary in pieces": |n| body("Content-Type: multipart/mixed; boundary*0=a; boundary*1=b", "--ab\r\n\r\n", n);
    // Sound ones: they are taken, however large.
    sound "text": |n| body(PLAIN, "Graag de 2FA van Joost Jansen (j.jansen) opnieuw instellen.\r\n", n);
    sound "one line": |n| body(PLAIN, "a", n);
    sound "empty lines": |n| body(PLAIN, "\r\n", n);
    sound "blanks": |n| body(PLAIN, " \t", n);
    sound "line ends that are LF": |n| body(PLAIN, "Hallo Joost\r\n", n).into_iter().filter(|b| *b != b'\r').collect();
    malformed "the word boundary in one line": |n| body(PLAIN, "boundary=", n);
    sound "the word boundary, quoted and open": |n| body(PLAIN, "boundary=\"boundary=", n);
    sound "the word boundary and a colon": |n| body(PLAIN, "boundary=a;", n);
    malformed "dashes": |n| body(MIXED, "-", n);
    malformed "delimiters of others": |n| body(MIXED, "--C\r\n\r\n", n);
    sound "quotes": |n| body(PLAIN, ">\r\n", n);
    sound "labels": |n| body(PLAIN, "Van:\r\nOp woensdag\r\n", n);
    sound "attributions": |n| body(PLAIN, "Op ", n);
    sound "surnames": |n| body(PLAIN, "J. Jansen ", n);
    sound "HTML": |n| body("Content-Type: text/html; charset=utf-8", "<p>Hallo <b>Joost</b></p>\r\n", n);
    sound "open elements": |n| body("Content-Type: text/html; charset=utf-8", "<", n);
    sound "entities": |n| body("Content-Type: text/html; charset=utf-8", "&amp;&#x", n);
    sound "HTML comments": |n| body("Content-Type: text/html; charset=utf-8", "<!--", n);
    sound "open pictures": |n| body("Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\n\r\nHallo\r\n--B\r\nContent-Type: text/html", "<img alt=\"", n);
    sound "brackets beside a picture": |n| body("Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n<img alt=\"Hallo\"><ol>\r\n--B", "[Hallo <http:1. ", n);
    sound "digits beside a list": |n| body("Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n<ol><li>1\r\n--B", "1", n);
    sound "brackets without end": |n| body("Content-Type: multipart/alternative; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n<img alt=\"a\">\r\n--B", "<", n);
    sound "base64": |n| body("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", "R3JhYWcgZGUgMkZBIHZhbiBqLmphbnNlbg0KR3JhYWcgZGUgMkZBIHZhbiBqLmph\r\n", n);
    sound "broken base64": |n| body("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", "R3=Jh\r\n", n);
    sound "quoted-printable": |n| body("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", "=C3=AB=\r\n", n);
    sound "soft line ends": |n| body("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", "=\r\n", n);
    sound "windows-1252": |n| bytes_of("Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit", b"\x80", n);
    sound "windows-1252 in a part": |n| bytes_of("Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: 8bit", b"\x80", n);
    sound "broken UTF-8": |n| bytes_of("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit", b"\xff", n);
    sound "UTF-7": |n| body("Content-Type: text/plain; charset=utf-7", "+AGEAYgBj-", n);
    sound "open UTF-7": |n| body("Content-Type: text/plain; charset=utf-7", "+", n);
    sound "ISO-2022-JP": |n| body("Content-Type: text/plain; charset=iso-2022-jp", "\u{1b}$B!!\u{1b}(B", n);
    sound "UTF-16": |n| bytes_of("Content-Type: text/plain; charset=utf-16", b"\x20\xac", n);
    sound "GB18030": |n| bytes_of("Content-Type: text/plain; charset=gb18030", b"\x81\x30", n);
    sound "a calendar": |n| body("Content-Type: text/calendar; method=REQUEST", "METHOD:x\r\n", n);
    sound "a calendar that folds": |n| body("Content-Type: text/calendar", "METHOD:\r\n ", n);
    sound "a calendar of broken UTF-8": |n| bytes_of("Content-Type: text/calendar", b"\xff", n);
    sound "an attachment": |n| body(&format!("{MIXED}\r\n\r\n--B\r\n\r\nHallo\r\n--B\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64"), "R3JhYWcgZGUgMkZBIHZhbiBqLmphbnNlbg0KR3JhYWcgZGUgMkZBIHZhbiBqLmph\r\n", n);
    sound "a mail in base64": |n| body("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64", "Q29udGVudC1UeXBlOm1lc3NhZ2UvcmZjODIyDQoNCg==\r\n", n);
    sound "the words that are hidden": |n| body(MIXED, "rfc822 Global DIGEST ", n);
    // The header is bounded: these are as wide as it may be.
    malformed "RFC 2231 parameters": |_| wide("Content-Type", "text/plain", |at| format!(";\na*{at}=b"));
    malformed "RFC 2231 parameters of many names": |_| wide("Content-Type", "text/plain", |at| format!(";\na{at}*1*=b"));
    malformed "parameters": |_| wide("Content-Type", "text/plain", |at| format!(";\na{at}=b"));
    sound "results of one field": |_| wide("Authentication-Results", "mx.nl", |at| format!(";\na{at}=b"));
    malformed "comments in results": |_| wide("Authentication-Results", "mx.nl; dkim=pass ", |_| "(\n".into());
    sound "results of ARC": |_| wide("ARC-Authentication-Results", "i=1; mx.nl", |at| format!(";\ndkim=pass header.d=a{at}"));
    malformed "fields that a signature lists": |_| wide("DKIM-Signature", "v=1; a=rsa-sha256; d=a.nl; s=b; bh=AAAA; b=AAAA; h=from", |at| format!(":\nx{at}"));
    sound "tags of a signature": |_| wide("DKIM-Signature", "v=1; a=rsa-sha256; d=a.nl; s=b; bh=AAAA; b=AAAA; h=from", |at| format!(";\nx{at}=y"));
    sound "the body's hash": |_| wide("DKIM-Signature", "v=1; a=rsa-sha256; d=a.nl; s=b; h=from; b=AAAA; bh=", |_| format!("\n{}", "A".repeat(76)));
    sound "fields that a seal lists": |_| wide("ARC-Message-Signature", "i=1; a=rsa-sha256; d=a.nl; s=b; bh=AAAA; b=AAAA; h=from", |at| format!(":\n{at}-{}", "x".repeat(70)));
    sound "signatures of many lengths": |_| fields(|at| format!("DKIM-Signature: v=1; a=rsa-sha256; d=a{at}.nl; s=b; l={at}; h=from; bh=AAAA; b=A{:03}\r\n", 100 + at));
    sound "signatures of the sender": |_| fields(|at| format!("DKIM-Signature: v=1; a=rsa-sha256; d=beatrixschool.nl; s=s{at}; c=simple/relaxed; h=from:date; bh=AAAA; b=A{:03}\r\n", 100 + at));
    sound "sets of ARC": |_| fields(|at| format!("ARC-Seal: i={at}; a=rsa-sha256; d=a.nl; s=b; cv=none; b=AAAA\r\n"));
    sound "hosts": |_| fields(|at| format!("Received: from a by h{at}; x\r\nAuthentication-Results: h{at}; dkim=pass\r\n"));
    sound "recipients": |_| wide("To", "a@b.nl", |at| format!(",\nJan {at} <{}{at}@b.nl>", "x".repeat(150)));
    sound "encoded recipients": |_| wide("Cc", "a@b.nl", |at| format!(",\n\"=?utf-8?q?{at}\" <a{at}@b.nl>").replace("=?", if at < 90 { "=?" } else { "" }));
    sound "comments in recipients": |_| wide("Cc", "a@b.nl ", |_| "((((((((((\n".into());
    sound "answered mails": |_| wide("References", "", |at| format!("<{at}-{}@b.nl>\n", "x".repeat(900)));
};
