//! `balie region|org list|show|add`

mod add;
mod page;

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde_json::{Map, Value, json};

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Out, Page, Tone, View, file};
use crate::cli::shell::completing;
use crate::cli::shell::ending::show_some;
use crate::cli::shell::parse::{organisation_code, region_code};
use crate::cli::shell::session::Session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::account::OrganisationCard;
use crate::domain::language::Language;
use crate::store::directory::{OrganisationRow, RegionRow, RequesterRow};

/// How an earlier page is known.
const PAGE: file::Own = file::Own {
    what: noted!("an earlier page of `balie region list`"),
    begins: "<!DOCTYPE html>\n<html lang=",
    mark: "<meta name=\"generator\" content=\"balie region list\">",
};

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum RegionVerb {
    /// Every region, or the page of their desks' addresses
    #[command(after_help = "\
Examples:
  balie region list
  balie region list --html servicedesks.html          the page that the login screen links to

The page has every region's desk: these addresses are public.")]
    List {
        /// Write a page for directors to this file: each desk's address, and a link that opens a mail to it
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// The language of that page: nl or en (default: yours, else the desk's)
        #[arg(long, value_name = "LANGUAGE", requires = "html")]
        language: Option<Language>,
    },
    /// One region
    Show {
        /// Its code
        #[arg(add = completing::regions())]
        code: String,
    },
    /// Register a region, with the address of its desk
    #[command(after_help = "\
Example:
  balie region add zeeland --name Zeeland --address zeeland@otservicedesk.nl")]
    Add(add::RegionArgs),
}

impl verb::Verb for RegionVerb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::List { html: Some(_), .. } => Rehearsal::ONLY_A_FILE,
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
            Self::Add(_) => Rehearsal::Shows,
        }
    }
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum OrganisationVerb {
    /// Every organisation, or those of a region
    List {
        /// Only of this region
        #[arg(long, value_name = "CODE", add = completing::regions())]
        region: Option<String>,
        /// How many at most
        #[arg(long, default_value_t = 1000, value_name = "N")]
        limit: u32,
    },
    /// One organisation, with its mail domains and requesters
    Show {
        /// Its code
        #[arg(add = completing::organisations())]
        code: String,
    },
    /// Register a consortium, a board or a school
    #[command(after_help = "\
Examples:
  balie org add brd-delta --kind board --name \"De Delta\" --region zeeland --domain dedelta.nl
  balie org add sch-haven --kind school --name \"De Haven\" --region zeeland --parent brd-delta --domain haven.nl")]
    Add(add::OrganisationArgs),
}

impl verb::Verb for OrganisationVerb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::List { .. } | Self::Show { .. } => Rehearsal::OnlyReads,
            Self::Add(_) => Rehearsal::Shows,
        }
    }
}

pub(super) async fn region(verb: RegionVerb, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, config) = session.open().await?;
    match verb {
        RegionVerb::List {
            html: Some(path),
            language,
        } => {
            let language = language.or(config.operator.language);
            write_page(&mut desk, &mut out, &path, language).await
        }
        RegionVerb::List { html: None, .. } => {
            let list = desk::account::regions(&mut desk, None)
                .await?
                .iter()
                .map(region_row)
                .collect();
            show(
                &mut out,
                &Rows {
                    schema: "balie.regions/1",
                    noun: noted!("regions"),
                    list,
                },
            )
        }
        RegionVerb::Show { code } => {
            let code = region_code(&code)?;
            let rows = desk::account::regions(&mut desk, Some(&code)).await?;
            show_region(&mut out, &rows)
        }
        RegionVerb::Add(args) => {
            let new = args.read()?;
            let rows = desk::directory::add_region(&mut desk, &new, out.dry_run).await?;
            out.say_if_rehearsed();
            show_region(&mut out, &rows)
        }
    }
}

async fn write_page(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    path: &Path,
    language: Option<Language>,
) -> Outcome {
    let regions = desk::account::every_desk(desk).await?;
    let page = page::html(&regions, language.unwrap_or(desk.policy.language)).map_err(|error| {
        Failure::internal(said!("the page can't be written: {error}", error = error))
    })?;
    file::replace_own(path, page.as_bytes(), PAGE).map_err(|error| {
        Failure::invalid(
            format!("{}: {error}", path.display()),
            said!("pass a new file or an earlier page with --html"),
        )
    })?;
    out.say(&said!(
        "{regions} desks in {path}",
        regions = regions.len(),
        path = path.display()
    ));
    Ok(Exit::Done)
}

fn show_region(out: &mut Out<'_>, rows: &[RegionRow]) -> Outcome {
    let row = rows.first().map(region_row).unwrap_or_default();
    let schema = "balie.region/1";
    show(out, &Card { schema, row })
}

