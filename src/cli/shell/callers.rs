//! Who calls, where balie runs for others: what `sudo`, `doas`, `pkexec` and `sshd` say of that. Whoever calls can't take these
//! variables away.

use crate::config::Caller;
use crate::domain::operator::login::Login;
use crate::world::World;

/// Hold the caller's own account.
const UIDS: [&str; 2] = ["SUDO_UID", "PKEXEC_UID"];
/// Holds the caller's own login name.
const USER: &str = "DOAS_USER";
/// Any of these tells that somebody else has balie run here; `sshd` says with the last one what a caller asked of a forced
/// command. `SSH_CONNECTION` alone tells nothing: the owner of the account logs in that way too.
const FOR_OTHERS: [&str; 4] = [UIDS[0], UIDS[1], USER, "SSH_ORIGINAL_COMMAND"];
/// The login that root gives with a key, where callers are told apart by nothing else.
const LOGIN: &str = "BALIE_OPERATOR_LOGIN";

/// Who runs this.
pub(in crate::cli) fn caller(world: &World<'_>) -> Caller {
    Caller {
        account: world.account,
        for_others: FOR_OTHERS.iter().any(|name| world.has_variable(name)),
    }
}

/// What a caller is told apart from the others by, as the name of a folder; nothing where nothing tells. All that is said
/// counts: whoever adds a variable becomes nobody else by it. `Err` names the variable that can't be what it should be.
pub(super) fn who_calls(world: &World<'_>) -> Result<Option<String>, &'static str> {
    let mut said = Vec::new();
    for name in UIDS {
        if let Some(uid) = read::<u32>(world, name)? {
            said.push(format!("uid-{uid}"));
        }
    }
    if let Some(user) = read::<Login>(world, USER)? {
        said.push(format!("user-{user}"));
    }
    if said.is_empty()
        && let Some(login) = read::<Login>(world, LOGIN)?
    {
        said.push(format!("login-{login}"));
    }
    Ok((!said.is_empty()).then(|| said.join("+")))
}

fn read<T: std::str::FromStr>(
    world: &World<'_>,
    name: &'static str,
) -> Result<Option<T>, &'static str> {
    if !world.has_variable(name) {
        return Ok(None);
    }
    let value = world.env.get(name).and_then(|text| text.parse().ok());
    value.map(Some).ok_or(name)
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use super::*;
    use crate::domain::timestamp::Timestamp;
    use crate::world::Terminal;

    fn among<T>(
        variables: &[(&str, &str)],
        not_text: &[&str],
        ask: impl FnOnce(&World<'_>) -> T,
    ) -> T {
        let variables = variables.iter();
        ask(&World {
            clock: &|| Timestamp::from_micros(0),
            rng: &mut rand::rand_core::UnwrapErr(rand::rngs::SysRng),
            stdin: &mut io::empty(),
            stdout: &mut io::sink(),
            stderr: &mut io::sink(),
            env: variables
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            not_text: not_text.iter().map(|name| (*name).to_owned()).collect(),
            user: &String::new,
            account: 1,
            home: &|| None,
            system: Path::new("/nowhere"),
            terminal: Terminal::default(),
        })
    }

    fn who(variables: &[(&str, &str)]) -> Result<Option<String>, &'static str> {
        among(variables, &[], who_calls)
    }

    #[test]
    fn callers_are_told_apart_and_nobody_becomes_another() {
        let named = |name: &str| Ok(Some(name.to_owned()));
        assert_eq!(who(&[]), Ok(None));
        assert_eq!(who(&[("SSH_ORIGINAL_COMMAND", "x")]), Ok(None));
        assert_eq!(who(&[("SUDO_UID", "1000")]), named("uid-1000"));
        assert_eq!(who(&[(LOGIN, "olga")]), named("login-olga"));
        let sudo = [("SUDO_UID", "1000"), (LOGIN, "olga")];
        assert_eq!(
            who(&sudo),
            named("uid-1000"),
            "the login is the caller's own word there"
        );
        assert_eq!(who(&[(USER, "eve")]), named("user-eve"));
        assert_eq!(
            who(&[(USER, "eve"), ("SUDO_UID", "1000")]),
            named("uid-1000+user-eve"),
            "an added variable doesn't make eve 1000"
        );
        for (name, value) in [
            ("SUDO_UID", "../1"),
            ("SUDO_UID", ""),
            (LOGIN, "a/b"),
            (LOGIN, ""),
        ] {
            assert_eq!(who(&[(name, value)]), Err(name), "{value}");
        }
        assert_eq!(among(&[], &["SUDO_UID"], who_calls), Err("SUDO_UID"));
    }

    #[test]
    fn balie_runs_for_others_whatever_the_variable_holds() {
        for name in FOR_OTHERS {
            assert!(among(&[(name, "")], &[], caller).for_others, "{name}");
            assert!(among(&[], &[name], caller).for_others, "{name}");
        }
        let own = [("SSH_CONNECTION", "::1 1 ::1 22"), ("USER", "desk")];
        assert!(!among(&own, &[], caller).for_others);
    }
}
