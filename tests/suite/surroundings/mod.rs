//! What is around the desk: rights, encodings, limits, poolers, disks, terminals. Each failure has its code,
//! and says how to mend it.

mod pooler;
mod postgres;
mod reading;
mod secrets;
mod sqlite;
mod terminal;
