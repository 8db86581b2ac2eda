use super::*;
use crate::domain::language::Language;

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
        assert!(matches!(problem, Some(Problem::Syntax(why)) if why.contains("full path")));
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

/// A value that can't stand somewhere is told of whatever brought it: the variable by its name, a file by its own.
#[test]
fn a_fault_is_told_of_what_brought_it() {
    let told = |text: &str, env: &[(&str, &str)]| {
        let env = env
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let folder = tempfile::tempdir().unwrap();
        let (own, place) = (
            folder.path().join("own.toml"),
            folder.path().join("balie.toml"),
        );
        std::fs::write(&own, text).unwrap();
        std::fs::write(&place, "[policy]\nmax_rows = 5\n").unwrap();
        let system = System::read(&place).unwrap().unwrap();
        let caller = Caller {
            account: 0,
            for_others: false,
        };
        Config::load(&own, &env.collect(), caller, Some((&place, &system)))
    };
    for (name, value) in [
        ("BALIE_POLICY_SESSION_HOURS", "0"),
        ("BALIE_POLICY_SESSION_HOURS", "many"),
        ("BALIE_POLICY_CHALLENGE", "never"),
        ("BALIE_POLICY_ISSUER", "a:b"),
        ("BALIE_RETENTION_LOG_MONTHS", "5"),
        ("BALIE_MAIL_MICROSOFT_ORIGIN", "perhaps"),
        ("BALIE_SMTP_FROM", ""),
        ("BALIE_DATABASE_WAIT_SECONDS", "-1"),
        ("BALIE_OPERATOR_LANGUAGE", "fr"),
        ("BALIE_KEYS_FILE", "~/keys"),
    ] {
        let error = told("", &[(name, value)]).unwrap_err();
        assert!(
            matches!(&error, ConfigError::Variable { name: told, .. } if told == name),
            "{name}: {error}"
        );
        assert_eq!(error.file(), None);
    }
    for text in [
        "[policy]\nsession_hours = 0",
        "[policy]\nissuer = ''",
        "[smtp]\nfrom = 'desk'",
        "[policy]\nchallenge = 'x'",
    ] {
        let error = told(text, &[]).unwrap_err();
        assert!(
            error.file().unwrap().ends_with("own.toml"),
            "{text}: {error}"
        );
    }
    let config = told("[operator]\nlanguage = 'en'", &[]).unwrap();
    assert_eq!(config.operator.language, Some(Language::En));
    assert_eq!(config.policy.max_rows, 5);
}

/// The file that root wrote is at fault, though a caller's lies over it.
#[test]
fn what_is_wrong_in_roots_config_is_told_of_that() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("balie.toml");
    for text in [
        "[policy]\nsession_hours = 0",
        "[policy]\nchallenge = 'x'",
        "[nope]\nx = 1",
        "[",
    ] {
        std::fs::write(&place, text).unwrap();
        assert_eq!(
            System::read(&place).unwrap_err().file(),
            Some(place.as_path()),
            "{text}"
        );
    }
}
