//! The rows of the four files, and what each cell must be.

use std::str::FromStr;

use super::fault::Faults;
use super::table::Cells;
use crate::domain::account::AccountStatus;
use crate::domain::account::person_name::DisplayName;
use crate::domain::code::{OrganisationCode, RegionCode, RoleName, Username};
use crate::domain::directory::address::{MailDomain, WorkAddress};
use crate::domain::directory::capacity::Capacity;
use crate::domain::directory::organisation::OrganisationKind;
use crate::domain::directory::private_domain::{is_of_tenants, is_private};
use crate::domain::timestamp::Timestamp;

/// A kind of row: its file, its columns, and how it's read.
pub trait Row: Sized {
    /// The file's name.
    const FILE: &'static str;
    /// The columns of the contract.
    const COLUMNS: &'static [&'static str];
    /// Reads a row; what is wrong with it goes to `faults`.
    fn read(cells: &Cells<'_>, faults: &mut Faults) -> Option<Self>;
}

/// A row of `regions.csv`.
#[derive(Debug)]
pub struct RegionRow {
    /// `code`
    pub code: RegionCode,
    /// `name`
    pub name: DisplayName,
    /// `servicedesk_address`
    pub address: WorkAddress,
}

/// A row of `organisations.csv`.
#[derive(Debug)]
pub struct OrganisationRow {
    /// `code`
    pub code: OrganisationCode,
    /// `kind`
    pub kind: OrganisationKind,
    /// `name`
    pub name: DisplayName,
    /// `region`
    pub region: RegionCode,
    /// `parent`, when not empty
    pub parent: Option<OrganisationCode>,
    /// `mail_domains`
    pub domains: Vec<MailDomain>,
}

/// A role at an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleAt {
    /// What somebody is.
    pub role: RoleName,
    /// Where.
    pub organisation: OrganisationCode,
}

/// A row of `accounts.csv`.
#[derive(Debug)]
pub struct AccountRow {
    /// `username`
    pub username: Username,
    /// `name`
    pub name: DisplayName,
    /// `work_email`
    pub work_email: WorkAddress,
    /// `roles`, one at least
    pub roles: Vec<RoleAt>,
    /// `status`
    pub status: AccountStatus,
}

/// A row of `requesters.csv`.
#[derive(Debug)]
pub struct RequesterRow {
    /// `work_email`
    pub work_email: WorkAddress,
    /// `name`
    pub name: DisplayName,
    /// `capacity`
    pub capacity: Capacity,
    /// `organisation`
    pub organisation: OrganisationCode,
    /// `valid_from`, when not empty
    pub valid_from: Option<Timestamp>,
    /// `valid_until`, when not empty: the first instant at which it's over
    pub valid_until: Option<Timestamp>,
}

impl Row for RegionRow {
    const FILE: &'static str = "regions.csv";
    const COLUMNS: &'static [&'static str] = &["code", "name", "servicedesk_address"];

    fn read(cells: &Cells<'_>, faults: &mut Faults) -> Option<Self> {
        let code = cell(cells, 0, "a code such as `utrecht`", faults);
        let name = cell(cells, 1, "a name", faults);
        let address = cell(
            cells,
            2,
            "an address such as `utrecht@otservicedesk.nl`",
            faults,
        );
        Some(Self {
            code: code?,
            name: name?,
            address: address?,
        })
    }
}

impl Row for OrganisationRow {
    const FILE: &'static str = "organisations.csv";
    const COLUMNS: &'static [&'static str] =
        &["code", "kind", "name", "region", "parent", "mail_domains"];

    fn read(cells: &Cells<'_>, faults: &mut Faults) -> Option<Self> {
        let code = cell(cells, 0, "a code such as `sch-0042`", faults);
        let kind = cell(cells, 1, "consortium, board, school or other", faults);
        let name = cell(cells, 2, "a name", faults);
        let region = cell(cells, 3, "a region's code", faults);
        let parent = optional(cells, 4, "an organisation's code or nothing", faults);
        let mut domains = Vec::new();
        for text in cells
            .text(5)
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            match text.parse::<MailDomain>() {
                Ok(domain) if is_of_tenants(domain.as_str()) => faults.push(cells.fault(
                    5,
                    text,
                    "the organisation's own mail domain; under this one anyone's tenant at Microsoft or Google can send mail",
                )),
                Ok(domain) if is_private(&domain) => faults.push(cells.fault(
                    5,
                    text,
                    "the organisation's own mail domain; anyone can get an address in this one",
                )),
                Ok(domain) => domains.push(domain),
                Err(_) => faults.push(cells.fault(5, text, "mail domains separated by `;`")),
            }
        }
        Some(Self {
            code: code?,
            kind: kind?,
            name: name?,
            region: region?,
            parent: parent?,
            domains,
        })
    }
}

