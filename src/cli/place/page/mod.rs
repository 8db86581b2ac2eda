//! The page that the login screen links to: where each desk gets its mail, and how to write to it so that
//! the mail can be proven. One file, no scripts, in Dutch or English.

use std::fmt::Write as _;

use minijinja::{Value, context};
use toml::Table;

use crate::cli::output::html;
use crate::domain::directory::address::WorkAddress;
use crate::domain::language::Language;
use crate::store::directory::RegionRow;

const TEMPLATE: &str = include_str!("desks.html");
const DUTCH: &str = include_str!("nl.toml");
const ENGLISH: &str = include_str!("en.toml");

/// Why a page can't be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum PageError {
    /// The texts of a language can't be read.
    #[error(transparent)]
    Texts(#[from] toml::de::Error),
    /// The template can't be filled in.
    #[error(transparent)]
    Template(#[from] minijinja::Error),
}

/// The page.
pub(super) fn html(regions: &[RegionRow], language: Language) -> Result<String, PageError> {
    let texts: Table = match language {
        Language::Nl => DUTCH,
        Language::En => ENGLISH,
    }
    .parse()?;
    let texts = texts
        .iter()
        .filter_map(|(key, text)| Some((key.as_str(), text.as_str()?)));
    let desks: Vec<Value> = regions
        .iter()
        .map(|region| {
            let RegionRow {
                name,
                servicedesk_address: address,
                ..
            } = region;
            context! { name, address => address.as_str(), link => mail_to(address) }
        })
        .collect();
    let context = context! {
        language => language.as_str(),
        t => Value::from_pairs(texts),
        desks,
    };
    Ok(html::render(TEMPLATE, &context)?)
}

/// A link that opens a mail (RFC 6068) which names the desk twice where providers sign it: they don't sign
/// whom a mail is to, but its subject and its text.
fn mail_to(address: &WorkAddress) -> String {
    let address = encoded(address.as_str());
    format!("mailto:{address}?subject=2FA-reset%20{address}&body=Aan:%20{address}%0D%0A%0D%0A")
}

fn encoded(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'@' | b'.' | b'-' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            // Writing to a string doesn't fail.
            byte => _ = write!(text, "%{byte:02X}"),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(name: &str, address: &str) -> RegionRow {
        let code = "utrecht".parse().unwrap();
        RegionRow {
            id: 1,
            code,
            name: name.into(),
            servicedesk_address: address.parse().unwrap(),
            organisations: 0,
        }
    }

    #[test]
    fn a_link_opens_a_mail_that_names_its_desk() {
        let link = |address: &str| mail_to(&address.parse().unwrap());
        assert_eq!(
            link("utrecht@otservicedesk.nl"),
            "mailto:utrecht@otservicedesk.nl?subject=2FA-reset%20utrecht@otservicedesk.nl&body=Aan:%20utrecht@otservicedesk.nl%0D%0A%0D%0A"
        );
        let odd = link("a+b&c=%@otservicedesk.nl");
        assert!(
            odd.starts_with("mailto:a%2Bb%26c%3D%25@otservicedesk.nl?subject="),
            "{odd}"
        );
    }

    #[test]
    fn both_languages_say_everything() {
        let keys = |text: &str| {
            let table: Table = text.parse().unwrap();
            table.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(keys(DUTCH), keys(ENGLISH));
    }

    #[test]
    fn a_page_escapes_names_runs_nothing_and_fetches_nothing() {
        for language in [Language::Nl, Language::En] {
            let regions = [region("<b>\"Utrecht\"", "utrecht@otservicedesk.nl")];
            let page = html(&regions, language).unwrap();
            assert!(
                page.contains("<h3>&lt;b&gt;&quot;Utrecht&quot;</h3>"),
                "{page}"
            );
            let link = "href=\"mailto:utrecht@otservicedesk.nl?subject=2FA-reset%20utrecht@otservicedesk.nl&amp;body=Aan:%20utrecht@otservicedesk.nl%0D%0A%0D%0A\"";
            assert!(page.contains(link), "{page}");
            for unwanted in [
                "<script", "<b>", "http://", "https://", "src=", "@import", "url(",
            ] {
                assert!(!page.contains(unwanted), "{unwanted}");
            }
        }
    }
}
