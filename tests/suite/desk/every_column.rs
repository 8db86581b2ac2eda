//! Every table and every column, as the database itself lists them: what is done to them past the desk is found,
//! or stands in a list with its reason.

use std::collections::{BTreeMap, BTreeSet};

use balie::desk::audit::check_state;
use balie::domain::log::event::{Action, Event};
use balie::domain::log::row::{Checked, Class, LEFT_OUT, TABLES, Table};
use balie::domain::timestamp::Timestamp;
use balie::store::{Database, Tx};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use crate::support::state::within;
use crate::support::{Desk, Engine, on_both_databases};

/// A row in each table that the small directory leaves empty.
const ROWS: &[&str] = &[
    "INSERT INTO enrollments (id, account_id, uid, key_id, algorithm, digits, period, begun_at)
     SELECT 1, 1, {00}, key_id, 'SHA1', 6, 30, 1 FROM sealing_keys",
    "INSERT INTO recovery_codes (id, account_id, hash, issued_at) VALUES (1, 1, 'h', 1)",
    "INSERT INTO requests (id, public_id, received_at, received_by, verdict, rule_version, subject, body_hash,
                           evidence, facts, expires_at)
     VALUES (1, 'R-00000', 1, 'fatima', 'verified', 3, 's', {00}, '{}', '{}', 2)",
    "INSERT INTO request_messages (request_id, sha256, size, zlib) VALUES (1, {00}, 1, {00})",
    "INSERT INTO request_signatures (request_id, sha256) VALUES (1, {00})",
    "INSERT INTO request_checks (request_id, position, name, result, detail) VALUES (1, 0, 'n', 'pass', 'd')",
    "INSERT INTO request_accounts (request_id, account_id, covered) VALUES (1, 1, 1)",
    "INSERT INTO outbox (id, message_id, recipient, language, notice, queued_at, due_at)
     VALUES (1, 'm', 'r', 'nl', '{}', 1, 1)",
    "INSERT INTO enrollment_reminders (account_id, enroll_by, reminder, queued_at) VALUES (1, 1, 'last', 1)",
    "INSERT INTO personal_accounts (account_id, shared_id, added_at) VALUES (1, 2, 1)",
    "INSERT INTO challenges (id, request_id, uid, code_hash, sent_to, sent_at, expires_at)
     VALUES (1, 1, {00}, 'h', 's', 1, 1)",
    "INSERT INTO request_answers (id, request_id, challenge_id, received_at, received_by, from_address, sha256, size,
                                  evidence, proven, undecided, confirms)
     VALUES (1, 1, 1, 1, 'fatima', 'a', {00}, 1, '{}', 0, 0, 0)",
    "INSERT INTO mailboxes (place, fetched_at) VALUES ('p', 1)",
    "INSERT INTO mailbox_messages (id, place, item, taken_at, size) VALUES (1, 'p', 'i', 1, 1)",
    "INSERT INTO region_scopes (holder, region_id) VALUES ('operator:fatima', 1)",
    "INSERT INTO operator_enrollments (id, operator_id, uid, key_id, begun_at)
     SELECT 1, 1, {00}, key_id, 1 FROM sealing_keys",
    "INSERT INTO operator_sessions (id, operator_id, token_hash, started_at, last_seen_at) VALUES (1, 1, {00}, 1, 1)",
    "INSERT INTO operator_tokens (id, public_id, operator_id, token_hash, scopes, added_by, added_at, expires_at)
     VALUES (1, 'T', 1, {00}, 'read', 'fatima', 1, 2)",
    "INSERT INTO approvals (id, subject_kind, subject, action, hash, approved_by, approved_at)
     VALUES (1, 'plan', 's', 'reset', {00}, 'a', 1)",
    "INSERT INTO cases (id, public_id, account_id, reason, shown, started_by, started_at, expires_at)
     VALUES (1, 'B', 1, 'r', {00}, 'f', 1, 2)",
    "INSERT INTO plans (id, public_id, action, request_id, made_at, made_by, hash, total, ready)
     VALUES (1, 'P', 'reset', 1, 1, 'f', {00}, 1, 1)",
    "INSERT INTO settings (key, value, changed_at, changed_by) VALUES ('dns.server', '\"x\"', 1, 'fatima')",
    "INSERT INTO plan_rows (plan_id, position, username, state) VALUES (1, 0, 'u', 'refused')",
];

