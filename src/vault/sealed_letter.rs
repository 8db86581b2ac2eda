//! Encrypted to somebody's age key (<https://age-encryption.org/v1>), as text that survives a mail or a chat.

use std::str::FromStr;

use age::x25519::Recipient;

/// Whom something is encrypted to: `age1…`.
#[derive(Clone)]
pub struct AgeRecipient(Recipient);

impl AgeRecipient {
    /// Encrypts `text` to the recipient, armored.
    pub fn seal(&self, text: &str) -> std::io::Result<String> {
        age::encrypt_and_armor(&self.0, text.as_bytes()).map_err(std::io::Error::other)
    }
}

impl FromStr for AgeRecipient {
    type Err = NotAnAgeRecipient;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A private key that was passed by mistake isn't quoted.
        let recipient = text.trim().parse().map(Self);
        recipient.map_err(|_| NotAnAgeRecipient)
    }
}

impl std::fmt::Display for AgeRecipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::fmt::Debug for AgeRecipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AgeRecipient({})", self.0)
    }
}

/// A text that isn't an age recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this isn't an age recipient: a public key that begins with `age1`")]
pub struct NotAnAgeRecipient;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_recipient_opens_it() {
        let identity = age::x25519::Identity::generate();
        let recipient: AgeRecipient = identity.to_public().to_string().parse().unwrap();
        let sealed = recipient.seal("4K7Q").unwrap();
        assert!(sealed.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
        assert_eq!(age::decrypt(&identity, sealed.as_bytes()).unwrap(), b"4K7Q");
        let other = age::x25519::Identity::generate();
        assert!(age::decrypt(&other, sealed.as_bytes()).is_err());
        assert!("AGE-SECRET-KEY-1QQ".parse::<AgeRecipient>().is_err());
    }
}
