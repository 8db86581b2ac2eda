//! The consent of a mailbox's user, given on any other device (RFC 8628): they open an address there, and type a code.

use std::time::Duration;

use oauth2::{DeviceAuthorizationUrl, StandardDeviceAuthorizationResponse};
use tokio::time::{sleep, timeout};

use super::error::TokenError;
use super::grant::{Given, Grant, given, refused};
use super::http::exchange;
use super::refusal::Refusal;

/// How long somebody may take, whatever the server says.
const PATIENCE: Duration = Duration::from_mins(15);
/// How often the server is asked at the most, whatever it says.
const INTERVAL: Duration = Duration::from_secs(1);
/// More than an address or a code has, in characters.
const LONGEST: usize = 200;

/// What the mailbox's user is asked to do.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Which address to open.
    pub url: String,
    /// What to type there.
    pub code: String,
    /// How many minutes there are for it.
    pub minutes: u64,
}

/// Has the user consent; gives the token that comes of it.
pub(super) async fn consent(
    grant: &Grant,
    show: &mut dyn FnMut(&Consent),
) -> Result<Given, TokenError> {
    let url = DeviceAuthorizationUrl::new(grant.device_url()?);
    let url = url.map_err(|_| TokenError::BadUrl)?;
    let client = grant.client()?.set_device_authorization_url(url);
    let request = client.exchange_device_code().add_scopes(grant.scopes());
    let asked = request.request_async(&exchange).await;
    let asked: StandardDeviceAuthorizationResponse = asked.map_err(refused)?;
    let (url, code) = (
        asked.verification_uri().as_str(),
        asked.user_code().secret(),
    );
    let fits = |text: &str| {
        text.len() <= LONGEST
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() || byte == b' ')
    };
    if !fits(url) || !fits(code) {
        return Err(TokenError::NotAnAnswer);
    }
    let lasts = asked.expires_in().min(PATIENCE);
    show(&Consent {
        url: url.to_owned(),
        code: code.clone(),
        minutes: lasts.as_secs().div_ceil(60),
    });
    let wait = |interval: Duration| sleep(interval.max(INTERVAL));
    let request = client.exchange_device_access_token(&asked);
    let asking = request.request_async(&exchange, wait, Some(lasts));
    let answer = timeout(lasts, asking)
        .await
        .map_err(|_| TokenError::Refused {
            refusal: Refusal::GrantEnded,
            code: "expired_token".into(),
        })?;
    given(&answer.map_err(refused)?)
}
