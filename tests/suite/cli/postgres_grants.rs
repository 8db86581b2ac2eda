use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use super::operator::staffed;
use super::postgres_roles::as_login;
use crate::support::{Desk, Engine};

/// What an operator's own login may do with a table: for each group of columns `r`ead, `i`nsert and `u`pdate, `d` in
/// front for deleting rows; and why.
struct Decision {
    table: &'static str,
    columns: &'static [(&'static str, &'static str)],
    deletes: bool,
    reason: &'static str,
}

const fn of(
    table: &'static str,
    columns: &'static [(&'static str, &'static str)],
    reason: &'static str,
) -> Decision {
    Decision {
        table,
        columns,
        deletes: false,
        reason,
    }
}

/// Every table and column. One that isn't here fails the test: decide, grant it in `grants.sql`, and name it.
const DECISIONS: &[Decision] = &[
    of(
        "_sqlx_migrations",
        &[("r", "*")],
        "the schema is held against the program's own",
    ),
    of(
        "desk",
        &[("r", "*")],
        "which desk it is; whoever changes that changes what every receipt says",
    ),
    of(
        "sealing_keys",
        &[("r", "*")],
        "which keys are in use: never the keys themselves",
    ),
    of(
        "settings",
        &[("r", "*")],
        "what is judged by belongs to the desk: an admin changes it",
    ),
    of(
        "regions",
        &[("r", "*")],
        "who sits where; imports are the owner's",
    ),
    of(
        "organisations",
        &[("r", "*")],
        "who sits where; imports are the owner's",
    ),
    of(
        "organisation_domains",
        &[("r", "*")],
        "what a work address may be; imports are the owner's",
    ),
    of(
        "requesters",
        &[("r", "*")],
        "who may ask is an admin's to say; a mail to the wrong desk is known by it",
    ),
    of(
        "region_scopes",
        &[("r", "*")],
        "whom somebody reaches is an admin's to say",
    ),
    of(
        "account_roles",
        &[("r", "*")],
        "of accounts within reach; imports are the owner's",
    ),
    of(
        "account_search",
        &[("r", "*")],
        "of accounts within reach; made with them",
    ),
    of(
        "personal_accounts",
        &[("r", "*")],
        "of accounts within reach; made with them",
    ),
    of("log_prunes", &[("r", "*")], "pruning is an admin's"),
    of("events", &[("ri", "*")], "the log grows, and nothing else"),
    of(
        "event_details",
        &[("ri", "*")],
        "the log grows; the details of what is out of reach aren't there",
    ),
    of(
        "event_rows",
        &[("ri", "*")],
        "the log grows; digests, that tell nothing about a row",
    ),
    of(
        "accounts",
        &[
            (
                "r",
                "id username name work_email language added_at shared_signs",
            ),
            ("ru", "status session_epoch enroll_by last_login_at"),
            ("", "password_hash"),
        ],
        "what a reset or a block changes; never a password, a name or an address",
    ),
    of(
        "operators",
        &[
            ("r", "id login role work_email added_at disabled_at job"),
            ("ru", "password_until password_failures login_waits_until"),
            ("u", "password_hash"),
        ],
        "the own password, whose hash is asked for; role, address and whether somebody works are an admin's",
    ),
    of(
        "operator_sessions",
        &[
            ("ri", "id operator_id token_hash started_at"),
            ("riu", "last_seen_at ended_at"),
        ],
        "the own sessions: others' aren't there",
    ),
    of(
        "operator_enrollments",
        &[
            ("ri", "id operator_id uid key_id begun_at"),
            (
                "riu",
                "sealed_secret enrolled_at last_used_at last_accepted_step failed_attempts locked_at retired_at",
            ),
        ],
        "the own authenticator: others' aren't there",
    ),
    of(
        "operator_tokens",
        &[
            (
                "r",
                "id public_id operator_id token_hash scopes added_by added_at expires_at revoked_at",
            ),
            ("ru", "last_used_at accepted_at"),
        ],
        "the own tokens, to use and to accept: others' aren't there",
    ),
    of(
        "enrollments",
        &[
            ("r", "id"),
            (
                "ri",
                "account_id uid key_id algorithm digits period secret_bits begun_at",
            ),
            ("riu", "sealed_secret enrolled_at"),
            (
                "ru",
                "last_used_at last_accepted_step failed_attempts locked_at retired_at destroy_at",
            ),
        ],
        "begun, confirmed, retired and destroyed; sealed under keys that aren't in the database",
    ),
    of(
        "recovery_codes",
        &[
            ("r", "id"),
            ("ri", "account_id hash issued_at expires_at"),
            ("ru", "used_at revoked_at failed_attempts"),
        ],
        "issued and revoked; the hash of 100 random bits is of no use to anybody",
    ),
    of("enrollment_reminders", &[("ri", "*")], "each reminder once"),
    of(
        "requests",
        &[
            (
                "ri",
                "id public_id received_at received_by requester_id from_address expires_at answers_id",
            ),
            (
                "riu",
                "verdict rule_version region_id subject message_id sent_at body_hash evidence facts because \
                 confirmed_at rejected_at rejected_by rejected_for told_at challenge_open aligned",
            ),
        ],
        "received and judged; read everywhere, as a mail that came in before is known by it; changed within reach",
    ),
    of(
        "request_messages",
        &[("ri", "request_id"), ("riu", "sha256 size zlib")],
        "mails of requests within reach",
    ),
    of(
        "request_signatures",
        &[("ri", "*")],
        "a mail that came in before is known by its signatures",
    ),
    Decision {
        deletes: true,
        ..of("request_checks", &[("ri", "*")], "a request is judged anew")
    },
    Decision {
        deletes: true,
        ..of(
            "request_accounts",
            &[
                ("ri", "request_id account_id"),
                ("riu", "covered used_at used_for"),
            ],
            "bound, used once, and taken off while it wasn't used",
        )
    },
    of(
        "request_answers",
        &[
            (
                "ri",
                "id request_id challenge_id received_at received_by from_address sha256 size zlib",
            ),
            ("riu", "evidence proven undecided confirms"),
        ],
        "answers to challenges of requests within reach",
    ),
    of(
        "challenges",
        &[
            ("r", "id"),
            ("ri", "request_id uid sent_to sent_at expires_at message_id"),
            ("i", "code_hash"),
            ("ru", "tries confirmed_at voided_at"),
        ],
        "sent, tried, confirmed and voided; the code's hash is read by nobody",
    ),
    of(
        "approvals",
        &[("ri", "*")],
        "a senior's yes stands as it was given",
    ),
    of(
        "cases",
        &[
            ("r", "id"),
            (
                "ri",
                "public_id account_id reason shown started_by started_at expires_at",
            ),
            ("ru", "completed_by completed_at cancelled_at"),
        ],
        "started by one and completed by another",
    ),
    of(
        "plans",
        &[
            ("r", "id"),
            (
                "ri",
                "public_id action request_id made_at made_by delivery recipient",
            ),
            ("riu", "hash total ready"),
            (
                "ru",
                "sensitive done not_done begun_at finished_at cancelled_at claimed_by claim_until",
            ),
        ],
        "made in one go, then worked through",
    ),
    of(
        "plan_rows",
        &[
            ("ri", "plan_id position username account_id fingerprint"),
            ("riu", "state code"),
            ("ru", "event"),
        ],
        "made with their plan, then settled",
    ),
    of(
        "outbox",
        &[
            (
                "ri",
                "id message_id recipient language notice key_id queued_at region_id",
            ),
            (
                "riu",
                "sealed_secret due_at attempts claimed_by claim_until sent_at failed_at last_error",
            ),
        ],
        "queued and sent, of the own desks; a mail goes where it was to go",
    ),
    of(
        "mailbox_messages",
        &[("ri", "*")],
        "what was taken from mailboxes belongs to no region",
    ),
    of(
        "mailboxes",
        &[("ri", "place"), ("riu", "uid_validity last_uid fetched_at")],
        "how far a mailbox was read",
    ),
    Decision {
        deletes: true,
        ..of("leases", &[("riu", "*")], "what is open at the own desk")
    },
];

