//! `[desk] only` in root's config: whoever runs balie on that machine gets that desk and nothing else (rule 17). The config has
//! its one fixed place; each test lays its own there in a mount namespace of its own, as root may.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::staff::feed;
use crate::support::{Desk, Engine, Ran};

/// The desk's account: nobody, whose home the system knows and that isn't there.
const DESK: u32 = 65_534;

/// A machine that serves one desk: its `/etc/balie`, and a folder for files.
struct Machine {
    desk: Desk,
    etc: PathBuf,
    files: PathBuf,
}

fn give(path: &Path, account: u32) {
    chown(path, Some(account), Some(account)).expect("the suite runs as root");
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path(), account);
        }
    }
}

impl Machine {
    fn new() -> Self {
        let desk = Desk::new(Engine::Sqlite);
        desk.import_small_directory().json();
        desk.close();
        desk.hire("olga", "auditor", &[]);
        let (etc, files) = (desk.path("etc"), desk.path("files"));
        fs::create_dir(&files).unwrap();
        give(&desk.path(""), DESK);
        fs::create_dir(&etc).unwrap();
        let machine = Self { desk, etc, files };
        let keys = machine.desk.path(".config/balie/keys.toml");
        machine.write(&format!(
            "[database]\nurl = '{}'\n[keys]\nfile = '{}'\n[desk]\nonly = true\nfiles = '{}'\n",
            machine.desk.url,
            keys.display(),
            machine.files.display()
        ));
        machine
    }

    fn write(&self, text: &str) {
        fs::write(self.etc.join("balie.toml"), text).unwrap();
    }

    /// `balie` as the desk's account, called by `sudo` for somebody, with this environment.
    fn command(&self, env: &[(&str, &str)], args: &[&str]) -> Command {
        let mut command = Command::new("unshare");
        let line = format!(
            "mkdir -p /etc/balie && mount --bind {} /etc/balie && exec setpriv --reuid {DESK} --regid {DESK} --clear-groups \"$@\"",
            self.etc.display()
        );
        command.args([
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-c",
            &line,
            "sh",
        ]);
        command
            .arg(env!("CARGO_BIN_EXE_balie"))
            .args(["--format", "json"])
            .args(args);
        command
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("SUDO_UID", "23459")
            .envs(env.iter().copied());
        command
    }

    fn run(&self, env: &[(&str, &str)], args: &[&str]) -> Ran {
        let output = self
            .command(env, args)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran::new(&output)
    }
}

fn code(ran: &Ran) -> (i32, String) {
    let (exit, code, _) = ran.error();
    (exit, code)
}

