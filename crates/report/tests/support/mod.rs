//! Small checkers for the formats the reports are written in.
#![allow(dead_code)]

pub mod markup;
pub mod schema;
