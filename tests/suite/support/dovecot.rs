//! A real Dovecot on loopback, with TLS under a certificate of its own, for one test.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

use super::tokens;

pub(crate) struct Dovecot {
    home: TempDir,
    server: Child,
    pub(crate) port: u16,
    owner: Option<u32>,
}

/// Who owns the mail where the tests run as root, which Dovecot refuses to serve.
const NOBODY: u32 = 65_534;

impl Dovecot {
    pub(crate) fn start() -> Self {
        Self::begin("")
    }

    /// One that takes tokens alone, by these mechanisms: signed with [`tokens::KEY`], for the user that logs in.
    pub(crate) fn with_tokens(mechanisms: &str) -> Self {
        Self::begin(mechanisms)
    }

    fn begin(by_token: &str) -> Self {
        let program = [
            "/usr/sbin/dovecot",
            "/usr/local/sbin/dovecot",
            "/opt/homebrew/sbin/dovecot",
        ]
        .into_iter()
        .find(|path| Path::new(path).exists())
        .expect("Dovecot is needed and never skipped: run the tests with `tests/run`");
        let home = tempfile::tempdir().expect("a temporary folder");
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755))
            .expect("open to dovecot");
        let owner = (uzers::get_current_uid() == 0).then_some(NOBODY);
        for folder in ["mail", "mail/new", "mail/cur", "mail/tmp"] {
            let folder = home.path().join(folder);
            fs::create_dir(&folder).expect("a folder");
            chown(&folder, owner, owner).expect("ours to give");
        }
        certificates(home.path());
        let keys = home.path().join("keys/default/HS256");
        fs::create_dir_all(&keys).expect("a folder");
        fs::write(keys.join("default"), BASE64.encode(tokens::KEY)).expect("a key");
        fs::write(home.path().join("oauth2.conf"), oauth2_text(home.path())).expect("a config");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = free.expect("a free port").port();
        let config = home.path().join("dovecot.conf");
        fs::write(&config, config_text(home.path(), port, owner, by_token)).expect("a config");
        let server = Command::new(program)
            .args(["-F", "-c"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dovecot runs");
        let dovecot = Self {
            home,
            server,
            port,
            owner,
        };
        dovecot.wait();
        dovecot
    }

    fn wait(&self) {
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = fs::read_to_string(self.home.path().join("log")).unwrap_or_default();
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "dovecot doesn't listen: {log}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The file with the certificate that its clients have to trust.
    pub(crate) fn trusted(&self) -> PathBuf {
        self.home.path().join("ca.pem")
    }

    pub(crate) fn password_file(&self) -> PathBuf {
        self.home.path().join("password")
    }

    /// Puts a mail into the mailbox, as a delivery agent does.
    pub(crate) fn deliver(&self, name: &str, mail: &[u8]) {
        let file = self.home.path().join("mail/tmp").join(name);
        fs::write(&file, mail).expect("a mail");
        chown(&file, self.owner, self.owner).expect("ours to give");
        fs::rename(file, self.home.path().join("mail/new").join(name)).expect("delivered");
    }

    /// Makes a mail unreadable for the server, or readable again.
    pub(crate) fn lock(&self, name: &str, locked: bool) {
        let mode = if locked { 0o000 } else { 0o600 };
        for folder in ["new", "cur"] {
            let found = self.files(folder).into_iter();
            for file in found.filter(|file| file.starts_with(name)) {
                let path = self.home.path().join("mail").join(folder).join(file);
                fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("ours");
            }
        }
    }

    /// The names of the files in a folder of the mailbox.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.home.path().join("mail").join(folder));
        let names = entries.into_iter().flatten().flatten();
        let mut names: Vec<_> = names
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// Numbers the mailbox anew, as a server that was restored does.
    pub(crate) fn renumber(&self) {
        for entry in fs::read_dir(self.home.path().join("mail"))
            .expect("the mailbox")
            .flatten()
        {
            if entry.file_name().to_string_lossy().starts_with("dovecot") {
                // The server may be quicker with one of its own lock files.
                let removed = fs::remove_file(entry.path());
                assert!(removed.is_ok() || !entry.path().exists(), "{removed:?}");
            }
        }
        // UIDVALIDITY is the time in seconds.
        std::thread::sleep(Duration::from_millis(1_100));
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // SIGTERM, so that it ends its children too.
        let _ = Command::new("kill")
            .arg(self.server.id().to_string())
            .status();
        let _ = self.server.wait();
    }
}

fn certificates(home: &Path) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let ca = params.self_signed(&key).expect("a certificate");
    let issuer = Issuer::new(params, key);
    let own_key = KeyPair::generate().expect("a key");
    let own = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()])
        .and_then(|params| params.signed_by(&own_key, &issuer))
        .expect("a certificate");
    fs::write(home.join("ca.pem"), ca.pem()).expect("a file");
    fs::write(home.join("cert.pem"), own.pem()).expect("a file");
    fs::write(home.join("key.pem"), own_key.serialize_pem()).expect("a file");
    let password = home.join("password");
    fs::write(&password, "geheim\n").expect("a file");
    fs::set_permissions(password, fs::Permissions::from_mode(0o600)).expect("a file of one's own");
}

