//! Why a token server says no. Its words aren't passed on: they may repeat what it was sent.

use oauth2::{ErrorResponseType, StandardErrorResponse};

/// More than any error code has, in characters.
const LONGEST: usize = 40;

/// What has to be mended before there's a token again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The client secret has ended.
    SecretExpired,
    /// The client secret is another one.
    SecretWrong,
    /// There's no such application, or not in this tenant.
    UnknownClient,
    /// Nobody allowed the application what it asks for.
    ConsentMissing,
    /// The consent, or the refresh token that came of it, has ended or was taken back.
    GrantEnded,
    /// What is asked for doesn't exist.
    UnknownScope,
    /// Something else.
    Other,
}

/// Microsoft's numbers, which tell apart what RFC 6749 has one word for.
const NUMBERS: &[(&str, Refusal)] = &[
    ("AADSTS7000222", Refusal::SecretExpired),
    ("AADSTS7000215", Refusal::SecretWrong),
    ("AADSTS700016", Refusal::UnknownClient),
    ("AADSTS90002", Refusal::UnknownClient),
    ("AADSTS7000112", Refusal::UnknownClient),
    ("AADSTS65001", Refusal::ConsentMissing),
    ("AADSTS65004", Refusal::ConsentMissing),
    ("AADSTS90094", Refusal::ConsentMissing),
    ("AADSTS700082", Refusal::GrantEnded),
    ("AADSTS700084", Refusal::GrantEnded),
    ("AADSTS70008", Refusal::GrantEnded),
    ("AADSTS50173", Refusal::GrantEnded),
    ("AADSTS70011", Refusal::UnknownScope),
    ("AADSTS1002012", Refusal::UnknownScope),
];

/// The words of RFC 6749 §5.2, of RFC 8628 and of providers.
const WORDS: &[(&str, Refusal)] = &[
    ("invalid_client", Refusal::SecretWrong),
    ("deleted_client", Refusal::UnknownClient),
    ("disabled_client", Refusal::UnknownClient),
    ("unauthorized_client", Refusal::ConsentMissing),
    ("access_denied", Refusal::ConsentMissing),
    ("authorization_declined", Refusal::ConsentMissing),
    ("consent_required", Refusal::ConsentMissing),
    ("interaction_required", Refusal::GrantEnded),
    ("admin_policy_enforced", Refusal::ConsentMissing),
    ("invalid_grant", Refusal::GrantEnded),
    ("expired_token", Refusal::GrantEnded),
    ("invalid_scope", Refusal::UnknownScope),
];

/// What the answer comes to, and the code by which its provider's documentation has it.
pub(super) fn of<T: ErrorResponseType + std::fmt::Display>(
    answer: &StandardErrorResponse<T>,
) -> (Refusal, String) {
    let word = answer.error().to_string();
    let number = answer.error_description().and_then(|text| number(text));
    let found = number.as_deref().and_then(|number| {
        let of_number = NUMBERS.iter().find(|(known, _)| *known == number);
        of_number.map(|(_, refusal)| *refusal)
    });
    let of_word = || {
        let of_word = WORDS.iter().find(|(known, _)| *known == word);
        of_word.map_or(Refusal::Other, |(_, refusal)| *refusal)
    };
    let refusal = found.unwrap_or_else(of_word);
    let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
    let code = number.or_else(|| {
        let fits = word.len() <= LONGEST && word.chars().all(is_word);
        fits.then_some(word)
    });
    (refusal, code.unwrap_or_else(|| "no reason".into()))
}

/// Microsoft's number, which its words begin with.
fn number(text: &str) -> Option<String> {
    let rest = text.get(text.find("AADSTS")?..)?;
    let digits = rest["AADSTS".len()..].chars();
    let digits: String = digits.take_while(char::is_ascii_digit).take(10).collect();
    (!digits.is_empty()).then(|| format!("AADSTS{digits}"))
}

/// Whether it says of itself that it passes.
pub(super) fn is_for_now<T: ErrorResponseType + std::fmt::Display>(
    answer: &StandardErrorResponse<T>,
) -> bool {
    let word = answer.error().to_string();
    ["temporarily_unavailable", "server_error", "slow_down"].contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use oauth2::basic::BasicErrorResponse;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_to_be_mended_is_told_and_no_word_of_the_servers() {
        for (error, description, refusal, code) in [
            (
                "invalid_client",
                "AADSTS7000222: The provided client secret keys for app 'GEHEIM' are expired.",
                Refusal::SecretExpired,
                "AADSTS7000222",
            ),
            (
                "invalid_client",
                "AADSTS7000215: Invalid client secret",
                Refusal::SecretWrong,
                "AADSTS7000215",
            ),
            (
                "invalid_client",
                "GEHEIM",
                Refusal::SecretWrong,
                "invalid_client",
            ),
            (
                "unauthorized_client",
                "AADSTS700016: GEHEIM",
                Refusal::UnknownClient,
                "AADSTS700016",
            ),
            (
                "invalid_grant",
                "AADSTS65001: GEHEIM",
                Refusal::ConsentMissing,
                "AADSTS65001",
            ),
            (
                "invalid_grant",
                "Token has been expired or revoked.",
                Refusal::GrantEnded,
                "invalid_grant",
            ),
            (
                "invalid_grant",
                "AADSTS999: new",
                Refusal::GrantEnded,
                "AADSTS999",
            ),
            ("invalid_scope", "", Refusal::UnknownScope, "invalid_scope"),
            ("GEHEIM", "GEHEIM", Refusal::Other, "no reason"),
        ] {
            let answer = json!({ "error": error, "error_description": description });
            let answer: BasicErrorResponse = serde_json::from_value(answer).unwrap();
            assert_eq!(
                of(&answer),
                (refusal, code.to_owned()),
                "{error} {description}"
            );
        }
    }
}
