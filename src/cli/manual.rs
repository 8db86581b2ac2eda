//! What the man pages say beyond the command line: variables, files, exit codes; and the page of the config.

use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::shell::ending::CODES;
use crate::config::{SYSTEM, is_command, keys, meaning, variable};
use crate::domain::settings::{Kind, setting};

/// The variables that aren't keys of the config.
const VARIABLES: [(&str, &str); 11] = [
    ("BALIE_CONFIG", "The config file; as --config."),
    ("BALIE_DATABASE", "The database; as --database."),
    ("BALIE_FORMAT", "How data is written; as --format."),
    ("BALIE_NO_INPUT", "1 or true: never ask; as --no-input."),
    (
        "BALIE_TOKEN_FILE",
        "A file with the token of a script or service, or - for the first line of standard input. Mode 0600, or a credential of systemd. The token itself is never put into a variable.",
    ),
    (
        "LC_ALL, LC_MESSAGES, LANG",
        "The locale: help is in Dutch where the first of these that is set begins with nl, unless --lang or operator.language says otherwise.",
    ),
    ("NO_COLOR", "Set: no colours."),
    ("TERM", "dumb: no colours."),
    (
        "XDG_CONFIG_HOME, XDG_DATA_HOME",
        "Where config and database are where nothing else says so; below HOME without.",
    ),
    (
        "XDG_RUNTIME_DIR, XDG_STATE_HOME",
        "Where an operator's session is kept.",
    ),
    (
        "SUDO_UID, PKEXEC_UID, DOAS_USER, SSH_ORIGINAL_COMMAND",
        "Tell that balie runs for somebody else; see balie.toml(5), desk.only.",
    ),
];

const FILES: [(&str, &str); 6] = [
    (
        SYSTEM,
        "Root's config, which is read first. With desk.only it's the one config that there is.",
    ),
    (
        "$XDG_CONFIG_HOME/balie/config.toml",
        "The caller's config; ~/.config/balie/config.toml without that variable.",
    ),
    (
        "keys.toml, desk.pub",
        "The keys, beside the config unless keys.file says otherwise, and their public half. Keep a copy in a safe, never beside the database.",
    ),
    (
        "$XDG_DATA_HOME/balie/balie.db",
        "The database, unless database.url says otherwise, with -wal and -shm beside it. `balie backup` copies it.",
    ),
    (
        "$XDG_RUNTIME_DIR/balie/session-*",
        "An operator's session, until logout.",
    ),
    (
        "~/.pgpass",
        "Passwords for PostgreSQL, which the database's URL needn't hold then.",
    ),
];

/// The sections that balie(1) ends with.
pub(super) fn surroundings() -> Roff {
    let mut page = Roff::new();
    page.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in CODES {
        entry(&mut page, vec![bold(code.to_string())], meaning);
    }
    page.control("SH", ["ENVIRONMENT"]);
    entry(
        &mut page,
        vec![bold("BALIE_"), italic("SECTION"), bold("_"), italic("KEY")],
        "A key of the config, such as BALIE_DATABASE_URL: every key of balie.toml(5) but the commands, desk.only and desk.files. On a closed desk a rule can only be made stricter that way.",
    );
    for (name, meaning) in VARIABLES {
        entry(&mut page, vec![bold(name)], meaning);
    }
    page.control("SH", ["FILES"]);
    for (name, meaning) in FILES {
        entry(&mut page, vec![italic(name)], meaning);
    }
    page.control("SH", ["SEE ALSO"]);
    page.text([bold("balie.toml"), roman("(5)")]);
    page
}

/// balie.toml(5), from the same table of keys that the config is read by.
pub(super) fn config_page() -> Roff {
    let release = concat!("balie ", env!("CARGO_PKG_VERSION"));
    let mut page = Roff::new();
    page.control("TH", ["balie.toml", "5", "", release]);
    page.control("SH", ["NAME"]);
    page.text([roman("balie.toml - the config of balie")]);
    page.control("SH", ["DESCRIPTION"]);
    for text in [
        "TOML. Root's /etc/balie/balie.toml is read first, then the caller's $XDG_CONFIG_HOME/balie/config.toml (or --config FILE, BALIE_CONFIG), then the variables named below. An unknown key is an error that names the nearest known one. Paths are written in full.",
        "The caller's half says where this machine's things are. The desk's half is what is judged by and where mails come from and go to: it counts from here while the desk is open. When the desk closes it's taken into the database, where an admin changes it with balie settings set; from then on a file or a variable can only make it stricter.",
    ] {
        page.control("PP", []);
        page.text([roman(text)]);
    }
    for (heading, is_desks) in [("THE CALLER'S HALF", false), ("THE DESK'S HALF", true)] {
        page.control("SH", [heading]);
        for (key, kind) in keys().filter(|(key, _)| setting(key).is_some() == is_desks) {
            page.control("TP", []);
            page.text([bold(key)]);
            page.text([roman(told(key, kind))]);
        }
    }
    page.control("SH", ["EXAMPLE"]);
    page.control("EX", []);
    for line in EXAMPLE {
        page.text([roman(line)]);
    }
    page.control("EE", []);
    page.control("SH", ["SEE ALSO"]);
    page.text([
        bold("balie"),
        roman("(1), "),
        bold("balie-settings"),
        roman("(1)"),
    ]);
    page
}

const EXAMPLE: [&str; 9] = [
    "[desk]",
    "only = true",
    "files = \"/var/lib/balie/files\"",
    "",
    "[database]",
    "url = \"sqlite:/var/lib/balie/balie.db\"",
    "",
    "[keys]",
    "file = \"/var/lib/balie/keys/keys.toml\"",
];

/// What is said of one key: its meaning, what may stand there, what holds without, and its variable.
fn told(key: &str, kind: Kind) -> String {
    let setting = setting(key);
    let what = match (setting, kind) {
        (Some(setting), _) => setting.expected(),
        (None, Kind::Number) => "a whole number".into(),
        (None, Kind::Switch) => "true or false".into(),
        (None, Kind::Text | Kind::List) => "a text".into(),
    };
    let default = setting.map(|setting| setting.show(&setting.default()));
    let is_roots = is_command(key) || matches!(key, "desk.only" | "desk.files");
    let parts = [
        meaning(key).map(str::to_owned),
        (!is_command(key)).then(|| format!("Takes {what}.")),
        default
            .filter(|default| !default.is_empty())
            .map(|default| format!("Default: {default}.")),
        (!is_roots).then(|| format!("Variable: {}.", variable(key))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn entry(page: &mut Roff, name: Vec<Inline>, meaning: &str) {
    page.control("TP", []);
    page.text(name);
    page.text([roman(meaning)]);
}
