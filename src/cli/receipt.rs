//! `balie receipt show|verify`. To verify one needs no database.

use std::io::Read as _;
use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::input;
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::cli::language::{said, told};
use crate::desk;
use crate::domain::reset::receipt::Receipt;
use crate::vault::verify_receipt;

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Verb {
    /// Print the receipt of a reset again
    #[command(after_help = "\
Examples:
  balie receipt show 4711
  balie receipt show 4711 --format json

It's the same line as the one that the reset printed: `account history` names the event.")]
    Show {
        /// The number of the reset's event
        event: i64,
    },
    /// Check a receipt against the desk's public key, offline
    #[command(after_help = "\
Examples:
  balie receipt verify \"balie-receipt/1 account=… sig=…\"
  balie receipt verify - --key desk.pub < receipt.txt

Exit 8 when the receipt doesn't hold.")]
    Verify {
        /// The receipt's line, or - for standard input
        receipt: Vec<String>,
        /// The desk's public key (default: desk.pub beside the key file)
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
}

impl verb::Verb for Verb {
    fn rehearsal(&self) -> Rehearsal {
        match self {
            Self::Show { .. } | Self::Verify { .. } => Rehearsal::OnlyReads,
        }
    }
}

pub(super) async fn run(verb: Verb, session: Session<'_>) -> Outcome {
    match verb {
        Verb::Show { event } => {
            let (mut desk, mut out, _) = session.open().await?;
            let receipt = desk::audit::print_receipt(&mut desk, event).await?;
            show(&mut out, &PrintedView(ReceiptView(receipt)))
        }
        Verb::Verify { receipt, key } => verify(&receipt, key, session),
    }
}

fn verify(receipt: &[String], key: Option<PathBuf>, mut session: Session<'_>) -> Outcome {
    let receipt = read_receipt(receipt, &mut session)?;
    let path = key.unwrap_or_else(|| session.key_file().with_file_name("desk.pub"));
    let public = input::desk_key(&path)?;
    verify_receipt(&receipt, &public).map_err(|error| Failure {
        exit: 8,
        code: "tampered",
        reasons: Vec::new(),
        message: error.to_string(),
        hint: said!("don't believe it; look the event up with `balie account history USERNAME`"),
    })?;
    show(&mut session.out, &ReceiptView(receipt))
}

/// The receipt that was typed, piped in or asked for.
pub(super) fn read_receipt(
    words: &[String],
    session: &mut Session<'_>,
) -> Result<Receipt, Failure> {
    let mut text = words.join(" ");
    if text.is_empty() {
        text = session.out.ask(&said!("The receipt"), "RECEIPT")?;
    }
    if text == "-" {
        text.clear();
        (&mut session.stdin)
            .take(64 * 1024)
            .read_to_string(&mut text)?;
    }
    text.parse()
        .map_err(|error: crate::domain::reset::receipt::NotAReceipt| {
            Failure::invalid(
                told(&error.to_string()),
                said!("paste the whole line, from balie-receipt/1 to the end"),
            )
        })
}

struct ReceiptView(Receipt);

impl View for ReceiptView {
    fn schema(&self) -> &'static str {
        "balie.receipt/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let statement = &self.0.statement;
        let fields = json!({
            "valid": true,
            "account": statement.account,
            "request": statement.request,
            "event": statement.event.to_string(),
            "at": statement.at,
            "head": data_encoding::HEXLOWER.encode(&statement.head),
            "desk_key": statement.desk,
            "receipt": self.0.to_string(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let statement = &self.0.statement;
        page.line(Tone::Good, &said!("The receipt holds."));
        page.fields(&[
            ("account", Tone::Plain, statement.account.to_string()),
            ("request", Tone::Plain, statement.request.to_string()),
            ("event", Tone::Plain, statement.event.to_string()),
            ("at", Tone::Plain, format!("{:.0}", statement.at)),
        ]);
    }
}

/// A receipt that was printed again: the page is the line itself, to be pasted.
struct PrintedView(ReceiptView);

impl View for PrintedView {
    fn schema(&self) -> &'static str {
        self.0.schema()
    }

    fn fields(&self) -> Map<String, Value> {
        self.0.fields()
    }

    fn page(&self, page: &mut Page) {
        page.line(Tone::Plain, &self.0.0.to_string());
    }
}
