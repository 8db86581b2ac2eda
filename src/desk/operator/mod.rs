//! Operators and services: who works here, and how they log in.

mod log_in;
mod manage;
mod password;
mod proof;
mod service;
mod token;

pub use log_in::{LoginOrder, LoginStep, WhoAmI, log_in, log_out, who_am_i};
pub use manage::{
    HandedOut, NewOperator, OperatorCard, OperatorChange, add_operator, change_operator,
    disable_operator, enable_operator, operators,
};
pub use password::{Whose, reset_password, whose_password};
pub use proof::Proof;
pub(super) use proof::prove_admin;
pub use service::{ServiceOrder, add_service};
pub use token::{TokenOrder, accept_token, add_token, revoke_token, tokens};
