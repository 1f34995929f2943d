//! Gives a new tenant its first list, so that the first dashboard is never empty.

use super::{Job, Run};
use crate::{Cx, Engine, Error, Result};
use domain::{
    Role, Symbol, TenantId, UserId,
    watchlist::{STARTER_NAME, STARTER_SYMBOLS},
};
use serde::{Deserialize, Serialize};

/// For one user in one tenant.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OnboardUser {
    pub(crate) tenant_id: TenantId,
    pub(crate) user_id: UserId,
}

impl Job for OnboardUser {
    const KIND: &'static str = "onboard_user";

    type Output = ();

    async fn run(self, engine: &Engine, run: &Run<'_>) -> Result<()> {
        let tenant = self.tenant_id;
        let cx = Cx { tenant, user: self.user_id, role: Role::Owner, request: format!("job {}", run.id()) };
        run.onboarding(tenant, 10, "Making your first watchlist").await?;
        let symbols: Vec<Symbol> = STARTER_SYMBOLS.iter().filter_map(|each| Symbol::parse(each)).collect();
        let lists = engine.watchlists();
        // A list of that name is the tenant's own from the moment it exists; only an empty one is filled.
        let list = match lists.create(&cx, STARTER_NAME).await {
            Ok(list) => Some(list),
            Err(Error::Conflict(_)) => {
                let all = lists.list(&cx).await?;
                all.into_iter().find(|list| list.name == STARTER_NAME && list.symbols.is_empty())
            }
            Err(error) => return Err(error),
        };
        if let Some(list) = list {
            lists.replace(&cx, list.id, symbols.clone()).await?;
        }
        run.onboarding(tenant, 60, "Looking at prices and signals").await?;
        engine.quotes().latest(&symbols).await?;
        engine.analysis().badges(&symbols).await?;
        run.onboarding(tenant, 100, "Ready").await
    }
}
