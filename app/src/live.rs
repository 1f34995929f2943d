//! The browser's end of the live stream: events in, signals out, in this one place.
//!
//! `public/live.js` holds the stream (one per browser, shared between tabs) and dispatches DOM events; here they
//! become the reactive values that components read. On the server all of this is inert.

use domain::{
    Symbol,
    event::{
        ImportProgress, IndicatorTick, JobProgress, OnboardingProgress, OpsAlertTold, PortfolioChanged,
        PredictionTick, QuoteTick, ReportDone, SentimentTick, SignalFired,
    },
};
use leptos::prelude::*;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// Signals that fired are known up to so many.
const MOST_FIRED: usize = 100;

/// What the live dot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not connected yet.
    Connecting,
    /// Changes arrive; no price has, so far.
    Connected,
    /// Prices arrive.
    Live,
    /// Prices arrive, made up by the simulated feed.
    Simulated,
    /// The stream is cut and being tried again.
    Reconnecting,
}

/// The live values of this tab; in context on every page.
#[derive(Clone)]
pub struct Live {
    quotes: Arc<Mutex<HashMap<Symbol, ArcRwSignal<Option<QuoteTick>>>>>,
    indicators: Arc<Mutex<HashMap<Symbol, ArcRwSignal<Option<IndicatorTick>>>>>,
    predictions: Arc<Mutex<HashMap<Symbol, ArcRwSignal<Option<PredictionTick>>>>>,
    moods: Arc<Mutex<HashMap<Symbol, ArcRwSignal<Option<SentimentTick>>>>>,
    wanted: Arc<Mutex<BTreeSet<Symbol>>>,
    /// How the stream is doing.
    pub status: ArcRwSignal<Status>,
    /// Counts resyncs: pages read their data again when it changes.
    pub resyncs: ArcRwSignal<u32>,
    /// The tenant's first minutes.
    pub onboarding: ArcRwSignal<Option<OnboardingProgress>>,
    /// The latest news of a job: of one's own tenant, or of any where one operates the installation.
    pub job: ArcRwSignal<Option<JobProgress>>,
    /// The latest change to a portfolio of the tenant, also by another tab or person.
    pub portfolio: ArcRwSignal<Option<PortfolioChanged>>,
    /// Counts what operators are told: their alerts are read again when it changes.
    pub alerts: ArcRwSignal<u32>,
    /// How far the latest import is.
    pub import: ArcRwSignal<Option<ImportProgress>>,
    /// The latest report that was made, or could not be.
    pub report: ArcRwSignal<Option<ReportDone>>,
    /// Signals that fired since the page was opened, the last one told first; each once, and only the latest.
    pub fired: ArcRwSignal<Vec<SignalFired>>,
}

impl Live {
    /// Nothing known yet.
    pub fn new() -> Live {
        Live {
            quotes: Arc::default(),
            indicators: Arc::default(),
            predictions: Arc::default(),
            moods: Arc::default(),
            wanted: Arc::default(),
            status: ArcRwSignal::new(Status::Connecting),
            resyncs: ArcRwSignal::new(0),
            onboarding: ArcRwSignal::new(None),
            job: ArcRwSignal::new(None),
            portfolio: ArcRwSignal::new(None),
            alerts: ArcRwSignal::new(0),
            import: ArcRwSignal::new(None),
            report: ArcRwSignal::new(None),
            fired: ArcRwSignal::new(Vec::new()),
        }
    }

    /// The latest tick of a symbol; `None` until one arrives.
    pub fn quote(&self, symbol: &Symbol) -> ArcRwSignal<Option<QuoteTick>> {
        slot(&self.quotes, symbol)
    }

    /// The latest indicator values of a symbol; `None` until they arrive.
    pub fn indicator(&self, symbol: &Symbol) -> ArcRwSignal<Option<IndicatorTick>> {
        slot(&self.indicators, symbol)
    }

    /// The latest forecast of a symbol; `None` until a new one arrives.
    pub fn prediction(&self, symbol: &Symbol) -> ArcRwSignal<Option<PredictionTick>> {
        slot(&self.predictions, symbol)
    }

    /// The latest mood of a symbol; `None` until it changes.
    pub fn mood(&self, symbol: &Symbol) -> ArcRwSignal<Option<SentimentTick>> {
        slot(&self.moods, symbol)
    }

    /// Asks the stream for these symbols too, for as long as the tab lives.
    pub fn watch(&self, symbols: impl IntoIterator<Item = Symbol>) {
        let all = {
            let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            wanted.extend(symbols);
            wanted.iter().map(Symbol::to_string).collect::<Vec<_>>()
        };
        browser::want(&all);
    }

    /// Starts listening; called once, in the browser.
    pub fn listen(&self) {
        browser::listen(self.clone());
    }

