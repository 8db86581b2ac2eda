//! `balie mailbox fetch|quarantine|authorise`

mod authorise;

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use crate::cli::language::{noted, said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::request::resolver::{A_MAIL_IS_KEPT, resolver};
use crate::cli::shell::ending::show_some;
use crate::cli::shell::mail_login::MailLogin;
use crate::cli::shell::session::{Session, where_to_set};
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::shell::{original, progress};
use crate::cli::{Exit, Failure, Outcome, show};
use crate::config::ImapSection;
use crate::desk;
use crate::desk::mail::FetchReport;
use crate::domain::settings::InForce;
use crate::mail::{After, Imap, ImapAccount, Mailbox, MailboxError, Maildir, Mbox};
use crate::store::mail::QuarantinedRow;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum Verb {
    /// Take new requests from the desk's mailbox
    #[command(after_help = "\
Examples:
  balie mailbox fetch                       the mailbox of `[imap]` in the config
  balie mailbox fetch --maildir ~/Maildir
  balie mailbox fetch --mbox verzoeken.mbox

On a closed desk this is for a service (`balie service add NAME --job fetch`), a senior or an admin, from the
desk's own mailbox; --maildir and --mbox are for an admin.

Run it as often as you like: what was taken isn't taken again, and nothing is ever deleted. A message
that can't be read is set aside with its reason and doesn't stop the rest. No account is bound: that's
`balie request assign`.")]
    Fetch {
        /// A Maildir instead
        #[arg(long, value_name = "DIR", conflicts_with = "mbox")]
        maildir: Option<PathBuf>,
        /// An mbox instead
        #[arg(long, value_name = "FILE")]
        mbox: Option<PathBuf>,
    },
    /// Have the mailbox's user allow Balie to read it and to send from it
    #[command(after_help = authorise::EXAMPLES)]
    Authorise,
    /// Messages that couldn't be taken, and why
    #[command(after_help = "\
Examples:
  balie mailbox quarantine
  balie mailbox quarantine 7 --eml mail.eml      the message itself, byte for byte")]
    Quarantine {
        /// The number of one, as the list has it
        #[arg(requires = "eml")]
        id: Option<i64>,
        /// Write it as it came in to this file (- for standard output)
        #[arg(long, value_name = "FILE|-", requires = "id")]
        eml: Option<PathBuf>,
        /// How many at most
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Fetch { .. } => Rehearsal::Impossible(A_MAIL_IS_KEPT),
            Self::Authorise => Rehearsal::Impossible(noted!("a consent is given or it isn't")),
            Self::Quarantine { eml: Some(_), .. } => Rehearsal::ONLY_A_FILE,
            Self::Quarantine { .. } => Rehearsal::OnlyReads,
        }
    }
}

pub(in crate::cli) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Fetch { maildir, mbox } => Box::pin(fetch(maildir, mbox, session)).await,
        Verb::Authorise => authorise::run(session).await,
        Verb::Quarantine { id, eml, limit } => {
            let (mut desk, mut out, _) = session.open().await?;
            if let (Some(id), Some(file)) = (id, eml) {
                let raw = desk::mail::quarantined_mail(&mut desk, id).await?;
                return original::give(&mut out, &raw, &file);
            }
            let list = desk::mail::quarantined(&mut desk, limit).await?;
            let shown = list.len();
            show_some(&mut out, &QuarantineView(list), shown, limit)
        }
    }
}

