//! Mail in and out. Incoming: gathers evidence and judges nothing. Outgoing: composes and sends.
