//! `balie region add`, `balie org add`

use std::str::FromStr;

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::shell::parse::{organisation_code, region_code};
use crate::desk::directory::{NewOrganisation, NewRegion};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct RegionArgs {
    /// Its code
    code: String,
    /// What it's called
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Where its desk gets its mail
    #[arg(long, value_name = "ADDRESS")]
    address: String,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OrganisationArgs {
    /// Its code
    code: String,
    /// consortium, board, school or other
    #[arg(long, value_name = "KIND")]
    kind: String,
    /// What it's called
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Its region's code
    #[arg(long, value_name = "CODE")]
    region: String,
    /// The code of the organisation above it
    #[arg(long, value_name = "CODE")]
    parent: Option<String>,
    /// A mail domain of its own; once for each
    #[arg(long = "domain", value_name = "DOMAIN")]
    domains: Vec<String>,
}

impl RegionArgs {
    pub(super) fn read(&self) -> Result<NewRegion, Failure> {
        Ok(NewRegion {
            code: read(&self.code, &said!("a region's code"), "utrecht")?,
            name: read(&self.name, &said!("a name"), "Utrecht")?,
            servicedesk_address: read(
                &self.address,
                &said!("an address"),
                "utrecht@otservicedesk.nl",
            )?,
        })
    }
}

impl OrganisationArgs {
    pub(super) fn read(&self) -> Result<NewOrganisation, Failure> {
        let domain = |text: &String| read(text, &said!("a mail domain"), "beatrixschool.nl");
        Ok(NewOrganisation {
            code: read(&self.code, &said!("an organisation's code"), "sch-0042")?,
            kind: read(
                &self.kind,
                &said!("a kind"),
                &said!("consortium, board, school or other"),
            )?,
            name: read(&self.name, &said!("a name"), "Beatrixschool")?,
            region: region_code(&self.region)?,
            parent: self.parent.as_deref().map(organisation_code).transpose()?,
            mail_domains: self.domains.iter().map(domain).collect::<Result<_, _>>()?,
        })
    }
}

fn read<T: FromStr>(text: &str, what: &str, such_as: &str) -> Result<T, Failure> {
    let bad = |_| {
        Failure::invalid(
            said!("`{text}` is not {what}", text = text, what = what),
            said!(
                "pass {what} such as {such_as}",
                what = what,
                such_as = such_as
            ),
        )
    };
    text.parse().map_err(bad)
}
