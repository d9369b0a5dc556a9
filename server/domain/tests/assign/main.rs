//! Is the one who is named first truly the first, and is everybody told the right reason? Who is on duty when, who is sent, who is freed?

#[path = "../roads/lattice.rs"]
#[allow(dead_code)]
mod lattice;

mod arriving;
mod board;
mod duties;
mod positions;
mod reasons;
mod sending;