/// A column, as the database lists it: its name, and its type.
type Columns = Vec<(String, String)>;

fn catalogue(desk: &Desk) -> BTreeMap<String, Columns> {
    let columns = match desk.engine {
        Engine::Sqlite => {
            "SELECT m.name, c.name || ' ' || c.type FROM sqlite_schema m, pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE 'account_trigrams%'
             ORDER BY m.name, c.cid"
        }
        Engine::Postgres => {
            "SELECT c.table_name::text, c.column_name || ' ' || c.data_type
             FROM information_schema.columns c
             JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
             ORDER BY c.table_name, c.ordinal_position"
        }
    };
    let mut tables = BTreeMap::<String, Columns>::new();
    for (table, column) in desk.pairs(columns) {
        let (name, kind) = column.split_once(' ').expect("a name and a type");
        let columns = tables.entry(table).or_default();
        columns.push((name.to_owned(), kind.to_owned()));
    }
    tables
}

/// Another value of a column's type.
fn other(engine: Engine, name: &str, kind: &str) -> String {
    match kind.to_lowercase().as_str() {
        "integer" | "bigint" => format!("COALESCE({name}, 0) + 1000003"),
        "text" => format!("COALESCE({name}, '') || 'x'"),
        "blob" | "bytea" => match engine {
            Engine::Sqlite => format!("CAST(COALESCE({name}, x'') || x'07' AS BLOB)"),
            Engine::Postgres => format!("COALESCE({name}, ''::bytea) || '\\x07'::bytea"),
        },
        other => panic!("{name} is of a type that nothing is known of: {other}"),
    }
}

/// Lets the transaction do whatever it likes, as the owner of the database can.
async fn unbind(tx: &mut Tx) {
    let sql = match tx {
        Tx::Sqlite(_) => "PRAGMA defer_foreign_keys = ON; PRAGMA ignore_check_constraints = ON",
        Tx::Postgres(_) => {
            "SET LOCAL session_replication_role = replica;
             DO $$ DECLARE c record; BEGIN
               FOR c IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
                        WHERE contype = 'c' AND connamespace = 'public'::regnamespace
               LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.name, c.conname); END LOOP;
             END $$"
        }
    };
    within(tx, sql).await.expect("the owner may");
}

