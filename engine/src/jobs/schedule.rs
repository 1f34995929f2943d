//! The schedule: every line of it, in one table.
//!
//! A line names when and which job. What is said every so many minutes stands in UTC, which has no gaps; what is
//! said for a time of day stands in the zone of those who wait for it. The market's lines count by the market
//! clock, so that with bundled data they run when its sessions do. How slots are worked out is `slots`, how they
//! become jobs `timekeeper`.

use super::{
    BackUp, BuildReport, ComputeSignals, DeepClean, Order, Predict, QualitySummary, RetentionCleanup, RunEtl,
    RunScanner, SyncBars, SyncIntraday, SyncNews, SyncQuotes, TidyJobs, TrainForecaster,
};
use crate::Result;
use chrono::{DateTime, Utc};
use chrono_tz::{America::New_York, Tz};
use domain::{TenantId, UserId, scanner::Timeframe};

/// One line of the schedule.
pub(crate) struct Line {
    /// Its key in the store, and what is shown; never changed once released.
    pub(super) name: &'static str,
    /// What it is for, in a few plain words.
    pub(super) what: &'static str,
    /// Minute, hour, day, month, weekday.
    pub(super) cron: &'static str,
    /// Where the cron line's wall clock hangs.
    pub(super) zone: Zone,
    /// Which of its moments count.
    pub(super) when: When,
    /// Which clock it follows.
    pub(super) time: Time,
    /// The kind of its job.
    pub(super) kind: &'static str,
    /// The job of a slot.
    pub(super) order: Orders,
}

/// Where a line's wall clock hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code)] // some are not used by a line yet but in tests
pub(crate) enum Zone {
    /// For what is said every so often.
    Utc,
    /// The exchange's.
    NewYork,
    /// Each user's own.
    Own,
}

impl Zone {
    /// The zone, where it is one for all.
    pub(super) fn fixed(self) -> Option<Tz> {
        match self {
            Zone::Utc => Some(Tz::UTC),
            Zone::NewYork => Some(New_York),
            Zone::Own => None,
        }
    }

    /// As it is shown.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Zone::Utc => "UTC",
            Zone::NewYork => "America/New_York",
            Zone::Own => "each user's own",
        }
    }
}

/// Which moments of a cron line count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code)] // some are not used by a line yet but in tests
pub(crate) enum When {
    /// All.
    Always,
    /// Those on days on which the exchange trades.
    TradingDays,
    /// Those from the opening bell to the closing bell, both included.
    MarketHours,
}

impl When {
    /// As it is shown.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            When::Always => "always",
            When::TradingDays => "trading days",
            When::MarketHours => "market hours",
        }
    }
}

/// Which clock a line follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code)] // some are not used by a line yet but in tests
pub(crate) enum Time {
    /// Wall time.
    Wall,
    /// The market clock.
    Market,
}

/// The job of a slot.
#[derive(Clone, Copy)]
pub(crate) enum Orders {
    /// One, at that slot.
    Once(fn(DateTime<Utc>) -> Result<Order>),
    /// One for each member whose zone has reached the slot, and who was there by then.
    #[allow(dead_code)] // no line has it yet but in tests
    EachMember(fn(Member, DateTime<Utc>) -> Result<Order>),
    /// As `EachMember`, for those who wanted the morning report by then.
    EachReader(fn(Member, DateTime<Utc>) -> Result<Order>),
}

/// A user in one of the tenants they belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) tenant: TenantId,
    pub(crate) user: UserId,
}

