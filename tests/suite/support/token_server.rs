//! A token server on loopback (RFC 6749 §3.2), which says what the test wants it to.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::{Value, json};

use super::tls::made_for;

/// The path, the form that was sent, and how many came before: status and body.
type Script = Arc<dyn Fn(&str, &str, usize) -> (u16, String) + Send + Sync>;

pub(crate) struct TokenServer {
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

/// An answer with a token.
pub(crate) fn gives(token: &str, lasts: u32, more: &Value) -> (u16, String) {
    let mut answer = json!({ "token_type": "Bearer", "access_token": token, "expires_in": lasts });
    for (key, value) in more.as_object().into_iter().flatten() {
        answer[key] = value.clone();
    }
    (200, answer.to_string())
}

/// An answer without.
pub(crate) fn refuses(error: &str, description: &str) -> (u16, String) {
    let answer = json!({ "error": error, "error_description": description });
    (400, answer.to_string())
}

impl TokenServer {
    pub(crate) fn start(
        script: impl Fn(&str, &str, usize) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        Self::begin("127.0.0.1:0", None, script)
    }

    /// On a port of the test's choosing.
    pub(crate) fn listen(
        at: &str,
        script: impl Fn(&str, &str, usize) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        Self::begin(at, None, script)
    }

    /// Over TLS, for `localhost`; adds its certificate to a file.
    pub(crate) fn over_tls(
        trusted: &Path,
        script: impl Fn(&str, &str, usize) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        Self::begin("127.0.0.1:0", Some(trusted), script)
    }

    fn begin(
        at: &str,
        trusted: Option<&Path>,
        script: impl Fn(&str, &str, usize) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(at).unwrap();
        let port = listener.local_addr().unwrap().port();
        let tls = trusted.map(tls);
        let script: Script = Arc::new(script);
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up ends its own conversation.
                let _ = match &tls {
                    None => serve(stream, &script, &kept),
                    Some(config) => ServerConnection::new(Arc::clone(config))
                        .map_err(std::io::Error::other)
                        .and_then(|tls| serve(StreamOwned::new(tls, stream), &script, &kept)),
                };
            }
        });
        Self { port, asked }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/token", self.port)
    }

    /// Every form that was sent.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn tls(trusted: &Path) -> Arc<ServerConfig> {
    let (config, certificate) = made_for(&["localhost"]);
    let before = std::fs::read_to_string(trusted).unwrap_or_default();
    std::fs::write(trusted, before + &certificate).unwrap();
    config
}

fn serve(
    stream: impl Read + Write,
    script: &Script,
    asked: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut line, mut path, mut length) = (String::new(), String::new(), 0);
    while stream.read_line(&mut line)? > 2 {
        if let Some(rest) = line.strip_prefix("POST ") {
            rest.split(' ')
                .next()
                .unwrap_or_default()
                .clone_into(&mut path);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut form = vec![0; length];
    stream.read_exact(&mut form)?;
    let form = String::from_utf8_lossy(&form).into_owned();
    let before = {
        let mut asked = asked.lock().unwrap();
        asked.push(form.clone());
        asked.len() - 1
    };
    let (status, body) = script(&path, &form, before);
    let head = format!("HTTP/1.1 {status} x\r\nContent-Type: application/json; charset=utf-8\r\n");
    // Both ways in which an answer says where it ends.
    let (head, body) = if before.is_multiple_of(2) {
        (
            format!("{head}Content-Length: {}\r\n\r\n", body.len()),
            body,
        )
    } else {
        let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
        (format!("{head}Transfer-Encoding: chunked\r\n\r\n"), chunked)
    };
    stream
        .get_mut()
        .write_all(format!("{head}{body}").as_bytes())?;
    stream.get_mut().flush()
}
