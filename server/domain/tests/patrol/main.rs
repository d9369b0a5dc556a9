//! What was really walked: fixes judged, pieces covered, visits, days.

mod beginning;
mod board;
mod covering;
mod days;
mod golden;
mod pieces;
mod visiting;
