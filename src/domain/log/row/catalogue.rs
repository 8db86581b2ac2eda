//! Every table of the desk and every column: what the log answers for, what a portal writes, and what is left
//! out, with the reason. A test holds it against the database's own catalogue, so that nothing can be
//! forgotten.

/// How a column's values are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of 64 bits.
    Int,
    /// Text.
    Text,
    /// Bytes.
    Blob,
}

/// Who writes a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The desk alone, each time with an event.
    Desk,
    /// A portal too, by its contract.
    Portal,
    /// A portal too, but once it holds a value only the desk takes it away again: a lock, a use, an end.
    PortalSets,
    /// A portal too, but once it's empty only the desk fills it again: a secret that was destroyed.
    PortalClears,
    /// Whoever works, without an event: it decides nothing, for this reason.
    Volatile(&'static str),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// How it's read.
    pub kind: Kind,
    /// Who writes it.
    pub class: Class,
    /// It's known by its SHA-256 alone: not everybody who verifies may read it.
    pub secret: bool,
}

impl Column {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            class: Class::Desk,
            secret: false,
        }
    }

    const fn of(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

const fn int(name: &'static str) -> Column {
    Column::new(name, Kind::Int)
}

const fn text(name: &'static str) -> Column {
    Column::new(name, Kind::Text)
}

const fn blob(name: &'static str) -> Column {
    Column::new(name, Kind::Blob)
}

/// What rows are looked up by, many at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A number that is also the first column of the key, and has an index.
    Column(&'static str),
    /// Two: a plan, and the place in it.
    PlanAndPosition,
    /// Nothing: there are so few that all are read.
    All,
}

/// A table whose rows the log answers for.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its number in records. It stays, and is never given to another.
    pub number: u8,
    /// Its name.
    pub name: &'static str,
    /// What its rows are looked up by.
    pub owner: Owner,
    /// The columns that tell a row from the others.
    pub key: &'static [&'static str],
    /// All its columns, in the order of the database.
    pub columns: &'static [Column],
    /// A portal adds rows too.
    pub portal_adds: bool,
}

impl Table {
    const fn new(number: u8, name: &'static str, columns: &'static [Column]) -> Self {
        Self {
            number,
            name,
            owner: Owner::Column("id"),
            key: &["id"],
            columns,
            portal_adds: false,
        }
    }

    const fn by(mut self, owner: Owner, key: &'static [&'static str]) -> Self {
        self.owner = owner;
        self.key = key;
        self
    }

    const fn with_portal_rows(mut self) -> Self {
        self.portal_adds = true;
        self
    }

    /// The columns that the log answers for, in order.
    pub fn covered(&self) -> impl Iterator<Item = &'static Column> {
        let covered = |column: &&Column| !matches!(column.class, Class::Volatile(_));
        self.columns.iter().filter(covered)
    }

    /// Whether the row's number in SQLite is its key.
    #[must_use]
    pub fn is_keyed_by_rowid(&self) -> bool {
        let first = self.columns.first();
        self.key.len() == 1
            && first.is_some_and(|first| first.name == self.key[0] && first.kind == Kind::Int)
    }

    /// Whether some column is written without an event.
    #[must_use]
    pub fn has_volatile(&self) -> bool {
        let volatile = |column: &Column| matches!(column.class, Class::Volatile(_));
        self.columns.iter().any(volatile)
    }
}

/// A table that the log doesn't answer for, and why not.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// Its name.
    pub table: &'static str,
    /// Why not.
    pub reason: &'static str,
}

const SEEN: Class =
    Class::Volatile("when it was used last: it only shortens how long it's good for");
const CLAIM: Class =
    Class::Volatile("who works on it right now: a claim lapses, and decides nothing");

