//! `reset` and `bulk apply`.

use std::cell::{Cell, RefCell};

use super::{campaign, time, wanted};
use crate::bulk::apply::{list_of, plan, school};
use crate::support::{Desk, on_both_databases};

/// Each account's state, its use of the request, its event and its mails agree; how many were reset.
#[track_caller]
fn resets(desk: &Desk) -> i64 {
    let reset = desk.count("accounts WHERE session_epoch = 1");
    let agree = "SELECT CAST(COUNT(*) AS BIGINT) FROM accounts a
        JOIN request_accounts b ON b.account_id = a.id AND b.used_at IS NOT NULL
        JOIN events e ON e.action = 'reset' AND e.account = a.id
        WHERE a.session_epoch = 1 AND a.enroll_by IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM enrollments n WHERE n.account_id = a.id AND n.retired_at IS NULL)
          AND (SELECT COUNT(*) FROM outbox o WHERE o.recipient = a.work_email) = 1";
    assert_eq!(desk.number(agree), reset, "half a reset");
    assert_eq!(desk.count("events WHERE action = 'reset'"), reset);
    assert_eq!(
        desk.count("request_accounts WHERE used_at IS NOT NULL"),
        reset
    );
    reset
}

on_both_databases! {
    fn a_reset_is_whole_or_nothing(desk: &Desk) {
        // Each round takes the next account that isn't reset yet.
        let accounts = usize::try_from(wanted() * 4).unwrap();
        let request = school(desk, accounts);
        let named: Vec<_> = (0..accounts).map(|n| format!("p{n}")).collect();
        let assign: Vec<_> = ["request", "assign", &request].into_iter().chain(named.iter().map(String::as_str)).collect();
        assert_eq!(desk.run_json(assign).json()["verdict"], "verified");
        let next = Cell::new(0);
        let command = |round: u32| {
            let mut command = desk.command();
            let account = format!("p{}", next.get());
            command.args(["reset", &account, "--request", &request, "--yes"]);
            if round == u32::MAX {
                next.set(next.get() + 1);
            }
            command
        };
        let whole = time(command(u32::MAX));
        campaign(desk, "reset", whole, command, |_| next.set(resets(desk)));
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }

    fn each_row_of_a_plan_is_done_exactly_once(desk: &Desk) {
        const ROWS: usize = 30;
        let plans = usize::try_from(wanted() * 3).unwrap();
        let request = school(desk, plans * ROWS);
        let made = |round: usize| {
            let rows = plan(desk, &request, &list_of(round * ROWS..(round + 1) * ROWS));
            rows["id"].as_str().unwrap().to_owned()
        };
        let apply = |id: &str| {
            let mut command = desk.command();
            command.args(["bulk", "apply", id, "--yes"]);
            command
        };
        let whole = time(apply(&made(0)));
        let current = RefCell::new(String::new());
        let next = |round: u32| {
            let id = made(usize::try_from(round).unwrap() + 1);
            current.replace(id);
            apply(&current.borrow())
        };
        campaign(desk, "bulk apply", whole, next, |round| {
            let half = resets(desk);
            assert_eq!(desk.count("plan_rows WHERE state = 'done'"), half);
            // The test doesn't wait until the dead run's claim has lapsed.
            desk.sql("UPDATE plans SET claim_until = 0 WHERE claim_until IS NOT NULL").unwrap();
            time(apply(&current.borrow()));
            assert_eq!(usize::try_from(resets(desk)).unwrap(), (usize::try_from(round).unwrap() + 2) * ROWS);
        });
        desk.run_json(["audit", "verify"]).json();
        desk.assert_state_holds();
    }
}
