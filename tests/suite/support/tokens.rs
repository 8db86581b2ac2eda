//! Tokens as a provider makes them (RFC 7519), signed with a key that the test's Dovecot knows.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub(crate) const KEY: &[u8] = b"a key of the tests, of as many bytes as its hash at the least";

/// A token for that user, which ends in so many seconds.
#[expect(clippy::disallowed_methods, reason = "Dovecot has the real clock")]
pub(crate) fn token(user: &str, ends_in: i64) -> String {
    let now = jiff::Timestamp::now().as_second();
    let part = |value: Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    // The last one makes it as long as Microsoft's: an SMTP command doesn't hold it.
    let claims = json!({
        "sub": user, "iat": now - 600, "nbf": now - 600, "exp": now + ends_in, "roles": "x".repeat(900),
    });
    let signed = format!(
        "{}.{}",
        part(json!({ "alg": "HS256", "typ": "JWT" })),
        part(claims)
    );
    let signature = BASE64URL_NOPAD.encode(&hmac(signed.as_bytes()));
    format!("{signed}.{signature}")
}

/// RFC 2104, with [`KEY`].
fn hmac(text: &[u8]) -> Vec<u8> {
    let pad = |with: u8| {
        let mut block = [with; 64];
        block
            .iter_mut()
            .zip(KEY)
            .for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text);
    let outer = Sha256::new().chain_update(pad(0x5c));
    outer.chain_update(inner.finalize()).finalize().to_vec()
}

/// A script that prints one token after the other, a run each, and stays with the last; and the file that it counts in.
pub(crate) fn printer(folder: &Path, tokens: &[&str]) -> (String, PathBuf) {
    let path = folder.join("tokens");
    let mut file = std::fs::File::create(&path).unwrap();
    for token in tokens {
        writeln!(file, "{token}").unwrap();
    }
    let count = folder.join("token-runs");
    let (path, runs, last) = (path.display(), count.display(), tokens.len());
    let line = format!(
        "echo >>'{runs}'; n=$(wc -l <'{runs}'); [ $n -gt {last} ] && n={last}; sed -n \"${{n}}p\" '{path}'"
    );
    (line, count)
}

/// How often it ran.
pub(crate) fn runs(count: &Path) -> usize {
    std::fs::read_to_string(count).map_or(0, |text| text.lines().count())
}
