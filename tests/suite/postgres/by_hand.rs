//! A whole reset that somebody writes with `psql`, each row as the program would write it: it takes what the program
//! asks for, too.

use super::forgeries::told;
use super::grants::with_roles;
use super::lines::{line, line_at};
use super::roles::psql;
use super::work::ok;
use crate::request::receive::{DESK, DIRECTOR};
use crate::support::Desk;
use crate::support::mail::{DnsServer, Domain, mail};

/// What is written: when, until when the holder may enroll, and until when it can be undone, in hours from then.
struct ByHand {
    account: &'static str,
    window: i64,
    undo: i64,
    /// Who is told of it.
    told: fn(&str, &str) -> String,
}

const AS_SET: ByHand = ByHand {
    account: "j.jansen",
    window: 72,
    undo: 24,
    told,
};

fn reset_by_hand(desk: &Desk, request: &str, times: &ByHand) -> Result<u64, String> {
    let now = desk.number("SELECT balie_now()");
    let hours = |hours: i64| now + hours * 3_600_000_000;
    let (window, undo) = (hours(times.window), hours(times.undo));
    let account = times.account;
    let of = format!("(SELECT id FROM accounts WHERE username = '{account}')");
    let steps = [
        format!(
            "UPDATE request_accounts SET used_at = {now}, used_for = 'reset'
             WHERE account_id = {of} AND request_id = (SELECT id FROM requests WHERE public_id = '{request}')"
        ),
        format!("UPDATE enrollments SET retired_at = {now}, destroy_at = {undo} WHERE account_id = {of}"),
        format!("UPDATE recovery_codes SET revoked_at = {now} WHERE account_id = {of} AND revoked_at IS NULL"),
        format!("UPDATE accounts SET session_epoch = session_epoch + 1, enroll_by = {window} WHERE id = {of}"),
        line_at(
            &format!("{now}::bigint"),
            "ursula",
            "reset",
            Some(account),
            Some(request),
        ),
        (times.told)("reset", account),
    ];
    psql(
        desk,
        "ursula",
        &format!("BEGIN; {}; COMMIT", steps.join(";\n")),
    )
}

#[test]
fn a_reset_by_hand_takes_the_same_yes() {
    let (desk, request) = with_roles();
    desk.set(&[("policy.privileged_roles", "teacher")]);
    let alone = reset_by_hand(&desk, &request, &AS_SET).unwrap_err();
    assert!(alone.contains("the yes of another operator"), "{alone}");
    let yes = ["request", "approve", &request];
    ok(&desk, "simon", &yes);
    reset_by_hand(&desk, &request, &AS_SET).unwrap();
}

/// A verdict that needs no code is the service's alone to give, where the desk says so.
#[test]
fn a_machine_of_an_operators_is_not_believed_where_the_settings_say_so() {
    let (desk, request) = with_roles();
    desk.set(&[("policy.challenge", "unless_fetched")]);
    let says = line_at(
        "balie_now()",
        "ursula",
        "request.reverify",
        None,
        Some(&request),
    );
    for forged in [
        "UPDATE requests SET evidence = evidence || ' '",
        "UPDATE requests SET facts = facts || ' ', verdict = 'verified'",
    ] {
        let error = psql(&desk, "ursula", &format!("BEGIN; {says}; {forged}; COMMIT"));
        let error = error.unwrap_err();
        assert!(error.contains("no event, no change"), "{forged}: {error}");
    }
    let dns = DnsServer::start().unwrap();
    desk.set(&[("dns.server", &dns.address)]);
    let domain = Domain::publish(&dns, "beatrixschool.nl");
    let signed = domain.sign(&mail(DIRECTOR, DESK, "handed-in"));
    std::fs::write(desk.path("handed-in.eml"), signed).unwrap();
    let file = desk.path("handed-in.eml").display().to_string();
    let handed_in = ["request", "receive", &file, "--account", "j.jansen"];
    assert_eq!(ok(&desk, "ursula", &handed_in)["verdict"], "challenge");
}

#[test]
fn a_window_by_hand_is_as_long_as_the_settings_say() {
    let (desk, request) = with_roles();
    for (window, undo) in [(73, 24), (-1, 24), (72, 25), (72, -1)] {
        let times = ByHand {
            window,
            undo,
            ..AS_SET
        };
        let error = reset_by_hand(&desk, &request, &times).unwrap_err();
        assert!(
            error.contains("no event, no change"),
            "{window} {undo}: {error}"
        );
    }
    let lasting = psql(
        &desk,
        "ursula",
        "INSERT INTO requests (public_id, received_at, received_by, verdict, rule_version, subject, body_hash, evidence,
                               facts, expires_at, challenge_open, aligned)
         SELECT 'R-ZZZZZ', balie_now(), 'ursula', 'verified', 4, '', '\\x00', '{}', '{}',
                balie_now() + 49 * 3600000000, 0, 1",
    );
    assert!(lasting.unwrap_err().contains("ends in time"));
    reset_by_hand(&desk, &request, &AS_SET).unwrap();
    // The second one within a month is a colleague's to see as well.
    let again = reset_by_hand(&desk, &request, &AS_SET).unwrap_err();
    assert!(again.contains("used once"), "{again}");
}

#[test]
fn no_mail_hides_behind_a_savepoint() {
    let (desk, _) = with_roles();
    let hidden = format!(
        "BEGIN; {}; SAVEPOINT s; {}; RELEASE s; COMMIT",
        line_at(
            "balie_now()",
            "ursula",
            "pending.remind",
            Some("j.jansen"),
            None
        ),
        told("pending.remind", "j.jansen")
    );
    let error = psql(&desk, "ursula", &hidden).unwrap_err();
    assert!(error.contains("beside its line"), "{error}");
}

