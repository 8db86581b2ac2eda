//! What a request asks for one account, as both stand now: the warrant to do it, or the refusal, which is
//! written down and told (rules 1, 2, 9, 10 and 11). For resets and reissues alike.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::case_file::{Asking, Yes, load};
use crate::desk::account::AccountCard;
use crate::desk::account::account_card_if_any;
use crate::desk::notify::{Letter, Mail, notify_each};
use crate::desk::request::{RequestStanding, standing};
use crate::desk::{Desk, Result};
use crate::domain::code::Username;
use crate::domain::log::event::Action;
use crate::domain::notice::{AboutAccount, Notice};
use crate::domain::refusal::Refusal;
use crate::domain::request::id::RequestId;
use crate::domain::reset::case_file::{CaseFile, decide};
use crate::domain::reset::not_done::{Held, NotDone};
use crate::domain::reset::warrant::{Purpose, Warrant};
use crate::domain::timestamp::Timestamp;
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
    /// What is decided on.
    file: CaseFile,
}

impl Asked {
    /// Who asks. A request without one is never verified.
    pub(in crate::desk) fn requester(&self) -> Result<&RequesterRow> {
        let requester = self.request.requester.as_ref();
        requester.ok_or_else(|| Refusal::NotAuthorised.into())
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
    operator: &OperatorRow,
    username: &Username,
    id: &RequestId,
    purpose: Purpose,
) -> Result<Option<Asked>> {
    // The account first: what a colleague did to it a moment ago is then seen of the request as well.
    let usernames = [username.to_string()];
    tx.lock_accounts(&usernames).await?;
    let account = account_card_if_any(desk, tx, username).await?;
    let request = standing(desk, tx, id).await?;
    let Some(account) = account else {
        return Ok(None);
    };
    let yes = Yes::Each(&request, std::slice::from_ref(&account), purpose);
    let (file, _) = load(desk, tx, operator, Asking::from(&request), &usernames, yes).await?;
    Ok(Some(Asked {
        request,
        account,
        purpose,
        file,
    }))
}

/// The warrant, with the request used up for it and, where one is needed, the second operator who approved;
/// or why not.
pub(in crate::desk) async fn warrant(
    desk: &Desk<'_>,
    tx: &mut Tx,
    asked: &Asked,
) -> Result<std::result::Result<(Warrant, Option<String>), NotDone>> {
    let username = &asked.account.account.username;
    let warrant = match decide(&asked.file, username, asked.purpose, desk.now) {
        Ok(warrant) => warrant,
        Err(why) => return Ok(Err(why)),
    };
    if !tx.use_request(&warrant, desk.now).await?.took() {
        return Ok(Err(Refusal::AlreadyUsed.into()));
    }
    // A yes that nobody needed isn't noted.
    let needed = !asked.file.reasons(username, desk.now).is_empty();
    let approved_by = asked.file.approved_by(username).filter(|_| needed);
    Ok(Ok((warrant, approved_by.map(str::to_owned))))
}

/// Writes down why it wasn't done, and tells holder and requester of what a rule refused; the number of the event.
pub(in crate::desk) async fn refuse(
    desk: &mut Desk<'_>,
    mut tx: Tx,
    why: &NotDone,
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
        ..
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
        Purpose::Reset => (Action::ResetRefused, Notice::RefusedHolder(about)),
        Purpose::Reissue => (Action::ReissueRefused, Notice::ReissueRefusedHolder(about)),
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
    if why.may_be_an_attack(request.request.verdict) {
        let untold = not_yet_told(desk, &mut tx, mails, &request.request.public_id).await?;
        notify_each(desk, &mut tx, &untold).await?;
    }
    let mut event = desk.event(action, detail_of(why));
    event.account = Some(holder.id);
    event.request = Some(request.request.public_id.to_string());
    Ok(Some(desk.commit(tx, event).await?.seq))
}

/// The mails without those whose readers were told before: a requester once a request, a holder once a day (rule 10).
async fn not_yet_told<'m>(
    desk: &Desk<'_>,
    tx: &mut Tx,
    mails: Vec<Mail<'m>>,
    request: &RequestId,
) -> Result<Vec<Mail<'m>>> {
    let mut untold = Vec::with_capacity(mails.len());
    for mail in mails {
        let (about, since) = match &mail.notice {
            Notice::RefusedRequester { .. } | Notice::ReissueRefusedRequester { .. } => {
                (request.to_string(), Timestamp::from_seconds(0))
            }
            _ => (
                String::new(),
                desk.now.plus(SignedDuration::from_hours(-24)),
            ),
        };
        if !tx.told_of_refusal(mail.letter.to, &about, since).await? {
            untold.push(mail);
        }
    }
    Ok(untold)
}

/// Why it wasn't done, for the log.
fn detail_of(why: &NotDone) -> Value {
    let code = why.fault().as_str();
    match why {
        NotDone::NeedsApproval(reasons) => json!({ "code": code, "reasons": reasons }),
        NotDone::Held(Held { what, by, since }) => {
            json!({ "code": code, "what": what, "by": by, "since": since })
        }
        NotDone::Refused(_) | NotDone::Unknown => json!({ "code": code }),
    }
}