    fn take(&self, name: &str, data: &str) {
        match name {
            "quote" => {
                if let Ok(tick) = serde_json::from_str::<QuoteTick>(data) {
                    let now = if tick.simulated { Status::Simulated } else { Status::Live };
                    if self.status.get_untracked() != now {
                        self.status.set(now);
                    }
                    self.quote(&tick.symbol.clone()).set(Some(tick));
                }
            }
            "indicator" => {
                if let Ok(tick) = serde_json::from_str::<IndicatorTick>(data) {
                    self.indicator(&tick.symbol.clone()).set(Some(tick));
                }
            }
            "prediction" => {
                if let Ok(tick) = serde_json::from_str::<PredictionTick>(data) {
                    self.prediction(&tick.symbol.clone()).set(Some(tick));
                }
            }
            "sentiment" => {
                if let Ok(tick) = serde_json::from_str::<SentimentTick>(data) {
                    self.mood(&tick.symbol.clone()).set(Some(tick));
                }
            }
            "signal" => {
                if let Ok(fired) = serde_json::from_str::<SignalFired>(data) {
                    self.fired.maybe_update(|all| {
                        let is_new = !all.contains(&fired);
                        if is_new {
                            all.insert(0, fired);
                            all.truncate(MOST_FIRED);
                        }
                        is_new
                    });
                }
            }
            "job" => {
                if let Ok(progress) = serde_json::from_str(data) {
                    self.job.set(Some(progress));
                }
            }
            "alert" if serde_json::from_str::<OpsAlertTold>(data).is_ok() => {
                self.alerts.update(|count| *count += 1);
            }
            "onboarding" => {
                if let Ok(progress) = serde_json::from_str(data) {
                    self.onboarding.set(Some(progress));
                }
            }
            "portfolio" => {
                if let Ok(changed) = serde_json::from_str(data) {
                    self.portfolio.set(Some(changed));
                }
            }
            "import" => {
                if let Ok(progress) = serde_json::from_str(data) {
                    self.import.set(Some(progress));
                }
            }
            "report" => {
                if let Ok(done) = serde_json::from_str(data) {
                    self.report.set(Some(done));
                }
            }
            "resync" => self.resyncs.update(|count| *count += 1),
            _ => {}
        }
    }

    fn state(&self, word: &str) {
        match word {
            "reconnecting" => self.status.set(Status::Reconnecting),
            "live" if matches!(self.status.get_untracked(), Status::Connecting | Status::Reconnecting) => {
                self.status.set(Status::Connected);
            }
            _ => {}
        }
    }
}

impl Default for Live {
    fn default() -> Live {
        Live::new()
    }
}

/// The live values of this tab.
pub fn use_live() -> Live {
    expect_context::<Live>()
}

fn slot<T: Send + Sync + 'static>(
    map: &Mutex<HashMap<Symbol, ArcRwSignal<Option<T>>>>,
    symbol: &Symbol,
) -> ArcRwSignal<Option<T>> {
    let mut map = map.lock().unwrap_or_else(PoisonError::into_inner);
    map.entry(symbol.clone()).or_insert_with(|| ArcRwSignal::new(None)).clone()
}

/// The few lines that talk to `public/live.js`; called from effects only, which never run on the server.
mod browser {
    use super::Live;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    pub fn want(symbols: &[String]) {
        let Some(window) = web_sys::window() else { return };
        let list = serde_json::to_string(symbols).unwrap_or_else(|_| "[]".into());
        let init = web_sys::CustomEventInit::new();
        init.set_detail(&JsValue::from_str(&list));
        if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("candlewick:want", &init) {
            // An event nobody listens to yet is repeated by `listen` once the script is ready.
            let _ = window.dispatch_event(&event);
        }
    }

    pub fn listen(live: Live) {
        let Some(window) = web_sys::window() else { return };
        let on = |name: &str, run: Box<dyn FnMut(web_sys::CustomEvent)>| {
            let closure = Closure::wrap(run);
            if window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()).is_ok() {
                closure.forget(); // lives as long as the tab
            }
        };
        let text = |value: &JsValue, key: &str| {
            js_sys::Reflect::get(value, &JsValue::from_str(key)).ok().and_then(|v| v.as_string())
        };
        let events = live.clone();
        on(
            "candlewick:event",
            Box::new(move |event| {
                let detail = event.detail();
                if let (Some(name), Some(data)) = (text(&detail, "name"), text(&detail, "data")) {
                    events.take(&name, &data);
                }
            }),
        );
        let states = live.clone();
        on(
            "candlewick:state",
            Box::new(move |event| {
                if let Some(word) = event.detail().as_string() {
                    states.state(&word);
                }
            }),
        );
        on("candlewick:ready", Box::new(move |_| live.watch([])));
    }
}
