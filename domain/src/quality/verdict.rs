//! The words of a judgement.

use serde::{Deserialize, Serialize};

/// What a rule looks after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Dimension {
    Completeness,
    Consistency,
    Accuracy,
    Timeliness,
    Uniqueness,
}

impl Dimension {
    /// All of them, in the order people see them.
    pub const ALL: [Dimension; 5] = [
        Dimension::Completeness,
        Dimension::Consistency,
        Dimension::Accuracy,
        Dimension::Timeliness,
        Dimension::Uniqueness,
    ];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Dimension::Completeness => "completeness",
            Dimension::Consistency => "consistency",
            Dimension::Accuracy => "accuracy",
            Dimension::Timeliness => "timeliness",
            Dimension::Uniqueness => "uniqueness",
        }
    }

    /// Reads back [`Dimension::as_str`].
    pub fn parse(word: &str) -> Option<Dimension> {
        Dimension::ALL.into_iter().find(|each| each.as_str() == word)
    }
}

/// A rule that found something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// A field that must be there is not.
    MissingField,
    /// A session of the exchange without a bar.
    MissingSession,
    /// The low is not the lowest or the high not the highest of a bar.
    Envelope,
    /// Told in another currency than the instrument's.
    Currency,
    /// The adjusted close does not follow from the close and the dividends.
    Adjustment,
    /// No number, not positive, absurdly large, or in the future.
    Range,
    /// Far from its neighbours without an action or volume to explain it.
    Jump,
    /// 100 times too large or too small: cents for dollars.
    Hundredfold,
    /// Prices before a split that are not on its new basis.
    MissedSplit,
    /// A dividend that nobody announced but the adjusted close contains.
    MissingDividend,
    /// A dividend whose amount can not be right.
    WrongDividend,
    /// A price that moved with a volume of zero.
    ZeroVolume,
    /// A bar on a day without a session.
    PhantomRow,
    /// A bar that repeats the one before it.
    StaleCopy,
    /// A second record for the same time.
    Duplicate,
    /// Older than the schedule allows.
    Stale,
}

impl Rule {
    /// All of them.
    pub const ALL: [Rule; 16] = [
        Rule::MissingField,
        Rule::MissingSession,
        Rule::Envelope,
        Rule::Currency,
        Rule::Adjustment,
        Rule::Range,
        Rule::Jump,
        Rule::Hundredfold,
        Rule::MissedSplit,
        Rule::MissingDividend,
        Rule::WrongDividend,
        Rule::ZeroVolume,
        Rule::PhantomRow,
        Rule::StaleCopy,
        Rule::Duplicate,
        Rule::Stale,
    ];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::MissingField => "missingField",
            Rule::MissingSession => "missingSession",
            Rule::Envelope => "envelope",
            Rule::Currency => "currency",
            Rule::Adjustment => "adjustment",
            Rule::Range => "range",
            Rule::Jump => "jump",
            Rule::Hundredfold => "hundredfold",
            Rule::MissedSplit => "missedSplit",
            Rule::MissingDividend => "missingDividend",
            Rule::WrongDividend => "wrongDividend",
            Rule::ZeroVolume => "zeroVolume",
            Rule::PhantomRow => "phantomRow",
            Rule::StaleCopy => "staleCopy",
            Rule::Duplicate => "duplicate",
            Rule::Stale => "stale",
        }
    }

    /// Reads back [`Rule::as_str`].
    pub fn parse(word: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|each| each.as_str() == word)
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Rule::MissingField => "Missing field",
            Rule::MissingSession => "Missing session",
            Rule::Envelope => "Outside high and low",
            Rule::Currency => "Wrong currency",
            Rule::Adjustment => "Adjusted close",
            Rule::Range => "Out of range",
            Rule::Jump => "Unexplained jump",
            Rule::Hundredfold => "Factor 100",
            Rule::MissedSplit => "Missed split",
            Rule::MissingDividend => "Missing dividend",
            Rule::WrongDividend => "Wrong dividend",
            Rule::ZeroVolume => "Zero volume",
            Rule::PhantomRow => "Phantom row",
            Rule::StaleCopy => "Stale copy",
            Rule::Duplicate => "Duplicate",
            Rule::Stale => "Too old",
        }
    }

    /// Which of the five it belongs to.
    pub fn dimension(self) -> Dimension {
        match self {
            Rule::MissingField | Rule::MissingSession => Dimension::Completeness,
            Rule::Envelope | Rule::Currency | Rule::Adjustment => Dimension::Consistency,
            Rule::Range
            | Rule::Jump
            | Rule::Hundredfold
            | Rule::MissedSplit
            | Rule::MissingDividend
            | Rule::WrongDividend
            | Rule::ZeroVolume => Dimension::Accuracy,
            Rule::Stale => Dimension::Timeliness,
            Rule::PhantomRow | Rule::StaleCopy | Rule::Duplicate => Dimension::Uniqueness,
        }
    }
}