/// SQL that binds another account to a request, as an operator's line says.
fn bound_by_hand(request: &str, account: &str) -> String {
    format!(
        "BEGIN; {}; INSERT INTO request_accounts (request_id, account_id, covered)
         SELECT q.id, a.id, 1 FROM requests q, accounts a WHERE q.public_id = '{request}' AND a.username = '{account}';
         COMMIT",
        line("ursula", "request.assign", None, Some(request))
    )
}

#[test]
fn an_account_that_only_an_operator_put_on_a_request_takes_a_colleagues_yes() {
    let (desk, request) = with_roles();
    psql(&desk, "ursula", &bound_by_hand(&request, "z.celik")).unwrap();
    // Nor is a list of the operator's own making anybody else's word.
    std::fs::write(desk.path("own.csv"), "username\nz.celik\n").unwrap();
    let own = desk.path("own.csv").display().to_string();
    ok(
        &desk,
        "ursula",
        &["bulk", "plan", "reset", &own, "--request", &request],
    );
    let other = ByHand {
        account: "z.celik",
        ..AS_SET
    };
    let alone = reset_by_hand(&desk, &request, &other).unwrap_err();
    assert!(alone.contains("the yes of another operator"), "{alone}");
    let asked = desk.by("ursula", &["reset", "z.celik", "--request", &request]);
    assert_eq!(asked.exit, 4, "{}", asked.stdout);
    assert!(
        asked.stdout.contains("four_eyes_required"),
        "{}",
        asked.stdout
    );
    reset_by_hand(&desk, &request, &AS_SET).unwrap();
}

#[test]
fn where_only_the_service_is_believed_it_says_whom_a_mail_names() {
    let (desk, request) = with_roles();
    desk.set(&[("policy.challenge", "unless_fetched")]);
    // As a service wrote it, and an operator would like to have it.
    let of_the_service = "UPDATE requests SET facts = jsonb_set(jsonb_set(facts::jsonb, '{facts, by_service}', 'true'),
                                                               '{facts, naming, named}', '[\"d.visser\"]')::text";
    desk.sql(of_the_service).unwrap();
    let alone = reset_by_hand(&desk, &request, &AS_SET).unwrap_err();
    assert!(alone.contains("the yes of another operator"), "{alone}");
    let says = line("ursula", "request.reverify", None, Some(&request));
    let named = "UPDATE requests SET facts = jsonb_set(facts::jsonb, '{facts, naming, named}', '[\"j.jansen\"]')::text";
    let error = psql(&desk, "ursula", &format!("BEGIN; {says}; {named}; COMMIT")).unwrap_err();
    assert!(error.contains("who gathered it"), "{error}");
    desk.sql(named).unwrap();
    reset_by_hand(&desk, &request, &AS_SET).unwrap();
}

#[test]
fn whoever_asked_is_told_of_a_reset_by_hand() {
    let (desk, request) = with_roles();
    let silent = ByHand {
        told: |_, account| super::forgeries::mail("reset_holder", account, "work_email", "n.at"),
        ..AS_SET
    };
    let error = reset_by_hand(&desk, &request, &silent).unwrap_err();
    assert!(error.contains("the requester is told"), "{error}");
}

#[test]
fn no_request_stands_down_but_for_a_better_copy_of_its_mail() {
    let (desk, request) = with_roles();
    let says = line("ursula", "request.receive", None, None);
    let down = format!(
        "UPDATE requests SET verdict = 'rejected',
           facts = jsonb_set(facts::jsonb, '{{facts, seen_as}}', to_jsonb('R-00000'::text))::text
         WHERE public_id = '{request}'"
    );
    let error = psql(&desk, "ursula", &format!("BEGIN; {says}; {down}; COMMIT")).unwrap_err();
    assert!(error.contains("no event, no change"), "{error}");
}

#[test]
fn no_mail_is_queued_that_no_reader_takes() {
    let (desk, _) = with_roles();
    let says = line("ursula", "pending.remind", Some("j.jansen"), None);
    let whole = told("pending.remind", "j.jansen");
    for (what, changed) in [
        (
            "and nothing else",
            whole.replacen("::text, r.id", "::jsonb || '{\"more\": 1e400}', r.id", 1),
        ),
        (
            "all that its kind says",
            whole.replacen(
                "'enroll_by', n.said",
                "'enroll_by', '9999-12-31T23:59:59Z'",
                1,
            ),
        ),
        (
            "carries a code",
            whole
                .replacen(
                    "region_id, queued_at",
                    "region_id, key_id, sealed_secret, queued_at",
                    1,
                )
                .replacen(
                    "r.id, n.at",
                    "r.id, (SELECT e.key_id FROM enrollments e LIMIT 1), '\\x00', n.at",
                    1,
                ),
        ),
        (
            "has an id of its own",
            whole.replacen("@balie.invalid", "@' || repeat('x', 300) || '", 1),
        ),
    ] {
        assert_ne!(changed, whole, "{what}");
        let error = psql(
            &desk,
            "ursula",
            &format!("BEGIN; {says}; {changed}; COMMIT"),
        )
        .unwrap_err();
        assert!(error.contains(what), "{what}: {error}");
    }
    psql(&desk, "ursula", &format!("BEGIN; {says}; {whole}; COMMIT")).unwrap();
}
