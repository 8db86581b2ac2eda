//! What an operator's own login to PostgreSQL may do, and what it may not.

mod answers;
mod bounds;
mod by_hand;
mod catalogue;
mod decisions;
mod enough;
mod forgeries;
mod grants;
mod lines;
mod mails;
mod queue;
mod roles;
mod work;