impl Row for AccountRow {
    const FILE: &'static str = "accounts.csv";
    const COLUMNS: &'static [&'static str] = &["username", "name", "work_email", "roles", "status"];

    fn read(cells: &Cells<'_>, faults: &mut Faults) -> Option<Self> {
        let username = cell(cells, 0, "a username", faults);
        let name = cell(cells, 1, "a name", faults);
        let work_email = cell(cells, 2, "a work address", faults);
        let expected = "roles such as `teacher@sch-0042`, separated by `;`";
        let mut roles = Vec::new();
        for text in cells
            .text(3)
            .split(';')
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            let parts = text.split_once('@');
            match parts.and_then(|(role, at)| Some((role.parse().ok()?, at.parse().ok()?))) {
                Some((role, organisation)) => roles.push(RoleAt { role, organisation }),
                None => faults.push(cells.fault(3, text, expected)),
            }
        }
        if roles.is_empty() {
            faults.push(cells.fault(3, cells.text(3), expected));
        }
        let status = cell(cells, 4, "active or blocked", faults);
        Some(Self {
            username: username?,
            name: name?,
            work_email: work_email?,
            roles,
            status: status?,
        })
    }
}

impl Row for RequesterRow {
    const FILE: &'static str = "requesters.csv";
    const COLUMNS: &'static [&'static str] = &[
        "work_email",
        "name",
        "capacity",
        "organisation",
        "valid_from",
        "valid_until",
    ];

    fn read(cells: &Cells<'_>, faults: &mut Faults) -> Option<Self> {
        let work_email = cell(cells, 0, "a work address", faults);
        let name = cell(cells, 1, "a name", faults);
        let capacity = cell(cells, 2, "director, board_member or supervisor", faults);
        let organisation = cell(cells, 3, "an organisation's code", faults);
        let valid_from = day(cells, 4, false, faults);
        let valid_until = day(cells, 5, true, faults);
        Some(Self {
            work_email: work_email?,
            name: name?,
            capacity: capacity?,
            organisation: organisation?,
            valid_from: valid_from?,
            valid_until: valid_until?,
        })
    }
}

fn cell<T: FromStr>(
    cells: &Cells<'_>,
    column: usize,
    expected: &str,
    faults: &mut Faults,
) -> Option<T> {
    let value = cells.text(column).parse().ok();
    if value.is_none() {
        faults.push(cells.fault(column, cells.text(column), expected));
    }
    value
}

/// `None` is a fault, `Some(None)` an empty cell.
#[expect(
    clippy::option_option,
    reason = "a fault, an empty cell and a value are three things"
)]
fn optional<T: FromStr>(
    cells: &Cells<'_>,
    column: usize,
    expected: &str,
    faults: &mut Faults,
) -> Option<Option<T>> {
    if cells.text(column).is_empty() {
        return Some(None);
    }
    cell(cells, column, expected, faults).map(Some)
}

/// A day, or an instant.
#[expect(
    clippy::option_option,
    reason = "a fault, an empty cell and an instant are three things"
)]
fn day(
    cells: &Cells<'_>,
    column: usize,
    ends: bool,
    faults: &mut Faults,
) -> Option<Option<Timestamp>> {
    let text = cells.text(column);
    if text.is_empty() {
        return Some(None);
    }
    let midnight = Timestamp::of_day(text, ends);
    if midnight.is_none() {
        faults.push(cells.fault(column, text, "a day such as 2026-08-01, or nothing"));
    }
    midnight.map(Some)
}
