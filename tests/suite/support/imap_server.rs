//! An IMAP server over TLS that keeps to the protocol but where the test says otherwise.

use std::io::{BufRead as _, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::tls::made_for;

/// What the server says to a command.
pub(crate) enum Says {
    /// This; `TAG` is the command's tag.
    Lines(String),
    /// This, without end.
    Endless(&'static str),
    /// Nothing at all.
    Nothing,
}

impl From<&str> for Says {
    fn from(lines: &str) -> Self {
        Self::Lines(lines.to_owned())
    }
}

/// A command, without its tag (`+ …` for what answers a challenge), and how often it came before.
type Script = Arc<dyn Fn(&str, usize) -> Option<Says> + Send + Sync>;

pub(crate) struct ImapServer {
    pub(crate) port: u16,
    certificate: PathBuf,
    /// Every command that came in, without its tag.
    commands: Arc<Mutex<Vec<String>>>,
}

impl ImapServer {
    /// Starts one with these mails, under the numbers 1, 2, …; `script` answers what it wants to.
    pub(crate) fn start(
        folder: &Path,
        mails: &[String],
        script: impl Fn(&str, usize) -> Option<Says> + Send + Sync + 'static,
    ) -> Self {
        Self::listen(
            TcpListener::bind("127.0.0.1:0").unwrap(),
            folder,
            mails,
            script,
        )
    }

    pub(crate) fn listen(
        listener: TcpListener,
        folder: &Path,
        mails: &[String],
        script: impl Fn(&str, usize) -> Option<Says> + Send + Sync + 'static,
    ) -> Self {
        let (config, trusted) = made_for(&["localhost", "127.0.0.1", "::1"]);
        let port = listener.local_addr().unwrap().port();
        let certificate = folder.join(format!("imap-{port}.pem"));
        std::fs::write(&certificate, trusted).unwrap();
        let (mails, script): (Arc<[String]>, Script) = (mails.into(), Arc::new(script));
        let commands = Arc::<Mutex<Vec<String>>>::default();
        let kept = Arc::clone(&commands);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (config, mails) = (Arc::clone(&config), Arc::clone(&mails));
                let (script, kept) = (Arc::clone(&script), Arc::clone(&kept));
                // A client that hangs up ends its own conversation.
                thread::spawn(move || serve(stream, config, &mails, &script, &kept));
            }
        });
        Self {
            port,
            certificate,
            commands,
        }
    }

    /// The file with the certificate that its clients have to trust.
    pub(crate) fn trusted(&self) -> &Path {
        &self.certificate
    }

    pub(crate) fn commands(&self) -> Vec<String> {
        self.commands.lock().unwrap().clone()
    }
}

fn serve(
    plain: TcpStream,
    config: Arc<ServerConfig>,
    mails: &[String],
    script: &Script,
    kept: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(connection, plain));
    if !give(
        stream.get_mut(),
        script("", 0).unwrap_or("* OK hello\r\n".into()),
        "*",
    )? {
        return Ok(());
    }
    let (mut line, mut last) = (String::new(), String::new());
    while stream.read_line(&mut line)? > 0 {
        // What answers a challenge has no tag: it's of the command before, and told as `+ …`.
        let answer = format!("+ {}", line.trim_end());
        let (tag, command) = match line.trim_end().split_once(' ') {
            Some(tagged) => tagged,
            None => (last.as_str(), answer.as_str()),
        };
        let before = {
            let mut kept = kept.lock().unwrap();
            let before = kept.iter().filter(|one| *one == command).count();
            kept.push(command.to_owned());
            before
        };
        let says = script(command, before).unwrap_or_else(|| sound(command, mails));
        if !give(stream.get_mut(), says, tag)? {
            return Ok(());
        }
        last = tag.to_owned();
        line.clear();
    }
    Ok(())
}

fn give(stream: &mut impl Write, says: Says, tag: &str) -> std::io::Result<bool> {
    match says {
        Says::Lines(lines) => {
            stream.write_all(lines.replace("TAG", tag).as_bytes())?;
            Ok(true)
        }
        Says::Endless(part) => {
            let part = part.repeat(1 + 8_192 / part.len());
            loop {
                stream.write_all(part.as_bytes())?;
            }
        }
        Says::Nothing => {
            thread::sleep(std::time::Duration::from_mins(10));
            Ok(false)
        }
    }
}

/// What a server says that does as it's told.
fn sound(command: &str, mails: &[String]) -> Says {
    let verb = command.split(' ').next().unwrap_or_default();
    let next = mails.len() + 1;
    let wants_text = command.contains("BODY.PEEK[]");
    Says::Lines(match verb {
        "CAPABILITY" => "* CAPABILITY IMAP4rev1 MOVE\r\nTAG OK\r\n".into(),
        "SELECT" | "EXAMINE" => format!(
            "* {} EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT {next}] next\r\nTAG OK open\r\n",
            mails.len()
        ),
        "FETCH" if mails.is_empty() => "TAG BAD no such message\r\n".into(),
        "FETCH" => "* 1 FETCH (UID 1)\r\nTAG OK\r\n".into(),
        "UID" if command.starts_with("UID FETCH") => {
            let set = command.split(' ').nth(2).unwrap_or_default();
            let wanted = wanted(set, mails.len());
            let fetched = wanted.into_iter().map(|uid| {
                let mail = &mails[uid - 1];
                if wants_text {
                    format!(
                        "* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n{mail})\r\n",
                        mail.len()
                    )
                } else {
                    let date = "21-Sep-2026 16:13:20 +0200";
                    format!(
                        "* {uid} FETCH (UID {uid} RFC822.SIZE {} INTERNALDATE \"{date}\")\r\n",
                        mail.len()
                    )
                }
            });
            format!("{}TAG OK fetched\r\n", fetched.collect::<String>())
        }
        _ => "TAG OK\r\n".into(),
    })
}

fn wanted(set: &str, last: usize) -> Vec<usize> {
    let number = |text: &str| match text {
        "*" => last,
        _ => text.parse().unwrap_or(0),
    };
    let ranges = set.split(',').map(|part| match part.split_once(':') {
        // `9:*` is `*:9`.
        Some((from, "*")) => number(from).min(last)..=last,
        Some((from, to)) => number(from)..=number(to).min(last),
        None => number(part)..=number(part),
    });
    ranges
        .flatten()
        .filter(|uid| (1..=last).contains(uid))
        .collect()
}
