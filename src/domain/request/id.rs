//! The short public id of a request, as people say and paste it: `R-4K7Q2`.

use rand::CryptoRng;

use crate::domain::code32;
use crate::domain::text_value::text_value;

const LENGTH: usize = 5;

text_value! {
    /// A request's public id, or, where a reset had none, that of its break-glass case: `B-4K7Q2`. Read
    /// in any case, with O for 0 and I or L for 1.
    RequestId, BadRequestId, "`{0}` isn't a request id such as R-4K7Q2", normalise
}

impl RequestId {
    /// A fresh one. 25 bits: the database refuses a double and the caller draws again.
    pub fn draw(rng: &mut dyn CryptoRng) -> Self {
        Self(format!("R-{}", code32::draw(rng, LENGTH)))
    }

    /// A fresh one for a break-glass case.
    pub fn draw_case(rng: &mut dyn CryptoRng) -> Self {
        Self(format!("B-{}", code32::draw(rng, LENGTH)))
    }

    /// Whether it's a break-glass case's.
    #[must_use]
    pub fn is_case(&self) -> bool {
        self.0.starts_with("B-")
    }
}

fn normalise(text: &str) -> Option<String> {
    let mut rest = text.trim().chars();
    let kind = rest.next()?.to_ascii_uppercase();
    rest.next().filter(|c| code32::is_hyphen(*c))?;
    let digits = code32::read(rest.as_str()).filter(|digits| digits.len() == LENGTH)?;
    matches!(kind, 'R' | 'B').then(|| format!("{kind}-{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_the_way_people_say_them() {
        assert_eq!("r-4kol2".parse::<RequestId>().unwrap().as_str(), "R-4K012");
        assert_eq!(
            "R\u{2011}4K7Q2\u{200b}"
                .parse::<RequestId>()
                .unwrap()
                .as_str(),
            "R-4K7Q2"
        );
        for text in ["", "R-", "4K7Q2", "R-4K7Q", "R-4K7Q22", "R-4K7QU"] {
            assert!(text.parse::<RequestId>().is_err(), "{text:?} was taken");
        }
    }
}
