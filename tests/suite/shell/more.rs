//! A list that is cut says so.

use crate::support::on_both_databases;

on_both_databases! {
    fn a_list_that_reached_its_limit_says_that_there_may_be_more(desk: &Desk) {
        desk.import_small_directory().json();
        for _ in 0..3 {
            desk.run(["account", "show", "j.jansen"]);
        }
        for list in [&["org", "list"][..], &["account", "history", "j.jansen"]] {
            let cut = desk.run([list, &["--limit", "2"]].concat());
            assert!(cut.stderr.contains("These are the first 2, and there may be more"), "{list:?}: {}", cut.stderr);
            let in_dutch = desk.run([list, &["--limit", "2", "--lang", "nl"]].concat());
            assert!(in_dutch.stderr.contains("er kunnen er meer zijn"), "{list:?}: {}", in_dutch.stderr);
            let whole = desk.run([list, &["--limit", "500"]].concat());
            assert_eq!((whole.exit, whole.stderr.as_str()), (0, ""), "{list:?}");
            let document = desk.run_json([list, &["--limit", "2"]].concat());
            assert_eq!(document.stderr, "", "{list:?}");
        }
    }
}