/// What happens to a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Stored as it came.
    Accept,
    /// Stored with other values than it came with, each change with its reason; the raw record is kept.
    Repair(Vec<(Rule, String)>),
    /// Not stored: a person decides.
    Reject(Rule, String),
}

/// A record with what it was and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<T> {
    /// As it came.
    pub raw: T,
    /// As it should be stored, unless rejected.
    pub value: T,
    /// Why.
    pub verdict: Verdict,
}

impl<T: Clone> Judged<T> {
    /// A record nobody has objected to yet.
    pub fn new(raw: T) -> Judged<T> {
        Judged { value: raw.clone(), raw, verdict: Verdict::Accept }
    }

    /// Rejects it, unless an earlier rule did.
    pub fn reject(&mut self, rule: Rule, why: impl Into<String>) {
        if !self.is_rejected() {
            self.verdict = Verdict::Reject(rule, why.into());
        }
    }

    /// Notes that its value was changed, once per rule.
    pub fn repair(&mut self, rule: Rule, why: impl Into<String>) {
        match &mut self.verdict {
            Verdict::Accept => self.verdict = Verdict::Repair(vec![(rule, why.into())]),
            Verdict::Repair(all) if all.iter().all(|(each, _)| *each != rule) => all.push((rule, why.into())),
            Verdict::Repair(_) | Verdict::Reject(..) => {}
        }
    }
}

impl<T> Judged<T> {
    /// Whether it is not to be stored.
    pub fn is_rejected(&self) -> bool {
        matches!(self.verdict, Verdict::Reject(..))
    }

    /// What is to be stored of it.
    pub fn accepted(&self) -> Option<&T> {
        (!self.is_rejected()).then_some(&self.value)
    }

    /// Every rule that found something.
    pub fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
        let (one, many) = match &self.verdict {
            Verdict::Accept => (None, &[][..]),
            Verdict::Repair(all) => (None, &all[..]),
            Verdict::Reject(rule, _) => (Some(*rule), &[][..]),
        };
        one.into_iter().chain(many.iter().map(|(rule, _)| *rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_and_dimension_is_read_back_from_its_word() {
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.as_str()), Some(rule));
            assert_eq!(serde_json::to_value(rule).unwrap(), rule.as_str());
        }
        for dimension in Dimension::ALL {
            assert_eq!(Dimension::parse(dimension.as_str()), Some(dimension));
        }
        assert_eq!(Rule::parse("vibes"), None);
    }

    #[test]
    fn the_first_reason_for_a_rejection_stays() {
        let mut record = Judged::new(1);
        record.repair(Rule::Range, "a");
        record.reject(Rule::Jump, "b");
        record.reject(Rule::Range, "c");
        record.repair(Rule::Range, "d");
        assert_eq!(record.verdict, Verdict::Reject(Rule::Jump, "b".into()));
        assert_eq!(record.accepted(), None);
    }
}
