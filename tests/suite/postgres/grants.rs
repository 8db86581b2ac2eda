use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use super::decisions::{DECISIONS, decided, may_without_event};
use super::roles::as_login;
use crate::operator::manage::staffed;
use crate::support::{Desk, Engine};

/// The columns of every table, in order, with their types.
pub(crate) fn catalogue(desk: &Desk) -> BTreeMap<String, Vec<(String, String)>> {
    let mut tables = BTreeMap::<String, Vec<_>>::new();
    let columns = desk.pairs(
        "SELECT c.table_name::text, c.column_name || ' ' || c.data_type FROM information_schema.columns c
         JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name
         WHERE c.table_schema = 'public' ORDER BY c.table_name, c.ordinal_position",
    );
    for (table, column) in columns {
        let (name, kind) = column.split_once(' ').unwrap();
        let columns = tables.entry(table).or_default();
        columns.push((name.to_owned(), kind.to_owned()));
    }
    tables
}

pub(super) fn with_roles() -> (Desk, String) {
    let desk = Desk::new(Engine::Postgres);
    let request = staffed(&desk);
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    (desk, request)
}

#[test]
fn every_column_is_granted_as_it_was_decided() {
    let (desk, _) = with_roles();
    let catalogue = catalogue(&desk);
    for decision in DECISIONS {
        assert!(decision.reason.len() > 15, "{}", decision.table);
        let columns = catalogue.get(decision.table);
        let columns = columns.unwrap_or_else(|| panic!("there is no table {}", decision.table));
        for name in decision
            .columns
            .iter()
            .flat_map(|(_, names)| names.split_whitespace())
        {
            assert!(
                name == "*" || columns.iter().any(|(known, _)| known == name),
                "{}.{name}",
                decision.table
            );
        }
    }
    let mut granted = BTreeMap::<(String, String), String>::new();
    for (column, privilege) in desk.pairs(
        "SELECT table_name || '.' || column_name, privilege_type::text FROM information_schema.column_privileges
         WHERE grantee = 'balie_operator' AND table_schema = 'public' AND table_name NOT LIKE 'state\\_%'
         ORDER BY CASE privilege_type WHEN 'SELECT' THEN 1 WHEN 'INSERT' THEN 2 WHEN 'UPDATE' THEN 3 ELSE 4 END",
    ) {
        let (table, column) = column.split_once('.').unwrap();
        let letter = match privilege.as_str() {
            "SELECT" => "r",
            "INSERT" => "i",
            "UPDATE" => "u",
            other => panic!("{table}.{column}: {other}"),
        };
        granted.entry((table.to_owned(), column.to_owned())).or_default().push_str(letter);
    }
    for (table, columns) in &catalogue {
        for (column, _) in columns {
            let found = granted
                .remove(&(table.clone(), column.clone()))
                .unwrap_or_default();
            assert_eq!(found, decided(table, column), "{table}.{column}");
        }
    }
    assert!(granted.is_empty(), "{granted:?}");
    let deletes = desk.pairs(
        "SELECT table_name::text, privilege_type::text FROM information_schema.table_privileges
         WHERE grantee = 'balie_operator' AND table_schema = 'public'
           AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE') ORDER BY 1",
    );
    let mut expected: Vec<_> = DECISIONS
        .iter()
        .filter(|decision| decision.deletes)
        .collect();
    expected.sort_by_key(|decision| decision.table);
    let expected: Vec<_> = expected
        .iter()
        .map(|d| (d.table.to_owned(), "DELETE".to_owned()))
        .collect();
    assert_eq!(deletes, expected);
}

/// Another value of a column's type.
pub(crate) fn other(name: &str, kind: &str) -> String {
    match kind {
        "bigint" => format!("COALESCE({name}, 0) + 1000003"),
        "text" => format!("COALESCE({name}, '') || 'x'"),
        "bytea" => format!("COALESCE({name}, ''::bytea) || '\\x07'::bytea"),
        "boolean" => format!("NOT {name}"),
        _ => name.to_owned(),
    }
}

/// Runs a script in `psql` under an operator's login. What was said on standard error to each of its steps, by its
/// name.
pub(super) fn psql(desk: &Desk, login: &str, script: &str) -> BTreeMap<String, String> {
    let file = desk.path("script.sql");
    std::fs::write(&file, script).unwrap();
    // A URL's query is libpq's own, too.
    let output = Command::new("psql")
        .args(["-X", "-q", "-d", &as_login(desk, login), "-f"])
        .arg(&file)
        .stdin(Stdio::null())
        .output()
        .expect("psql is there");
    let said = String::from_utf8_lossy(&output.stderr);
    let steps = said.split("## ").skip(1);
    steps
        .filter_map(|step| {
            let (name, rest) = step.split_once('\n')?;
            Some((name.to_owned(), rest.to_owned()))
        })
        .collect()
}

