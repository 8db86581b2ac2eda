//! What `balie reset` is typed with: accounts, a request, or either of them alone.

use crate::cli::Failure;
use crate::cli::language::said;
use crate::cli::shell::parse::{parse_request, parse_username};
use crate::domain::code::Username;
use crate::domain::request::id::RequestId;

/// The accounts and the request that were typed, as far as they were.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) accounts: Vec<Username>,
    pub(super) request: Option<RequestId>,
}

impl Typed {
    /// A word with `R-` is a request, every other one a username.
    pub(super) fn read(words: &[String], request: Option<&str>) -> Result<Self, Failure> {
        let mut typed = Self {
            accounts: Vec::new(),
            request: request.map(parse_request).transpose()?,
        };
        for word in words {
            match RequestId::among_usernames(word) {
                None => typed.accounts.push(parse_username(word)?),
                Some(id) if typed.request.as_ref().is_some_and(|known| *known != id) => {
                    return Err(Failure::invalid(
                        said!("accounts are reset on one request at a time"),
                        said!("run `balie reset` for each request"),
                    ));
                }
                Some(id) => typed.request = Some(id),
            }
        }
        Ok(typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str], request: Option<&str>) -> Result<(Vec<String>, Option<String>), u8> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        let typed = Typed::read(&words, request).map_err(|failure| failure.exit)?;
        let accounts = typed.accounts.iter().map(ToString::to_string).collect();
        Ok((accounts, typed.request.map(|id| id.to_string())))
    }

    #[test]
    fn only_a_word_with_its_prefix_is_a_request() {
        let accounts = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let id = Some("R-4K7Q2".to_owned());
        assert_eq!(read(&["r-4k7q2"], None), Ok((accounts(&[]), id.clone())));
        assert_eq!(read(&["4k7q2"], None), Ok((accounts(&["4k7q2"]), None)));
        assert_eq!(
            read(&["j.jansen", "R-4K7Q2"], Some("4k7q2")),
            Ok((accounts(&["j.jansen"]), id))
        );
        assert_eq!(read(&["R-4K7Q2", "R-7M3XD"], None), Err(2));
    }
}
