//! Sentences of the layers below that have values in them, as they're put there. They're told in Dutch by what stands
//! between the values: a sentence that's stored long since is told like a new one, and the rules don't know any language.

use super::below_doctor::FINDINGS;
use super::below_errors::ERRORS;

/// A value of a sentence: its name, what stands there, and whether that is words to be told as well.
pub(super) type Value<'t> = (&'static str, &'t str, bool);

/// The sentences. A name with a star is of a value that is itself told.
pub(super) const SENTENCES: &[&str] = &[
    // Why a senior has to look at it.
    "{name} needs approval by another operator, a senior ({*reasons})",
    "needs approval by another operator, a senior ({*reasons})",
    "privileged role: {roles}",
    "reset {days} days ago",
    "{rows} accounts, where one operator may do {most} at most",
    "have a senior of the region look at it: `balie {command}`; the approver can't also carry it out",
    // Errors.
    "there is no {*what} `{name}`",
    "{by} has had this {*what} open since {since}",
    "there were too many wrong logins; the next attempt is accepted from {until} on",
    "{login} has no work address on file, which this requires",
    "the token {token} doesn't work until {login} accepts it",
    "there is no database at {path}",
    "{path} is not a balie database",
    "the database is at version {found}, newer than this balie, which knows version {known}",
    "the database is at version {found}; this balie needs version {known}",
    "the database can't be reached: {why}",
    "the database contains something impossible: {why}",
    "something unexpected happened: {why}",
    "the database doesn't allow this login to do that: {why}",
    "the database failed: {why}",
    // What a mail was found to be.
    "addressed to the desk of {region}",
    "addressed to the desk of {region} (its first line says so; To isn't signed)",
    "addressed to the desk of {region} (its subject says so; To isn't signed)",
    "it's addressed to {address}, which isn't a desk of ours",
    "it's addressed to {address} (the desk may have been in Bcc, which shows nothing): ask for a new mail to the desk itself",
    "{account} is the requester's own account",
    "the requester has no authority over {accounts}",
    "the holder of {account} has the requester's name: nobody asks for their own account",
    "{what} isn't strong enough",
    "its key has only {bits} bits",
    "the signature of {domain} proves nothing: {*why}",
    "make sure that mail from {domain} leaves with a complete, valid DKIM signature, and that nothing changes it on the way",
    "turn on DKIM with the school's own domain {domain} at Microsoft 365 (two CNAME records)",
    "turn on DKIM with the school's own domain {domain} at Google Workspace (one TXT record)",
    "turn on DKIM with the school's own domain {domain}",
    "{domain} signed it, which isn't the sender's domain {from_domain}",
    "the signature of {domain} doesn't cover {missing}",
    "have the mail server sign From, To, Subject and Date ({missing} is missing)",
    "{name} isn't signed, and isn't what a plain mail has",
    "this copy went to {address}, not to the desk",
    "{*what}; to be fixed by the {*whom}: {*how}",
    "the policy (p={policy}) is met by {domain}",
    "the policy (p={policy}) isn't met by any signature",
    "{*text}, but {*found}",
    "it came through {hosts}, and nothing was changed",
    "it came through {hosts}, whose seal holds; but a seal doesn't prove the sender, and no signature does",
    "it came through {hosts}",
    "its date can't be read: {shown}",
    "its date {date} lies in the future",
    "its date {date} lies ahead of our clock",
    "sent {hours} hours ago",
    "it's {hours} hours old, more than {most}: ask for a new mail",
    "the From domain resembles {known}: {how}",
    "the mail doesn't speak of {accounts}; it speaks of {others}",
    "the mail doesn't speak of {accounts}",
    "the mail asks for {*accounts}",
    "{account} (named by username)",
    "{account} (named by username), {*more}",
    "{account} (named by work address)",
    "{account} (named by work address), {*more}",
    "{account} (named by name)",
    "{account} (named by name), {*more}",
    "{account} (named by first name)",
    "{account} (named by first name), {*more}",
    "{account} (named by surname)",
    "{account} (named by surname), {*more}",
    "{account} (named by the forwarded mail only)",
    "{account} (named by the forwarded mail only), {*more}",
    "{account} (named in passing only)",
    "{account} (named in passing only), {*more}",
    "{domain} signed it, and nothing was changed since ({algorithm}, key {key})",
    "it's written to {accounts} too, so its words may be for them and not for the desk",
    "this mail came in before, as {id}, and one mail makes one request",
    "the key {name} couldn't be fetched: DNS didn't answer",
    "{domain} signed it, and nothing was changed since ({how})",
    "the accounts belong to {region}",
    "wrong desk: {account} belongs to {region}",
    "a mail for it goes to {desk}, first line `Aan: {line}`",
    "a mail for it goes to {desk}",
    "somebody else sent it for {from}: {sender} (Sender)",
    "the sender asks for answers to go to {address}; the desk never sends there",
    "answers would go to somebody else: {address} (Reply-To)",
    "{from} is on file: {capacity}",
    "{from} is on file as {capacity}, but may not ask today: not yet, or not any more",
    "{from} isn't on file as somebody who may ask",
    "from {from} alone",
    "one parser finds {from}, another finds nobody: they must agree",
    "one parser finds {from}, another finds {other}: they must agree",
    "the mail came as a file: what {host} found is ignored",
    "{host} isn't trusted (`[mail] authserv_ids`), so it's ignored",
    "{host} found that it was when the mail came in",
    "{host} found {result}",
    "a machine may have sent it: {signs}",
    "a machine sent it: {signs}",
    "nothing that is signed says who it was written to; it names {addresses}",
    "its first line names {address}, which isn't a desk's address",
    "`Aan:` is missing in its first line `{line}`",
    "its first line `{line}` is in HTML only: the mail has no plain text, which is what counts",
    "its first line `{line}` isn't the address alone",
    "the header of another mail follows its first line `{line}`",
    "the line `{line}` isn't the first one of the mail",
    "send the mail as plain text, with the first line `Aan: {desk}`, or use the code",
    "write the desk's address into the mail: first line `Aan: {desk}`",
    "the mail speaks of {accounts} in passing, and asks for somebody else: {others}",
    "the mail calls {accounts} by half a name only, and speaks of {others}",
    "{*why}, and only plain text counts: have it sent as plain text, {*how}",
    "there are no words above what it quotes or forwards, and a subject alone doesn't count: have it written in the text, {*how}",
    "its own words end above the line `{line}`, and only those count: have it written there, {*how}",
    "its subject alone doesn't count, as {*why}: have it written in the text, {*how}",
    "only {whose} signed it, as {domain}: that identifies a tenant, not a sender",
    "{*how}; the school's administrator can have Content-Type and Content-Transfer-Encoding signed",
    "it came through {hosts}; DNS didn't answer for its seal",
    "it came through {hosts}, and its seal (ARC) doesn't hold",
    "it came through {hosts}, and its seal (ARC) doesn't hold: {*why}",
    "{account} has a privileged role",
    "it's for {count} accounts, more than {most}: a bulk request",
];

