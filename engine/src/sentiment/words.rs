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

/// The name of an emoji. None is of ASCII, so that plain text is not looked up letter by letter.
pub(super) fn emoji(character: char) -> Option<&'static str> {
    if character.is_ascii() { None } else { EMOJI.get(&character).copied() }
}

/// What a booster adds and a dampener takes away.
const BOOST: f64 = 0.293;

/// How much a degree adverb in lower case adds to what follows; negative for dampeners.
pub(super) fn boost(word: &str) -> Option<f64> {
    static DEGREES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
        let more = BOOSTERS.iter().map(|word| (*word, BOOST));
        more.chain(DAMPENERS.iter().map(|word| (*word, -BOOST))).collect()
    });
    DEGREES.get(word).copied()
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
    "almost", "barely", "hardly", "kinda", "kindof", "kind-of", "less", "little",
    "marginal", "marginally", "occasional", "occasionally", "partly", "scarce", "scarcely", "slight", "slightly",
    "somewhat", "sorta", "sortof", "sort-of",
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

/// Whether these words in lower case are that phrase.
fn are(words: &[String], phrase: &[&str]) -> bool {
    words.len() == phrase.len() && words.iter().zip(phrase).all(|(word, wanted)| word == wanted)
}

/// Phrases with a rating of their own, by their words in lower case.
pub(super) fn idiom(words: &[String]) -> Option<f64> {
    const IDIOMS: [(&[&str], f64); 8] = [
        (&["the", "shit"], 3.0),
        (&["the", "bomb"], 3.0),
        (&["bad", "ass"], 1.5),
        (&["bus", "stop"], 0.0),
        (&["yeah", "right"], -2.0),
        (&["kiss", "of", "death"], -1.5),
        (&["to", "die", "for"], 3.0),
        (&["beating", "heart"], 3.5),
    ];
    IDIOMS.iter().find(|(phrase, _)| are(words, phrase)).map(|(_, rating)| *rating)
}

/// As [`boost`], for degrees of two words.
pub(super) fn boost_of_two(words: &[String]) -> Option<f64> {
    const DEGREES: [&[&str]; 3] = [&["just", "enough"], &["kind", "of"], &["sort", "of"]];
    DEGREES.iter().any(|phrase| are(words, phrase)).then_some(-BOOST)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_letter_digit_or_sign_of_ascii_is_an_emoji() {
        assert!(super::EMOJI.len() > 500 && super::EMOJI.keys().all(|character| !character.is_ascii()));
    }
}
