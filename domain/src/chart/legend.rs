//! The line over a chart that tells the values at one time. Both the server and the browser write it.

use super::{ChartSpec, Ink, Layer, label, quoted_decimals, time_words};

/// A name and a value, as `SMA 50` and `169.13`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendPart {
    /// Empty for the time.
    pub name: String,
    /// What it is there.
    pub value: String,
    /// The colour it is drawn in, if it has one of its own.
    pub ink: Option<Ink>,
}

impl ChartSpec {
    /// Everything drawn at an index of [`ChartSpec::times`], the time first; what is not known is left out.
    pub fn legend(&self, at: usize) -> Vec<LegendPart> {
        let Some(time) = self.times.get(at) else { return Vec::new() };
        let now = self.developing.filter(|_| at + 1 == self.times.len());
        let when = now.map_or_else(|| time_words(time), |now| now.words().to_string());
        let mut parts = vec![LegendPart { name: String::new(), value: when, ink: None }];
        for pane in &self.panes {
            // Volume is painted first, under the price, and read after it.
            let (price, rest): (Vec<&Layer>, Vec<&Layer>) = pane.layers.iter().partition(|layer| {
                matches!(
                    layer,
                    Layer::Candles { .. } | Layer::Line { ink: Ink::Price, .. } | Layer::Area { .. }
                )
            });
            price.iter().chain(&rest).for_each(|layer| layer.tell(at, &mut parts));
        }
        parts
    }
}

impl Layer {
    fn tell(&self, at: usize, parts: &mut Vec<LegendPart>) {
        let mut tell = |name: &str, value: Option<f64>, ink: Option<Ink>| {
            if let Some(value) = value {
                let value = label(value, quoted_decimals(value).min(4));
                parts.push(LegendPart { name: name.to_string(), value, ink });
            }
        };
        let of = |values: &[Option<f64>]| values.get(at).copied().flatten();
        match self {
            Layer::Candles { bars } => {
                let Some(bar) = bars.get(at) else { return };
                for (name, value) in
                    [("O", bar.open), ("H", bar.high), ("L", bar.low), ("C", Some(bar.close))]
                {
                    tell(name, value, None);
                }
            }
            Layer::Line { name, ink, values } | Layer::Area { name, ink, values } => {
                tell(name, of(values), Some(*ink));
            }
            Layer::Band { name, ink, upper, lower } => {
                tell(name, of(upper), Some(*ink));
                tell("to", of(lower), None);
            }
            Layer::Ranges { name, ink, ranges } => {
                let range = ranges.get(at).copied().flatten();
                tell(name, range.map(|range| range.middle), Some(*ink));
                tell("from", range.map(|range| range.low), None);
                tell("to", range.map(|range| range.high), None);
            }
            Layer::Histogram { name, values } => tell(name, of(values), None),
            Layer::Volume { values, .. } => tell("Vol", of(values), None),
            Layer::Markers { marks } => {
                for mark in marks.iter().filter(|mark| mark.at as usize == at) {
                    let (name, ink) = if mark.up { ("Buy", Ink::Up) } else { ("Sell", Ink::Down) };
                    parts.push(LegendPart { name: name.into(), value: mark.text.clone(), ink: Some(ink) });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Developing, Pane};
    use super::*;
    use crate::Bar;

    fn spec() -> ChartSpec {
        let date = chrono::NaiveDate::from_ymd_opt(2022, 3, 11).expect("a date");
        let bar = Bar {
            time: Bar::label(date),
            open: Some(160.2),
            high: Some(160.39),
            low: Some(155.98),
            close: 158.52,
            adj_close: None,
            volume: None,
        };
        let layers = vec![
            Layer::Volume { values: vec![Some(105_342_000.0), None], up: vec![true, true] },
            Layer::Candles { bars: vec![bar, bar] },
            Layer::Line { name: "SMA 50".into(), ink: Ink::Series(1), values: vec![None, Some(169.126)] },
        ];
        ChartSpec {
            alternative: String::new(),
            times: vec!["2022-03-10".into(), "2022-03-11".into()],
            panes: vec![Pane { title: String::new(), weight: 1.0, range: None, levels: vec![], layers }],
            log: false,
            developing: Some(Developing { bar, simulated: true }),
        }
    }

    fn words(at: usize) -> String {
        let part = |part: LegendPart| format!("{} {}", part.name, part.value).trim().to_string();
        spec().legend(at).into_iter().map(part).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_time_stands_first_and_the_price_before_the_volume() {
        assert_eq!(words(0), "10 Mar 2022, O 160.20, H 160.39, L 155.98, C 158.52, Vol 105.34M");
    }

    #[test]
    fn a_simulated_bar_says_so_instead_of_a_date() {
        assert_eq!(words(1), "Now, simulated, O 160.20, H 160.39, L 155.98, C 158.52, SMA 50 169.13");
        assert_eq!(words(2), "");
    }
}
