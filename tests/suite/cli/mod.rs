//! Commands, as they're typed.

mod directory;
mod enroll;
mod init;
mod look_up;
mod request;
