//! Each fault alone in an otherwise clean history: it is found, nothing else is, and what can be repaired is.

use super::*;

/// Plants a fault into the last 400 bars of AAPL.
fn planted(fault: impl Fn(&mut Vec<Bar>)) -> (Vec<Bar>, Case) {
    let clean = apple(400);
    let mut bad = clean.clone();
    fault(&mut bad);
    (clean, Case::of(bad))
}

fn only(bar: &Bar, rule: Rule, rejected: bool) -> Vec<(String, Rule, bool)> {
    vec![(bar.date().to_string(), rule, rejected)]
}

fn scale(bar: &mut Bar, by: f64) {
    let Bar { open, high, low, close, adj_close, .. } = bar;
    open.iter_mut().chain(high).chain(low).chain(adj_close).chain([close]).for_each(|price| *price *= by);
}

fn without(clean: &[Bar], at: usize) -> Vec<Bar> {
    let mut rest = clean.to_vec();
    rest.remove(at);
    rest
}

#[test]
fn a_day_in_cents_is_brought_back_to_dollars() {
    for at in [0, 1, 200, 398, 399] {
        for by in [100.0, 0.01] {
            let (clean, case) = planted(|bars| scale(&mut bars[at], by));
            let report = case.judge();
            assert_eq!(found(&report), only(&clean[at], Rule::Hundredfold, false), "{at} {by}");
            assert_restored(&report, &clean);
            assert_eq!(report.bars[at].raw, case.bars[at], "the raw bar is kept");
        }
    }
}

#[test]
fn a_single_field_in_cents_is_brought_back() {
    let fields: [fn(&mut Bar); 3] = [
        |bar| bar.low = bar.low.map(|low| low / 100.0),
        |bar| bar.close *= 100.0,
        |bar| bar.adj_close = bar.adj_close.map(|price| price * 100.0),
    ];
    for at in [3, 200, 399] {
        for field in fields {
            let (clean, case) = planted(|bars| field(&mut bars[at]));
            let report = case.judge();
            assert_eq!(found(&report), only(&clean[at], Rule::Hundredfold, false));
            assert_restored(&report, &clean);
        }
    }
}

#[test]
fn a_history_that_changed_its_unit_is_told_in_the_unit_of_today() {
    let (clean, case) = planted(|bars| bars[..250].iter_mut().for_each(|bar| scale(bar, 100.0)));
    let report = case.judge();
    assert_eq!(report.repaired().count(), 250);
    assert_restored(&report, &clean);
}

#[test]
fn new_bars_in_another_unit_than_the_stored_history_follow_the_history() {
    let (clean, case) = planted(|bars| bars[390..].iter_mut().for_each(|bar| scale(bar, 100.0)));
    let case = Case { known: clean[..390].to_vec(), ..Case::of(case.bars[390..].to_vec()) };
    let report = case.judge();
    assert_eq!(report.repaired().count(), 10);
    assert_restored(&report, &clean[390..]);
}

// Apple's own split of 4:1 on 31 August 2020 undone, as a source that forgot it would tell the year.
#[test]
fn prices_before_a_missed_split_are_put_on_the_new_basis() {
    for late in [0, 3] {
        let clean: Vec<Bar> = apple(500);
        let first_new = clean.iter().position(|bar| bar.date() >= date("2020-08-31")).unwrap() + late;
        let mut bad = clean.clone();
        for bar in &mut bad[..first_new] {
            scale(bar, 4.0);
            bar.volume = bar.volume.map(|volume| volume / 4.0);
        }
        let report = Case::of(bad).judge();
        assert_eq!(report.repaired().count(), first_new);
        assert!(found(&report).iter().all(|(_, rule, rejected)| *rule == Rule::MissedSplit && !rejected));
        assert_restored(&report, &clean);
    }
}

#[test]
fn a_missed_split_leaves_an_adjusted_close_alone_that_was_right() {
    let clean = apple(500);
    let first_new = clean.iter().position(|bar| bar.date() >= date("2020-08-31")).unwrap();
    let mut bad = clean.clone();
    for bar in &mut bad[..first_new] {
        let adjusted = bar.adj_close;
        scale(bar, 4.0);
        bar.adj_close = adjusted;
    }
    let report = Case::of(bad).judge();
    assert_restored(&report, &clean);
}

#[test]
fn a_split_nobody_announced_stops_at_a_person() {
    let (clean, mut case) = planted(|bars| {
        for bar in &mut bars[396..] {
            scale(bar, 0.5);
            bar.volume = bar.volume.map(|volume| volume * 2.0);
        }
    });
    case.splits.clear();
    let report = case.judge();
    let expected: Vec<_> = clean[396..].iter().flat_map(|bar| only(bar, Rule::Jump, true)).collect();
    assert_eq!(found(&report), expected);
    let first = &report.bars[396];
    assert!(
        matches!(&first.verdict, Verdict::Reject(_, why) if why.contains("a split nobody announced")),
        "{first:?}"
    );
}