/// The table.
pub(crate) static LINES: &[Line] = &[
    Line {
        name: "sync_quotes",
        what: "Latest prices of what is watched",
        cron: "* * * * *",
        zone: Zone::Utc,
        when: When::MarketHours,
        time: Time::Market,
        kind: "sync_quotes",
        order: Orders::Once(|_| Ok(Order::new(&SyncQuotes {})?.key("sync_quotes"))),
    },
    Line {
        name: "sync_bars",
        what: "Newest bars of what is watched",
        cron: "*/15 * * * *",
        zone: Zone::Utc,
        when: When::Always,
        time: Time::Market,
        kind: "sync_bars",
        order: Orders::Once(|_| Ok(Order::new(&SyncBars { symbols: None })?.key("sync_bars"))),
    },
    Line {
        name: "compute_signals",
        what: "Indicators and signals of what changed",
        cron: "*/5 * * * *",
        zone: Zone::Utc,
        when: When::MarketHours,
        time: Time::Market,
        kind: "compute_signals",
        order: Orders::Once(|_| Ok(Order::new(&ComputeSignals {})?.key("compute_signals"))),
    },
    Line {
        name: "run_scanner_daily",
        what: "What the scans say of the day, and how signals did",
        cron: "0 16 * * *",
        zone: Zone::NewYork,
        when: When::TradingDays,
        time: Time::Market,
        kind: "run_scanner",
        order: Orders::Once(|_| {
            Ok(Order::new(&RunScanner { timeframe: Timeframe::Daily })?.key("run_scanner:daily"))
        }),
    },
    Line {
        name: "run_scanner_weekly",
        what: "What the scans say of the week",
        cron: "0 16 * * FRI",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Market,
        kind: "run_scanner",
        order: Orders::Once(|_| {
            Ok(Order::new(&RunScanner { timeframe: Timeframe::Weekly })?.key("run_scanner:weekly"))
        }),
    },
    Line {
        name: "sync_intraday",
        what: "Hourly and minute bars of what is watched",
        cron: "*/15 * * * *",
        zone: Zone::Utc,
        when: When::MarketHours,
        time: Time::Market,
        kind: "sync_intraday",
        order: Orders::Once(|_| Ok(Order::new(&SyncIntraday { symbols: None })?.key("sync_intraday"))),
    },
    Line {
        name: "sync_news",
        what: "News and their mood",
        cron: "*/30 * * * *",
        zone: Zone::Utc,
        when: When::Always,
        time: Time::Wall,
        kind: "sync_news",
        order: Orders::Once(|_| Ok(Order::new(&SyncNews {})?.key("sync_news"))),
    },
    Line {
        name: "predict",
        what: "Forecasts of what is watched",
        cron: "0 * * * *",
        zone: Zone::Utc,
        when: When::Always,
        time: Time::Wall,
        kind: "predict",
        order: Orders::Once(|_| Ok(Order::new(&Predict {})?.key("predict"))),
    },
    Line {
        name: "train_forecaster",
        what: "Learn from the week, and judge the forecasts",
        cron: "0 3 * * SUN",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "train_forecaster",
        order: Orders::Once(|_| Ok(Order::new(&TrainForecaster {})?.key("train_forecaster"))),
    },
    Line {
        name: "etl_refresh",
        what: "Prices, economy, search interest, news and reference data anew",
        cron: "0 6 * * *",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "run_etl",
        order: Orders::Once(|_| {
            let all = RunEtl { source: None, symbols: None, manual: false };
            Ok(Order::new(&all)?.key("run_etl:all"))
        }),
    },
    Line {
        name: "morning_report",
        what: "The morning report by mail",
        cron: "0 8 * * *",
        zone: Zone::Own,
        when: When::Always,
        time: Time::Wall,
        kind: "build_report",
        order: Orders::EachReader(|member, slot| Order::new(&BuildReport::of_morning(member, slot))),
    },
    Line {
        name: "retention_cleanup",
        what: "Remove what is too old",
        cron: "0 0 * * *",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "retention_cleanup",
        order: Orders::Once(|_| Order::new(&RetentionCleanup { dry_run: false })),
    },
    Line {
        name: "deep_clean",
        what: "What is too old, and the database's own upkeep",
        cron: "30 0 * * Sun",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "deep_clean",
        order: Orders::Once(|_| Order::new(&DeepClean {})),
    },
    Line {
        name: "backup",
        what: "Copy what changed in the database",
        cron: "*/15 * * * *",
        zone: Zone::Utc,
        when: When::Always,
        time: Time::Wall,
        kind: "back_up",
        order: Orders::Once(|_| Ok(Order::new(&BackUp { whole: false })?.key("back_up"))),
    },
    Line {
        name: "whole_backup",
        what: "Copy the whole database",
        cron: "0 1 * * Sun",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "back_up",
        order: Orders::Once(|_| Ok(Order::new(&BackUp { whole: true })?.key("back_up:whole"))),
    },
    Line {
        name: "quality_summary",
        what: "How good the data of the day was",
        cron: "0 0 * * *",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "quality_summary",
        order: Orders::Once(|_| Order::new(&QualitySummary {})),
    },
    Line {
        name: "tidy_jobs",
        what: "Forget finished jobs",
        cron: "0 0 * * *",
        zone: Zone::NewYork,
        when: When::Always,
        time: Time::Wall,
        kind: "tidy_jobs",
        order: Orders::Once(|_| Order::new(&TidyJobs {})),
    },
];
