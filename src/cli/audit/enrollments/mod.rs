//! `balie audit enrollments`

mod page;

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, View, file};
use crate::cli::shell::completing;
use crate::cli::shell::offer;
use crate::cli::shell::session::Session;
use crate::cli::{Exit, Failure, Outcome, show};
use crate::desk;
use crate::desk::audit::{EnrollmentAudit, Group};
use crate::domain::language::Language;
use crate::domain::log::enrollments::{Counts, Finding, GroupBy};
use crate::store::log::FoundRow;

/// How an earlier page is known.
const PAGE: file::Own = file::Own {
    what: noted!("an earlier page of `balie audit enrollments`"),
    begins: "<!DOCTYPE html>\n<html lang=",
    mark: "<meta name=\"generator\" content=\"balie audit enrollments\">",
};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie audit enrollments
  balie audit enrollments --by organisation --region utrecht --format csv
  balie audit enrollments --region utrecht --html utrecht.html          a page for a director
  balie audit enrollments --finding overdue --limit 20                  who they are

Counts name nobody; --finding lists usernames, as many as you ask for, and is an event of its own.")]
pub(in crate::cli) struct Args {
    /// What to count by: region, organisation or role
    #[arg(long, default_value_t = GroupBy::Region, value_name = "WHAT")]
    by: GroupBy,
    /// Only accounts with a role in this region (may be given more than once)
    #[arg(long, value_name = "CODE", add = completing::regions())]
    region: Vec<String>,
    /// List who this finding is about
    #[arg(long, value_name = "NAME", conflicts_with_all = ["html", "by"], add = offer::findings())]
    finding: Option<Finding>,
    /// How many of them at most
    #[arg(long, default_value_t = 20, value_name = "N", requires = "finding")]
    limit: u32,
    /// Write a page that can be read and printed without balie to this file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) html: Option<PathBuf>,
    /// The language of that page: nl or en (default: the config's)
    #[arg(long, value_name = "LANGUAGE", requires = "html", add = offer::languages())]
    language: Option<Language>,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let (mut desk, mut out, _) = session.open().await?;
    let regions = args
        .region
        .iter()
        .map(|text| crate::cli::shell::parse::region_code(text));
    let regions = regions.collect::<Result<Vec<_>, _>>()?;
    if let Some(finding) = args.finding {
        let (count, found) =
            desk::audit::list_finding(&mut desk, finding, &regions, args.limit).await?;
        let view = FindingView {
            finding,
            count,
            found,
        };
        return show(&mut out, &view);
    }
    let audit = desk::audit::audit_enrollments(&mut desk, args.by, &regions).await?;
    let Some(path) = args.html else {
        return show(&mut out, &AuditView(audit));
    };
    let language = args.language.unwrap_or(desk.policy.language);
    let page = page::html(&audit, language).map_err(|error| {
        Failure::internal(said!("the page can't be written: {error}", error = error))
    })?;
    file::replace_own(&path, page.as_bytes(), PAGE).map_err(|error| {
        Failure::invalid(
            format!("{}: {error}", path.display()),
            said!("pass a new file or an earlier page with --html"),
        )
    })?;
    out.say(&said!(
        "{accounts} accounts in {path}",
        accounts = audit.totals.accounts,
        path = path.display()
    ));
    Ok(Exit::Done)
}

struct AuditView(EnrollmentAudit);

fn counts(counts: &Counts) -> Map<String, Value> {
    let fields = serde_json::to_value(counts).unwrap_or_default();
    fields.as_object().cloned().unwrap_or_default()
}

fn group_row(group: &Group) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("group".into(), json!(group.code));
    row.insert("name".into(), json!(group.name));
    row.extend(counts(&group.counts));
    row
}

/// The columns of the page, the ones that a narrow terminal can do without last.
const HEADS: [&str; 8] = [
    "",
    "accounts",
    "enrolled",
    "",
    "not yet",
    "overdue",
    "no recovery code",
    "locked",
];

impl AuditView {
    fn page_row(name: &str, counts: &Counts, bar: u16) -> Vec<(Tone, String)> {
        let tone = if counts.per_cent() == 100 {
            Tone::Good
        } else {
            Tone::Plain
        };
        let number = |tone, number: i64| {
            let tone = if number == 0 { Tone::Faint } else { tone };
            (tone, number.to_string())
        };
        vec![
            (Tone::Strong, name.to_owned()),
            (Tone::Plain, counts.accounts.to_string()),
            (Tone::Good, Page::bar(counts.share(), bar)),
            (tone, format!("{}%", counts.per_cent())),
            number(Tone::Plain, counts.accounts - counts.enrolled()),
            number(Tone::Warn, counts.overdue),
            number(Tone::Plain, counts.recovery_missing),
            number(Tone::Bad, counts.locked),
        ]
    }
}

