//! A QR reader finds what we draw: on a terminal of either theme, as PNG, as SVG.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rexpect::session::spawn_command;

use super::python;
use crate::second_factor::portal::now;
use crate::support::{Desk, Engine, long};
use balie::domain::second_factor::recovery_code::RecoveryCode;

const OTHER_SCREEN: &str = "\u{1b}[?1049h";
const FIRST_SCREEN: &str = "\u{1b}[?1049l";

/// A picture in grey.
struct Picture {
    width: usize,
    pixels: Vec<u8>,
}

impl Picture {
    fn read(&self) -> String {
        let height = self.pixels.len() / self.width;
        let size = [self.width.to_string(), height.to_string()];
        let found = python("qr.py", &[&size[0], &size[1]], &self.pixels);
        found.trim().to_owned()
    }

    /// As a screen shows a grid of modules, eight pixels each.
    fn of_modules(rows: &[Vec<u8>]) -> Self {
        let wide = |row: &Vec<u8>| row.iter().flat_map(|shade| [*shade; 8]).collect::<Vec<_>>();
        let pixels = rows.iter().flat_map(|row| wide(row).repeat(8)).collect();
        Self {
            width: rows[0].len() * 8,
            pixels,
        }
    }
}

/// What a QR reader reads off a terminal.
pub(crate) fn read_off(shown: &str) -> String {
    Picture::of_modules(&modules(&text_of(shown))).read()
}

fn desk() -> Desk {
    let desk = Desk::new(Engine::Sqlite);
    desk.import_small_directory().json();
    desk
}

/// Begins on a pseudo-terminal that can't be asked, and gives what it shows.
fn shown(desk: &Desk, color: &str) -> String {
    let mut command = desk.command();
    command.env("TERM", "xterm-256color");
    command.args([
        "enroll",
        "begin",
        "j.jansen",
        "--no-input",
        "--color",
        color,
    ]);
    let text = spawn_command(command, Some(20_000))
        .unwrap()
        .exp_eof()
        .unwrap();
    text_of(&text)
}

/// rexpect takes each byte for a character.
fn text_of(characters: &str) -> String {
    let bytes = characters.chars().map(|c| u8::try_from(c).unwrap());
    String::from_utf8(bytes.collect()).unwrap()
}

fn assert_is_the_app(desk: &Desk, uri: &str) {
    assert!(
        uri.starts_with("otpauth://totp/Onderwijs%20Transparant:j.jansen?secret="),
        "{uri}"
    );
    assert!(uri.ends_with("&issuer=Onderwijs%20Transparant"), "{uri}");
    let app = balie::domain::second_factor::otpauth::read(uri).unwrap();
    assert_eq!((app.secret().len(), app.is_usual()), (20, true));
    let done = desk.run_with(
        &["enroll", "confirm", "j.jansen", "--code-stdin"],
        &now(&app, 0),
    );
    assert_eq!(done.json()["state"], "active");
}

#[test]
fn a_terminal_shows_black_on_white_whatever_its_theme() {
    let desk = desk();
    let text = shown(&desk, "always");
    let rows = modules(&text);
    assert!(
        rows.len() <= 48,
        "{} lines are too many for a terminal",
        rows.len() / 2
    );
    let uri = Picture::of_modules(&rows).read();
    assert!(
        !text.contains(
            uri.split("secret=")
                .nth(1)
                .unwrap()
                .split('&')
                .next()
                .unwrap()
        )
    );
    assert_is_the_app(&desk, &uri);
}

#[test]
fn without_colours_a_dark_theme_shows_it() {
    let desk = desk();
    let text = shown(&desk, "never");
    let rows: Vec<_> = text
        .lines()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| line.chars().count() > 20 && line.chars().all(|c| "█▀▄ ".contains(c)))
        .flat_map(|line| {
            let half = |lit: &str| {
                line.chars()
                    .map(|c| if lit.contains(c) { 255 } else { 0 })
                    .collect::<Vec<u8>>()
            };
            [half("█▀"), half("█▄")]
        })
        .collect();
    assert_is_the_app(&desk, &Picture::of_modules(&rows).read());
}

