//! The `balie` binary.

fn main() {}
