//! What is known: the things of a city and of its patrols, one file for each question.

pub mod account;
pub mod area;
pub mod building;
pub mod calendar;
pub mod case;
pub mod code;
pub mod entity;
pub mod facility;
pub mod frame;
pub mod id;
pub mod local;
pub mod organisation;
pub mod patrol;
pub mod place;
pub mod report;
pub mod responder;
pub mod road;
pub mod roster;
pub mod shape;
pub mod source;
pub mod station;
pub mod task;
pub mod time;
pub mod unit;
pub mod visit;
