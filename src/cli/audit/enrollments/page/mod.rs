//! The audit of enrollments as a page that a director reads: one file, no scripts, light and dark, on
//! screen and on paper, in Dutch or English.

use minijinja::{Value, context};
use toml::Table;

use crate::cli::output::html;
use crate::desk::audit::EnrollmentAudit;
use crate::domain::language::Language;
use crate::domain::log::enrollments::{Counts, GroupBy};
use crate::domain::timestamp::Timestamp;

const TEMPLATE: &str = include_str!("enrollments.html");
const DUTCH: &str = include_str!("nl.toml");
const ENGLISH: &str = include_str!("en.toml");
/// More rows than this nobody reads on a page.
const MOST_ROWS: usize = 250;

/// Why a page can't be written.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum PageError {
    /// The texts of a language can't be read.
    #[error(transparent)]
    Texts(#[from] toml::de::Error),
    /// The template can't be filled in.
    #[error(transparent)]
    Template(#[from] minijinja::Error),
}

/// The page.
pub(in crate::cli) fn html(
    audit: &EnrollmentAudit,
    language: Language,
) -> Result<String, PageError> {
    let texts = Texts::of(language)?;
    let totals = &audit.totals;
    let mut groups: Vec<_> = audit.groups.iter().collect();
    if audit.by == GroupBy::Organisation {
        let missing = |counts: &Counts| counts.accounts - counts.enrolled();
        groups.sort_by_key(|group| std::cmp::Reverse(missing(&group.counts)));
    }
    let left_out = groups.len().saturating_sub(MOST_ROWS);
    groups.truncate(MOST_ROWS);
    let rows: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let (name, code) = match &group.code {
                None => (texts.sentence("no_role"), String::new()),
                Some(code) if *code == group.name.to_lowercase() => {
                    (group.name.clone(), String::new())
                }
                Some(code) => (group.name.clone(), code.clone()),
            };
            let counts = &group.counts;
            context! {
                name, code,
                accounts => texts.number(counts.accounts),
                parts => texts.parts(counts),
                per_cent => counts.per_cent(),
                missing => texts.number(counts.accounts - counts.enrolled()),
                overdue => texts.number(counts.overdue),
                without_recovery => texts.number(counts.recovery_missing),
            }
        })
        .collect();
    let findings: Vec<_> = audit
        .findings
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(finding, count)| {
            let of = |key| texts.text(&["finding", finding.as_str(), key]);
            context! { count => texts.number(*count), title => of("title"), advice => of("advice") }
        })
        .collect();
    let by = audit.by.as_str();
    let context = context! {
        language => language.as_str(),
        t => context! {
            group => texts.text(&["group", by]),
            ..texts.values("t")
        },
        caption => texts.text(&["caption", by]),
        scope => texts.scope(audit),
        at => texts.day(audit.at),
        lead => texts.lead(totals),
        rest => texts.rest(totals),
        totals => context! {
            per_cent => totals.per_cent(),
            ring => totals.per_cent(),
            told => texts.told(totals),
            parts => texts.parts(totals),
        },
        rows, findings,
        left_out => if left_out > 0 { texts.filled("left_out", &[("count", left_out.to_string())]) } else { String::new() },
        words => texts.values("words"),
    };
    Ok(html::render(TEMPLATE, &context)?)
}

struct Texts {
    table: Table,
    language: Language,
}

impl Texts {
    fn of(language: Language) -> Result<Self, PageError> {
        let text = match language {
            Language::Nl => DUTCH,
            Language::En => ENGLISH,
        };
        let table = text.parse()?;
        Ok(Self { table, language })
    }

    fn text(&self, path: &[&str]) -> String {
        let mut value = None;
        let mut table = Some(&self.table);
        for key in path {
            value = table.and_then(|table| table.get(*key));
            table = value.and_then(toml::Value::as_table);
        }
        let text = value.and_then(toml::Value::as_str);
        text.map_or_else(|| path.join("."), ToOwned::to_owned)
    }

    fn values(&self, key: &str) -> Value {
        self.table.get(key).map(value_of).unwrap_or_default()
    }

    fn sentence(&self, key: &str) -> String {
        self.text(&["sentence", key])
    }

    fn filled(&self, key: &str, words: &[(&str, String)]) -> String {
        let mut sentence = self.sentence(key);
        for (name, word) in words {
            sentence = sentence.replace(&format!("{{{name}}}"), word);
        }
        sentence
    }

