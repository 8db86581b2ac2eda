//! Logging in to an SMTP server by a token (RFC 4954), which lettre does without the challenge that says why one isn't
//! accepted.

use data_encoding::BASE64;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::oauth::{Exchange, Mechanism};
use super::smtp_error::{SmtpError, unreachable};

/// The longest command (RFC 4954 §4): with more, the token is given once the server asks for it.
const LONGEST_COMMAND: usize = 512;
/// How many challenges are answered.
const CHALLENGES: usize = 3;

/// Shows the token by the first mechanism that the server offers.
pub(super) async fn log_in(
    connection: &mut AsyncSmtpConnection,
    hello: &ClientId,
    place: (&str, u16),
    user: &str,
    token: &SecretString,
) -> Result<(), SmtpError> {
    let offered = connection.command(format!("EHLO {hello}\r\n")).await;
    let offered = offered.map_err(|error| unreachable(&error))?;
    let offers = |mechanism: &Mechanism| {
        offered.message().any(|line| {
            let mut words = line.split([' ', '=']);
            let is_list = words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case("AUTH"));
            is_list && words.any(|word| word.eq_ignore_ascii_case(mechanism.name()))
        })
    };
    let mechanism = Mechanism::ALL.into_iter().find(offers);
    let mechanism = mechanism.ok_or(SmtpError::NoOauth)?;
    let mut exchange = Exchange::new(mechanism, place, user, token);
    let error = match show(connection, &mut exchange).await {
        Ok(true) => return Ok(()),
        Ok(false) => {
            return Err(SmtpError::Unwilling(
                "it doesn't answer to the token".into(),
            ));
        }
        Err(error) => error,
    };
    let said = exchange.said(&error.to_string());
    Err(match error.status().map(u16::from) {
        // It says of itself that it passes.
        Some(400..=499) => SmtpError::Unreachable(said),
        Some(_) => SmtpError::TokenRefused {
            user: user.to_owned(),
            said,
        },
        None => unreachable(&error),
    })
}

/// Whether it ends with the server's welcome.
async fn show(
    connection: &mut AsyncSmtpConnection,
    exchange: &mut Exchange<'_>,
) -> Result<bool, Error> {
    let name = exchange.mechanism.name();
    let response = Zeroizing::new(BASE64.encode(&exchange.response()));
    let at_once = Zeroizing::new(format!("AUTH {name} {}\r\n", *response));
    let mut answer = if at_once.len() <= LONGEST_COMMAND {
        connection.command(at_once.as_str()).await?
    } else {
        let asked = connection.command(format!("AUTH {name}\r\n")).await?;
        if !asked.has_code(334) {
            return Ok(false);
        }
        let response = Zeroizing::new(format!("{}\r\n", *response));
        connection.command(response.as_str()).await?
    };
    for _ in 0..CHALLENGES {
        if !answer.has_code(334) {
            break;
        }
        let challenge = answer.first_word().unwrap_or_default();
        let challenge = BASE64.decode(challenge.as_bytes()).unwrap_or_default();
        let end = BASE64.encode(exchange.answer(&challenge));
        answer = connection.command(format!("{end}\r\n")).await?;
    }
    Ok(answer.has_code(235))
}
