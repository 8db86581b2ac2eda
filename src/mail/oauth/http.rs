//! What goes to a token server and back: one request a connection, over TLS but on loopback, with an end in time and in
//! bytes. No redirect is followed and no proxy asked: the request has a secret in it. HTTP itself is `hyper`'s.

use std::convert::Infallible;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use oauth2::http::header::{CONNECTION, HOST};
use oauth2::http::{HeaderValue, Request, Response, Uri};
use oauth2::{HttpRequest, HttpResponse};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use crate::mail::dial::{dial, encrypt};

/// How long a token server may take for everything.
const PATIENCE: Duration = Duration::from_secs(20);
/// The most of an answer, in bytes.
const MOST: usize = 256 * 1024;
/// The most fields of an answer.
const FIELDS: usize = 100;

/// Why there's no answer, in words that follow "the token server can't be reached".
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NoAnswer(pub(super) String);

impl NoAnswer {
    fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

/// Whether a request may go there: `https://`, or `http://` on loopback, and no user in it.
pub(super) fn is_url(text: &str) -> bool {
    text.parse().is_ok_and(|uri: Uri| place(&uri).is_some())
}

/// Host, port, and whether TLS is spoken.
fn place(uri: &Uri) -> Option<(&str, u16, bool)> {
    let authority = uri.authority()?;
    if authority.as_str().contains('@') {
        return None;
    }
    let host = authority.host();
    let host = host.strip_prefix('[').unwrap_or(host);
    let host = host.strip_suffix(']').unwrap_or(host);
    let is_loopback = ["127.0.0.1", "localhost", "::1"].contains(&host);
    let (usual, is_tls) = match uri.scheme_str()? {
        "https" => (443, true),
        "http" if is_loopback => (80, false),
        _ => return None,
    };
    Some((host, authority.port_u16().unwrap_or(usual), is_tls))
}

/// Sends the request; gives the answer of a server that answers for itself. One that is overloaded or broken, or that
/// leads elsewhere, gives none.
pub(super) async fn exchange(request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let late = || NoAnswer(format!("no answer within {} s", PATIENCE.as_secs()));
    let exchanging = timeout(PATIENCE, over_the_wire(request));
    let response = exchanging.await.map_err(|_| late())??;
    match response.status().as_u16() {
        status @ (300..=399 | 408 | 429 | 500..=599) => {
            Err(NoAnswer(format!("it answers with status {status}")))
        }
        _ => Ok(response),
    }
}

async fn over_the_wire(request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let (host, port, is_tls) =
        place(request.uri()).ok_or_else(|| NoAnswer::new("it has no address"))?;
    let broken = |error: std::io::Error| NoAnswer(error.to_string());
    let stream = dial(host, port).await.map_err(broken)?;
    if is_tls {
        let stream = encrypt(stream, host).await.map_err(broken)?;
        speak(stream, request).await
    } else {
        speak(stream, request).await
    }
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: HttpRequest,
) -> Result<HttpResponse, NoAnswer> {
    let request = addressed(request).ok_or_else(|| NoAnswer::new("it has no address"))?;
    let mut talk = http1::Builder::new();
    talk.max_headers(FIELDS);
    let (mut sender, connection) = talk
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| broken_off(&error))?;
    let answering = async {
        let response = sender.send_request(request).await;
        let (head, body) = response.map_err(|error| broken_off(&error))?.into_parts();
        let body = Limited::new(body, MOST).collect().await;
        let body = body.map_err(|error| cut_off(error.as_ref()))?;
        Ok(Response::from_parts(head, body.to_bytes().to_vec()))
    };
    // What goes wrong with the connection is told to whoever waits for the answer.
    let driving = async {
        let _ = connection.await;
        std::future::pending::<Infallible>().await
    };
    tokio::select! {
        answer = answering => answer,
        never = driving => match never {},
    }
}

/// The request as it's sent to the server itself: the path, and the host beside it.
fn addressed(request: HttpRequest) -> Option<Request<Full<hyper::body::Bytes>>> {
    let (mut head, body) = request.into_parts();
    let host = HeaderValue::from_str(head.uri.authority()?.as_str()).ok()?;
    head.headers.insert(HOST, host);
    head.headers
        .insert(CONNECTION, HeaderValue::from_static("close"));
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    head.uri = path.parse().ok()?;
    Some(Request::from_parts(head, Full::from(body)))
}

