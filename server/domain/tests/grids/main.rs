//! Do drafts of grids tile their parents? Random parents, random streets, a real boundary; no tolerance anywhere.

mod draft;
mod tiexi;
mod town;
