//! Accounts counted by the state of their second factor: one pass over all of them, and a small one over
//! those with several roles.

use std::fmt::Write as _;

use sqlx::AssertSqlSafe;

use crate::domain::log::enrollments::{Counts, Finding, GroupBy, REVIEW_DAYS, WEAK_BELOW_BITS};
use crate::domain::timestamp::Timestamp;
use crate::store::{Result, Tx, on};

/// Whom to count.
#[derive(Clone, Debug)]
pub struct AuditScope {
    /// Accounts with a role in one of these regions, by internal id; nothing for every account.
    pub regions: Option<Vec<i64>>,
    /// The instant that windows and codes are judged at.
    pub now: Timestamp,
}

/// An account or a requester that a finding is about: no more than is needed to look it up.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundRow {
    /// The username, or the requester's work address.
    pub who: String,
    /// A code of an organisation of theirs.
    pub organisation: Option<String>,
    /// Since when, where that is known.
    pub since: Option<Timestamp>,
}

/// One live enrollment and one live recovery code an account, at most.
const FACTOR: &str = "
    LEFT JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL
    LEFT JOIN recovery_codes c ON c.account_id = a.id AND c.used_at IS NULL AND c.revoked_at IS NULL
          AND (c.expires_at IS NULL OR c.expires_at > $1)";

const COUNTS: &str = "
    COUNT(*),
    COUNT(CASE WHEN e.enrolled_at IS NOT NULL AND e.locked_at IS NULL THEN 1 END),
    COUNT(CASE WHEN e.id IS NOT NULL AND e.enrolled_at IS NULL THEN 1 END),
    COUNT(*) - COUNT(e.id),
    COUNT(CASE WHEN e.enrolled_at IS NOT NULL THEN e.locked_at END),
    COUNT(c.id),
    COUNT(CASE WHEN e.enrolled_at IS NOT NULL AND c.id IS NULL THEN 1 END),
    COUNT(CASE WHEN e.enrolled_at IS NULL AND a.enroll_by < $1 THEN 1 END),
    COUNT(CASE WHEN e.enrolled_at IS NOT NULL AND e.last_used_at IS NULL THEN 1 END),
    COUNT(CASE WHEN e.enrolled_at IS NOT NULL AND e.secret_bits < $2 THEN 1 END)";

/// A group's key, whether its rows repeat an account within the group, and the counts.
type Row = (
    String,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
);

fn group(
    (
        key,
        repeated,
        accounts,
        active,
        pending,
        none,
        locked,
        recovery_active,
        recovery_missing,
        overdue,
        never_used,
        weak_secret,
    ): Row,
) -> (String, bool, Counts) {
    let counts = Counts {
        accounts,
        active,
        pending,
        none,
        locked,
        recovery_active,
        recovery_missing,
        overdue,
        never_used,
        weak_secret,
    };
    (key, repeated == 1, counts)
}

impl AuditScope {
    /// A condition on an organisation's region. The ids are numbers of our own, so they may stand in
    /// the text.
    pub(in crate::store) fn reached(&self, region: &str) -> String {
        let mut condition = String::new();
        if let Some(ids) = &self.regions {
            let ids: Vec<_> = ids.iter().map(i64::to_string).collect();
            let ids = if ids.is_empty() {
                "NULL".into()
            } else {
                ids.join(", ")
            };
            // Writing to a string doesn't fail.
            let _ = write!(condition, " AND {region} IN ({ids})");
        }
        condition
    }

    /// A condition on an account: it has a role in the regions.
    fn account_reached(&self) -> String {
        if self.regions.is_none() {
            return String::new();
        }
        format!(
            " AND EXISTS (SELECT 1 FROM account_roles ar JOIN organisations o ON o.id = ar.organisation_id
                          WHERE ar.account_id = a.id{})",
            self.reached("o.region_id")
        )
    }
}

/// What a group is told by, and when two roles of an account are in the same group.
const fn grouping(by: GroupBy) -> (&'static str, &'static str) {
    match by {
        GroupBy::Region => ("o.region_id", "p.region_id = o.region_id"),
        GroupBy::Organisation => (
            "ar.organisation_id",
            "b.organisation_id = ar.organisation_id",
        ),
        GroupBy::Role => ("ar.role", "b.role = ar.role"),
    }
}