/// Every table that the log answers for. It reads as a list, so that it's laid out as one.
#[rustfmt::skip]
pub const TABLES: &[Table] = &[
    Table::new(1, "desk", &[int("id"), text("uid"), text("sign_key"), blob("public_key"), int("created_at"),
        int("closed_at")]),
    Table::new(2, "sealing_keys", &[text("key_id"), blob("check_value"), int("created_at"),
        int("retired_at")]).by(Owner::All, &["key_id"]),
    Table::new(3, "operators", &[int("id"), text("login"), text("role"), text("work_email"),
        text("password_hash").secret(), int("password_until"), int("password_failures"),
        int("login_waits_until"), int("added_at"), int("disabled_at"), text("job"),
        text("duty")]),
    Table::new(4, "regions", &[int("id"), text("code"), text("name"), text("servicedesk_address")]),
    Table::new(5, "organisations", &[int("id"), text("code"), text("kind"), text("name"), int("region_id"),
        int("parent_id")]),
    Table::new(6, "organisation_domains", &[int("organisation_id"),
        text("domain")]).by(Owner::Column("organisation_id"), &["organisation_id", "domain"]),
    Table::new(7, "accounts", &[int("id"), text("username"), text("name"), text("work_email"), text("status"),
        text("language"), text("password_hash").secret().of(Class::Portal),
        int("session_epoch").of(Class::Portal), int("enroll_by").of(Class::Portal),
        int("last_login_at").of(Class::Portal), int("added_at"), int("shared_signs")]),
    Table::new(8, "account_roles", &[int("account_id"), int("organisation_id"),
        text("role")]).by(Owner::Column("account_id"), &["account_id", "organisation_id", "role"]),
    Table::new(9, "requesters", &[int("id"), text("work_email"), text("name"), text("capacity"),
        int("organisation_id"), int("valid_from"), int("valid_until"), int("address_since"), int("ended_at"),
        int("reviewed_at"), text("reviewed_by")]),
    Table::new(10, "enrollments", &[int("id"), int("account_id"), blob("uid"),
        blob("sealed_secret").secret().of(Class::PortalClears), text("key_id"), text("algorithm"),
        int("digits"), int("period"), int("secret_bits"), int("begun_at"),
        int("enrolled_at").of(Class::PortalSets), int("last_used_at").of(Class::PortalSets),
        int("last_accepted_step").of(Class::PortalSets), int("failed_attempts").of(Class::Portal),
        int("locked_at").of(Class::PortalSets), int("retired_at").of(Class::PortalSets),
        int("destroy_at").of(Class::PortalSets)]).with_portal_rows(),
    Table::new(11, "recovery_codes", &[int("id"), int("account_id"), text("hash").secret(), int("issued_at"),
        int("expires_at"), int("used_at").of(Class::PortalSets), int("revoked_at").of(Class::PortalSets),
        int("failed_attempts").of(Class::Portal)]).with_portal_rows(),
    Table::new(12, "requests", &[int("id"), text("public_id"), int("received_at"), text("received_by"),
        text("verdict"), int("rule_version"), int("region_id"), int("requester_id"), text("from_address"),
        text("subject"), text("message_id"), int("sent_at"), blob("body_hash"), text("evidence"),
        text("facts"), text("because"), int("expires_at"), int("answers_id"), int("confirmed_at"),
        int("rejected_at"), text("rejected_by"), text("rejected_for"), int("told_at"), int("challenge_open"),
        int("aligned"), int("closed_at")]),
    Table::new(13, "request_messages", &[int("request_id"), blob("sha256"), int("size"),
        blob("zlib")]).by(Owner::Column("request_id"), &["request_id"]),
    Table::new(14, "request_signatures", &[int("request_id"), blob("sha256"), text("domain"), text("selector"),
        int("sealed"), int("as_answer")]).by(Owner::Column("request_id"), &["request_id", "sha256"]),
    Table::new(15, "request_checks", &[int("request_id"), int("position"), text("name"), text("result"),
        text("detail")]).by(Owner::Column("request_id"), &["request_id", "position"]),
    Table::new(16, "request_accounts", &[int("request_id"), int("account_id"), int("covered"), int("used_at"),
        text("used_for")]).by(Owner::Column("account_id"), &["account_id", "request_id"]),
    Table::new(17, "outbox", &[int("id"), text("message_id"), text("recipient"), text("language"),
        text("notice"), blob("sealed_secret").secret(), text("key_id"), int("queued_at"), int("due_at"),
        int("attempts"), text("claimed_by").of(CLAIM), int("claim_until").of(CLAIM), int("sent_at"),
        int("failed_at"), text("last_error"), int("region_id")]),
    Table::new(18, "enrollment_reminders", &[int("account_id"), int("enroll_by"), text("reminder"),
        int("queued_at")]).by(Owner::Column("account_id"), &["account_id", "enroll_by", "reminder"]),
    Table::new(19, "personal_accounts", &[int("account_id"), int("shared_id"),
        int("added_at")]).by(Owner::Column("account_id"), &["account_id"]),
    Table::new(20, "challenges", &[int("id"), int("request_id"), blob("uid"), text("sent_to"), int("sent_at"), int("expires_at"), int("tries"),
        int("confirmed_at"), int("voided_at"), text("message_id"), text("code_hash").secret(), text("accounts")]),
    Table::new(21, "mailbox_messages", &[int("id"), text("place"), text("item"), int("taken_at"),
        int("request_id"), text("reason"), int("size"), blob("zlib")]),
    Table::new(22, "region_scopes", &[text("holder"), int("region_id")]).by(Owner::All, &["holder",
        "region_id"]),
    Table::new(23, "operator_enrollments", &[int("id"), int("operator_id"), blob("uid"),
        blob("sealed_secret").secret(), text("key_id"), int("begun_at"), int("enrolled_at"),
        int("last_used_at"), int("last_accepted_step"), int("failed_attempts"), int("locked_at"),
        int("retired_at")]),
    Table::new(24, "operator_sessions", &[int("id"), int("operator_id"), blob("token_hash").secret(),
        int("started_at"), int("last_seen_at").of(SEEN), int("ended_at")]),
    Table::new(25, "operator_tokens", &[int("id"), text("public_id"), int("operator_id"),
        blob("token_hash").secret(), text("scopes"), text("added_by"), int("added_at"), int("expires_at"),
        int("last_used_at").of(SEEN), int("revoked_at"), int("accepted_at")]),
    Table::new(26, "approvals", &[int("id"), text("subject_kind"), text("subject"), int("account_id"),
        text("action"), blob("hash"), text("approved_by"), int("approved_at")]),
    Table::new(27, "cases", &[int("id"), text("public_id"), int("account_id"), text("reason"), blob("shown"),
        text("started_by"), int("started_at"), int("expires_at"), text("completed_by"), int("completed_at"),
        int("cancelled_at")]),
    Table::new(28, "plans", &[int("id"), text("public_id"), text("action"), text("delivery"),
        text("recipient"), int("request_id"), int("made_at"), text("made_by"), blob("hash"), int("total"),
        int("ready"), int("sensitive"), int("done"), int("not_done"), int("begun_at"), int("finished_at"),
        int("cancelled_at"), text("claimed_by").of(CLAIM), int("claim_until").of(CLAIM)]),
    Table::new(29, "plan_rows", &[int("plan_id"), int("position"), text("username"), int("account_id"),
        blob("fingerprint"), text("state"), text("code"), int("event")]).by(Owner::PlanAndPosition,
        &["plan_id", "position"]),
    Table::new(30, "request_answers", &[int("id"), int("request_id"), int("challenge_id"), int("received_at"),
        text("received_by"), text("from_address"), blob("sha256"), int("size"), blob("zlib"), text("evidence"),
        int("proven"), int("undecided"), int("confirms")]),
    Table::new(31, "settings", &[text("key"), text("value"), int("changed_at"),
        text("changed_by")]).by(Owner::All, &["key"]),
];

/// Every other table.
pub const LEFT_OUT: &[LeftOut] = &[
    LeftOut {
        table: "events",
        reason: "the log itself: the chain holds it",
    },
    LeftOut {
        table: "event_details",
        reason: "the log itself: each line's commitment holds its detail",
    },
    LeftOut {
        table: "event_rows",
        reason: "the log itself: each line's commitment holds its record of rows",
    },
    LeftOut {
        table: "log_prunes",
        reason: "held against the prunes' own events when the log is verified",
    },
    LeftOut {
        table: "leases",
        reason: "who has what open right now: a lease lapses, and decides nothing",
    },
    LeftOut {
        table: "mailboxes",
        reason: "how far a mailbox was read: the mailbox itself keeps every mail",
    },
    LeftOut {
        table: "account_search",
        reason: "an index, made from names and schools: `find` shows the accounts themselves",
    },
    LeftOut {
        table: "_sqlx_migrations",
        reason: "held against the program's own migrations with the schema",
    },
];

/// The table with that name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
