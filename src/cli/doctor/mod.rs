//! `balie doctor`

mod prometheus;

use serde_json::{Map, Value, json};

use crate::cli::language::{said, told};
use crate::cli::mailbox::{account, after};
use crate::cli::output::{Page, Tone, View};
use crate::cli::shell::mail_login::MailLogin;
use crate::cli::shell::session::{Session, where_to_set};
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Failure, Outcome, show};
use crate::config::{Config, SYSTEM};
use crate::desk;
use crate::desk::{Finding, Health};
use crate::domain::settings::InForce;
use crate::domain::timestamp::Timestamp;
use crate::mail::{After, Dns, Imap, MailboxError, Smtp, SmtpError};

/// Check database, keys, clock, DNS and mail servers; each line says how to fix it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie doctor
  balie --format json doctor
  balie --format prometheus doctor      for node_exporter's textfile collector: docs/operations.md")]
pub(super) struct Args {}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }
}

pub(super) async fn run(session: Session<'_>) -> Outcome {
    let mut findings = vec![Finding::ok(
        "config",
        session.config_file.display().to_string(),
    )];
    let config = session.config.clone();
    let in_force = session.in_force().clone();
    let login = session.mail_login();
    let held = session.caller.for_others && !session.only;
    let database = session.database_url()?;
    let now = session.now;
    let (desk, mut out, _) = session.try_open().await;
    match desk {
        Ok(mut desk) => {
            let detail = said!("{database}, at this program's version", database = database);
            findings.push(Finding::ok("database", detail));
            match desk::examine(&mut desk).await {
                Ok(found) => findings.extend(found),
                Err(error) => findings.push(failed("database", error.into())),
            }
        }
        Err(failure) => findings.push(failed("database", failure)),
    }
    findings.extend(held.then(not_held));
    findings.push(settings(&in_force));
    findings.push(dns(config.dns.server.as_deref(), now, &in_force).await);
    findings.push(Box::pin(smtp(&config, &login, &in_force)).await);
    findings.push(Box::pin(imap(&config, &login, &in_force)).await);
    let exit = findings.iter().map(|finding| finding.exit).max();
    show(&mut out, &DoctorView { findings, now })?;
    Ok(match exit {
        Some(8) => Exit::Tampered,
        Some(7) => Exit::Unreachable,
        Some(0) | None => Exit::Done,
        Some(3) => Exit::NotFound,
        Some(4) => Exit::Refused,
        Some(_) => Exit::Unusable,
    })
}

fn failed(name: &'static str, failure: Failure) -> Finding {
    Finding::fail(name, failure.exit, failure.message, failure.hint)
}

/// Balie runs for somebody else here, who may bring along what they like.
fn not_held() -> Finding {
    let detail = said!(
        "somebody else can run balie here (sudo, or a forced command), and nothing restricts them to this desk"
    );
    let mend = said!(
        "have root write `[desk] only = true` into {file}, with database and keys",
        file = SYSTEM
    );
    Finding::fail("only", 2, detail, mend)
}

/// Whose rules hold here, and what of the caller's doesn't.
fn settings(in_force: &InForce) -> Finding {
    const NAME: &str = "settings";
    if !in_force.closed {
        let detail = said!("an open desk follows the config of whoever runs it");
        return Finding::ok(NAME, detail);
    }
    if in_force.ignored.is_empty() {
        return Finding::ok(
            NAME,
            said!("the desk's own, {hash}", hash = &in_force.hash()[..16]),
        );
    }
    let ignored = in_force.ignored.iter();
    let ignored: Vec<_> = ignored
        .map(|one| format!("{} ({})", one.key, one.from))
        .collect();
    let detail = said!(
        "the desk's own; given by the caller and not used: {ignored}",
        ignored = ignored.join(", ")
    );
    let mend = said!("remove them there, or have an admin run `balie settings set KEY VALUE`");
    Finding::warn(NAME, detail, mend)
}

async fn dns(server: Option<&str>, now: Timestamp, in_force: &InForce) -> Finding {
    const NAME: &str = "dns";
    let mend =
        &said!("check `dns.server`, or the system's resolver: without DNS no mail can be proven");
    match Dns::new(server) {
        Err(error) => Finding::fail(
            NAME,
            2,
            error.to_string(),
            where_to_set(in_force, "dns.server"),
        ),
        Ok(dns) => match dns.greet(now).await {
            Ok(()) => Finding::ok(
                NAME,
                server.map_or_else(|| said!("the system's resolver answers"), ToOwned::to_owned),
            ),
            Err(error) => Finding::fail(NAME, 7, error, mend),
        },
    }
}

