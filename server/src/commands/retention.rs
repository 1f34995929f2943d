//! `candlewick retention`: what is too old goes, table by table, or is only counted.

use crate::{
    Config,
    serve::{StartError, open_engine},
};
use engine::retention::Removed;

/// Removes what is kept long enough by the settings, as the schedule does every midnight; with `dry_run` it only
/// counts. What went, or would go, by table.
///
/// # Errors
/// When the database or the store of files does not answer.
pub async fn clean_up(config: Config, dry_run: bool) -> Result<Vec<Removed>, StartError> {
    let engine = open_engine(&config).await?;
    let removed = engine.retention().clean_up(dry_run).await;
    engine.close().await;
    let removed = removed?;
    removed.iter().for_each(|each| println!("{}", line(each, dry_run)));
    Ok(removed)
}

fn line(removed: &Removed, dry_run: bool) -> String {
    let Removed { table, before, rows } = removed;
    let verb = if dry_run { "would go" } else { "went" };
    format!("{table:<18}  {rows:>9} {verb}, from before {}", before.format("%Y-%m-%d %H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_would_go_or_went_and_how_old_that_is() {
        let before = "2026-01-05T14:30:00Z".parse().unwrap();
        let removed = Removed { table: "bars 1m", before, rows: 1234 };
        assert_eq!(
            line(&removed, true),
            "bars 1m                  1234 would go, from before 2026-01-05 14:30"
        );
        assert_eq!(line(&removed, false), "bars 1m                  1234 went, from before 2026-01-05 14:30");
    }
}
