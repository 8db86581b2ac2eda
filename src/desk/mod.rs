//! What the desk does, a file a verb. One operation is one transaction is one event; values come
//! back, and nothing is printed here.

mod admit;
mod answer;
mod apply;
mod apply_batch;
mod apply_check;
mod apply_codes;
mod apply_notices;
mod apply_run;
mod approve;
mod approve_plan;
mod assess;
mod assign;
mod audit_enrollments;
mod audit_mail;
mod authenticators;
mod break_glass;
mod challenge;
mod change_account;
mod confirm;
mod diagnose;
mod doctor;
mod enroll;
mod error;
mod facts;
mod fetch;
mod four_eyes;
mod hold_receipts;
mod import_directory;
mod import_enrollments;
mod init;
mod keep_places;
mod keep_requesters;
mod keys;
mod leases;
mod log_in;
mod look_up;
mod mail_answer;
mod naming;
mod notify;
mod once_more;
mod operator_password;
mod operators;
mod pending;
mod plan;
mod portal;
mod prune;
mod read_log;
mod receive;
mod reissue;
mod reject;
mod request_card;
mod reset;
mod reverify;
mod seen;
mod send_mails;
mod services;
mod settings;
mod split_keys;
mod tokens;
mod unlock;
mod verify_log;
mod verify_state;

mod undo;
mod warrant;

use rand::CryptoRng;
use serde_json::{Value, json};

pub use admit::{Admitted, Via};
pub use answer::{Answer, answers};
pub use apply::{ApplyReport, Onlooker, RowResult, apply};
pub use apply_codes::HandOver;
pub use apply_run::{Run, open_plan};
pub use approve::{ApprovalCard, ToApprove, approve_request, show_approval};
pub use approve_plan::approve_plan;
pub use assign::{Assigned, Suggestion, assign, suggest};
pub use audit_enrollments::{EnrollmentAudit, Group, audit_enrollments, list_finding};
pub use audit_mail::{DomainMails, MailAudit, MailOrder, audit_mail};
pub use break_glass::{CaseCard, cancel_case, cases, complete_case, show_case, start_case};
pub use challenge::{ChallengeReport, challenge};
pub use change_account::{AddOrder, add_account, block_account, shared_logins, unblock_account};
pub use confirm::confirm;
pub use diagnose::{Colleague, Diagnosis, check_code};
pub use doctor::{Finding, Health, examine};
pub use enroll::{BegunEnrollment, ConfirmedEnrollment, begin_enrollment, confirm_enrollment};
pub use error::{Error, Result};
pub use fetch::{FetchReport, fetch, may_name_a_mailbox, quarantined, quarantined_mail};
pub use hold_receipts::{Held, HeldReceipt, print_receipt};
pub use import_directory::{ImportReport, import_directory};
pub use import_enrollments::{EnrollReport, import_enrollments};
pub use init::{InitOrder, InitReport, Initiator, closed_desk, init, migrate, postgres_roles};
pub use keep_places::{NewOrganisation, NewRegion, add_organisation, add_region};
pub use keep_requesters::{
    NewRequester, add_requester, end_requester, requesters_due, review_requester,
};
pub use keys::{Begun, KeyCard, KeyStatus, RotateReport, key_status, retire_key, rotate_keys};
pub use leases::{Opened, Opening, let_go, open};
pub use log_in::{LoginOrder, LoginStep, WhoAmI, log_in, log_out, who_am_i};
pub use look_up::{
    AccountCard, OrganisationCard, account_history, every_desk, find, organisations, regions,
    requesters, show_account, show_organisation,
};
pub use operator_password::{Whose, reset_password, whose_password};
pub use operators::{
    HandedOut, NewOperator, OperatorCard, OperatorChange, add_operator, change_operator,
    disable_operator, enable_operator, operators,
};
pub use pending::{PendingList, RemindReport, pending, remind, reopen};
pub use plan::{PlanCard, PlanOrder, cancel_plan, each_plan_row, make_plan, plans, show_plan};
pub use portal::{LoginReport, NewPassword, portal_login, set_portal_password};
pub use prune::{PruneReport, prune};
pub use read_log::{Follower, LogOrder, export_log, follow_log, next_events, read_log};
pub use receive::{Border, receive};
pub use reissue::{Issued, ReissueOrder, ReissueReport, reissue};
pub use reject::reject;
pub use request_card::{
    AnswerCard, CheckCard, RequestCard, RequestStanding, original_mail, requests, show_request,
};
pub use reset::{NotDone, Preview, ResetResult, preview, reset};
pub use reverify::{Difference, Reverification, reverify};
pub use send_mails::{MailCard, SendReport, outbox, send_mails, show_mail};
pub use services::{ServiceOrder, add_service};
pub use settings::{
    Change, SettingCard, SettingsCard, SettingsChanged, change_settings, settings,
    settings_in_force,
};
pub use split_keys::split_keys;
pub use tokens::{TokenOrder, accept_token, add_token, revoke_token, tokens};
pub use undo::{UndoPreview, UndoReport, destroy_retired, preview_undo, undo};
pub use unlock::{Unlocked, unlock};
pub use verify_log::{LogReport, VerifyOrder, sign_checkpoint, verify_log};
pub use verify_state::check_state;

