//! Accounts by a part of what is known about them. The engines differ: FTS5 with trigrams against
//! `pg_trgm`; both give candidates, which the desk ranks.

use std::collections::BTreeSet;

use crate::domain::code::Username;
use crate::domain::operator::Reach;
use crate::store::reach::account_reached;
use crate::store::{Result, Tx, on};

/// A candidate.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Found {
    /// The internal id.
    pub id: i64,
    /// The username.
    pub username: Username,
    /// The holder's name.
    pub name: String,
    /// The holder's work address.
    pub work_email: String,
    /// `active` or `blocked`.
    pub status: String,
    /// What was searched in.
    pub words: String,
}

/// Where a found account is, and how its second factor stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundAt {
    /// The account's internal id.
    pub id: i64,
    /// `none`, `pending`, `active` or `locked`.
    pub second_factor: String,
    /// An organisation of its roles; none for an account without roles.
    pub school: Option<String>,
}

macro_rules! found_at {
    ($ids:literal) => {
        concat!(
            "SELECT DISTINCT a.id, o.name AS school,
                    CASE WHEN e.id IS NULL THEN 'none' WHEN e.enrolled_at IS NULL THEN 'pending'
                         WHEN e.locked_at IS NULL THEN 'active' ELSE 'locked' END AS second_factor
             FROM accounts a
             LEFT JOIN enrollments e ON e.account_id = a.id AND e.retired_at IS NULL
             LEFT JOIN account_roles r ON r.account_id = a.id
             LEFT JOIN organisations o ON o.id = r.organisation_id
             WHERE a.id ",
            $ids,
            " ORDER BY a.id, o.name"
        )
    };
}

const ALL_WORDS: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email, a.status, s.words
    FROM account_trigrams t
    JOIN account_search s ON s.account_id = t.rowid
    JOIN accounts a ON a.id = t.rowid
    WHERE account_trigrams MATCH $1 AND ",
    account_reached!("a.id", "$3"),
    " LIMIT $2"
);

const SIMILAR: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email, a.status, s.words
    FROM account_trigrams t
    JOIN account_search s ON s.account_id = t.rowid
    JOIN accounts a ON a.id = t.rowid
    WHERE account_trigrams MATCH $1 AND ",
    account_reached!("a.id", "$3"),
    " ORDER BY rank LIMIT $2"
);

const SHORT_WORD: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email, a.status, s.words
    FROM account_search s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.words LIKE $1 ESCAPE '\\' AND ",
    account_reached!("a.id", "$3"),
    " LIMIT $2"
);

const PG_ALL_WORDS: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email, a.status, s.words
    FROM account_search s
    JOIN accounts a ON a.id = s.account_id
    WHERE s.words LIKE ALL ($1) AND ",
    account_reached!("a.id", "$3"),
    " LIMIT $2"
);

const PG_SIMILAR: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email, a.status, s.words
    FROM account_search s
    JOIN accounts a ON a.id = s.account_id
    WHERE $1 <% s.words AND s.words LIKE ALL ($4) AND ",
    account_reached!("a.id", "$3"),
    " ORDER BY $1 <<-> s.words LIMIT $2"
);

const NAMED: &str = concat!(
    "SELECT a.id, a.username, a.name, a.work_email, a.status, s.words
    FROM accounts a
    JOIN account_search s ON s.account_id = a.id
    WHERE (a.username = $1 OR a.work_email = $1) AND ",
    account_reached!("a.id", "$2"),
);

