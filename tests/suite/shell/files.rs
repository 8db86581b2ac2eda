//! Rule 18: no flag that takes a file or a folder replaces what isn't its own, takes what isn't of its kind, or lets
//! anything of it be seen.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use clap::ValueHint;

use crate::reset::requests::verified_request;
use crate::support::{Desk, Engine, on_both_databases};

/// Every argument that takes a path, by command and name; what is typed, with FILE in its place.
fn calls(request: &str, plan: &str) -> Vec<(&'static str, Vec<String>)> {
    let calls: Vec<(&str, String)> = vec![
        ("--config", "--config FILE whoami".into()),
        ("demo --keep", "demo --keep FILE".into()),
        (
            "init --key-file",
            "init --key-file FILE --database other.db".into(),
        ),
        (
            "request receive FILES",
            "request receive FILE --account j.jansen".into(),
        ),
        (
            "request show --eml",
            format!("request show {request} --eml FILE"),
        ),
        (
            "operator reset-password --old-password-file",
            "operator reset-password fatima --old-password-file FILE --password-stdin".into(),
        ),
        (
            "operator token add --out",
            "operator token add --scope read --out FILE".into(),
        ),
        (
            "service add --out",
            "service add timer --job send --out FILE".into(),
        ),
        ("region list --html", "region list --html FILE".into()),
        (
            "bulk plan FILE",
            format!("bulk plan reset FILE --request {request}"),
        ),
        ("bulk apply --out", format!("bulk apply {plan} --out FILE")),
        (
            "audit enrollments --html",
            "audit enrollments --html FILE".into(),
        ),
        (
            "audit verify --checkpoint",
            "audit verify --checkpoint FILE --key FILE".into(),
        ),
        (
            "audit verify --receipt",
            "audit verify --receipt FILE".into(),
        ),
        (
            "audit verify --key",
            "audit verify --checkpoint FILE --key FILE".into(),
        ),
        ("audit export --out", "audit export --out FILE".into()),
        (
            "audit checkpoint --out",
            "audit checkpoint --out FILE".into(),
        ),
        (
            "mailbox fetch --maildir",
            "mailbox fetch --maildir FILE".into(),
        ),
        ("mailbox fetch --mbox", "mailbox fetch --mbox FILE".into()),
        (
            "mailbox quarantine --eml",
            "mailbox quarantine 1 --eml FILE".into(),
        ),
        ("directory import FOLDER", "directory import FILE".into()),
        (
            "portal login --password-file",
            "portal login j.jansen --password-file FILE".into(),
        ),
        (
            "receipt verify --key",
            "receipt verify balie-receipt/1 --key FILE".into(),
        ),
        (
            "recovery reissue --out",
            format!("recovery reissue j.jansen --request {request} --deliver letter --out FILE"),
        ),
        ("settings import FILE", "settings import FILE".into()),
        ("enroll begin --qr", "enroll begin z.celik --qr FILE".into()),
        (
            "enroll begin --uri",
            "enroll begin z.celik --uri FILE".into(),
        ),
        ("enroll import FILE", "enroll import FILE".into()),
        ("key rotate --out", "key rotate --out FILE".into()),
        ("key split FILE", "key split FILE".into()),
        ("man FOLDER", "man FILE".into()),
        ("backup FILE", "backup FILE".into()),
        ("backup verify FILE", "backup verify FILE".into()),
        ("backup restore FILE", "backup restore FILE".into()),
        (
            "backup restore --checkpoint",
            "backup restore absent.backup --checkpoint FILE".into(),
        ),
    ];
    let words = |line: String| line.split(' ').map(str::to_owned).collect();
    calls
        .into_iter()
        .map(|(name, line)| (name, words(line)))
        .collect()
}

/// The arguments that clap knows to be paths, by the same names.
fn of_clap(command: &clap::Command, above: &str, found: &mut BTreeSet<String>) {
    for argument in command.get_arguments() {
        let is_path = argument.get_value_hint() == ValueHint::AnyPath;
        let names = argument.get_value_names().unwrap_or_default();
        let is_named = names.iter().any(|name| name.starts_with("FILE"));
        if (!is_path && !is_named) || (argument.is_global_set() && !above.is_empty()) {
            continue;
        }
        let name = match argument.get_long() {
            Some(long) => format!("--{long}"),
            None => argument.get_id().as_str().to_uppercase(),
        };
        found.insert(format!("{above} {name}").trim().to_owned());
    }
    for below in command.get_subcommands() {
        of_clap(below, format!("{above} {}", below.get_name()).trim(), found);
    }
}

/// What a secret file's bytes would be known by, wherever they turn up.
fn needles(keys: &str) -> Vec<String> {
    let values = keys
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| text.len() > 30);
    let mut needles: Vec<String> = values.map(str::to_owned).collect();
    assert!(needles.len() >= 2, "{keys}");
    needles.push("Without this file no enrollment".into());
    needles.push("zo geheim als wat".into());
    needles
}

