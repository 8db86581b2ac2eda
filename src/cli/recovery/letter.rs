//! The letters with recovery codes: each a page for a window envelope, with nothing to load from elsewhere.

use std::io;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use zeroize::Zeroizing;

use crate::desk::reset::Issued;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;

const FRAME: &str = include_str!("letters.html");
const NL: &str = include_str!("letter.nl.html");
const EN: &str = include_str!("letter.en.html");

/// A page for each code, in its holder's language. They're addressed to the holder at school: no other
/// postal address is on file. `fallback` is for holders who have chosen none, and for the file itself.
pub(in crate::cli) fn letters(
    issued: &[Issued<'_>],
    fallback: Language,
    now: Timestamp,
) -> io::Result<Zeroizing<String>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let mut pages = Zeroizing::new(String::new());
    let mut language = fallback;
    for one in issued {
        let account = one.account;
        let of_holder = account.language.unwrap_or(fallback);
        if issued.len() == 1 {
            language = of_holder;
        }
        let code = one.code.shown();
        let page = environment
            .render_str(
                match of_holder {
                    Language::Nl => NL,
                    Language::En => EN,
                },
                context! {
                    name => account.name.as_str(),
                    username => account.username.as_str(),
                    school => one.school,
                    code => code.as_str(),
                    desk => one.desk_address,
                    date => day(now, of_holder),
                    expires_at => day(one.expires_at, of_holder),
                },
            )
            .map(Zeroizing::new)
            .map_err(io::Error::other)?;
        pages.push_str(&page);
    }
    environment
        .render_str(
            FRAME,
            context! {
                language => language.as_str(),
                title => title(issued, language),
                pages => Value::from_safe_string(pages.as_str().to_owned()),
            },
        )
        .map(Zeroizing::new)
        .map_err(io::Error::other)
}

fn title(issued: &[Issued<'_>], language: Language) -> String {
    match (issued, language) {
        ([one], Language::Nl) => format!("Herstelcode voor {}", one.account.username),
        ([one], Language::En) => format!("Recovery code for {}", one.account.username),
        (_, Language::Nl) => format!("{} herstelcodes", issued.len()),
        (_, Language::En) => format!("{} recovery codes", issued.len()),
    }
}

fn day(at: Timestamp, language: Language) -> String {
    let form = match language {
        Language::Nl => "%-d-%-m-%Y",
        Language::En => "%-d %B %Y",
    };
    at.at_the_desk().strftime(form).to_string()
}