#[test]
fn a_bad_tick_that_is_taken_back_is_rejected() {
    for by in [1.25, 0.8] {
        let (clean, case) = planted(|bars| scale(&mut bars[300], by));
        let report = case.judge();
        assert_eq!(found(&report), only(&clean[300], Rule::Jump, true));
        assert_restored(&report, &without(&clean, 300));
    }
}

#[test]
fn a_jump_without_volume_waits_until_the_next_session_confirms_it() {
    let clean = apple(400);
    let mut bars = clean.clone();
    bars[398..].iter_mut().for_each(|bar| scale(bar, 1.25));
    let first = Case::of(bars[..399].to_vec()).judge();
    assert_eq!(found(&first), only(&clean[398], Rule::Jump, true));
    let second = Case::of(bars.clone()).judge();
    assert_eq!(found(&second), []);
    // With volume it is believed at once.
    bars[398].volume = bars[398].volume.map(|volume| volume * 3.0);
    assert_eq!(found(&Case::of(bars[..399].to_vec()).judge()), []);
}

#[test]
fn a_bar_that_does_not_hold_its_own_close_is_rejected_and_a_rounding_is_widened() {
    let (clean, case) = planted(|bars| bars[100].high = Some(bars[100].low.unwrap() * 0.99));
    assert_eq!(found(&case.judge()), only(&clean[100], Rule::Envelope, true));
    let (clean, case) =
        planted(|bars| bars[100].high = Some(bars[100].open.unwrap().max(bars[100].close) * 0.9997));
    let report = case.judge();
    assert_eq!(found(&report), only(&clean[100], Rule::Envelope, false));
    assert_eq!(report.bars[100].value.high, Some(clean[100].open.unwrap().max(clean[100].close)));
}

#[test]
fn missing_and_impossible_fields_are_rejected() {
    type Fault = fn(&mut Bar);
    let faults: [(Fault, Rule); 7] = [
        (|bar| bar.close = 0.0, Rule::MissingField),
        (|bar| bar.close = f64::NAN, Rule::MissingField),
        (|bar| bar.low = None, Rule::MissingField),
        (|bar| bar.open = Some(-1.0), Rule::Range),
        (|bar| bar.high = Some(f64::INFINITY), Rule::Range),
        (|bar| bar.volume = Some(-5.0), Rule::Range),
        (|bar| bar.time = DateTime::from_timestamp(4_102_444_800, 0).unwrap(), Rule::Range),
    ];
    for (fault, rule) in faults {
        let (_, case) = planted(|bars| fault(&mut bars[150]));
        let report = case.judge();
        assert_eq!(
            found(&report).iter().map(|(_, rule, rejected)| (*rule, *rejected)).collect::<Vec<_>>(),
            [(rule, true)]
        );
    }
}

#[test]
fn another_currency_refuses_the_whole_batch() {
    let report = Case { told: Some("GBP"), ..Case::of(apple(10)) }.judge();
    assert!(matches!(&report.refused, Some((Rule::Currency, why)) if why.contains("GBP")));
    assert_eq!(report.accepted().count(), 0);
    assert_eq!(report.scores.of(Dimension::Consistency).score(), Some(0.0));
    assert!(Case { told: Some("usd"), ..Case::of(apple(10)) }.judge().refused.is_none());
}

#[test]
fn a_zero_volume_beside_a_moved_price_becomes_unknown() {
    let (clean, case) = planted(|bars| bars[200].volume = Some(0.0));
    let report = case.judge();
    assert_eq!(found(&report), only(&clean[200], Rule::ZeroVolume, false));
    assert_eq!(report.bars[200].value.volume, None);
    let report = Case { kind: Kind::Fx, ..Case::of(case.bars) }.judge();
    assert_eq!(found(&report), [], "what is not traded on an exchange has no volume");
}

#[test]
fn days_that_never_were_are_rejected() {
    let (clean, mut case) = planted(|_| {});
    let saturday = Bar { time: Bar::label(date("2022-03-05")), ..clean[395] };
    case.bars.push(saturday);
    assert_eq!(found(&case.judge()), only(&saturday, Rule::PhantomRow, true));
    assert_restored(&case.judge(), &clean);
    // A holiday filled with the day before, as live feeds do.
    let (clean, case) = planted(|bars| bars[300] = Bar { time: bars[300].time, ..bars[299] });
    assert_eq!(found(&case.judge()), only(&clean[300], Rule::StaleCopy, true));
    let (clean, case) = planted(|bars| {
        let close = bars[299].close;
        let flat = Some(close);
        bars[300] = Bar { open: flat, high: flat, low: flat, close, volume: Some(0.0), ..bars[300] };
    });
    assert_eq!(found(&case.judge()), only(&clean[300], Rule::StaleCopy, true));
}