/// Runs it with an end, whatever it's given to read.
fn bounded(mut command: Command, what: &str) -> String {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..1_200 {
        if child.try_wait().unwrap().is_some() {
            let output = child.wait_with_output().unwrap();
            return format!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    let _ = child.kill();
    panic!("{what} doesn't end");
}

fn kept(desk: &Desk) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(desk.path("")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("balie.db") {
            bytes.extend(fs::read(path).unwrap());
        }
    }
    bytes
}

#[test]
fn every_argument_that_takes_a_path_is_tried() {
    let mut known = BTreeSet::new();
    of_clap(&balie::cli::command(), "", &mut known);
    let tried: BTreeSet<String> = calls("R", "P")
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(known, tried);
}

#[test]
fn no_file_is_replaced_taken_or_shown_that_is_not_of_its_kind() {
    let desk = Desk::new(Engine::Sqlite);
    let request = verified_request(&desk, &["j.jansen"]);
    fs::write(desk.path("list"), "j.jansen\n").unwrap();
    let list = desk.path("list").display().to_string();
    let plan = [
        "bulk",
        "plan",
        "reissue",
        &list,
        "--request",
        &request,
        "--deliver",
        "letter",
    ];
    let plan = desk.run_json(plan).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();

    let keys = desk.path(".config/balie/keys.toml");
    let secret = fs::read_to_string(&keys).unwrap();
    let needles = needles(&secret);
    let (folder, link, pipe, other) = (
        desk.path("folder"),
        desk.path("link"),
        desk.path("pipe"),
        desk.path("other"),
    );
    fs::create_dir(&folder).unwrap();
    symlink(&keys, &link).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    fs::write(
        &other,
        "zo geheim als wat: niet voor anderen\nnog een regel\n",
    )
    .unwrap();
    fs::set_permissions(&other, fs::Permissions::from_mode(0o600)).unwrap();
    let database = PathBuf::from(&desk.url);
    let objects = [
        &keys,
        &database,
        &folder,
        Path::new("/dev/zero"),
        &link,
        &pipe,
        &other,
    ];
    for object in objects {
        for (name, words) in calls(&request, &plan) {
            // The database is the desk's own: what is looked for then is what it holds after all the others.
            let mut command = desk.command();
            command.current_dir(desk.path("folder")).args(["--yes"]);
            command.args(words.iter().map(|word| {
                if word == "FILE" {
                    object.as_os_str()
                } else {
                    word.as_ref()
                }
            }));
            let told = bounded(command, &format!("{name} {}", object.display()));
            for needle in &needles {
                assert!(
                    !told.contains(needle),
                    "{name} {}: {told}",
                    object.display()
                );
            }
            assert_eq!(
                fs::read_to_string(&keys).unwrap(),
                secret,
                "{name} {}",
                object.display()
            );
            assert!(
                fs::read(&database).unwrap().starts_with(b"SQLite format 3"),
                "{name}"
            );
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink(), "{name}");
            assert!(
                fs::read_to_string(&other).unwrap().starts_with("zo geheim"),
                "{name}"
            );
            // A folder may be written into; what is there then isn't this test's.
            fs::remove_dir_all(&folder).unwrap();
            fs::create_dir(&folder).unwrap();
        }
    }
    let kept = kept(&desk);
    for needle in needles {
        let found = kept
            .windows(needle.len())
            .any(|part| part == needle.as_bytes());
        assert!(!found, "{needle} is in the database now");
    }
    assert_eq!(desk.run_json(["audit", "verify", "--state"]).exit, 0);
}

on_both_databases! {
    fn what_a_link_in_a_folder_leads_to_is_not_taken_over(desk: &Desk) {
        let folder = desk.small_directory();
        let (regions, elsewhere) = (folder.join("regions.csv"), desk.path("elsewhere.csv"));
        fs::rename(&regions, &elsewhere).unwrap();
        symlink(&elsewhere, &regions).unwrap();
        let import = || desk.run_json(["directory", "import", folder.to_str().unwrap()]);
        let (exit, _, message) = import().error();
        assert!(exit != 0 && message.contains("it's a link to something else"), "{exit} {message}");
        fs::rename(&elsewhere, &regions).unwrap();
        import().json();
    }

    fn an_own_page_is_replaced_and_nothing_else(desk: &Desk) {
        desk.import_small_directory().json();
        let page = desk.path("page.html");
        let write = |what: [&str; 2]| desk.run([what[0], what[1], "--html", page.to_str().unwrap()]);
        for what in [["audit", "enrollments"], ["region", "list"]] {
            assert_eq!((write(what).exit, write(what).exit), (0, 0), "{what:?}");
            assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o600);
            let first = fs::read_to_string(&page).unwrap();
            let other = if what[0] == "audit" { ["region", "list"] } else { ["audit", "enrollments"] };
            assert_eq!(write(other).exit, 2, "another kind of page stays as it is");
            assert_eq!(fs::read_to_string(&page).unwrap(), first);
            fs::remove_file(&page).unwrap();
            symlink(desk.path("nowhere"), &page).unwrap();
            assert_eq!(write(what).exit, 2);
            fs::remove_file(&page).unwrap();
        }
    }
}
