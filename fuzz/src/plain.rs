//! The targets without libFuzzer: a loop over mutated seeds, on stable Rust. It sees no coverage.
//!
//!     plain TARGET EXECUTIONS [FIRST]
//!
//! Every input follows from its number alone: the one that fails is run again with `plain TARGET 1 NUMBER`.

use std::time::Instant;

use balie_fuzz::{SEEDS, changed, mail, parts, structure, texts};

/// What mutations put in.
const TOKENS: [&str; 40] = [
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    "\0",
    "\u{1}",
    "From: ",
    "From: a@b.nl\r\n",
    "To: noord@otservicedesk.nl\r\n",
    "Date: Mon, 21 Sep 2026 14:03:20 Z\r\n",
    "Subject: ",
    "Content-Type: text/html\r\n",
    "Content-Type: multipart/digest; boundary=x\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Reply-To: x@y.nl\r\n",
    "DKIM-Signature: v=1; ",
    "ARC-Seal: i=1; ",
    "Authentication-Results: mx.nl; dkim=pass ",
    "b=",
    "bh=",
    "h=",
    "l=0;",
    "i=1;",
    ";",
    ":",
    ",",
    "(",
    ")",
    "\"",
    "<",
    ">",
    "=?utf-8?q?",
    "?=",
    "=3D",
    "--",
    "JA 7KQM-3X9D\n",
    "Op ma 30 nov schreef Jan:\n",
];
const TEXTS: [&[u8]; 4] = [
    b"Beste servicedesk,\n\nWil je de 2FA van Joost Jansen (j.jansen) resetten?\n\nGroet,\nDaan Visser\n",
    b"JA 7KQM-3X9D\nOp 30 nov. 2026, om 10:00 heeft Jan Jansen\n<j.jansen@school.nl> het volgende\ngeschreven:\n> Hallo\n",
    b"Zie onder.\n-----Oorspronkelijk bericht-----\nVan: Joost <j.jansen@beatrixschool.nl>\nAan: x\nOnderwerp: code\n",
    "Mevrouw \u{c7}elik, dhr. J. A. van der Weerd-de Vries en juf Zo\u{eb}: https://x.nl/j.jansen".as_bytes(),
];

/// A small generator (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// Changes it in one place.
fn mutate(input: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(input.len() + 1);
    let until = (at + 1 + dice.roll(40)).min(input.len());
    match dice.roll(8) {
        0 | 1 => drop(input.splice(at..at, TOKENS[dice.roll(TOKENS.len())].bytes())),
        2 => drop(input.splice(at..until.max(at), [])),
        3 => drop(input.splice(at..until.max(at), TOKENS[dice.roll(TOKENS.len())].bytes())),
        4 if at < input.len() => input[at] = dice.roll(256) as u8,
        5 if at < input.len() => input[at] ^= 1 << dice.roll(8),
        6 => {
            let copied = input[at.min(until)..until].to_vec();
            let to = dice.roll(input.len() + 1);
            drop(input.splice(to..to, copied));
        }
        _ => {
            let token = TOKENS[dice.roll(TOKENS.len())].repeat(1 + dice.roll(12));
            drop(input.splice(at..at, token.bytes()));
        }
    }
}

/// The input of that number.
fn input(target: &str, number: u64) -> Vec<u8> {
    let mut dice = Dice(number.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    let seeds: Vec<&[u8]> = SEEDS.iter().copied().flatten().copied().collect();
    let mut input = match target {
        "mail" => seeds[dice.roll(seeds.len())].to_vec(),
        "texts" => TEXTS[dice.roll(TEXTS.len())].to_vec(),
        // Instructions: any bytes are some.
        _ => {
            let length = 1 + dice.roll(48);
            let sides = if target == "parts" {
                [40, 256][dice.roll(2)]
            } else {
                256
            };
            (0..length).map(|_| dice.roll(sides) as u8).collect()
        }
    };
    if target == "parts" {
        return input;
    }
    for _ in 0..=dice.roll(4) {
        mutate(&mut input, &mut dice);
    }
    input
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let [_, target, executions, first @ ..] = args.as_slice() else {
        eprintln!("usage: plain mail|changed|structure|parts|texts EXECUTIONS [FIRST]");
        std::process::exit(2);
    };
    let run: fn(&[u8]) = match target.as_str() {
        "mail" => mail,
        "changed" => changed,
        "structure" => structure,
        "parts" => parts,
        "texts" => texts,
        other => panic!("there is no target {other}"),
    };
    let executions: u64 = executions.parse().expect("a number of executions");
    let first: u64 = first
        .first()
        .map_or(0, |first| first.parse().expect("a number"));
    let began = Instant::now();
    let (mut failed, mut slowest) = (0, (std::time::Duration::ZERO, 0));
    for number in first..first + executions {
        let input = input(target, number);
        let at = Instant::now();
        if std::panic::catch_unwind(|| run(&input)).is_err() {
            eprintln!("{target}: input {number} fails");
            failed += 1;
        }
        slowest = slowest.max((at.elapsed(), number));
    }
    println!(
        "{target}: {executions} executions in {:.0} s, {failed} failed; the slowest was {} with {:?}",
        began.elapsed().as_secs_f64(),
        slowest.1,
        slowest.0,
    );
    std::process::exit(i32::from(failed > 0));
}
