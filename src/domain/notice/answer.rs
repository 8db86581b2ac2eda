//! What the FAQ says, as an answer to somebody. Only the topic is kept: the words are the program's.

use serde::{Deserialize, Serialize};

use crate::domain::timestamp::Timestamp;

/// An answer to who sent a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerToRequester {
    /// The requester's name.
    pub name: String,
    /// The request.
    pub request: String,
    /// The topic, by the name that it's kept under.
    pub topic: String,
    /// When the request's mail came in.
    pub at: Timestamp,
    /// The desk's address.
    pub desk: String,
}

/// An answer to an account's holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerToHolder {
    /// The holder's name.
    pub name: String,
    /// The username.
    pub username: String,
    /// The topic, by the name that it's kept under.
    pub topic: String,
    /// When the holder asked.
    pub at: Timestamp,
    /// The desk's address.
    pub desk: String,
}