impl Tx {
    /// Accounts that have every one of `words` (folded) as a part.
    pub async fn accounts_with(
        &mut self,
        reach: &Reach,
        words: &[&str],
        limit: i64,
    ) -> Result<Vec<Found>> {
        match self {
            Self::Sqlite(tx) => {
                let every = joined(words, " AND ");
                if every.is_empty() {
                    let pattern = like(words.first().copied().unwrap_or_default());
                    return Ok(sqlx::query_as(SHORT_WORD)
                        .bind(pattern)
                        .bind(limit)
                        .bind(reach.holder())
                        .fetch_all(&mut **tx)
                        .await?);
                }
                // The trigrams may stand apart, so that there are more candidates than finds.
                let mut found: Vec<Found> = sqlx::query_as(ALL_WORDS)
                    .bind(every)
                    .bind(limit * 4)
                    .bind(reach.holder())
                    .fetch_all(&mut **tx)
                    .await?;
                found.retain(|found| words.iter().all(|word| found.words.contains(word)));
                Ok(found)
            }
            Self::Postgres(tx) => {
                let patterns: Vec<_> = words.iter().map(|word| like(word)).collect();
                Ok(sqlx::query_as(PG_ALL_WORDS)
                    .bind(patterns)
                    .bind(limit)
                    .bind(reach.holder())
                    .fetch_all(&mut **tx)
                    .await?)
            }
        }
    }

    /// Where these accounts are, a row for each organisation.
    pub async fn found_at(&mut self, ids: &[i64]) -> Result<Vec<FoundAt>> {
        Ok(match self {
            Self::Sqlite(tx) => {
                sqlx::query_as(found_at!("IN (SELECT value FROM json_each($1))"))
                    .bind(serde_json::json!(ids).to_string())
                    .fetch_all(&mut **tx)
                    .await?
            }
            Self::Postgres(tx) => {
                sqlx::query_as(found_at!("= ANY ($1)"))
                    .bind(ids)
                    .fetch_all(&mut **tx)
                    .await?
            }
        })
    }

    /// Accounts whose username or work address is exactly one of `words`.
    pub async fn accounts_named(&mut self, reach: &Reach, words: &[&str]) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        for word in words {
            let named: Vec<Found> = on!(&mut *self, |conn| {
                sqlx::query_as(NAMED)
                    .bind(word)
                    .bind(reach.holder())
                    .fetch_all(conn)
                    .await?
            });
            found.extend(named);
        }
        Ok(found)
    }

    /// Accounts that have every one of `parts` as a part and are like `odd`, typing errors forgiven;
    /// the likest are among them.
    pub async fn accounts_like(
        &mut self,
        reach: &Reach,
        parts: &[&str],
        odd: &[&str],
        limit: i64,
    ) -> Result<Vec<Found>> {
        match self {
            Self::Sqlite(tx) => {
                let any = joined(odd, " OR ");
                if any.is_empty() {
                    return Ok(Vec::new());
                }
                let wanted = match joined(parts, " AND ") {
                    every if every.is_empty() => any,
                    every => format!("({every}) AND ({any})"),
                };
                Ok(sqlx::query_as(SIMILAR)
                    .bind(wanted)
                    .bind(limit)
                    .bind(reach.holder())
                    .fetch_all(&mut **tx)
                    .await?)
            }
            Self::Postgres(tx) => {
                sqlx::query("SET LOCAL pg_trgm.word_similarity_threshold = 0.35")
                    .execute(&mut **tx)
                    .await?;
                let patterns: Vec<_> = parts.iter().map(|word| like(word)).collect();
                Ok(sqlx::query_as(PG_SIMILAR)
                    .bind(odd.join(" "))
                    .bind(limit)
                    .bind(reach.holder())
                    .bind(patterns)
                    .fetch_all(&mut **tx)
                    .await?)
            }
        }
    }
}

/// What every trigram of `words` asks of FTS5.
fn joined(words: &[&str], by: &str) -> String {
    let trigrams: BTreeSet<_> = words.iter().flat_map(|word| trigrams(word)).collect();
    let quoted: Vec<_> = trigrams.iter().map(|three| quoted(three)).collect();
    quoted.join(by)
}

fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters
        .windows(3)
        .map(|three| three.iter().collect())
        .collect()
}

/// A text of FTS5's query language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A pattern that finds `text` anywhere.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
