//! `balie answer`

use serde_json::{Map, Value, json};

use super::output::{Page, Tone, View};
use super::request::answer::{AnswerMailedView, mailed};
use super::shell::offer;
use super::shell::parse::{parse_language, parse_username, region_code};
use super::shell::session::Session;
use super::shell::verb::{self, Rehearsal};
use super::{Failure, Outcome, show};
use crate::cli::language::said;
use crate::cli::shell::completing;
use crate::desk::{self, AnswerOrder, ToAnswer};
use crate::domain::answer::Answer;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie answer                              what there are answers to
  balie answer lost-phone --region utrecht
  balie answer telefoon kwijt --language en
  balie answer telefoon-kwijt --mail j.jansen        mails it to the holder's work address on file

What is mailed is named exactly, and its words are the FAQ's. `balie request answer` mails it to who sent a request.")]
pub(super) struct Args {
    /// What it is about: a topic, or words of the question
    #[arg(add = offer::topics())]
    topic: Vec<String>,
    /// Whose address to name
    #[arg(long, value_name = "CODE", add = completing::regions())]
    region: Option<String>,
    /// In which language: nl or en (default: yours, else the desk's)
    #[arg(long, value_name = "LANGUAGE", add = offer::languages())]
    language: Option<String>,
    /// Mail it to the holder of this account, at the work address on file
    #[arg(long, value_name = "ACCOUNT", conflicts_with = "region", add = completing::accounts())]
    mail: Option<String>,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        if self.mail.is_some() {
            Rehearsal::Shows
        } else {
            Rehearsal::OnlyReads
        }
    }
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let region = args.region.as_deref().map(region_code).transpose()?;
    let language = args.language.as_deref().map(parse_language).transpose()?;
    let mail = args.mail.as_deref().map(parse_username).transpose()?;
    let (mut desk, mut out, config) = session.open().await?;
    let topic = args.topic.join(" ");
    if let Some(username) = &mail {
        if topic.is_empty() {
            return Err(Failure::input_required(&said!("the topic"), "TOPIC"));
        }
        let order = AnswerOrder {
            to: ToAnswer::Account(username),
            topic: &topic,
            language,
        };
        let mailed = mailed(&mut desk, &mut out, &order).await?;
        out.say_if_rehearsed();
        return show(&mut out, &AnswerMailedView(mailed));
    }
    let language = language.or(config.operator.language);
    let language = language.unwrap_or(desk.policy.language);
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