/// Reading, inserting and updating every column, and emptying every table.
fn attempts(catalogue: &BTreeMap<String, Vec<(String, String)>>) -> String {
    let mut script = String::new();
    for (table, columns) in catalogue {
        for (column, kind) in columns {
            let value = other(column, kind);
            write!(
                    script,
                    "\\warn ## {table}.{column} r\nSELECT {column} FROM {table} LIMIT 0;\n\
                     \\warn ## {table}.{column} i\nBEGIN; INSERT INTO {table} ({column}) VALUES (DEFAULT); COMMIT;\n\
                     \\warn ## {table}.{column} u\nBEGIN; UPDATE {table} SET {column} = {value};\n\
                     \\warn rows=:ROW_COUNT\nCOMMIT;\n"
                )
                .unwrap();
        }
        write!(
            script,
            "\\warn ## {table} d\nBEGIN; DELETE FROM {table};\n\\warn rows=:ROW_COUNT\nCOMMIT;\n\
                 \\warn ## {table} t\nTRUNCATE {table} CASCADE;\n"
        )
        .unwrap();
    }
    script
}

#[test]
fn nobody_writes_anything_with_psql_but_what_was_decided() {
    let (desk, request) = with_roles();
    // Something is in the tables that matter.
    std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
    let rows = desk.path("rows.csv").display().to_string();
    let reason = "directeur aan de telefoon, stem bekend";
    desk.by(
        "ursula",
        &["bulk", "plan", "reset", &rows, "--request", &request],
    )
    .json();
    desk.by(
        "ursula",
        &["reset", "z.celik", "--break-glass", "--reason", reason],
    )
    .json();
    desk.by("simon", &["request", "approve", &request]).json();
    desk.by("ursula", &["reset", "j.jansen", "--request", &request]);
    let catalogue = catalogue(&desk);
    for login in ["ursula", "simon", "olga"] {
        let said = psql(&desk, login, &attempts(&catalogue));
        let denied = "permission denied";
        for (table, columns) in &catalogue {
            for (column, _) in columns {
                let may = decided(table, column);
                let of = |what: &str| said[&format!("{table}.{column} {what}")].as_str();
                let read = of("r");
                assert_eq!(
                    read.contains(denied),
                    !may.contains('r'),
                    "{login} reads {table}.{column}: {read}"
                );
                assert!(
                    read.contains(denied) || !read.contains("ERROR"),
                    "{table}.{column}: {read}"
                );
                let inserted = of("i");
                let granted = may.contains('i');
                assert_eq!(
                    inserted.contains(denied),
                    !granted,
                    "{login} inserts {table}.{column}: {inserted}"
                );
                assert!(
                    inserted.contains("ERROR"),
                    "{login} put a bare row into {table}: {inserted}"
                );
                let updated = of("u");
                if !may.contains('u') {
                    let never =
                        updated.contains(denied) || updated.contains("is a generated column");
                    assert!(never, "{login} updates {table}.{column}: {updated}");
                } else if !may_without_event(table, column) {
                    let nothing = updated.contains("ERROR") || updated.contains("rows=0");
                    assert!(nothing, "{login} updates {table}.{column}: {updated}");
                }
            }
            let deleted = &said[&format!("{table} d")];
            let may = DECISIONS
                .iter()
                .any(|decision| decision.table == table && decision.deletes);
            assert_eq!(
                deleted.contains(denied),
                !may,
                "{login} deletes {table}: {deleted}"
            );
            let nothing = deleted.contains("ERROR") || deleted.contains("rows=0");
            assert!(
                nothing || may_without_event(table, "*"),
                "{login} deletes {table}: {deleted}"
            );
            assert!(
                said[&format!("{table} t")].contains(denied),
                "{login} empties {table}"
            );
        }
        let more = psql(
            &desk,
            login,
            "\\warn ## temporary\nCREATE TEMP TABLE operators (login text, role text);\n\
             \\warn ## table\nCREATE TABLE mine (a text);\n\
             \\warn ## function\nCREATE FUNCTION mine() RETURNS void LANGUAGE sql AS '';\n\
             \\warn ## owner\nSET ROLE balie_test;\n\
             \\warn ## colleague\nSELECT 'got' || operator_password_hash(id) FROM operators WHERE login <> session_user \\gset got_\n\
             \\warn ## end\n",
        );
        for step in ["temporary", "table", "function", "owner"] {
            assert!(
                more[step].contains("ERROR"),
                "{login}: {step}: {}",
                more[step]
            );
        }
    }
    // The log holds, and so does every row that it answers for.
    desk.assert_state_holds();
}
