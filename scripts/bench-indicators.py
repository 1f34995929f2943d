#!/usr/bin/env python3
"""How long Candlewick, TA-Lib (C, by its Python wheel) and pandas-ta take for the same indicators over the same arrays.

    python3 scripts/bench-indicators.py [symbols] [bars] [rounds]

Makes an environment of its own under target/bench-venv. Candlewick runs as a program of one thread and measures itself;
the other two are called once for each symbol, arrays in, arrays out, as people call them. Of all rounds the fastest
counts. pandas-ta is asked for its own code (it would call TA-Lib otherwise) and, being slow, does a single round.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENV = ROOT / "target" / "bench-venv"
PACKAGES = ["numpy", "TA-Lib", "pandas-ta-classic"]


def inside():
    """Runs on inside the environment, made where it is missing."""
    python = VENV / "bin" / "python3"
    if pathlib.Path(sys.prefix) == VENV:
        return
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    missing = subprocess.run([python, "-c", "import numpy, talib, pandas_ta_classic"], capture_output=True).returncode
    if missing:
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    os.execv(python, [str(python), *sys.argv])


def fastest(rounds, run, symbols):
    best = float("inf")
    for _ in range(rounds):
        started = time.perf_counter()
        for symbol in symbols:
            run(*symbol)
        best = min(best, time.perf_counter() - started)
    return best


def main(symbols=500, bars=1250, rounds=15):
    import numpy as np
    import pandas as pd
    import pandas_ta_classic as pta
    import talib

    random = np.random.default_rng(1)
    closes = 100 * np.cumprod(1 + random.normal(0, 0.012, (symbols, bars)), axis=1)
    opens = np.concatenate([np.full((symbols, 1), 100.0), closes[:, :-1]], axis=1)
    highs = np.maximum(opens, closes) * (1 + random.uniform(0, 0.01, (symbols, bars)))
    lows = np.minimum(opens, closes) * (1 - random.uniform(0, 0.01, (symbols, bars)))
    volumes = random.uniform(5e5, 2e6, (symbols, bars))
    market = [tuple(np.ascontiguousarray(part[at]) for part in (highs, lows, closes, volumes)) for at in range(symbols)]

    subprocess.run(["cargo", "build", "--release", "-q", "-p", "domain", "--example", "time_indicators"], cwd=ROOT, check=True)
    program = ROOT / "target" / "release" / "examples" / "time_indicators"
    with tempfile.NamedTemporaryFile(suffix=".f64") as file:
        np.stack([highs, lows, closes, volumes], axis=1).astype("<f8").tofile(file.name)
        answer = subprocess.run([program, file.name, str(symbols), str(bars), str(rounds)], capture_output=True, text=True, check=True)
    ours = {name: float(seconds) for name, seconds in (line.split("\t") for line in answer.stdout.splitlines())}

    c = {
        "SMA 20": lambda h, l, c, v: talib.SMA(c, 20),
        "SMA 50": lambda h, l, c, v: talib.SMA(c, 50),
        "SMA 200": lambda h, l, c, v: talib.SMA(c, 200),
        "EMA 12": lambda h, l, c, v: talib.EMA(c, 12),
        "EMA 26": lambda h, l, c, v: talib.EMA(c, 26),
        "RSI 14": lambda h, l, c, v: talib.RSI(c, 14),
        "MACD 12 26 9": lambda h, l, c, v: talib.MACD(c, 12, 26, 9),
        "Bollinger 20 2": lambda h, l, c, v: talib.BBANDS(c, 20, 2.0, 2.0),
        "ATR 14": lambda h, l, c, v: talib.ATR(h, l, c, 14),
        "OBV": lambda h, l, c, v: talib.OBV(c, v),
        "Stochastic 14 3 3": lambda h, l, c, v: talib.STOCH(h, l, c, 14, 3, 0, 3, 0),
        # Candlewick's ADX has both directional lines beside it.
        "ADX 14": lambda h, l, c, v: (talib.ADX(h, l, c, 14), talib.PLUS_DI(h, l, c, 14), talib.MINUS_DI(h, l, c, 14)),
        "CCI 20": lambda h, l, c, v: talib.CCI(h, l, c, 20),
        "MFI 14": lambda h, l, c, v: talib.MFI(h, l, c, v, 14),
        "Williams %R 14": lambda h, l, c, v: talib.WILLR(h, l, c, 14),
        "ROC 10": lambda h, l, c, v: talib.ROC(c, 10),
        "SAR 0.02 0.2": lambda h, l, c, v: talib.SAR(h, l, 0.02, 0.2),
        "Aroon 14": lambda h, l, c, v: talib.AROON(h, l, 14),
        "StochRSI 14 14 1 3": lambda h, l, c, v: talib.STOCHRSI(c, 14, 14, 3, 0),
    }
    p = {
        "SMA 20": lambda h, l, c, v: pta.sma(c, 20, talib=False),
        "SMA 50": lambda h, l, c, v: pta.sma(c, 50, talib=False),
        "SMA 200": lambda h, l, c, v: pta.sma(c, 200, talib=False),
        "EMA 12": lambda h, l, c, v: pta.ema(c, 12, talib=False),
        "EMA 26": lambda h, l, c, v: pta.ema(c, 26, talib=False),
        "RSI 14": lambda h, l, c, v: pta.rsi(c, 14, talib=False),
        "MACD 12 26 9": lambda h, l, c, v: pta.macd(c, 12, 26, 9, talib=False),
        "Bollinger 20 2": lambda h, l, c, v: pta.bbands(c, 20, 2.0, talib=False),
        "ATR 14": lambda h, l, c, v: pta.atr(h, l, c, 14, talib=False),
        "OBV": lambda h, l, c, v: pta.obv(c, v, talib=False),
        "Stochastic 14 3 3": lambda h, l, c, v: pta.stoch(h, l, c, 14, 3, 3, talib=False),
        "ADX 14": lambda h, l, c, v: pta.adx(h, l, c, 14, talib=False),
        "CCI 20": lambda h, l, c, v: pta.cci(h, l, c, 20, talib=False),
        "MFI 14": lambda h, l, c, v: pta.mfi(h, l, c, v, 14, talib=False),
        "Williams %R 14": lambda h, l, c, v: pta.willr(h, l, c, 14, talib=False),
        "ROC 10": lambda h, l, c, v: pta.roc(c, 10, talib=False),
        "SAR 0.02 0.2": lambda h, l, c, v: pta.psar(h, l, c, 0.02, 0.02, 0.2),
        "Aroon 14": lambda h, l, c, v: pta.aroon(h, l, 14, talib=False),
        "StochRSI 14 14 1 3": lambda h, l, c, v: pta.stochrsi(c, 14, 14, 1, 3, talib=False),
    }
    index = pd.date_range("2017-01-02", periods=bars, freq="D")
    series = [tuple(pd.Series(part, index=index) for part in symbol) for symbol in market]

    print(f"{symbols} symbols x {bars} bars, fastest of {rounds}, in milliseconds; TA-Lib {talib.__version__}\n")
    print(f"{'':20}{'Candlewick':>12}{'TA-Lib':>12}{'pandas-ta':>12}")
    total = [0.0, 0.0, 0.0]
    for name, run in c.items():
        row = [ours[name], fastest(rounds, run, market), fastest(1, p[name], series)]
        total = [a + b for a, b in zip(total, row)]
        print(f"{name:20}" + "".join(f"{1000 * seconds:12.2f}" for seconds in row))
    print(f"{'together':20}" + "".join(f"{1000 * seconds:12.2f}" for seconds in total))


if __name__ == "__main__":
    inside()
    main(*(int(argument) for argument in sys.argv[1:]))
