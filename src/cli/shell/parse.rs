//! What was typed, read as what it names: a wrong one is a wrong call, with an example in the hint.

use jiff::SignedDuration;

use crate::cli::Failure;
use crate::cli::language::{said, told};
use crate::cli::output::Out;
use crate::domain::bulk::plan::PlanId;
use crate::domain::code::{OrganisationCode, RegionCode, Username};
use crate::domain::language::Language;
use crate::domain::request::id::{BadRequestId, RequestId};
use crate::domain::second_factor::totp::VerificationCode;

/// An exact username; what is none is told so, before the database is asked (rule 12).
pub(in crate::cli) fn parse_username(text: &str) -> Result<Username, Failure> {
    text.parse()
        .map_err(|error: crate::domain::code::BadUsername| {
            Failure::invalid(
                told(&error.to_string()),
                said!("search with `balie find TEXT`"),
            )
        })
}

pub(in crate::cli) fn parse_request(text: &str) -> Result<RequestId, Failure> {
    RequestId::typed(text).map_err(|error: BadRequestId| {
        Failure::invalid(told(&error.to_string()), said!("see `balie request list`"))
    })
}

pub(in crate::cli) fn parse_plan(text: &str) -> Result<PlanId, Failure> {
    PlanId::typed(text)
        .map_err(|error| Failure::invalid(told(&error.to_string()), said!("see `balie bulk list`")))
}

pub(in crate::cli) fn region_code(text: &str) -> Result<RegionCode, Failure> {
    text.parse()
        .map_err(|error: crate::domain::code::BadRegionCode| {
            Failure::invalid(told(&error.to_string()), said!("see `balie region list`"))
        })
}

pub(in crate::cli) fn organisation_code(text: &str) -> Result<OrganisationCode, Failure> {
    text.parse()
        .map_err(|error: crate::domain::code::BadOrganisationCode| {
            Failure::invalid(told(&error.to_string()), said!("see `balie org list`"))
        })
}

pub(in crate::cli) fn parse_language(text: &str) -> Result<Language, Failure> {
    text.parse()
        .map_err(|error: crate::domain::language::UnknownLanguage| {
            Failure::invalid(told(&error.to_string()), said!("pass --language nl or en"))
        })
}

/// A code; what is none is told so, before anything is counted.
pub(in crate::cli) fn parse_code(text: &str) -> Result<VerificationCode, Failure> {
    text.parse()
        .map_err(|error: crate::domain::second_factor::totp::NotACode| {
            Failure::invalid(
                told(&error.to_string()),
                said!("type the 6 digits, with or without a space"),
            )
        })
}

pub(in crate::cli) fn ask_code(out: &mut Out<'_>, what: &str) -> Result<VerificationCode, Failure> {
    let text = zeroize::Zeroizing::new(out.ask(what, "--code-stdin")?);
    parse_code(&text)
}

pub(in crate::cli) fn life(text: &str) -> Result<SignedDuration, String> {
    let wrong = || said!("`{text}` isn't a time such as 12h or 30d", text = text);
    let (number, hours) = match text.split_at_checked(text.len().saturating_sub(1)) {
        Some((number, "h")) => (number, 1),
        Some((number, "d")) => (number, 24),
        _ => return Err(wrong()),
    };
    let number: i64 = number.parse().map_err(|_| wrong())?;
    let hours = number
        .checked_mul(hours)
        .filter(|hours| (1..=8_784).contains(hours));
    hours.map(SignedDuration::from_hours).ok_or_else(wrong)
}