impl Tx {
    /// Every group with its key and counts, where each account counts once; and the counts of all.
    pub async fn count_enrollments(
        &mut self,
        by: GroupBy,
        scope: &AuditScope,
    ) -> Result<(Counts, Vec<(String, Counts)>)> {
        let mut groups = self.count_roles(by, scope).await?;
        let mut totals = Counts::default();
        for (_, counts) in &groups {
            totals += *counts;
        }
        for (key, within_group, counts) in self.count_repeated(by, scope).await? {
            totals -= counts;
            let group = groups.iter_mut().find(|(group, _)| *group == key);
            if let Some((_, group)) = group.filter(|_| within_group) {
                *group -= counts;
            }
        }
        if scope.regions.is_none() {
            let without_role = self.count_without_role(scope, totals.accounts).await?;
            totals += without_role;
            if without_role.accounts > 0 {
                groups.push((String::new(), without_role));
            }
        }
        Ok((totals, groups))
    }

    /// Every role of every account, in one pass. `CROSS JOIN` keeps SQLite going from account to account
    /// in the order of their ids, in which everything else lies too: any other order is a seek each.
    async fn count_roles(
        &mut self,
        by: GroupBy,
        scope: &AuditScope,
    ) -> Result<Vec<(String, Counts)>> {
        let (key, _) = grouping(by);
        let reached = scope.reached("o.region_id");
        let sql = format!(
            "SELECT CAST({key} AS TEXT), CAST(0 AS BIGINT),{COUNTS}
             FROM accounts a CROSS JOIN account_roles ar CROSS JOIN organisations o{FACTOR}
             WHERE o.id = ar.organisation_id AND ar.account_id = a.id{reached}
             GROUP BY {key}"
        );
        let rows = self.counted(sql, scope).await?.into_iter();
        Ok(rows.map(|(key, _, counts)| (key, counts)).collect())
    }

    /// The roles that are an account's second or later one, and whether one before is in the same group.
    async fn count_repeated(
        &mut self,
        by: GroupBy,
        scope: &AuditScope,
    ) -> Result<Vec<(String, bool, Counts)>> {
        const SEVERAL: &str =
            "SELECT account_id FROM account_roles GROUP BY account_id HAVING COUNT(*) > 1";
        // PostgreSQL can't know how few these are, and would read every table to the end.
        let several = match self {
            Self::Sqlite(_) => format!("IN ({SEVERAL})"),
            Self::Postgres(_) => format!("= ANY (ARRAY({SEVERAL}))"),
        };
        let (key, same) = grouping(by);
        let earlier = format!(
            "EXISTS (SELECT 1 FROM account_roles b JOIN organisations p ON p.id = b.organisation_id
                     WHERE b.account_id = ar.account_id{}
                       AND (b.organisation_id, b.role) < (ar.organisation_id, ar.role)",
            scope.reached("p.region_id")
        );
        let reached = scope.reached("o.region_id");
        let sql = format!(
            "SELECT CAST(k AS TEXT), again,{COUNTS}
             FROM (SELECT {key} AS k, ar.account_id,
                          CAST(CASE WHEN {earlier} AND {same}) THEN 1 ELSE 0 END AS BIGINT) AS again
                   FROM account_roles ar JOIN organisations o ON o.id = ar.organisation_id
                   WHERE ar.account_id {several}{reached} AND {earlier})) later
             JOIN accounts a ON a.id = later.account_id{FACTOR}
             GROUP BY k, again"
        );
        self.counted(sql, scope).await
    }

    async fn count_without_role(&mut self, scope: &AuditScope, with_role: i64) -> Result<Counts> {
        let all: i64 = on!(self, |conn| {
            sqlx::query_scalar("SELECT COUNT(*) FROM accounts")
                .fetch_one(conn)
                .await?
        });
        if all == with_role {
            return Ok(Counts::default());
        }
        let sql = format!(
            "SELECT '', CAST(0 AS BIGINT),{COUNTS}
             FROM accounts a{FACTOR}
             WHERE NOT EXISTS (SELECT 1 FROM account_roles ar WHERE ar.account_id = a.id)"
        );
        let counted = self.counted(sql, scope).await?.pop();
        Ok(counted.map(|(_, _, counts)| counts).unwrap_or_default())
    }

    async fn counted(
        &mut self,
        sql: String,
        scope: &AuditScope,
    ) -> Result<Vec<(String, bool, Counts)>> {
        let sql = AssertSqlSafe(sql);
        let rows: Vec<Row> = on!(self, |conn| {
            sqlx::query_as(sql)
                .bind(scope.now)
                .bind(WEAK_BELOW_BITS)
                .fetch_all(conn)
                .await?
        });
        Ok(rows.into_iter().map(group).collect())
    }

    /// How many a finding is about. `recent` is when what happened recently began.
    pub async fn count_finding(
        &mut self,
        finding: Finding,
        scope: &AuditScope,
        recent: Timestamp,
    ) -> Result<i64> {
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) {}", finding_from(finding, scope)));
        Ok(on!(self, |conn| {
            sqlx::query_scalar(sql)
                .bind(scope.now)
                .bind(WEAK_BELOW_BITS)
                .bind(recent)
                .fetch_one(conn)
                .await?
        }))
    }

    /// The first `limit` that a finding is about.
    pub async fn list_finding(
        &mut self,
        finding: Finding,
        scope: &AuditScope,
        recent: Timestamp,
        limit: i64,
    ) -> Result<Vec<FoundRow>> {
        let from = finding_from(finding, scope);
        let select = if finding.is_about_requesters() {
            "q.work_email AS who, o.code AS organisation"
        } else {
            "a.username AS who,
             (SELECT MIN(o.code) FROM account_roles ar JOIN organisations o ON o.id = ar.organisation_id
              WHERE ar.account_id = a.id) AS organisation"
        };
        let since = since(finding);
        let sql = AssertSqlSafe(format!(
            "SELECT {select}, {since} AS since {from} ORDER BY 1 LIMIT $4"
        ));
        Ok(on!(self, |conn| {
            sqlx::query_as(sql)
                .bind(scope.now)
                .bind(WEAK_BELOW_BITS)
                .bind(recent)
                .bind(limit)
                .fetch_all(conn)
                .await?
        }))
    }
}

