//! What is decided of each table and column that operators' own logins to PostgreSQL see.

/// What an operator's own login may do with a table: for each group of columns `r`ead, `i`nsert and `u`pdate, `d` in
/// front for deleting rows; and why.
pub(super) struct Decision {
    pub(crate) table: &'static str,
    pub(crate) columns: &'static [(&'static str, &'static str)],
    pub(super) deletes: bool,
    pub(crate) reason: &'static str,
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
pub(super) const DECISIONS: &[Decision] = &[
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
                "id username name work_email language last_login_at added_at shared_signs",
            ),
            ("ru", "status session_epoch enroll_by"),
            ("", "password_hash"),
        ],
        "what a reset or a block changes; never a password, a name or an address",
    ),
    of(
        "operators",
        &[
            (
                "r",
                "id login role work_email added_at disabled_at job duty",
            ),
            ("ru", "password_until password_failures login_waits_until"),
            ("u", "password_hash"),
        ],
        "the own password, whose hash is asked for; role, address and whether somebody works are an admin's",
    ),
    of(
        "operator_sessions",
        &[
            ("r", "id"),
            ("ri", "operator_id token_hash started_at"),
            ("riu", "last_seen_at"),
            ("ru", "ended_at"),
        ],
        "the own sessions: others' aren't there",
    ),
    of(
        "operator_enrollments",
        &[
            ("r", "id"),
            ("ri", "operator_id uid key_id begun_at"),
            ("riu", "sealed_secret"),
            (
                "ru",
                "enrolled_at last_used_at last_accepted_step failed_attempts locked_at retired_at",
            ),
        ],
        "the own authenticator: others' aren't there",
    ),
    of(
        "operator_tokens",
        &[
            (
                "r",
                "id public_id operator_id token_hash scopes added_by added_at expires_at",
            ),
            ("ru", "last_used_at accepted_at revoked_at"),
        ],
        "the own tokens, to use, to accept and to revoke: others' aren't there",
    ),
    of(
        "enrollments",
        &[
            ("r", "id"),
            (
                "ri",
                "account_id uid key_id algorithm digits period secret_bits begun_at",
            ),
            ("riu", "enrolled_at"),
            ("iu", "sealed_secret"),
            ("r", "is_sealed"),
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
            ("r", "id used_at failed_attempts"),
            ("ri", "account_id hash issued_at expires_at"),
            ("ru", "revoked_at"),
        ],
        "issued and revoked, and used at the portal; the hash of 100 random bits is of no use to anybody",
    ),
    of("enrollment_reminders", &[("ri", "*")], "each reminder once"),
    of(
        "requests",
        &[
            (
                "ri",
                "public_id received_at received_by requester_id from_address expires_at",
            ),
            (
                "riu",
                "verdict rule_version region_id subject message_id sent_at body_hash evidence facts because \
                 challenge_open aligned",
            ),
            ("r", "id answers_id"),
            (
                "ru",
                "confirmed_at rejected_at rejected_by rejected_for closed_at told_at",
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
                ("riu", "covered"),
                ("ru", "used_at used_for"),
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
            ("r", "id confirmed_at"),
            (
                "ri",
                "request_id uid sent_to sent_at expires_at message_id accounts",
            ),
            ("i", "code_hash"),
            ("ru", "tries voided_at"),
        ],
        "sent, tried and voided; confirmed by the database, and the code's hash is read by nobody",
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
                "message_id recipient language notice key_id queued_at region_id",
            ),
            ("riu", "sealed_secret due_at"),
            ("r", "id"),
            (
                "ru",
                "attempts claimed_by claim_until sent_at failed_at last_error",
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
    (
        "outbox",
        "claimed_by",
        "who sends it right now: a role that may send",
    ),
    (
        "outbox",
        "claim_until",
        "who sends it right now, for minutes: a role that may send",
    ),
    ("plans", "claimed_by", "who works on it right now"),
    (
        "plans",
        "claim_until",
        "who works on it right now, for minutes",
    ),
    (
        "mailboxes",
        "*",
        "how far it was read: a role that may fetch",
    ),
    ("leases", "*", "the own leases lapse within minutes"),
];

pub(super) fn may_without_event(table: &str, column: &str) -> bool {
    let mut listed = WITHOUT_EVENT.iter();
    listed.any(|(name, of, _)| *name == table && (*of == "*" || *of == column))
}

pub(super) fn decided(table: &str, column: &str) -> &'static str {
    let decision = DECISIONS.iter().find(|decision| decision.table == table);
    let decision = decision.unwrap_or_else(|| panic!("nothing is decided about the table {table}"));
    let mut groups = decision.columns.iter();
    let group =
        groups.find(|(_, names)| *names == "*" || names.split(' ').any(|name| name == column));
    group
        .unwrap_or_else(|| panic!("nothing is decided about {table}.{column}"))
        .0
}
