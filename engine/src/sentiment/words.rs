//! The word lists: ratings from -4 to 4, emoji by their names, boosters, negations and idioms.

use std::{collections::HashMap, sync::LazyLock};

/// What the list of the crate lacks or has wrong against the reference: `:p` is merged with `:P` (1.4) there.
const CORRECTED: [(&str, f64); 3] = [("heart", 3.2), ("hearts", 3.3), (":p", 1.0)];

/// Words by their rating, in lower case. An entry that is not its own lower case and has no twin that is can never be
/// met: the reference looks words up in lower case.
static RATED: LazyLock<HashMap<String, f64>> = LazyLock::new(|| {
    let all = vader_sentiment::LEXICON.iter().map(|(word, rating)| (word.to_string(), *rating));
    let met = all.filter(|(word, _)| word.is_ascii() || *word == word.to_lowercase());
    let mut words: HashMap<String, f64> = met.map(|(word, rating)| (word.to_lowercase(), rating)).collect();
    words.extend(CORRECTED.map(|(word, rating)| (word.to_string(), rating)));
    words
});

/// Emoji of one character by their names; the reference never meets longer ones.
static EMOJI: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    let single = |(emoji, name): (&&'static str, &&'static str)| {
        let mut characters = emoji.chars();
        let first = characters.next()?;
        characters.next().is_none().then_some((first, name.trim_end()))
    };
    vader_sentiment::EMOJI_LEXICON.iter().filter_map(single).collect()
});

/// The rating of a word in lower case.
pub(super) fn rating(word: &str) -> Option<f64> {
    RATED.get(word).copied()
}

/// The name of an emoji.
pub(super) fn emoji(character: char) -> Option<&'static str> {
    if character.is_ascii_alphanumeric() { None } else { EMOJI.get(&character).copied() }
}

/// What a booster adds and a dampener takes away.
const BOOST: f64 = 0.293;

/// How much a degree adverb in lower case, or two of them, adds to what follows; negative for dampeners.
pub(super) fn boost(words: &str) -> Option<f64> {
    static DEGREES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
        let more = BOOSTERS.iter().map(|word| (*word, BOOST));
        more.chain(DAMPENERS.iter().map(|word| (*word, -BOOST))).collect()
    });
    DEGREES.get(words).copied()
}

#[rustfmt::skip]
const BOOSTERS: &[&str] = &[
    "absolutely", "amazingly", "awfully", "completely", "considerable", "considerably", "decidedly", "deeply",
    "effing", "enormous", "enormously", "entirely", "especially", "exceptional", "exceptionally", "extreme",
    "extremely", "fabulously", "flipping", "flippin", "frackin", "fracking", "fricking", "frickin", "frigging",
    "friggin", "fully", "fuckin", "fucking", "fuggin", "fugging", "greatly", "hella", "highly", "hugely",
    "incredible", "incredibly", "intensely", "major", "majorly", "more", "most", "particularly", "purely", "quite",
    "really", "remarkably", "so", "substantially", "thoroughly", "total", "totally", "tremendous", "tremendously",
    "uber", "unbelievably", "unusually", "utter", "utterly", "very",
];

#[rustfmt::skip]
const DAMPENERS: &[&str] = &[
    "almost", "barely", "hardly", "just enough", "kind of", "kinda", "kindof", "kind-of", "less", "little",
    "marginal", "marginally", "occasional", "occasionally", "partly", "scarce", "scarcely", "slight", "slightly",
    "somewhat", "sort of", "sorta", "sortof", "sort-of",
];

#[rustfmt::skip]
const NEGATIONS: &[&str] = &[
    "aint", "arent", "cannot", "cant", "couldnt", "darent", "didnt", "doesnt", "ain't", "aren't", "can't",
    "couldn't", "daren't", "didn't", "doesn't", "dont", "hadnt", "hasnt", "havent", "isnt", "mightnt", "mustnt",
    "neither", "don't", "hadn't", "hasn't", "haven't", "isn't", "mightn't", "mustn't", "neednt", "needn't", "never",
    "none", "nope", "nor", "not", "nothing", "nowhere", "oughtnt", "shant", "shouldnt", "uhuh", "wasnt", "werent",
    "oughtn't", "shan't", "shouldn't", "uh-uh", "wasn't", "weren't", "without", "wont", "wouldnt", "won't",
    "wouldn't", "rarely", "seldom", "despite",
];

/// Whether a word in lower case turns what follows around.
pub(super) fn negates(word: &str) -> bool {
    NEGATIONS.contains(&word) || word.contains("n't")
}

/// Phrases with a rating of their own, in lower case.
pub(super) fn idiom(phrase: &str) -> Option<f64> {
    const IDIOMS: [(&str, f64); 9] = [
        ("the shit", 3.0),
        ("the bomb", 3.0),
        ("bad ass", 1.5),
        ("badass", 1.5),
        ("bus stop", 0.0),
        ("yeah right", -2.0),
        ("kiss of death", -1.5),
        ("to die for", 3.0),
        ("beating heart", 3.5),
    ];
    IDIOMS.iter().find(|(each, _)| *each == phrase).map(|(_, rating)| *rating)
}
