//! Does the index tell the truth? Every answer is compared with a slow and obvious one.

mod city;
mod fold;
mod locate;
mod near;
mod spread;
