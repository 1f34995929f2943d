//! "How each number is made": the doc comments that carry the formulas, taken from the sources themselves when the
//! program is compiled, so that the page cannot say something else than the code.

use crate::Engine;
use domain::{
    how::{Block, How, told},
    portfolio::Figure,
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
    "Portfolio" {
        "twr" "Time-weighted return" "portfolio/returns.rs" "pub(super) fn day_return";
        "annualised" "Return a year" "portfolio/returns.rs" "pub(super) fn annualised";
        "irr" "Money-weighted return (XIRR)" "portfolio/money_weighted.rs" "pub fn xirr";
        "volatility" "Volatility" "portfolio/statistic.rs" "pub(super) fn volatility";
        "sharpe" "Sharpe ratio" "portfolio/statistic.rs" "pub(super) fn sharpe";
        "sortino" "Sortino ratio" "portfolio/statistic.rs" "pub(super) fn sortino";
        "calmar" "Calmar ratio" "portfolio/statistic.rs" "pub(super) fn calmar";
        "drawdown" "Maximum drawdown" "portfolio/statistic.rs" "pub(super) fn fall";
        "beta" "Beta" "portfolio/statistic.rs" "pub(super) fn beta";
        "alpha" "Alpha" "portfolio/statistic.rs" "pub(super) fn alpha";
        "value-at-risk" "Value at risk" "portfolio/statistic.rs" "pub(super) fn value_at_risk";
        "shortfall" "Expected shortfall (CVaR)" "portfolio/statistic.rs" "pub(super) fn shortfall";
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
    all.into_iter().chain(news).collect()
});

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
    use domain::indicator::Indicator;

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
