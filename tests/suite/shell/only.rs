//! `[desk] only` in root's config: whoever runs balie on that machine gets that desk and nothing else (rule 17). The config has
//! its one fixed place; each test lays its own there in a mount namespace of its own, as root may, and has the system say
//! that the desk's account is at home there.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::staff::{PASSWORD, code_of, feed};
use crate::support::{Desk, Engine, Ran};

/// The desk's account: nobody.
const DESK: u32 = 65_534;

/// A machine that serves one desk: its `/etc/balie`, and a folder for files.
struct Machine {
    desk: Desk,
    etc: PathBuf,
    files: PathBuf,
    /// The URI of olga's app.
    app: String,
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
        let app = desk.hire("olga", "auditor", &[]);
        let (etc, files) = (desk.path("etc"), desk.path("files"));
        fs::create_dir(&files).unwrap();
        fs::create_dir(desk.path("home")).unwrap();
        give(&desk.path(""), DESK);
        fs::create_dir(&etc).unwrap();
        let home = desk.path("home").display().to_string();
        let account = format!("nobody:x:{DESK}:{DESK}:nobody:{home}:/usr/sbin/nologin\n");
        fs::write(etc.join("passwd"), account).unwrap();
        let machine = Self {
            desk,
            etc,
            files,
            app,
        };
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
            "mkdir -p /etc/balie && mount --bind {0}/passwd /etc/passwd && mount --bind {0} /etc/balie && exec setpriv --reuid {DESK} --regid {DESK} --clear-groups \"$@\"",
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
    let (bare, beside) = ("/-", format!("{files}/../-"));
    for path in [
        &keys,
        &link,
        &dangling,
        &out,
        &up,
        "../new",
        "/dev/zero",
        bare,
        &beside,
    ] {
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
fn a_variable_that_is_no_text_slips_past_nothing() {
    let machine = Machine::new();
    let bad = OsStr::from_bytes(b"caf\xe9");
    let with = |name: &str, env: &[(&str, &str)]| {
        let mut command = machine.command(env, &["whoami"]);
        code(&Ran::new(
            &command
                .env(name, bad)
                .stdin(Stdio::null())
                .output()
                .unwrap(),
        ))
    };
    for name in ["BALIE_DATABASE", "BALIE_SMTP_URL", "XDG_STATE_HOME", "HOME"] {
        assert_eq!(with(name, &[]), (2, "invalid_input".into()), "{name}");
    }
    for name in ["PGHOST", "SSL_CERT_FILE", "SUDO_UID"] {
        assert_eq!(with(name, &[]), (4, "not_here".into()), "{name}");
    }
    // And elsewhere it's no empty one.
    let mut command = machine.desk.command_of("fatima");
    command.env("BALIE_POLICY_MAX_AGE_HOURS", bad).arg("whoami");
    let told = Ran::new(&command.output().unwrap());
    assert_eq!(code(&told), (2, "invalid_input".into()));
    assert!(
        told.stderr.contains("BALIE_POLICY_MAX_AGE_HOURS"),
        "{}",
        told.stderr
    );
}

#[test]
fn where_there_is_no_folder_for_files_the_hint_names_the_setting() {
    let machine = Machine::new();
    let whole = fs::read_to_string(machine.etc.join("balie.toml")).unwrap();
    let without = whole.split("files =").next().unwrap().to_owned();
    for (config, hint) in [
        (
            without.clone(),
            "have root name a folder for files: `[desk] files`",
        ),
        (
            format!("{without}files = '/nowhere/at/all'\n"),
            "have root make the folder /nowhere/at/all",
        ),
        (whole, "(`[desk] files` of /etc/balie/balie.toml)"),
    ] {
        machine.write(&config);
        let told = machine.run(&[], &["man", "/etc/new"]);
        assert_eq!(code(&told), (4, "not_here".into()), "{config}");
        assert!(told.stderr.contains(hint), "{}", told.stderr);
        // What needs no file goes on.
        assert_eq!(
            code(&machine.run(&[], &["whoami"])).1,
            "not_logged_in",
            "{config}"
        );
    }
    // What is wrong in root's config is root's to mend.
    machine.write(&format!("{without}[policy]\nsession_hours = 0\n"));
    let told = machine.run(&[], &["whoami"]);
    assert!(
        told.stderr
            .contains("have root correct /etc/balie/balie.toml"),
        "{}",
        told.stderr
    );
}

#[test]
fn callers_who_share_an_account_share_no_session() {
    let machine = Machine::new();
    let kept = machine.desk.path("home/.local/state/balie/callers");
    let as_caller = |variable: Option<(&str, &str)>, args: &[&str], input: &str| {
        // The account's home is the system's word, whatever HOME says.
        let elsewhere = machine.desk.path("").display().to_string();
        let mut command = machine.command(&[("HOME", &elsewhere)], args);
        command.env_remove("SUDO_UID").envs(variable);
        feed(command, input)
    };
    let login = ["login", "olga", "--password-stdin", "--code-stdin"];
    let input = format!("{PASSWORD}\n{}\n", code_of(&machine.app, 1));
    // A forced command whose key has no login: nothing tells this caller from the next.
    let nameless = Some(("SSH_ORIGINAL_COMMAND", "balie login"));
    assert_eq!(
        code(&as_caller(nameless, &login, &input)),
        (4, "not_here".into())
    );
    // Without words there is no SSH_ORIGINAL_COMMAND either.
    let wordless = Some(("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"));
    assert_eq!(
        code(&as_caller(wordless, &login, &input)),
        (4, "not_here".into())
    );
    let olga = Some(("SUDO_UID", "1000"));
    assert_eq!(as_caller(olga, &login, &input).json()["state"], "logged_in");
    assert!(kept.join("uid-1000").is_dir());
    assert_eq!(as_caller(olga, &["whoami"], "").json()["login"], "olga");
    // A link is no file of the folder, wherever it leads: it may lead elsewhere by the time that it's opened.
    fs::write(machine.files.join("inside"), "no receipt").unwrap();
    symlink(machine.files.join("inside"), machine.files.join("link")).unwrap();
    for (path, is_link) in [("link", true), ("inside", false)] {
        let ran = as_caller(olga, &["audit", "verify", "--receipt", path], "");
        assert_eq!(
            ran.stderr.contains("it's a link"),
            is_link,
            "{}",
            ran.stderr
        );
    }
    for other in [
        Some(("SUDO_UID", "1001")),
        Some(("DOAS_USER", "olga")),
        Some(("PKEXEC_UID", "1001")),
        Some(("BALIE_OPERATOR_LOGIN", "olga")),
        Some(("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")),
        nameless,
        None,
    ] {
        assert_eq!(
            code(&as_caller(other, &["whoami"], "")).1,
            "not_logged_in",
            "{other:?}"
        );
    }
    for odd in ["../uid-1000", "1000/", ""] {
        let odd = Some(("SUDO_UID", odd));
        assert_eq!(
            code(&as_caller(odd, &["whoami"], "")).1,
            "not_here",
            "{odd:?}"
        );
    }
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
    let doctor = |caller: Option<(&str, &str)>| {
        let env = [("XDG_RUNTIME_DIR", session.as_str()), ("HOME", "/nowhere")];
        let mut command = machine.command(&env, &["doctor"]);
        command.env_remove("SUDO_UID").envs(caller);
        let ran = Ran::new(&command.stdin(Stdio::null()).output().unwrap());
        ran.stdout.contains("[desk] only = true") && ran.stdout.contains("\"only\"")
    };
    for caller in [
        ("SUDO_UID", "23459"),
        ("SSH_ORIGINAL_COMMAND", "balie doctor"),
        ("DOAS_USER", "eve"),
        ("PKEXEC_UID", "23459"),
    ] {
        assert!(doctor(Some(caller)), "{caller:?}");
    }
    for owner in [None, Some(("SSH_CONNECTION", "::1 1 ::1 22"))] {
        assert!(!doctor(owner), "the account's own owner: {owner:?}");
    }
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
