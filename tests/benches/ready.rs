//! Claim: being written.

fn main() {}
