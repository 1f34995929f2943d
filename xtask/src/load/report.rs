//! What all clients saw, as a table.

use std::collections::BTreeSet;

use anyhow::ensure;

use super::client::Seen;

/// Prints the figures; fails if an event was lost, out of order, or a stream was cut.
pub fn print(seen: &[Seen], seconds: u64, resident: Option<(u64, u64)>) -> anyhow::Result<()> {
    let events: usize = seen.iter().map(|one| one.ids.len()).sum();
    let (gaps, disorder) = gaps(seen);
    let cut = seen.iter().filter(|one| one.cut).count();
    let resyncs: u32 = seen.iter().map(|one| one.resyncs).sum();
    let heartbeats: u32 = seen.iter().map(|one| one.heartbeats).sum();
    let mut late: Vec<u32> = seen.iter().flat_map(|one| one.late_ms.iter().copied()).collect();
    late.sort_unstable();

    let row = |name: &str, value: String| println!("{name:<28}{value:>14}");
    row("clients", seen.len().to_string());
    row("events", events.to_string());
    row("events per second", (events as u64 / seconds).to_string());
    row("heartbeats", heartbeats.to_string());
    row("gaps (events missed)", gaps.to_string());
    row("out of order", disorder.to_string());
    row("resyncs", resyncs.to_string());
    row("streams cut", cut.to_string());
    for (name, share) in [("late, p50", 0.5), ("late, p95", 0.95), ("late, p99", 0.99), ("late, max", 1.0)] {
        row(name, percentile(&late, share).map_or("-".into(), |ms| format!("{ms} ms")));
    }
    if let Some((before, after)) = resident {
        let each = after.saturating_sub(before) as f64 / seen.len() as f64 / 1024.0;
        row("server memory before", format!("{:.1} MiB", before as f64 / 1_048_576.0));
        row("server memory under load", format!("{:.1} MiB", after as f64 / 1_048_576.0));
        row("server memory per client", format!("{each:.1} KiB"));
    }
    ensure!(events > 0, "no event arrived");
    ensure!(gaps == 0 && disorder == 0 && cut == 0 && resyncs == 0, "the streams were not complete");
    Ok(())
}

/// Events that some client saw and another did not, between that one's own first and last; and steps backwards. All
/// clients follow the same symbols, so all have to see the same.
fn gaps(seen: &[Seen]) -> (usize, usize) {
    let all: BTreeSet<u64> = seen.iter().flat_map(|one| one.ids.iter().copied()).collect();
    let mut missed = 0;
    let mut disorder = 0;
    for one in seen {
        let mine: BTreeSet<u64> = one.ids.iter().copied().collect();
        if let (Some(first), Some(last)) = (mine.first(), mine.last()) {
            missed += all.range(first..=last).count() - mine.len();
        }
        disorder += one.ids.windows(2).filter(|pair| pair[1] <= pair[0]).count();
    }
    (missed, disorder)
}

/// Nearest rank; `None` without values.
fn percentile(sorted: &[u32], share: f64) -> Option<u32> {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(ids: &[u64]) -> Seen {
        Seen { ids: ids.to_vec(), ..Seen::default() }
    }

    #[test]
    fn an_event_one_client_lacks_between_its_first_and_last_is_a_gap() {
        assert_eq!(gaps(&[client(&[1, 2, 5, 9]), client(&[2, 9])]), (1, 0));
        assert_eq!(gaps(&[client(&[1, 2, 5, 9]), client(&[2, 5])]), (0, 0));
        assert_eq!(gaps(&[client(&[1, 5, 2])]), (0, 1));
    }

    #[test]
    fn percentiles_are_nearest_rank() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!(percentile(&hundred, 0.5), Some(50));
        assert_eq!(percentile(&hundred, 0.99), Some(99));
        assert_eq!(percentile(&hundred, 1.0), Some(100));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
