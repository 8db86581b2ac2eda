//! An SMTP server that keeps what it is given (RFC 5321), or puts everything off.

use std::io;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

type Mails = Arc<Mutex<Vec<String>>>;

/// The server. It listens until the process ends.
#[derive(Debug)]
pub struct SmtpSink {
    /// `smtp+plain://ADDRESS:PORT`.
    pub url: String,
    mails: Mails,
}

impl SmtpSink {
    /// Starts one on a free port; one that `refuses` answers 451 to every mail.
    pub fn start(refuses: bool) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("smtp+plain://{}", listener.local_addr()?);
        let mails = Mails::default();
        let kept = Arc::clone(&mails);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                // A client that hangs up ends its own conversation.
                thread::spawn(move || serve(stream, refuses, &kept));
            }
        });
        Ok(Self { url, mails })
    }

    /// What came in so far.
    #[must_use]
    pub fn mails(&self) -> Vec<String> {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.clone()
    }
}

fn serve(mut stream: TcpStream, refuses: bool, mails: &Mails) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    stream.write_all(b"220 sink\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let answer = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250 sink",
            "MAIL" if refuses => "451 not now",
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mail: Vec<_> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .collect();
                let mut mails = mails.lock().unwrap_or_else(PoisonError::into_inner);
                mails.push(mail.join("\n"));
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}
