//! What a request asks for one account, as both stand now: the warrant to do it, or the refusal, which is
//! written down and told (rules 1, 2, 9, 10 and 11). For resets and reissues alike.

use serde_json::json;

use crate::desk::account::AccountCard;
use crate::desk::account::account_card_if_any;
use crate::desk::lease::Held;
use crate::desk::notify::{Letter, Mail, notify_each};
use crate::desk::request::SpokenOf;
use crate::desk::request::is_covered;
use crate::desk::request::is_verified;
use crate::desk::request::{RequestStanding, standing};
use crate::desk::request::{approval, reasons, shown, subject};
use crate::desk::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::{AboutAccount, Notice};
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::reset::warrant::{Purpose, Warrant, WarrantFacts};
use crate::store::Tx;
use crate::store::directory::RequesterRow;
use crate::store::operator::OperatorRow;

/// A request and one account, with what is asked for it.
#[derive(Debug)]
pub(in crate::desk) struct Asked {
    /// The request.
    pub(in crate::desk) request: RequestStanding,
    /// The account.
    pub(in crate::desk) account: AccountCard,
    /// What is asked.
    pub(in crate::desk) purpose: Purpose,
}

impl Asked {
    /// Who asks. A request without one is never verified.
    pub(in crate::desk) fn requester(&self) -> Result<&RequesterRow> {
        let requester = self.request.requester.as_ref();
        requester.ok_or_else(|| Refusal::NotAuthorised.into())
    }

    /// What of it a colleague has open.
    pub(in crate::desk) fn held(&self) -> Option<Held> {
        Held::account(&self.account).or_else(|| Held::request(&self.request))
    }

    /// The address of the desk that the account belongs to.
    pub(in crate::desk) fn desk_address(&self) -> &str {
        self.account.desk_address()
    }

    /// A mail to the holder.
    pub(in crate::desk) fn to_holder(&self, desk: &Desk<'_>) -> Letter<'_> {
        Letter::to_holder(&self.account.account, desk, self.desk_address())
    }

    /// A mail to the requester.
    pub(in crate::desk) fn to_requester(&self, desk: &Desk<'_>) -> Result<Letter<'_>> {
        let address = self.desk_address();
        Ok(Letter::to_requester(self.requester()?, desk, address))
    }
}

/// Loads both; nothing when there is no such account.
pub(in crate::desk) async fn asked(
    desk: &Desk<'_>,
    tx: &mut Tx,
    username: &Username,
    id: &RequestId,
    purpose: Purpose,
) -> Result<Option<Asked>> {
    // The account first: what a colleague did to it a moment ago is then seen of the request as well.
    tx.lock_accounts(&[username.to_string()]).await?;
    let account = account_card_if_any(desk, tx, username).await?;
    let request = standing(desk, tx, id).await?;
    Ok(account.map(|account| Asked {
        request,
        account,
        purpose,
    }))
}

/// The warrant, with the request used up for it and, where one is needed, the second operator who approved;
/// or why not.
pub(in crate::desk) async fn warrant(
    desk: &Desk<'_>,
    tx: &mut Tx,
    operator: &OperatorRow,
    asked: &Asked,
) -> Result<std::result::Result<(Warrant, Option<String>), Refusal>> {
    let (facts, approved_by) = facts(desk, tx, operator, asked).await?;
    Ok(match Warrant::issue(&facts, desk.now) {
        Ok(warrant) if tx.use_request(&warrant, desk.now).await?.took() => {
            Ok((warrant, approved_by))
        }
        Ok(_) => Err(Refusal::AlreadyUsed),
        Err(refusal) => Err(refusal),
    })
}

async fn facts(
    desk: &Desk<'_>,
    tx: &mut Tx,
    operator: &OperatorRow,
    asked: &Asked,
) -> Result<(WarrantFacts, Option<String>)> {
    let Asked {
        request,
        account,
        purpose,
        ..
    } = asked;
    let holder = &account.account;
    let bound = request
        .accounts
        .iter()
        .find(|bound| bound.account_id == holder.id);
    let from = request.request.from_address.as_deref().unwrap_or_default();
    let requesters = &request.requesters;
    let covered_now = is_covered(desk, tx, requesters, &account.roles).await?;
    let is_operator = |address: &str| {
        operator
            .work_email
            .as_ref()
            .is_some_and(|e| e.as_str() == address)
    };
    let mut spoken_of = SpokenOf::by(request);
    let reasons = reasons(desk, tx, account, &mut spoken_of).await?;
    let needs_second = !reasons.is_empty();
    let approval = if needs_second {
        let subject = subject(request, account, purpose.as_str());
        let shown = shown(request, account, purpose.as_str());
        approval(desk, tx, &subject, &shown).await?
    } else {
        None
    };
    let facts = WarrantFacts {
        purpose: *purpose,
        request: request.request.id,
        account: holder.id,
        verified: is_verified(desk, tx, &request.request, requesters).await?,
        expires_at: request.request.expires_at,
        bound: bound.is_some(),
        used_at: bound.and_then(|bound| bound.used_at),
        covered: covered_now && bound.is_some_and(|bound| bound.covered == 1),
        same_person: holder.work_email.as_str() == from
            || operator.login == holder.username.as_str()
            || is_operator(from)
            || is_operator(holder.work_email.as_str()),
        needs_second,
        approved: approval.is_some(),
        blocked: holder.status.as_str() == "blocked",
    };
    Ok((facts, approval.map(|approval| approval.by)))
}

/// Writes the refusal down and tells holder and requester; the number of the event.
pub(in crate::desk) async fn refuse(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    refusal: Refusal,
    asked: &Asked,
    dry_run: bool,
) -> Result<Option<i64>> {
    if dry_run {
        return Ok(None);
    }
    let Asked {
        request,
        account,
        purpose,
    } = asked;
    let holder = &account.account;
    let at = desk.now;
    let about = AboutAccount {
        name: holder.name.clone(),
        username: holder.username.to_string(),
        at,
        desk: asked.desk_address().to_owned(),
    };
    let (action, to_holder) = match purpose {
        Purpose::Reset => (Action::ResetRefused, Notice::RefusedHolder { about }),
        Purpose::Reissue => (
            Action::ReissueRefused,
            Notice::ReissueRefusedHolder { about },
        ),
    };
    let mut mails = vec![Mail::plain(asked.to_holder(desk), to_holder)];
    if let Some(requester) = &request.requester {
        let (name, holder) = (requester.name.clone(), holder.name.clone());
        let request = request.request.public_id.to_string();
        let address = asked.desk_address().to_owned();
        let to_requester = match purpose {
            Purpose::Reset => Notice::RefusedRequester {
                name,
                holder,
                request,
                at,
                desk: address,
            },
            Purpose::Reissue => Notice::ReissueRefusedRequester {
                name,
                holder,
                request,
                at,
                desk: address,
            },
        };
        mails.push(Mail::plain(asked.to_requester(desk)?, to_requester));
    }
    notify_each(desk, &mut tx, &mails).await?;
    let mut event = desk.event(action, json!({ "code": refusal }));
    event.account = Some(holder.id);
    event.request = Some(request.request.public_id.to_string());
    Ok(Some(desk.commit(tx, event).await?.seq))
}
