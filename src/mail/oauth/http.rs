//! What goes to a token server and back: one request a connection (RFC 9112), over TLS but on loopback, with an end in
//! time and in bytes. No redirect is followed: the request has a secret in it.

use std::time::Duration;

use oauth2::http::{HeaderName, HeaderValue, Response, Uri};
use oauth2::{HttpRequest, HttpResponse};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;
use zeroize::Zeroizing;

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
    let exchanging = timeout(PATIENCE, over_the_wire(&request));
    let response = exchanging.await.map_err(|_| late())??;
    match response.status().as_u16() {
        status @ (300..=399 | 408 | 429 | 500..=599) => {
            Err(NoAnswer(format!("it answers with status {status}")))
        }
        _ => Ok(response),
    }
}

async fn over_the_wire(request: &HttpRequest) -> Result<HttpResponse, NoAnswer> {
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
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    request: &HttpRequest,
) -> Result<HttpResponse, NoAnswer> {
    let text = Zeroizing::new(written(request));
    let broken = |error: std::io::Error| NoAnswer(error.to_string());
    stream.write_all(&text).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    // All of it at once: a buffer that grows leaves copies of the token behind.
    let mut answer = Zeroizing::new(Vec::with_capacity(MOST + 1));
    loop {
        match stream.read_buf(&mut *answer).await {
            Ok(0) => break,
            Ok(_) if answer.len() > MOST => return Err(NoAnswer::new("its answer has no end")),
            Ok(_) if is_whole(&answer) => break,
            Ok(_) => {}
            // Some hang up without a goodbye; what came is looked at all the same.
            Err(_) if !answer.is_empty() => break,
            Err(error) => return Err(broken(error)),
        }
    }
    read(&answer).ok_or_else(|| NoAnswer::new("what it answers isn't HTTP, or breaks off"))
}

fn written(request: &HttpRequest) -> Vec<u8> {
    let uri = request.uri();
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let mut text = format!(
        "{} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n",
        request.method(),
        request.body().len()
    )
    .into_bytes();
    for (name, value) in request.headers() {
        text.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    text.extend(b"\r\n");
    text.extend(request.body());
    text
}

/// What comes before the empty line, and what behind it.
fn halves(answer: &[u8]) -> Option<(&str, &[u8])> {
    let end = memchr::memmem::find(answer, b"\r\n\r\n")?;
    Some((
        std::str::from_utf8(&answer[..end]).ok()?,
        &answer[end + 4..],
    ))
}

/// The value of a field.
fn field<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    let mut found = fields.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim())
}

fn is_chunked(head: &str) -> bool {
    field(head, "transfer-encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"))
}

/// Whether it's known to be at its end; else the server ends it by hanging up.
fn is_whole(answer: &[u8]) -> bool {
    let Some((head, body)) = halves(answer) else {
        return false;
    };
    if is_chunked(head) {
        return unchunked(body).is_some();
    }
    let length = field(head, "content-length").and_then(|length| length.parse().ok());
    length.is_some_and(|length: usize| body.len() >= length)
}

/// The chunks put together (RFC 9112 §7.1); nothing where the last one isn't there yet.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(body);
        }
        let chunk = rest.get(..size)?;
        body.extend(chunk);
        rest = rest[size..].strip_prefix(b"\r\n")?;
    }
}

/// Status, fields and body; nothing where it isn't HTTP, or not all of it.
fn read(answer: &[u8]) -> Option<HttpResponse> {
    let (head, body) = halves(answer)?;
    let (version, rest) = head.lines().next()?.split_once(' ')?;
    if !version.starts_with("HTTP/1.") {
        return None;
    }
    let status: u16 = rest.get(..3)?.parse().ok()?;
    let body = if is_chunked(head) {
        unchunked(body)?
    } else {
        match field(head, "content-length") {
            Some(length) => body.get(..length.parse().ok()?)?.to_vec(),
            None => body.to_vec(),
        }
    };
    let mut response = Response::new(body);
    *response.status_mut() = status.try_into().ok()?;
    for line in head.lines().skip(1).take(FIELDS) {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        let value = HeaderValue::from_str(value.trim()).ok()?;
        response.headers_mut().append(name, value);
    }
    Some(response)
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn an_answer_is_read_whole_or_not_at_all() {
        let body = |answer: &str| {
            let answer = answer.replace('\n', "\r\n");
            read(answer.as_bytes()).map(|found| String::from_utf8(found.into_body()).unwrap())
        };
        let ok = "HTTP/1.1 200 OK\nContent-Type: application/json\n";
        for (answer, expected) in [
            (format!("{ok}Content-Length: 2\n\n{{}}"), Some("{}")),
            (format!("{ok}Content-Length: 2\n\n{{}}more"), Some("{}")),
            (format!("{ok}\n{{}}"), Some("{}")),
            (
                format!("{ok}Transfer-Encoding: chunked\n\n1;x=y\n{{\n1\n}}\n0\n\n"),
                Some("{}"),
            ),
            (format!("{ok}Content-Length: 3\n\n{{}}"), None),
            (format!("{ok}Transfer-Encoding: chunked\n\n5\n{{}}"), None),
            (format!("{ok}Content-Length: -1\n\n{{}}"), None),
            (format!("{ok}no field\n\n{{}}"), None),
            ("SSH-2.0-x\n\n".to_owned(), None),
            ("HTTP/1.1 2 OK\n\n".to_owned(), None),
        ] {
            assert_eq!(body(&answer).as_deref(), expected, "{answer}");
        }
        assert!(!is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{"));
        assert!(is_whole(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        assert!(
            !is_whole(b"HTTP/1.1 200 OK\r\n\r\n{}"),
            "it ends by hanging up"
        );
    }
}
