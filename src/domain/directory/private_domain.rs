//! Domains that anybody can have an address in: none of them proves who works at a school (rule 8).

use super::address::MailDomain;

const PROVIDERS: &[&str] = &[
    "aol.com",
    "caiway.nl",
    "casema.nl",
    "chello.nl",
    "fastmail.com",
    "freedom.nl",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hetnet.nl",
    "home.nl",
    "hotmail.be",
    "hotmail.com",
    "hotmail.nl",
    "hushmail.com",
    "icloud.com",
    "kpnmail.nl",
    "kpnplanet.nl",
    "live.be",
    "live.com",
    "live.nl",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "online.nl",
    "outlook.be",
    "outlook.com",
    "outlook.nl",
    "planet.nl",
    "pm.me",
    "posteo.net",
    "proton.me",
    "protonmail.com",
    "quicknet.nl",
    "solcon.nl",
    "soverin.net",
    "telenet.be",
    "telfort.nl",
    "tele2.nl",
    "tuta.com",
    "tutanota.com",
    "upcmail.nl",
    "web.de",
    "xs4all.nl",
    "yahoo.com",
    "yahoo.nl",
    "yandex.com",
    "zeelandnet.nl",
    "ziggo.nl",
    "zonnet.nl",
];

/// Domains of Microsoft's and Google's under which the mail of anybody's tenant leaves.
const TENANTS: [&str; 2] = ["onmicrosoft.com", "gappssmtp.com"];

/// Whether the domain is a provider's of private mail, lies below one, or is a public suffix itself; or is
/// one under which the mail of anybody's tenant leaves.
#[must_use]
pub fn is_private(domain: &MailDomain) -> bool {
    let text = domain.as_str();
    lies_below(text, PROVIDERS) || is_of_tenants(text) || psl::domain_str(text).is_none()
}

/// Whether the mail of anybody's tenant at Microsoft or Google leaves under this domain: its signature shows
/// a tenant, and no sender.
#[must_use]
pub fn is_of_tenants(domain: &str) -> bool {
    lies_below(domain, &TENANTS)
}

fn lies_below(domain: &str, above: &[&str]) -> bool {
    above.iter().any(|above| {
        domain
            .strip_suffix(above)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_and_public_suffixes_are_private() {
        let private = |text: &str| is_private(&text.parse().unwrap());
        for text in [
            "gmail.com",
            "mail.gmail.com",
            "co.uk",
            "github.io",
            "school.onmicrosoft.com",
            "school-nl.20230601.gappssmtp.com",
        ] {
            assert!(private(text), "{text}");
        }
        for text in ["beatrixschool.nl", "mygmail.com", "stichting-live.nl"] {
            assert!(!private(text), "{text}");
        }
    }
}
