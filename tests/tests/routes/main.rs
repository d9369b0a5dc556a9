//! Every route of the server: its good answers, and each way in which it refuses. The modules mirror the tree of URLs.

mod areas;
mod cases;
mod categories;
mod city;
mod guard;
mod health;
mod locate;
mod near;
mod openapi;
mod pages;
mod reports;
mod styles;
mod tiles;
