//! What lies between lettre and an SMTP server. lettre reads a line to its end, however far that is, and
//! gives up on what isn't UTF-8: here a line has a most, a reply has, and what isn't ASCII becomes `?`.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// The longest line of a reply; RFC 5321 §4.5.3.1.5 has 512 bytes.
const LINE: usize = 4096;
/// The most lines of a reply.
const LINES: usize = 200;

/// A connection, encrypted or not.
#[derive(Debug)]
pub(super) enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// A connection whose lines come to an end.
#[derive(Debug)]
pub(super) struct Lines {
    wire: Wire,
    /// What is read before anything of the server.
    first: &'static [u8],
    /// How long the line is that is being read, and how many came before it since something was said.
    length: usize,
    before: usize,
}

impl Lines {
    pub(super) fn new(wire: Wire) -> Self {
        Self {
            wire,
            first: b"",
            length: 0,
            before: 0,
        }
    }

    /// A connection on which the server greeted before it was encrypted, and doesn't again.
    pub(super) fn greeted(wire: Wire) -> Self {
        Self {
            first: b"220 \r\n",
            ..Self::new(wire)
        }
    }
}

impl AsyncRead for Lines {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.first.is_empty() {
            let length = self.first.len().min(buffer.remaining());
            let (now, later) = self.first.split_at(length);
            buffer.put_slice(now);
            self.first = later;
            return Poll::Ready(Ok(()));
        }
        if self.length > LINE || self.before > LINES {
            return Poll::Ready(Err(endless()));
        }
        let before = buffer.filled().len();
        ready!(match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_read(cx, buffer),
            Wire::Tls(stream) => Pin::new(stream).poll_read(cx, buffer),
        })?;
        for byte in &mut buffer.filled_mut()[before..] {
            let is_end = *byte == b'\n';
            self.length = if is_end { 0 } else { self.length + 1 };
            self.before += usize::from(is_end);
            if !byte.is_ascii() {
                *byte = b'?';
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Lines {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.before = 0;
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Wire::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Wire::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Wire::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

impl AsyncTokioStream for Lines {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        match &self.wire {
            Wire::Plain(stream) => stream.peer_addr(),
            Wire::Tls(stream) => stream.get_ref().0.peer_addr(),
        }
    }
}

/// Why the server doesn't go over to TLS.
pub(super) enum NoTls {
    Broken(io::Error),
    /// What it says.
    Says(String),
}

impl From<io::Error> for NoTls {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

/// Asks a server to go over to TLS (RFC 3207). Nothing of what it says before is used after.
pub(super) async fn ask_for_tls(stream: &mut TcpStream, hello: &str) -> Result<(), NoTls> {
    expect(stream, "220").await?;
    stream
        .write_all(format!("EHLO {hello}\r\n").as_bytes())
        .await?;
    let can = expect(stream, "250").await?;
    let can = can.iter().any(|line| line.eq_ignore_ascii_case("STARTTLS"));
    if !can {
        return Err(NoTls::Says("it doesn't offer STARTTLS".into()));
    }
    stream.write_all(b"STARTTLS\r\n").await?;
    expect(stream, "220").await?;
    Ok(())
}

/// The lines of a reply, without their code, where it's the one expected. Byte by byte: what comes behind
/// it isn't the reply's.
async fn expect(stream: &mut TcpStream, code: &str) -> Result<Vec<String>, NoTls> {
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        while !line.ends_with(b"\n") {
            if line.len() > LINE {
                return Err(endless().into());
            }
            line.push(stream.read_u8().await?);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        let is_last = line.as_bytes().get(3) != Some(&b'-');
        if !line.starts_with(code) {
            return Err(NoTls::Says(line.to_owned()));
        }
        lines.push(line.get(4..).unwrap_or_default().to_owned());
        if is_last {
            return Ok(lines);
        }
        if lines.len() > LINES {
            return Err(endless().into());
        }
    }
}

fn endless() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "its reply doesn't come to an end",
    )
}
