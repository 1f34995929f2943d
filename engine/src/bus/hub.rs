//! The one place where frames are numbered, kept and handed out.

use super::{
    frame::Frame,
    queue::Queue,
    ring::{Audience, Ring},
    subscription::{Client, Ending, Subscription},
};
use crate::accounts::{Credential, Operator};
use domain::{Event, Symbol, TenantId, event::Resync};
use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use uuid::Uuid;

/// How many frames are kept for those who come back: about two minutes of a hundred symbols.
const RING_FRAMES: usize = 16_384;

/// How many ended credentials are remembered, for streams that open while theirs ends.
const ENDED: usize = 1_024;

/// The live channels of one process; clones share everything.
#[derive(Clone)]
pub struct Bus {
    shared: Arc<Shared>,
}

pub(super) struct Shared {
    epoch: String,
    hub: Mutex<Hub>,
}

struct Hub {
    last_seq: u64,
    last_client: u64,
    closed: bool,
    ring: Ring,
    by_symbol: HashMap<Symbol, HashMap<u64, Arc<Client>>>,
    by_tenant: HashMap<TenantId, HashMap<u64, Arc<Client>>>,
    operators: HashMap<u64, Arc<Client>>,
    by_credential: HashMap<Credential, HashMap<u64, Arc<Client>>>,
    ended: VecDeque<Credential>,
}

impl Default for Bus {
    fn default() -> Bus {
        Bus::new()
    }
}

impl Bus {
    /// Channels without anybody on them.
    pub fn new() -> Bus {
        Bus::with_capacity(RING_FRAMES)
    }

    /// As [`Bus::new`], keeping so many frames for those who come back.
    pub fn with_capacity(frames: usize) -> Bus {
        // Time of the start and random bits: an id of an earlier process is never taken for one of this.
        let epoch = format!("{:x}", Uuid::now_v7().as_u128() >> 64);
        let hub = Hub {
            last_seq: 0,
            last_client: 0,
            closed: false,
            ring: Ring::new(frames),
            by_symbol: HashMap::new(),
            by_tenant: HashMap::new(),
            operators: HashMap::new(),
            by_credential: HashMap::new(),
            ended: VecDeque::new(),
        };
        Bus { shared: Arc::new(Shared { epoch, hub: Mutex::new(hub) }) }
    }

    /// Tells everyone who watches the event's symbol; an event about no symbol reaches nobody.
    pub fn publish_market(&self, event: Event) {
        self.shared.publish(Audience::Market, event);
    }

    /// Tells the clients of one tenant, and nobody else, ever.
    pub fn publish_tenant(&self, tenant: TenantId, event: Event) {
        self.shared.publish(Audience::Tenant(tenant), event);
    }

    /// Tells those who operate the installation, and the tenant it is about, if it is about one.
    pub fn publish_operators(&self, about: Option<TenantId>, event: Event) {
        self.shared.publish(Audience::Operators(about), event);
    }

    /// Tells everyone who is connected.
    pub fn publish_everyone(&self, event: &Event) {
        let tenants: Vec<TenantId> = self.shared.lock().by_tenant.keys().copied().collect();
        for tenant in tenants {
            self.publish_tenant(tenant, event.clone());
        }
    }

    /// Joins the channels of `symbols` and of `tenant`. With the id of the last frame received, what was missed
    /// comes first; where that is not possible, a `resync` does. How many symbols are allowed is the caller's rule.
    pub fn subscribe(&self, tenant: TenantId, symbols: Vec<Symbol>, last_id: Option<&str>) -> Subscription {
        self.enter(tenant, false, symbols, last_id)
    }

    /// As [`Bus::subscribe`], for somebody who operates the installation.
    pub fn subscribe_operator(
        &self,
        operator: &Operator,
        symbols: Vec<Symbol>,
        last_id: Option<&str>,
    ) -> Subscription {
        self.enter(operator.tenant, true, symbols, last_id)
    }

    fn enter(
        &self,
        tenant: TenantId,
        operator: bool,
        symbols: Vec<Symbol>,
        last_id: Option<&str>,
    ) -> Subscription {
        let symbols: BTreeSet<Symbol> = symbols.into_iter().collect();
        let mut hub = self.shared.lock();
        // Replay and joining under one lock: nothing can fall between.
        let missed = match last_id {
            None => Vec::new(),
            Some(id) => match self.shared.missed(&hub, id, (tenant, operator), &symbols) {
                Some(missed) => missed,
                None => vec![self.shared.resync(&hub, "what happened since is not kept any more")],
            },
        };
        hub.last_client += 1;
        let client = Arc::new(Client::new(hub.last_client, tenant, Queue::starting_with(missed)));
        if hub.closed {
            client.close(Ending::Stopping);
        }
        for symbol in &symbols {
            hub.by_symbol.entry(symbol.clone()).or_default().insert(client.id, client.clone());
        }
        hub.by_tenant.entry(tenant).or_default().insert(client.id, client.clone());
        if operator {
            hub.operators.insert(client.id, client.clone());
        }
        drop(hub);
        Subscription::new(self.clone(), client, symbols)
    }

