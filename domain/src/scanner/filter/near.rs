//! Which known name somebody may have meant.

use crate::scanner::field::folded;

/// Longer names are looked at no further: nobody mistypes that much.
const LONGEST: usize = 40;

/// The known name closest to a misspelt one, by letters added, left out, changed or swapped; `None` where none is close: a
/// third of its letters may be wrong.
pub(super) fn nearest(name: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let name: Vec<char> = folded(name).chars().take(LONGEST + 1).collect();
    if name.len() > LONGEST || name.is_empty() {
        return None;
    }
    let most = (name.len() / 3).max(1);
    let measured = known.map(|known| {
        let letters: Vec<char> = folded(known).chars().collect();
        // rsi is the beginning of rsi14: what was typed may be half of it.
        let begins = name.len() > 1 && letters.starts_with(&name);
        (if begins { 0 } else { distance(&name, &letters) }, letters.len(), known)
    });
    let (away, _, known) = measured.min_by_key(|(away, length, _)| (*away, *length))?;
    (away <= most).then_some(known)
}

/// Optimal string alignment distance (Damerau, 1964): Levenshtein's with swapped neighbours as one step.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let change = rows[i][j] + usize::from(x != y);
            let mut best = change.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distances_are_those_of_the_textbook() {
        let far = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        // Levenshtein's own pair is 3 apart; a swap is one step (Damerau).
        assert_eq!((far("kitten", "sitting"), far("ca", "ac"), far("", "abc")), (3, 1, 3));
    }

    #[test]
    fn what_is_far_from_everything_has_no_suggestion() {
        let known = ["close", "rsi14", "sector"];
        assert_eq!(nearest("closs", known.into_iter()), Some("close"));
        assert_eq!(nearest("rsi", known.into_iter()), Some("rsi14"));
        assert_eq!(nearest("SETCOR", known.into_iter()), Some("sector"));
        assert_eq!(nearest("earnings", known.into_iter()), None);
    }
}
