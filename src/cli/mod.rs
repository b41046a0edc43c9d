//! The program: the only room that prints.

pub mod dataset;
