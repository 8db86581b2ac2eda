//! Regions and organisations, as they're looked at.

use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::directory::address::{MailDomain, WorkAddress};
use crate::domain::directory::organisation::OrganisationKind;
use crate::domain::operator::Reach;
use crate::store::reach::region_reached;
use crate::store::{Applied, Result, Tx, on, run};

/// A region.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RegionRow {
    /// The internal id.
    pub id: i64,
    /// Its code.
    pub code: RegionCode,
    /// What it's called.
    pub name: String,
    /// Where its desk gets its mail.
    pub servicedesk_address: WorkAddress,
    /// How many organisations it has.
    pub organisations: i64,
}

/// An organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrganisationRow {
    /// The internal id.
    pub id: i64,
    /// Its code.
    pub code: OrganisationCode,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// What it's called.
    pub name: String,
    /// Its region.
    pub region: RegionCode,
    /// The organisation above it.
    pub parent: Option<OrganisationCode>,
    /// How many accounts have a role in it.
    pub accounts: i64,
}

macro_rules! organisations {
    ($which:literal) => {
        concat!(
            "SELECT o.id, o.code, o.kind, o.name, r.code AS region, p.code AS parent,
            (SELECT COUNT(DISTINCT ar.account_id) FROM account_roles ar
             WHERE ar.organisation_id = o.id) AS accounts
     FROM organisations o
     JOIN regions r ON r.id = o.region_id
     LEFT JOIN organisations p ON p.id = o.parent_id
     WHERE ",
            $which,
            "
       AND ($2 IS NULL OR r.code = $2)
       AND ",
            region_reached!("o.region_id", "$4"),
            " ORDER BY o.code LIMIT $3"
        )
    };
}

// One text a question: SQLite finds no index for "given, or all".
const BY_CODE: &str = organisations!("o.code = $1");
const ALL: &str = organisations!("$1 IS NULL");

impl Tx {
    /// Every region, or the one with that code.
    pub async fn regions(&mut self, code: Option<&RegionCode>) -> Result<Vec<RegionRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(
                "SELECT r.id, r.code, r.name, r.servicedesk_address,
                        (SELECT COUNT(*) FROM organisations o WHERE o.region_id = r.id) AS organisations
                 FROM regions r
                 WHERE $1 IS NULL OR r.code = $1
                 ORDER BY r.code",
            )
            .bind(code.map(RegionCode::as_str))
            .fetch_all(conn)
            .await?
        }))
    }

    /// Puts a region on file; no where its code or its address is there already.
    pub async fn add_region(
        &mut self,
        code: &RegionCode,
        name: &str,
        address: &WorkAddress,
    ) -> Result<Applied> {
        let rows = run!(
            self,
            "INSERT INTO regions (code, name, servicedesk_address) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            code.as_str(),
            name,
            address.as_str()
        );
        Ok(Applied::when(rows == 1))
    }

    /// Puts an organisation on file, in a region and below a parent, with its mail domains; no where its
    /// code is there already.
    pub async fn add_organisation(
        &mut self,
        code: &OrganisationCode,
        kind: OrganisationKind,
        name: &str,
        (region, parent): (i64, Option<i64>),
        domains: &[MailDomain],
    ) -> Result<Applied> {
        let rows = run!(
            self,
            "INSERT INTO organisations (code, kind, name, region_id, parent_id) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
            code.as_str(),
            kind,
            name,
            region,
            parent
        );
        if rows == 0 {
            return Ok(Applied::when(false));
        }
        for domain in domains {
            run!(
                self,
                "INSERT INTO organisation_domains (organisation_id, domain)
                 SELECT id, $2 FROM organisations WHERE code = $1
                 ON CONFLICT DO NOTHING",
                code.as_str(),
                domain.as_str()
            );
        }
        Ok(Applied::when(true))
    }

    /// The codes of the regions that `reach` reaches; nothing for everywhere.
    pub async fn regions_reached(&mut self, reach: &Reach) -> Result<Option<Vec<RegionCode>>> {
        let Some(holder) = reach.holder() else {
            return Ok(None);
        };
        let codes = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT r.code FROM region_scopes s JOIN regions r ON r.id = s.region_id
                 WHERE s.holder = $1 ORDER BY r.code",
            )
            .bind(holder)
            .fetch_all(conn)
            .await?
        });
        Ok(Some(codes))
    }

    /// The organisations of a region, or below a parent, or all that `reach` reaches.
    pub async fn organisations(
        &mut self,
        reach: &Reach,
        code: Option<&OrganisationCode>,
        region: Option<&RegionCode>,
        limit: i64,
    ) -> Result<Vec<OrganisationRow>> {
        Ok(on!(self, |conn| {
            sqlx::query_as(if code.is_some() { BY_CODE } else { ALL })
                .bind(code.map(OrganisationCode::as_str))
                .bind(region.map(RegionCode::as_str))
                .bind(limit)
                .bind(reach.holder())
                .fetch_all(conn)
                .await?
        }))
    }

    /// Codes and names of organisations whose code begins with `start`.
    pub async fn organisations_from(
        &mut self,
        reach: &Reach,
        start: &str,
        limit: i64,
    ) -> Result<Vec<(String, String)>> {
        let mut found: Vec<(String, String)> = on!(self, |conn| {
            sqlx::query_as(concat!(
                "SELECT o.code, o.name FROM organisations o WHERE o.code >= $1 AND ",
                region_reached!("o.region_id", "$2"),
                " ORDER BY o.code LIMIT $3"
            ))
            .bind(start)
            .bind(reach.holder())
            .bind(limit)
            .fetch_all(conn)
            .await?
        });
        found.retain(|(code, _)| code.starts_with(start));
        Ok(found)
    }

    /// Every organisation's internal id, code and name.
    pub async fn organisation_names(&mut self) -> Result<Vec<(i64, String, String)>> {
        Ok(on!(self, |conn| {
            sqlx::query_as("SELECT id, code, name FROM organisations")
                .fetch_all(conn)
                .await?
        }))
    }

    /// The organisation's own mail domains.
    pub async fn domains_of(&mut self, organisation: i64) -> Result<Vec<String>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT domain FROM organisation_domains WHERE organisation_id = $1 ORDER BY domain",
            )
            .bind(organisation)
            .fetch_all(conn)
            .await?
        }))
    }

    /// The ids of an organisation and of all above it.
    pub async fn upwards(&mut self, organisation: i64) -> Result<Vec<i64>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar(
                "WITH RECURSIVE up (id, parent_id) AS (
                   SELECT id, parent_id FROM organisations WHERE id = $1
                   UNION
                   SELECT o.id, o.parent_id FROM organisations o JOIN up ON up.parent_id = o.id
                 )
                 SELECT id FROM up",
            )
            .bind(organisation)
            .fetch_all(conn)
            .await?
        }))
    }

    /// Every mail domain on file, to compare a stranger's with.
    pub async fn mail_domains(&mut self) -> Result<Vec<String>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT DISTINCT domain FROM organisation_domains ORDER BY domain")
                .fetch_all(conn)
                .await?
        }))
    }
}
