use crate::support::{Desk, Engine};

#[test]
fn the_demo_plays_a_mornings_work_and_leaves_no_desk_behind() {
    let desk = Desk::without_init(Engine::Sqlite);
    let played = desk.run(["demo"]);
    assert_eq!(played.exit, 0, "{}", played.stderr);
    for seen in [
        "$ balie request receive mails/genuine.eml",
        "verified: the mail is proven to come from Vera Kok",
        "passed: well_formed",
        "fail    dkim ",
        "fail    lookalike ",
        "fail    not_replayed ",
        "fail    authority ",
        "balie-receipt/1 account=r.terveenstra",
        "2FA van r.terveenstra is opnieuw ingesteld",
        "Must enroll",
        "Recovery code of the holder",
        "Granted.",
        "Denied: username, password or code isn't right.",
        "$ balie recovery reissue g.bos",
        "$ balie bulk apply P-",
        "$ balie audit enrollments",
        "The log holds",
    ] {
        assert!(played.stdout.contains(seen), "{seen}: {}", played.stdout);
    }
    let left: Vec<_> = std::fs::read_dir(desk.path("")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_kept_desk_can_be_looked_around_in() {
    let desk = Desk::without_init(Engine::Sqlite);
    let folder = desk.path("kept").display().to_string();
    let played = desk.run(["demo", "--keep", &folder]);
    assert_eq!(played.exit, 0, "{}", played.stderr);
    assert!(!desk.path("kept/enrollments.csv").exists());
    let (_, command) = played.stdout.split_once("Look around: balie ").unwrap();
    let log = desk
        .command()
        .env_remove("BALIE_OPERATOR_LOGIN")
        .env_remove("BALIE_DATABASE")
        .args(command.split_whitespace())
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8(log.stdout), String::from_utf8(log.stderr));
    assert_eq!(log.status.code(), Some(0), "{err:?}");
    assert!(out.unwrap().contains("audit.verify"));
    let again = desk.run(["demo", "--keep", &folder]);
    assert_eq!(again.exit, 2, "a folder that isn't empty is left alone");
}