/// Since when an account or a requester is found.
const fn since(finding: Finding) -> &'static str {
    match finding {
        Finding::Overdue => "a.enroll_by",
        Finding::Locked => "e.locked_at",
        Finding::NotEnrolledAgain => {
            "(SELECT MAX(u.used_at) FROM recovery_codes u WHERE u.account_id = a.id)"
        }
        Finding::ResetRepeatedly => {
            "(SELECT MAX(v.at) FROM events v
              WHERE v.account = a.id AND v.action IN ('reset', 'reset.break_glass'))"
        }
        Finding::RecoveryMissing
        | Finding::NeverUsed
        | Finding::WeakSecret
        | Finding::SharedLogin => "e.enrolled_at",
        Finding::RequesterExpired | Finding::RequesterUnreviewed => "q.valid_until",
    }
}

fn requesters_from(condition: &str, scope: &AuditScope) -> String {
    format!(
        "FROM requesters q JOIN organisations o ON o.id = q.organisation_id
         WHERE {condition} AND q.ended_at IS NULL{}",
        scope.reached("o.region_id")
    )
}

fn finding_from(finding: Finding, scope: &AuditScope) -> String {
    let condition = match finding {
        Finding::Overdue => "e.enrolled_at IS NULL AND a.enroll_by < $1",
        Finding::RecoveryMissing => "e.enrolled_at IS NOT NULL AND c.id IS NULL",
        Finding::NotEnrolledAgain => {
            "e.enrolled_at IS NULL AND a.id IN (
               SELECT u.account_id FROM recovery_codes u
               WHERE u.used_at IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM enrollments n
                                 WHERE n.account_id = u.account_id AND n.enrolled_at > u.used_at))"
        }
        Finding::Locked => "e.enrolled_at IS NOT NULL AND e.locked_at IS NOT NULL",
        Finding::NeverUsed => "e.enrolled_at IS NOT NULL AND e.last_used_at IS NULL",
        Finding::WeakSecret => "e.enrolled_at IS NOT NULL AND e.secret_bits < $2",
        Finding::ResetRepeatedly => {
            "a.id IN (
               SELECT v.account FROM events v
               WHERE v.action IN ('reset', 'reset.break_glass') AND v.at >= $3
               GROUP BY v.account HAVING COUNT(*) > 1)"
        }
        Finding::SharedLogin => "a.shared_signs <> 0 AND a.status = 'active'",
        Finding::RequesterExpired => return requesters_from("q.valid_until <= $1", scope),
        Finding::RequesterUnreviewed => {
            // The baseline was known when the desk was set up.
            let last = "COALESCE(q.reviewed_at, q.address_since, (SELECT created_at FROM desk))";
            let year = REVIEW_DAYS * 24 * 60 * 60 * 1_000_000;
            let unreviewed = format!(
                "(q.valid_from IS NULL OR q.valid_from <= $1)
                 AND (q.valid_until IS NULL OR q.valid_until > $1) AND {last} < $1 - {year}"
            );
            return requesters_from(&unreviewed, scope);
        }
    };
    format!(
        "FROM accounts a{FACTOR} WHERE {condition}{}",
        scope.account_reached()
    )
}
