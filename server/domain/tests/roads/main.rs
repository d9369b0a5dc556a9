//! Do the roads tell the truth? Every way is compared with a slow and obvious search; what the rules say is tried one by one.

mod cities;
mod lattice;
mod oracle;
mod random;
mod rules;
mod snapping;
mod telling;
