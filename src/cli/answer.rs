//! `balie answer`

use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::desk;
use crate::desk::Answer;
use crate::domain::code::{BadRegionCode, RegionCode};
use crate::domain::language::Language;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie answer                              what there are answers to
  balie answer lost-phone --region utrecht
  balie answer telefoon kwijt --language en")]
pub(super) struct Args {
    /// What it is about: a topic, or words of the question
    topic: Vec<String>,
    /// Whose address to name
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// In which language: nl or en (default: yours, else the desk's)
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let region = args
        .region
        .as_deref()
        .map(str::parse::<RegionCode>)
        .transpose();
    let region = region.map_err(|error: BadRegionCode| {
        Failure::invalid(error.to_string(), "see `balie region list`")
    })?;
    let language = args
        .language
        .as_deref()
        .map(str::parse::<Language>)
        .transpose();
    let language = language
        .map_err(|error| Failure::invalid(error.to_string(), "pass --language nl or en"))?;
    let (mut desk, mut out, config) = session.open().await?;
    let language = language.or(config.operator.language);
    let language = language.unwrap_or(desk.policy.language);
    let topic = args.topic.join(" ");
    let topic = Some(topic.as_str()).filter(|topic| !topic.is_empty());
    let list = desk::answers(&mut desk, topic, region.as_ref(), language).await?;
    let told = topic.is_some();
    show(&mut out, &AnswerView { list, told })
}

struct AnswerView {
    list: Vec<Answer>,
    /// One answer was asked for: it's told, not listed.
    told: bool,
}

impl View for AnswerView {
    fn schema(&self) -> &'static str {
        "balie.answers/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let rows = self.rows().into_iter().map(Value::Object).collect();
        [("answers".to_owned(), Value::Array(rows))]
            .into_iter()
            .collect()
    }

    fn rows(&self) -> Vec<Map<String, Value>> {
        let row = |answer: &Answer| {
            let row = json!({
                "topic": answer.topic,
                "question": answer.question,
                "text": answer.text,
            });
            row.as_object().cloned().unwrap_or_default()
        };
        self.list.iter().map(row).collect()
    }

    fn page(&self, page: &mut Page) {
        if self.told {
            for answer in &self.list {
                page.heading(&answer.question);
                page.prose(&answer.text);
            }
            return;
        }
        let row = |answer: &Answer| {
            vec![
                (Tone::Strong, answer.topic.clone()),
                (Tone::Plain, answer.question.clone()),
            ]
        };
        let rows: Vec<_> = self.list.iter().map(row).collect();
        page.table(&["topic", "question"], &rows);
    }
}
