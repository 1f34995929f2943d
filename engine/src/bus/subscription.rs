//! One client's end of the bus.

use super::{frame::Frame, hub::Bus, queue::Queue};
use crate::accounts::Credential;
use domain::{Symbol, TenantId};
use futures::{Stream, task::AtomicWaker};
use std::{
    collections::BTreeSet,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

/// What the hub holds of a client.
pub(super) struct Client {
    pub(super) id: u64,
    pub(super) tenant: TenantId,
    queue: Mutex<Queue>,
    waker: AtomicWaker,
}

impl Client {
    pub(super) fn new(id: u64, tenant: TenantId, queue: Queue) -> Client {
        Client { id, tenant, queue: Mutex::new(queue), waker: AtomicWaker::new() }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, frame: &Arc<Frame>) -> bool {
        let fits = self.queue().push(frame);
        self.waker.wake();
        fits
    }

    pub(super) fn restart(&self, resync: Arc<Frame>) {
        self.queue().replace_with(resync);
        self.waker.wake();
    }

    pub(super) fn close(&self, why: Ending) {
        self.queue().closed.get_or_insert(why);
        self.waker.wake();
    }
}

/// Why a stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The bus was closed: the program stops.
    Stopping,
    /// What the stream was opened with has ended.
    Revoked,
}

/// A stream of frames with growing ids. Leaves the bus when dropped; ends when the bus is closed, or what it was
/// opened with.
pub struct Subscription {
    bus: Bus,
    client: Arc<Client>,
    symbols: BTreeSet<Symbol>,
    credential: Option<Credential>,
}

impl Subscription {
    pub(super) fn new(bus: Bus, client: Arc<Client>, symbols: BTreeSet<Symbol>) -> Subscription {
        Subscription { bus, client, symbols, credential: None }
    }

    /// Ends the stream with a credential; at once when that has just ended.
    #[must_use]
    pub fn until(mut self, credential: Credential) -> Subscription {
        self.bus.depend(&self.client, credential);
        self.credential = Some(credential);
        self
    }

    /// Why no more frames come, once that is so.
    pub fn ending(&self) -> Option<Ending> {
        self.client.queue().closed
    }

    /// The symbols watched.
    pub fn symbols(&self) -> &BTreeSet<Symbol> {
        &self.symbols
    }

    /// Watches one symbol more; false when it was watched already.
    pub fn watch(&mut self, symbol: Symbol) -> bool {
        let new = self.symbols.insert(symbol.clone());
        if new {
            self.bus.join(&self.client, &symbol);
        }
        new
    }

    /// Stops watching a symbol; false when it was not watched.
    pub fn unwatch(&mut self, symbol: &Symbol) -> bool {
        let was = self.symbols.remove(symbol);
        if was {
            self.bus.leave(&self.client, std::iter::once(symbol), false);
        }
        was
    }

    /// The next frame if one waits already.
    pub fn try_next(&mut self) -> Option<Arc<Frame>> {
        self.client.queue().pop()
    }
}

impl Stream for Subscription {
    type Item = Arc<Frame>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Arc<Frame>>> {
        // Register first: a frame pushed between looking and registering would wake nobody.
        self.client.waker.register(cx.waker());
        let mut queue = self.client.queue();
        match queue.pop() {
            Some(frame) => Poll::Ready(Some(frame)),
            None if queue.closed.is_some() => Poll::Ready(None),
            None => Poll::Pending,
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.bus.leave(&self.client, self.symbols.iter(), true);
        if let Some(credential) = &self.credential {
            self.bus.release(&self.client, credential);
        }
    }
}
