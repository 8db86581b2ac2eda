//! What a shell offers for an argument whose values the program knows itself. No desk is asked, so nobody has to be
//! logged in, and nothing is looked up.

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::domain::answer::entries;
use crate::domain::language::Language;
use crate::domain::log::enrollments::Finding;
use crate::domain::operator::Role;
use crate::domain::operator::scope::Scope;
use crate::domain::reset::reason::ResetReason;
use crate::domain::settings::SETTINGS;

/// The roles that an operator can be given.
pub(in crate::cli) fn roles() -> ArgValueCandidates {
    each(|| Role::ALL.iter().map(|role| role.as_str()))
}

/// What a script's token can be for.
pub(in crate::cli) fn scopes() -> ArgValueCandidates {
    each(|| Scope::ALL.iter().map(|scope| scope.as_str()))
}

/// What the count of enrollments can find.
pub(in crate::cli) fn findings() -> ArgValueCandidates {
    each(|| Finding::ALL.iter().map(|finding| finding.as_str()))
}

/// Why an account is reset.
pub(in crate::cli) fn reasons() -> ArgValueCandidates {
    each(|| ResetReason::ALL.iter().map(|reason| reason.as_str()))
}

/// The desk's own settings.
pub(in crate::cli) fn settings() -> ArgValueCandidates {
    each(|| SETTINGS.iter().map(|setting| setting.key))
}

/// The languages.
pub(in crate::cli) fn languages() -> ArgValueCandidates {
    each(|| {
        [Language::Nl, Language::En]
            .into_iter()
            .map(Language::as_str)
    })
}

/// The topics of the FAQ, in both languages, each with its question.
pub(in crate::cli) fn topics() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let in_one = |language| {
            entries().iter().map(move |entry| {
                let question = entry.filled(None, language).question;
                CompletionCandidate::new(entry.topic(language)).help(Some(question.into()))
            })
        };
        let mut all: Vec<_> = in_one(Language::Nl).chain(in_one(Language::En)).collect();
        // The same word in both languages is one topic.
        let mut known = std::collections::BTreeSet::new();
        all.retain(|one| known.insert(one.get_value().to_owned()));
        all
    })
}

/// Each of these.
fn each<I>(values: impl Fn() -> I + Send + Sync + 'static) -> ArgValueCandidates
where
    I: Iterator<Item = &'static str>,
{
    ArgValueCandidates::new(move || values().map(CompletionCandidate::new).collect::<Vec<_>>())
}
