//! How a mail speaks of an account.

use crate::domain::text_value::text_enum;

text_enum! {
    /// How a mail speaks of an account.
    NamedBy, UnknownNamedBy, "way of being named", {
        /// By the username.
        Username = "username",
        /// By the work address.
        WorkAddress = "work_address",
        /// By first name or initials and surname.
        Name = "name",
        /// By the first name alone, which nobody else in reach has.
        FirstName = "first_name",
        /// By `mevrouw` or the like and the surname, which nobody else in reach has.
        Surname = "surname",
        /// By the mail that it forwards, and points to, alone.
        ForwardedMail = "forwarded_mail",
        /// In passing, beside the one whom it asks for.
        Aside = "aside",
    }
}

impl NamedBy {
    /// How sure it is that somebody is meant, from 0 to 1.
    #[must_use]
    pub const fn sureness(self) -> f64 {
        match self {
            Self::Username | Self::WorkAddress => 1.0,
            Self::Name => 0.95,
            Self::FirstName | Self::Surname => 0.75,
            Self::ForwardedMail => 0.5,
            Self::Aside => 0.0,
        }
    }

    /// Whether the mail asks for somebody of whom it speaks like this.
    #[must_use]
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Aside)
    }

    /// Whether it's what nobody else is called by, letter by letter.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Username | Self::WorkAddress)
    }

    /// Whether half a name is all that is said.
    #[must_use]
    pub const fn is_by_half(self) -> bool {
        matches!(self, Self::FirstName | Self::Surname)
    }

    /// In words.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Username => "named by username",
            Self::WorkAddress => "named by work address",
            Self::Name => "named by name",
            Self::FirstName => "named by first name",
            Self::Surname => "named by surname",
            Self::ForwardedMail => "named by the forwarded mail only",
            Self::Aside => "named in passing only",
        }
    }
}
