//! A line typed at a terminal that doesn't show it. Ctrl-C breaks off at once, as at every other question: it
//! is read as a key here, since whoever watches for the signal can't look up before the line has ended.

use crate::cli::language::said;
use std::io;
use std::io::Write as _;
use std::os::fd::{AsFd as _, BorrowedFd};

use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use zeroize::Zeroizing;

/// Longest line that is read, in bytes.
const LONGEST: usize = 4_096;

/// Keys, as a terminal sends them.
const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const CTRL_U: u8 = 0x15;
const CTRL_W: u8 = 0x17;
const BACKSPACE: u8 = 0x08;
const DELETE: u8 = 0x7f;

/// Asks, and reads the answer without showing it. Broken off, it's [`io::ErrorKind::Interrupted`].
pub(in crate::cli) fn ask(question: &str) -> io::Result<Zeroizing<String>> {
    let mut screen = io::stderr().lock();
    write!(screen, "{question}: ")?;
    screen.flush()?;
    let stdin = io::stdin();
    let line = {
        let _silent = Silent::begin(stdin.as_fd())?;
        read_line(|byte| Ok(rustix::io::read(&stdin, byte)?))
    };
    writeln!(
        screen,
        "{}",
        if line.is_ok() {
            said!("[hidden]")
        } else {
            String::new()
        }
    )?;
    let line = line?;
    let text = std::str::from_utf8(&line);
    text.map(|text| Zeroizing::new(text.to_owned()))
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, said!("it isn't UTF-8")))
}

/// A terminal that shows nothing and makes no signals, until this is dropped.
struct Silent<'t> {
    terminal: BorrowedFd<'t>,
    before: Termios,
}

impl<'t> Silent<'t> {
    fn begin(terminal: BorrowedFd<'t>) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut silent = before.clone();
        silent.local_modes.remove(
            LocalModes::ECHO
                | LocalModes::ECHONL
                | LocalModes::ICANON
                | LocalModes::ISIG
                | LocalModes::IEXTEN,
        );
        silent.input_modes.insert(InputModes::ICRNL);
        silent.special_codes[SpecialCodeIndex::VMIN] = 1;
        silent.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(terminal, OptionalActions::Drain, &silent)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Silent<'_> {
    fn drop(&mut self) {
        // There is nobody to tell when the terminal has gone.
        let _ = tcsetattr(self.terminal, OptionalActions::Drain, &self.before);
    }
}

/// The bytes up to Enter, with what was rubbed out gone.
fn read_line(
    mut read: impl FnMut(&mut [u8; 1]) -> io::Result<usize>,
) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0]);
    loop {
        match read(&mut byte) {
            Ok(0) => return Err(io::ErrorKind::Interrupted.into()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        match byte[0] {
            b'\n' | b'\r' => return Ok(line),
            CTRL_C => return Err(io::ErrorKind::Interrupted.into()),
            CTRL_D if line.is_empty() => return Err(io::ErrorKind::Interrupted.into()),
            BACKSPACE | DELETE => rub_out(&mut line),
            CTRL_U | CTRL_W => line.clear(),
            0..=0x1f => {}
            _ if line.len() == LONGEST => {}
            other => line.push(other),
        }
    }
}

/// Takes the last letter away, all of its bytes.
fn rub_out(line: &mut Vec<u8>) {
    while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[u8]) -> Result<String, io::ErrorKind> {
        let mut keys = keys.iter();
        let line = read_line(|byte| {
            Ok(keys.next().map_or(0, |key| {
                byte[0] = *key;
                1
            }))
        });
        line.map(|line| String::from_utf8(line.to_vec()).unwrap())
            .map_err(|error| error.kind())
    }

    #[test]
    fn keys_do_what_they_do_at_every_question() {
        assert_eq!(typed(b"geheim\n"), Ok("geheim".into()));
        assert_eq!(typed("geë\x7fheim\r".as_bytes()), Ok("geheim".into()));
        assert_eq!(typed(b"\x7f\x7fab\x15geheim\n"), Ok("geheim".into()));
        for broken_off in [&b"\x03"[..], b"gehei\x03m\n", b"\x04", b"geheim"] {
            assert_eq!(typed(broken_off), Err(io::ErrorKind::Interrupted));
        }
        let long = [vec![b'a'; LONGEST + 9], b"\n".to_vec()].concat();
        assert_eq!(typed(&long).unwrap().len(), LONGEST);
    }
}
