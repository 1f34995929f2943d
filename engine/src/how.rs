//! "How each number is made": the doc comments that carry the formulas, taken from the sources themselves when the
//! program is compiled, so that the page cannot say something else than the code.

use crate::Engine;
use domain::{
    how::{Block, How, told},
    portfolio::Figure,
    scanner::{FIELDS, Scan},
};
use std::sync::LazyLock;

/// Anchor, name, group, file under `domain/src`, its text, and the line of code the comment stands above.
type Entry = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// One line a figure: anchor, name, file, line of code.
macro_rules! figures {
    ($($group:literal { $($anchor:literal $name:literal $file:literal $item:literal;)* })*) => {
        &[$($((
            $anchor, $name, $group, $file,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src/", $file)), $item,
        ),)*)*]
    };
}

const FIGURES: &[Entry] = figures! {
    "Prices" {
        "quote" "Price, change and change percent" "price.rs" "pub fn new";
        "year-range" "52-week high and low" "bar.rs" "pub fn year_range";
        "macro" "Economic figures" "overview.rs" "pub struct MacroTile";
    }
    "Indicators" {
        "sma" "Simple moving average (SMA)" "indicator/sma.rs" "pub struct Sma";
        "ema" "Exponential moving average (EMA)" "indicator/ema.rs" "pub struct Ema";
        "bollinger" "Bollinger bands" "indicator/bollinger.rs" "pub struct Bollinger";
        "keltner" "Keltner channel" "indicator/keltner.rs" "pub struct Keltner";
        "donchian" "Donchian channel" "indicator/donchian.rs" "pub struct Donchian";
        "ichimoku" "Ichimoku cloud" "indicator/ichimoku.rs" "pub struct IchimokuLines";
        "sar" "Parabolic stop and reverse (SAR)" "indicator/sar.rs" "pub struct Sar";
        "vwap" "Volume-weighted average price (VWAP)" "indicator/vwap.rs" "pub struct Vwap";
        "rsi" "Relative strength index (RSI)" "indicator/rsi.rs" "pub struct Rsi";
        "macd" "Moving average convergence divergence (MACD)" "indicator/macd.rs" "pub struct Macd";
        "stochastic" "Stochastic oscillator" "indicator/stochastic.rs" "pub struct Stochastic";
        "stochrsi" "Stochastic RSI" "indicator/stoch_rsi.rs" "pub struct StochRsi";
        "adx" "Average directional index (ADX)" "indicator/adx.rs" "pub struct Adx";
        "aroon" "Aroon" "indicator/aroon.rs" "pub struct Aroon";
        "cci" "Commodity channel index (CCI)" "indicator/cci.rs" "pub struct Cci";
        "mfi" "Money flow index (MFI)" "indicator/mfi.rs" "pub struct Mfi";
        "williams" "Williams %R" "indicator/williams.rs" "pub struct Williams";
        "roc" "Rate of change (ROC)" "indicator/roc.rs" "pub struct Roc";
        "atr" "Average true range (ATR)" "indicator/atr.rs" "pub struct Atr";
        "obv" "On-balance volume (OBV)" "indicator/obv.rs" "pub struct Obv";
    }
    "Signals" {
        "badge" "The badge beside a price" "signal/badge.rs" "pub fn badge";
        "signal-rsi" "RSI signal" "signal/rsi.rs" "pub struct RsiRule";
        "signal-macd" "MACD signal" "signal/macd.rs" "pub struct MacdRule";
        "signal-bollinger" "Bollinger signal" "signal/bollinger.rs" "pub struct BollingerRule";
        "signal-cross" "Golden and death cross" "signal/cross.rs" "pub struct CrossRule";
        "signal-breakout" "Breakout" "signal/breakout.rs" "pub struct BreakoutRule";
        "composite" "Composite" "signal/composite.rs" "pub fn of";
        "scorecard" "How past signals did" "signal/scorecard.rs" "pub fn scorecard";
    }
    "Trend" {
        "trend" "Trend" "trend.rs" "pub trend";
        "levels" "Support and resistance" "trend.rs" "pub fn lay";
    }
    "Forecast" {
        "targets" "Targets of a forecast" "forecast/prediction.rs" "pub fn targets";
        "direction" "Uptrend, downtrend, sideways" "forecast/prediction.rs" "pub fn of";
        "range80" "The 80 % range" "forecast/calibration.rs" "pub struct Calibration";
        "bullish" "Bullish score" "forecast/prediction.rs" "pub bullish_score";
        "random-walk" "Random walk with drift" "forecast/random_walk.rs" "pub fn drift";
        "mase" "Error of forecasts (MASE)" "forecast/skill.rs" "pub mase";
        "directional" "Forecasts whose direction was right" "forecast/skill.rs" "pub directional";
        "coverage" "Forecasts whose range held (coverage)" "forecast/skill.rs" "pub coverage80";
        "skill" "Skill of forecasts" "forecast/skill.rs" "pub has_skill";
    }
    "Portfolio" {
        "twr" "Time-weighted return" "portfolio/returns.rs" "pub(super) fn day_return";
        "annualised" "Return a year" "portfolio/returns.rs" "pub(super) fn annualised";
        "irr" "Money-weighted return (XIRR)" "portfolio/money_weighted.rs" "pub fn xirr";
        "volatility" "Volatility" "statistic.rs" "pub(crate) fn volatility";
        "sharpe" "Sharpe ratio" "statistic.rs" "pub(crate) fn sharpe";
        "sortino" "Sortino ratio" "statistic.rs" "pub(crate) fn sortino";
        "calmar" "Calmar ratio" "statistic.rs" "pub(crate) fn calmar";
        "drawdown" "Maximum drawdown" "statistic.rs" "pub(crate) fn fall";
        "beta" "Beta" "statistic.rs" "pub(crate) fn beta";
        "alpha" "Alpha" "statistic.rs" "pub(crate) fn alpha";
        "value-at-risk" "Value at risk" "statistic.rs" "pub(crate) fn value_at_risk";
        "shortfall" "Expected shortfall (CVaR)" "statistic.rs" "pub(crate) fn shortfall";
        "correlation" "Correlation" "portfolio/correlation.rs" "pub fn correlation";
        "allocation" "Allocation" "portfolio/allocation.rs" "pub fn allocation";
    }
    "News" {
        "mood" "Mood" "sentiment.rs" "pub struct Mood";
        "label" "Positive, neutral, negative" "sentiment.rs" "pub fn of";
    }
};

