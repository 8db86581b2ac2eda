//! `balie directory`, `region`, `org` and `requester`.

mod import;
mod places;
mod requesters;