/// What is found after `sql`, of which nothing stays.
async fn after(database: &Database, sql: &str) -> Checked {
    let mut tx = database.begin().await.expect("a transaction");
    unbind(&mut tx).await;
    within(&mut tx, sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    let found = check_state(&mut tx).await.expect("the records hold");
    if let Tx::Sqlite(_) = tx {
        within(&mut tx, "PRAGMA ignore_check_constraints = OFF")
            .await
            .expect("back");
    }
    found
}

/// Takes the state as it stands, whatever is in it.
async fn take_baseline(database: &Database) {
    let event = Event {
        operator: "fatima".into(),
        action: Action::StateBaseline,
        account: None,
        request: None,
        detail: serde_json::json!({}),
    };
    let tx = database.begin().await.expect("a transaction");
    let now = Timestamp::from_seconds(1_900_000_000);
    tx.commit_baseline(&event, now, &mut UnwrapErr(SysRng))
        .await
        .expect("it's taken");
}

fn tampered_with(found: &Checked, table: &Table, column: Option<&str>) -> bool {
    let falls = found.disagreements.iter();
    let mut falls = falls.filter(|row| row.table == table.name);
    let named = falls.any(|row| column.is_none() || row.column == column);
    let mut kinds = found.unexplained.iter();
    named
        || kinds.any(|kind| kind.table == table.name && (column.is_none() || kind.column == column))
}

on_both_databases! {
    fn every_table_is_answered_for_or_left_out_with_a_reason(desk: &Desk) {
        let listed: BTreeSet<_> = catalogue(desk).into_keys().collect();
        let known = TABLES.iter().map(|table| table.name);
        let known: BTreeSet<_> = known.chain(LEFT_OUT.iter().map(|table| table.table)).map(str::to_owned).collect();
        assert_eq!(listed, known, "a table is missing in domain/row/catalogue.rs, or isn't there");
        assert!(LEFT_OUT.iter().all(|table| table.reason.len() > 20));
        let numbers: BTreeSet<_> = TABLES.iter().map(|table| table.number).collect();
        assert_eq!(numbers.len(), TABLES.len(), "a number is given twice");
    }

    fn every_column_is_known_in_the_order_of_the_database(desk: &Desk) {
        let listed = catalogue(desk);
        for table in TABLES {
            let known: Vec<_> = table.columns.iter().map(|column| column.name).collect();
            let columns: Vec<_> = listed[table.name].iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(columns, known, "{}: mend domain/row/catalogue.rs", table.name);
        }
    }

    fn whatever_is_done_to_a_row_is_found(desk: &Desk) {
        desk.import_small_directory().json();
        let zero = match desk.engine { Engine::Sqlite => "x'00'", Engine::Postgres => "'\\x00'::bytea" };
        for row in ROWS {
            desk.sql(&row.replace("{00}", zero)).unwrap_or_else(|error| panic!("{row}: {error}"));
        }
        let listed = catalogue(desk);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let database = desk.database().await;
            take_baseline(&database).await;
            let clean = after(&database, "SELECT 1").await;
            assert_eq!((clean.false_rows, clean.unexplained.len()), (0, 0), "{clean:#?}");
            let one = match desk.engine { Engine::Sqlite => "rowid", Engine::Postgres => "ctid" };
            for table in TABLES {
                let name = table.name;
                let first = format!("{one} = (SELECT MIN({one}) FROM {name})");
                let columns = &listed[name];
                for (column, (listed, kind)) in table.columns.iter().zip(columns) {
                    let value = other(desk.engine, listed, kind);
                    let found = after(&database, &format!("UPDATE {name} SET {listed} = {value} WHERE {first}")).await;
                    if let Class::Volatile(reason) = column.class {
                        assert!(reason.len() > 20, "{name}.{listed}");
                        assert_eq!(found.false_rows, 0, "{name}.{listed}");
                        continue;
                    }
                    // A row under another key is one that's missing, and one that was put in.
                    let named = (!table.key.contains(&column.name)).then_some(column.name);
                    assert!(tampered_with(&found, table, named), "UPDATE {name}.{listed}: {found:#?}");
                    let is_false = matches!(column.class, Class::Desk | Class::PortalClears);
                    assert_eq!(found.false_rows > 0, is_false, "UPDATE {name}.{listed}: {found:#?}");
                }
                let found = after(&database, &format!("DELETE FROM {name} WHERE {first}")).await;
                assert!(found.false_rows > 0 && tampered_with(&found, table, None), "DELETE {name}: {found:#?}");
                let names: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
                let values: Vec<_> = columns.iter().map(|(name, kind)| other(desk.engine, name, kind)).collect();
                let insert = format!(
                    "INSERT INTO {name} ({}) SELECT {} FROM {name} WHERE {first}", names.join(", "), values.join(", ")
                );
                let found = after(&database, &insert).await;
                assert!(tampered_with(&found, table, None), "INSERT {name}: {found:#?}");
                assert_eq!(found.false_rows > 0, !table.portal_adds, "INSERT {name}: {found:#?}");
            }
        });
    }
}
