//! The morning's mail: the texts of `demo/mails`, dated now, signed by the domain that sends them.

use minijinja::{Environment, context};
use rand::CryptoRng;

use crate::domain::timestamp::Timestamp;
use crate::loopback::{CannotSign, DnsServer, SigningDomain};

/// Whose second factor it is about.
pub(super) struct Holder {
    pub(super) account: &'static str,
    pub(super) name: &'static str,
}

pub(super) struct Letters {
    /// A director asks, from her work address.
    pub(super) genuine: String,
    /// The same mail, delivered once more through another path.
    pub(super) replayed: String,
    /// Her address in From; somebody else's server.
    pub(super) spoofed: String,
    /// A domain that reads like hers, with keys in good order.
    pub(super) lookalike: String,
    /// A real director, of another school.
    pub(super) no_authority: String,
    /// The first director again, for four of her people.
    pub(super) team: String,
}

/// A mail that can't be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum CannotWrite {
    #[error(transparent)]
    Template(#[from] minijinja::Error),
    #[error(transparent)]
    Date(#[from] jiff::Error),
    #[error(transparent)]
    Sign(#[from] CannotSign),
}

/// The fields that the schools' mail servers sign.
const SIGNED: [&str; 7] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
];

impl Letters {
    /// Writes them all, and tells `dns` the keys of the domains in them.
    pub(super) fn write(
        dns: &DnsServer,
        holder: &Holder,
        now: Timestamp,
        rng: &mut dyn CryptoRng,
    ) -> Result<Self, CannotWrite> {
        let mut domain = |name: &str| {
            let mut seed = [0; 32];
            rng.fill_bytes(&mut seed);
            SigningDomain::publish(dns, name, &seed)
        };
        let school = domain("deregenboog.nl");
        let other_school = domain("beatrixschool.nl");
        let lookalike = domain("deregenbo0g.nl");
        let attacker = domain("vps-0815.example");
        let date =
            &jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_string(&now.as_jiff())?;
        let fill = |template: &str, id: &str| {
            let desk = "rijnmond@otservicedesk.nl";
            let (account, holder) = (holder.account, holder.name);
            Environment::new()
                .render_str(template, context! { desk, account, holder, date, id })
                // A template's lines end as its file's do; a mail's end in CRLF (RFC 5322 §2.1).
                .map(|text| text.replace('\n', "\r\n"))
        };
        let genuine = school.sign(
            &fill(include_str!("../../../demo/mails/genuine.eml"), "3f1c")?,
            &SIGNED,
        )?;
        let team = school.sign(
            &fill(include_str!("../../../demo/mails/team.eml"), "41be")?,
            &SIGNED,
        )?;
        Ok(Self {
            team,
            replayed: format!("Received: from vps-0815.example; {date}\r\n{genuine}"),
            spoofed: attacker.sign(
                &fill(include_str!("../../../demo/mails/spoofed.eml"), "9a02")?,
                &SIGNED,
            )?,
            lookalike: lookalike.sign(
                &fill(include_str!("../../../demo/mails/lookalike.eml"), "77d1")?,
                &SIGNED,
            )?,
            no_authority: other_school.sign(
                &fill(include_str!("../../../demo/mails/no-authority.eml"), "c5e8")?,
                &SIGNED,
            )?,
            genuine,
        })
    }
}

pub(in crate::cli) const HOLDER: Holder = Holder {
    account: "r.terveenstra",
    name: "Rachid ter Veenstra",
};
