//! How a token server is asked for a token (RFC 6749, 8628).

use std::time::Duration;

use oauth2::basic::{BasicClient, BasicTokenResponse};
use oauth2::{
    AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, ErrorResponseType, RefreshToken,
    RequestTokenError, Scope, StandardErrorResponse, TokenResponse as _, TokenUrl,
};
use secrecy::{ExposeSecret as _, SecretString};

use super::error::TokenError;
use super::http::{NoAnswer, exchange, is_url};
use super::refusal;

/// The longest that a token is taken to last, whatever its server says.
const LONGEST: Duration = Duration::from_hours(24);
/// How long it's taken to last where its server doesn't say.
const UNTOLD: Duration = Duration::from_mins(10);

/// What a token is asked for with.
#[derive(Clone)]
pub struct Grant {
    /// Where to ask.
    pub token_url: String,
    /// Where the user's consent is asked for; nothing where that follows from `token_url`.
    pub device_url: Option<String>,
    /// As which application.
    pub client_id: String,
    /// With which password of the application; a public one has none.
    pub client_secret: Option<SecretString>,
    /// For what.
    pub scope: Option<String>,
    /// By what right.
    pub flow: Flow,
}

/// By what right an application asks.
#[derive(Clone)]
pub enum Flow {
    /// Its own (RFC 6749 §4.4).
    ClientCredentials,
    /// That of the person from whose consent this came (RFC 6749 §6).
    RefreshToken(SecretString),
    /// That of the person who consented on another device (RFC 8628); what came of it is kept with the token.
    DeviceCode,
}

/// What a token server gave.
pub(super) struct Given {
    pub(super) token: SecretString,
    pub(super) lasts: Duration,
    /// What the next one is got by, where the server changes it.
    pub(super) refresh_token: Option<SecretString>,
}

type AppClient =
    BasicClient<EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

impl Grant {
    /// Whether a token can be asked for there.
    pub fn check_url(url: &str) -> Result<(), TokenError> {
        is_url(url).then_some(()).ok_or(TokenError::BadUrl)
    }

    /// The server as a client of it sees it.
    pub(super) fn client(&self) -> Result<AppClient, TokenError> {
        Self::check_url(&self.token_url)?;
        let url = TokenUrl::new(self.token_url.clone()).map_err(|_| TokenError::BadUrl)?;
        let client = BasicClient::new(ClientId::new(self.client_id.clone()))
            // What Microsoft and Google document, and everybody takes.
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(url);
        Ok(match &self.client_secret {
            Some(secret) => {
                client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()))
            }
            None => client,
        })
    }

    /// Where the user's consent is asked for. Microsoft's address follows from the one for tokens.
    pub(super) fn device_url(&self) -> Result<String, TokenError> {
        let microsofts = || {
            let before = self.token_url.strip_suffix("/oauth2/v2.0/token")?;
            Some(format!("{before}/oauth2/v2.0/devicecode"))
        };
        let url = self.device_url.clone().or_else(microsofts);
        url.filter(|url| is_url(url)).ok_or(TokenError::NoDeviceUrl)
    }

    pub(super) fn scopes(&self) -> Vec<Scope> {
        let scopes = self.scope.as_deref().unwrap_or_default().split(' ');
        let scopes = scopes.filter(|scope| !scope.is_empty());
        scopes.map(|scope| Scope::new(scope.to_owned())).collect()
    }

    /// Asks for a token, by `refresh_token` where the application asks for somebody.
    pub(super) async fn ask(&self, refresh_token: Option<&str>) -> Result<Given, TokenError> {
        let client = self.client()?;
        let answer = match refresh_token {
            None => {
                let request = client
                    .exchange_client_credentials()
                    .add_scopes(self.scopes());
                request.request_async(&exchange).await
            }
            Some(token) => {
                let token = RefreshToken::new(token.to_owned());
                let request = client
                    .exchange_refresh_token(&token)
                    .add_scopes(self.scopes());
                request.request_async(&exchange).await
            }
        };
        given(&answer.map_err(refused)?)
    }
}

/// What an answer gives, where that is a token.
pub(super) fn given(answer: &BasicTokenResponse) -> Result<Given, TokenError> {
    let refresh_token = answer.refresh_token();
    let refresh_token = refresh_token.map(|token| token.secret().as_str());
    let all = [Some(answer.access_token().secret().as_str()), refresh_token];
    if !all.into_iter().flatten().all(is_token) {
        return Err(TokenError::NotAnAnswer);
    }
    Ok(Given {
        token: SecretString::from(answer.access_token().secret().as_str()),
        lasts: answer.expires_in().unwrap_or(UNTOLD).min(LONGEST),
        refresh_token: refresh_token.map(SecretString::from),
    })
}

/// What RFC 6750 §2.1 lets a token be made of, and whatever else is visible: nobody slips in a line or a field.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Why there's none. What the server said otherwise may hold a token, and isn't looked at any more.
pub(super) fn refused<T>(error: RequestTokenError<NoAnswer, StandardErrorResponse<T>>) -> TokenError
where
    T: ErrorResponseType + std::fmt::Display + 'static,
{
    match error {
        RequestTokenError::ServerResponse(answer) if refusal::is_for_now(&answer) => {
            TokenError::Unreachable("it says that it can't answer now".into())
        }
        RequestTokenError::ServerResponse(answer) => {
            let (refusal, code) = refusal::of(&answer);
            TokenError::Refused { refusal, code }
        }
        RequestTokenError::Request(NoAnswer(why)) => TokenError::Unreachable(why),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => TokenError::NotAnAnswer,
    }
}
