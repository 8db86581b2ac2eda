//! What each key of the config means, in the words of balie.toml(5).

/// Every key with its meaning, in the order of the page.
const MEANINGS: &[(&str, &str)] = &[
    (
        "database.url",
        "Where the database is: a file, sqlite:FILE or postgres://USER@HOST/DATABASE. The default is balie/balie.db below XDG_DATA_HOME.",
    ),
    (
        "database.wait_seconds",
        "How many seconds to wait for somebody else's write before giving up (exit 7). The default is 20.",
    ),
    (
        "keys.file",
        "The file with the sealing keys and the signing key; mode 0600 or it's refused. The default is keys.toml beside the config.",
    ),
    (
        "keys.command",
        "A command that prints what the key file would hold, instead of the file: a list is a program with its arguments, a text goes through sh -c. The config that names it must belong to root or to the account that runs balie.",
    ),
    (
        "operator.login",
        "The login to work under. The default is the system user's name.",
    ),
    (
        "operator.language",
        "Your language, nl or en: of help, as with --lang, and of answers to read out and of pages. The default is the locale's for help, and the desk's for the others.",
    ),
    (
        "desk.only",
        "Whoever runs balie on this machine gets the desk of this file alone: no other config, database, variable or path is accepted. Only in /etc/balie/balie.toml.",
    ),
    (
        "desk.files",
        "The folder in which the files that a command line names have to lie, where desk.only is true. Only in /etc/balie/balie.toml.",
    ),
    (
        "dns.server",
        "The name server to ask, as ADDRESS:PORT. The default is the system's resolver.",
    ),
    (
        "smtp.url",
        "The server that mails are sent through: smtps://[USER@]HOST[:PORT], or smtp:// with STARTTLS, which is required. On the loopback interface smtp+plain:// is accepted as well. It never holds a password.",
    ),
    (
        "smtp.from",
        "The mailbox that every mail is sent from (the envelope sender): an address, or Name <address>. In the mail itself From and Reply-To are the address of the region's desk, as it's on file.",
    ),
    (
        "smtp.from_name",
        "The name beside that address. The default is Servicedesk and the region's name.",
    ),
    (
        "smtp.ehlo",
        "The name that the mail server is greeted with. The default is the sender's domain.",
    ),
    (
        "smtp.password_file",
        "A file with the password for smtp.url; mode 0600 or it's refused.",
    ),
    (
        "smtp.auth",
        "How to log in to the mail server: password, or oauth2 with a token (RFC 6749), which the server takes as XOAUTH2 or OAUTHBEARER.",
    ),
    (
        "smtp.token_command",
        "A command that prints a token for smtp.auth = \"oauth2\", and nothing else: a list is a program with its arguments, a text goes through sh -c. The config that names it must belong to root or to the account that runs balie.",
    ),
    (
        "smtp.token_url",
        "The server that gives tokens: https://HOST/PATH; http:// is accepted on the loopback interface.",
    ),
    (
        "smtp.device_url",
        "Where the user's consent is asked for, with flow = device_code (RFC 8628); for Microsoft it follows from token_url.",
    ),
    (
        "smtp.client_id",
        "The application that asks for tokens, as its provider numbers it.",
    ),
    (
        "smtp.client_secret_file",
        "A file with the application's secret; mode 0600 or it's refused, but for a credential of systemd below /run/credentials.",
    ),
    (
        "smtp.scope",
        "What a token is asked for: names with blanks between them, such as https://outlook.office365.com/.default.",
    ),
    (
        "smtp.flow",
        "By what right a token is asked for: client_credentials, the application's own; refresh_token, that of the mailbox's user; or device_code, the same, once they consented with balie mailbox authorise.",
    ),
    (
        "smtp.refresh_token_file",
        "A file with the refresh token that the user's consent gave; as client_secret_file. A newer one that the server gives is kept with the token.",
    ),
    (
        "imap.url",
        "The desk's mailbox: imaps://HOST[:PORT][/MAILBOX]. The default mailbox is INBOX.",
    ),
    ("imap.user", "The user to log in to the mailbox as."),
    (
        "imap.password_file",
        "A file with the password for imap.url; mode 0600 or it's refused.",
    ),
    (
        "imap.auth",
        "How to log in to the mailbox: password, or oauth2 with a token (RFC 6749), which the server takes as XOAUTH2 or OAUTHBEARER.",
    ),
    (
        "imap.token_command",
        "A command that prints a token for imap.auth = \"oauth2\", and nothing else: a list is a program with its arguments, a text goes through sh -c. The config that names it must belong to root or to the account that runs balie.",
    ),
    (
        "imap.token_url",
        "The server that gives tokens: https://HOST/PATH; http:// is accepted on the loopback interface.",
    ),
    (
        "imap.device_url",
        "Where the user's consent is asked for, with flow = device_code (RFC 8628); for Microsoft it follows from token_url.",
    ),
    (
        "imap.client_id",
        "The application that asks for tokens, as its provider numbers it.",
    ),
    (
        "imap.client_secret_file",
        "A file with the application's secret; mode 0600 or it's refused, but for a credential of systemd below /run/credentials.",
    ),
    (
        "imap.scope",
        "What a token is asked for: names with blanks between them, such as https://outlook.office365.com/.default.",
    ),
    (
        "imap.flow",
        "By what right a token is asked for: client_credentials, the application's own; refresh_token, that of the mailbox's user; or device_code, the same, once they consented with balie mailbox authorise.",
    ),
    (
        "imap.refresh_token_file",
        "A file with the refresh token that the user's consent gave; as client_secret_file. A newer one that the server gives is kept with the token.",
    ),
    (
        "imap.after",
        "What is done with a mail once it was received: leave, seen or move:FOLDER. Nothing is ever deleted.",
    ),
    (
        "mail.authserv_ids",
        "Hosts whose Authentication-Results are read, for mail from your own mailbox.",
    ),
    (
        "mail.trusted_arc_sealers",
        "Domains of forwarders whose ARC seals explain why DMARC isn't met: such a mail goes to the challenge instead of being rejected.",
    ),
    (
        "mail.microsoft_origin",
        "Whether a mail that Microsoft signed has to come from inside the school, as Microsoft's own seal says.",
    ),
    (
        "policy.challenge",
        "When a requester has to return a code: unless_proven, unless_fetched (a mail that an operator hands in is never proven enough) or always.",
    ),
    (
        "policy.new_signer",
        "What happens to the first mail of a domain that signs in a new way: note says so, challenge asks for a code once.",
    ),
    (
        "policy.max_age_hours",
        "The oldest mail that is received, in hours.",
    ),
    (
        "policy.request_ttl_hours",
        "How many hours a request can be used.",
    ),
    (
        "policy.enrollment_window_hours",
        "How many hours the holder has to enroll after a reset.",
    ),
    (
        "policy.undo_hours",
        "How many hours a retired enrollment stays sealed, so that the reset can be undone.",
    ),
    (
        "policy.fresh_address_days",
        "For how many days a new requester's address can't authorise alone.",
    ),
    (
        "policy.four_eyes_rows",
        "A bulk plan of more accounts needs a second operator, and a mail that names more a challenge.",
    ),
    (
        "policy.max_rows",
        "The most accounts that a bulk plan may name.",
    ),
    (
        "policy.repeat_reset_days",
        "A second reset of one account within so many days needs a second operator.",
    ),
    (
        "policy.privileged_roles",
        "Accounts with one of these roles always need a challenge and a second operator.",
    ),
    (
        "policy.screen_delivery",
        "Whether an operator may see a recovery code: never, show or read_aloud.",
    ),
    (
        "policy.session_idle_minutes",
        "After how many minutes without use an operator's session ends.",
    ),
    (
        "policy.session_hours",
        "After how many hours an operator's session ends, however much it's used.",
    ),
    (
        "policy.lookups_per_minute",
        "The most lookups of one operator in a minute.",
    ),
    (
        "policy.resets_per_hour",
        "The most resets of one operator in an hour.",
    ),
    (
        "policy.language",
        "The language of mails and pages: nl or en.",
    ),
    (
        "policy.issuer",
        "Whose codes they are, as the holder's app shows it.",
    ),
    (
        "retention.log_months",
        "How many months the details of the log are kept.",
    ),
    (
        "retention.mails_days",
        "How many days mails are kept, with what was gathered from them.",
    ),
];

/// What it means; nothing for a key that isn't one.
#[must_use]
pub fn meaning(key: &str) -> Option<&'static str> {
    let found = MEANINGS.iter().find(|(known, _)| *known == key);
    found.map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_meaning_and_every_meaning_a_key() {
        let keys: Vec<&str> = crate::config::keys().map(|(key, _)| key).collect();
        for key in &keys {
            let found = MEANINGS.iter().filter(|(known, _)| known == key);
            assert_eq!(found.count(), 1, "{key}");
        }
        assert_eq!(MEANINGS.len(), keys.len());
    }
}