static HOW: LazyLock<Vec<How>> = LazyLock::new(|| {
    let (mut all, news): (Vec<How>, Vec<How>) =
        FIGURES.iter().map(how).partition(|each| each.group != "News");
    // What is a sum or a difference has no function to itself, and is told in a line.
    for figure in Figure::ALL {
        if !all.iter().any(|each| each.anchor == figure.anchor()) {
            all.push(in_a_line(figure));
        }
    }
    all.into_iter().chain(news).chain(scanner()).collect()
});

/// The scanner's own words: each scan and each field says what it is, in a sentence.
fn scanner() -> [How; 2] {
    let scans = Scan::ALL.map(|scan| format!("{}: {}", scan.title(), scan.meaning())).to_vec();
    let fields = FIELDS.iter().map(|field| {
        format!("`{}` ({}, {}): {}", field.name, field.group.as_str(), field.unit.as_str(), field.meaning)
    });
    let told = |anchor: &str, name: &str, file: &str, lines: Vec<String>| How {
        anchor: anchor.into(),
        name: name.into(),
        group: "Scanner".into(),
        source: format!("domain/src/{file}"),
        blocks: lines.into_iter().map(Block::Words).collect(),
    };
    [
        told("scans", "Scans", "scanner/scan.rs", scans),
        told("fields", "Fields of scans and screens", "scanner/field.rs", fields.collect()),
    ]
}

fn in_a_line(figure: Figure) -> How {
    let made = figure.formula();
    How {
        anchor: figure.anchor().into(),
        name: made.name.into(),
        group: "Portfolio".into(),
        source: "domain/src/portfolio/formula.rs".into(),
        blocks: vec![
            Block::Words(format!("`{}`", made.formula)),
            Block::Words(format!("From {}.", made.inputs)),
        ],
    }
}

fn how((anchor, name, group, file, text, item): &Entry) -> How {
    How {
        anchor: (*anchor).into(),
        name: (*name).into(),
        group: (*group).into(),
        source: format!("domain/src/{file}"),
        blocks: told(text, item).unwrap_or_default(),
    }
}