#[test]
fn nothing_that_a_caller_brings_along_leads_to_another_desk_or_file() {
    let machine = Machine::new();
    let no = (4, "not_here".to_owned());
    let elsewhere = Desk::new(Engine::Sqlite);
    let other = elsewhere.path("").display().to_string();
    give(&elsewhere.path(""), DESK);
    // A home of the caller's is passed over: it's root's desk that answers.
    let shown = machine.run(
        &[
            ("HOME", &other),
            ("XDG_CONFIG_HOME", &other),
            ("XDG_RUNTIME_DIR", &other),
        ],
        &["whoami"],
    );
    assert_eq!(code(&shown).1, "not_logged_in");
    let config = elsewhere
        .path(".config/balie/config.toml")
        .display()
        .to_string();
    for args in [
        &["--config", &config, "whoami"][..],
        &["--database", &elsewhere.url, "whoami"],
        &["demo"],
        &["--config", &config, "init"],
    ] {
        assert_eq!(code(&machine.run(&[], args)), no, "{args:?}");
    }
    for (name, value) in [
        ("BALIE_CONFIG", config.as_str()),
        ("BALIE_DATABASE", &elsewhere.url),
        ("BALIE_DATABASE_URL", &elsewhere.url),
        ("BALIE_KEYS_FILE", &other),
        ("BALIE_KEYS_COMMAND", "id"),
        ("BALIE_DNS_SERVER", "127.0.0.1:5399"),
        ("BALIE_POLICY_MAX_AGE_HOURS", "1"),
        ("BALIE_TOKEN_FILE", &config),
        ("PGHOST", "127.0.0.1"),
        ("PGSSLMODE", "disable"),
        ("SSL_CERT_FILE", "/dev/null"),
        ("RES_OPTIONS", "ndots:9"),
        ("LOCALDOMAIN", "evil.example"),
        ("HOSTALIASES", "/tmp/hosts"),
    ] {
        assert_eq!(
            code(&machine.run(&[(name, value)], &["whoami"])),
            no,
            "{name}"
        );
    }
    let keys = machine
        .desk
        .path(".config/balie/keys.toml")
        .display()
        .to_string();
    let files = machine.files.display().to_string();
    symlink(&keys, machine.files.join("link")).unwrap();
    symlink("/nowhere/at/all", machine.files.join("dangling")).unwrap();
    let (link, dangling) = (format!("{files}/link"), format!("{files}/dangling"));
    let (out, up) = (
        machine.desk.path("new").display().to_string(),
        format!("{files}/../new"),
    );
    for path in [&keys, &link, &dangling, &out, &up, "../new", "/dev/zero"] {
        for args in [
            &["request", "receive", path][..],
            &["mailbox", "fetch", "--mbox", path],
            &["audit", "enrollments", "--html", path],
            &["bulk", "plan", "reset", path, "--request", "R-00000"],
            &["directory", "import", path],
            &["man", path],
            &["portal", "login", "j.jansen", "--password-file", path],
            &["settings", "import", path],
        ] {
            assert_eq!(code(&machine.run(&[], args)), no, "{args:?}");
        }
    }
    // What isn't refused by where it lies comes as far as the door.
    for path in ["-", "list.csv", &format!("{files}/list.csv")] {
        let ran = machine.run(
            &[],
            &["bulk", "plan", "reset", path, "--request", "R-00000"],
        );
        assert_eq!(code(&ran).1, "not_logged_in", "{path}");
    }
    assert!(!Path::new(&out).exists() && machine.desk.path("other").metadata().is_err());
}

#[test]
fn callers_who_share_an_account_share_no_session() {
    let machine = Machine::new();
    // The account's home is the system's word, whatever HOME says.
    let login = machine.run(&[("HOME", "/tmp")], &["login", "olga", "--password-stdin"]);
    assert_ne!(login.exit, 0);
    assert!(!Path::new("/tmp/.local/state/balie").exists());
    let mut piped = machine.command(&[("BALIE_TOKEN_FILE", "-")], &["audit", "log"]);
    piped.stdout(Stdio::piped());
    let told = feed(piped, "balie_token_nothing\n");
    assert_eq!(
        code(&told).1,
        "invalid_input",
        "a token from standard input is read"
    );
}

#[test]
fn without_it_doctor_fails_where_balie_runs_for_others() {
    let machine = Machine::new();
    let url = machine.desk.url.clone();
    machine.write(&format!("[database]\nurl = '{url}'\n"));
    let session = machine.desk.path("run-fatima").display().to_string();
    let ran = machine.run(
        &[("XDG_RUNTIME_DIR", &session), ("HOME", "/nowhere")],
        &["doctor"],
    );
    assert_ne!(ran.exit, 0);
    assert!(
        ran.stdout.contains("[desk] only = true") && ran.stdout.contains("\"only\""),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    // A file that isn't root's alone isn't root's word.
    let config = machine.etc.join("balie.toml");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(
        code(&machine.run(&[], &["whoami"])),
        (2, "invalid_input".into())
    );
    // And nobody else says it.
    let own = Desk::new(Engine::Sqlite);
    own.configure("[desk]\nonly = false\n");
    assert_eq!(code(&own.run_json(["whoami"])), (2, "invalid_input".into()));
    let variable = own
        .command()
        .env("BALIE_DESK_ONLY", "false")
        .args(["--format", "json", "whoami"])
        .output()
        .unwrap();
    assert_eq!(code(&Ran::new(&variable)), (2, "invalid_input".into()));
}
