//! Signs as RFC 6376 and RFC 8617 say, over whatever list of fields. It's written from the RFCs, so that
//! the mails don't come from the library that Balie reads them with; `control` has that library check them.

use data_encoding::BASE64;
use mail_auth::common::crypto::{RsaKey, Sha256, SigningKey as _};
use rustls::pki_types::PrivateKeyDer;
use sha2::Digest as _;

use super::mail::Mail;

/// Whose key signs. All are RSA of 2048 bits, made for these tests; they guard nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    School,
    Google,
    Microsoft,
    Stranger,
}

impl Key {
    fn private(self) -> RsaKey<Sha256> {
        let der: &[u8] = match self {
            Self::School => include_bytes!("../rsa2048.der"),
            Self::Google => include_bytes!("keys/google.der"),
            Self::Microsoft => include_bytes!("keys/microsoft.der"),
            Self::Stranger => include_bytes!("keys/stranger.der"),
        };
        RsaKey::from_key_der(PrivateKeyDer::Pkcs1(der.into())).unwrap()
    }

    /// The TXT record at the selector.
    pub(super) fn record(self) -> String {
        let public = BASE64.encode(&self.private().public_key());
        format!("v=DKIM1; k=rsa; p={public}")
    }
}

/// RFC 6376 §3.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Relaxed,
    Simple,
}

impl Form {
    pub(super) fn body(self, body: &str) -> String {
        let relaxed = |line| runs_to_one(line).trim_end_matches(' ').to_owned();
        let lines = body.split("\r\n");
        let mut lines: Vec<String> = match self {
            Self::Relaxed => lines.map(relaxed).collect(),
            Self::Simple => lines.map(str::to_owned).collect(),
        };
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        if lines.is_empty() {
            return match self {
                Self::Relaxed => String::new(),
                Self::Simple => "\r\n".into(),
            };
        }
        lines.join("\r\n") + "\r\n"
    }

    fn field(self, field: &str) -> String {
        let (name, value) = field.split_once(':').unwrap();
        match self {
            Self::Simple => field.to_owned(),
            Self::Relaxed => {
                let value = runs_to_one(&value.replace("\r\n", ""));
                format!("{}:{}", name.trim_end().to_lowercase(), value.trim())
            }
        }
    }
}

fn runs_to_one(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars().map(|c| if c == '\t' { ' ' } else { c }) {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

/// One signature to make. `tags` is what stands before `h=`, to the letter.
pub(super) struct Signing<'s> {
    pub(super) key: Key,
    pub(super) tags: String,
    pub(super) fields: &'s str,
    pub(super) header: Form,
    pub(super) body: Form,
}

impl Signing<'_> {
    /// The field, to be put on top of the mail.
    pub(super) fn sign(&self, name: &str, mail: &Mail) -> String {
        let hash = BASE64.encode(&sha2::Sha256::digest(self.body.body(mail.body())));
        let unsigned = format!(
            "{name}: {}\r\n h={};\r\n bh={hash};\r\n b=",
            self.tags, self.fields
        );
        let mut data = self.header_of(mail);
        data.push_str(&self.header.field(&unsigned));
        let signature = self.key.private().sign(data.as_bytes()).unwrap();
        let signature = BASE64.encode(&signature);
        // Microsoft writes it in one line, the others fold.
        let width = if self.fields.starts_with("From:Date:") {
            usize::MAX
        } else {
            64
        };
        let lines = signature
            .as_bytes()
            .chunks(width)
            .map(String::from_utf8_lossy);
        unsigned + &lines.collect::<Vec<_>>().join("\r\n  ")
    }

    /// The fields that `h=` lists: each name takes the lowest that is left (§5.4.2).
    fn header_of(&self, mail: &Mail) -> String {
        let mut left = mail.fields();
        let mut data = String::new();
        for name in self.fields.split(':').map(str::trim) {
            let is_it = |field: &String| {
                field
                    .split_once(':')
                    .is_some_and(|(found, _)| found.trim_end().eq_ignore_ascii_case(name))
            };
            if let Some(at) = left.iter().rposition(is_it) {
                data.push_str(&self.header.field(&left.remove(at)));
                data.push_str("\r\n");
            }
        }
        data
    }
}

/// One more ARC set: what the sealer says, over what it lists.
pub(super) struct Seal<'s> {
    pub(super) key: Key,
    pub(super) domain: &'s str,
    pub(super) selector: &'s str,
    pub(super) instance: u32,
    pub(super) fields: &'s str,
    /// Behind `i=N; `.
    pub(super) results: &'s str,
}

impl Seal<'_> {
    /// The mail with the set on top. Earlier sets have to stand on top of it already.
    pub(super) fn seal(&self, mail: &Mail) -> Mail {
        let Self {
            domain,
            selector,
            instance,
            ..
        } = self;
        let results = format!("ARC-Authentication-Results: i={instance}; {}", self.results);
        let message = Signing {
            key: self.key,
            tags: format!(
                "i={instance}; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s={selector};"
            ),
            fields: self.fields,
            header: Form::Relaxed,
            body: Form::Relaxed,
        }
        .sign("ARC-Message-Signature", mail);
        let valid = if *instance == 1 { "none" } else { "pass" };
        let seal = format!(
            "ARC-Seal: i={instance}; a=rsa-sha256; s={selector}; d={domain}; cv={valid};\r\n b="
        );
        let mut data = String::new();
        for earlier in 1..*instance {
            for name in [
                "ARC-Authentication-Results",
                "ARC-Message-Signature",
                "ARC-Seal",
            ] {
                let start = format!("{name}: i={earlier};");
                let fields = mail.fields();
                let field = fields.iter().find(|field| field.starts_with(&start));
                data.push_str(&Form::Relaxed.field(field.unwrap()));
                data.push_str("\r\n");
            }
        }
        for field in [&results, &message] {
            data.push_str(&Form::Relaxed.field(field));
            data.push_str("\r\n");
        }
        data.push_str(&Form::Relaxed.field(&seal));
        let signature = self.key.private().sign(data.as_bytes()).unwrap();
        let seal = seal + &BASE64.encode(&signature);
        mail.on_top(&results).on_top(&message).on_top(&seal)
    }
}
