//! Verification codes (RFC 6238 over RFC 4226): which time step a code belongs to, and whether that
//! step may still be accepted (rule 6).

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use rand::CryptoRng;
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::domain::text_value::text_enum;
use crate::domain::timestamp::Timestamp;

/// Bytes of a fresh secret: as long as SHA-1's output (RFC 6238 5.1).
const SECRET: usize = 20;
/// Steps either side of now that are accepted: for clocks and for typing (RFC 6238 5.2).
const TOLERANCE: u64 = 1;

text_enum! {
    /// The hash under a code. Google's and Microsoft's apps know SHA-1 only.
    Algorithm, UnknownAlgorithm, "algorithm", {
        /// What every app knows.
        Sha1 = "SHA1",
        /// Imported ones only.
        Sha256 = "SHA256",
        /// Imported ones only.
        Sha512 = "SHA512",
    }
}

/// The six to eight digits that were typed, without the space that apps show between them.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(Zeroizing<String>);

impl VerificationCode {
    /// The digits, as an app shows them.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.0
    }
}

impl FromStr for VerificationCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = Zeroizing::new(digits);
        let fits = (6..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(digits)).ok_or(NotACode)
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(..)")
    }
}

/// A text that isn't a verification code. It isn't quoted: it may be half of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a verification code is the 6 digits that the app shows")]
pub struct NotACode;

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It's right, and its step may be accepted.
    Right {
        /// The step.
        step: u64,
    },
    /// It was right, but that step or a later one was accepted before.
    Replayed,
    /// It isn't a code of these minutes.
    Wrong,
    /// A step was accepted that hasn't come yet: this server's clock has gone back. Nobody's code can be
    /// judged, and nobody is to be locked for it.
    ClockWentBack,
}

/// The secret that the holder's app has, with its parameters.
pub struct Authenticator(Totp);

impl Authenticator {
    /// A fresh one that every app takes: SHA-1, six digits, thirty seconds.
    pub fn draw(rng: &mut dyn CryptoRng) -> Self {
        let mut secret = Zeroizing::new([0; SECRET]);
        rng.fill_bytes(secret.as_mut());
        Self::build(secret.as_ref(), Algorithm::Sha1, 6, 30)
    }

    /// One with these parameters; nothing where no app could have them.
    #[must_use]
    pub fn new(secret: &[u8], algorithm: Algorithm, digits: i64, period: i64) -> Option<Self> {
        let digits = u8::try_from(digits).ok().filter(|d| (6..=8).contains(d))?;
        let period = u64::try_from(period)
            .ok()
            .filter(|p| (15..=120).contains(p))?;
        (!secret.is_empty()).then(|| Self::build(secret, algorithm, digits, period))
    }

    fn build(secret: &[u8], algorithm: Algorithm, digits: u8, period: u64) -> Self {
        let algorithm = match algorithm {
            Algorithm::Sha1 => totp_rs::Algorithm::SHA1,
            Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
            Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
        };
        let totp = Builder::new()
            .with_secret(Secret::new(secret.into()))
            .with_algorithm(algorithm)
            .with_digits(digits)
            .with_step_duration(period)
            .with_skew(0)
            .build_noncompliant();
        Self(totp)
    }

    /// The secret, to be sealed.
    #[must_use]
    pub fn secret(&self) -> &[u8] {
        self.0.secret().as_bytes()
    }

