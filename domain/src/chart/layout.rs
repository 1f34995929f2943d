//! Where the parts of a chart stand: panes, scales, labels. Both painters read it, so they cannot differ.
//!
//! Heights are shares of the room above the time axis, values are the data's own; nothing here knows pixels
//! beyond how many labels fit.

use super::palette::rules;
use super::ticks::{self, Tick, TimeTick};
use super::{ChartSpec, Ink, Layer, Pane};
use std::ops::Range;

/// A chart laid out for the times shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Which of [`ChartSpec::times`] are shown.
    pub shown: Range<usize>,
    /// One per pane, from top to bottom.
    pub panes: Vec<Frame>,
    /// Labels of the time axis.
    pub times: Vec<TimeTick>,
}

/// A pane's place and vertical scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Upper edge, 0 to 1.
    pub top: f64,
    /// Height, 0 to 1.
    pub height: f64,
    /// The vertical scale.
    pub scale: Scale,
    /// Its labels.
    pub ticks: Vec<Tick>,
    /// The value that stands at the foot, if volume is drawn: the axis of volume ends here.
    pub volume_top: Option<f64>,
    /// The last value shown, tagged on the axis.
    pub last: Option<Tag>,
}

/// Ends of a vertical axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Value at the foot.
    pub low: f64,
    /// Value at the top; always above `low`.
    pub high: f64,
    /// Equal ratios, not equal differences, are equally high.
    pub log: bool,
}

/// A value marked on the axis in the colour of what it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// Where.
    pub value: f64,
    /// What it says.
    pub label: String,
    /// In which colour.
    pub ink: Ink,
    /// Of a simulated bar; outlined, not filled.
    pub simulated: bool,
}

impl Scale {
    /// Height of a value: 0 at the foot, 1 at the top. On a log scale values must be positive.
    pub fn share(&self, value: f64) -> f64 {
        if self.log {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        }
    }
}

impl Layout {
    /// Lays out the part of a chart that is shown, for a total height of `height_px`.
    pub fn of(spec: &ChartSpec, shown: Range<usize>, height_px: f64) -> Layout {
        let end = shown.end.min(spec.times.len());
        let shown = shown.start.min(end)..end;
        let gaps = rules::GAP_SHARE * spec.panes.len().saturating_sub(1) as f64 + rules::TOP_SHARE;
        let weights: f64 = spec.panes.iter().map(|pane| pane.weight).sum();
        let mut top = rules::TOP_SHARE;
        let mut panes = Vec::with_capacity(spec.panes.len());
        for (i, pane) in spec.panes.iter().enumerate() {
            let height = if weights > 0.0 { (1.0 - gaps) * pane.weight / weights } else { 0.0 };
            panes.push(frame(spec, pane, &shown, spec.log && i == 0, (top, height, height_px)));
            top += height + rules::GAP_SHARE;
        }
        Layout { times: ticks::times(&spec.times[shown.clone()], shown.start), shown, panes }
    }
}

fn frame(
    spec: &ChartSpec,
    pane: &Pane,
    shown: &Range<usize>,
    log: bool,
    (top, height, height_px): (f64, f64, f64),
) -> Frame {
    let scale = scale(pane, shown, log);
    let room_px = (height_px - rules::AXIS_HEIGHT_PX) * height;
    let mut ticks = if pane.levels.is_empty() {
        ticks::values(scale.low, scale.high, scale.log, ((room_px / 44.0) as usize).clamp(2, 8))
    } else {
        let label = |&value: &f64| Tick::new(value, if value.fract() == 0.0 { 0 } else { 2 });
        pane.levels.iter().filter(|level| (scale.low..=scale.high).contains(*level)).map(label).collect()
    };
    let volume = pane.layers.iter().find_map(|layer| match layer {
        Layer::Volume { values, .. } => values.get(shown.clone())?.iter().flatten().copied().reduce(f64::max),
        _ => None,
    });
    let volume_top = volume.filter(|&max| max > 0.0).map(|max| max / rules::VOLUME_SHARE);
    let simulated = spec.developing.is_some_and(|now| now.simulated) && shown.end == spec.times.len();
    let last = last(pane, shown).map(|tag| Tag { simulated, ..tag });
    if let Some(tag) = &last {
        let gap_px = |tick: &Tick| (scale.share(tick.value) - scale.share(tag.value)).abs() * room_px;
        ticks.iter_mut().for_each(|tick| tick.hidden = gap_px(tick) < rules::TAG_CLEARANCE_PX);
    }
    Frame { top, height, scale, ticks, volume_top, last }
}