const NOT_HTTP: &str = "what it answers isn't HTTP, or breaks off";

fn broken_off(error: &hyper::Error) -> NoAnswer {
    if error.is_parse() || error.is_incomplete_message() {
        NoAnswer::new(NOT_HTTP)
    } else {
        NoAnswer(error.to_string())
    }
}

/// Why there's the beginning of an answer and no more.
fn cut_off(error: &(dyn std::error::Error + Send + Sync + 'static)) -> NoAnswer {
    NoAnswer::new(if error.is::<LengthLimitError>() {
        "its answer has no end"
    } else {
        NOT_HTTP
    })
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[test]
    fn a_request_goes_over_tls_or_stays_on_this_machine() {
        for url in [
            "https://login.microsoftonline.com/x/oauth2/v2.0/token",
            "https://id.school.nl:8443/token?x=1",
            "http://127.0.0.1:9/token",
            "http://localhost/token",
            "http://[::1]:9/token",
        ] {
            assert!(is_url(url), "{url}");
        }
        for url in [
            "",
            "login.microsoftonline.com",
            "http://login.microsoftonline.com/token",
            "http://localhost.evil.nl/token",
            "https://desk:geheim@id.school.nl/token",
            "ftp://id.school.nl",
            "https:///token",
        ] {
            assert!(!is_url(url), "{url}");
        }
    }

    /// What a server is taken to say that answers so, and then hangs up.
    fn answered(answer: &str) -> Result<String, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (ours, mut theirs) = tokio::io::duplex(1024 * 1024);
            let answer = answer.to_owned();
            let server = async move {
                let mut asked = [0; 1024];
                let read = theirs.read(&mut asked).await.unwrap();
                theirs.write_all(answer.as_bytes()).await.unwrap();
                String::from_utf8(asked[..read].to_vec()).unwrap()
            };
            let request = Request::post("https://id.school.nl:8443/token?x=1")
                .body(b"grant_type=x".to_vec())
                .unwrap();
            let (answer, asked) = tokio::join!(speak(ours, request), server);
            assert!(asked.starts_with("POST /token?x=1 HTTP/1.1\r\n"), "{asked}");
            let asked = asked.to_lowercase();
            for field in [
                "host: id.school.nl:8443",
                "connection: close",
                "content-length: 12",
            ] {
                assert!(asked.contains(&format!("{field}\r\n")), "{asked}");
            }
            answer
                .map(|found| String::from_utf8(found.into_body()).unwrap())
                .map_err(|error| error.to_string())
        })
    }

    #[test]
    fn an_answer_is_read_whole_or_not_at_all() {
        let ok = "HTTP/1.1 200 OK\nContent-Type: application/json\n";
        let not_http = Err(NOT_HTTP);
        for (answer, expected) in [
            (format!("{ok}Content-Length: 2\n\n{{}}"), Ok("{}")),
            (format!("{ok}Content-Length: 2\n\n{{}}more"), Ok("{}")),
            (format!("{ok}\n{{}}"), Ok("{}")),
            (
                format!("{ok}Transfer-Encoding: chunked\n\n1;x=y\n{{\n1\n}}\n0\n\n"),
                Ok("{}"),
            ),
            (format!("{ok}Content-Length: 3\n\n{{}}"), not_http),
            (
                format!("{ok}Transfer-Encoding: chunked\n\n5\n{{}}"),
                not_http,
            ),
            (format!("{ok}Content-Length: -1\n\n{{}}"), not_http),
            (format!("{ok}no field\n\n{{}}"), not_http),
            (format!("{ok}{}\n{{}}", "X: y\n".repeat(FIELDS)), not_http),
            ("SSH-2.0-x\n\n".to_owned(), not_http),
            ("HTTP/1.1 2 OK\n\n".to_owned(), not_http),
            (
                format!("{ok}\n{}", "x".repeat(MOST + 1)),
                Err("its answer has no end"),
            ),
        ] {
            let found = answered(&answer.replace('\n', "\r\n"));
            let found = found.as_deref().map_err(String::as_str);
            assert_eq!(found, expected, "{answer:.200}");
        }
    }
}
