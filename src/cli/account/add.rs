//! `balie account add`

use serde_json::{Map, Value};

use super::view::AccountView;
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::parse_username;
use crate::cli::shell::session::Session;
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::account::{AccountCard, AddOrder};
use crate::domain::account::person_name::{BadDisplayName, DisplayName};
use crate::domain::code::{OrganisationCode, RoleName};
use crate::domain::directory::address::{BadAddress, WorkAddress};
use crate::domain::language::Language;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie account add a.bakker --name \"Anna Bakker\" --email a.bakker@beatrixschool.nl --role teacher@sch-beatrix
  balie account add a.bakker --name \"Anna Bakker\" --email a.bakker@beatrixschool.nl --personal-for team.beatrix

The work address has to be in a mail domain of the organisation or of one above it. The holder is told by mail
and has the usual time to enroll. A personal login for somebody who shared one gets that one's roles unless others
are given; block the shared one when everybody has their own.")]
pub(in crate::cli) struct Args {
    /// The username
    username: Option<String>,
    /// The holder's name
    #[arg(long)]
    name: Option<String>,
    /// The holder's work address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// A role at an organisation; may be given more than once
    #[arg(long = "role", value_name = "ROLE@ORGANISATION")]
    roles: Vec<String>,
    /// The language of mails: nl or en
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// The shared login that this one takes the place of
    #[arg(long, value_name = "SHARED", add = completing::accounts())]
    personal_for: Option<String>,
}

pub(in crate::cli) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let mut given = |value: Option<String>, what: &str, flag: &str| match value {
        Some(text) => Ok(text),
        None => out.ask(what, flag),
    };
    let username = given(args.username, &said!("The username"), "USERNAME")?;
    let name = given(args.name, &said!("The holder's name"), "--name NAME")?;
    let email = given(args.email, &said!("The work address"), "--email ADDRESS")?;
    let language = args
        .language
        .map(|text| text.parse::<Language>())
        .transpose();
    let order = AddOrder {
        username: parse_username(&username)?,
        name: name
            .parse::<DisplayName>()
            .map_err(|error: BadDisplayName| {
                Failure::invalid(told(&error.to_string()), said!("pass --name NAME"))
            })?,
        work_email: email.parse::<WorkAddress>().map_err(|error: BadAddress| {
            Failure::invalid(told(&error.to_string()), said!("pass --email ADDRESS"))
        })?,
        roles: args
            .roles
            .iter()
            .map(|text| parse_role(text))
            .collect::<Result<_, _>>()?,
        language: language.map_err(|error| {
            Failure::invalid(told(&error.to_string()), said!("pass --language nl or en"))
        })?,
        personal_for: args
            .personal_for
            .as_deref()
            .map(parse_username)
            .transpose()?,
    };
    let card = desk::account::add_account(&mut desk, &order, out.dry_run).await?;
    let dry_run = out.dry_run;
    show(&mut out, &AddedView { card, dry_run })
}

fn parse_role(text: &str) -> Result<(RoleName, OrganisationCode), Failure> {
    let parts = text.split_once('@');
    parts
        .and_then(|(role, at)| Some((role.parse().ok()?, at.parse().ok()?)))
        .ok_or_else(|| {
            Failure::invalid(
                said!("`{text}` isn't a role at an organisation", text = text),
                said!("pass --role ROLE@ORGANISATION, such as teacher@sch-0042"),
            )
        })
}

struct AddedView {
    card: AccountCard,
    dry_run: bool,
}

impl View for AddedView {
    fn schema(&self) -> &'static str {
        "balie.account/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mut fields = AccountView(&self.card).fields();
        fields.insert("dry_run".into(), self.dry_run.into());
        fields
    }

    fn page(&self, page: &mut Page) {
        if self.dry_run {
            page.line(Tone::Warn, &said!("This was a dry run: nothing was added."));
        } else {
            page.line(Tone::Good, &said!("Added; the holder is told by mail."));
        }
        AccountView(&self.card).page(page);
    }
}