/// Tokens are checked by Dovecot itself, and not by asking somebody.
fn oauth2_text(home: &Path) -> String {
    let home = home.display();
    format!(
        "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={home}/keys/\nusername_attribute = sub\n"
    )
}

fn config_text(home: &Path, port: u16, owner: Option<u32>, by_token: &str) -> String {
    let home = home.display();
    let (uid, gid) = (
        owner.unwrap_or_else(uzers::get_current_uid),
        owner.unwrap_or_else(uzers::get_current_gid),
    );
    let users = if owner.is_some() {
        String::new()
    } else {
        let me = uzers::get_current_username().unwrap_or_default();
        let me = me.to_string_lossy();
        format!("default_internal_user = {me}\ndefault_login_user = {me}\n")
    };
    let (mechanisms, passdb) = if by_token.is_empty() {
        (
            "plain login",
            "driver = static\n args = password=geheim".to_owned(),
        )
    } else {
        let passdb =
            format!("driver = oauth2\n mechanisms = {by_token}\n args = {home}/oauth2.conf");
        (by_token, passdb)
    };
    format!(
        "protocols = imap\nbase_dir = {home}/run\nstate_dir = {home}/state\nlog_path = {home}/log\nlisten = 127.0.0.1\n\
         ssl = required\nssl_cert = <{home}/cert.pem\nssl_key = <{home}/key.pem\nssl_min_protocol = TLSv1.2\n\
         disable_plaintext_auth = yes\nauth_mechanisms = {mechanisms}\nauth_failure_delay = 0\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n{users}\
         mail_location = maildir:{home}/mail\n\
         passdb {{\n {passdb}\n}}\n\
         userdb {{\n driver = static\n args = uid={uid} gid={gid} home={home}/mail\n}}\n\
         namespace inbox {{\n inbox = yes\n separator = /\n mailbox Gedaan {{\n  auto = create\n }}\n \
         mailbox \"Aanvragen 2FA/Reünie\" {{\n  auto = create\n }}\n mailbox R&D {{\n  auto = create\n }}\n \
         mailbox \"Verzoeken é\" {{\n  auto = create\n }}\n}}\n\
         service anvil {{\n chroot =\n unix_listener anvil-auth-penalty {{\n  mode = 0\n }}\n}}\nservice stats {{\n chroot =\n}}\n\
         service imap-login {{\n chroot =\n inet_listener imap {{\n  port = 0\n }}\n inet_listener imaps {{\n  port = {port}\n  ssl = yes\n }}\n}}\n"
    )
}
