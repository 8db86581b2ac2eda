//! The queue under operators' own logins to PostgreSQL.

use super::roles::{balie, psql};
use super::work::ok;
use crate::operator::manage::staffed;
use crate::support::{Desk, Engine};

#[test]
fn a_request_is_closed_by_its_line_and_not_without() {
    let desk = Desk::new(Engine::Postgres);
    let request = staffed(&desk);
    let applied = desk.run(["init", "--postgres-roles", "apply"]);
    assert_eq!(applied.exit, 0, "{}", applied.stderr);
    let past =
        "UPDATE requests SET verdict = 'rejected', rejected_at = t.now, rejected_by = session_user,
                                    rejected_for = 'x', closed_at = t.now
                FROM (SELECT balie_now() AS now) t";
    assert!(
        psql(&desk, "ursula", past)
            .unwrap_err()
            .contains("no event, no change")
    );
    let closed = ok(
        &desk,
        "ursula",
        &["request", "close", &request, "--reason", "bedankje"],
    );
    assert_eq!(closed["closed_by"], "ursula");
    let again = balie(
        &desk,
        "simon",
        &["request", "close", &request, "--reason", "x"],
    );
    assert_eq!(again.error().1, "request_closed");
    ok(&desk, "simon", &["audit", "verify"]);
    desk.assert_state_holds();
}
