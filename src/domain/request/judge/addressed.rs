//! Which desk a signature says that a mail is for.

use super::addressed_in_words::{by_first_line, by_subject, desk_at, hides_words};
use super::facts::DirectoryFacts;
use super::near_miss::near_miss;
use super::read::Read;
use super::unmet::{Condition, Mender, Unmet};
use crate::domain::code::RegionCode;
use crate::domain::request::evidence::{Evidence, NoText, Recipient, Signature};

/// Which desks a signature says that the mail is for.
pub(super) enum Addressed {
    /// These, and how it says so.
    Desks { regions: Vec<RegionCode>, by: By },
    /// None.
    Nobody {
        unmet: Unmet,
        /// To is signed, and names somebody else.
        elsewhere: bool,
    },
}

/// How a desk is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// To or Cc, which are signed.
    Recipients,
    /// The first line of the text.
    FirstLine,
    /// The subject.
    Subject,
}

/// The desk that a request goes to: one that a signature proves, or else one that To and Cc name. Where that
/// are several, the accounts' own or the requester's own, or else the first.
pub(super) fn desk_of_request(
    addressed: Option<&Addressed>,
    evidence: &Evidence,
    facts: &DirectoryFacts,
) -> Option<RegionCode> {
    let regions = match addressed {
        Some(Addressed::Desks { regions, .. }) => regions.clone(),
        _ => regions_of(evidence.recipients(), facts),
    };
    let requester = facts.requester.iter();
    let own = requester.flat_map(|requester| &requester.regions);
    let of_accounts = facts.covered().chain(&facts.accounts);
    let of_accounts = of_accounts.flat_map(|account| &account.regions);
    let mut preferred = of_accounts.chain(own);
    let found = preferred.find(|region| regions.contains(region));
    found.or(regions.first()).cloned()
}

/// The desks of these addresses, in their order.
fn regions_of<'a>(
    addresses: impl Iterator<Item = &'a str>,
    facts: &DirectoryFacts,
) -> Vec<RegionCode> {
    let mut regions: Vec<RegionCode> = Vec::new();
    for region in addresses.filter_map(|address| desk_at(address, facts)) {
        if !regions.contains(&region) {
            regions.push(region);
        }
    }
    regions
}

/// What this signature says: by the recipients that it covers (A1), or where it leaves them out, by the first
/// line or the subject (A2).
pub(super) fn addressed(
    signature: &Signature,
    evidence: &Evidence,
    read: Option<Read<'_>>,
    facts: &DirectoryFacts,
) -> Addressed {
    if let Some(regions) = by_recipients(signature, evidence, facts) {
        return Addressed::Desks {
            regions,
            by: By::Recipients,
        };
    }
    if signature.covers("to") {
        let names_desk =
            !regions_of(evidence.to.iter().map(|to| to.address.as_str()), facts).is_empty();
        return Addressed::Nobody {
            elsewhere: !names_desk,
            unmet: unmet(evidence, None, facts),
        };
    }
    let by_text = read.filter(|read| !hides_words(read.reading));
    let by_text = by_text.and_then(|read| {
        let by_line = by_first_line(read, facts).map(|region| (region, By::FirstLine));
        let by_subject = || by_subject(signature, evidence, read, facts);
        by_line.or_else(|| Some((by_subject()?, By::Subject)))
    });
    match by_text {
        Some((region, by)) => Addressed::Desks {
            regions: vec![region],
            by,
        },
        None => Addressed::Nobody {
            elsewhere: false,
            unmet: unmet(evidence, Some((signature, read)), facts),
        },
    }
}

/// A1: a desk is in To or Cc, which is signed, under a name that isn't somebody's on file.
fn by_recipients(
    signature: &Signature,
    evidence: &Evidence,
    facts: &DirectoryFacts,
) -> Option<Vec<RegionCode>> {
    let signed = |name: &str, list: &'_ [Recipient]| -> Vec<String> {
        let under_own_name = |to: &&Recipient| !facts.names_on_file.contains(&to.name);
        let list = list.iter().filter(|_| signature.covers(name));
        list.filter(under_own_name)
            .map(|to| to.address.clone())
            .collect()
    };
    let mut addresses = signed("to", &evidence.to);
    addresses.extend(signed("cc", &evidence.cc));
    let regions = regions_of(addresses.iter().map(String::as_str), facts);
    (!regions.is_empty()).then_some(regions)
}

/// Which desk isn't named; `by_words` is what the words are read by, where the recipients aren't signed.
fn unmet(
    evidence: &Evidence,
    by_words: Option<(&Signature, Option<Read<'_>>)>,
    facts: &DirectoryFacts,
) -> Unmet {
    let near = by_words.and_then(|(signature, read)| near_miss(signature, evidence, read, facts));
    let mut desks = facts.desks.iter().map(|(_, desk)| desk);
    let written_to = desks
        .clone()
        .find(|desk| evidence.recipients().any(|to| to == desk.as_str()));
    let desk = near.as_ref().map(|near| near.desk).or(written_to);
    let desk = desk.or(desks.next());
    let desk = desk.map_or("the desk's address", |desk| desk.as_str());
    let why = if by_words.is_none() {
        "the recipients that are signed don't name the desk"
    } else {
        "the recipients (To) aren't signed, so the mail may have been written to somebody else"
    };
    let is_html = by_words
        .and_then(|(_, read)| read)
        .is_some_and(|read| read.reading.no_text == Some(NoText::HtmlOnly));
    let what = if is_html {
        format!("send the mail as plain text, with the first line `Aan: {desk}`, or use the code")
    } else {
        format!("write the desk's address into the mail: first line `Aan: {desk}`")
    };
    Unmet {
        condition: Condition::Addressed,
        why: near.map_or_else(|| why.to_owned(), |near| format!("{why}; {}", near.why)),
        who: Mender::Director,
        what,
    }
}
