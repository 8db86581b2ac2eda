//! The short public id of a request, as people say and paste it: `R-4K7Q2`.

use rand::CryptoRng;

use super::text_value::text_value;

/// Crockford's base32: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 5;

text_value! {
    /// A request's public id. Read in any case, with O for 0 and I or L for 1.
    RequestId, BadRequestId, "`{0}` is no request id such as R-4K7Q2", normalise
}

impl RequestId {
    /// A fresh one. 25 bits: the database refuses a double and the caller draws again.
    pub fn draw(rng: &mut dyn CryptoRng) -> Self {
        let mut bytes = [0; LENGTH];
        rng.fill_bytes(&mut bytes);
        let digits = bytes
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        Self(format!("R-{}", digits.collect::<String>()))
    }
}

fn normalise(text: &str) -> Option<String> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.strip_prefix("R-")?;
    let digits: String = digits
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let fits = digits.len() == LENGTH && digits.bytes().all(|b| ALPHABET.contains(&b));
    fits.then(|| format!("R-{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_the_way_people_say_them() {
        assert_eq!("r-4kol2".parse::<RequestId>().unwrap().as_str(), "R-4K012");
        for text in ["", "R-", "4K7Q2", "R-4K7Q", "R-4K7Q22", "R-4K7QU"] {
            assert!(text.parse::<RequestId>().is_err(), "{text:?} was taken");
        }
    }
}
