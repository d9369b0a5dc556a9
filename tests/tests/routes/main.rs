//! Every route of the server: its good answers, and each way in which it refuses. The modules mirror the tree of URLs.

mod areas;
mod assignments;
mod cases;
mod categories;
mod city;
mod closures;
mod guard;
mod health;
mod history;
mod live;
mod locate;
mod near;
mod nearest_responders;
mod notices;
mod openapi;
mod pages;
mod patrols;
mod positions;
mod reports;
mod routes;
mod search;
mod simulate;
mod styles;
mod tiles;
