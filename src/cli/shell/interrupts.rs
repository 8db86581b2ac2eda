//! Ctrl-C, where a command listens itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

/// Ctrl-C, or a service that is stopped: the first asks for a stop where it can be gone on from, the second is obeyed at once.
pub(in crate::cli) struct Interrupts {
    pub(in crate::cli) stop: Arc<AtomicBool>,
    pub(in crate::cli) second: Arc<Notify>,
}

impl Interrupts {
    pub(in crate::cli) fn listen() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let second = Arc::new(Notify::new());
        let (asked, again) = (Arc::clone(&stop), Arc::clone(&second));
        tokio::spawn(async move {
            let Ok(mut terminated) = signal(SignalKind::terminate()) else {
                return;
            };
            loop {
                tokio::select! {
                    _ = tokio::signal::ctrl_c() => {}
                    _ = terminated.recv() => {}
                }
                if asked.swap(true, Ordering::Relaxed) {
                    again.notify_one();
                }
            }
        });
        Self { stop, second }
    }
}
