#!/usr/bin/env python3
"""How often Candlewick's scores equal those of the reference implementation of VADER, and how fast both are.

    pip install vaderSentiment==3.3.2
    pip download --no-binary :all: --no-deps vaderSentiment==3.3.2   # its source archive holds the texts (MIT)
    cargo build --release -p engine --example score_lines
    python3 scripts/vader-parity.py vaderSentiment-3.3.2.tar.gz target/release/examples/score_lines [headlines.txt ...]

The texts are the four sets the authors published with their paper: sentences of New York Times editorials, tweets,
and sentences of film and product reviews. They are read from the archive and not kept. Further files, or one in the
place of the archive, hold texts of one's own, one a line, in UTF-8: headlines, say. Both sides score each set five
times; the fastest counts, since other work only ever makes it slower. Asked is at least ten times as fast.
"""

import io
import pathlib
import subprocess
import sys
import tarfile
import time

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def texts(path):
    """(name of the set, its texts) of each set in an archive, or of a file of lines."""
    if tarfile.is_tarfile(path):
        yield from archived(path)
        return
    lines = pathlib.Path(path).read_text("utf-8").split("\n")
    yield pathlib.Path(path).stem, [line.strip() for line in lines if line.strip()]


def archived(archive):
    """(name of the set, its texts) of each set inside the archive inside the archive."""
    with tarfile.open(archive) as outer:
        inner = next(member for member in outer if member.name.endswith("hutto_ICWSM_2014.tar.gz"))
        with tarfile.open(fileobj=io.BytesIO(outer.extractfile(inner).read())) as files:
            for member in sorted(files, key=lambda member: member.name):
                if member.name.endswith("_GroundTruth.txt"):
                    lines = files.extractfile(member).read().decode("utf8", "replace").splitlines()
                    found = [line.split("\t")[2].strip() for line in lines if line.count("\t") >= 2]
                    yield member.name.split("/")[-1].removesuffix("_GroundTruth.txt"), [text for text in found if text]


def main(first, program, *further):
    analyser = SentimentIntensityAnalyzer()
    count, ours_all_s, theirs_all_s = 0, 0.0, 0.0
    sets = [each for path in (first, *further) for each in texts(path)]
    for name, lines in sets:
        assert lines, f"{name}: no text in it"
        ours = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True)
        theirs_s, ours_s = float("inf"), float(ours.stderr)
        for _ in range(5):
            started = time.perf_counter()
            theirs = [analyser.polarity_scores(line) for line in lines]
            theirs_s = min(theirs_s, time.perf_counter() - started)
        count, ours_all_s, theirs_all_s = count + len(lines), ours_all_s + ours_s, theirs_all_s + theirs_s
        scored = [[float(cell) for cell in line.split("\t")] for line in ours.stdout.splitlines()]
        assert len(scored) == len(lines), f"{name}: {len(scored)} scores for {len(lines)} texts"
        near = sum(abs(mine[0] - yours["compound"]) <= 0.001 for mine, yours in zip(scored, theirs))
        print(f"{name}: {near} of {len(lines)} within 0.001 ({100 * near / len(lines):.2f} %), "
              f"{theirs_s:.2f} s for the reference, {ours_s:.3f} s here, {theirs_s / ours_s:.1f} times as fast")
    print(f"all {count}: {theirs_all_s:.2f} s for the reference ({count / theirs_all_s:,.0f} texts a second), "
          f"{ours_all_s:.3f} s here ({count / ours_all_s:,.0f}), {theirs_all_s / ours_all_s:.1f} times as fast")


if __name__ == "__main__":
    main(*sys.argv[1:])
