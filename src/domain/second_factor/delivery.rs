//! How a recovery code reaches its holder, and how long it can be used then.

use jiff::SignedDuration;

use crate::domain::policy::ScreenDelivery;
use crate::domain::refusal::Refusal;
use crate::domain::text_value::text_enum;

text_enum! {
    /// A road to the holder.
    Delivery, UnknownDelivery, "way to deliver", {
        /// By mail to the work address on file.
        Mail = "mail",
        /// By a letter, to print.
        Letter = "letter",
        /// Encrypted to the holder's age key.
        Sealed = "sealed",
        /// On the operator's terminal.
        Screen = "screen",
    }
}

impl Delivery {
    /// How long the code can be used. By e-mail 24 hours, by post 21 days, by voice ten minutes (NIST SP
    /// 800-63B-4 4.2.1.2); what's sealed travels like a letter, what's handed over like a mail.
    #[must_use]
    pub const fn valid_for(self, aloud: bool) -> SignedDuration {
        match self {
            Self::Screen if aloud => SignedDuration::from_mins(10),
            Self::Mail | Self::Screen => SignedDuration::from_hours(24),
            Self::Letter | Self::Sealed => SignedDuration::from_hours(21 * 24),
        }
    }

    /// Whether the policy lets it go this way (rule 7).
    pub fn allowed(self, policy: ScreenDelivery, aloud: bool) -> Result<(), Refusal> {
        let allowed = match (self, policy) {
            (Self::Screen, ScreenDelivery::Never) => false,
            (Self::Screen, ScreenDelivery::ReadAloud) => true,
            // Nobody reads aloud what isn't on a screen.
            (_, _) => !aloud,
        };
        if allowed {
            Ok(())
        } else {
            Err(Refusal::DeliveryNotAllowed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_sees_a_code_only_where_the_policy_says_so() {
        use ScreenDelivery::{Never, ReadAloud, Show};
        for delivery in [Delivery::Mail, Delivery::Letter, Delivery::Sealed] {
            for policy in [Never, Show, ReadAloud] {
                assert!(delivery.allowed(policy, false).is_ok());
                assert!(delivery.allowed(policy, true).is_err());
            }
        }
        let screen = |policy, aloud| Delivery::Screen.allowed(policy, aloud).is_ok();
        assert!(!screen(Never, false) && !screen(Never, true));
        assert!(screen(Show, false) && !screen(Show, true));
        assert!(screen(ReadAloud, false) && screen(ReadAloud, true));
    }
}
