//! The letter with a recovery code: one page for a window envelope, with nothing to load from elsewhere.

use std::io;

use jiff::tz::TimeZone;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use zeroize::Zeroizing;

use crate::desk::Issued;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

const NL: &str = include_str!("letter.nl.html");
const EN: &str = include_str!("letter.en.html");

/// The page. It's addressed to the holder at school: no other postal address is on file.
pub(super) fn page(
    issued: &Issued<'_>,
    language: Language,
    now: Timestamp,
) -> io::Result<Zeroizing<String>> {
    let template = match language {
        Language::Nl => NL,
        Language::En => EN,
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let account = &issued.card.account;
    let school = issued.card.roles.first().map(|role| role.name.as_str());
    let code = issued.code.shown();
    environment
        .render_str(
            template,
            context! {
                name => account.name.as_str(),
                username => account.username.as_str(),
                school => school.unwrap_or_default(),
                code => code.as_str(),
                desk => issued.desk_address,
                date => day(now, language),
                expires_at => day(issued.expires_at, language),
            },
        )
        .map(Zeroizing::new)
        .map_err(io::Error::other)
}

fn day(at: Timestamp, language: Language) -> String {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
    let form = match language {
        Language::Nl => "%-d-%-m-%Y",
        Language::En => "%-d %B %Y",
    };
    at.as_jiff()
        .to_zoned_datetime(zone)
        .strftime(form)
        .to_string()
}
