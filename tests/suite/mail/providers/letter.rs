//! What somebody writes, and how the usual programs put it into a body.

use data_encoding::BASE64_MIME;

/// A letter before a program and a server have been at it. Lines end in `\n`.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub(super) number: u32,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) date: String,
    pub(super) message_id: String,
    pub(super) text: String,
    pub(super) written_with: Program,
    /// Further fields, which the program writes: Cc, Reply-To, In-Reply-To.
    pub(super) more: Vec<(&'static str, String)>,
}

/// Programs, each with the body that it writes.
#[derive(Clone, Debug)]
pub(super) enum Program {
    /// Outlook: multipart/alternative, no encoding of its own.
    Outlook,
    /// Outlook with a picture in the signature: related around alternative.
    OutlookPicture,
    /// Single parts, as Exchange writes them.
    PlainSevenBit,
    PlainQuotedPrintable,
    PlainBase64,
    /// HTML alone, quoted-printable.
    HtmlOnly,
    /// Gmail in the browser, with HTML.
    Gmail,
    /// Gmail with an attachment: name and type.
    GmailAttachment(&'static str, &'static str),
    /// Gmail in plain text mode: no MIME encoding named.
    GmailPlain,
    /// Mail on an iPhone: a multipart, and 7bit said of it.
    IPhone,
    /// Thunderbird, plain and flowed.
    Flowed,
    /// Something else: type, encoding, body.
    Other(String, Option<&'static str>, String),
}

/// Content-Type, Content-Transfer-Encoding, body.
pub(super) struct Written {
    pub(super) content_type: String,
    pub(super) encoding: Option<&'static str>,
    pub(super) body: String,
}

pub(super) fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// RFC 2045 §6.7, as encoders write it: bytes over 126, `=`, blanks at line ends, lines of 76 at most.
pub(super) fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("\r\n");
        }
        let mut length = 0;
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let last = at + 1 == bytes.len();
            let plain = match byte {
                b' ' | b'\t' => !last,
                b'=' => false,
                33..=126 => true,
                _ => false,
            };
            let token = if plain {
                char::from(*byte).to_string()
            } else {
                format!("={byte:02X}")
            };
            if length + token.len() > 75 {
                out.push_str("=\r\n");
                length = 0;
            }
            length += token.len();
            out.push_str(&token);
        }
    }
    out
}

pub(super) fn base64(bytes: &[u8]) -> String {
    BASE64_MIME.encode(bytes)
}

