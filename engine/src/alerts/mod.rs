//! Telling the operators: one call, [`Alerts::raise`], from wherever something goes wrong.
//!
//! A notice goes to the log and to the dashboard, and by its level to e-mail, Slack and GitHub as far as these are
//! set up. The same key again counts up instead of repeating: it is sent out anew once an hour at most, and not at
//! all after somebody has seen it, until it comes back later. Each delivery is a durable job of its own, so that
//! a channel that is away is tried again and keeps nobody waiting; each channel takes a few at once and then one
//! at a time.

mod channels;
mod dead_job;
mod email;
mod etl;
mod github;
mod pace;
mod slack;
mod stale_prices;
mod watch;

pub use channels::Channels;
pub use email::Email;
pub use github::Github;
pub use slack::Slack;
pub(crate) use watch::Seen;

use crate::{
    Engine, Error, Result,
    accounts::Operator,
    jobs::{Order, SendAlert, URGENT},
    store,
};
use chrono::{DateTime, Duration, Utc};
use domain::ops_alert::{Channel, Level, Notice, OpsAlert};
use store::{Tx, ops_alerts::Settled};
use uuid::Uuid;

/// The same trouble is told once in so long.
const QUIET: Duration = Duration::hours(1);

/// What could go out only after so long does not go out at all: it is on the dashboard.
const STALE: Duration = Duration::hours(12);

/// The operators' alerts of an [`Engine`].
pub struct Alerts<'a>(&'a Engine);

impl Engine {
    /// What operators have to know.
    pub fn alerts(&self) -> Alerts<'_> {
        Alerts(self)
    }
}

impl Alerts<'_> {
    /// Tells the operators. Never fails its caller: what can not be kept is at least in the log. Not to be called
    /// inside a transaction.
    pub async fn raise(&self, notice: Notice) {
        match self.keep(&notice).await {
            Ok(true) => log(&notice),
            Ok(false) => tracing::debug!(key = notice.key, "an alert was raised again"),
            Err(error) => {
                log(&notice);
                tracing::error!(%error, key = notice.key, "could not keep an alert");
            }
        }
    }

    /// The trouble of this key is over: its alert is closed. True when one was open.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn over(&self, key: &str) -> Result<bool> {
        let mut tx = self.0.db().begin().await?;
        let closed = store::ops_alerts::close(&mut tx, key, self.0.clock().now()).await?;
        tx.commit().await?;
        Ok(closed)
    }

    /// Newest first; `open` leaves out what somebody has seen or what is over. `after` is the last of the page
    /// before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(
        &self,
        _: &Operator,
        open: bool,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<OpsAlert>> {
        store::ops_alerts::list(self.0.db(), open, after, i64::from(limit)).await
    }

    /// The operator has seen it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none that is open.
    pub async fn acknowledge(&self, by: &Operator, id: Uuid) -> Result<()> {
        let mut tx = self.0.db().begin().await?;
        let done = store::ops_alerts::acknowledge(&mut tx, id, by.user, self.0.clock().now()).await?;
        tx.commit().await?;
        if done { Ok(()) } else { Err(Error::NotFound("the alert")) }
    }

    /// Keeps a notice and plans its deliveries; false when it only counted.
    async fn keep(&self, notice: &Notice) -> Result<bool> {
        let now = self.0.clock().now();
        let mut tx = self.0.db().begin().await?;
        let told = self.open_or_count(&mut tx, notice, now).await?;
        if let Some(id) = told {
            self.tell(&mut tx, id, notice.level, now).await?;
        }
        tx.commit().await?;
        if told.is_some() {
            self.0.jobs().wake();
        }
        Ok(told.is_some())
    }

    /// The alert that has to be told now, if it has to.
    async fn open_or_count(&self, tx: &mut Tx, notice: &Notice, now: DateTime<Utc>) -> Result<Option<Uuid>> {
        let quiet_since = now - QUIET;
        // Where another process opens the same alert at this moment, the second round counts that one up.
        for _ in 0..2 {
            if let Some(known) = store::ops_alerts::count_up(tx, notice, now, quiet_since).await? {
                return Ok((known.told_at <= quiet_since).then_some(known.id));
            }
            let id = Uuid::now_v7();
            if store::ops_alerts::insert(tx, id, notice, now).await? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    async fn tell(&self, tx: &mut Tx, id: Uuid, level: Level, now: DateTime<Utc>) -> Result<()> {
        store::ops_alerts::tell(tx, id, now).await?;
        for &channel in level.channels().iter().filter(|channel| self.0.alert_channels().has(**channel)) {
            let free_at = store::ops_alerts::free_at(tx, channel, now).await?;
            let (at, until) = pace::of(channel).next(free_at, now);
            if at - now > STALE {
                let why = "too many alerts at once: this one is only here";
                store::ops_alerts::plan(tx, id, channel, now, Some(why)).await?;
                continue;
            }
            store::ops_alerts::occupy(tx, channel, until).await?;
            store::ops_alerts::plan(tx, id, channel, now, None).await?;
            let order = Order::new(&SendAlert { alert: id, channel, told_at: now })?;
            // A backup or a clean-up holds the only worker of the queue for half an hour.
            self.0.jobs().enqueue_in(tx, order.at(at).priority(URGENT)).await?;
        }
        Ok(())
    }

    /// Sends what is planned, for the job of it. What somebody has seen meanwhile, was told anew or went out
    /// already is left alone.
    pub(crate) async fn deliver(&self, id: Uuid, channel: Channel, told_at: DateTime<Utc>) -> Result<()> {
        let db = self.0.db();
        let Some(due) = store::ops_alerts::due(db, id, channel).await? else {
            tracing::warn!(alert = %id, %channel, "an alert is gone before it went out");
            return Ok(());
        };
        if due.told_at != told_at || due.sent_at.is_some() {
            return Ok(());
        }
        let sent = match due.acknowledged_at {
            Some(_) => Ok(Settled { error: Some("seen before it went out".into()), ..Settled::default() }),
            None => self.0.alert_channels().send(channel, &due).await.map(|reference| Settled {
                sent_at: Some(self.0.clock().now()),
                error: None,
                reference,
            }),
        };
        let noted = match &sent {
            Ok(settled) => settled.clone(),
            Err(error) => Settled { error: Some(error.to_string()), ..Settled::default() },
        };
        let mut tx = db.begin().await?;
        store::ops_alerts::settle(&mut tx, id, channel, told_at, &noted).await?;
        tx.commit().await?;
        sent.map(|_| ())
    }
}

/// The channel that never fails.
fn log(notice: &Notice) {
    let Notice { level, key, subject, text } = notice;
    match level {
        Level::Critical => tracing::error!(%level, key, text, "{subject}"),
        Level::Warning | Level::DataQuality => tracing::warn!(%level, key, text, "{subject}"),
        Level::Info => tracing::info!(%level, key, text, "{subject}"),
    }
}

#[cfg(test)]
mod tests;