impl View for AuditView {
    fn schema(&self) -> &'static str {
        "balie.audit_enrollments/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let audit = &self.0;
        let findings: Vec<_> = audit
            .findings
            .iter()
            .map(|(finding, count)| json!({ "name": finding, "count": count }))
            .collect();
        let groups: Vec<_> = audit.groups.iter().map(group_row).collect();
        let fields = json!({
            "at": audit.at,
            "by": audit.by,
            "regions": audit.regions,
            "totals": counts(&audit.totals),
            "groups": groups,
            "findings": findings,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        self.0.groups.iter().map(group_row).collect()
    }

    fn page(&self, page: &mut Page) {
        let audit = &self.0;
        let (bar, columns) = match page.width() {
            Some(..72) => (8, 6),
            Some(72..96) => (14, 7),
            _ => (24, 8),
        };
        let named = audit.groups.iter().map(|group| {
            let name = if group.name.is_empty() {
                said!("(no role)")
            } else {
                group.name.clone()
            };
            (name, &group.counts)
        });
        let rows: Vec<_> = named
            .chain([(said!("all"), &audit.totals)])
            .map(|(name, counts)| {
                let mut row = Self::page_row(&name, counts, bar);
                row.truncate(columns);
                row
            })
            .collect();
        let mut heads = HEADS;
        heads[0] = audit.by.as_str();
        page.table_of_numbers(&heads[..columns], &rows);
        page.gap();
        let found: Vec<_> = audit
            .findings
            .iter()
            .filter(|(_, count)| *count > 0)
            .collect();
        if found.is_empty() {
            page.line(Tone::Good, &said!("Nothing needs a second look."));
            return;
        }
        page.heading(&said!("Worth a second look"));
        let rows: Vec<_> = found
            .iter()
            .map(|(finding, count)| {
                vec![
                    (Tone::Warn, count.to_string()),
                    (Tone::Plain, told(finding.sentence())),
                    (Tone::Faint, finding.to_string()),
                ]
            })
            .collect();
        page.list(&rows);
        page.line(
            Tone::Faint,
            &said!("Who: balie audit enrollments --finding NAME --limit N"),
        );
    }
}

struct FindingView {
    finding: Finding,
    count: i64,
    found: Vec<FoundRow>,
}

impl View for FindingView {
    fn schema(&self) -> &'static str {
        "balie.finding/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows: Vec<_> = self.rows().into_iter().map(Value::Object).collect();
        let noun = if self.finding.is_about_requesters() {
            "requesters"
        } else {
            "accounts"
        };
        let mut fields = Map::new();
        fields.insert("finding".into(), json!(self.finding));
        fields.insert("count".into(), json!(self.count));
        fields.insert(noun.into(), Value::Array(rows));
        fields
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let who = if self.finding.is_about_requesters() {
            "work_email"
        } else {
            "username"
        };
        let row = |found: &FoundRow| {
            let row = json!({
                who: found.who,
                "organisation": found.organisation,
                "since": found.since,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.found.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        let heading = format!("{}: {}", told(self.finding.sentence()), self.count);
        page.heading(&heading);
        let row = |found: &FoundRow| {
            let since = found.since.map(|at| format!("{at:.0}"));
            vec![
                (Tone::Strong, found.who.clone()),
                (Tone::Plain, found.organisation.clone().unwrap_or_default()),
                (Tone::Faint, since.unwrap_or_default()),
            ]
        };
        let rows: Vec<_> = self.found.iter().map(row).collect();
        if !rows.is_empty() {
            page.table(&["who", "organisation", "since"], &rows);
        }
        let left = self.count - i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if left > 0 {
            page.line(
                Tone::Faint,
                &said!("and {left} more: --limit N", left = left),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_terminals_of_80_and_60_columns() {
        let counts = Counts {
            accounts: 1_000_000,
            active: 650_000,
            locked: 1_200,
            none: 348_800,
            recovery_active: 600_000,
            recovery_missing: 51_200,
            overdue: 120_000,
            ..Counts::default()
        };
        let group = |name: &str| Group {
            code: Some(name.to_lowercase()),
            name: name.into(),
            counts,
        };
        let view = AuditView(EnrollmentAudit {
            at: crate::domain::timestamp::Timestamp::from_seconds(0),
            by: GroupBy::Region,
            regions: None,
            totals: counts,
            groups: vec![group("Utrecht"), group("Rijnmond en omstreken")],
            findings: Finding::ALL
                .iter()
                .map(|finding| (*finding, 120_000))
                .collect(),
        });
        for width in [60, 80, 120] {
            let mut page = Page::new(Some(width), false);
            view.page(&mut page);
            let text = page.finish();
            let widest = text.lines().map(console::measure_text_width).max();
            assert!(widest <= Some(width.into()), "{width}\n{text}");
            assert!(text.contains('█') && text.contains("65%"), "{text}");
        }
    }
}
