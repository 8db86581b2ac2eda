//! `balie request approve`

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};

use super::who_asks::who_asks;
use crate::cli::account::preview::show_earlier;
use crate::cli::account::view::AccountView;
use crate::cli::language::{said, told};
use crate::cli::output::{Out, Page, Tone, View};
use crate::cli::shell::completing;
use crate::cli::shell::parse::{parse_request, parse_username};
use crate::cli::shell::question::approval;
use crate::cli::shell::session::Session;
use crate::cli::shell::take_over::TakeOver;
use crate::cli::{Outcome, show};
use crate::desk;
use crate::desk::Desk;
use crate::desk::request::ApprovalCard;
use crate::domain::log::event::Action;
use crate::domain::reset::approval::Approval;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie request approve R-4K7Q2
  balie request approve R-4K7Q2 --account j.jansen

For a senior of the region, and never for the requester, the holder, or whoever then acts on it. It's valid
for an hour, and void as soon as anything that was shown changes.")]
pub(in crate::cli) struct Args {
    /// Its id, such as R-4K7Q2
    #[arg(add = completing::requests())]
    id: String,
    /// Only this account of it; once for each
    #[arg(long = "account", value_name = "USERNAME", add = completing::accounts())]
    accounts: Vec<String>,
    /// What for
    #[arg(long = "for", value_name = "ACTION", default_value = "reset", value_parser = ["reset", "reissue"])]
    action: String,
    #[command(flatten)]
    take_over: TakeOver,
}

pub(in crate::cli) async fn run(args: Args, session: Session<'_>) -> Outcome {
    let id = parse_request(&args.id)?;
    let only = args
        .accounts
        .iter()
        .map(|text| parse_username(text))
        .collect::<Result<Vec<_>, _>>()?;
    let (mut desk, mut out, _) = session.open().await?;
    if out.dry_run {
        let card = desk::request::show_approval(&mut desk, &id, &args.action, &only).await?;
        out.say_if_rehearsed();
        return show(
            &mut out,
            &ApprovalView {
                card,
                approval: None,
            },
        );
    }
    let act = async |desk: &mut Desk<'_>, out: &mut Out<'_>| {
        let seen = if out.is_to_ask()? {
            let card = desk::request::show_approval(desk, &id, &args.action, &only).await?;
            let seen: Vec<_> = card.accounts.iter().map(|account| account.hash).collect();
            let accounts = card.accounts.iter();
            let accounts: Vec<_> = accounts
                .map(|one| one.card.account.username.clone())
                .collect();
            out.show_aside(&ApprovalView {
                card,
                approval: None,
            });
            show_earlier(desk, out, &accounts, Some(&id)).await?;
            out.go_on(&approval(id.as_str(), seen.len()))?;
            Some(seen)
        } else {
            None
        };
        Ok(desk::request::approve_request(desk, &id, &args.action, &only, seen.as_deref()).await?)
    };
    let step = (Action::RequestApprove, &id);
    let (card, approval) = args
        .take_over
        .of_request(step, &mut desk, &mut out, act)
        .await?;
    let approval = Some(approval);
    show(&mut out, &ApprovalView { card, approval })
}

struct ApprovalView {
    card: ApprovalCard,
    approval: Option<Approval>,
}

impl View for ApprovalView {
    fn schema(&self) -> &'static str {
        "balie.approval/1"
    }

    fn fields(&self) -> Map<String, Value> {
        let accounts: Vec<_> = self
            .card
            .accounts
            .iter()
            .map(|account| {
                json!({
                    "username": account.card.account.username,
                    "reasons": account.reasons,
                    "hash": HEXLOWER.encode(&account.hash),
                })
            })
            .collect();
        let approval = self.approval.as_ref();
        let fields = json!({
            "request": self.card.request.request.public_id,
            "approved_by": approval.map(|approval| &approval.by),
            "approved_at": approval.map(|approval| approval.at),
            "valid_until": approval.map(Approval::valid_until),
            "accounts": accounts,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    fn page(&self, page: &mut Page) {
        let request = &self.card.request;
        if let Some(approval) = &self.approval {
            let text = said!(
                "{id} is approved by {by} until {valid_until}, unless anything changes.",
                id = request.request.public_id,
                by = approval.by,
                valid_until = format!("{:.0}", approval.valid_until())
            );
            page.line(Tone::Good, &text);
            return;
        }
        let who = who_asks(request.requester.as_ref());
        page.heading(&said!("Request {id}", id = request.request.public_id));
        page.fields(&[
            ("requester", Tone::Plain, who),
            ("subject", Tone::Plain, request.request.subject.clone()),
        ]);
        for account in &self.card.accounts {
            AccountView(&account.card).page(page);
            for reason in &account.reasons {
                page.line(Tone::Warn, &told(&reason.to_string()));
            }
        }
    }
}
