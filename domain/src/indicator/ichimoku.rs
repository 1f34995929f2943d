//! Ichimoku kinko hyo (Hosoda, 1969).

use super::{
    extremes::{Extremes, Span},
    input::range,
};
use crate::Bar;
use ta::{Next, Reset};

/// The lines as they are known at one bar; each `None` until its window is full.
///
/// The cloud drawn above a bar is made of the leads known one base period (26 bars) before it, and the lagging line
/// is the close drawn as many bars back: what is drawn where is the painter's business, so that no line here looks
/// ahead.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct IchimokuLines {
    /// Tenkan: middle of the range of 9 bars.
    pub conversion: Option<f64>,
    /// Kijun: middle of the range of 26 bars.
    pub base: Option<f64>,
    /// Senkou A: half-way between conversion and base.
    pub lead_a: Option<f64>,
    /// Senkou B: middle of the range of 52 bars.
    pub lead_b: Option<f64>,
}

/// Streaming Ichimoku lines; usually 9, 26 and 52.
#[derive(Debug, Clone)]
pub struct Ichimoku {
    conversion: Extremes,
    base: Extremes,
    lead: Extremes,
}

impl Ichimoku {
    /// Periods of 0 count as 1.
    pub fn new(conversion: usize, base: usize, lead: usize) -> Ichimoku {
        Ichimoku {
            conversion: Extremes::new(conversion),
            base: Extremes::new(base),
            lead: Extremes::new(lead),
        }
    }
}

impl Next<&Bar> for Ichimoku {
    type Output = IchimokuLines;

    fn next(&mut self, bar: &Bar) -> IchimokuLines {
        let Some((high, low, _)) = range(bar) else { return IchimokuLines::default() };
        let middle = |window: &mut Extremes| window.push(high, low).as_ref().map(Span::middle);
        let conversion = middle(&mut self.conversion);
        let base = middle(&mut self.base);
        let lead_a = conversion.zip(base).map(|(conversion, base)| (conversion + base) / 2.0);
        IchimokuLines { conversion, base, lead_a, lead_b: middle(&mut self.lead) }
    }
}

impl Reset for Ichimoku {
    fn reset(&mut self) {
        *self = Ichimoku::new(self.conversion.period(), self.base.period(), self.lead.period());
    }
}

/// [`Ichimoku`] over bars, oldest first.
pub fn ichimoku(bars: &[Bar], conversion: usize, base: usize, lead: usize) -> Vec<IchimokuLines> {
    let mut state = Ichimoku::new(conversion, base, lead);
    bars.iter().map(|bar| state.next(bar)).collect()
}
