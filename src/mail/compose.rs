//! A notice becomes a mail: text and HTML, in Dutch or English. No link, and no secret but the code
//! that a mail is sent for.

use lettre::Message;
use lettre::address::Envelope as SmtpEnvelope;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use minijinja::{AutoEscape, Environment};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use super::envelope::{Envelope, in_brackets};
use crate::domain::answer;
use crate::domain::language::Language;
use crate::domain::notice::Notice;
use crate::domain::timestamp::Timestamp;

/// Each kind of notice with its Dutch and its English text. The first line is the subject.
macro_rules! templates {
    ($($kind:literal),+ $(,)?) => {
        &[$((
            $kind,
            include_str!(concat!("templates/", $kind, ".nl.txt")),
            include_str!(concat!("templates/", $kind, ".en.txt")),
        )),+]
    };
}

const TEMPLATES: &[(&str, &str, &str)] = templates![
    "break_glass_holder",
    "break_glass_requester",
    "challenge",
    "desk_restored",
    "enrolled_holder",
    "locked_holder",
    "password_holder",
    "recovered_holder",
    "account_added",
    "recovery_code_holder",
    "reissue_refused_holder",
    "reissue_refused_requester",
    "reissued_holder",
    "reissued_requester",
    "reset_holder_wrong_phone",
    "account_blocked",
    "account_unblocked",
    "personal_issued",
    "answer_holder",
    "answer_requester",
    "bulk_begun_requester",
    "bulk_done_requester",
    "bulk_reissue_begun_requester",
    "bulk_reissue_done_requester",
    "refused_holder",
    "refused_requester",
    "request_refused",
    "request_rejected",
    "reset_holder",
    "reset_requester",
    "unlocked_holder",
    "undone_holder",
    "undone_requester",
    "window_reminder",
    "window_reopened",
];

/// Why a mail can't be written.
#[derive(Debug, thiserror::Error)]
#[error("the mail can't be written: {0}")]
pub struct CannotCompose(String);

/// Tells other machines not to answer (RFC 3834 §5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

/// Writes the mail of a notice; `secret` is the code that it carries, where it carries one.
pub fn compose(
    notice: &Notice,
    language: Language,
    envelope: &Envelope<'_>,
    secret: Option<&SecretString>,
) -> Result<Message, CannotCompose> {
    let failed = |error: &dyn std::fmt::Display| CannotCompose(error.to_string());
    let sender: Mailbox = envelope.from.parse().map_err(|error| failed(&error))?;
    let author = envelope.author().map_err(|error| failed(&error))?;
    let to: Mailbox = envelope.to.parse().map_err(|error| failed(&error))?;
    let written = render(notice, language, false, secret)?;
    let (subject, text) = subject_and_body(&written)?;
    let addresses = SmtpEnvelope::new(Some(sender.email), vec![to.email.clone()]);
    let mail = Message::builder()
        .envelope(addresses.map_err(|error| failed(&error))?)
        // Answers go to the desk that the mail is of, whichever mailbox sends it.
        .reply_to(author.clone())
        .from(author)
        .to(to);
    let mail = match envelope.in_reply_to.and_then(in_brackets) {
        Some(id) => mail.in_reply_to(id.clone()).references(id),
        None => mail,
    };
    let mail = mail
        .subject(subject)
        .message_id(Some(format!("<{}>", envelope.message_id)))
        .header(AutoSubmitted);
    // A code is in one plain text, so that it's read in one way.
    let mail = if secret.is_some() {
        mail.singlepart(SinglePart::plain(text.to_owned()))
    } else {
        let written = render(notice, language, true, secret)?;
        let (_, html) = subject_and_body(&written)?;
        let html = html.replace("\n\n", "</p>\n<p>").replace(",\n", ",<br>\n");
        let html =
            format!("<!doctype html><html lang=\"{language}\"><body><p>{html}</p></body></html>");
        mail.multipart(MultiPart::alternative_plain_html(text.to_owned(), html))
    };
    mail.map_err(|error| failed(&error))
}

/// The subject and the text of a notice's mail, to be looked at.
pub fn preview(
    notice: &Notice,
    language: Language,
    secret: Option<&SecretString>,
) -> Result<String, CannotCompose> {
    render(notice, language, false, secret).map(|text| text.as_str().to_owned())
}