/// What may be written without a line of the log that says so, and why that decides nothing.
const WITHOUT_EVENT: &[(&str, &str, &str)] = &[
    (
        "operator_sessions",
        "last_seen_at",
        "when the own session was used",
    ),
    (
        "operator_tokens",
        "last_used_at",
        "when the own token was used",
    ),
    ("outbox", "claimed_by", "who sends it right now"),
    ("outbox", "claim_until", "who sends it right now"),
    ("plans", "claimed_by", "who works on it right now"),
    ("plans", "claim_until", "who works on it right now"),
    ("mailboxes", "*", "the mailbox keeps every mail"),
    ("leases", "*", "the own leases lapse"),
];

fn may_without_event(table: &str, column: &str) -> bool {
    let mut listed = WITHOUT_EVENT.iter();
    listed.any(|(name, of, _)| *name == table && (*of == "*" || *of == column))
}

/// The columns of every table, in order, with their types.
fn catalogue(desk: &Desk) -> BTreeMap<String, Vec<(String, String)>> {
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

fn decided(table: &str, column: &str) -> &'static str {
    let decision = DECISIONS.iter().find(|decision| decision.table == table);
    let decision = decision.unwrap_or_else(|| panic!("nothing is decided about the table {table}"));
    let mut groups = decision.columns.iter();
    let group =
        groups.find(|(_, names)| *names == "*" || names.split(' ').any(|name| name == column));
    group
        .unwrap_or_else(|| panic!("nothing is decided about {table}.{column}"))
        .0
}

fn with_roles() -> (Desk, String) {
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
fn other(name: &str, kind: &str) -> String {
    match kind {
        "bigint" => format!("COALESCE({name}, 0) + 1000003"),
        "text" => format!("COALESCE({name}, '') || 'x'"),
        "bytea" => format!("COALESCE({name}, ''::bytea) || '\\x07'::bytea"),
        "boolean" => format!("NOT {name}"),
        _ => name.to_owned(),
    }
}

/// Runs a script in `psql` under an operator's login. What was said on standard error to each of its steps, by its name.
fn psql(desk: &Desk, login: &str, script: &str) -> BTreeMap<String, String> {
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
                    assert!(
                        updated.contains(denied),
                        "{login} updates {table}.{column}: {updated}"
                    );
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
