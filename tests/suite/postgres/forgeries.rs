//! What an operator tries with `psql` beside a line of the log that says something like it: each is refused, by the
//! database.

use super::grants::with_roles;
use super::lines::{line, line_at};
use super::roles::psql;
use super::work::{ok, with};
use crate::support::Desk;
use crate::support::staff::code_of;

/// A desk with j.jansen enrolled, a recovery code, a used request, a case, a plan and a challenge; the request.
pub(super) fn at_work() -> (Desk, String) {
    let (desk, request) = with_roles();
    std::fs::write(desk.path("rows.csv"), "username\nj.jansen\n").unwrap();
    let rows = desk.path("rows.csv").display().to_string();
    let plan = ["bulk", "plan", "reset", &rows, "--request", &request];
    ok(&desk, "ursula", &plan);
    let reset = ["reset", "j.jansen", "--request", &request];
    ok(&desk, "ursula", &reset);
    let uri = desk.path("uri").display().to_string();
    ok(
        &desk,
        "ursula",
        &["enroll", "begin", "j.jansen", "--uri", &uri],
    );
    let uri = std::fs::read_to_string(uri).unwrap();
    let code = format!("{}\n", code_of(uri.trim(), 0));
    let duty = ["operator", "role", "ursula", "--duty", "totp"];
    desk.by("fatima", &duty).json();
    let confirm = ["enroll", "confirm", "j.jansen", "--code-stdin"];
    with(&desk, "ursula", &confirm, &code).json();
    let reason = "directeur aan de telefoon, stem bekend";
    let case = ["reset", "j.jansen", "--break-glass", "--reason", reason];
    ok(&desk, "ursula", &case);
    desk.sql("UPDATE requests SET verdict = 'challenge', challenge_open = 1")
        .unwrap();
    ok(&desk, "ursula", &["request", "challenge", &request]);
    // What was retired long ago, and never destroyed.
    desk.sql(
        "INSERT INTO enrollments (account_id, uid, sealed_secret, key_id, algorithm, digits, period, begun_at,
                                  enrolled_at, retired_at, destroy_at)
         SELECT a.id, 'x', e.sealed_secret, e.key_id, e.algorithm, 6, 30, 1, 2, 3, 9000000000000000
         FROM enrollments e, accounts a WHERE a.username = 'z.celik' AND e.retired_at IS NULL LIMIT 1",
    )
    .unwrap();
    (desk, request)
}

/// SQL that queues the mails that a line needs, to the holder and to whoever asked, as the program would.
pub(crate) fn told(action: &str, account: &str) -> String {
    let kind = match action {
        "reset" => "reset_holder",
        "reset.break_glass" => "break_glass_holder",
        "reset.undo" => "undone_holder",
        "recovery.reissue" => "reissued_holder",
        "enroll.confirm" => "enrolled_holder",
        "totp.unlock" => "unlocked_holder",
        "account.block" => "account_blocked",
        "account.unblock" => "account_unblocked",
        "pending.reopen" => "window_reopened",
        _ => "window_reminder",
    };
    let to_holder = mail(kind, account, "work_email", "n.at");
    let to_requester = match action {
        "reset" => "reset_requester",
        "recovery.reissue" => "reissued_requester",
        _ => return to_holder,
    };
    format!("{to_holder}; {}", mail_to_requester(to_requester, account))
}

/// SQL that queues a mail about an account, to whoever sent the first request.
pub(crate) fn mail_to_requester(kind: &str, account: &str) -> String {
    format!(
        "INSERT INTO outbox (message_id, recipient, language, notice, region_id, queued_at, due_at)
         SELECT md5(random()::text) || '@balie.invalid', w.work_email, 'nl',
                json_build_object('kind', '{kind}', 'name', w.name, 'holder', a.name, 'request', q.public_id,
                                  'desk', r.servicedesk_address, 'at', n.said)::text, r.id, n.at, n.at
         FROM accounts a, account_roles l, organisations o, regions r, requests q, requesters w,
              (SELECT balie_now() AS at, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS said) n
         WHERE a.username = '{account}' AND l.account_id = a.id AND o.id = l.organisation_id AND r.id = o.region_id
           AND w.id = q.requester_id
         ORDER BY q.id LIMIT 1"
    )
}

