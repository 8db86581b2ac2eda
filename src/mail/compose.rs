//! A notice becomes a mail: text and HTML, in Dutch or English. No link, no secret.

use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use minijinja::{AutoEscape, Environment};

use crate::domain::language::Language;
use crate::domain::notice::Notice;
use crate::domain::timestamp::Timestamp;

const NL: &str = include_str!("templates/nl.txt");
const EN: &str = include_str!("templates/en.txt");

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

/// Writes the mail of a notice.
pub fn compose(
    notice: &Notice,
    language: Language,
    from: &str,
    to: &str,
    message_id: &str,
) -> Result<Message, CannotCompose> {
    let failed = |error: &dyn std::fmt::Display| CannotCompose(error.to_string());
    let from: Mailbox = from.parse().map_err(|error| failed(&error))?;
    let to: Mailbox = to.parse().map_err(|error| failed(&error))?;
    let text = render(notice, language, false).map_err(|error| failed(&error))?;
    let html = render(notice, language, true).map_err(|error| failed(&error))?;
    let html = html.replace("\n\n", "</p>\n<p>");
    let html =
        format!("<!doctype html><html lang=\"{language}\"><body><p>{html}</p></body></html>");
    Message::builder()
        .from(from)
        .to(to)
        .subject(subject(notice, language))
        .message_id(Some(format!("<{message_id}>")))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| failed(&error))
}

fn subject(notice: &Notice, language: Language) -> &'static str {
    match (notice, language) {
        (Notice::RefusedHolder { .. }, Language::Nl) => {
            "Verzoek om 2FA opnieuw in te stellen geweigerd"
        }
        (Notice::RefusedHolder { .. }, Language::En) => "A request to reset 2FA was refused",
        (_, Language::Nl) => "2FA is opnieuw ingesteld",
        (_, Language::En) => "2FA was reset",
    }
}

fn render(notice: &Notice, language: Language, html: bool) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(move |_| {
        if html {
            AutoEscape::Html
        } else {
            AutoEscape::None
        }
    });
    let template = match language {
        Language::Nl => NL,
        Language::En => EN,
    };
    environment.add_template("notice", template)?;
    environment
        .get_template("notice")?
        .render(minijinja::Value::from_pairs(words(notice)))
}

/// The notice's fields as texts; instants to the second.
fn words(notice: &Notice) -> Vec<(String, String)> {
    let fields = serde_json::to_value(notice).unwrap_or_default();
    let fields = fields.as_object().cloned().unwrap_or_default();
    let shown = |text: &str| {
        text.parse::<Timestamp>()
            .map_or(text.into(), |at| format!("{at:.0}"))
    };
    fields
        .iter()
        .map(|(key, value)| (key.clone(), shown(value.as_str().unwrap_or_default())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_in_html_and_the_message_id_is_ours() {
        let notice = Notice::RefusedHolder {
            name: "<b>Zoë</b>".into(),
            username: "z.celik".into(),
            at: Timestamp::from_seconds(1_790_000_000),
            desk: "utrecht@otservicedesk.nl".into(),
        };
        for language in [Language::Nl, Language::En] {
            assert!(
                render(&notice, language, true)
                    .unwrap()
                    .contains("&lt;b&gt;Zoë")
            );
            let mail = compose(&notice, language, "a@b.nl", "c@d.nl", "id@b.nl").unwrap();
            let mail = String::from_utf8(mail.formatted()).unwrap();
            assert!(mail.contains("Message-ID: <id@b.nl>"));
            assert!(mail.contains("Auto-Submitted: auto-generated"));
        }
    }
}
