//! Whatever the database's owner changes in what operators' logins may do, in the schema or around it, is found and named.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::operator::manage::staffed;
use crate::support::postgres::PrivateServer;
use crate::support::{Desk, Engine};

/// A change, how it's found, and the change back.
type Change = (&'static str, &'static str, &'static str);

/// The roles' script, run again.
const APPLY: &str = "apply";

fn apply(desk: &Desk) {
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
}

/// What `audit verify` names, as kind, name and how.
fn named(desk: &Desk) -> BTreeSet<String> {
    let ran = desk.by("fatima", &["audit", "verify", "--state"]);
    let found: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let altered = found["altered"].as_array().expect("the owner sees it");
    assert_eq!(ran.exit, if altered.is_empty() { 0 } else { 8 });
    let text = |altered: &Value, key: &str| altered[key].as_str().unwrap().to_owned();
    let one = |altered| {
        let [kind, name, how] = ["kind", "name", "how"].map(|key| text(altered, key));
        format!("{kind} {name} {how}")
    };
    altered.iter().map(one).collect()
}

/// What `doctor` says of the schema.
fn examined(desk: &Desk) -> (String, String) {
    let ran = desk.by("fatima", &["doctor"]);
    let found: Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let checks = found["checks"].as_array().unwrap();
    let check = checks
        .iter()
        .find(|check| check["name"] == "schema")
        .unwrap();
    let text = |key: &str| check[key].as_str().unwrap().to_owned();
    (text("result"), text("detail"))
}

#[track_caller]
fn each_is_named(desk: &Desk, changes: &[Change]) {
    for (change, _, _) in changes {
        desk.sql(change)
            .unwrap_or_else(|error| panic!("{change}: {error}"));
    }
    let found = named(desk);
    let expected: BTreeSet<_> = changes
        .iter()
        .flat_map(|(_, found, _)| found.split("; "))
        .map(str::to_owned)
        .collect();
    assert_eq!(found, expected);
    let (result, detail) = examined(desk);
    assert_eq!(result, "fail");
    let first = found.iter().next().unwrap();
    let first = first.rsplit_once(' ').unwrap().0;
    assert!(detail.contains(first), "{first}: {detail}");
    for (_, _, back) in changes {
        if *back == APPLY {
            apply(desk);
            continue;
        }
        desk.sql(back)
            .unwrap_or_else(|error| panic!("{back}: {error}"));
    }
    assert_eq!(named(desk), BTreeSet::new());
    assert_eq!(examined(desk).0, "ok");
}

#[test]
fn what_the_owner_changes_in_rights_and_rules_is_named() {
    let server = PrivateServer::start();
    let desk = Desk::at(Engine::Postgres, server.url());
    staffed(&desk);
    assert_eq!(named(&desk), BTreeSet::new(), "as the migrations make it");
    each_is_named(&desk, WITHOUT_ROLES);
    for _ in 0..2 {
        apply(&desk);
        assert_eq!(named(&desk), BTreeSet::new(), "with roles");
    }
    assert_eq!(examined(&desk).0, "ok");
    desk.sql(
        "CREATE ROLE stranger LOGIN; CREATE ROLE portal LOGIN; CREATE ROLE second SUPERUSER; CREATE SCHEMA aside;
         CREATE FUNCTION aside.differs(text, bytea) RETURNS boolean LANGUAGE sql AS 'SELECT true';
         CREATE FUNCTION aside.ended() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
         CREATE TABLE helper (name TEXT, kept TEXT)",
    )
    .unwrap();
    each_is_named(&desk, IN_TABLES);
    each_is_named(&desk, IN_FUNCTIONS);
    each_is_named(&desk, IN_GRANTS);
    each_is_named(&desk, AROUND);
    // What a portal needs by its contract, a table of its own, and who reads a copy.
    desk.sql(
        "GRANT ALL ON helper TO portal;
         GRANT SELECT, INSERT ON enrollments, recovery_codes TO portal;
         GRANT SELECT, UPDATE (password_hash, last_login_at, session_epoch, enroll_by) ON accounts TO portal;
         GRANT UPDATE (last_accepted_step, last_used_at, failed_attempts, locked_at, enrolled_at, retired_at, destroy_at,
                       sealed_secret) ON enrollments TO portal;
         GRANT UPDATE (used_at, revoked_at, failed_attempts) ON recovery_codes TO portal;
         GRANT SELECT ON ALL TABLES IN SCHEMA public TO stranger",
    )
    .unwrap();
    assert_eq!(named(&desk), BTreeSet::new());
}

/// A desk needn't be in the schema `public`.
#[test]
fn a_desk_in_a_schema_of_its_own_is_as_it_should_be() {
    let server = PrivateServer::start();
    server.sql("postgres", &["CREATE DATABASE other"]);
    server.sql(
        "other",
        &[
            "CREATE SCHEMA \"De Balie\"",
            "ALTER DATABASE other SET search_path = \"De Balie\"",
        ],
    );
    let desk = Desk::at(Engine::Postgres, server.url_of("other", "balie_test"));
    assert_eq!(named(&desk), BTreeSet::new());
    desk.sql("ALTER FUNCTION challenge_salt(bigint) VOLATILE")
        .unwrap();
    assert_eq!(
        named(&desk),
        ["function challenge_salt(bigint) changed".to_owned()].into()
    );
}

const WITHOUT_ROLES: &[Change] = &[
    (
        "GRANT UPDATE ON accounts TO PUBLIC",
        "grant UPDATE on accounts to PUBLIC unknown",
        "REVOKE UPDATE ON accounts FROM PUBLIC",
    ),
    (
        "ALTER TABLE requests ENABLE ROW LEVEL SECURITY",
        "row security requests changed",
        "ALTER TABLE requests DISABLE ROW LEVEL SECURITY",
    ),
    (
        "ALTER FUNCTION sees_all_rows() RESET search_path",
        "function sees_all_rows() changed",
        "ALTER FUNCTION sees_all_rows() SET search_path = pg_catalog, public, pg_temp",
    ),
];

const IN_TABLES: &[Change] = &[
    (
        "ALTER TABLE accounts DISABLE ROW LEVEL SECURITY",
        "row security accounts changed",
        "ALTER TABLE accounts ENABLE ROW LEVEL SECURITY",
    ),
    (
        "ALTER TABLE cases FORCE ROW LEVEL SECURITY",
        "row security cases changed",
        "ALTER TABLE cases NO FORCE ROW LEVEL SECURITY",
    ),
    (
        "ALTER POLICY balie ON enrollments USING (true)",
        "policy enrollments.balie changed",
        "ALTER POLICY balie ON enrollments USING (balie_reaches_account(account_id))",
    ),
    (
        "ALTER POLICY balie_read ON plans TO PUBLIC",
        "policy plans.balie_read changed",
        "ALTER POLICY balie_read ON plans TO balie_operator",
    ),
    (
        "CREATE POLICY kind ON outbox USING (true)",
        "policy outbox.kind unknown",
        "DROP POLICY kind ON outbox",
    ),
    (
        "DROP POLICY balie_enabled ON approvals",
        "policy approvals.balie_enabled missing",
        "CREATE POLICY balie_enabled ON approvals AS RESTRICTIVE TO balie_operator USING ((SELECT balie_is_enabled()))",
    ),
    (
        "CREATE RULE helpful AS ON UPDATE TO cases DO ALSO NOTIFY helpful",
        "rule cases.helpful unknown",
        "DROP RULE helpful ON cases",
    ),
    (
        "ALTER VIEW state_accounts SET (security_barrier = false)",
        "view state_accounts changed",
        "ALTER VIEW state_accounts SET (security_barrier = true)",
    ),
    (
        "ALTER VIEW state_requests SET (security_invoker = true)",
        "view state_requests changed",
        "ALTER VIEW state_requests RESET (security_invoker)",
    ),
    (
        "ALTER VIEW state_desk OWNER TO second",
        "view state_desk changed",
        "ALTER VIEW state_desk OWNER TO balie_test",
    ),
    (
        "ALTER TABLE accounts ALTER COLUMN session_epoch SET DEFAULT 7",
        "column accounts.session_epoch changed",
        "ALTER TABLE accounts ALTER COLUMN session_epoch SET DEFAULT 0",
    ),
    (
        "ALTER TABLE events DISABLE TRIGGER events_check",
        "trigger events.events_check changed",
        "ALTER TABLE events ENABLE TRIGGER events_check",
    ),
    (
        "ALTER TABLE account_roles DISABLE TRIGGER ALL",
        "constraint account_roles.account_roles_account_id_fkey changed; \
         constraint account_roles.account_roles_organisation_id_fkey changed; \
         trigger account_roles.touched_by_delete changed; trigger account_roles.touched_by_insert changed; \
         trigger account_roles.touched_by_update changed",
        "ALTER TABLE account_roles ENABLE TRIGGER ALL",
    ),
    (
        "CREATE TABLE more_regions () INHERITS (regions)",
        "table regions changed",
        "DROP TABLE more_regions",
    ),
];

const IN_FUNCTIONS: &[Change] = &[
    (
        "CREATE OR REPLACE FUNCTION balie_reaches_region(region bigint) RETURNS boolean
         LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS
         'BEGIN RETURN true; END'",
        "function balie_reaches_region(bigint) changed",
        APPLY,
    ),
    (
        "ALTER FUNCTION challenge_fits(bigint, text) SECURITY INVOKER",
        "function challenge_fits(bigint, text) changed",
        "ALTER FUNCTION challenge_fits(bigint, text) SECURITY DEFINER",
    ),
    (
        "ALTER FUNCTION balie_own_role() SET search_path = aside, public",
        "function balie_own_role() changed",
        "ALTER FUNCTION balie_own_role() SET search_path = pg_catalog, public, pg_temp",
    ),
    (
        "ALTER FUNCTION balie_own_id() OWNER TO second",
        "function balie_own_id() changed",
        "ALTER FUNCTION balie_own_id() OWNER TO balie_test",
    ),
    (
        "ALTER FUNCTION balie_now() IMMUTABLE",
        "function balie_now() changed",
        "ALTER FUNCTION balie_now() VOLATILE",
    ),
    (
        "CREATE FUNCTION balie_may(role text, action varchar) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "function balie_may(text, character varying) unknown; \
         grant EXECUTE on balie_may(text, character varying) to PUBLIC unknown",
        "DROP FUNCTION balie_may(text, varchar)",
    ),
    (
        "CREATE FUNCTION helpful() RETURNS void LANGUAGE sql SECURITY DEFINER AS '';
         ALTER EXTENSION pg_trgm ADD FUNCTION helpful()",
        "function helpful() unknown; grant EXECUTE on helpful() to PUBLIC unknown",
        "ALTER EXTENSION pg_trgm DROP FUNCTION helpful(); DROP FUNCTION helpful()",
    ),
    (
        "CREATE OPERATOR <> (LEFTARG = text, RIGHTARG = bytea, FUNCTION = aside.differs)",
        "operator <> (text, bytea) unknown",
        "DROP OPERATOR <> (text, bytea)",
    ),
];

const IN_GRANTS: &[Change] = &[
    (
        "GRANT UPDATE (role) ON operators TO balie_operator",
        "grant UPDATE on operators.role to balie_operator unknown",
        "REVOKE UPDATE (role) ON operators FROM balie_operator",
    ),
    (
        "GRANT DELETE ON events TO ursula",
        "grant DELETE on events to ursula unknown",
        "REVOKE DELETE ON events FROM ursula",
    ),
    (
        "GRANT SELECT ON operator_sessions TO PUBLIC",
        "grant SELECT on operator_sessions to PUBLIC unknown",
        "REVOKE SELECT ON operator_sessions FROM PUBLIC",
    ),
    (
        "REVOKE SELECT ON settings FROM balie_operator",
        "grant SELECT on settings to balie_operator missing",
        "GRANT SELECT ON settings TO balie_operator",
    ),
    (
        "CREATE VIEW everybody AS SELECT * FROM accounts; GRANT SELECT ON everybody TO balie_operator",
        "grant SELECT on everybody to balie_operator unknown",
        "DROP VIEW everybody",
    ),
    (
        "GRANT UPDATE ON SEQUENCE cases_id_seq TO ursula",
        "grant UPDATE on cases_id_seq to ursula unknown",
        "REVOKE UPDATE ON SEQUENCE cases_id_seq FROM ursula",
    ),
    (
        "GRANT EXECUTE ON FUNCTION confirm_challenge(bigint, text, bigint) TO stranger",
        "grant EXECUTE on confirm_challenge(bigint, text, bigint) to stranger unknown",
        "REVOKE EXECUTE ON FUNCTION confirm_challenge(bigint, text, bigint) FROM stranger",
    ),
    (
        "GRANT UPDATE ON accounts TO portal",
        "grant UPDATE on accounts to portal unknown",
        "REVOKE UPDATE ON accounts FROM portal",
    ),
    (
        "GRANT SELECT ON approvals TO balie_operator WITH GRANT OPTION",
        "grant SELECT on approvals to balie_operator changed",
        "REVOKE GRANT OPTION FOR SELECT ON approvals FROM balie_operator",
    ),
];

const AROUND: &[Change] = &[
    (
        "CREATE EVENT TRIGGER helpful ON ddl_command_end EXECUTE FUNCTION aside.ended()",
        "event trigger helpful unknown",
        "DROP EVENT TRIGGER helpful",
    ),
    (
        "GRANT CREATE ON SCHEMA public TO simon",
        "grant CREATE on schema public to simon unknown",
        "REVOKE CREATE ON SCHEMA public FROM simon",
    ),
    (
        "GRANT TEMPORARY ON DATABASE postgres TO PUBLIC",
        "grant TEMPORARY on database to PUBLIC unknown",
        "REVOKE TEMPORARY ON DATABASE postgres FROM PUBLIC",
    ),
    (
        "ALTER ROLE noor BYPASSRLS",
        "role noor unknown",
        "ALTER ROLE noor NOBYPASSRLS",
    ),
    (
        "GRANT balie_test TO sara",
        "role sara unknown",
        "REVOKE balie_test FROM sara",
    ),
    (
        "ALTER ROLE olga SET session_replication_role = replica",
        "setting session_replication_role=replica of olga unknown",
        "ALTER ROLE olga RESET session_replication_role",
    ),
    (
        "GRANT SET ON PARAMETER session_replication_role TO ursula",
        "grant SET on parameter session_replication_role to ursula unknown",
        "REVOKE SET ON PARAMETER session_replication_role FROM ursula",
    ),
    (
        "CREATE VIEW aside.everybody AS SELECT * FROM accounts; GRANT SELECT ON aside.everybody TO ursula",
        "grant SELECT on aside.everybody to ursula unknown",
        "DROP VIEW aside.everybody",
    ),
    (
        "ALTER DEFAULT PRIVILEGES GRANT UPDATE ON TABLES TO balie_operator",
        "default privilege UPDATE on tables to balie_operator unknown",
        "ALTER DEFAULT PRIVILEGES REVOKE UPDATE ON TABLES FROM balie_operator",
    ),
];
