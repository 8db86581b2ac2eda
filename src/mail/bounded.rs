//! A stream from which only so much is read: a server that never comes to an end takes no memory. Nor
//! does one that announces more than it may send: the parser makes room for a literal (RFC 3501 §4.3) as
//! soon as it's announced.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The stream, and how many bytes it may still give.
#[derive(Debug)]
pub(super) struct Bounded<S> {
    inner: S,
    left: u64,
    at: Place,
}

/// Where in an answer the next byte is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Line,
    /// Behind `{` and digits, then `}`, then a carriage return: of this number.
    Number(u64),
    Closed(u64),
    Return(u64),
    /// In a literal of which so many bytes are to come.
    Literal(u64),
}

impl<S> Bounded<S> {
    pub(super) fn new(inner: S, left: u64) -> Self {
        Self {
            inner,
            left,
            at: Place::Line,
        }
    }

    /// From now on gives so many bytes.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.left = bytes;
    }

    /// Goes over what was read; whether all that it announces may still come.
    fn follow(&mut self, mut read: &[u8]) -> bool {
        while let Some((byte, rest)) = read.split_first() {
            self.at = match (self.at, *byte) {
                (Place::Literal(length), _) => {
                    let here = usize::try_from(length).unwrap_or(usize::MAX);
                    let here = here.min(read.len());
                    let length = length - here as u64;
                    read = &read[here..];
                    self.at = if length == 0 {
                        Place::Line
                    } else {
                        Place::Literal(length)
                    };
                    continue;
                }
                (_, b'{') => Place::Number(0),
                (Place::Number(number), digit @ b'0'..=b'9') => {
                    let digit = u64::from(digit - b'0');
                    Place::Number(number.saturating_mul(10).saturating_add(digit))
                }
                (Place::Number(number), b'}') => Place::Closed(number),
                (Place::Closed(number), b'\r') => Place::Return(number),
                (Place::Return(number), b'\n') if number > self.left + rest.len() as u64 => {
                    return false;
                }
                (Place::Return(number), b'\n') if number > 0 => Place::Literal(number),
                _ => Place::Line,
            };
            read = rest;
        }
        true
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.left == 0 {
            return Poll::Ready(Err(too_much()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buffer))?;
        let read = &buffer.filled()[before..];
        // One read may go beyond it, by the reader's own buffer at most.
        self.left = self.left.saturating_sub(read.len() as u64);
        Poll::Ready(if self.follow(read) {
            Ok(())
        } else {
            Err(too_much())
        })
    }
}

fn too_much() -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes_through(parts: &[&str], left: u64) -> bool {
        let mut bounded = Bounded::new((), left);
        parts.iter().all(|part| bounded.follow(part.as_bytes()))
    }

    #[test]
    fn a_literal_that_is_too_long_is_refused_when_it_is_announced() {
        assert!(goes_through(&["* 1 FETCH (BODY[] {5}\r\nabcde)\r\n"], 100));
        assert!(!goes_through(&["* 1 FETCH (BODY[] {500}\r\n"], 100));
        assert!(!goes_through(&["BODY[] {5", "00}\r", "\n"], 100));
        assert!(!goes_through(&["{99999999999999999999999999}\r\n"], 100));
    }

    #[test]
    fn what_a_mail_says_of_literals_is_no_literal() {
        let mail = "text {900000000}\r\n";
        let whole = format!("BODY[] {{{}}}\r\n{mail})\r\n", mail.len());
        for at in 0..whole.len() {
            let (head, tail) = whole.split_at(at);
            assert!(goes_through(&[head, tail], 100), "{at}");
        }
        assert!(goes_through(
            &["* OK {900000000} of them\r\n", "{}\r\n{0}\r\nx"],
            100
        ));
    }
}
