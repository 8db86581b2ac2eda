//! `balie request answer`, and what it shares with `balie answer --mail`.

use serde_json::{Map, Value, json};

use crate::cli::language::said;
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::offer;
use crate::cli::shell::parse::{parse_language, parse_request};
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Failure, Outcome, show};
use crate::desk::{self, AnswerMailed, AnswerOrder, Desk, ToAnswer};
use crate::domain::log::event::Action;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request answer R-4K7Q2 --topic geen-herstelcode
  balie request answer R-4K7Q2 --topic lost-phone --language en
  balie answer                                       which topics there are

The answer goes to the sender's address on file, never to one that came in with the mail, nor to one that came on file
these days. The words are the FAQ's. The request stays as it was: close it with `balie request close` where nothing else was asked.")]
pub(in crate::cli) struct Args {
    /// The request, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// Which answer, by its exact name
    #[arg(long, value_name = "TOPIC", add = offer::topics())]
    topic: Option<String>,
    /// In which language: nl or en (default: the desk's)
    #[arg(long, value_name = "LANGUAGE", add = offer::languages())]
    language: Option<String>,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(super) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let language = args.language.as_deref().map(parse_language).transpose()?;
    let (mut desk, mut out, _) = session.open().await?;
    let given = args.topic;
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let topic = match given {
            Some(topic) => topic,
            None => out.ask(
                &said!("Which answer (`balie answer` lists them)"),
                "--topic TOPIC",
            )?,
        };
        let order = AnswerOrder {
            to: ToAnswer::Request(&id),
            topic: &topic,
            language,
        };
        mailed(desk, out, &order).await
    };
    let step = (Action::RequestAnswer, &id);
    let mailed = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    out.say_if_rehearsed();
    show(&mut out, &AnswerMailedView(mailed))
}

/// Mails an answer, once somebody who saw it whole said yes.
pub(in crate::cli) async fn mailed(
    desk: &mut Desk<'_>,
    out: &mut Out<'_>,
    order: &AnswerOrder<'_>,
) -> Result<AnswerMailed, Failure> {
    if out.is_to_ask()? {
        let planned = desk::mail_answer(desk, order, true).await?;
        let question = said!(
            "Mail this to {name}, {to}",
            name = planned.name,
            to = planned.to
        );
        out.show_aside(&AnswerMailedView(planned));
        out.go_on(&question)?;
    }
    Ok(desk::mail_answer(desk, order, out.dry_run).await?)
}

/// An answer that goes out, or would.
pub(in crate::cli) struct AnswerMailedView(pub(in crate::cli) AnswerMailed);

impl View for AnswerMailedView {
    fn schema(&self) -> &'static str {
        "balie.answer_mailed/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let mailed = &self.0;
        let fields = json!({
            "request": mailed.request,
            "account": mailed.account,
            "name": mailed.name,
            "sent_to": mailed.to,
            "language": mailed.language,
            "topic": mailed.answer.topic,
            "question": mailed.answer.question,
            "text": mailed.answer.text,
            "message_id": mailed.message_id,
            "dry_run": mailed.message_id.is_none(),
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let AnswerMailed {
            name, to, answer, ..
        } = &self.0;
        if self.0.message_id.is_none() {
            page.line(
                Tone::Warn,
                &said!("This would go to {name}, {to}:", name = name, to = to),
            );
        } else {
            page.line(
                Tone::Good,
                &said!("This goes to {name}, {to}:", name = name, to = to),
            );
        }
        page.heading(&answer.question);
        page.prose(&answer.text);
    }
}