    /// Symbols that somebody watches right now.
    pub fn watched(&self) -> Vec<Symbol> {
        self.shared.lock().by_symbol.keys().cloned().collect()
    }

    /// How many clients are connected.
    pub fn clients(&self) -> usize {
        self.shared.lock().by_tenant.values().map(HashMap::len).sum()
    }

    /// Ends every stream once it has delivered what waits; for the shutdown.
    pub fn close(&self) {
        let mut hub = self.shared.lock();
        hub.closed = true;
        hub.by_tenant.values().flat_map(HashMap::values).for_each(|client| client.close(Ending::Stopping));
    }

    /// Ends the streams opened with a credential, in this process.
    pub fn end(&self, credential: Credential) {
        let mut hub = self.shared.lock();
        if hub.ended.len() == ENDED {
            hub.ended.pop_front();
        }
        hub.ended.push_back(credential);
        let clients = hub.by_credential.get(&credential);
        clients.into_iter().flat_map(HashMap::values).for_each(|client| client.close(Ending::Revoked));
    }

    pub(super) fn depend(&self, client: &Arc<Client>, credential: Credential) {
        let mut hub = self.shared.lock();
        if hub.ended.contains(&credential) {
            client.close(Ending::Revoked);
        }
        hub.by_credential.entry(credential).or_default().insert(client.id, client.clone());
    }

    pub(super) fn release(&self, client: &Client, credential: &Credential) {
        drop_from(&mut self.shared.lock().by_credential, credential, client.id);
    }

    pub(super) fn join(&self, client: &Arc<Client>, symbol: &Symbol) {
        self.shared.lock().by_symbol.entry(symbol.clone()).or_default().insert(client.id, client.clone());
    }

    pub(super) fn leave<'a>(&self, client: &Client, symbols: impl Iterator<Item = &'a Symbol>, wholly: bool) {
        let mut hub = self.shared.lock();
        for symbol in symbols {
            drop_from(&mut hub.by_symbol, symbol, client.id);
        }
        if wholly {
            drop_from(&mut hub.by_tenant, &client.tenant, client.id);
            hub.operators.remove(&client.id);
        }
    }
}

fn drop_from<K: std::hash::Hash + Eq>(
    index: &mut HashMap<K, HashMap<u64, Arc<Client>>>,
    key: &K,
    client: u64,
) {
    if let Some(clients) = index.get_mut(key) {
        clients.remove(&client);
        if clients.is_empty() {
            index.remove(key);
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Hub> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn publish(&self, audience: Audience, event: Event) {
        let data = match serde_json::to_string(&event) {
            Ok(data) => data,
            Err(error) => return tracing::error!(%error, event = event.name(), "event could not be encoded"),
        };
        let mut hub = self.lock();
        hub.last_seq += 1;
        let frame = Arc::new(Frame::new(&self.epoch, hub.last_seq, event, &data));
        hub.ring.push(audience, frame.clone());
        let (receivers, operators) = match audience {
            Audience::Market => (frame.symbol().and_then(|symbol| hub.by_symbol.get(symbol)), None),
            Audience::Tenant(tenant) => (hub.by_tenant.get(&tenant), None),
            Audience::Operators(about) => {
                (about.and_then(|tenant| hub.by_tenant.get(&tenant)), Some(&hub.operators))
            }
        };
        // An operator of that very tenant hears it once.
        let not_yet = |client: &&Arc<Client>| receivers.is_none_or(|told| !told.contains_key(&client.id));
        let operators = operators.into_iter().flat_map(HashMap::values).filter(not_yet);
        for client in receivers.into_iter().flat_map(HashMap::values).chain(operators) {
            if !client.push(&frame) {
                client.restart(self.resync(&hub, "this client was too slow"));
            }
        }
    }

    /// What a client that has `last_id` has not seen; `None` for a foreign id or one too old.
    fn missed(
        &self,
        hub: &Hub,
        last_id: &str,
        (tenant, operator): (TenantId, bool),
        symbols: &BTreeSet<Symbol>,
    ) -> Option<Vec<Arc<Frame>>> {
        let (epoch, seq) = last_id.trim().rsplit_once('-')?;
        let seq: u64 = seq.parse().ok()?;
        if epoch != self.epoch || seq > hub.last_seq {
            return None;
        }
        let wanted = |frame: &&Arc<Frame>| frame.symbol().is_none_or(|symbol| symbols.contains(symbol));
        Some(hub.ring.after(seq, tenant, operator)?.filter(wanted).cloned().collect())
    }

    /// Carries the newest id, so that a client that comes back after it is whole again.
    fn resync(&self, hub: &Hub, reason: &str) -> Arc<Frame> {
        let event = Event::Resync(Resync { reason: reason.to_string() });
        let data = serde_json::json!({ "reason": reason }).to_string();
        Arc::new(Frame::new(&self.epoch, hub.last_seq, event, &data))
    }
}