/// The sentence that a text is, with its values. Where several could be, it's the one that says most of it.
pub(super) fn read(text: &str) -> Option<(&'static str, Vec<Value<'_>>)> {
    let known = SENTENCES.iter().chain(ERRORS).chain(FINDINGS);
    let fitting = known.filter_map(|sentence| {
        let values = values(sentence, text)?;
        let taken: usize = values.iter().map(|(_, value, _)| value.len()).sum();
        Some((taken, *sentence, values))
    });
    let (_, sentence, values) = fitting.min_by_key(|(taken, ..)| *taken)?;
    Some((sentence, values))
}

/// The values of a sentence in a text that it is.
fn values<'t>(sentence: &'static str, text: &'t str) -> Option<Vec<Value<'t>>> {
    let (first, mut rest) = sentence.split_once('{')?;
    let mut text = text.strip_prefix(first)?;
    let mut values = Vec::new();
    loop {
        let (name, after) = rest.split_once('}')?;
        let (between, more) = match after.split_once('{') {
            Some((between, more)) => (between, Some(more)),
            None => (after, None),
        };
        let (value, behind) = match more {
            Some(_) => text.split_once(between)?,
            None => (text.strip_suffix(between)?, ""),
        };
        let is_told = name.starts_with('*');
        // A value that is words may be several sentences; another one would swallow the next.
        if value.is_empty() || !is_told && value.contains("; ") {
            return None;
        }
        values.push((name.trim_start_matches('*'), value, is_told));
        match more {
            Some(more) => (rest, text) = (more, behind),
            None => return Some(values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_known_by_what_stands_between_its_values() {
        let (sentence, values) = read("there is no account `j.jansen`").unwrap();
        assert_eq!(sentence, "there is no {*what} `{name}`");
        assert_eq!(
            values,
            [("what", "account", true), ("name", "j.jansen", false)]
        );
        assert_eq!(read("there is nothing"), None);
        assert_eq!(read("there is no account ``"), None);
    }

    #[test]
    fn the_sentence_that_says_most_is_taken() {
        let (sentence, _) = read("it came through a, b, and nothing was changed").unwrap();
        assert_eq!(sentence, "it came through {hosts}, and nothing was changed");
    }
}
