//! `balie requester list|show|add|end|review`

use clap::Subcommand;

use crate::cli::language::{noted, said, told};
use crate::cli::place::{Rows, requester_row};
use crate::cli::shell::completing;
use crate::cli::shell::parse::organisation_code;
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Failure, Outcome, show};
use crate::desk;
use crate::desk::directory::NewRequester;
use crate::domain::account::person_name::BadDisplayName;
use crate::domain::directory::address::BadAddress;
use crate::domain::directory::capacity::{Capacity, UnknownCapacity};
use crate::domain::timestamp::Timestamp;
use crate::store::directory::RequesterRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Every requester, those of an organisation, or those due for review
    List {
        /// Only of this organisation
        #[arg(long, value_name = "CODE", add = completing::organisations())]
        org: Option<String>,
        /// Only those who haven't been reviewed for a year
        #[arg(long)]
        due: bool,
        /// How many at most
        #[arg(long, default_value_t = 1000, value_name = "N")]
        limit: u32,
    },
    /// What is on file under one work address
    Show {
        /// The work address
        address: String,
    },
    /// Register somebody who may ask for a reset
    #[command(after_help = "\
Examples:
  balie requester add v.kok@deregenboog.nl --name \"Vera Kok\" --capacity director --org sch-regenboog
  balie requester add w.bos@deregenboog.nl --name \"Wim Bos\" --capacity director --org sch-regenboog --until 2026-12-31

The second is an acting director. For some days a new address can't authorise alone: a second operator has to approve.")]
    Add(AddArgs),
    /// From now on this address may no longer ask
    End(OfAddress),
    /// Record that what is on file was reviewed and is right
    Review(OfAddress),
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
            Self::Add(_) | Self::End(_) | Self::Review(_) => Rehearsal::Shows,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// The work address
    address: String,
    /// The name
    #[arg(long, value_name = "NAME")]
    name: String,
    /// director, `board_member` or supervisor
    #[arg(long, value_name = "CAPACITY")]
    capacity: String,
    /// The organisation's code
    #[arg(long, value_name = "CODE", add = completing::organisations())]
    org: String,
    /// The first day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day: for somebody who acts temporarily
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct OfAddress {
    /// The work address
    address: String,
    /// Only for this organisation
    #[arg(long, value_name = "CODE", add = completing::organisations())]
    org: Option<String>,
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let dry_run = out.dry_run;
    let of = |org: Option<&str>| org.map(organisation_code).transpose();
    let found = match verb {
        Verb::List {
            org,
            due: true,
            limit,
        } => {
            desk::directory::requesters_due(&mut desk, of(org.as_deref())?.as_ref(), limit).await?
        }
        Verb::List { org, limit, .. } => {
            desk::account::requesters(&mut desk, None, of(org.as_deref())?.as_ref(), limit).await?
        }
        Verb::Show { address } => {
            desk::account::requesters(&mut desk, Some(&address), None, 100).await?
        }
        Verb::Add(args) => {
            let new = args.read()?;
            let found = desk::directory::add_requester(&mut desk, &new, dry_run).await?;
            out.say(&said!(
                "The address is fresh: for some days it can't authorise alone."
            ));
            found
        }
        Verb::End(args) => {
            let org = of(args.org.as_deref())?;
            if out.is_to_ask()? {
                let address = &args.address;
                let found =
                    desk::account::requesters(&mut desk, Some(address), org.as_ref(), 100).await?;
                out.show_aside(&rows(&found));
                out.go_on(&said!(
                    "From now on {address} may no longer ask",
                    address = address
                ))?;
            }
            desk::directory::end_requester(&mut desk, &args.address, org.as_ref(), dry_run).await?
        }
        Verb::Review(args) => {
            let org = of(args.org.as_deref())?;
            desk::directory::review_requester(&mut desk, &args.address, org.as_ref(), dry_run)
                .await?
        }
    };
    out.say_if_rehearsed();
    show(&mut out, &rows(&found))
}

fn rows(found: &[RequesterRow]) -> Rows {
    Rows {
        schema: "balie.requesters/1",
        noun: noted!("requesters"),
        list: found.iter().map(requester_row).collect(),
    }
}

impl AddArgs {
    fn read(&self) -> Result<NewRequester, Failure> {
        let day = |text: &Option<String>, ends: bool| {
            let read = |text: &String| {
                Timestamp::of_day(text, ends).ok_or_else(|| {
                    let message = said!("`{text}` isn't a valid day", text = text);
                    Failure::invalid(message, said!("pass a day such as 2026-08-01"))
                })
            };
            text.as_ref().map(read).transpose()
        };
        Ok(NewRequester {
            work_email: self.address.parse().map_err(|error: BadAddress| {
                Failure::invalid(
                    told(&error.to_string()),
                    said!("pass the work address to register"),
                )
            })?,
            name: self.name.parse().map_err(|error: BadDisplayName| {
                Failure::invalid(told(&error.to_string()), said!("pass --name NAME"))
            })?,
            capacity: self
                .capacity
                .parse::<Capacity>()
                .map_err(|error: UnknownCapacity| {
                    Failure::invalid(
                        told(&error.to_string()),
                        said!("pass --capacity director, board_member or supervisor"),
                    )
                })?,
            organisation: organisation_code(&self.org)?,
            valid_from: day(&self.from, false)?,
            valid_until: day(&self.until, true)?,
        })
    }
}
