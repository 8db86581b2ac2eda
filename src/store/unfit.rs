//! What is around the database and has to be changed before Balie can work with it: said with the command
//! that changes it.

/// Why the database, as it was set up, can't be worked with.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// The login may not make tables (PostgreSQL 15 and newer grant it to nobody).
    #[error("{login} isn't allowed to create tables in the schema {schema}")]
    NoTables {
        /// Where.
        schema: String,
        /// Who.
        login: String,
    },
    /// The search path names no schema that is there.
    #[error("there is no schema to create tables in: `search_path` doesn't name an existing one")]
    NoSchema,
    /// `find` needs the trigrams.
    #[error("the database lacks the extension pg_trgm, which searching needs")]
    NoExtension {
        /// The server has its files.
        is_installed: bool,
    },
    /// Names and mails aren't limited to one alphabet.
    #[error("the database's encoding is {0}, but names and mails need UTF8")]
    Encoding(String),
    /// A pooler mixes up prepared statements, or refuses what a connection asks for.
    #[error("a connection pooler in between shares connections: {0}")]
    Pooler(String),
    /// Kerberos, GSSAPI, SSPI, LDAP by the server's own window …
    #[error("the server asks this login for an authentication method that balie doesn't know")]
    Authentication,
    /// A right is missing that the desk's tables need.
    #[error("the database doesn't allow this login to do that: {0}")]
    Rights(String),
    /// A standby, or a login that may only read.
    #[error(
        "the PostgreSQL server or this login is read-only, but every lookup is written to the log"
    )]
    ReadsOnly,
    /// Of the role, the database or the server.
    #[error("the server doesn't accept more connections: {0}")]
    Connections(String),
    /// The server's own limit on a statement, or ours on a search.
    #[error("it took longer than allowed and was cancelled; nothing was changed")]
    TooSlow,
    /// Memory, locks, or another limit.
    #[error("the server has run into a limit: {0}")]
    Resources(String),
    /// The tables were made by another build.
    #[error("the database can't be brought up to date and was left as it is: {0}")]
    Migration(String),
    /// TLS files, or a setting that the driver can't read.
    #[error("the connection's settings can't be used: {0}")]
    Settings(String),
}

impl Unfit {
    /// What to do, with the command where there is one.
    #[must_use]
    pub fn mend(&self) -> String {
        match self {
            Self::NoTables { schema, login } => {
                format!("have an admin run GRANT CREATE ON SCHEMA {schema} TO {login}")
            }
            Self::NoSchema => {
                "have an admin run CREATE SCHEMA, or correct it with ALTER ROLE … SET search_path"
                    .into()
            }
            Self::NoExtension { is_installed: true } => {
                "have an admin run CREATE EXTENSION pg_trgm in this database".into()
            }
            Self::NoExtension {
                is_installed: false,
            } => {
                "install PostgreSQL's contrib package on the server (postgresql-contrib), then have an admin run CREATE EXTENSION pg_trgm in this database"
                    .into()
            }
            Self::Encoding(_) => {
                "create a new one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0".into()
            }
            Self::Pooler(_) => {
                "connect to the server directly, or have the pooler use session mode (pool_mode = session); PgBouncer from 1.21 on also works with max_prepared_statements set".into()
            }
            Self::Authentication => {
                "have pg_hba.conf ask this login for scram-sha-256, a client certificate or peer".into()
            }
            Self::Rights(_) => {
                "connect with your own login, for which the database's owner runs `balie init --postgres-roles apply`; `balie init` itself is for the owner".into()
            }
            Self::ReadsOnly => {
                "connect to the primary server; for a login: ALTER ROLE … RESET default_transaction_read_only".into()
            }
            Self::Connections(_) => {
                "try again; or have an admin raise the limit (ALTER ROLE … CONNECTION LIMIT, max_connections): balie needs one connection per command".into()
            }
            Self::TooSlow => {
                "ask for less; or have an admin raise the limit: ALTER ROLE … SET statement_timeout".into()
            }
            Self::Resources(_) => "try again later, and tell the database's admin".into(),
            Self::Migration(_) => "use the balie version that created this database, or a newer one".into(),
            Self::Settings(_) => {
                "correct sslmode, sslrootcert, sslcert and sslkey in the URL, or the PG… variables".into()
            }
        }
    }
}