fn show_organisation(out: &mut Out<'_>, card: &OrganisationCard) -> Outcome {
    let mut row = organisation_row(&card.organisation);
    row.insert("mail_domains".into(), json!(card.domains));
    let requesters: Vec<_> = card.requesters.iter().map(requester_row).collect();
    row.insert("requesters".into(), json!(requesters));
    let schema = "balie.organisation/1";
    show(out, &Card { schema, row })
}

pub(super) async fn organisation(verb: OrganisationVerb, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    match verb {
        OrganisationVerb::List { region, limit } => {
            let region = region.as_deref().map(region_code).transpose()?;
            let found = desk::account::organisations(&mut desk, region.as_ref(), limit).await?;
            let list = found.iter().map(organisation_row).collect();
            show_some(
                &mut out,
                &Rows {
                    schema: "balie.organisations/1",
                    noun: noted!("organisations"),
                    list,
                },
                found.len(),
                limit,
            )
        }
        OrganisationVerb::Show { code } => {
            let code = organisation_code(&code)?;
            let card = desk::account::show_organisation(&mut desk, &code).await?;
            show_organisation(&mut out, &card)
        }
        OrganisationVerb::Add(args) => {
            let new = args.read()?;
            let card = desk::directory::add_organisation(&mut desk, &new, out.dry_run).await?;
            out.say_if_rehearsed();
            show_organisation(&mut out, &card)
        }
    }
}

type Row = Map<String, Value>;

fn row(value: &Value) -> Row {
    value.as_object().cloned().unwrap_or_default()
}

fn region_row(region: &RegionRow) -> Row {
    let RegionRow {
        code,
        name,
        servicedesk_address,
        organisations,
        ..
    } = region;
    row(&json!({
        "code": code,
        "name": name,
        "servicedesk_address": servicedesk_address,
        "organisations": organisations,
    }))
}

fn organisation_row(organisation: &OrganisationRow) -> Row {
    let OrganisationRow {
        code,
        kind,
        name,
        region,
        parent,
        accounts,
        ..
    } = organisation;
    row(&json!({
        "code": code,
        "kind": kind,
        "name": name,
        "region": region,
        "parent": parent,
        "accounts": accounts,
    }))
}

pub(super) fn requester_row(requester: &RequesterRow) -> Row {
    row(&json!({
        "work_email": requester.work_email,
        "name": requester.name,
        "capacity": requester.capacity,
        "organisation": requester.organisation,
        "region": requester.region,
        "valid_from": requester.valid_from,
        "valid_until": requester.valid_until,
        "address_since": requester.address_since,
        "ended_at": requester.ended_at,
        "reviewed_at": requester.reviewed_at,
        "reviewed_by": requester.reviewed_by,
    }))
}

/// A list of like things.
pub(super) struct Rows {
    pub(super) schema: &'static str,
    pub(super) noun: &'static str,
    pub(super) list: Vec<Row>,
}

impl View for Rows {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn fields(&self) -> Row {
        let rows = self.list.iter().cloned().map(Value::Object).collect();
        [(self.noun.to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Row> {
        self.list.clone()
    }

    fn page(&self, page: &mut Page) {
        let Some(first) = self.list.first() else {
            page.line(
                Tone::Warn,
                &said!("No such {noun} are on file.", noun = told(self.noun)),
            );
            return;
        };
        // A column that is empty everywhere tells nothing.
        let tells = |key: &&String| self.list.iter().any(|row| !row[*key].is_null());
        let keys: Vec<&String> = first.keys().filter(tells).collect();
        let heads: Vec<_> = keys.iter().map(|key| key.replace('_', " ")).collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let rows: Vec<Vec<_>> = self
            .list
            .iter()
            .map(|row| {
                keys.iter()
                    .map(|key| (Tone::Plain, text(&row[*key])))
                    .collect()
            })
            .collect();
        page.table(&heads, &rows);
    }
}

/// One thing.
struct Card {
    schema: &'static str,
    row: Row,
}

impl View for Card {
    fn schema(&self) -> &'static str {
        self.schema
    }

    fn fields(&self) -> Row {
        self.row.clone()
    }

    fn page(&self, page: &mut Page) {
        let mut fields = Vec::new();
        for (key, value) in &self.row {
            let label = key.replace('_', " ");
            match value {
                Value::Array(items) if items.iter().any(Value::is_object) => {
                    let of = |item: &Value, key: &str| text(&item[key]);
                    fields.extend(items.iter().map(|item| {
                        let text = format!(
                            "{}, {} <{}>",
                            of(item, "name"),
                            of(item, "capacity"),
                            of(item, "work_email")
                        );
                        (label.trim_end_matches('s').to_owned(), text)
                    }));
                }
                value => fields.push((label, text(value))),
            }
        }
        let fields: Vec<_> = fields
            .iter()
            .map(|(label, text)| (label.as_str(), Tone::Plain, text.clone()))
            .collect();
        page.fields(&fields);
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
