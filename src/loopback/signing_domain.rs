//! A mail domain that signs what it sends (DKIM, RFC 6376, with Ed25519 of RFC 8463).

use data_encoding::BASE64;
use ed25519_dalek::SigningKey;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;

use super::DnsServer;

/// The domain, with its private key.
pub struct SigningDomain {
    name: String,
    key: SigningKey,
}

/// The mail couldn't be signed.
#[derive(Debug, thiserror::Error)]
#[error("the mail can't be signed: {0}")]
pub struct CannotSign(#[from] mail_auth::Error);

impl SigningDomain {
    /// A domain with this key seed, whose key and DMARC policy `dns` publishes.
    #[must_use]
    pub fn publish(dns: &DnsServer, name: &str, seed: &[u8; 32]) -> Self {
        let domain = Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(seed),
        };
        let record = format!("v=DKIM1; k=ed25519; p={}", domain.public());
        dns.publish(&format!("s1._domainkey.{name}"), &record);
        dns.publish(&format!("_dmarc.{name}"), "v=DMARC1; p=reject");
        domain
    }

    /// The public key, as it stands in DNS.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.key.verifying_key().as_bytes())
    }

    /// The mail with this domain's signature over `fields` and the body on top.
    pub fn sign(&self, mail: &str, fields: &[&str]) -> Result<String, CannotSign> {
        let public = self.key.verifying_key();
        let key = Ed25519Key::from_seed_and_public_key(self.key.as_bytes(), public.as_bytes())?;
        let signature = DkimSigner::from_key(key)
            .domain(&self.name)
            .selector("s1")
            .headers(fields.iter().copied())
            .sign(mail.as_bytes())?;
        Ok(format!("{}{mail}", signature.to_header()))
    }
}
