//! The latest frames, for those who come back.

use super::frame::Frame;
use domain::TenantId;
use std::{collections::VecDeque, sync::Arc};

/// Whom a frame may be shown to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Everyone who watches its symbol.
    Market,
    /// One tenant.
    Tenant(TenantId),
    /// Those who operate the installation, and the tenant it is about.
    Operators(Option<TenantId>),
}

impl Audience {
    /// Whether somebody of that tenant belongs to it.
    fn includes(self, tenant: TenantId, operator: bool) -> bool {
        match self {
            Audience::Market => true,
            Audience::Tenant(owner) => owner == tenant,
            Audience::Operators(owner) => operator || owner == Some(tenant),
        }
    }
}

/// A frame and whom it may be shown to.
#[derive(Debug)]
struct Kept {
    audience: Audience,
    frame: Arc<Frame>,
}

/// Bounded by count; consecutive sequence numbers.
#[derive(Debug)]
pub(super) struct Ring {
    kept: VecDeque<Kept>,
    capacity: usize,
}

impl Ring {
    pub(super) fn new(capacity: usize) -> Ring {
        Ring { kept: VecDeque::new(), capacity: capacity.max(1) }
    }

    pub(super) fn push(&mut self, audience: Audience, frame: Arc<Frame>) {
        if self.kept.len() == self.capacity {
            self.kept.pop_front();
        }
        self.kept.push_back(Kept { audience, frame });
    }

    /// What somebody of `tenant` may see after `seq`, oldest first; `None` when frames after `seq` are gone
    /// already.
    pub(super) fn after(
        &self,
        seq: u64,
        tenant: TenantId,
        operator: bool,
    ) -> Option<impl Iterator<Item = &Arc<Frame>>> {
        let oldest = self.kept.front().map_or(seq + 1, |kept| kept.frame.seq);
        if seq + 1 < oldest {
            return None;
        }
        let skip = usize::try_from(seq + 1 - oldest).unwrap_or(usize::MAX).min(self.kept.len());
        let allowed = move |kept: &&Kept| kept.audience.includes(tenant, operator);
        Some(self.kept.range(skip..).filter(allowed).map(|kept| &kept.frame))
    }
}
