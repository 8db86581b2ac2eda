//! The house itself: who may know whom, and that the migrations are twins.

mod completions;
mod dependencies;
mod examples;
mod layers;
mod manual;
mod notices;
mod paths;
mod schemas;
mod source;
mod twins;