#[test]
fn a_png_is_private_and_never_overwrites() {
    let desk = desk();
    let path = desk.path("koppeling.png");
    let file = path.display().to_string();
    desk.run_json(["enroll", "begin", "j.jansen", "--qr", &file])
        .json();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let (exit, code, _) = desk
        .run_json(["enroll", "begin", "j.jansen", "--qr", &file])
        .error();
    assert_eq!((exit, code.as_str()), (2, "invalid_input"));
    let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(&path).unwrap()))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let picture = Picture {
        width: info.width as usize,
        pixels,
    };
    assert_is_the_app(&desk, &picture.read());
    let late = desk.path("late.png").display().to_string();
    let (exit, code, _) = desk
        .run_json(["enroll", "begin", "j.jansen", "--qr", &late])
        .error();
    assert_eq!((exit, code.as_str()), (5, "already_enrolled"));
    assert!(!desk.path("late.png").exists());
}

#[test]
fn an_svg_holds_the_same_modules() {
    let desk = desk();
    let path = desk.path("koppeling.svg");
    desk.run_json([
        "enroll",
        "begin",
        "j.jansen",
        "--qr",
        &path.display().to_string(),
    ])
    .json();
    let svg = fs::read_to_string(&path).unwrap();
    let number = |text: &str| {
        text.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .parse::<usize>()
            .unwrap()
    };
    let side = number(svg.split("width=\"").nth(1).unwrap()) / 8;
    let mut rows = vec![vec![255; side]; side];
    // Each dark module is a square of the path: `M16 40h8v8H16V40`.
    for square in svg
        .split(" d=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .split('M')
        .skip(1)
    {
        let (x, y) = square.split_once(' ').unwrap();
        rows[number(y) / 8][number(x) / 8] = 0;
    }
    assert_is_the_app(&desk, &Picture::of_modules(&rows).read());
}

#[test]
fn without_a_terminal_a_file_is_asked_for() {
    let desk = desk();
    let (exit, code, _) = desk.run_json(["enroll", "begin", "j.jansen"]).error();
    assert_eq!((exit, code.as_str()), (2, "input_required"));
    let (exit, code, _) = desk
        .run_json(["enroll", "begin", "j.jansen", "--qr", "x.gif"])
        .error();
    assert_eq!((exit, code.as_str()), (2, "invalid_input"));
}

/// The grid that the escapes draw.
fn modules(text: &str) -> Vec<Vec<u8>> {
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| line.contains('▀')) {
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        let cells = line
            .split('▀')
            .filter_map(|cell| cell.split("\u{1b}[38;5;").nth(1));
        for cell in cells {
            let (above, below) = cell.trim_end_matches('m').split_once(";48;5;").unwrap();
            let shade = |color: &str| if color == "16" { 0 } else { 255 };
            upper.push(shade(above));
            lower.push(shade(below));
        }
        rows.extend([upper, lower]);
    }
    rows
}

#[test]
fn a_holder_beside_the_operator_is_enrolled_in_one_go_and_nothing_stays_on_the_screen() {
    let desk = desk();
    let mut command = desk.command_without_yes();
    command
        .env("TERM", "xterm-256color")
        .args(["enroll", "begin", "j.jansen"]);
    let mut session = spawn_command(command, Some(90_000)).unwrap();
    session.exp_string("Joost Jansen").unwrap();
    session.exp_string("Is the holder here?").unwrap();
    session.send_line("y").unwrap();
    session.flush().unwrap();
    session.exp_string(OTHER_SCREEN).unwrap();
    let drawn = session.exp_string("Code that the app shows").unwrap();
    let app = balie::domain::second_factor::otpauth::read(&read_off(&drawn)).unwrap();
    if long() {
        // The holder takes the time to install the app; the code is judged when it's typed.
        std::thread::sleep(std::time::Duration::from_secs(70));
    }
    session.send_line(&now(&app, 9)).unwrap();
    session.exp_string("isn't right").unwrap();
    session.exp_string("Code that the app shows").unwrap();
    session.send_line(&now(&app, 0)).unwrap();
    session.exp_string(FIRST_SCREEN).unwrap();
    session.exp_string(OTHER_SCREEN).unwrap();
    session.exp_string("Recovery code").unwrap();
    let (_, recovery) = session.exp_regex("([0-9A-Z]{4}-){5}[0-9A-Z*~$=]").unwrap();
    session.exp_string("written down").unwrap();
    session.send_line("").unwrap();
    session.exp_string(FIRST_SCREEN).unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(rest.contains("j.jansen is enrolled"), "{rest}");
    assert!(recovery.parse::<RecoveryCode>().is_ok());
    let shown = desk.run_json(["account", "show", "j.jansen"]).json();
    assert_eq!(
        (
            &shown["second_factor"]["state"],
            &shown["recovery_code"]["state"]
        ),
        (&"active".into(), &"active".into())
    );
    let log = desk.run_json(["audit", "log"]).stdout;
    let secret = data_encoding::BASE32_NOPAD.encode(app.secret());
    assert!(!log.contains(&secret) && !log.contains(&recovery) && log.contains("qr_on_terminal"));
}

