//! The numbers that a desk may set; each default is the one that `docs/operations.md` explains.

use serde::{Deserialize, Serialize};

use super::code::RoleName;
use super::language::Language;

/// When a request needs a challenge even though its mail was proven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChallengePolicy {
    /// Only when the mail alone doesn't prove its sender.
    #[default]
    UnlessProven,
    /// Also when the mail was handed in: only what a service of the desk's fetched and judged counts as proven, on a
    /// machine that isn't its operators'.
    UnlessFetched,
    /// For every request.
    Always,
}

/// What becomes of a proven mail whose domain never signed like this before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewSigner {
    /// It's said on the card.
    #[default]
    Note,
    /// It goes to the challenge once.
    Challenge,
}

/// Whether an operator may see a recovery code (rule 7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreenDelivery {
    /// Never: it goes to the holder.
    #[default]
    Never,
    /// On the terminal, to hand over to a holder at the desk.
    Show,
    /// Also to be read aloud to a holder on the phone.
    ReadAloud,
}

/// The desk's policy. Hours and days are whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// When to challenge.
    pub challenge: ChallengePolicy,
    /// When a domain signs in a new way.
    pub new_signer: NewSigner,
    /// Oldest mail that is still taken for a request, in hours.
    pub max_age_hours: u32,
    /// How long a request can be used after it was received, in hours.
    pub request_ttl_hours: u32,
    /// How long the holder has to enroll after a reset, in hours.
    pub enrollment_window_hours: u32,
    /// How long a retired enrollment stays sealed so that a reset can be undone, in hours.
    pub undo_hours: u32,
    /// A requester's address younger than this can't authorise alone, in days.
    pub fresh_address_days: u32,
    /// A bulk run of more rows needs a second operator.
    pub four_eyes_rows: u32,
    /// The most accounts that a bulk plan may name.
    pub max_rows: u32,
    /// A second reset of one account within so many days needs a second operator.
    pub repeat_reset_days: u32,
    /// Roles whose accounts always need a challenge, and a second pair of eyes.
    pub privileged_roles: Vec<RoleName>,
    /// Whether an operator may see a recovery code.
    pub screen_delivery: ScreenDelivery,
    /// A session that isn't used ends after so many minutes.
    pub session_idle_minutes: u32,
    /// A session ends after so many hours, however much it's used.
    pub session_hours: u32,
    /// Most lookups of one operator within a minute, on a closed desk.
    pub lookups_per_minute: u32,
    /// Most resets of one operator within an hour, on a closed desk.
    pub resets_per_hour: u32,
    /// The language of mails to people whose account names none.
    pub language: Language,
    /// Whose codes they are, as the holder's app shows it. Without a colon.
    pub issuer: String,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            challenge: ChallengePolicy::UnlessProven,
            new_signer: NewSigner::Note,
            max_age_hours: 72,
            request_ttl_hours: 48,
            enrollment_window_hours: 72,
            undo_hours: 24,
            fresh_address_days: 7,
            four_eyes_rows: 25,
            max_rows: 100_000,
            repeat_reset_days: 30,
            privileged_roles: ["admin", "administrator", "beheerder"]
                .iter()
                .filter_map(|role| role.parse().ok())
                .collect(),
            screen_delivery: ScreenDelivery::Never,
            session_idle_minutes: 30,
            session_hours: 10,
            lookups_per_minute: 120,
            resets_per_hour: 60,
            language: Language::Nl,
            issuer: "Onderwijs Transparant".into(),
        }
    }
}
