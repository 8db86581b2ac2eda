//! `balie directory import`: four files in, all or nothing.

use std::collections::HashSet;
use std::path::Path;

use serde::Serialize;
use serde_json::{Value, json};

use crate::desk::{Desk, Error, Result};
use crate::directory::{
    AccountRow, Faults, OrganisationRow, RegionRow, RequesterRow, RoleAt, Row, Table, open,
};
use crate::domain::account::person_name::search_key;
use crate::domain::account::shared_login::bits_of_texts;
use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::directory::address::WorkAddress;
use crate::domain::directory::organisation::{OrganisationTree, Place};
use crate::domain::directory::private_domain::is_private;
use crate::domain::log::event::Action;
use crate::store::Tx;
use crate::store::directory::Merged;

/// How many rows go to the database at once. Bounds the memory, whatever the size of the files.
const BATCH: usize = 5_000;
/// From so many changed accounts on, what the database reckons with is out of date.
const MANY: u64 = 1_000;
/// The tables that an import fills.
const COUNTED: &[&str] = &[
    "accounts",
    "account_roles",
    "account_search",
    "organisations",
    "organisation_domains",
    "requesters",
];

/// What an import did.
#[derive(Debug, Serialize)]
pub struct ImportReport {
    /// Regions.
    pub regions: Merged,
    /// Organisations.
    pub organisations: Merged,
    /// Accounts.
    pub accounts: Merged,
    /// Requesters.
    pub requesters: Merged,
    /// This was the first import into an empty directory, so that no address is fresh (rule 9).
    pub baseline: bool,
    /// Nothing was kept: it was a dry run.
    pub dry_run: bool,
}

impl ImportReport {
    /// Whether the directory is as the files say already.
    fn is_empty(&self) -> bool {
        let all = [
            self.regions,
            self.organisations,
            self.accounts,
            self.requesters,
        ];
        all.iter().all(|merged| merged.added + merged.changed == 0)
    }
}

/// What the files are checked against.
struct Known {
    regions: HashSet<RegionCode>,
    tree: OrganisationTree,
}

/// Imports the four files of `folder`. `progress` hears how many rows were read so far.
pub async fn import_directory(
    desk: &mut Desk<'_>,
    folder: &Path,
    dry_run: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<ImportReport> {
    let (mut tx, operator) = desk.begin(Action::DirectoryImport).await?;
    let baseline = tx.directory_is_empty().await?;
    let mut faults = Faults::default();
    let mut known = Known {
        regions: tx.region_codes().await?.into_iter().collect(),
        tree: tx.organisation_tree().await?,
    };
    tx.create_stages().await?;
    let mut reading = Reading {
        tx: &mut tx,
        folder,
        faults: &mut faults,
        rows: 0,
        progress,
    };
    reading.regions(&mut known).await?;
    reading.organisations(&mut known).await?;
    reading.accounts(&known).await?;
    reading.requesters(&known).await?;
    tx.index_stages().await?;
    find_doubles(&mut tx, &mut faults).await?;
    if !faults.is_empty() {
        return Err(Error::Invalid {
            message: format!("nothing was imported:\n{faults}"),
            hint: "fix the files, then import again".into(),
        });
    }
    let enroll_by = desk.now.plus_hours(desk.policy.enrollment_window_hours);
    let report = ImportReport {
        regions: tx.merge_regions().await?,
        organisations: tx.merge_organisations().await?,
        accounts: tx.merge_accounts(desk.now, enroll_by).await?,
        requesters: tx
            .merge_requesters(desk.now, (!baseline).then_some(desk.now))
            .await?,
        baseline,
        dry_run,
    };
    tx.mark_shared_logins().await?;
    tx.drop_stages().await?;
    // A timer that finds the directory as it was imports in vain (rule 11).
    let is_in_vain = operator.job.is_some() && report.is_empty();
    if !dry_run && !is_in_vain {
        if report.accounts.added + report.accounts.changed > MANY {
            tx.count_anew(COUNTED).await?;
        }
        let detail = serde_json::to_value(&report).unwrap_or_default();
        let event = desk.event(Action::DirectoryImport, detail);
        desk.commit(tx, event).await?;
    }
    Ok(report)
}

async fn find_doubles(tx: &mut Tx, faults: &mut Faults) -> Result<()> {
    for (file, stage, key, column) in [
        ("regions.csv", "stage_regions", "code", "code"),
        (
            "regions.csv",
            "stage_regions",
            "address",
            "servicedesk_address",
        ),
        ("organisations.csv", "stage_organisations", "code", "code"),
        ("accounts.csv", "stage_accounts", "username", "username"),
        (
            "requesters.csv",
            "stage_requesters",
            "work_email || ' as ' || capacity || ' of ' || organisation",
            "work_email",
        ),
    ] {
        for (line, found) in tx.staged_twice(stage, key).await? {
            faults.push(crate::directory::Fault {
                file,
                line: line.unsigned_abs(),
                column: column.into(),
                found,
                expected: "each only once; this one occurs twice".into(),
            });
        }
    }
    Ok(())
}

struct Reading<'r> {
    tx: &'r mut Tx,
    folder: &'r Path,
    faults: &'r mut Faults,
    rows: u64,
    progress: &'r mut dyn FnMut(u64),
}

