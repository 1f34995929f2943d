//! Mean and variance of the last n values.
//!
//! A running sum that adds the newest and subtracts the oldest value drifts, and a variance taken as mean of
//! squares minus square of mean cancels. So the window is kept as two stacks: the newer values with their
//! moments, the older ones with the moments from each of them to the end of the stack. Nothing is ever
//! subtracted from a total, and each value is moved once: O(1) per value on average.
//! Moments are merged as in Chan, Golub, LeVeque (1979), so the variance cannot become negative.

/// Count, mean and sum of squared deviations of some values.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    fn with(self, value: f64) -> Moments {
        let count = self.count + 1.0;
        let away = value - self.mean;
        let mean = self.mean + away / count;
        Moments { count, mean, squares: self.squares + away * (value - mean) }
    }

    fn and(self, other: Moments) -> Moments {
        if self.count == 0.0 {
            return other;
        }
        if other.count == 0.0 {
            return self;
        }
        let count = self.count + other.count;
        let apart = other.mean - self.mean;
        Moments {
            count,
            mean: self.mean + apart * (other.count / count),
            squares: self.squares + other.squares + apart * apart * (self.count * other.count / count),
        }
    }
}

/// Mean and population variance of a full window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub mean: f64,
    pub variance: f64,
}

/// The last `period` values.
#[derive(Debug, Clone)]
pub(super) struct Window {
    period: usize,
    newer: Vec<f64>,
    newer_moments: Moments,
    older: Vec<Moments>,
}

impl Window {
    /// A period of 0 counts as 1.
    pub fn new(period: usize) -> Window {
        Window {
            period: period.max(1),
            newer: Vec::new(),
            newer_moments: Moments::default(),
            older: Vec::new(),
        }
    }

    pub fn period(&self) -> usize {
        self.period
    }

    pub fn clear(&mut self) {
        self.newer.clear();
        self.newer_moments = Moments::default();
        self.older.clear();
    }

    /// Takes in a value; `None` until the window is full.
    pub fn push(&mut self, value: f64) -> Option<Spread> {
        if self.newer.len() + self.older.len() == self.period {
            self.drop_oldest();
        }
        self.newer.push(value);
        self.newer_moments = self.newer_moments.with(value);
        let full = self.newer.len() + self.older.len() == self.period;
        full.then(|| {
            let all = self.older.last().copied().unwrap_or_default().and(self.newer_moments);
            Spread { mean: all.mean, variance: all.squares.max(0.0) / all.count }
        })
    }

    fn drop_oldest(&mut self) {
        if self.older.is_empty() {
            let mut moments = Moments::default();
            while let Some(value) = self.newer.pop() {
                moments = moments.with(value);
                self.older.push(moments);
            }
            self.newer_moments = Moments::default();
        }
        self.older.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn the_window_forgets_what_left_it() {
        let mut window = Window::new(3);
        let spreads: Vec<_> = [1e9, 1.0, 2.0, 3.0, 4.0].into_iter().map(|value| window.push(value)).collect();
        assert_eq!(spreads[..2], [None, None]);
        let last = spreads[4].expect("five values fill a window of three");
        assert_eq!(last.mean, 3.0);
        // Population variance of 2, 3, 4, worked out by hand.
        assert!((last.variance - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn equal_values_have_no_variance_at_all() {
        let mut window = Window::new(20);
        for _ in 0..1000 {
            if let Some(spread) = window.push(0.1) {
                assert_eq!((spread.mean, spread.variance), (0.1, 0.0));
            }
        }
    }
}
