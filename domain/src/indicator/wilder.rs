//! Wilder's smoothing, with its factors worked out once.

/// `(previous * (n - 1) + new) / n`, as `previous * keep + new * take`: a step waits for no division.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wilder {
    /// `(n - 1) / n`.
    pub keep: f64,
    take: f64,
}

impl Wilder {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Wilder {
        let n = period.max(1) as f64;
        Wilder { keep: (n - 1.0) / n, take: 1.0 / n }
    }

    #[inline]
    pub fn mean(&self, previous: f64, new: f64) -> f64 {
        previous * self.keep + new * self.take
    }
}
