//! `balie demo`: a desk's morning, on this machine alone. It types the commands that an operator
//! types; only DNS, the signatures and the mail server are its own.

mod holder;
mod letters;
mod stage;
mod team;

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use data_encoding::BASE32_NOPAD;
use mail_parser::MessageParser;
use zeroize::Zeroizing;

use crate::cli::demo::letters::{HOLDER, Letters};
use crate::cli::demo::stage::{OPERATOR, REFUSED, Stage};
use crate::cli::shell::ending::Runs;
use crate::cli::shell::global::Global;
use crate::cli::shell::session;
use crate::cli::shell::verb::{self, Rehearsal};
use crate::cli::{Exit, Failure, Outcome};
use crate::loopback::{DnsServer, SmtpSink};
use crate::world::World;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  balie demo
  balie demo --keep morning          and look around afterwards

It needs no network and leaves your own desk alone.")]
pub(super) struct Args {
    /// Keep the desk in this folder, new or empty
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl verb::Verb for Args {
    fn rehearsal(&self) -> Rehearsal {
        Rehearsal::OnlyReads
    }

    fn login(&self) -> verb::Login {
        verb::Login::NotNeeded
    }
}

const DIRECTORY: [(&str, &str); 4] = [
    (
        "directory/regions.csv",
        include_str!("../../../demo/directory/regions.csv"),
    ),
    (
        "directory/organisations.csv",
        include_str!("../../../demo/directory/organisations.csv"),
    ),
    (
        "directory/accounts.csv",
        include_str!("../../../demo/directory/accounts.csv"),
    ),
    (
        "directory/requesters.csv",
        include_str!("../../../demo/directory/requesters.csv"),
    ),
];

pub(super) fn run(args: Args, global: &Global, runs: Runs, world: &mut World<'_>) -> Outcome {
    let format = session::format(global, world).unwrap_or_default();
    let color = session::color(global, world);
    let now = (world.clock)();
    let dns = DnsServer::start()?;
    let sink = SmtpSink::start(false)?;
    let letters = Letters::write(&dns, &HOLDER, now, world.rng)
        .map_err(|error| Failure::internal(error.to_string()))?;
    let enrollments = enrollments(world);
    let kept = args.keep.clone();
    let mut stage = Stage::new(args.keep, world, runs, format, color)?;

    open_the_desk(&mut stage, &dns, &sink, &enrollments)?;
    let request = read_the_mail(&mut stage, &letters)?;
    turn_away_the_rest(&mut stage, &letters, &request)?;
    reset(&mut stage, &letters, &request)?;
    tell_who_it_concerns(&mut stage, &sink)?;
    holder::enroll_again(&mut stage)?;
    team::serve(&mut stage, &letters.team)?;
    check_the_log(&mut stage)?;
    if let Some(folder) = kept {
        let config = format!("{}/config/balie/config.toml", folder.display());
        stage.tell(
            "The desk stays.",
            &format!("Look around: balie --config {config} audit log"),
        )?;
    }
    Ok(Exit::Done)
}

/// Two authenticators as another system exports them, with secrets of this moment.
fn enrollments(world: &mut World<'_>) -> Zeroizing<String> {
    let mut table = Zeroizing::new(String::with_capacity(512));
    table.push_str("username,otpauth_uri\n");
    for account in [HOLDER.account, team::WITHOUT_CODE] {
        let mut secret = Zeroizing::new([0; 20]);
        world.rng.fill_bytes(secret.as_mut());
        let secret = Zeroizing::new(BASE32_NOPAD.encode(secret.as_ref()));
        // Writing to a string doesn't fail.
        let _ = writeln!(
            table,
            "{account},otpauth://totp/OT:{account}?secret={}&issuer=OT",
            secret.as_str()
        );
    }
    table
}

fn open_the_desk(
    stage: &mut Stage<'_, '_>,
    dns: &DnsServer,
    sink: &SmtpSink,
    enrollments: &str,
) -> Result<(), Failure> {
    stage.tell(
        "A desk's morning",
        "You are Sanne, at the servicedesk of Rijnmond. Everything below happens on this machine: \
         the database, DNS and the mail server are Balie's own for the moment.",
    )?;
    stage.play(&["init"], 0)?;
    // Whoever keeps the desk isn't called Sanne, and is to look around in it as she.
    let config = stage.folder().join("config/balie/config.toml");
    let mut config = OpenOptions::new().append(true).open(config)?;
    write!(
        config,
        "\n[operator]\nlogin = \"{OPERATOR}\"\n\n[dns]\nserver = \"{}\"\n\n[smtp]\nurl = \"{}\"\nfrom = \"rijnmond@otservicedesk.nl\"\n",
        dns.address, sink.url
    )?;
    for (name, text) in DIRECTORY {
        stage.put(name, text)?;
    }
    let directory = stage.folder().join("directory").display().to_string();
    stage.play(&["directory", "import", &directory], 0)?;
    stage.put("enrollments.csv", enrollments)?;
    let file = stage.folder().join("enrollments.csv");
    stage.play(&["enroll", "import", &file.display().to_string()], 0)?;
    std::fs::remove_file(file)?;
    holder::set_password(stage)
}

/// A verdict is an answer, not a refusal: the command ends well whatever it is.
fn receive(stage: &mut Stage<'_, '_>, name: &str, mail: &str) -> Result<(), Failure> {
    let name = format!("mails/{name}.eml");
    stage.put(&name, mail)?;
    let file = stage.folder().join(name).display().to_string();
    stage.play(
        &["request", "receive", &file, "--account", HOLDER.account],
        0,
    )
}

/// Gives the id of the request that is verified.
fn read_the_mail(stage: &mut Stage<'_, '_>, letters: &Letters) -> Result<String, Failure> {
    stage.tell(
        "1. A director asks",
        "Vera Kok, director of De Regenboog, writes that one of her teachers has a new phone. \
         Is it her? Her school's signature is checked against the key in its DNS.",
    )?;
    stage.play(&["find", "veenstra regenboog"], 0)?;
    receive(stage, "genuine", &letters.genuine)?;
    let found = stage.ask(&["request", "list"])?;
    let id = found["requests"][0]["id"].as_str();
    let id = id.ok_or_else(|| Failure::internal("the request isn't listed"))?;
    Ok(id.to_owned())
}

fn turn_away_the_rest(
    stage: &mut Stage<'_, '_>,
    letters: &Letters,
    request: &str,
) -> Result<(), Failure> {
    stage.tell(
        "2. Others ask too",
        "The same name in From, from somebody else's server.",
    )?;
    receive(stage, "spoofed", &letters.spoofed)?;
    stage.tell("", "A domain that reads like hers: deregenbo0g.nl.")?;
    receive(stage, "look-alike", &letters.lookalike)?;
    stage.tell("", "A real director, of another school.")?;
    receive(stage, "no-authority", &letters.no_authority)?;
    stage.tell(
        "",
        "And an operator who is talked into one account more is stopped as well.",
    )?;
    stage.play(&["reset", "o.termaas", "--request", request], REFUSED)
}

fn reset(stage: &mut Stage<'_, '_>, letters: &Letters, request: &str) -> Result<(), Failure> {
    stage.tell(
        "3. The reset",
        "One transaction: enrollment gone, recovery code void, sessions ended, mails queued, \
         event logged. The receipt is signed; anybody with the desk's public key can check it.",
    )?;
    stage.play(&["reset", HOLDER.account, "--request", request], 0)?;
    stage.play(&["account", "show", HOLDER.account], 0)?;
    stage.tell(
        "",
        "Her own mail, caught and sent once more, works no second time.",
    )?;
    receive(stage, "replayed", &letters.replayed)
}

fn tell_who_it_concerns(stage: &mut Stage<'_, '_>, sink: &SmtpSink) -> Result<(), Failure> {
    stage.tell(
        "4. Holder and requester hear of it",
        "So a reset that nobody asked for is noticed.",
    )?;
    stage.play(&["outbox", "send"], 0)?;
    for mail in sink.mails() {
        let Some(mail) = MessageParser::default().parse(&mail) else {
            continue;
        };
        let to = mail.to().and_then(|to| to.first()?.address());
        let heading = format!(
            "> To {}: {}",
            to.unwrap_or_default(),
            mail.subject().unwrap_or_default()
        );
        stage.tell(&heading, &mail.body_text(0).unwrap_or_default())?;
    }
    Ok(())
}

fn check_the_log(stage: &mut Stage<'_, '_>) -> Result<(), Failure> {
    stage.tell(
        "8. The log holds",
        "Every event carries the hash of the one before: nothing can be changed unseen.",
    )?;
    stage.play(&["audit", "log"], 0)?;
    stage.play(&["audit", "verify"], 0)
}
