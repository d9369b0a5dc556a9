//! How matters are taken up and closed, seen over time.

mod past;
