use super::{
    Limit,
    hours::{Caller, Hours, Key},
    window::{LENGTH_S, Standing, Window},
};
use chrono::DateTime;
use proptest::prelude::*;

fn is_allowed(standing: &Standing) -> bool {
    matches!(standing, Standing::Allowed { .. })
}

proptest! {
    /// Calls at any times: no hour holds more than the quota, what is refused was refused for a reason, and a wait
    /// that was announced is enough.
    #[test]
    fn no_hour_holds_more_than_the_quota_and_no_call_is_refused_without_need(
        quota in 1_u32..20,
        start in 0_i64..100_000,
        pauses in prop::collection::vec(prop_oneof![0_i64..5, 0_i64..400, 0_i64..5_000], 1..200),
    ) {
        let mut window = Window::default();
        let (mut now, mut allowed, mut may_again) = (start, Vec::new(), None);
        for pause in pauses {
            now += pause;
            let standing = window.take(quota, now);
            let within = |length: i64| allowed.iter().filter(|&&at: &&i64| at > now - length).count();
            match standing {
                Standing::Allowed { left, reset_s } => {
                    prop_assert!(within(LENGTH_S) < quota as usize);
                    prop_assert!(left < quota && reset_s >= 1);
                    allowed.push(now);
                    may_again = None;
                }
                Standing::Refused { retry_after_s } => {
                    // A minute is as exact as it counts.
                    prop_assert!(within(LENGTH_S + 60) >= quota as usize);
                    prop_assert!(may_again.is_none_or(|at| now < at), "{now} was announced as early enough");
                    prop_assert!((1..=3_660).contains(&retry_after_s));
                    may_again = Some(now + retry_after_s as i64);
                }
            }
            prop_assert!(window.len() <= 61);
        }
    }
}

#[test]
fn the_thousandth_call_is_the_last_of_an_hour() {
    let mut window = Window::default();
    for n in 0..1_000 {
        assert_eq!(window.take(1_000, 7_200), Standing::Allowed { left: 999 - n, reset_s: 3_660 });
    }
    assert_eq!(window.take(1_000, 7_230), Standing::Refused { retry_after_s: 3_630 });
    assert!(!is_allowed(&window.take(1_000, 7_200 + 3_659)));
    assert!(is_allowed(&window.take(1_000, 7_200 + 3_660)));
}

#[test]
fn a_clock_that_was_set_back_gives_nothing_away() {
    let mut window = Window::default();
    assert!(is_allowed(&window.take(1, 100_000)));
    assert!(!is_allowed(&window.take(1, 10)));
    assert!(is_allowed(&window.take(1, 103_660)));
}

#[test]
fn a_smaller_quota_waits_for_all_that_is_too_much() {
    let mut window = Window::default();
    for minute in 0..10 {
        assert!(is_allowed(&window.take(10, minute * 60)));
    }
    // Eight of the ten have to go before the third is one of fewer than three.
    assert_eq!(window.take(3, 600), Standing::Refused { retry_after_s: 7 * 60 + 3_660 - 600 });
}

#[test]
fn callers_and_limits_do_not_share_and_memory_is_bounded() {
    let hours = Hours::for_at_most(64);
    let at = |second| DateTime::from_timestamp(1_700_000_000 + second, 0).unwrap();
    let key = |limit, n: u32| Key { limit, caller: Caller::Network(n.to_string()) };
    assert!(is_allowed(&hours.take(key(Limit::Standard, 1), 1, at(0))));
    assert!(is_allowed(&hours.take(key(Limit::Costly, 1), 1, at(0))));
    assert!(is_allowed(&hours.take(key(Limit::Standard, 2), 1, at(0))));
    assert!(!is_allowed(&hours.take(key(Limit::Standard, 1), 1, at(1))));
    for n in 10..1_000 {
        hours.take(key(Limit::Standard, n), 1, at(i64::from(n)));
        assert!(hours.len() <= 64, "{}", hours.len());
    }
    assert!(!is_allowed(&hours.take(key(Limit::Standard, 999), 1, at(1_000))), "the latest are remembered");
}