async fn fetch(maildir: Option<PathBuf>, mbox: Option<PathBuf>, session: Session<'_>) -> Outcome {
    let dns = resolver(&session)?;
    let after = after(&session.config.imap)?;
    let in_force = session.in_force().clone();
    let login = session.mail_login();
    let (mut desk, mut out, config) = session.open().await?;
    if maildir.is_some() || mbox.is_some() {
        desk::mail::may_name_a_mailbox(&mut desk).await?;
    }
    let opened = match (maildir, mbox) {
        (Some(folder), _) => Maildir::open(&folder, after).map(Mailbox::Maildir),
        (None, Some(file)) => Mbox::open(&file).map(Mailbox::Mbox),
        (None, None) => {
            let account = account(&config.imap, &login, after, &in_force)?;
            let imap = Imap::open(&account).await;
            imap.map(|imap| Mailbox::Imap(Box::new(imap)))
        }
    };
    let mut mailbox = opened?;
    let bar = progress::bar(&out, "{spinner} {human_pos}/{human_len}, {per_sec}, {eta}")?;
    let report = desk::mail::fetch(&mut desk, &dns, &mut mailbox, &mut |done, total| {
        if let Some(total) = total {
            bar.set_length(total.max(done));
        }
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    let report = report?;
    let mut unfinished = Vec::new();
    if report.undecided > 0 {
        unfinished.push(said!(
            "DNS couldn't be reached, so not everything is decided [dns_unavailable]"
        ));
    }
    if report.withheld > 0 {
        unfinished.push(said!("the mailbox doesn't give {withheld} of its messages; `balie mailbox quarantine` says why, and each fetch asks again [imap_unavailable]", withheld = report.withheld));
    }
    if let Some(error) = &report.not_marked {
        unfinished.push(said!(
            "what was taken couldn't be marked in the mailbox: {error} [imap_unavailable]",
            error = error
        ));
    }
    let done = show(&mut out, &FetchView(report))?;
    for text in &unfinished {
        out.say(text);
    }
    Ok(if unfinished.is_empty() {
        done
    } else {
        Exit::Unreachable
    })
}

/// What becomes of a message, by `[imap]`.
pub(in crate::cli) fn after(imap: &ImapSection) -> Result<After, Failure> {
    let text = imap.after.as_deref().unwrap_or("leave");
    text.parse().map_err(|error: crate::mail::UnknownAfter| {
        Failure::invalid(
            told(&error.to_string()),
            said!("correct `[imap] after` in the config"),
        )
    })
}

/// Where `[imap]` says that the mailbox is.
pub(in crate::cli) fn account(
    imap: &ImapSection,
    login: &MailLogin,
    after: After,
    in_force: &InForce,
) -> Result<ImapAccount, Failure> {
    let missing = |key: &str| Failure {
        hint: where_to_set(in_force, &format!("imap.{key}")),
        ..Failure::input_required(&format!("`[imap] {key}`"), "it")
    };
    Ok(ImapAccount {
        url: imap.url.clone().ok_or_else(|| missing("url"))?,
        user: imap.user.clone().ok_or_else(|| missing("user"))?,
        login: login.of_imap(imap)?,
        after,
    })
}

impl From<MailboxError> for Failure {
    fn from(error: MailboxError) -> Self {
        let message = error.to_string();
        match error {
            MailboxError::Unreachable(_)
            | MailboxError::Silent(_)
            | MailboxError::TooMuch
            | MailboxError::Refused(_)
            | MailboxError::Incomplete(_) => Self {
                exit: 7,
                code: "imap_unavailable",
                reasons: Vec::new(),
                message,
                hint: said!("try again; what was taken is kept, and nothing is skipped"),
            },
            MailboxError::NoToken(error) => error.into(),
            MailboxError::NoOauth(_) => Self::invalid(
                message,
                said!("set `[imap] auth` to password, or ask its provider"),
            ),
            MailboxError::TokenRefused { .. } | MailboxError::MailboxNotAllowed { .. } => {
                Self::mailbox_not_allowed(message, "imap")
            }
            MailboxError::BadUrl(_) => Self::invalid(
                message,
                said!(
                    "correct `[imap] url` in the config; user and password belong in `user` and `password_file`"
                ),
            ),
            MailboxError::LoginRefused(_) | MailboxError::BadLogin => {
                Self::invalid(message, said!("check `[imap] user` and `password_file`"))
            }
            MailboxError::FolderRefused(..) => Self::invalid(
                message,
                said!("check the folder at the end of `[imap] url`"),
            ),
            MailboxError::CantMove => {
                Self::invalid(message, said!("set `[imap] after` to `leave` or `seen`"))
            }
            MailboxError::NoUidValidity => Self::invalid(
                message,
                said!(
                    "without it nobody can tell what is new: have the mails put into a Maildir, and pass --maildir DIR"
                ),
            ),
            MailboxError::Unreadable { .. } => Self::invalid(
                message,
                said!("pass a Maildir (with `new` and `cur`) or an mbox file"),
            ),
            MailboxError::NotAnMbox(_) => Self::invalid(
                message,
                said!("pass an mbox; a single mail is taken by `balie request receive FILE`"),
            ),
        }
    }
}

struct FetchView(FetchReport);

impl View for FetchView {
    fn schema(&self) -> &'static str {
        "balie.fetch/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = serde_json::to_value(&self.0).unwrap_or_default();
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let report = &self.0;
        page.heading(&report.place);
        let taken = report.taken + report.again + report.answers + report.quarantined;
        if taken + report.settled == 0 {
            page.line(Tone::Faint, &said!("Nothing new."));
            return;
        }
        let count = |label: &'static str, tone, count: u64| (label, tone, count.to_string());
        let mut rows = vec![
            count("new requests", Tone::Strong, report.taken),
            count("verified", Tone::Good, report.verified),
            count("challenge", Tone::Warn, report.challenge),
            count("rejected", Tone::Bad, report.rejected),
        ];
        if report.answers > 0 {
            rows.push(count("answers to codes", Tone::Strong, report.answers));
        }
        if report.again > 0 {
            rows.push(count("came before", Tone::Faint, report.again));
        }
        if report.settled > 0 {
            rows.push(count("decided at last", Tone::Strong, report.settled));
        }
        if report.quarantined > 0 {
            rows.push(count("set aside", Tone::Warn, report.quarantined));
        }
        page.fields(&rows);
        page.gap();
        page.line(
            Tone::Plain,
            &said!("See `balie request list`, then name the accounts:"),
        );
        page.line(Tone::Strong, "  balie request assign ID");
    }
}

struct QuarantineView(Vec<QuarantinedRow>);

impl View for QuarantineView {
    fn schema(&self) -> &'static str {
        "balie.quarantine/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("messages".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |found: &QuarantinedRow| {
            let row = json!({
                "id": found.id.to_string(),
                "place": found.place,
                "item": found.item,
                "taken_at": found.taken_at,
                "reason": found.reason,
                "size": found.size,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.0.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.0.is_empty() {
            page.line(Tone::Faint, &said!("Nothing was set aside."));
            return;
        }
        let row = |found: &QuarantinedRow| {
            vec![
                (Tone::Plain, found.id.to_string()),
                (Tone::Plain, format!("{:.0}", found.taken_at)),
                (Tone::Plain, found.place.clone()),
                (Tone::Plain, found.item.clone()),
                (Tone::Warn, found.reason.clone()),
            ]
        };
        let rows: Vec<_> = self.0.iter().map(row).collect();
        page.table(&["number", "when", "mailbox", "message", "why"], &rows);
    }
}