fn subject_and_body(written: &str) -> Result<(&str, &str), CannotCompose> {
    written
        .strip_prefix("Subject: ")
        .and_then(|rest| rest.split_once("\n\n"))
        .ok_or_else(|| CannotCompose("its template has no subject".into()))
}

fn render(
    notice: &Notice,
    language: Language,
    html: bool,
    secret: Option<&SecretString>,
) -> Result<Zeroizing<String>, CannotCompose> {
    let failed = |error: minijinja::Error| CannotCompose(error.to_string());
    let mut words = words(notice, language);
    if let Some(topic) = notice.topic() {
        let desk = words.iter().find(|(key, _)| key == "desk");
        let desk = desk
            .map(|(_, desk)| desk.as_str())
            .filter(|desk| !desk.is_empty());
        let entry = answer::entry(topic);
        let entry = entry.ok_or_else(|| CannotCompose(format!("there's no answer `{topic}`")))?;
        let told = entry.filled(desk, language);
        words.push(("question".to_owned(), told.question));
        words.push(("answer".to_owned(), told.text.replace('\n', "\n\n")));
    }
    let kind = words.iter().find(|(key, _)| key == "kind");
    let kind = kind.map_or(String::new(), |(_, kind)| kind.clone());
    let (_, nl, en) = TEMPLATES
        .iter()
        .find(|(known, ..)| *known == kind)
        .ok_or_else(|| CannotCompose(format!("there is no text for `{kind}`")))?;
    let template = match language {
        Language::Nl => nl,
        Language::En => en,
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(move |_| {
        if html {
            AutoEscape::Html
        } else {
            AutoEscape::None
        }
    });
    environment
        .add_template("notice", template)
        .map_err(failed)?;
    let secret = secret.map(|secret| ("secret".to_owned(), secret.expose_secret().to_owned()));
    environment
        .get_template("notice")
        .and_then(|template| {
            template.render(minijinja::Value::from_pairs(
                words.into_iter().chain(secret),
            ))
        })
        .map(Zeroizing::new)
        .map_err(failed)
}

/// The notice's fields as texts; instants as a person in the Netherlands reads them.
fn words(notice: &Notice, language: Language) -> Vec<(String, String)> {
    let fields = serde_json::to_value(notice).unwrap_or_default();
    let fields = fields.as_object().cloned().unwrap_or_default();
    let shown = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text
            .parse::<Timestamp>()
            .map_or(text.clone(), |at| local(at, language)),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    fields
        .iter()
        .map(|(key, value)| (key.clone(), shown(value)))
        .collect()
}

fn local(at: Timestamp, language: Language) -> String {
    let form = match language {
        Language::Nl => "%-d-%-m-%Y om %H:%M uur (%Z)",
        Language::En => "%-d %B %Y at %H:%M (%Z)",
    };
    at.at_the_desk().strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::envelope::LONGEST_ID;
    use super::*;
    use crate::domain::notice::AboutAccount;

    const LANGUAGES: [Language; 2] = [Language::Nl, Language::En];

    fn refused() -> Notice {
        Notice::RefusedHolder(AboutAccount {
            name: "<b>Zoë</b>".into(),
            username: "z.celik".into(),
            at: Timestamp::from_seconds(1_790_000_000),
            desk: "utrecht@otservicedesk.nl".into(),
        })
    }

    fn envelope() -> Envelope<'static> {
        Envelope {
            from: "balie@mailer.nl",
            desk: Some(("Servicedesk Utrecht", "utrecht@otservicedesk.nl")),
            to: "c@d.nl",
            message_id: "id@b.nl",
            in_reply_to: None,
        }
    }

    #[test]
    fn names_are_escaped_in_html_and_the_message_id_is_ours() {
        for language in LANGUAGES {
            let html = render(&refused(), language, true, None).unwrap();
            assert!(html.contains("&lt;b&gt;Zoë"));
            let mail = compose(&refused(), language, &envelope(), None).unwrap();
            let mail = String::from_utf8(mail.formatted()).unwrap();
            assert!(mail.contains("Message-ID: <id@b.nl>"));
            assert!(mail.contains("Auto-Submitted: auto-generated"));
        }
    }

    #[test]
    fn a_mail_is_from_its_desk_and_only_what_is_a_message_id_is_given_back() {
        let written = |envelope: &Envelope<'_>| {
            let mail = compose(&refused(), Language::Nl, envelope, None).unwrap();
            let sender = mail.envelope().from().unwrap().to_string();
            assert_eq!(
                sender, "balie@mailer.nl",
                "who hears that it can't be delivered"
            );
            String::from_utf8(mail.formatted()).unwrap()
        };
        let mail = written(&envelope());
        for field in ["From", "Reply-To"] {
            let field = format!("{field}: \"Servicedesk Utrecht\" <utrecht@otservicedesk.nl>\r\n");
            assert!(mail.contains(&field), "{mail}");
        }
        assert!(!mail.contains("balie@mailer.nl"), "{mail}");
        let answering = |id: &'static str| {
            let in_reply_to = Some(id);
            written(&Envelope {
                in_reply_to,
                ..envelope()
            })
        };
        let mail = answering("x.1@beatrixschool.nl");
        for field in ["In-Reply-To", "References"] {
            assert!(
                mail.contains(&format!("{field}: <x.1@beatrixschool.nl>\r\n")),
                "{mail}"
            );
        }
        let too_long = "x".repeat(LONGEST_ID) + "@b.nl";
        for id in [
            "",
            "x",
            "x@a.nl@b.nl",
            "x@b.nl>\r\nBcc: <y@b.nl",
            "x@b.nl> <y@b.nl",
            "é@b.nl",
            too_long.leak(),
        ] {
            let mail = answering(id);
            assert!(
                !mail.contains("In-Reply-To") && !mail.contains("Bcc"),
                "{id}: {mail}"
            );
        }
        let no_desk = written(&Envelope {
            desk: None,
            from: "Balie <balie@mailer.nl>",
            ..envelope()
        });
        assert!(
            no_desk.contains("Reply-To: Balie <balie@mailer.nl>"),
            "{no_desk}"
        );
    }

    #[test]
    fn an_answer_is_the_programs_own_words_whatever_else_was_kept() {
        let kept = |topic: &str| {
            serde_json::json!({
                "kind": "answer_holder", "name": "Zoë", "username": "z.celik", "topic": topic,
                "at": Timestamp::from_seconds(1_790_000_000), "desk": "utrecht@otservicedesk.nl",
            })
        };
        let of = |kept| serde_json::from_value::<Notice>(kept);
        let notice = of(kept("geen-herstelcode")).unwrap();
        let told = preview(&notice, Language::Nl, None).unwrap();
        assert!(
            told.starts_with("Subject: Ik heb geen herstelcode, wat nu?\n"),
            "{told}"
        );
        assert!(
            told.contains("naar utrecht@otservicedesk.nl. Wij stellen 2FA"),
            "{told}"
        );
        assert!(
            told.contains("Aan: utrecht@otservicedesk.nl") && !told.contains("{{"),
            "{told}"
        );
        let mut worded = kept("geen-herstelcode");
        worded["answer"] = "Klik hier".into();
        assert!(of(worded).is_err(), "nothing but the topic is kept");
        assert!(preview(&of(kept("Klik hier")).unwrap(), Language::Nl, None).is_err());
    }

    #[test]
    fn times_are_told_as_the_clock_on_the_wall_has_them() {
        let at = Timestamp::from_seconds(1_790_000_000);
        assert_eq!(local(at, Language::Nl), "21-9-2026 om 16:13 uur (CEST)");
        assert_eq!(local(at, Language::En), "21 September 2026 at 16:13 (CEST)");
    }

    #[test]
    fn every_template_has_a_subject_and_signs_off() {
        for (kind, nl, en) in TEMPLATES {
            for (text, end) in [(nl, "De servicedesk"), (en, "The servicedesk")] {
                assert!(subject_and_body(text).is_ok(), "{kind}");
                assert!(text.trim_end().ends_with(end), "{kind}");
                assert!(!text.contains("http"), "{kind} has a link");
            }
        }
    }
}
