//! What mail programs write: their types, boundaries, encodings and habits.

use super::letter::{base64, crlf, part, quoted_printable};

/// A program: its name, its Content-Type, its encoding and its body, for this text.
pub(super) struct Writes {
    pub(super) name: &'static str,
    pub(super) content_type: String,
    pub(super) encoding: Option<&'static str>,
    pub(super) body: String,
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

/// Classic Outlook, whose HTML is Word's.
pub(super) fn outlook_desktop(text: &str) -> Writes {
    let paragraph = |line: &str| match line {
        "" => "<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>".to_owned(),
        line => format!("<p class=\"MsoNormal\">{}<o:p></o:p></p>", escaped(line)),
    };
    let html: Vec<String> = text.split('\n').map(paragraph).collect();
    let html = format!(
        "<html xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w=\"urn:schemas-microsoft-com:office:word\" xmlns=\"http://www.w3.org/TR/REC-html40\">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">\n<meta name=\"Generator\" content=\"Microsoft Word 15 (filtered medium)\">\n<!--[if !mso]><style>v\\:* {{behavior:url(#default#VML);}}\n</style><![endif]--><style><!--\n/* Font Definitions */\n@font-face\n\t{{font-family:Calibri;}}\np.MsoNormal, li.MsoNormal\n\t{{margin:0cm;\n\tfont-size:11.0pt;}}\n--></style><!--[if gte mso 9]><xml>\n<o:shapedefaults v:ext=\"edit\" spidmax=\"1026\" />\n</xml><![endif]-->\n</head>\n<body lang=\"NL\" link=\"#0563C1\" vlink=\"#954F72\" style=\"word-wrap:break-word\">\n<div class=\"WordSection1\">\n{}\n<p class=\"MsoNormal\"><img width=\"120\" height=\"60\" src=\"cid:image001.png@01DC61A2.5D1F0B40\" alt=\"Logo Beatrixschool\"><o:p></o:p></p>\n</div>\n</body>\n</html>\n",
        html.join("\n")
    );
    // Word ends each paragraph with an empty line in the text.
    let plain = text.replace('\n', "\n\n") + "\n\n[Logo Beatrixschool]\n\n";
    let latin = "Content-Transfer-Encoding: quoted-printable";
    let inner = "_000_AM9PR04MB8411F1D2C3B4A5968778E1EURPRD04_";
    let alternative = super::letter::multipart(
        inner,
        &[
            part(
                &["Content-Type: text/plain; charset=\"iso-8859-1\"", latin],
                &latin1(&quoted_printable(&plain)),
            ),
            part(
                &["Content-Type: text/html; charset=\"iso-8859-1\"", latin],
                &latin1(&quoted_printable(&html)),
            ),
        ],
    );
    let outer = "_004_AM9PR04MB8411F1D2C3B4A5968778E1EURPRD04_";
    let kind = format!("Content-Type: multipart/alternative;\r\n\tboundary=\"{inner}\"");
    let picture = part(
        &[
            "Content-Type: image/png; name=\"image001.png\"",
            "Content-Description: image001.png",
            "Content-Disposition: inline; filename=\"image001.png\"; size=70;\r\n\tcreation-date=\"Mon, 30 Nov 2026 08:00:00 GMT\"",
            "Content-ID: <image001.png@01DC61A2.5D1F0B40>",
            "Content-Transfer-Encoding: base64",
        ],
        &base64(b"\x89PNG\r\n\x1a\nnot much of a picture"),
    );
    Writes {
        name: "Outlook desktop",
        content_type: format!(
            "multipart/related;\r\n\tboundary=\"{outer}\";\r\n\ttype=\"multipart/alternative\""
        ),
        encoding: None,
        body: super::letter::multipart(outer, &[part(&[&kind], &alternative), picture]),
    }
}

/// UTF-8 in quoted-printable, as Latin-1 has it.
pub(super) fn latin1(text: &str) -> String {
    let pairs = [("=C3=AB", "=EB"), ("=C3=A7", "=E7"), ("=C3=87", "=C7")];
    let text = pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("=E2=80=99", "=92")
}

/// Outlook on the web, and the new Outlook.
pub(super) fn outlook_web(text: &str) -> Writes {
    let div = |line: &str| {
        match line {
        "" => "<div class=\"elementToProof\" style=\"font-family: Aptos, Calibri; font-size: 12pt;\"><br>\n</div>".to_owned(),
        line => format!("<div class=\"elementToProof\" style=\"font-family: Aptos, Calibri; font-size: 12pt;\">\n{}</div>", escaped(line)),
    }
    };
    let html: Vec<String> = text.split('\n').map(div).collect();
    let html = format!(
        "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n<style type=\"text/css\" style=\"display:none;\"> P {{margin-top:0;margin-bottom:0;}} </style>\n</head>\n<body dir=\"ltr\">\n{}\n<div id=\"appendonsend\"></div>\n</body>\n</html>\n",
        html.join("\n")
    );
    alternative(
        "Outlook on the web",
        "_000_AM9PR04MB8412F1D2C3B4A5968778E1EURPRD04_",
        "multipart/alternative;\r\n\tboundary=\"{}\"",
        &[
            "text/plain; charset=\"utf-8\"",
            "text/html; charset=\"utf-8\"",
        ],
        &[text, &html],
        "quoted-printable",
    )
}

pub(super) fn outlook_phone(text: &str) -> Writes {
    let text = format!("{text}\n\nOutlook voor iOS<https://aka.ms/o0ukef> downloaden");
    let html = format!(
        "<html>\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n</head>\n<body>\n<div dir=\"auto\">{}</div>\n</body>\n</html>\n",
        escaped(&text)
            .replace(
                "Outlook voor iOS&lt;https://aka.ms/o0ukef&gt; downloaden",
                "<a href=\"https://aka.ms/o0ukef\">Outlook voor iOS</a> downloaden"
            )
            .replace('\n', "</div>\n<div dir=\"auto\">")
    );
    Writes {
        name: "Outlook on a phone",
        ..alternative(
            "",
            "_000_DB8PR04MB6521A0C4E3F2B1DB8PR04MB6521eurp_",
            "multipart/alternative;\r\n\tboundary=\"{}\"",
            &[
                "text/plain; charset=\"utf-8\"",
                "text/html; charset=\"utf-8\"",
            ],
            &[&text, &html],
            "base64",
        )
    }
}

fn alternative(
    name: &'static str,
    boundary: &str,
    kind: &str,
    types: &[&str; 2],
    texts: &[&str; 2],
    encoding: &str,
) -> Writes {
    let encoded = |text: &str| match encoding {
        "base64" => base64(crlf(text).as_bytes()),
        "quoted-printable" => quoted_printable(text) + "\r\n",
        _ => crlf(text) + "\r\n",
    };
    let parts: Vec<String> = types
        .iter()
        .zip(texts)
        .map(|(kind, text)| {
            let kind = format!("Content-Type: {kind}");
            let encoding = format!("Content-Transfer-Encoding: {encoding}");
            part(&[&kind, &encoding], &encoded(text))
        })
        .collect();
    Writes {
        name,
        content_type: kind.replace("{}", boundary),
        encoding: None,
        body: super::letter::multipart(boundary, &parts),
    }
}

fn html_of(text: &str) -> String {
    format!(
        "<html><head></head><body>{}</body></html>",
        escaped(text).replace('\n', "<br>\n")
    )
}

#[expect(clippy::too_many_lines, reason = "a list of shapes")]
pub(super) fn others(text: &str) -> Vec<Writes> {
    let html = html_of(text);
    let plain = |name, content_type: &str, encoding: Option<&'static str>, body: String| Writes {
        name,
        content_type: content_type.into(),
        encoding,
        body,
    };
    let phone = format!("{text}\n\nVerstuurd vanaf mijn iPhone");
    let k9 = format!(
        "{text}\n-- \nVerstuurd vanaf mijn Android apparaat met K-9 Mail. Excuses voor mijn beknoptheid."
    );
    let galaxy = format!("{text}\n\n\nVerzonden vanaf mijn Galaxy\n");
    vec![
        alternative(
            "Apple Mail",
            "Apple-Mail=_5D7C1B0A-9E2F-4B7A-8C11-0F3E2D1C4B5A",
            "multipart/alternative;\r\n\tboundary=\"{}\"",
            &[
                "text/plain;\r\n\tcharset=utf-8",
                "text/html;\r\n\tcharset=utf-8",
            ],
            &[text, &html],
            "quoted-printable",
        ),
        plain(
            "iPhone, plain",
            "text/plain; charset=utf-8",
            Some("quoted-printable"),
            quoted_printable(&phone) + "\r\n",
        ),
        plain(
            "Thunderbird",
            "text/plain; charset=UTF-8; format=flowed",
            Some("8bit"),
            flowed(text),
        ),
        alternative(
            "Thunderbird, both",
            "------------0QpXyB0wVZ3yq6l5p9aKq8Hj",
            "multipart/alternative;\r\n boundary=\"{}\"",
            &[
                "text/plain; charset=UTF-8; format=flowed",
                "text/html; charset=UTF-8",
            ],
            &[text, &html],
            "8bit",
        ),
        alternative(
            "Zimbra",
            "=_d2b7a0a4-5b60-4a2c-9e0c-3d4c5f6a7b8c",
            "multipart/alternative; \r\n\tboundary=\"{}\"",
            &["text/plain; charset=utf-8", "text/html; charset=utf-8"],
            &[text, &html],
            "quoted-printable",
        ),
        alternative(
            "JavaMail",
            "----=_Part_12_1409087921.1796030000000",
            "multipart/alternative; \r\n\tboundary=\"{}\"",
            &["text/plain; charset=UTF-8", "text/html; charset=UTF-8"],
            &[text, &html],
            "quoted-printable",
        ),
        plain(
            "Roundcube",
            "text/plain; charset=UTF-8;\r\n format=flowed",
            Some("8bit"),
            flowed(text),
        ),
        alternative(
            "Roundcube, both",
            "=_0123456789abcdef0123456789abcdef",
            "multipart/alternative;\r\n boundary=\"{}\"",
            &[
                "text/plain; charset=UTF-8;\r\n format=flowed",
                "text/html; charset=UTF-8",
            ],
            &[text, &html],
            "8bit",
        ),
        alternative(
            "K-9",
            "----KQ3Z1F0F8E7D6C5B4A39281706F5E4D3",
            "multipart/alternative;\r\n boundary={}",
            &[
                "text/plain;\r\n charset=utf-8",
                "text/html;\r\n charset=utf-8",
            ],
            &[&k9, &html_of(&k9)],
            "quoted-printable",
        ),
        alternative(
            "Samsung",
            "--_com.samsung.android.email_1796030000000",
            "multipart/alternative; boundary=\"{}\"",
            &["text/plain; charset=utf-8", "text/html; charset=utf-8"],
            &[&galaxy, &html_of(&galaxy)],
            "base64",
        ),
        alternative(
            "eM Client",
            "------=_MB1A2B3C4D-5E6F-7A8B-9C0D-1E2F3A4B5C6D",
            "multipart/alternative;\r\n boundary=\"{}\"",
            &[
                "text/plain; format=flowed; charset=utf-8",
                "text/html; charset=utf-8",
            ],
            &[text, &html],
            "quoted-printable",
        ),
    ]
}

/// RFC 3676, as Thunderbird and Roundcube wrap.
fn flowed(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let mut column = 0;
        for word in line.split(' ') {
            if column > 0 && column + word.len() + 1 > 72 {
                out.push_str(" \r\n");
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.len();
        }
        out.push_str("\r\n");
    }
    out
}
