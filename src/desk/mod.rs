//! What the desk does, a file a verb. One operation is one transaction is one event; values come
//! back, and nothing is printed here.

mod admit;
mod answer;
mod approve;
mod assign;
mod audit_enrollments;
mod authenticators;
mod break_glass;
mod challenge;
mod confirm;
mod diagnose;
mod doctor;
mod enroll;
mod error;
mod facts;
mod fetch;
mod four_eyes;
mod import_directory;
mod import_enrollments;
mod init;
mod keep_requesters;
mod leases;
mod log_in;
mod look_up;
mod notify;
mod operators;
mod portal;
mod prune;
mod read_log;
mod receive;
mod reject;
mod request_card;
mod reset;
mod reverify;
mod send_mails;
mod tokens;
mod unlock;
mod verify_log;

use std::path::PathBuf;

use rand::CryptoRng;
use serde_json::Value;

pub use admit::Via;
pub use answer::{Answer, answers};
pub use approve::{ApprovalCard, ToApprove, approve_request, show_approval};
pub use assign::{Suggestion, assign, suggest};
pub use audit_enrollments::{EnrollmentAudit, Group, audit_enrollments, list_finding};
pub use break_glass::{CaseCard, cancel_case, cases, complete_case, show_case, start_case};
pub use challenge::{ChallengeReport, challenge};
pub use confirm::confirm;
pub use diagnose::{Colleague, Diagnosis, check_code};
pub use doctor::{Finding, Health, examine};
pub use enroll::{BegunEnrollment, ConfirmedEnrollment, begin_enrollment, confirm_enrollment};
pub use error::{Error, Result};
pub use fetch::{FetchReport, fetch, quarantined};
pub use import_directory::{ImportReport, import_directory};
pub use import_enrollments::{EnrollReport, import_enrollments};
pub use init::{InitOrder, InitReport, init, postgres_roles};
pub use keep_requesters::{
    NewRequester, add_requester, end_requester, requesters_due, review_requester,
};
pub use leases::take_over;
pub use log_in::{LoginOrder, LoginStep, WhoAmI, log_in, log_out, who_am_i};
pub use look_up::{
    AccountCard, OrganisationCard, account_history, find, organisations, regions, requesters,
    show_account, show_organisation,
};
pub use operators::{
    HandedOut, NewOperator, OperatorCard, add_operator, disable_operator, enable_operator,
    operators, reset_password, set_operator_role,
};
pub use portal::{LoginReport, NewPassword, portal_login, set_portal_password};
pub use prune::{PruneReport, prune};
pub use read_log::{Follower, LogOrder, export_log, follow_log, next_events, read_log};
pub use receive::{Border, receive};
pub use reject::reject;
pub use request_card::{RequestCard, original_mail, requests, show_request};
pub use reset::{NotDone, Preview, ResetResult, preview, reset};
pub use reverify::{Difference, Reverification, reverify};
pub use send_mails::{MailCard, SendReport, outbox, send_mails, show_mail};
pub use tokens::{TokenOrder, add_token, revoke_token, tokens};
pub use unlock::{Unlocked, unlock};
pub use verify_log::{LogReport, sign_checkpoint, verify_log};

use crate::domain::event::{Action, Event, Recorded};
use crate::domain::operator::Reach;
use crate::domain::policy::Policy;
use crate::domain::session::Token;
use crate::domain::timestamp::Timestamp;
use crate::store::{Database, Tx};
use crate::vault::Vault;

/// What every use case needs.
pub struct Desk<'w> {
    /// The database.
    pub database: Database,
    /// When the command began.
    pub now: Timestamp,
    /// The system's generator.
    pub rng: &'w mut dyn CryptoRng,
    /// The numbers of the desk's rules.
    pub policy: Policy,
    /// The login of the operator: the system's user, until `begin` knows better.
    pub operator: String,
    /// What the operator shows to be let in: a session's token, or a script's.
    pub credential: Option<Token>,
    /// How the operator was let in.
    pub via: Via,
    /// Whom the operator reaches: nobody, until `begin` knows better.
    pub reach: Reach,
    /// Where the key file is. It's opened only by what needs it.
    pub key_file: PathBuf,
}

impl Desk<'_> {
    /// Keeps the work of `tx` with its event.
    pub(crate) async fn commit(&mut self, tx: Tx, mut event: Event) -> Result<Recorded> {
        if let (Via::Token { id, .. }, Some(detail)) = (&self.via, event.detail.as_object_mut()) {
            detail.insert("token".into(), id.as_str().into());
        }
        Ok(tx.commit(&event, self.now, self.rng).await?)
    }

    /// An event by this operator.
    pub(crate) fn event(&self, action: Action, detail: Value) -> Event {
        Event {
            operator: self.operator.clone(),
            action,
            account: None,
            request: None,
            detail,
        }
    }

    /// The keys, once they are known to be the ones of this database.
    pub(crate) async fn vault(&self, tx: &mut Tx) -> Result<Vault> {
        let vault = Vault::load(&self.key_file)?;
        for (id, expected) in tx.sealing_keys().await? {
            if !vault
                .check_values()
                .iter()
                .any(|(known, value)| *known == id && *value == expected)
            {
                return Err(Error::OtherKeys {
                    path: self.key_file.clone(),
                    key: id,
                });
            }
        }
        Ok(vault)
    }
}