/// Fits what is shown, with some room around it.
fn scale(pane: &Pane, shown: &Range<usize>, log: bool) -> Scale {
    if let Some((low, high)) = pane.range.filter(|(low, high)| low < high) {
        return Scale { low, high, log: false };
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut take = |value: f64| {
        if value.is_finite() {
            low = low.min(value);
            high = high.max(value);
        }
    };
    for layer in &pane.layers {
        match layer {
            Layer::Candles { bars } => bars.get(shown.clone()).unwrap_or_default().iter().for_each(|bar| {
                take(bar.low.unwrap_or(bar.close));
                take(bar.high.unwrap_or(bar.close));
            }),
            Layer::Line { values, .. } | Layer::Area { values, .. } => {
                visible(values, shown).for_each(&mut take)
            }
            Layer::Band { upper, lower, .. } => {
                visible(upper, shown).for_each(&mut take);
                visible(lower, shown).for_each(&mut take);
            }
            Layer::Histogram { values, .. } => {
                take(0.0);
                visible(values, shown).for_each(&mut take);
            }
            Layer::Ranges { ranges, .. } => {
                ranges.get(shown.clone()).unwrap_or_default().iter().flatten().for_each(|range| {
                    take(range.low);
                    take(range.high);
                });
            }
            Layer::Volume { .. } | Layer::Markers { .. } => {}
        }
    }
    pane.levels.iter().copied().for_each(&mut take);
    if low > high {
        return Scale { low: 0.0, high: 1.0, log: false };
    }
    if low == high {
        let room = if low == 0.0 { 1.0 } else { low.abs() * 0.01 };
        (low, high) = (low - room, high + room);
    }
    if log && low > 0.0 {
        let room = (high / low).powf(rules::PADDING_SHARE);
        return Scale { low: low / room, high: high * room, log: true };
    }
    let room = (high - low) * rules::PADDING_SHARE;
    Scale { low: low - room, high: high + room, log: false }
}

fn visible<'a>(values: &'a [Option<f64>], shown: &Range<usize>) -> impl Iterator<Item = f64> + 'a {
    values.get(shown.clone()).unwrap_or_default().iter().flatten().copied()
}

/// The last value of what the pane is about: its candles, or else its price line or first line.
fn last(pane: &Pane, shown: &Range<usize>) -> Option<Tag> {
    let tag = |value: f64, ink: Ink| {
        // A tag has room for nine characters.
        let decimals = if value.abs() >= 100_000.0 { 0 } else { ticks::quoted_decimals(value) };
        let label = ticks::label(value, decimals);
        Tag { value, label, ink, simulated: false }
    };
    let candles = pane.layers.iter().find_map(|layer| match layer {
        Layer::Candles { bars } => {
            let bars = bars.get(..shown.end)?;
            let bar = bars.last()?;
            let before = bars.len().checked_sub(2).map_or(bar.open.unwrap_or(bar.close), |i| bars[i].close);
            Some(tag(bar.close, if bar.close < before { Ink::Down } else { Ink::Up }))
        }
        _ => None,
    });
    let line = |price: bool| {
        pane.layers.iter().find_map(move |layer| match layer {
            Layer::Line { values, ink, .. } | Layer::Area { values, ink, .. }
                if !price || *ink == Ink::Price =>
            {
                Some(tag(visible(values, shown).last()?, *ink))
            }
            _ => None,
        })
    };
    candles.or_else(|| line(true)).or_else(|| line(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(values: Vec<Option<f64>>, log: bool) -> ChartSpec {
        let times = (1..=values.len()).map(|day| format!("2022-03-{day:02}")).collect();
        let layers = vec![Layer::Line { name: "Close".into(), ink: Ink::Price, values }];
        let pane = |title: &str, weight| Pane {
            title: title.into(),
            weight,
            range: None,
            levels: vec![],
            layers: layers.clone(),
        };
        ChartSpec {
            alternative: "a line".into(),
            times,
            panes: vec![pane("Price", 3.0), pane("Again", 1.0)],
            log,
            developing: None,
        }
    }

    #[test]
    fn panes_share_the_height_by_weight_and_never_overlap() {
        let layout = Layout::of(&spec(vec![Some(1.0), Some(2.0)], false), 0..2, 480.0);
        let [first, second] = &layout.panes[..] else { panic!("two panes") };
        assert!((first.height / second.height - 3.0).abs() < 1e-9);
        assert!(first.top + first.height < second.top);
        assert!((second.top + second.height - 1.0).abs() < 1e-9);
    }

    #[test]
    fn equal_ratios_are_equally_high_on_a_log_scale() {
        let layout = Layout::of(&spec(vec![Some(10.0), Some(1000.0)], true), 0..2, 480.0);
        let scale = layout.panes[0].scale;
        assert!(scale.log && !layout.panes[1].scale.log);
        assert!((scale.share(100.0) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn only_what_is_shown_counts() {
        let layout = Layout::of(&spec(vec![Some(900.0), Some(1.0), None, Some(2.0)], false), 1..4, 480.0);
        assert!(layout.panes[0].scale.high < 3.0);
        assert_eq!(layout.panes[0].last.as_ref().map(|tag| tag.label.as_str()), Some("2.00"));
    }

    #[test]
    fn an_empty_or_flat_chart_still_has_a_scale() {
        for values in [vec![], vec![None, None], vec![Some(5.0), Some(5.0)], vec![Some(0.0)]] {
            let shown = 0..values.len();
            let layout = Layout::of(&spec(values, true), shown, 480.0);
            assert!(layout.panes[0].scale.high > layout.panes[0].scale.low);
        }
    }
}
