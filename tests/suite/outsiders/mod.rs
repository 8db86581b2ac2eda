//! Programs that others wrote: what oathtool, pyotp, argon2-cffi and a QR reader make of our work, and
//! a portal that has no code of ours.

mod agreement;
mod known_answers;
pub(crate) mod qr;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// Runs a script of tests/portal to its end, in the Python that tests/portal/setup has set up.
pub(crate) fn python(script: &str, args: &[&str], input: &[u8]) -> String {
    let mut child = start(script, args);
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "Python failed");
    String::from_utf8(output.stdout).unwrap()
}

/// A script that answers line by line.
struct PythonServer {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl PythonServer {
    fn start(script: &str, args: &[&str]) -> Self {
        let mut child = start(script, args);
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.child.stdin.as_mut().unwrap(), "{question}").unwrap();
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).expect("Python answers")
    }
}

impl Drop for PythonServer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn start(script: &str, args: &[&str]) -> Child {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/portal");
    Command::new(interpreter())
        .arg(folder.join(script))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python is needed and never skipped: run the tests with `tests/run`")
}

pub(crate) fn interpreter() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
    std::env::var_os("BALIE_TEST_PYTHON").map_or_else(
        || home().join(".cache/balie-tests/bin/python"),
        PathBuf::from,
    )
}
