use super::*;

fn parse(text: &str, env: &BTreeMap<String, String>) -> Result<Config, Problem> {
    Config::laid(vec![(read(text)?, "config.toml".into())], env)
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    let problem = parse("[policy]\nmax_age_hour = 3", &BTreeMap::new())
        .err()
        .unwrap();
    assert!(matches!(problem, Problem::UnknownKey { key, nearest }
        if key == "policy.max_age_hour" && nearest == "policy.max_age_hours"));
}

/// Whatever is wrong, and with whichever key (rule 16).
#[test]
fn a_broken_config_is_never_quoted() {
    let shown = |text: &str, env: &BTreeMap<String, String>| {
        let parsed = parse(text, env).err();
        parsed.map_or_else(String::new, |problem| {
            problem.of(Path::new("config.toml")).to_string()
        })
    };
    let secret = "postgres://desk:Geheim1@host/db";
    for (whole, _) in keys() {
        let (section, key) = whole.split_once('.').unwrap();
        for value in [
            format!("\"{secret}"),
            secret.to_owned(),
            format!("'{secret}"),
            format!("\"{secret}\" Geheim1"),
            format!("[ \"{secret}\""),
            format!("[ \"{secret}\" ]"),
            format!("{{ Geheim1 = \"{secret}\" }}"),
            format!("\"{secret}\"\n{key} = \"Geheim1\""),
            format!("\"{secret}\""),
            format!("\"\"\"{secret}"),
            "\"a\\Geheim1\"".to_owned(),
            "\"Ge`heim1 Geheim1`\"".to_owned(),
            "\nGeheim1".to_owned(),
            "\nGeheim1 = 1".to_owned(),
            "\"a\"\nGeheim1 = 1".to_owned(),
            "\"a\"\n\"Geheim1\" = 1".to_owned(),
            "\"a\"\n[Geheim1]\nx = 1".to_owned(),
        ] {
            let text = format!("[{section}]\n{key} = {value}\n");
            let said = shown(&text, &BTreeMap::new());
            assert!(!said.contains("heim1"), "{text}: {said}");
        }
        let said = shown("", &[(variable(whole), secret.to_owned())].into());
        assert!(!said.contains("heim1"), "{said}");
    }
    let said = shown("[dns]\n\n  server = \"x", &BTreeMap::new());
    assert!(said.contains("line 3, column 1"), "{said}");
}

#[test]
fn a_home_that_only_a_shell_knows_is_no_path() {
    for text in ["[keys]\nfile = '~/k'", "[smtp]\npassword_file = '~desk/k'"] {
        let problem = parse(text, &BTreeMap::new()).err();
        assert!(matches!(problem, Some(Problem::Syntax(why)) if why.contains("whole path")));
    }
    assert!(parse("[keys]\nfile = '/~/k'", &BTreeMap::new()).is_ok());
}

#[test]
fn the_environment_wins() {
    let env = [("BALIE_POLICY_UNDO_HOURS".to_owned(), "5".to_owned())].into();
    let config = parse("[policy]\nundo_hours = 3", &env).ok().unwrap();
    assert_eq!(
        (config.policy.undo_hours, config.policy.max_age_hours),
        (5, 72)
    );
}