fn html(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let lines = text.split('\n').map(|line| match line {
        "" => "<div><br></div>".to_owned(),
        line => format!("<div>{line}</div>"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// One part: its header lines, and what stands in it.
pub(super) fn part(header: &[&str], content: &str) -> String {
    format!("{}\r\n\r\n{content}", header.join("\r\n"))
}

pub(super) fn multipart(boundary: &str, parts: &[String]) -> String {
    let parts = parts
        .iter()
        .map(|part| format!("--{boundary}\r\n{part}\r\n"));
    format!("{}--{boundary}--\r\n", parts.collect::<String>())
}

/// A multipart of that kind, which names no encoding of its own.
fn multi(subtype: &str, boundary: &str, parts: &[String]) -> Written {
    Written {
        content_type: format!("multipart/{subtype};\r\n\tboundary=\"{boundary}\""),
        encoding: None,
        body: multipart(boundary, parts),
    }
}

impl Letter {
    pub(super) fn written(&self) -> Written {
        let text = self.text.as_str();
        let single = |kind: &str, encoding, body: String| Written {
            content_type: kind.to_owned(),
            encoding,
            body: body + "\r\n",
        };
        match &self.written_with {
            Program::Outlook => {
                let boundary = self.outlook_boundary("000");
                multi("alternative", &boundary, &outlook_parts(text))
            }
            Program::OutlookPicture => self.with_a_picture(),
            Program::PlainSevenBit => {
                assert!(text.is_ascii(), "7bit");
                single("text/plain; charset=\"us-ascii\"", Some("7bit"), crlf(text))
            }
            Program::PlainQuotedPrintable => single(
                "text/plain; charset=\"utf-8\"",
                Some("quoted-printable"),
                quoted_printable(text),
            ),
            Program::PlainBase64 => Written {
                content_type: "text/plain; charset=\"utf-8\"".into(),
                encoding: Some("base64"),
                body: base64(crlf(text).as_bytes()),
            },
            Program::HtmlOnly => single(
                "text/html; charset=\"utf-8\"",
                Some("quoted-printable"),
                quoted_printable(&outlook_html(text)),
            ),
            Program::Gmail => {
                let boundary = self.gmail_boundary(1);
                multi("alternative", &boundary, &gmail_parts(text))
            }
            Program::GmailAttachment(name, kind) => {
                let (outer, inner) = (self.gmail_boundary(2), self.gmail_boundary(1));
                let inner_kind =
                    format!("Content-Type: multipart/alternative; boundary=\"{inner}\"");
                let alternative = part(&[&inner_kind], &multipart(&inner, &gmail_parts(text)));
                let attachment = part(
                    &[
                        &format!("Content-Type: {kind}; name=\"{name}\""),
                        &format!("Content-Disposition: attachment; filename=\"{name}\""),
                        "Content-Transfer-Encoding: base64",
                        "Content-ID: <f_m3k9x2a10>",
                        "X-Attachment-Id: f_m3k9x2a10",
                    ],
                    &base64(b"het formulier van de school"),
                );
                multi("mixed", &outer, &[alternative, attachment])
            }
            Program::GmailPlain => single("text/plain; charset=\"UTF-8\"", None, crlf(text)),
            Program::IPhone => self.by_iphone(),
            Program::Flowed => single(
                "text/plain; charset=UTF-8; format=flowed",
                Some("8bit"),
                crlf(text),
            ),
            Program::Other(content_type, encoding, body) => Written {
                content_type: content_type.clone(),
                encoding: *encoding,
                body: body.clone(),
            },
        }
    }

    fn by_iphone(&self) -> Written {
        let text = self.text.as_str();
        let boundary = format!("Apple-Mail-8E9C0F1A-77D2-4A3B-9C11-{:012}", self.number);
        let plain = part(
            &[
                "Content-Type: text/plain;\r\n\tcharset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
            ],
            &quoted_printable(text),
        );
        let rich = part(
            &[
                "Content-Type: text/html;\r\n\tcharset=utf-8",
                "Content-Transfer-Encoding: quoted-printable",
            ],
            &quoted_printable(&format!(
                "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head><body dir=\"auto\">{}</body></html>",
                html(text)
            )),
        );
        Written {
            content_type: format!("multipart/alternative; boundary={boundary}"),
            encoding: Some("7bit"),
            body: multipart(&boundary, &[plain, rich]),
        }
    }

    fn with_a_picture(&self) -> Written {
        let text = self.text.as_str();
        let (outer, inner) = (self.outlook_boundary("004"), self.outlook_boundary("000"));
        let kind = format!("Content-Type: multipart/alternative;\r\n\tboundary=\"{inner}\"");
        let alternative = part(&[&kind], &multipart(&inner, &outlook_parts(text)));
        let picture = part(
            &[
                "Content-Type: image/png; name=\"image001.png\"",
                "Content-Description: image001.png",
                "Content-Disposition: inline; filename=\"image001.png\"; size=70;",
                "\tcreation-date=\"Mon, 30 Nov 2026 08:00:00 GMT\"",
                "Content-ID: <image001.png@01DC61A2.5D1F0B40>",
                "Content-Transfer-Encoding: base64",
            ],
            &base64(b"\x89PNG\r\n\x1a\nnot much of a picture"),
        );
        let mut written = multi("related", &outer, &[alternative, picture]);
        written
            .content_type
            .push_str(";\r\n\ttype=\"multipart/alternative\"");
        written
    }

    pub(super) fn outlook_boundary(&self, kind: &str) -> String {
        format!(
            "_{kind}_AM9PR04MB8{:03}F1D2C3B4A5968778E1EURPRD04_",
            self.number
        )
    }

    pub(super) fn gmail_boundary(&self, nth: u32) -> String {
        format!("000000000000a{nth}c4f2062b{:07}", self.number)
    }
}

fn outlook_html(text: &str) -> String {
    format!(
        "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n<style type=\"text/css\" style=\"display:none;\"> P {{margin-top:0;margin-bottom:0;}} </style>\n</head>\n<body dir=\"ltr\">\n{}\n</body>\n</html>",
        html(text)
    )
}

fn outlook_parts(text: &str) -> [String; 2] {
    let header = |kind: &'static str| [kind, "Content-Transfer-Encoding: quoted-printable"];
    [
        part(
            &header("Content-Type: text/plain; charset=\"utf-8\""),
            &format!("{}\r\n", quoted_printable(text)),
        ),
        part(
            &header("Content-Type: text/html; charset=\"utf-8\""),
            &format!("{}\r\n", quoted_printable(&outlook_html(text))),
        ),
    ]
}

fn gmail_parts(text: &str) -> [String; 2] {
    let rich = format!("<div dir=\"ltr\">{}</div>", html(text));
    if text.is_ascii() {
        return [
            part(
                &["Content-Type: text/plain; charset=\"UTF-8\""],
                &(crlf(text) + "\r\n"),
            ),
            part(
                &["Content-Type: text/html; charset=\"UTF-8\""],
                &(crlf(&rich) + "\r\n"),
            ),
        ];
    }
    let encoded = "Content-Transfer-Encoding: quoted-printable";
    [
        part(
            &["Content-Type: text/plain; charset=\"UTF-8\"", encoded],
            &(quoted_printable(text) + "\r\n"),
        ),
        part(
            &["Content-Type: text/html; charset=\"UTF-8\"", encoded],
            &(quoted_printable(&rich) + "\r\n"),
        ),
    ]
}
