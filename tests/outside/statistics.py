"""Outside judge of pipelines/statistics: reads one JSON question per line, answers with scipy's own distributions."""

import json
import sys

try:
    from scipy import stats
except ImportError:
    sys.exit(3)


def tails(distribution, level):
    """Smallest and largest whole count that is not beyond either tail."""
    tail = (1 - level) / 2
    low = int(distribution.ppf(tail))
    while distribution.cdf(low) < tail:
        low += 1
    while low > 0 and distribution.cdf(low - 1) >= tail:
        low -= 1
    high = int(distribution.ppf(1 - tail))
    while distribution.sf(high - 1) < tail:
        high -= 1
    while distribution.sf(high) >= tail:
        high += 1
    return [low, high]


def answer(question):
    kind = question["kind"]
    level = question.get("level", 0.95)
    tail = (1 - level) / 2
    if kind == "wilson":
        interval = stats.binomtest(question["numerator"], question["denominator"]).proportion_ci(level, "wilson")
        return [interval.low, interval.high]
    if kind == "poisson":
        count = question["count"]
        low = stats.chi2.ppf(tail, 2 * count) / 2 if count else 0.0
        return [low, stats.chi2.isf(tail, 2 * count + 2) / 2]
    if kind == "student":
        return [stats.t.ppf(0.975, question["freedom"])]
    if kind == "share":
        share, patients, correlation = question["share"], question["patients"], question["correlation"]
        if correlation == 0:
            return tails(stats.binom(patients, share), level)
        width = 1 / correlation - 1
        return tails(stats.betabinom(patients, share * width, (1 - share) * width), level)
    if kind == "rate":
        expected, between = question["expected"], question["between"]
        if between == 0:
            return tails(stats.poisson(expected), level)
        return tails(stats.nbinom(1 / between, 1 / (1 + expected * between)), level)
    raise ValueError(kind)


for line in sys.stdin:
    print(json.dumps([float(value) for value in answer(json.loads(line))]))
