//! The grants, triggers and policies under which operators' logins to PostgreSQL work. One text, printed
//! or applied.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use super::{Database, Result, StoreError};
use crate::domain::answer::{Entry, entries};
use crate::domain::log::event::Action;
use crate::domain::log::row::{Kind, Owner, TABLES, Table};
use crate::domain::operator::Role;
use crate::domain::operator::job::Job;
use crate::domain::request::judge::RULE_VERSION;
use crate::domain::settings::SETTINGS;

/// The parts, by purpose: who is who, what a line of the log covers, which column is whose, which change needs which
/// line, and which rows are whose.
static SCRIPT: LazyLock<String> = LazyLock::new(|| {
    [
        include_str!("postgres_roles/who.sql"),
        &may(),
        &setting(),
        &rule_version(),
        include_str!("postgres_roles/events.sql"),
        &rows_of_here(),
        &is_topic(),
        include_str!("postgres_roles/lines.sql"),
        include_str!("postgres_roles/grants.sql"),
        include_str!("postgres_roles/guards.sql"),
        include_str!("postgres_roles/second_factor.sql"),
        include_str!("postgres_roles/requests.sql"),
        include_str!("postgres_roles/mails.sql"),
        include_str!("postgres_roles/four_eyes.sql"),
        include_str!("postgres_roles/own.sql"),
        include_str!("postgres_roles/policies.sql"),
    ]
    .join("\n")
});

/// Which role may do what, from the program's own table. An array a role, in PL/pgSQL: it's asked for each line of a bulk
/// run.
fn may() -> String {
    let of_role = |role: &Role| {
        let actions = Action::ALL.iter().filter(|action| role.may(**action));
        (role.to_string(), listed(actions))
    };
    let of_job = |job: &Job| {
        let actions = Action::ALL.iter().filter(|action| says(*job, **action));
        (format!("service:{job}"), listed(actions))
    };
    let all = Role::ALL.iter().map(of_role);
    let all = all.chain(Job::ALL.iter().map(of_job));
    let cases: Vec<_> = all
        .map(|(role, actions)| format!("    WHEN '{role}' THEN '{{{actions}}}'::text[]"))
        .collect();
    format!(
        "\
CREATE OR REPLACE FUNCTION balie_may(role text, action text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN action = ANY (CASE role
{}
    ELSE '{{}}' END);
END
$$;
",
        cases.join("\n")
    )
}

/// What a key of the settings is set to, as JSON: its default where it isn't, from the program's own table of keys.
fn setting() -> String {
    let cases: Vec<_> = SETTINGS
        .iter()
        .map(|setting| {
            let default = setting.default().to_string().replace('\'', "''");
            format!("    WHEN '{}' THEN '{default}'::jsonb", setting.key)
        })
        .collect();
    format!(
        "\
CREATE OR REPLACE FUNCTION balie_setting(name text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT s.value::jsonb FROM settings s WHERE s.key = name), CASE name
{}
    END);
END
$$;
",
        cases.join("\n")
    )
}

/// Whether the FAQ has an answer that is kept under that name, from the program's own table.
fn is_topic() -> String {
    let topics: Vec<_> = entries().iter().map(Entry::key).collect();
    format!(
        "\
CREATE OR REPLACE FUNCTION balie_is_topic(topic text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(topic = ANY ('{{{}}}'::text[]), false)
$$;
",
        topics.join(", ")
    )
}

/// By which rules this program judges.
fn rule_version() -> String {
    format!(
        "\
CREATE OR REPLACE FUNCTION balie_rule_version() RETURNS bigint
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN {RULE_VERSION};
END
$$;
"
    )
}