/// SQL that queues a mail about an account, to an address and due at a moment that are expressions.
pub(crate) fn mail(kind: &str, account: &str, to: &str, due: &str) -> String {
    format!(
        "INSERT INTO outbox (message_id, recipient, language, notice, region_id, queued_at, due_at)
         SELECT md5(random()::text) || '@balie.invalid', {to}, 'nl',
                (SELECT json_object_agg(said.key, said.value) FROM json_each(
                json_build_object('kind', '{kind}', 'name', a.name, 'username', a.username,
                                  'desk', r.servicedesk_address, 'at', n.said, 'enroll_by', n.said, 'reset_at', n.said,
                                  'expires_at', n.said, 'by', 'letter', 'case', 'C-00000',
                                  'requester', (SELECT q.name FROM requesters q LIMIT 1),
                                  'request', (SELECT q.public_id FROM requests q LIMIT 1))) said
                 WHERE said.key = ANY (balie_said_by('{kind}') || '{{kind, name, desk}}'::text[]))::text, r.id, n.at, {due}
         FROM accounts a, account_roles l, organisations o, regions r,
              (SELECT balie_now() AS at, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') AS said) n
         WHERE a.username = '{account}' AND l.account_id = a.id AND o.id = l.organisation_id AND r.id = o.region_id
         LIMIT 1"
    )
}

/// An attempt: the change, how it's refused, and the lines beside it.
struct Attempt {
    change: String,
    refused: &'static str,
    lines: Vec<String>,
}

/// How what no line says is refused.
const UNSAID: &str = "no event, no change";

fn attempt(change: impl Into<String>, refused: &'static str, lines: Vec<String>) -> Attempt {
    Attempt {
        change: change.into(),
        refused,
        lines,
    }
}

/// Ursula's line about an account, with a mail to its holder.
fn about(action: &str, account: &str) -> Vec<String> {
    vec![
        line("ursula", action, Some(account), None),
        told(action, account),
    ]
}

/// Her line about neither.
fn plain(action: &str) -> Vec<String> {
    vec![line("ursula", action, None, None)]
}

#[track_caller]
fn each_is_refused(desk: &Desk, login: &str, attempts: Vec<Attempt>) {
    for Attempt {
        change,
        refused,
        lines,
    } in attempts
    {
        let lines = lines.join("; ");
        // What is looked at when the transaction ends is looked at in order.
        let step = if refused == UNSAID {
            format!("{change}; {lines}")
        } else {
            format!("{lines}; {change}")
        };
        let done = psql(desk, login, &format!("BEGIN; {step}; COMMIT"));
        let error = done.expect_err(&step);
        assert!(error.contains(refused), "{change}: {error}");
    }
}

#[test]
fn a_change_that_a_line_seems_to_say_is_looked_at_by_the_database() {
    let (desk, request) = at_work();
    each_is_refused(&desk, "ursula", second_factors());
    each_is_refused(&desk, "ursula", requests(&desk, &request));
    each_is_refused(&desk, "ursula", lines_and_mails(&desk));
    each_is_refused(&desk, "ursula", claims_and_ones_own());
    each_is_refused(&desk, "simon", a_seniors());
    // Whoever may not send mails or fetch them holds none of them back.
    for held in [
        "UPDATE outbox SET claim_until = 1 RETURNING id",
        "UPDATE mailboxes SET last_uid = 4000000000 RETURNING 1",
    ] {
        assert_eq!(psql(&desk, "ursula", held), Ok(0), "{held}");
    }
    a_detail_comes_with_its_line(&desk);
}

fn second_factors() -> Vec<Attempt> {
    let revive = "UPDATE enrollments SET retired_at = NULL, destroy_at = NULL WHERE retired_at = 3";
    let swap = "UPDATE enrollments SET sealed_secret = 'mine'";
    let code = "UPDATE recovery_codes SET revoked_at = balie_now();
                INSERT INTO recovery_codes (account_id, hash, issued_at)
                SELECT id, 'mine', balie_now() FROM accounts WHERE username = 'j.jansen'";
    let of_celik = |set: &str| format!("UPDATE accounts SET {set} WHERE username = 'z.celik'");
    let reopened = || about("pending.reopen", "z.celik");
    let block = of_celik("status = 'blocked', session_epoch = session_epoch + 1");
    let secretly = vec![line("ursula", "account.block", Some("z.celik"), None)];
    // A mail that tells of something else tells nothing of it.
    let mut harmlessly = about("pending.remind", "z.celik");
    harmlessly.push(line("ursula", "account.block", Some("z.celik"), None));
    let end = "UPDATE enrollments SET retired_at = balie_now()";
    let window = "UPDATE accounts SET enroll_by = balie_now() + 9000000";
    vec![
        attempt(code, UNSAID, about("enroll.confirm", "j.jansen")),
        attempt(end, UNSAID, about("enroll.begin", "j.jansen")),
        attempt(window, UNSAID, about("enroll.begin", "j.jansen")),
        attempt(revive, UNSAID, about("totp.unlock", "z.celik")),
        attempt(revive, UNSAID, about("reset.undo", "z.celik")),
        attempt(of_celik("status = 'blocked'"), UNSAID, reopened()),
        attempt(of_celik("session_epoch = 7"), UNSAID, reopened()),
        attempt(swap, UNSAID, about("enroll.refused", "j.jansen")),
        attempt(swap, UNSAID, about("totp.unlock", "j.jansen")),
        attempt(block.clone(), "the holder is told", secretly),
        attempt(block, "the holder is told", harmlessly),
        attempt(
            "SELECT 1",
            "no change, no event",
            about("totp.unlock", "j.jansen"),
        ),
    ]
}

/// A request becomes verified by a code that fits, is for accounts within reach, and is used once, whatever is written.
fn requests(desk: &Desk, request: &str) -> Vec<Attempt> {
    let asked = |action: &str| line("ursula", action, None, Some(request));
    let confirm = || vec![asked("request.confirm")];
    let verified = "UPDATE requests SET verdict = 'verified', confirmed_at = balie_now()";
    let guess = "SELECT confirm_challenge(id, 'guess', balie_now()) FROM challenges";
    let stranger = desk.number("SELECT id FROM accounts WHERE username = 'k.bos'");
    let bind = format!(
        "INSERT INTO request_accounts (request_id, account_id, covered) SELECT id, {stranger}, 0 FROM requests"
    );
    let reset = || line("ursula", "reset", Some("j.jansen"), Some(request));
    let assigned = || vec![asked("request.assign"), reset()];
    let again = "UPDATE request_accounts SET covered = covered";
    let back = "UPDATE request_accounts SET used_at = NULL, used_for = NULL";
    vec![
        attempt(verified, UNSAID, confirm()),
        attempt(format!("{guess}; {verified}"), UNSAID, confirm()),
        attempt("UPDATE challenges SET tries = 0", UNSAID, confirm()),
        attempt(
            "UPDATE request_messages SET size = size + 1",
            "that was used stays",
            vec![asked("request.receive")],
        ),
        attempt(bind, "row-level security", vec![asked("request.assign")]),
        attempt(again, "no request, no reset", assigned()),
        attempt(back, "used once", assigned()),
        attempt(
            "SET CONSTRAINTS ALL IMMEDIATE",
            "no request, no reset",
            vec![reset()],
        ),
    ]
}

fn lines_and_mails(desk: &Desk) -> Vec<Attempt> {
    let of = |at: &str| vec![line_at(at, "ursula", "whoami", None, None)];
    let stranger = desk.number("SELECT id FROM accounts WHERE username = 'k.bos'");
    let unseen = line("ursula", "account.show", Some("k.bos"), None).replace(
        "(SELECT id FROM accounts WHERE username = 'k.bos')",
        &format!("{stranger}::bigint"),
    );
    let mail = |to: &str, due: &str| mail("window_reminder", "j.jansen", to, due);
    let reminded = || about("pending.remind", "j.jansen");
    let elsewhere = mail("'x@example.org'", "n.at");
    let never = mail("work_email", "9e18::bigint");
    vec![
        attempt("SELECT 1", "of now", of("balie_now() - 7200000000")),
        attempt("SELECT 1", "of now", of("balie_now() + 900000000")),
        attempt("SELECT 1", "out of reach", vec![unseen]),
        attempt(elsewhere, "address on file", reminded()),
        attempt(never, "due as it is queued", reminded()),
    ]
}

/// Nobody is kept out for ever; and the own authenticator, session and password are the operator's, by what logs in.
fn claims_and_ones_own() -> Vec<Attempt> {
    let ends = "ends within minutes";
    let lease = "INSERT INTO leases SELECT 'request', id, 'ursula', 1, 9e18::bigint FROM requests";
    let claim = "UPDATE plans SET claim_until = 9e18::bigint";
    let factor = "UPDATE operator_enrollments SET retired_at = balie_now(), sealed_secret = NULL";
    let session =
        "INSERT INTO operator_sessions (operator_id, token_hash, started_at, last_seen_at)
                   SELECT id, 'x', 9e18::bigint, balie_now() FROM operators WHERE login = 'ursula'";
    let own = |set: &str| format!("UPDATE operators SET {set} WHERE login = 'ursula'");
    let password = own("password_hash = 'x'");
    vec![
        attempt(claim, ends, vec![]),
        attempt(lease, ends, vec![]),
        attempt(factor, UNSAID, plain("login")),
        attempt(session, "of now", plain("login")),
        attempt(password, UNSAID, plain("login.refused")),
        attempt(own("password_failures = 7"), UNSAID, plain("login")),
    ]
}

fn a_seniors() -> Vec<Attempt> {
    let says = |action: &str, account| vec![line("simon", action, account, None)];
    let hold = "UPDATE outbox SET claim_until = 9e18::bigint";
    let later = "UPDATE outbox SET attempts = attempts + 1, due_at = 9e18::bigint";
    let complete = "UPDATE cases SET completed_by = 'simon',
                    completed_at = (SELECT at FROM events ORDER BY seq DESC LIMIT 1)";
    let reset = says("reset.break_glass", Some("j.jansen"));
    vec![
        attempt(hold, "for some minutes", vec![]),
        attempt(later, UNSAID, says("outbox.send", None)),
        attempt(complete, "the holder is told", reset),
    ]
}

fn a_detail_comes_with_its_line(desk: &Desk) {
    let find = line("ursula", "account.find", None, None);
    psql(desk, "ursula", &format!("BEGIN; {find}; COMMIT")).unwrap();
    let late = "INSERT INTO event_details SELECT max(seq), 'salt', '{}' FROM events";
    let error = psql(desk, "ursula", late).unwrap_err();
    assert!(error.contains("row-level security"), "{error}");
}
