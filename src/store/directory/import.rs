//! A directory: what is on file, and the staged rows merged into it, set by set. Only what differs is written.

use crate::domain::code::{OrganisationCode, RegionCode};
use crate::domain::directory::address::MailDomain;
use crate::domain::directory::organisation::{OrganisationTree, Place};
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on, run};

/// How many rows a merge put in and altered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Merged {
    /// New rows.
    pub added: u64,
    /// Rows that now say something else.
    pub changed: u64,
}

/// Runs a statement, and tells how many rows it touched.
impl Tx {
    /// Whether nobody is on file yet: the import that follows is the baseline (rule 9).
    pub async fn directory_is_empty(&mut self) -> Result<bool> {
        let known: bool = on!(self, |conn| {
            sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM requesters) OR EXISTS (SELECT 1 FROM accounts)",
            )
            .fetch_one(conn)
            .await?
        });
        Ok(!known)
    }

    /// Every region's code.
    pub async fn region_codes(&mut self) -> Result<Vec<RegionCode>> {
        Ok(on!(self, |conn| {
            sqlx::query_scalar("SELECT code FROM regions ORDER BY code")
                .fetch_all(conn)
                .await?
        }))
    }

    /// Every organisation, as a tree.
    pub async fn organisation_tree(&mut self) -> Result<OrganisationTree> {
        let rows: Vec<(
            OrganisationCode,
            String,
            RegionCode,
            Option<OrganisationCode>,
        )> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT o.code, o.name, r.code, p.code
                     FROM organisations o
                     JOIN regions r ON r.id = o.region_id
                     LEFT JOIN organisations p ON p.id = o.parent_id",
            )
            .fetch_all(conn)
            .await?
        });
        let domains: Vec<(OrganisationCode, MailDomain)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT o.code, d.domain
                 FROM organisation_domains d
                 JOIN organisations o ON o.id = d.organisation_id
                 ORDER BY d.domain",
            )
            .fetch_all(conn)
            .await?
        });
        let mut by_code = std::collections::HashMap::<_, Vec<_>>::new();
        for (code, domain) in domains {
            by_code.entry(code).or_default().push(domain);
        }
        let mut tree = OrganisationTree::default();
        for (code, name, region, parent) in rows {
            let domains = by_code.remove(&code).unwrap_or_default();
            tree.put(
                code,
                Place {
                    name,
                    region,
                    parent,
                    domains,
                },
            );
        }
        Ok(tree)
    }

    /// What PostgreSQL reckons with, after so much has changed: until it looks by itself, a plan of 100,000 rows
    /// takes thirty times as long. Whoever doesn't own a table is told so by the server and passed over.
    pub async fn count_anew(&mut self, tables: &'static [&'static str]) -> Result<()> {
        if let Self::Postgres(tx) = self {
            let sql = format!("ANALYZE {}", tables.join(", "));
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Merges the staged regions.
    pub async fn merge_regions(&mut self) -> Result<Merged> {
        let changed = run!(
            self,
            "UPDATE regions SET name = s.name, servicedesk_address = s.address
             FROM stage_regions s
             WHERE s.code = regions.code
               AND (s.name <> regions.name OR s.address <> regions.servicedesk_address)"
        );
        let added = run!(
            self,
            "INSERT INTO regions (code, name, servicedesk_address)
             SELECT s.code, s.name, s.address
             FROM stage_regions s
             WHERE NOT EXISTS (SELECT 1 FROM regions r WHERE r.code = s.code)"
        );
        Ok(Merged { added, changed })
    }

    /// Merges the staged organisations and their domains.
    pub async fn merge_organisations(&mut self) -> Result<Merged> {
        let added = run!(
            self,
            "INSERT INTO organisations (code, kind, name, region_id)
             SELECT s.code, s.kind, s.name, r.id
             FROM stage_organisations s
             JOIN regions r ON r.code = s.region
             WHERE NOT EXISTS (SELECT 1 FROM organisations o WHERE o.code = s.code)"
        );
        let changed = run!(
            self,
            "UPDATE organisations SET kind = s.kind, name = s.name, region_id = r.id
             FROM stage_organisations s
             JOIN regions r ON r.code = s.region
             WHERE s.code = organisations.code
               AND (s.kind <> organisations.kind OR s.name <> organisations.name
                    OR r.id <> organisations.region_id)"
        );
        run!(
            self,
            "UPDATE organisations SET parent_id = p.id
             FROM stage_organisations s
             LEFT JOIN organisations p ON p.code = s.parent
             WHERE s.code = organisations.code
               AND COALESCE(p.id, 0) <> COALESCE(organisations.parent_id, 0)"
        );
        run!(
            self,
            "DELETE FROM organisation_domains
             WHERE organisation_id IN
                     (SELECT o.id FROM organisations o JOIN stage_organisations s ON s.code = o.code)
               AND NOT EXISTS
                     (SELECT 1 FROM stage_domains s JOIN organisations o ON o.code = s.organisation
                      WHERE o.id = organisation_domains.organisation_id
                        AND s.domain = organisation_domains.domain)"
        );
        run!(
            self,
            "INSERT INTO organisation_domains (organisation_id, domain)
             SELECT o.id, s.domain
             FROM stage_domains s
             JOIN organisations o ON o.code = s.organisation
             WHERE true
             ON CONFLICT DO NOTHING"
        );
        Ok(Merged { added, changed })
    }

    /// Merges the staged accounts, their roles, and what `find` looks in. New ones may enroll until
    /// `enroll_by`.
    pub async fn merge_accounts(&mut self, now: Timestamp, enroll_by: Timestamp) -> Result<Merged> {
        let changed = run!(
            self,
            "UPDATE accounts SET name = s.name, work_email = s.work_email, status = s.status
             FROM stage_accounts s
             WHERE s.username = accounts.username
               AND (s.name <> accounts.name OR s.work_email <> accounts.work_email
                    OR s.status <> accounts.status)"
        );
        let added = run!(
            self,
            "INSERT INTO accounts (username, name, work_email, status, enroll_by, added_at)
             SELECT s.username, s.name, s.work_email, s.status, $1, $2
             FROM stage_accounts s
             WHERE NOT EXISTS (SELECT 1 FROM accounts a WHERE a.username = s.username)
             ORDER BY s.username",
            enroll_by,
            now
        );
        run!(
            self,
            "DELETE FROM account_roles
             WHERE account_id IN
                     (SELECT a.id FROM accounts a JOIN stage_accounts s ON s.username = a.username)
               AND NOT EXISTS
                     (SELECT 1 FROM accounts a
                      JOIN stage_roles s ON s.username = a.username
                      JOIN organisations o ON o.code = s.organisation
                      WHERE a.id = account_roles.account_id
                        AND o.id = account_roles.organisation_id
                        AND s.role = account_roles.role)"
        );
        run!(
            self,
            "INSERT INTO account_roles (account_id, organisation_id, role)
             SELECT a.id, o.id, s.role
             FROM stage_roles s
             JOIN accounts a ON a.username = s.username
             JOIN organisations o ON o.code = s.organisation
             WHERE true
             ON CONFLICT DO NOTHING"
        );
        run!(
            self,
            "UPDATE account_search SET words = s.words
             FROM stage_accounts s
             JOIN accounts a ON a.username = s.username
             WHERE a.id = account_search.account_id
               AND s.words <> account_search.words"
        );
        run!(
            self,
            "INSERT INTO account_search (account_id, words)
             SELECT a.id, s.words
             FROM stage_accounts s
             JOIN accounts a ON a.username = s.username
             WHERE NOT EXISTS (SELECT 1 FROM account_search w WHERE w.account_id = a.id)"
        );
        Ok(Merged { added, changed })
    }

    /// Merges the staged requesters. `since` is when their addresses came on file: nothing for the
    /// baseline. One who comes back after his time was over is as fresh as a new one (rule 9).
    pub async fn merge_requesters(
        &mut self,
        now: Timestamp,
        since: Option<Timestamp>,
    ) -> Result<Merged> {
        let changed = run!(
            self,
            "UPDATE requesters
             SET name = s.name, valid_from = s.valid_from, valid_until = s.valid_until, ended_at = NULL,
                 address_since = CASE
                   WHEN requesters.ended_at IS NOT NULL OR requesters.valid_until <= $1 THEN $2
                   ELSE requesters.address_since END
             FROM stage_requesters s
             JOIN organisations o ON o.code = s.organisation
             WHERE s.work_email = requesters.work_email
               AND s.capacity = requesters.capacity
               AND o.id = requesters.organisation_id
               AND (s.name <> requesters.name
                    OR COALESCE(s.valid_from, -1) <> COALESCE(requesters.valid_from, -1)
                    OR COALESCE(s.valid_until, -1) <> COALESCE(requesters.valid_until, -1)
                    OR requesters.ended_at IS NOT NULL)",
            now,
            now
        );
        let added = run!(
            self,
            "INSERT INTO requesters
               (work_email, name, capacity, organisation_id, valid_from, valid_until, address_since)
             SELECT s.work_email, s.name, s.capacity, o.id, s.valid_from, s.valid_until, $1
             FROM stage_requesters s
             JOIN organisations o ON o.code = s.organisation
             WHERE NOT EXISTS
                     (SELECT 1 FROM requesters r
                      WHERE r.work_email = s.work_email
                        AND r.capacity = s.capacity
                        AND r.organisation_id = o.id)",
            since
        );
        Ok(Merged { added, changed })
    }
}
