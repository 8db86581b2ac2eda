//! The house itself: who may know whom, and that the migrations are twins.

mod layers;
mod twins;
