//! Cries out signals as they fire, wherever one is: in one short message at a time, so that it never floods.

use crate::{
    components::{Toast, Trend},
    format,
    live::use_live,
    routes,
};
use domain::{Symbol, event::SignalFired, signal::Action};
use leptos::prelude::*;
use std::time::Duration;

/// What fires in one breath is told together.
const BREATH: Duration = Duration::from_millis(400);
/// How long a message stands; what fires meanwhile is told together in the next.
const STANDS: Duration = Duration::from_secs(8);
/// Who points at a message, or is in it with the keyboard, keeps it; looked at so often.
const HELD: Duration = Duration::from_secs(1);
/// Symbols named in one message.
const MOST_NAMED: usize = 5;

/// What is told of signals that fire, and what waits to be told.
#[derive(Clone, Copy)]
pub struct Crier {
    /// What is told now: one message or none.
    pub toasts: RwSignal<Vec<Toast>>,
    waiting: StoredValue<Vec<SignalFired>>,
    /// Runs while a message stands or is about to.
    timer: StoredValue<Option<TimeoutHandle>>,
    told: StoredValue<u32>,
}

impl Crier {
    /// Listens to the signals of the live stream from now on.
    pub fn new() -> Crier {
        let crier = Crier {
            toasts: RwSignal::new(Vec::new()),
            waiting: StoredValue::new(Vec::new()),
            timer: StoredValue::new(None),
            told: StoredValue::new(0),
        };
        let fired = use_live().fired;
        Effect::new(move |before: Option<Option<SignalFired>>| {
            let fired = fired.get();
            // What fired before there was anybody to tell is no news.
            if let Some(last) = before {
                let mut news = fired.clone();
                news.truncate(fired.iter().take_while(|each| Some(*each) != last.as_ref()).count());
                news.reverse();
                crier.hear(news);
            }
            fired.into_iter().next()
        });
        on_cleanup(move || {
            if let Some(Some(timer)) = crier.timer.try_get_value() {
                timer.clear();
            }
        });
        crier
    }

    /// Takes the message away; the next one comes no sooner for it.
    pub fn close(self) {
        self.toasts.set(Vec::new());
    }

    fn hear(self, news: Vec<SignalFired>) {
        if news.is_empty() {
            return;
        }
        self.waiting.update_value(|waiting| waiting.extend(news));
        if self.timer.get_value().is_none() {
            self.later(BREATH, Crier::tell);
        }
    }

    fn later(self, wait: Duration, next: fn(Crier)) {
        self.timer.set_value(set_timeout_with_handle(move || next(self), wait).ok());
    }

    fn tell(self) {
        let news = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        self.told.update_value(|told| *told += 1);
        self.toasts.set(message(self.told.get_value(), &news).into_iter().collect());
        self.later(STANDS, Crier::rest);
    }

    fn rest(self) {
        let held = document().query_selector(".toasts:is(:hover, :focus-within)").ok().flatten();
        if held.is_some() {
            return self.later(HELD, Crier::rest);
        }
        self.close();
        self.timer.set_value(None);
        if self.waiting.with_value(|waiting| !waiting.is_empty()) {
            self.later(BREATH, Crier::tell);
        }
    }
}

/// What fired, in the order it did, in one message; `None` where nothing did.
fn message(id: u32, fired: &[SignalFired]) -> Option<Toast> {
    let first = fired.first()?;
    let way = Trend::of_action(first.signal.action);
    let mut symbols: Vec<&Symbol> = Vec::new();
    for each in fired {
        if !symbols.contains(&&each.symbol) {
            symbols.push(&each.symbol);
        }
    }
    let more = symbols.len().saturating_sub(MOST_NAMED);
    let simulated = fired.iter().filter(|each| each.simulated).count();
    let (title, what) = match fired {
        [one] => (one_signal(one.signal.action).to_string(), Some(one.signal.reason.clone())),
        _ => {
            let title = format::counted(fired.len(), "signal", "signals");
            (title, (more > 0).then(|| format!("and {more} more")))
        }
    };
    let made_up = match simulated {
        0 => None,
        all if all == fired.len() => Some("simulated".to_string()),
        some => Some(format!("{some} of them simulated")),
    };
    Some(Toast {
        id,
        // Signals that point both ways have no arrow together.
        trend: fired.iter().all(|each| Trend::of_action(each.signal.action) == way).then_some(way),
        title,
        links: symbols
            .into_iter()
            .take(MOST_NAMED)
            .map(|symbol| (symbol.to_string(), routes::symbol(symbol)))
            .collect(),
        text: what.into_iter().chain(made_up).collect::<Vec<_>>().join(", "),
        ..Toast::default()
    })
}

fn one_signal(action: Action) -> &'static str {
    match action {
        Action::Buy => "Buy signal",
        Action::Sell => "Sell signal",
        Action::Neutral | Action::NoData => "Signal",
    }
}

#[cfg(test)]
mod tests {
    use super::message;
    use crate::components::{Toast, Trend};
    use domain::{
        Symbol,
        event::SignalFired,
        signal::{Action, Signal, SignalKind},
    };

    fn fired(symbol: &str, action: Action, simulated: bool) -> SignalFired {
        let signal = Signal {
            time: chrono::DateTime::UNIX_EPOCH,
            kind: SignalKind::Rsi,
            action,
            strength: None,
            reason: "RSI 14 fell to 28.4, below 30".into(),
            bars_used: 15,
        };
        SignalFired { symbol: Symbol::parse(symbol).expect("a symbol"), signal, simulated }
    }

    fn told(fired: &[SignalFired]) -> (Toast, String) {
        let toast = message(1, fired).expect("something fired");
        let names: Vec<&str> = toast.links.iter().map(|(name, _)| name.as_str()).collect();
        let words = format!("{}: {}. {}", toast.title, names.join(", "), toast.text);
        (toast, words)
    }

    #[test]
    fn one_signal_is_told_with_its_reason() {
        let (toast, words) = told(&[fired("AAPL", Action::Buy, true)]);
        assert_eq!(words, "Buy signal: AAPL. RSI 14 fell to 28.4, below 30, simulated");
        assert_eq!(toast.trend, Some(Trend::Up));
        assert_eq!(toast.links[0].1, "/symbols/AAPL");
    }

    #[test]
    fn several_are_told_together_each_symbol_once() {
        let (toast, words) = told(&[
            fired("AAPL", Action::Sell, false),
            fired("MSFT", Action::Buy, false),
            fired("AAPL", Action::Buy, true),
        ]);
        assert_eq!(words, "3 signals: AAPL, MSFT. 1 of them simulated");
        assert_eq!(toast.trend, None);
    }

    #[test]
    fn a_long_list_is_cut() {
        let many = ["A", "B", "C", "D", "E", "F", "G"].map(|symbol| fired(symbol, Action::Sell, false));
        let (toast, words) = told(&many);
        assert_eq!(words, "7 signals: A, B, C, D, E. and 2 more");
        assert_eq!(toast.trend, Some(Trend::Down));
    }

    #[test]
    fn nothing_is_told_of_nothing() {
        assert_eq!(message(1, &[]), None);
    }
}
