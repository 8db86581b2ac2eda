use std::fs;
use std::path::Path;

use crate::support::{Desk, Engine};

#[test]
fn the_completions_in_the_repository_are_current() {
    let desk = Desk::without_init(Engine::Sqlite);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for (shell, file) in [
        ("bash", "balie.bash"),
        ("zsh", "_balie"),
        ("fish", "balie.fish"),
        ("powershell", "_balie.ps1"),
        ("elvish", "balie.elv"),
    ] {
        let made = desk.run(["completions", shell]);
        assert_eq!(made.exit, 0, "{}", made.stderr);
        let kept = fs::read_to_string(folder.join(file)).unwrap_or_default();
        assert!(
            made.stdout == kept,
            "completions/{file} is stale: balie completions {shell} > completions/{file}"
        );
    }
}
