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

    /// As it's typed where nothing but a request's id fits: `R-` may be left out.
    pub fn typed(text: &str) -> Result<Self, BadRequestId> {
        Self::typed_as('R', text)
    }

    /// As it's typed where nothing but a break-glass case's id fits: `B-` may be left out.
    pub fn typed_case(text: &str) -> Result<Self, BadRequestId> {
        let id = Self::typed_as('B', text)?;
        if id.is_case() {
            Ok(id)
        } else {
            Err(BadRequestId(text.to_owned()))
        }
    }

    /// A request's id where a username may stand as well: only with its `R-`.
    #[must_use]
    pub fn among_usernames(text: &str) -> Option<Self> {
        text.parse().ok().filter(|id: &Self| !id.is_case())
    }

    fn typed_as(kind: char, text: &str) -> Result<Self, BadRequestId> {
        let meant = code32::prefixed(kind, text).find_map(|text| text.parse().ok());
        meant.ok_or_else(|| BadRequestId(text.to_owned()))
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
    fn a_prefix_may_be_left_out_where_nothing_else_fits() {
        for text in ["4k7q2", "R4K7Q2", "r-4k7q2", " 4K7-Q2 "] {
            assert_eq!(RequestId::typed(text).unwrap().as_str(), "R-4K7Q2");
        }
        assert_eq!(RequestId::typed("R4K7Q").unwrap().as_str(), "R-R4K7Q");
        assert_eq!(RequestId::typed("B-4K7Q2").unwrap().as_str(), "B-4K7Q2");
        assert_eq!(RequestId::typed_case("4k7q2").unwrap().as_str(), "B-4K7Q2");
        assert!(RequestId::typed_case("R-4K7Q2").is_err());
        assert!(RequestId::typed("j.jansen").is_err() && RequestId::typed("").is_err());
        let among = RequestId::among_usernames;
        assert_eq!(among("r-4k7q2").unwrap().as_str(), "R-4K7Q2");
        for username in ["4k7q2", "r4k7q2", "B-4K7Q2", "j.jansen"] {
            assert_eq!(among(username), None);
        }
    }

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
