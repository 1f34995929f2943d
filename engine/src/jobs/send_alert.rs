//! Sends one alert on one channel.

use super::{Job, Run};
use crate::{Engine, Result};
use chrono::{DateTime, Utc};
use domain::ops_alert::Channel;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One alert on its way on one channel.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendAlert {
    /// Which.
    pub(crate) alert: Uuid,
    /// Which way.
    pub(crate) channel: Channel,
    /// Which telling of it: when it is told anew, this one is out of date.
    pub(crate) told_at: DateTime<Utc>,
}

impl Job for SendAlert {
    const KIND: &'static str = "send_alert";
    const MAX_ATTEMPTS: u32 = 8;
    type Output = ();

    async fn run(self, engine: &Engine, _: &Run<'_>) -> Result<()> {
        engine.alerts().deliver(self.alert, self.channel, self.told_at).await
    }
}
