//! The small line beside a price.

use super::{ChartSpec, Ink, Layer, Pane};
use crate::{figure, indicator::usable};

/// A line over `values`, oldest first, inked by whether it ends higher or lower than it began. What is not
/// finite is a gap. The axis carries positions, 1 to n: a sparkline shows shape, not dates.
///
/// ```
/// use domain::chart::sparkline;
/// assert_eq!(sparkline(&[100.0, 99.0, 103.2]).alternative, "Up 3.2 % over 3 values");
/// ```
pub fn sparkline(values: &[f64]) -> ChartSpec {
    let known: Vec<f64> = values.iter().copied().filter_map(usable).collect();
    let (first, last) = (known.first().copied(), known.last().copied());
    let change = first.zip(last).filter(|_| known.len() > 1).map(|(first, last)| last - first);
    let ink = match change {
        Some(change) if change > 0.0 => Ink::Up,
        Some(change) if change < 0.0 => Ink::Down,
        _ => Ink::Muted,
    };
    let line =
        Layer::Line { name: "Close".into(), ink, values: values.iter().copied().map(usable).collect() };
    let pane =
        Pane { title: String::new(), weight: 1.0, range: None, levels: Vec::new(), layers: vec![line] };
    ChartSpec {
        alternative: words(change, first, known.len()),
        times: (1..=values.len()).map(|at| at.to_string()).collect(),
        panes: vec![pane],
        log: false,
        developing: None,
    }
}

fn words(change: Option<f64>, first: Option<f64>, count: usize) -> String {
    let (Some(change), Some(first)) = (change, first) else {
        return "Too few values to show a movement".into();
    };
    let size = match first {
        first if first > 0.0 => format!("{} %", figure::grouped((change / first * 100.0).abs(), 1)),
        _ => figure::price(change.abs()),
    };
    match change {
        change if change > 0.0 => format!("Up {size} over {count} values"),
        change if change < 0.0 => format!("Down {size} over {count} values"),
        _ => format!("Unchanged over {count} values"),
    }
}

#[cfg(test)]
mod tests {
    use super::sparkline;
    use crate::chart::{Ink, Layer};

    #[test]
    fn a_gap_stays_a_gap_and_the_axis_is_as_long_as_the_values() {
        let spec = sparkline(&[2.0, f64::NAN, 1.0]);
        assert_eq!(spec.times, ["1", "2", "3"]);
        let [Layer::Line { ink, values, .. }] = &spec.panes[0].layers[..] else { panic!("one line") };
        assert_eq!((*ink, values.as_slice()), (Ink::Down, &[Some(2.0), None, Some(1.0)][..]));
        assert_eq!(spec.alternative, "Down 50.0 % over 2 values");
    }

    #[test]
    fn nothing_to_show_is_said_in_words() {
        for values in [&[][..], &[1.0], &[f64::NAN]] {
            let spec = sparkline(values);
            assert_eq!(spec.alternative, "Too few values to show a movement");
            assert_eq!(spec.times.len(), values.len());
        }
    }
}