    /// A number as people of that language write it.
    fn number(&self, number: i64) -> String {
        let digits = number.to_string();
        let separator = match self.language {
            Language::Nl => '.',
            Language::En => ',',
        };
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// The day, as it is in the Netherlands.
    fn day(&self, at: Timestamp) -> String {
        const MONTHS: [&str; 12] = [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ];
        let at = at.at_the_desk();
        let month = usize::try_from(at.month() - 1)
            .ok()
            .and_then(|month| MONTHS.get(month));
        match (self.language, month) {
            (Language::Nl, Some(month)) => format!("{} {month} {}", at.day(), at.year()),
            _ => at.strftime("%-d %B %Y").to_string(),
        }
    }

    fn scope(&self, audit: &EnrollmentAudit) -> String {
        match &audit.regions {
            None => self.sentence("everywhere"),
            Some(regions) => {
                let names: Vec<_> = regions.iter().map(ToString::to_string).collect();
                self.filled("regions", &[("names", names.join(", "))])
            }
        }
    }

    fn lead(&self, totals: &Counts) -> String {
        let words = [
            ("enrolled", self.number(totals.enrolled())),
            ("accounts", self.number(totals.accounts)),
            ("per_cent", totals.per_cent().to_string()),
        ];
        let key = match totals.accounts {
            0 => "lead_nobody",
            all if all == totals.enrolled() => "lead_all",
            _ => "lead",
        };
        self.filled(key, &words)
    }

    fn rest(&self, totals: &Counts) -> String {
        let missing = totals.accounts - totals.enrolled();
        let words = [
            ("missing", self.number(missing)),
            ("overdue", self.number(totals.overdue)),
        ];
        self.filled(if missing == 0 { "rest_all" } else { "rest" }, &words)
    }

    /// The bar's parts, in per cent of its width.
    fn parts(&self, counts: &Counts) -> Vec<Value> {
        let all = counts.accounts.max(1);
        let mut x = 0;
        Self::states(counts)
            .into_iter()
            .map(|(class, count)| {
                // In hundredths of a per cent, so that the parts end where the bar does.
                let width = (x + count) * 10_000 / all - x * 10_000 / all;
                let start = x * 10_000 / all;
                x += count;
                context! {
                    class,
                    x => hundredths(start),
                    width => hundredths(width),
                    name => self.text(&["state", class]),
                    count => self.number(count),
                }
            })
            .collect()
    }

    fn told(&self, counts: &Counts) -> String {
        let told = Self::states(counts).map(|(state, count)| {
            format!("{}: {}", self.text(&["state", state]), self.number(count))
        });
        told.join(", ")
    }

    const fn states(counts: &Counts) -> [(&'static str, i64); 4] {
        [
            ("active", counts.active),
            ("locked", counts.locked),
            ("pending", counts.pending),
            ("none", counts.none),
        ]
    }
}

fn value_of(text: &toml::Value) -> Value {
    match text {
        toml::Value::Table(table) => Value::from_pairs(
            table
                .iter()
                .map(|(key, text)| (key.clone(), value_of(text))),
        ),
        toml::Value::Array(items) => items.iter().map(value_of).collect(),
        toml::Value::String(text) => Value::from(text.as_str()),
        other => Value::from(other.to_string()),
    }
}

fn hundredths(number: i64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::audit::Group;
    use crate::domain::log::enrollments::Finding;

    fn audit() -> EnrollmentAudit {
        let counts = Counts {
            accounts: 12_345,
            active: 10_000,
            pending: 45,
            none: 2_200,
            locked: 100,
            overdue: 7,
            ..Counts::default()
        };
        EnrollmentAudit {
            at: "2026-11-24T23:30:00Z".parse().unwrap(),
            by: GroupBy::Organisation,
            regions: None,
            totals: counts,
            groups: vec![Group {
                code: Some("sch-0001".into()),
                name: "<b>De \"Regenboog\" & \u{202e}co</b>".into(),
                counts,
            }],
            findings: Finding::ALL.iter().map(|finding| (*finding, 3)).collect(),
        }
    }

    #[test]
    fn both_languages_say_everything() {
        fn keys(prefix: &str, table: &Table, into: &mut Vec<String>) {
            for (key, value) in table {
                let path = format!("{prefix}.{key}");
                match value {
                    toml::Value::Table(table) => keys(&path, table, into),
                    toml::Value::Array(items) => into.push(format!("{path} {}", items.len())),
                    _ => into.push(path),
                }
            }
        }
        let of = |language| {
            let mut found = Vec::new();
            keys("", &Texts::of(language).unwrap().table, &mut found);
            found
        };
        assert_eq!(of(Language::Nl), of(Language::En));
        let texts = Texts::of(Language::Nl).unwrap();
        for finding in Finding::ALL {
            let path = ["finding", finding.as_str(), "title"];
            assert_ne!(texts.text(&path), path.join("."));
        }
    }

    #[test]
    fn a_page_escapes_names_runs_nothing_and_fetches_nothing() {
        for (language, number, day) in [
            (Language::Nl, "12.345", "25 november 2026"),
            (Language::En, "12,345", "25 November 2026"),
        ] {
            let page = html(&audit(), language).unwrap();
            assert!(page.contains(number) && page.contains(day), "{page}");
            assert!(page.contains("&lt;b&gt;De &quot;Regenboog&quot; &amp; \\u{202e}co&lt;/b&gt;"));
            for unwanted in [
                "<script", "<b>De", "http://", "https://", "src=", "@import", "url(",
            ] {
                assert!(!page.contains(unwanted), "{unwanted}");
            }
        }
    }
}