/// The program on a pseudo-terminal of so many rows, 80 columns wide.
fn on_rows(desk: &Desk, rows: u16, args: &[&str]) -> rexpect::session::PtySession {
    let balie = desk.command_without_yes();
    let mut shell = std::process::Command::new("sh");
    let sized = format!("stty rows {rows} cols 80 && exec \"$0\" \"$@\"");
    shell
        .args(["-c", &sized])
        .arg(balie.get_program())
        .args(args);
    shell
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap());
    for (name, value) in balie.get_envs() {
        if let Some(value) = value {
            shell.env(name, value);
        }
    }
    if let Some(folder) = balie.get_current_dir() {
        shell.current_dir(folder);
    }
    shell.env("TERM", "xterm-256color");
    spawn_command(shell, Some(90_000)).unwrap()
}

/// What such a terminal shows of what was drawn on it: what is above its first row has scrolled away.
fn visible(drawn: &str, rows: usize) -> String {
    let (_, drawn) = drawn.rsplit_once("\u{1b}[H").unwrap_or(("", drawn));
    let lines: Vec<_> = drawn.split('\n').collect();
    lines[lines.len().saturating_sub(rows)..].join("\n")
}

#[test]
fn a_terminal_of_24_rows_shows_all_of_it_and_an_enter_takes_nothing_away() {
    let desk = desk();
    let long_name = "m.vandenheuvel-vanbommelenburg.invaller";
    let email = "m.vandenheuvel@beatrixschool.nl";
    let add = [
        "account",
        "add",
        long_name,
        "--name",
        "M. van den Heuvel",
        "--email",
        email,
        "--role",
        "teacher@sch-beatrix",
    ];
    desk.run_json(add).json();
    for username in ["j.jansen", long_name] {
        let mut session = on_rows(&desk, 24, &["enroll", "begin", username]);
        session.exp_string("Is the holder here?").unwrap();
        // Typed ahead, and more than once.
        session.send("y\r\r\r").unwrap();
        session.flush().unwrap();
        session.exp_string(OTHER_SCREEN).unwrap();
        let drawn = session.exp_string("Code that the app shows").unwrap();
        let uri = read_off(&visible(&drawn, 24));
        let app = balie::domain::second_factor::otpauth::read(&uri).unwrap();
        assert!(
            uri.contains(&format!("Onderwijs%20Transparant:{username}?")),
            "{uri}"
        );
        // An Enter alone asks again, and the code is still there.
        session.send_line("").unwrap();
        session.exp_string("Six digits").unwrap();
        session.send_line(&now(&app, 0)).unwrap();
        session.exp_string("written down").unwrap();
        session.send_line("").unwrap();
        let rest = session.exp_eof().unwrap();
        assert!(rest.contains("is enrolled"), "{rest}");
    }
}

#[test]
fn a_terminal_that_is_too_low_is_told_of_a_file_before_anything_is_begun() {
    let desk = desk();
    let told = on_rows(&desk, 20, &["enroll", "begin", "j.jansen"])
        .exp_eof()
        .unwrap();
    assert!(
        told.contains("--qr FILE") && !told.contains(OTHER_SCREEN),
        "{told}"
    );
    let state =
        desk.run_json(["account", "show", "j.jansen"]).json()["second_factor"]["state"].clone();
    assert_eq!(state, "none");
    let mut session = on_rows(&desk, 24, &["enroll", "begin", "j.jansen"]);
    session.exp_string("Is the holder here?").unwrap();
    session.send_line("y").unwrap();
    session.exp_string("Code that the app shows").unwrap();
    session.send_line("later").unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(rest.contains("enroll confirm j.jansen"), "{rest}");
}