impl Engine {
    /// How each number is made, group by group.
    pub fn how(&self) -> &'static [How] {
        &HOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{indicator::Indicator, signal::SignalKind};
    use std::{
        collections::HashSet,
        fs,
        path::{Path, PathBuf},
    };

    /// The sources of the pages.
    fn pages() -> Vec<(PathBuf, String)> {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src")];
        let mut pages = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder of the app") {
                let path = entry.expect("an entry of it").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "rs") {
                    let text = fs::read_to_string(&path).expect("a source");
                    pages.push((path, text));
                }
            }
        }
        pages
    }

    #[test]
    fn every_anchor_is_led_to_and_every_link_leads_to_one() {
        let anchors: HashSet<&str> = HOW.iter().map(|how| how.anchor.as_str()).collect();
        // A call may be broken anywhere.
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        let pages: String = pages().iter().map(|(_, text)| plain(text)).collect();
        // Anchors that are put together, by the call that does.
        let indicators: Vec<String> = Indicator::ALL.iter().map(|each| each.as_str().to_string()).collect();
        let figures: Vec<String> = Figure::ALL.iter().map(|each| each.anchor().to_string()).collect();
        let rules: Vec<String> =
            SignalKind::ALL.iter().map(|each| format!("signal-{}", each.as_str())).collect();
        let mut led: HashSet<String> = HashSet::new();
        for (call, names) in [
            ("routes::how(indicator.as_str())", indicators),
            ("routes::how(figure.anchor())", figures),
            ("routes::how_signal(", rules),
        ] {
            if pages.contains(call) {
                led.extend(names);
            }
        }
        assert!(pages.contains("routes::how_field("), "no field of the scanner leads anywhere");
        // Literal anchors: of pages, and of `routes::how_field`.
        for call in ["routes::how(\"", "=>how(\""] {
            let names = pages.split(call).skip(1).filter_map(|rest| rest.split_once('"'));
            led.extend(names.map(|(name, _)| name.to_string()));
        }
        let missed: Vec<&&str> = anchors.iter().filter(|anchor| !led.contains(**anchor)).collect();
        assert!(missed.is_empty(), "no page leads to {missed:?}");
        let lost: Vec<&String> = led.iter().filter(|name| !anchors.contains(name.as_str())).collect();
        assert!(lost.is_empty(), "pages lead to {lost:?}, which nobody explains");
    }

    #[test]
    fn every_explanation_beside_a_figure_leads_to_the_page() {
        for (path, text) in pages().iter().filter(|(path, _)| !path.ends_with("styleguide.rs")) {
            let uses =
                ["<Tooltip", "components::Tooltip"].into_iter().flat_map(|name| text.split(name).skip(1));
            for rest in uses.filter(|rest| rest.starts_with(char::is_whitespace)) {
                let attributes = rest.split("/>").next().unwrap_or(rest);
                assert!(attributes.contains("href="), "{}: {attributes}", path.display());
            }
        }
    }

    #[test]
    fn every_figure_is_explained_under_an_anchor_of_its_own() {
        let mut anchors: Vec<&str> = HOW.iter().map(|how| how.anchor.as_str()).collect();
        for how in HOW.iter() {
            let words = how.blocks.iter().filter(|block| matches!(block, Block::Words(_))).count();
            assert!(words > 0, "{}: no comment above it in {}", how.anchor, how.source);
        }
        let count = anchors.len();
        anchors.sort();
        anchors.dedup();
        assert_eq!(anchors.len(), count);
        for figure in Figure::ALL {
            assert!(anchors.contains(&figure.anchor()), "{figure:?}");
        }
    }

    #[test]
    fn every_indicator_is_explained_by_the_comment_of_its_own_file() {
        for indicator in Indicator::ALL {
            let how = HOW.iter().find(|how| how.anchor == indicator.as_str());
            assert!(how.is_some(), "{} is missing on the page", indicator.as_str());
        }
        let rsi = HOW.iter().find(|how| how.anchor == "rsi").expect("the RSI");
        let Some(Block::Words(formula)) = rsi.blocks.get(1) else { panic!("{:?}", rsi.blocks) };
        assert!(formula.contains("`100 * gain / (gain + loss)`"), "{formula}");
        assert!(
            rsi.blocks
                .iter()
                .any(|block| matches!(block, Block::Example(code) if code.contains("Rsi::new(2)")))
        );
    }
}
