//! An SMTP server that speaks TLS only, with a certificate of its own.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::tls::made_for;

type Mails = Arc<Mutex<Vec<String>>>;

pub(crate) struct TlsSmtpServer {
    pub(crate) port: u16,
    mails: Mails,
}

impl TlsSmtpServer {
    /// Starts one for `localhost`, and writes its certificate to `certificate`. With `starttls` the
    /// conversation begins in the clear.
    pub(crate) fn start(certificate: &Path, starttls: bool) -> Self {
        let (config, trusted) = made_for(&["localhost"]);
        std::fs::write(certificate, trusted).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails = Mails::default();
        let kept = Arc::clone(&mails);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, kept) = (Arc::clone(&config), Arc::clone(&kept));
                thread::spawn(move || serve(stream, config, starttls, &kept));
            }
        });
        Self { port, mails }
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

/// A client that hangs up, or doesn't trust the certificate, ends its own conversation.
fn serve(
    mut plain: TcpStream,
    config: Arc<ServerConfig>,
    starttls: bool,
    mails: &Mails,
) -> std::io::Result<()> {
    if starttls {
        plain.write_all(b"220 sink\r\n")?;
        let mut byte = [0];
        let mut line = Vec::new();
        loop {
            plain.read_exact(&mut byte)?;
            line.push(byte[0]);
            if !line.ends_with(b"\r\n") {
                continue;
            }
            if line.starts_with(b"STARTTLS") {
                plain.write_all(b"220 go on\r\n")?;
                break;
            }
            let answer: &[u8] = if line.starts_with(b"EHLO") {
                b"250-sink\r\n250 STARTTLS\r\n"
            } else {
                b"530 TLS first\r\n"
            };
            plain.write_all(answer)?;
            line.clear();
        }
    }
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(connection, plain));
    if !starttls {
        stream.get_mut().write_all(b"220 sink\r\n")?;
    }
    let mut line = String::new();
    while stream.read_line(&mut line)? > 0 {
        let answer = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250 sink",
            "DATA" => {
                stream.get_mut().write_all(b"354 go on\r\n")?;
                let mut mail = String::new();
                while !mail.ends_with("\r\n.\r\n") {
                    stream.read_line(&mut mail)?;
                }
                mails.lock().unwrap().push(mail);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        stream
            .get_mut()
            .write_all(format!("{answer}\r\n").as_bytes())?;
        line.clear();
    }
    Ok(())
}