#[test]
fn the_more_complete_of_two_bars_for_a_day_is_kept() {
    let (clean, mut case) = planted(|_| {});
    let live =
        Bar { close: clean[399].close * 1.001, volume: clean[399].volume.map(|v| v / 2.0), ..clean[399] };
    case.bars.insert(0, live);
    case.bars.push(clean[50]);
    let report = case.judge();
    assert_eq!(found(&report), only(&live, Rule::Duplicate, true));
    assert_eq!(report.copies, 1);
    assert_restored(&report, &clean);
    assert_eq!(report.scores.of(Dimension::Uniqueness).failed, 2);
}

#[test]
fn holes_and_age_are_told_against_the_calendar() {
    let mut bars = apple(30);
    let hole = bars.remove(10).date();
    // The evening of the last day; Presidents' Day, a weekday without a session, is no hole.
    let evening = Bar::label(date("2022-03-10")) + chrono::Duration::hours(23);
    let report = Case { now: evening, ..Case::of(bars.clone()) }.judge();
    assert_eq!(report.missing, [hole]);
    assert_eq!(report.scores.of(Dimension::Timeliness).score(), Some(1.0));
    assert_eq!(report.scores.of(Dimension::Completeness), Tally { checked: 30, failed: 1 });
    bars.truncate(27);
    let report = Case { now: evening, ..Case::of(bars) }.judge();
    assert_eq!(report.scores.of(Dimension::Timeliness), Tally { checked: 5, failed: 2 });
}

#[test]
fn a_running_session_needs_only_its_share_of_the_volume() {
    let clean = apple(400);
    let mut bars = clean.clone();
    scale(&mut bars[399], 1.2);
    let noon = Bar::label(date("2022-03-10")) + chrono::Duration::hours(18);
    let share = |part: f64| {
        let mut bars = bars.clone();
        bars[399].volume = clean[399].volume.map(|volume| volume * part);
        found(&Case { now: noon, ..Case::of(bars) }.judge()).len()
    };
    // 54 % of the session are over at 18:00 UTC.
    assert_eq!((share(0.4), share(1.0)), (1, 0));
}

mod dividends {
    use super::*;

    fn year() -> Vec<Bar> {
        bundled("AAPL.csv.gz").into_iter().filter(|bar| bar.date() >= date("2020-09-01")).collect()
    }

    fn judged(bars: Vec<Bar>, dividends: Vec<Dividend>) -> Report {
        Case { dividends: Some(dividends), ..Case::of(bars) }.judge()
    }

    #[test]
    fn one_that_nobody_told_is_read_from_the_adjusted_close() {
        let mut told = paid();
        told.remove(3);
        let report = judged(year(), told);
        assert_eq!(found(&report), [("2021-08-06".to_string(), Rule::MissingDividend, false)]);
        let read = report.dividends.iter().find(|each| each.value.date == date("2021-08-06")).unwrap();
        assert!((read.value.amount - 0.22).abs() < 0.02, "{}", read.value.amount);
    }

    #[test]
    fn one_told_100_times_too_large_is_mended() {
        for by in [100.0, 0.01] {
            let mut told = paid();
            told[4].amount *= by;
            let report = judged(year(), told);
            assert_eq!(found(&report), [("2021-11-05".to_string(), Rule::WrongDividend, false)], "{by}");
            assert!((report.dividends[4].value.amount - 0.22).abs() < 1e-9);
            assert_restored(&report, &year());
        }
    }

    #[test]
    fn one_that_the_adjusted_close_forgot_is_put_into_it() {
        // A special dividend of 5 % that the adjusted close does not know: all before it is too high.
        let clean = year();
        let at = clean.iter().position(|bar| bar.date() == date("2021-06-14")).unwrap();
        let amount = clean[at - 1].close * 0.05;
        let mut told = paid();
        told.push(dividend("2021-06-14", amount));
        let report = judged(clean.clone(), told);
        assert_eq!(report.repaired().count(), at);
        let (stored, before) = (report.bars[0].value.adj_close.unwrap(), clean[0].adj_close.unwrap());
        assert!((stored / before - 0.95).abs() < 1e-3, "to the rounding of the closes");
        assert_eq!(report.bars[0].value.close, clean[0].close);
    }

    #[test]
    fn one_that_only_the_adjusted_close_knows_and_nobody_could_pay_is_taken_out() {
        let clean = year();
        let mut bad = clean.clone();
        bad[..100].iter_mut().for_each(|bar| bar.adj_close = bar.adj_close.map(|price| price * 0.5));
        let report = judged(bad, paid());
        assert_eq!(report.repaired().count(), 100);
        for (stored, clean) in report.accepted().zip(&clean) {
            assert!((stored.adj_close.unwrap() / clean.adj_close.unwrap() - 1.0).abs() < 0.03);
        }
    }

    #[test]
    fn one_that_can_not_be_is_rejected() {
        let told = vec![dividend("2021-11-05", -1.0), dividend("2022-02-01", 150.0)];
        let report = judged(year().split_off(345), told);
        let wrong: Vec<_> = report.dividends.iter().filter(|each| each.is_rejected()).collect();
        assert_eq!(wrong.len(), 2, "{:?}", report.dividends);
    }
}
