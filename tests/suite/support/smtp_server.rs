//! An SMTP server on loopback that takes what it's given but where the test says otherwise.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server says to a line.
pub(crate) enum Says {
    /// These bytes, lines and their ends.
    Bytes(Vec<u8>),
    /// This, without end.
    Endless(&'static str),
    /// Nothing at all.
    Nothing,
    /// Nothing, and it's gone.
    HangsUp,
}

impl From<&str> for Says {
    fn from(text: &str) -> Self {
        Self::Bytes(format!("{text}\r\n").into_bytes())
    }
}

/// What was said to the server (nothing yet, a command, or `.` for a whole mail), and how often before.
type Script = Arc<dyn Fn(&str, usize) -> Option<Says> + Send + Sync>;

pub(crate) struct SmtpServer {
    pub(crate) url: String,
    heard: Arc<Mutex<Vec<String>>>,
    mails: Arc<Mutex<Vec<String>>>,
}

impl SmtpServer {
    pub(crate) fn start(
        script: impl Fn(&str, usize) -> Option<Says> + Send + Sync + 'static,
    ) -> Self {
        Self::listen("127.0.0.1:0", script)
    }

    pub(crate) fn listen(
        at: &str,
        script: impl Fn(&str, usize) -> Option<Says> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(at).unwrap();
        let url = format!("smtp+plain://{}", listener.local_addr().unwrap());
        let (heard, mails) = (
            Arc::<Mutex<Vec<_>>>::default(),
            Arc::<Mutex<Vec<_>>>::default(),
        );
        let (all_heard, all_mails) = (Arc::clone(&heard), Arc::clone(&mails));
        let script: Script = Arc::new(script);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let script = Arc::clone(&script);
                let (heard, mails) = (Arc::clone(&all_heard), Arc::clone(&all_mails));
                // A client that hangs up ends its own conversation.
                thread::spawn(move || serve(stream, &script, &heard, &mails));
            }
        });
        Self { url, heard, mails }
    }

    /// Every command that came in.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Every mail that was taken.
    pub(crate) fn mails(&self) -> Vec<String> {
        self.mails.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    script: &Script,
    heard: &Mutex<Vec<String>>,
    mails: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut say = |line: &str, usual: &str| {
        let before = {
            let mut heard = heard.lock().unwrap();
            let before = heard.iter().filter(|one| *one == line).count();
            heard.push(line.to_owned());
            before
        };
        match script(line, before).unwrap_or_else(|| usual.into()) {
            Says::Bytes(bytes) => stream.write_all(&bytes).map(|()| bytes),
            Says::Endless(part) => {
                let part = part.repeat(8_192);
                loop {
                    stream.write_all(part.as_bytes())?;
                }
            }
            Says::HangsUp => Err(std::io::ErrorKind::ConnectionAborted.into()),
            Says::Nothing => {
                thread::sleep(Duration::from_mins(10));
                Ok(Vec::new())
            }
        }
    };
    say("", "220 sink")?;
    while let Some(line) = lines.next().transpose()? {
        match line.get(..4).unwrap_or_default() {
            "EHLO" => say(&line, "250-sink\r\n250 AUTH PLAIN")?,
            "AUTH" => say(&line, "235 welcome")?,
            "QUIT" => say(&line, "221 bye")?,
            "DATA" => {
                say(&line, "354 go on")?;
                let mail = lines.by_ref().map_while(Result::ok);
                let mail: Vec<_> = mail.take_while(|line| line != ".").collect();
                let said = say(".", "250 taken")?;
                if said.starts_with(b"250") {
                    mails.lock().unwrap().push(mail.join("\n"));
                }
                said
            }
            _ => say(&line, "250 fine")?,
        };
    }
    Ok(())
}
