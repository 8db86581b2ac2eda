//! `balie init`

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use toml::Table;

use super::output::{Page, Tone, View};
use super::shell::prompt;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Exit, Failure, Outcome, show, written};
use crate::cli::language::{noted, said, told};
use crate::desk;
use crate::desk::{InitOrder, InitReport, Initiator};
use crate::store::DatabaseUrl;
use crate::vault::KeySource;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie init                                     a SQLite file at the usual place
  balie init --database postgres:///balie        on a PostgreSQL server
  balie init --postgres-roles print              what operators' own database logins may do
Run again, it brings an older database up to date and changes nothing else.")]
pub(super) struct Args {
    /// Where the key file is to be (default: beside the config)
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Instead: print or apply the grants under which operators' logins to PostgreSQL work
    /// as the database's owner
    #[arg(long, value_name = "WHAT", value_enum)]
    postgres_roles: Option<Roles>,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::Impossible(noted!("what it makes is all there is to see"))
    }

    fn login(&self) -> verb::Login {
        verb::Login::NotNeeded
    }
}

/// What to do with the grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Roles {
    /// Write the script to standard output.
    Print,
    /// Run it.
    Apply,
}

struct InitView {
    report: InitReport,
    database: DatabaseUrl,
    config: PathBuf,
    keys: PathBuf,
    operator: String,
}

pub(super) async fn run(args: Args, mut session: Session<'_>) -> Outcome {
    let database = absolute(session.database_url()?)?;
    let credential = session.shown_session();
    let who = Initiator {
        account: session.caller.account,
        for_others: session.caller.for_others,
        credential: credential.as_ref(),
    };
    let closed = desk::closed_desk(&database, &who, session.now).await?;
    if let Some(what) = args.postgres_roles {
        return postgres_roles(&database, what, session).await;
    }
    if let Some(operator) = closed {
        let report = desk::migrate(&database, &operator, session.now, session.rng).await?;
        let view = InitView {
            report,
            database,
            config: session.config_file.clone(),
            keys: session.key_file(),
            operator,
        };
        return show(&mut session.out, &view);
    }
    let source = match &args.key_file {
        Some(path) => KeySource::File(path.clone()),
        None => session.keys(),
    };
    let keys = source.file().map_or_else(|| session.key_file(), Into::into);
    let keys = std::path::absolute(keys)?;
    let source = match source {
        KeySource::File(_) => KeySource::File(keys.clone()),
        command @ KeySource::Command { .. } => command,
    };
    let operator = session.user.clone();
    if operator.is_empty() {
        return Err(Failure::input_required(
            &said!("the operator's login"),
            "BALIE_OPERATOR_LOGIN",
        ));
    }
    for folder in [keys.parent(), session.config_file.parent()]
        .into_iter()
        .flatten()
    {
        if !folder.as_os_str().is_empty() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
    }
    let order = InitOrder {
        url: database.clone(),
        keys: source,
        operator,
    };
    let report = desk::init(&order, session.now, session.rng).await?;
    let public = keys.with_file_name("desk.pub");
    write_unless_there(&public, &report.public_key.to_text(), 0o644)?;
    write_unless_there(&session.config_file, &config_text(&database, &keys)?, 0o600)?;
    let config = session.config_file.clone();
    let view = InitView {
        report,
        database,
        config,
        keys,
        operator: order.operator,
    };
    let made = view.report.made_desk;
    show(&mut session.out, &view)?;
    if made && session.out.can_ask() && !session.out.yes {
        return offer_password(session, view.keys, &view.operator).await;
    }
    Ok(Exit::Done)
}

/// A desk is open until its first password. Whoever sets it up is offered to choose it at once.
async fn offer_password(mut session: Session<'_>, keys: PathBuf, login: &str) -> Outcome {
    session.out.say(&told(super::whoami::OPEN));
    if !prompt::choose(&said!("Choose your password now, and close the desk"))? {
        return Ok(Exit::Done);
    }
    session.config.keys.file = Some(keys);
    let (mut desk, mut out, _) = session.open().await?;
    let password = out.ask_new_password("--password-stdin")?;
    desk::operator::reset_password(&mut desk, login, None, Some(&password)).await?;
    out.say(&said!(
        "The desk is closed: log in with `balie login`, which shows the code for your app."
    ));
    Ok(Exit::Done)
}

async fn postgres_roles(database: &DatabaseUrl, what: Roles, session: Session<'_>) -> Outcome {
    if matches!(database, DatabaseUrl::Sqlite(_)) {
        return Err(Failure::invalid(
            said!("a SQLite file has no roles: whoever can write it owns it"),
            said!("pass --database postgres://…"),
        ));
    }
    let mut out = session.out;
    let script = desk::postgres_roles(database, what == Roles::Apply).await?;
    if what == Roles::Apply {
        out.say(&said!("Applied. Operators connect with a login of their own name, in the group balie_operator."));
        return Ok(Exit::Done);
    }
    written(
        out.stdout
            .write_all(script.as_bytes())
            .and_then(|()| out.stdout.flush()),
    )
}

/// The config outlives the folder that `init` was run in.
fn absolute(url: DatabaseUrl) -> Result<DatabaseUrl, Failure> {
    Ok(match url {
        DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(std::path::absolute(path)?),
        url @ DatabaseUrl::Postgres(_) => url,
    })
}

fn config_text(database: &DatabaseUrl, keys: &Path) -> Result<String, Failure> {
    let url = match database {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    let section = |key: &str, value: String| {
        toml::Value::Table(
            [(key.to_owned(), toml::Value::String(value))]
                .into_iter()
                .collect(),
        )
    };
    let table: Table = [
        ("database".to_owned(), section("url", url)),
        (
            "keys".to_owned(),
            section("file", keys.display().to_string()),
        ),
    ]
    .into_iter()
    .collect();
    let known = toml::to_string(&table).map_err(|error| Failure::internal(error.to_string()))?;
    Ok(format!(
        "# Every key is explained in docs/operations.md.\n{known}"
    ))
}

/// What is there stays, whoever wrote it: a second `init` may be at work.
fn write_unless_there(path: &Path, text: &str, mode: u32) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    let mut file = match options.write(true).create_new(true).mode(mode).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

impl View for InitView {
    fn schema(&self) -> &'static str {
        "balie.desk/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = json!({
            "id": self.report.desk,
            "created": self.report.made_desk,
            "database": self.database.to_string(),
            "config": self.config,
            "key_file": self.keys,
            "desk_key": self.report.public_key.id(),
            "operator": self.operator,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let heading = if self.report.made_desk {
            said!("The desk is ready.")
        } else {
            said!("The desk was here already; its database is up to date.")
        };
        page.heading(&heading);
        page.fields(&[
            ("database", Tone::Plain, self.database.to_string()),
            ("config", Tone::Plain, self.config.display().to_string()),
            (
                "keys",
                Tone::Plain,
                said!("{keys} (keep a copy in a safe)", keys = self.keys.display()),
            ),
            ("operator", Tone::Plain, self.operator.clone()),
        ]);
        if self.report.made_desk {
            page.line(Tone::Faint, &said!("Next: balie directory import DIR"));
        }
    }
}