    /// The hash under its codes.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self.0.algorithm() {
            totp_rs::Algorithm::SHA256 => Algorithm::Sha256,
            totp_rs::Algorithm::SHA512 => Algorithm::Sha512,
            _ => Algorithm::Sha1,
        }
    }

    /// Digits of a code.
    #[must_use]
    pub const fn digits(&self) -> u8 {
        self.0.digits()
    }

    /// Whether every app knows its parameters: SHA-1, six digits, thirty seconds.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        self.algorithm() == Algorithm::Sha1 && self.digits() == 6 && self.period() == 30
    }

    /// Whether it makes its codes in the same way.
    #[must_use]
    pub fn has_the_parameters_of(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.algorithm(), one.digits(), one.period());
        of(self) == of(other)
    }

    /// Seconds of a step.
    #[must_use]
    pub const fn period(&self) -> u64 {
        self.0.step()
    }

    /// The step of an instant.
    #[must_use]
    pub fn step_at(&self, at: Timestamp) -> u64 {
        u64::try_from(at.as_seconds()).unwrap_or(0) / self.period()
    }

    /// What an app shows during `step`.
    #[must_use]
    pub fn code(&self, step: u64) -> VerificationCode {
        let shown = self.0.generate(step.saturating_mul(self.period()));
        VerificationCode(Zeroizing::new(shown.to_string()))
    }

    /// Whether `code` is the one of `step`. Compares in constant time.
    #[must_use]
    pub fn is_of(&self, code: &VerificationCode, step: u64) -> bool {
        let at = step.saturating_mul(self.period());
        self.0.check(&code.0, at).is_some()
    }

    /// The steps whose code is accepted at `now`, before it's asked what was accepted already.
    #[must_use]
    pub fn window(&self, now: Timestamp) -> RangeInclusive<u64> {
        let step = self.step_at(now);
        step.saturating_sub(TOLERANCE)..=step.saturating_add(TOLERANCE)
    }

    /// Judges `code` at `now`, when `last` is the last accepted step. Looks at every step of the window,
    /// whatever it finds.
    #[must_use]
    pub fn judge(&self, code: &VerificationCode, last: Option<u64>, now: Timestamp) -> Verdict {
        let mut verdict = Verdict::Wrong;
        let window = self.window(now);
        if last.is_some_and(|last| last > *window.end()) {
            return Verdict::ClockWentBack;
        }
        for step in window.rev() {
            if !self.is_of(code, step) {
                continue;
            }
            if last.is_none_or(|last| step > last) {
                verdict = Verdict::Right { step };
            } else if verdict == Verdict::Wrong {
                verdict = Verdict::Replayed;
            }
        }
        verdict
    }

    /// The `otpauth` URI that a QR code carries. Neither part may hold a colon.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> Option<Zeroizing<String>> {
        let totp = Builder::new()
            .with_secret(self.0.secret().clone())
            .with_algorithm(self.0.algorithm())
            .with_digits(self.0.digits())
            .with_step_duration(self.period())
            .with_issuer(Some(issuer))
            .with_account_name(account)
            .build()
            .ok()?;
        totp.to_url().ok().map(Zeroizing::new)
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authenticator(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SEED: &[u8; 64] = b"1234567890123456789012345678901234567890123456789012345678901234";

    fn with(algorithm: Algorithm, length: usize, digits: i64) -> Authenticator {
        Authenticator::new(&SEED[..length], algorithm, digits, 30).unwrap()
    }

    #[test]
    fn rfc_6238_appendix_b() {
        let at = [
            59,
            1_111_111_109,
            1_111_111_111,
            1_234_567_890,
            2_000_000_000,
            20_000_000_000,
        ];
        let vectors = [
            (
                Algorithm::Sha1,
                20,
                [
                    "94287082", "07081804", "14050471", "89005924", "69279037", "65353130",
                ],
            ),
            (
                Algorithm::Sha256,
                32,
                [
                    "46119246", "68084774", "67062674", "91819424", "90698825", "77737706",
                ],
            ),
            (
                Algorithm::Sha512,
                64,
                [
                    "90693936", "25091201", "99943326", "93441116", "38618901", "47863826",
                ],
            ),
        ];
        for (algorithm, length, codes) in vectors {
            let authenticator = with(algorithm, length, 8);
            for (seconds, code) in at.into_iter().zip(codes) {
                let now = Timestamp::from_seconds(seconds);
                let step = authenticator.step_at(now);
                assert_eq!(
                    authenticator.code(step).0.as_str(),
                    code,
                    "{algorithm} {seconds}"
                );
                let code = code.parse().unwrap();
                assert_eq!(
                    authenticator.judge(&code, None, now),
                    Verdict::Right { step }
                );
            }
        }
    }

    #[test]
    fn rfc_4226_appendix_d() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        let authenticator = with(Algorithm::Sha1, 20, 6);
        for (step, code) in (0..).zip(codes) {
            assert_eq!(authenticator.code(step).0.as_str(), code);
            assert!(authenticator.is_of(&code.parse().unwrap(), step));
        }
    }

    #[test]
    fn the_uri_is_what_apps_read() {
        let uri = with(Algorithm::Sha1, 20, 6)
            .uri("Onderwijs Transparant", "j.jansen@x")
            .unwrap();
        assert_eq!(
            uri.as_str(),
            "otpauth://totp/Onderwijs%20Transparant:j.jansen%40x\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Onderwijs%20Transparant"
        );
        assert!(with(Algorithm::Sha1, 20, 6).uri("a:b", "x").is_none());
    }

    #[test]
    fn what_is_typed_is_read_and_never_quoted() {
        assert_eq!(
            " 123 456 ".parse::<VerificationCode>().unwrap().0.as_str(),
            "123456"
        );
        for text in ["", "12345", "123456789", "12345a", "+12345", "１２３４５６"] {
            assert_eq!(
                text.parse::<VerificationCode>(),
                Err(NotACode),
                "{text:?} was taken"
            );
        }
        let code = "123456".parse::<VerificationCode>().unwrap();
        assert_eq!(format!("{code:?}"), "VerificationCode(..)");
        assert_eq!(
            format!("{:?}", with(Algorithm::Sha1, 20, 6)),
            "Authenticator(..)"
        );
    }

    proptest! {
        #[test]
        fn a_code_is_right_within_one_step_and_only_once(
            seconds in 120_i64..40_000_000_000, drift in -5_i64..=5, last in proptest::option::of(-5_i64..=5)
        ) {
            let authenticator = with(Algorithm::Sha1, 20, 8);
            let now = Timestamp::from_seconds(seconds);
            let step = |offset: i64| authenticator.step_at(now).saturating_add_signed(offset);
            let code = authenticator.code(step(drift));
            let verdict = authenticator.judge(&code, last.map(step), now);
            let expected = if last.is_some_and(|last| last > 1) {
                Verdict::ClockWentBack
            } else if drift.abs() > 1 {
                Verdict::Wrong
            } else if last.is_some_and(|last| drift <= last) {
                Verdict::Replayed
            } else {
                Verdict::Right { step: step(drift) }
            };
            prop_assert_eq!(verdict, expected);
        }

        #[test]
        fn no_clock_makes_it_panic(micros in any::<i64>(), last in any::<Option<u64>>()) {
            let authenticator = with(Algorithm::Sha1, 20, 6);
            let _ = authenticator.judge(&"000000".parse().unwrap(), last, Timestamp::from_micros(micros));
        }
    }
}
