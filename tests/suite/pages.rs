//! What a person reads: standard output, standard error and the exit code on one page.

use crate::reset::requests::verified_request;
use crate::support::{Desk, Engine};

/// The page, with what differs from run to run told apart from what must not change.
fn page(desk: &Desk, request: &str, args: &[&str]) -> String {
    let ran = desk.run(args);
    let whole = format!(
        "$ balie {}\n{}{}exit {}\n",
        args.join(" "),
        ran.stdout,
        ran.stderr,
        ran.exit
    );
    let words = whole.replace(request, "R-XXXXX");
    let is_time = |word: &str| {
        let word = word.trim_end_matches([',', ')', '.']);
        word.len() == 20 && word.ends_with('Z') && word.as_bytes()[10] == b'T'
    };
    let told = |word: &str| {
        if is_time(word) {
            let end = word.trim_start_matches(|c: char| c != 'Z');
            format!("2026-MM-DDTHH:MM:SS{end}")
        } else {
            word.to_owned()
        }
    };
    let line = |line: &str| line.split(' ').map(told).collect::<Vec<_>>().join(" ");
    words.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn pages_read_as_they_should() {
    let desk = Desk::new(Engine::Sqlite);
    let request = verified_request(&desk, &["j.jansen", "k.bos"]);
    let pages = [
        vec!["find", "jansne"],
        vec!["find", "xyzzyplugh"],
        vec!["account", "show", "z.celik"],
        vec!["account", "show", "j.janse"],
        vec!["org", "show", "sch-beatrix"],
        vec!["region", "list"],
        vec!["request", "show", &request],
        vec!["request", "list"],
        vec!["reset", "k.bos", "--request", &request],
        vec!["reset"],
        vec!["reset", "j.jansen", "--request", "R-1"],
    ];
    let pages: Vec<_> = pages
        .iter()
        .map(|args| page(&desk, &request, args))
        .collect();
    insta::assert_snapshot!(pages.join("\n\n"));
}
