//! Several mails that were handed in at once: what became of each.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::status::{status, tone};
use crate::cli::language::{said, told};
use crate::cli::output::{Page, Tone, View};
use crate::cli::{Exit, Failure};
use crate::desk::request::RequestCard;
use crate::domain::request::received_as::ReceivedAs;
use crate::domain::timestamp::Timestamp;

/// What became of a file.
pub(super) enum Taken {
    /// It's on file.
    In(Box<RequestCard>),
    /// It isn't a mail that can be taken.
    Not(Failure),
    /// Nothing could be taken any more, for the reason with this code.
    NotTried { code: &'static str },
}

pub(super) struct ReceivedView {
    files: Vec<(String, Taken)>,
    now: Timestamp,
}

impl ReceivedView {
    pub(super) const fn new(now: Timestamp) -> Self {
        Self {
            files: Vec::new(),
            now,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn add(&mut self, file: &Path, taken: Taken) {
        self.files.push((file.display().to_string(), taken));
    }

    /// One that wasn't taken has to be looked at; one that DNS left open only has to wait.
    pub(super) fn exit(&self) -> Exit {
        let mut exit = Exit::Done;
        for (_, taken) in &self.files {
            match taken {
                Taken::Not(_) | Taken::NotTried { .. } => return Exit::Partial,
                Taken::In(card) if card.undecided => exit = Exit::Unreachable,
                Taken::In(_) => {}
            }
        }
        exit
    }

    fn row(&self, file: &str, taken: &Taken) -> Value {
        match taken {
            Taken::In(card) => {
                let request = &card.standing.request;
                json!({
                    "file": file,
                    "outcome": "taken",
                    "received_as": card.received_as,
                    "request": request.public_id,
                    "status": status(request, self.now),
                    "verdict": request.verdict,
                    "undecided": card.undecided,
                    "code": null,
                    "message": null,
                })
            }
            Taken::Not(failure) => not_taken(file, failure.code, Some(&failure.message)),
            Taken::NotTried { code } => not_taken(file, code, None),
        }
    }

    fn line(&self, taken: &Taken) -> (Tone, String) {
        let card = match taken {
            Taken::Not(failure) => return (Tone::Bad, failure.message.clone()),
            Taken::NotTried { .. } => return (Tone::Bad, said!("not tried")),
            Taken::In(card) => card,
        };
        let status = status(&card.standing.request, self.now);
        match card.received_as {
            _ if card.undecided => (
                Tone::Warn,
                said!("DNS couldn't be reached: try `balie request reverify` later"),
            ),
            ReceivedAs::Request => (tone(card.standing.request.verdict.as_str()), told(status)),
            ReceivedAs::Again => (Tone::Faint, said!("came in before")),
            ReceivedAs::Answer => (Tone::Warn, said!("answers the code that was mailed for it")),
        }
    }
}

fn not_taken(file: &str, code: &str, message: Option<&str>) -> Value {
    json!({
        "file": file,
        "outcome": "refused",
        "received_as": null,
        "request": null,
        "status": null,
        "verdict": null,
        "undecided": false,
        "code": code,
        "message": message,
    })
}

impl View for ReceivedView {
    fn schema(&self) -> &'static str {
        "balie.receive/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("results".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let rows = self.files.iter();
        rows.filter_map(|(file, taken)| self.row(file, taken).as_object().cloned())
            .collect()
    }

    fn page(&self, page: &mut Page) {
        let row = |(file, taken): &(String, Taken)| {
            let request = match taken {
                Taken::In(card) => card.standing.request.public_id.to_string(),
                Taken::Not(_) | Taken::NotTried { .. } => "-".to_owned(),
            };
            let (tone, line) = self.line(taken);
            vec![
                (Tone::Plain, file.clone()),
                (Tone::Strong, request),
                (tone, line),
            ]
        };
        let rows: Vec<_> = self.files.iter().map(row).collect();
        page.table(&["file", "request", "what became of it"], &rows);
        // Once each: a folder of one kind needs it once.
        let mut hints: Vec<&str> = Vec::new();
        for (_, taken) in &self.files {
            if let Taken::Not(failure) = taken
                && !failure.hint.is_empty()
                && !hints.contains(&failure.hint.as_str())
            {
                hints.push(&failure.hint);
            }
        }
        for hint in hints {
            page.gap();
            page.prose_in(Tone::Warn, hint);
        }
    }
}
