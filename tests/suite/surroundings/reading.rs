use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{Desk, Engine, Ran, on_both_databases};

/// Many accounts, put in past the import.
fn fill(desk: &Desk, accounts: u32) {
    let series = match desk.engine {
        Engine::Sqlite => format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {accounts}) SELECT i FROM n"
        ),
        Engine::Postgres => format!("SELECT i FROM generate_series(1, {accounts}) s (i)"),
    };
    desk.sql(&format!(
        "INSERT INTO accounts (username, name, work_email, status, added_at)
         SELECT 'u' || i, 'Naam ' || i, 'u' || i || '@devecht.nl', 'active', 1 FROM ({series}) m"
    ))
    .unwrap();
    desk.sql(
        "INSERT INTO account_search (account_id, words)
         SELECT id, username || ' naam van beatrixschool de vecht ' || work_email FROM accounts
         WHERE id NOT IN (SELECT account_id FROM account_search)",
    )
    .unwrap();
}

on_both_databases! {
    // 170 short words held SQLite's write lock for 25 seconds, and colleagues gave up after 20.
    fn a_long_search_ends_soon_and_keeps_nobody_out(desk: &Desk) {
        desk.import_small_directory().json();
        fill(desk, 20_000);
        let words: Vec<String> = (0..170).map(|i| format!("q{}", i % 10)).collect();
        let begun = Instant::now();
        let ran = desk.run_json(["find", &words.join(" ")]);
        assert_eq!(ran.exit, 0, "{}", ran.stderr);
        assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
        let long = "jansen".to_owned() + &"x".repeat(5_000);
        assert_eq!(desk.run_json(["find", &long]).exit, 0);
        // What is pasted finds whom its first words name.
        let pasted = format!("joost jansen {}", "van de school ".repeat(40));
        assert_eq!(desk.run_json(["find", &pasted]).exit, 0);
        let found = desk.run_json(["find", "joost jansen"]).json();
        assert_eq!(found["accounts"][0]["username"], "j.jansen");
        desk.run_json(["account", "shared"]).json();
        desk.run_json(["audit", "verify"]).json();
    }

    fn the_log_is_read_line_by_line_in_every_format(desk: &Desk) {
        for _ in 0..7 {
            desk.run_json(["region", "list"]).json();
        }
        let as_json = desk.run_json(["audit", "log", "--limit", "5"]).json();
        assert_eq!(as_json["break_glass"], Value::Array(Vec::new()));
        let events = as_json["events"].as_array().unwrap();
        assert_eq!(events.len(), 5);
        assert!(events.iter().all(|event| event["action"] == "region.read"), "{as_json:#}");
        let none = desk.run_json(["audit", "log", "--operator", "niemand"]).json();
        assert_eq!(none["events"], Value::Array(Vec::new()));
        // Its own event isn't among the lines, and says how many there were.
        let told = desk.run_json(["audit", "log", "--action", "audit.log", "--limit", "1"]).json();
        assert_eq!(told["events"][0]["detail"]["events"], 0);
        let as_text = |format: &str| {
            let output = desk.command().args(["--format", format, "audit", "log", "--limit", "4"]).output();
            Ran::new(&output.unwrap()).stdout
        };
        assert_eq!(as_text("ndjson").lines().count(), 4);
        let as_csv = as_text("csv");
        assert_eq!(as_csv.lines().next(), Some("seq,at,operator,action,account,request,detail"));
        assert_eq!(as_csv.lines().count(), 5);
        assert!(as_text("table").contains("audit.log"));
        let none = desk.run(["audit", "log", "--operator", "niemand"]);
        assert!(none.stdout.contains("The log has nothing about"), "{}", none.stdout);
    }
}

/// 40,000 lines are shown in the memory of a few.
#[test]
fn a_long_log_is_shown_in_bounded_memory() {
    let desk = Desk::new(Engine::Sqlite);
    desk.sql(
        "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
         INSERT INTO events (seq, at, operator, action, detail_commitment, prev_hash, hash)
         SELECT i, i, 'fatima', 'region.read', zeroblob(32), zeroblob(32), zeroblob(32) FROM n",
    )
    .unwrap();
    for format in ["json", "ndjson", "table"] {
        let peak = |limit: &str| {
            let mut command = desk.command();
            command.args(["--format", format, "audit", "log", "--limit", limit]);
            peak_of(&mut command)
        };
        // Both are longer than a pipe holds, so that each is measured while it's at work and not once it's gone.
        let (few, many) = (peak("4000"), peak("40000"));
        assert!(few > 1024, "{format}: {few} KiB is no measurement");
        assert!(many < few + 16 * 1024, "{format}: {few} and {many} KiB");
    }
}

/// The most memory that it has had, in KiB, as the kernel counts it.
fn peak_of(command: &mut std::process::Command) -> u64 {
    use std::io::Read as _;
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut stdout = child.stdout.take().unwrap();
    let (mut peak, mut buffer) = (0, vec![0; 1 << 16]);
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(number.unwrap_or(0));
        if stdout.read(&mut buffer).unwrap() == 0 {
            break;
        }
    }
    assert!(child.wait().unwrap().success());
    peak
}