impl Reading<'_> {
    fn open<R: Row>(&mut self) -> Result<Option<Table>> {
        open(self.folder, R::FILE, R::COLUMNS, self.faults).map_err(unreadable)
    }

    fn count(&mut self, rows: usize) {
        self.rows += rows as u64;
        (self.progress)(self.rows);
    }

    async fn regions(&mut self, known: &mut Known) -> Result<()> {
        let Some(mut table) = self.open::<RegionRow>()? else {
            return Ok(());
        };
        let mut batch = Vec::new();
        while let Some(cells) = table.next(self.faults).map_err(unreadable)? {
            let Some(row) = RegionRow::read(&cells, self.faults) else {
                continue;
            };
            if is_private(&row.address.domain()) {
                let expected = "the desk's own address, not one at a provider of private mail";
                self.faults
                    .push(cells.fault(2, row.address.as_str(), expected));
            }
            batch.push(json!([cells.line(), row.code, row.name, row.address]));
            known.regions.insert(row.code);
        }
        self.count(batch.len());
        Ok(self.tx.stage("stage_regions", batch).await?)
    }

    async fn organisations(&mut self, known: &mut Known) -> Result<()> {
        let Some(mut table) = self.open::<OrganisationRow>()? else {
            return Ok(());
        };
        let (mut batch, mut domains, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(cells) = table.next(self.faults).map_err(unreadable)? {
            let Some(row) = OrganisationRow::read(&cells, self.faults) else {
                continue;
            };
            if !known.regions.contains(&row.region) {
                self.faults
                    .push(cells.fault(3, row.region.as_str(), "a region of regions.csv"));
            }
            batch.push(json!([
                cells.line(),
                row.code,
                row.kind,
                row.name,
                row.region,
                row.parent
            ]));
            domains.extend(row.domains.iter().map(|domain| json!([row.code, domain])));
            let place = Place {
                name: row.name.as_str().to_owned(),
                region: row.region,
                parent: row.parent,
                domains: row.domains,
            };
            lines.push((cells.line(), row.code.clone()));
            known.tree.put(row.code, place);
        }
        for (line, code) in lines {
            let fault = |found: &str, expected: &str| crate::directory::Fault {
                file: OrganisationRow::FILE,
                line,
                column: "parent".into(),
                found: found.into(),
                expected: expected.into(),
            };
            let parent = known
                .tree
                .get(&code)
                .and_then(|place| place.parent.as_ref());
            if let Some(parent) = parent {
                if known.tree.get(parent).is_none() {
                    self.faults
                        .push(fault(parent.as_str(), "an organisation of this file"));
                } else if known.tree.is_ring(&code) {
                    self.faults
                        .push(fault(parent.as_str(), "a tree; this one forms a ring"));
                }
            }
        }
        self.count(batch.len());
        self.tx.stage("stage_organisations", batch).await?;
        Ok(self.tx.stage("stage_domains", domains).await?)
    }

    async fn accounts(&mut self, known: &Known) -> Result<()> {
        let Some(mut table) = self.open::<AccountRow>()? else {
            return Ok(());
        };
        let (mut batch, mut roles) = (Vec::with_capacity(BATCH), Vec::new());
        while let Some(cells) = table.next(self.faults).map_err(unreadable)? {
            let Some(row) = AccountRow::read(&cells, self.faults) else {
                continue;
            };
            for RoleAt { organisation, .. } in &row.roles {
                if known.tree.get(organisation).is_none() {
                    let expected = "an organisation of organisations.csv";
                    self.faults
                        .push(cells.fault(3, organisation.as_str(), expected));
                }
            }
            let mut at = row.roles.iter().map(|role| &role.organisation);
            if !at.any(|code| known.tree.may_use(code, row.work_email.domain_str())) {
                self.faults
                    .push(cells.fault(2, row.work_email.as_str(), NOT_WORK));
            }
            batch.push(account_values(cells.line(), &row, &known.tree));
            roles.extend(
                row.roles
                    .iter()
                    .map(|r| json!([row.username, r.organisation, r.role])),
            );
            if batch.len() == BATCH {
                self.count(BATCH);
                self.tx
                    .stage("stage_accounts", std::mem::take(&mut batch))
                    .await?;
                self.tx
                    .stage("stage_roles", std::mem::take(&mut roles))
                    .await?;
            }
        }
        self.count(batch.len());
        self.tx.stage("stage_accounts", batch).await?;
        Ok(self.tx.stage("stage_roles", roles).await?)
    }

    async fn requesters(&mut self, known: &Known) -> Result<()> {
        let Some(mut table) = self.open::<RequesterRow>()? else {
            return Ok(());
        };
        let mut batch = Vec::new();
        while let Some(cells) = table.next(self.faults).map_err(unreadable)? {
            let Some(row) = RequesterRow::read(&cells, self.faults) else {
                continue;
            };
            if known.tree.get(&row.organisation).is_none() {
                let expected = "an organisation of organisations.csv";
                self.faults
                    .push(cells.fault(3, row.organisation.as_str(), expected));
            } else if !is_work_address(known, &row.organisation, &row.work_email) {
                self.faults
                    .push(cells.fault(0, row.work_email.as_str(), NOT_WORK));
            }
            batch.push(json!([
                cells.line(),
                row.work_email,
                row.name,
                row.capacity,
                row.organisation,
                row.valid_from
                    .map(crate::domain::timestamp::Timestamp::as_micros),
                row.valid_until
                    .map(crate::domain::timestamp::Timestamp::as_micros),
            ]));
            if batch.len() == BATCH {
                self.count(BATCH);
                self.tx
                    .stage("stage_requesters", std::mem::take(&mut batch))
                    .await?;
            }
        }
        self.count(batch.len());
        Ok(self.tx.stage("stage_requesters", batch).await?)
    }
}

const NOT_WORK: &str =
    "a work address: one in a mail domain of the organisation or of one above it";

fn is_work_address(known: &Known, at: &OrganisationCode, address: &WorkAddress) -> bool {
    known.tree.may_use(at, address.domain_str())
}

fn account_values(line: u64, row: &AccountRow, tree: &OrganisationTree) -> Value {
    let mut words = format!("{} {} {}", row.name, row.username, row.work_email);
    for role in &row.roles {
        if let Some(place) = tree.get(&role.organisation) {
            words.push(' ');
            words.push_str(&place.name);
        }
    }
    json!([
        line,
        row.username,
        row.name,
        row.work_email,
        row.status,
        search_key(&words),
        bits_of_texts(
            row.username.as_str(),
            row.name.as_str(),
            row.work_email.local_part()
        ),
    ])
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what `map_err` hands over"
)]
fn unreadable(error: std::io::Error) -> Error {
    Error::Invalid {
        message: format!("nothing was imported: {error}"),
        hint: "check that the folder and its files can be read".into(),
    }
}
