//! What the desk does, a file a verb. One operation is one transaction is one event; values come
//! back, and nothing is printed here.

pub mod account;
mod admit;
mod answer;
pub mod audit;
pub mod backup;
pub mod bulk;
mod completion;
pub mod directory;
mod doctor;
mod error;
mod init;
mod judged;
pub mod key;
mod lease;
pub mod mail;
mod notify;
pub mod operator;
mod ready_keys;
pub mod request;
pub mod reset;
pub mod second_factor;
mod settings;
mod today;

use rand::CryptoRng;
use serde_json::{Value, json};

use judged::JudgedOnceMore;
use ready_keys::ReadyKeys;

pub use admit::{Admitted, Via};
pub use answer::{AnswerMailed, AnswerOrder, ToAnswer, answers, mail_answer};
pub use completion::{Offered, Wanted, completions};
pub use doctor::{Figure, Finding, Health, examine};
pub use error::{Error, Result, Unapproved};
pub use init::{InitOrder, InitReport, Initiator, closed_desk, init, migrate, postgres_roles};
pub use lease::{Opened, Opening, let_go, open};
pub use settings::{
    Change, SettingCard, SettingsCard, SettingsChanged, change_settings, settings,
    settings_in_force,
};
pub use today::{Today, today};

use crate::domain::log::event::{Action, Event, Recorded};
use crate::domain::operator::session::Token;
use crate::domain::operator::{ExtraDuty, Reach};
use crate::domain::policy::Policy;
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
    /// Those that were read before the transaction that needs them.
    pub(crate) ready_keys: ReadyKeys,
    /// What it found of the request that it looked at last.
    pub(crate) once_more: JudgedOnceMore,
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
            ready_keys: ReadyKeys::default(),
            once_more: JudgedOnceMore::default(),
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

    /// The keys, where they open what is sealed and the database hands it to this login.
    pub(crate) async fn vault_to_open_secrets(&self, tx: &mut Tx) -> Result<Vault> {
        let vault = self.opening_vault(tx).await?;
        if tx.may_read_secrets().await? {
            Ok(vault)
        } else {
            let who = tx.with_duty(ExtraDuty::Totp).await?;
            Err(Error::SecretsKept { who })
        }
    }

    /// The keys, once they are known to be the ones of this database. New secrets are sealed under the
    /// newest key that the database knows too: a newer one isn't in use before it is registered there.
    pub(crate) async fn vault(&self, tx: &mut Tx) -> Result<Vault> {
        let mut vault = self.ready_keys.take(&self.keys)?;
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
