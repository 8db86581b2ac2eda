//! `balie init`: the database, the keys and the first operator; or an older database brought up to date.

use data_encoding::HEXLOWER;
use rand::CryptoRng;
use serde_json::json;

use super::settings::read;
use super::{Error, Result};
use crate::domain::log::event::{Action, Event};
use crate::domain::operator::Role;
use crate::domain::operator::session::{Session, Token};
use crate::domain::policy::Policy;
use crate::domain::refusal::Refusal;
use crate::domain::settings::InForce;
use crate::domain::timestamp::Timestamp;
use crate::store::{AdminSession, Database, DatabaseUrl, StoreError, Tx};
use crate::vault::{KeySource, PublicKey, Vault};

/// What to set up.
#[derive(Debug)]
pub struct InitOrder {
    /// Where the database is to be.
    pub url: DatabaseUrl,
    /// Where the keys are, or are to be.
    pub keys: KeySource,
    /// The login of whoever sets up: the first operator.
    pub operator: String,
}

/// The script of grants and policies for operators' logins to PostgreSQL; run at once when `apply`.
pub async fn postgres_roles(url: &DatabaseUrl, apply: bool) -> Result<String> {
    let database = Database::open(url, None).await?;
    let mut tx = database.look().await?;
    let operators = tx.operators(None).await?;
    drop(tx);
    let logins: Vec<_> = operators
        .into_iter()
        .filter(|o| o.disabled_at.is_none() && !matches!(o.role, Role::Admin | Role::Founder))
        .map(|operator| operator.login)
        .collect();
    let script = crate::store::postgres_roles(&logins);
    if apply {
        database.apply_postgres_roles(&script).await?;
    }
    Ok(script)
}

/// Who runs `init`.
#[derive(Debug)]
pub struct Initiator<'t> {
    /// The account that the process acts as.
    pub account: u32,
    /// Somebody else has it run there (`sudo`, a forced command): that the database belongs to the account says nothing
    /// of them.
    pub for_others: bool,
    /// What they show of a session.
    pub credential: Option<&'t Token>,
}

/// Whether there's a closed desk, and by whom it's brought up to date then: an admin who is logged in, or the
/// database's owner. Nobody else is let in, and nothing is read or made for them.
pub async fn closed_desk(
    url: &DatabaseUrl,
    who: &Initiator<'_>,
    now: Timestamp,
) -> Result<Option<String>> {
    let session = who.credential.map(Token::hash);
    let before = Database::before_init(url, who.account, session.as_ref()).await?;
    let Some(before) = before.filter(|before| before.closed) else {
        return Ok(None);
    };
    let policy = own_policy(&before.settings);
    let at_work = |admin: &AdminSession| {
        let session = Session {
            started_at: admin.started_at,
            last_seen_at: admin.last_seen_at,
            ended_at: None,
        };
        session.stands(&policy, now).is_ok()
    };
    match before.admin.filter(at_work) {
        Some(admin) => Ok(Some(admin.login)),
        None if before.own && (who.account == 0 || !who.for_others) => Ok(Some("-".into())),
        None => Err(Refusal::OwnerOrAdmin.into()),
    }
}

/// The desk's own policy. A value that this version can't read any more has its default: an older desk is to be brought up
/// to date all the same.
fn own_policy(set: &[(String, String)]) -> Policy {
    let values = set.iter().filter_map(|(key, value)| read(key, value).ok());
    let settings = InForce::on_a_closed_desk(values.collect(), &[]);
    settings.policy().unwrap_or_default()
}

/// Brings a closed desk's database up to date, and does nothing else: no key is read, no file is made.
pub async fn migrate(
    url: &DatabaseUrl,
    operator: &str,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<InitReport> {
    let database = Database::create(url).await?;
    let mut tx = database.begin().await?;
    tx.wait_for_turn().await?;
    let desk = tx.desk().await?;
    let desk = desk.ok_or_else(|| StoreError::Corrupt("the desk's row is gone".into()))?;
    let key: Option<[u8; 32]> = desk.public_key.try_into().ok();
    let key = key.ok_or_else(|| StoreError::Corrupt("the desk's key can't be read".into()))?;
    take_baseline(&database, tx, operator, now, rng).await?;
    database.close().await;
    Ok(InitReport {
        desk: desk.uid,
        made_keys: false,
        made_desk: false,
        public_key: PublicKey(key),
    })
}

/// What was set up.
#[derive(Debug)]
pub struct InitReport {
    /// The desk's own id.
    pub desk: String,
    /// Keys were made, rather than found.
    pub made_keys: bool,
    /// The desk was made, rather than found (and brought up to date).
    pub made_desk: bool,
    /// The key that receipts are checked with.
    pub public_key: PublicKey,
}

/// Sets a desk up. Run again, it changes nothing but an outdated schema.
pub async fn init(
    order: &InitOrder,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<InitReport> {
    let database = Database::create(&order.url).await?;
    // A command that hands out keys takes its time: nobody is kept waiting for it.
    let loaded = order.keys.load();
    let mut tx = database.begin().await?;
    // A second `init` waits here, and then finds the desk that the first one made.
    tx.wait_for_turn().await?;
    let existing = tx.desk().await?;
    let (vault, made_keys) = match loaded {
        Ok(vault) => (vault, false),
        Err(error) => match (error.missing_file(), &existing) {
            (None, _) => return Err(error.into()),
            (Some(_), Some(_)) => (order.keys.load()?, false),
            (Some(path), None) => {
                let vault = Vault::generate(rng);
                vault.create(path)?;
                (vault, true)
            }
        },
    };
    let public_key = vault.public_key();
    if let Some(desk) = existing {
        if desk.public_key != public_key.0 {
            return Err(Error::OtherKeys {
                keys: order.keys.clone(),
                key: desk.sign_key,
            });
        }
        take_baseline(&database, tx, &order.operator, now, rng).await?;
        database.close().await;
        return Ok(InitReport {
            desk: desk.uid,
            made_keys,
            made_desk: false,
            public_key,
        });
    }
    let mut uid = [0; 16];
    rng.fill_bytes(&mut uid);
    let uid = HEXLOWER.encode(&uid);
    tx.create_desk(&uid, &public_key.id(), &public_key.0, now)
        .await?;
    for (id, check) in vault.check_values() {
        tx.add_sealing_key(&id, &check, now).await?;
    }
    tx.add_founder(&order.operator, now).await?;
    let event = Event {
        operator: order.operator.clone(),
        action: Action::DeskInit,
        account: None,
        request: None,
        detail: json!({
            "desk": uid,
            "sign_key": public_key.id(),
            "operator": order.operator,
            "schema": database.known_version(),
        }),
    };
    tx.commit(&event, now, rng).await?;
    database.close().await;
    Ok(InitReport {
        desk: uid,
        made_keys,
        made_desk: true,
        public_key,
    })
}

/// A migration takes the state as it stands (rule 19), also after an `init` that was stopped between the two.
async fn take_baseline(
    database: &Database,
    mut tx: Tx,
    operator: &str,
    now: Timestamp,
    rng: &mut dyn CryptoRng,
) -> Result<()> {
    let (known, before) = (database.known_version(), tx.answered_for().await?);
    if before >= known {
        return Ok(());
    }
    let event = Event {
        operator: operator.to_owned(),
        action: Action::StateBaseline,
        account: None,
        request: None,
        detail: json!({ "schema": known, "schema_before": before }),
    };
    Ok(tx.commit_baseline(&event, now, rng).await?)
}
