//! An SMTP server on loopback that keeps what it's given (RFC 5321), or refuses everything.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The server.
pub(crate) struct SmtpServer {
    pub(crate) url: String,
    mails: Arc<Mutex<Vec<String>>>,
}

impl SmtpServer {
    pub(crate) fn start(refuses: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp+plain://{}", listener.local_addr().unwrap());
        let mails = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&mails);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || serve(stream.unwrap(), refuses, &kept));
            }
        });
        Self { url, mails }
    }

    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, refuses: bool, mails: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    stream.write_all(b"220 sink\r\n").unwrap();
    while let Some(Ok(line)) = lines.next() {
        let answer = match line.get(..4).unwrap_or_default() {
            "EHLO" => "250 sink",
            "MAIL" if refuses => "451 not now",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                let mail = lines
                    .by_ref()
                    .map(Result::unwrap)
                    .take_while(|line| line != ".");
                mails
                    .lock()
                    .unwrap()
                    .push(mail.collect::<Vec<_>>().join("\n"));
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        if stream
            .write_all(format!("{answer}\r\n").as_bytes())
            .is_err()
        {
            return;
        }
    }
}