async fn smtp(config: &Config, login: &MailLogin, in_force: &InForce) -> Finding {
    const NAME: &str = "smtp";
    let Some(url) = &config.smtp.url else {
        let detail = said!("no server: nobody is notified of a reset");
        return Finding::warn(NAME, detail, where_to_set(in_force, "smtp.url"));
    };
    let Some(from) = &config.smtp.from else {
        return Finding::fail(
            NAME,
            2,
            said!("no sender"),
            where_to_set(in_force, "smtp.from"),
        );
    };
    let login = match login.of_smtp(&config.smtp) {
        Ok(login) => login,
        Err(failure) => return failed(NAME, failure),
    };
    let server = Smtp::new(url, login)
        .and_then(|server| server.greeting_as(config.smtp.ehlo.as_deref(), from));
    match server {
        Err(error) => Finding::fail(
            NAME,
            2,
            error.to_string(),
            where_to_set(in_force, "smtp.url"),
        ),
        Ok(server) => match server.greet().await {
            Ok(()) => Finding::ok(NAME, said!("{url} answers", url = url)),
            Err(SmtpError::NoToken(error)) => failed(NAME, error.into()),
            Err(error @ SmtpError::TokenRefused { .. }) => {
                failed(NAME, Failure::mailbox_not_allowed(error.to_string(), NAME))
            }
            Err(error) => {
                let mend =
                    &said!("check `[smtp] url` and `password_file`, and that the server runs");
                Finding::fail(NAME, 7, error.to_string(), mend)
            }
        },
    }
}

async fn imap(config: &Config, login: &MailLogin, in_force: &InForce) -> Finding {
    const NAME: &str = "imap";
    if config.imap.url.is_none() {
        let detail = said!("no mailbox: mails are received only as files");
        let mend = where_to_set(in_force, "imap.url");
        return Finding::warn(
            NAME,
            detail,
            said!("{mend}, where the desk has a mailbox", mend = mend),
        );
    }
    // Whatever becomes of messages later, nothing is done to them now.
    let account =
        after(&config.imap).and_then(|_| account(&config.imap, login, After::Leave, in_force));
    let account = match account {
        Ok(account) => account,
        Err(failure) if failure.code == "input_required" => {
            return Finding::fail(NAME, failure.exit, failure.message, failure.hint);
        }
        Err(failure) => return failed(NAME, failure),
    };
    match Imap::open(&account).await {
        Ok(_) => Finding::ok(NAME, said!("{url} opens", url = account.url)),
        Err(
            error
            @ (MailboxError::Unreachable(_) | MailboxError::Silent(_) | MailboxError::TooMuch),
        ) => {
            let mend = said!(
                "check `[imap] url`, that the server runs, and that this machine trusts its certificate"
            );
            Finding::fail(NAME, 7, error.to_string(), mend)
        }
        Err(error) => failed(NAME, crate::desk::Error::from(error).into()),
    }
}

struct DoctorView {
    findings: Vec<Finding>,
    now: Timestamp,
}

impl View for DoctorView {
    fn schema(&self) -> &'static str {
        "balie.doctor/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let worst = self.findings.iter().map(|finding| finding.health).max();
        let rows = self.rows().into_iter().map(Value::Object).collect();
        let mut fields = Map::new();
        let worst = worst.unwrap_or(Health::Ok).as_str();
        fields.insert("result".into(), worst.into());
        fields.insert("checks".into(), Value::Array(rows));
        fields
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |finding: &Finding| {
            let row = json!({
                "name": finding.name,
                "result": finding.health.as_str(),
                "detail": finding.detail,
                "mend": finding.mend,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.findings.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        for finding in &self.findings {
            let tone = match finding.health {
                Health::Ok => Tone::Good,
                Health::Warn => Tone::Warn,
                Health::Fail => Tone::Bad,
            };
            let name = finding.name;
            let text = format!(
                "{:<5} {name:<10} {}",
                finding.health.as_str(),
                told(&finding.detail)
            );
            page.line(tone, &text);
            if !finding.mend.is_empty() {
                page.line(Tone::Plain, &format!("{:16} {}", "", told(&finding.mend)));
            }
        }
    }

    fn figures(&self) -> String {
        prometheus::text(&self.findings, self.now)
    }
}