use crate::domain::event::{Action, Event, Recorded};
use crate::domain::operator::{ExtraDuty, Reach};
use crate::domain::policy::Policy;
use crate::domain::session::Token;
use crate::domain::settings::InForce;
use crate::domain::timestamp::Timestamp;
use crate::store::{Database, Tx};
use crate::vault::{KeySource, Vault};

/// What every use case needs.
pub struct Desk<'w> {
    /// The database.
    pub database: Database,
    /// When the command began.
    pub now: Timestamp,
    /// The system's generator.
    pub rng: &'w mut dyn CryptoRng,
    /// What this command works under.
    pub settings: InForce,
    /// The numbers of the desk's rules, which are among them.
    pub policy: Policy,
    /// The login of the operator: the system's user, until `begin` knows better.
    pub operator: String,
    /// What the operator shows to be let in: a session's token, or a script's.
    pub credential: Option<Token>,
    /// How the operator was let in.
    pub via: Via,
    /// Whom the operator reaches: nobody, until `begin` knows better.
    pub reach: Reach,
    /// Where the keys come from. They're read only by what needs them.
    pub keys: KeySource,
}

impl<'w> Desk<'w> {
    /// A desk at whose door nobody has been recognised yet: each use case begins with that.
    pub fn new(
        database: Database,
        keys: KeySource,
        settings: InForce,
        operator: String,
        credential: Option<Token>,
        now: Timestamp,
        rng: &'w mut dyn CryptoRng,
    ) -> Self {
        Self {
            database,
            now,
            rng,
            // Values that don't fit are turned away where they come in.
            policy: settings.policy().unwrap_or_default(),
            settings,
            operator,
            credential,
            via: Via::System,
            reach: Reach::RegionsOf(String::new()),
            keys,
        }
    }
}

impl Desk<'_> {
    /// Keeps the work of `tx` with its event.
    pub(crate) async fn commit(&mut self, tx: Tx, mut event: Event) -> Result<Recorded> {
        self.note_circumstances(&mut event);
        Ok(tx.commit(&event, self.now, self.rng).await?)
    }

    /// Keeps the work of `tx` with its events, in this order.
    pub(crate) async fn commit_many(
        &mut self,
        tx: Tx,
        mut events: Vec<Event>,
    ) -> Result<Vec<Recorded>> {
        for event in &mut events {
            self.note_circumstances(event);
        }
        Ok(tx.commit_many(&events, self.now, self.rng).await?)
    }

    /// By which token it was done, under which settings, and what was brought along without effect (rule 17). Every event
    /// that is kept goes by here.
    pub(crate) fn note_circumstances(&self, event: &mut Event) {
        let bears_settings = event.action.bears_settings();
        let Some(detail) = event.detail.as_object_mut() else {
            return;
        };
        if let Via::Token { id, .. } = &self.via {
            detail.insert("token".into(), id.as_str().into());
        }
        if bears_settings {
            detail.extend(self.settings.to_detail());
        }
        if !self.settings.ignored.is_empty() {
            detail.insert("ignored".into(), json!(self.settings.ignored));
        }
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

    /// The keys, where they open what is sealed; who has such keys, where they don't.
    pub(crate) async fn opening_vault(&self, tx: &mut Tx) -> Result<Vault> {
        let vault = self.vault(tx).await?;
        if vault.can_open() {
            Ok(vault)
        } else {
            Err(only_seals(tx).await?)
        }
    }

    /// The keys, once they are known to be the ones of this database. New secrets are sealed under the
    /// newest key that the database knows too: a newer one isn't in use before it is registered there.
    pub(crate) async fn vault(&self, tx: &mut Tx) -> Result<Vault> {
        let mut vault = self.keys.load()?;
        let signs = tx.desk().await?.map(|desk| desk.public_key);
        if signs.is_some_and(|signs| signs != vault.public_key().0) {
            return Err(Error::OtherSigningKey {
                keys: self.keys.clone(),
            });
        }
        let here = vault.check_values();
        let known = tx.sealing_keys().await?;
        let other = |key: &str| Error::OtherKeys {
            keys: self.keys.clone(),
            key: key.to_owned(),
        };
        let mut newest = None;
        for known in &known {
            match here.iter().find(|(id, _)| *id == known.key_id) {
                Some((_, value)) if *value != known.check_value => {
                    return Err(other(&known.key_id));
                }
                Some(_) if known.retired_at.is_none() => newest = Some(&known.key_id),
                _ => {}
            }
        }
        let expected = known.last().map_or("none", |known| known.key_id.as_str());
        let newest = newest.ok_or_else(|| other(expected))?;
        vault.seal_under(newest);
        Ok(vault)
    }
}

/// That the keys here don't open, and who has some that do.
pub(crate) async fn only_seals(tx: &mut Tx) -> Result<Error> {
    let who = tx.with_duty(ExtraDuty::Totp).await?;
    Ok(Error::OnlySeals { who })
}