/// Whether a row that a record names is one that this transaction wrote, from the program's own list of tables. Whoever
/// sees all rows records those of the same owner with it.
fn rows_of_here() -> String {
    let of = |table: &Table| {
        let number = match table.owner {
            Owner::Column(name) => {
                format!("t.{name} = split_part(row_key, chr(31), 1)::bigint AND ")
            }
            Owner::PlanAndPosition => {
                "t.plan_id = split_part(row_key, chr(31), 1)::bigint AND ".to_owned()
            }
            Owner::All => String::new(),
        };
        let key = table.key.iter().map(|name| {
            let mut columns = table.columns.iter();
            match columns.find(|column| column.name == *name) {
                Some(column) if column.kind == Kind::Blob => format!("encode(t.{name}, 'hex')"),
                _ => format!("t.{name}"),
            }
        });
        let key = key.collect::<Vec<_>>().join(", ");
        format!(
            "    WHEN {} THEN RETURN EXISTS (
      SELECT 1 FROM {} t WHERE {number}t.xmin = own AND (sees_all OR concat_ws(chr(31), {key}) = row_key));
",
            table.number, table.name
        )
    };
    let tables: String = TABLES.iter().map(of).collect();
    format!(
        "\
CREATE OR REPLACE FUNCTION balie_row_is_of_here(tab int, row_key text, own xid, sees_all boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  CASE tab
{tables}    ELSE RETURN false;
  END CASE;
END
$$;
"
    )
}

fn listed<'a>(actions: impl Iterator<Item = &'a Action>) -> String {
    let actions: Vec<_> = actions.map(ToString::to_string).collect();
    actions.join(", ")
}

/// Whether a service's line in the log may say so: that it did its job, took mails in by the way, or was refused.
const fn says(job: Job, action: Action) -> bool {
    job.allows(action)
        || matches!(action, Action::AccessRefused | Action::LimitReached)
        || matches!(
            (job, action),
            (
                Job::Fetch,
                Action::RequestReceive | Action::RequestConfirm | Action::RequestReverify
            )
        )
}

/// The script, with a login for each of these operators.
#[must_use]
pub fn postgres_roles(logins: &[String]) -> String {
    let mut script = SCRIPT.clone();
    for login in logins {
        let name = format!("\"{}\"", login.replace('"', "\"\""));
        let text = format!("'{}'", login.replace('\'', "''"));
        // Writing to a string doesn't fail.
        let _ = write!(
            script,
            "\nDO $$ BEGIN\n  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {text}) THEN\n    \
             CREATE ROLE {name} LOGIN;\n  END IF;\n\
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;\nEND $$;\nGRANT balie_operator TO {name};\n"
        );
    }
    script
}

impl Database {
    /// Runs the script, as the owner of the database.
    pub async fn apply_postgres_roles(&self, script: &str) -> Result<()> {
        let Self::Postgres(pool, _) = self else {
            return Err(StoreError::NotBalie(
                "a SQLite file has no roles; this".into(),
            ));
        };
        sqlx::raw_sql(sqlx::AssertSqlSafe(script.to_owned()))
            .execute(pool)
            .await?;
        Ok(())
    }
}

/// The names of the functions that the script makes.
pub(super) fn role_functions() -> BTreeSet<&'static str> {
    let script: &'static str = &SCRIPT;
    let functions = script.split("CREATE OR REPLACE FUNCTION ").skip(1);
    functions
        .filter_map(|text| text.split('(').next())
        .collect()
}

/// What of the script is about a schema's own objects, for another schema, and without a transaction of its own. The group
/// is there already, or nothing would have been granted to it.
pub(super) fn roles_in(schema: &str) -> String {
    let lines = SCRIPT.lines();
    let lines = lines.filter(|line| {
        !matches!(*line, "BEGIN;" | "COMMIT;")
            && !line.contains("ON DATABASE")
            && !line.contains("pg_advisory_xact_lock")
    });
    let mut script = String::with_capacity(SCRIPT.len());
    for line in lines {
        let mut rest = line;
        while let Some(at) = rest.find("public") {
            let (before, after) = rest.split_at(at);
            let after = &after["public".len()..];
            let is_part = |c: char| c.is_alphanumeric() || c == '_';
            let is_word = !before.ends_with(is_part) && !after.starts_with(is_part);
            script.push_str(before);
            script.push_str(if is_word { schema } else { "public" });
            rest = after;
        }
        script.push_str(rest);
        script.push('\n');
    }
    script
}
