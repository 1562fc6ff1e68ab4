#!/usr/bin/env python3
"""Runs the isolation forest beside scikit-learn's, on the same rows in the same run.

dotnet build -c Release tests/Benchmarks && /usr/bin/python3 tests/Benchmarks/forest.py [speed|auc|bgl]...
  speed  100 trees of 256 on 100,000 rows, one thread of one core; the best of several rounds of each
  auc    ROC-AUC on ten data sets made by seed, the mean of five forests of each
  bgl    average precision on the events of loghub's BGL sample (LOGANOMALY_CORPORA), no labels given
"""
import os, subprocess, sys, tempfile, time
import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.metrics import average_precision_score, roc_auc_score

PROGRAM = os.environ.get("BENCHMARKS") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "bin", "Release", "net10.0", "LogAnomaly.Benchmarks")


def ours(rows, folder, seed=1, rounds=1, detector="IsolationForest"):
    path = os.path.join(folder, "rows.bin")
    np.ascontiguousarray(rows, dtype="<f4").tofile(path)
    output = subprocess.run([PROGRAM, "--forest", detector, path, str(rows.shape[1]), str(seed), str(rounds)],
                            check=True, capture_output=True, text=True).stdout
    return np.fromfile(path + ".scores", dtype="<f8"), [float(x) for x in output.split()]


def theirs(rows, seed=1):
    forest = IsolationForest(n_estimators=100, max_samples=256, random_state=seed, n_jobs=1)
    start = time.perf_counter()
    forest.fit(rows)
    middle = time.perf_counter()
    scores = -forest.score_samples(rows)
    return scores, middle - start, time.perf_counter() - middle


def speed(folder):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"scikit-learn {sklearn.__version__}; one thread; seconds, best of rounds")
    for columns in (32, 48, 300):
        count = 100_000 if columns < 300 else 20_000
        rows = np.random.RandomState(columns).randn(count, columns).astype(np.float32)
        runs = [theirs(rows)[1:] for _ in range(3)]
        train, score = min(run[0] for run in runs), min(run[1] for run in runs)
        _, (our_train, our_score, our_tail) = ours(rows, folder, rounds=40)
        print(f"{count:,} x {columns}: train {our_train:.4f} against {train:.3f}: {train / our_train:.1f} times;"
              f" score {our_score:.4f} against {score:.2f}: {score / our_score:.1f} times; tail {our_tail:.4f}")


def data_set(seed):
    """Gaussian clusters of random place, width and correlation, with odd rows uniform over a wider box."""
    random = np.random.RandomState(seed)
    columns, count = random.randint(4, 40), 5_000
    odd = int(count * random.uniform(0.01, 0.1))
    parts = []
    for _ in range(random.randint(1, 4)):
        mix = random.randn(columns, columns) * random.uniform(0.3, 1)
        parts.append(random.randn(count, columns) @ mix * random.uniform(0.3, 1) + random.randn(columns) * 3)
    rows = np.concatenate(parts)[random.permutation(len(parts) * count)[:count]]
    center, spread = rows.mean(0), rows.std(0)
    rows[:odd] = center + random.uniform(-2.6, 2.6, (odd, columns)) * spread
    return rows.astype(np.float32), np.arange(count) < odd


def auc(folder):
    differences = []
    for seed in range(10):
        rows, odd = data_set(seed)
        our = [roc_auc_score(odd, ours(rows, folder, forest)[0]) for forest in range(1, 6)]
        their = [roc_auc_score(odd, theirs(rows, forest)[0]) for forest in range(1, 6)]
        noise = np.sqrt(np.var(our, ddof=1) / 5 + np.var(their, ddof=1) / 5)
        differences.append(np.mean(our) - np.mean(their))
        print(f"set {seed}: {rows.shape[1]:2} columns, {odd.sum():3} odd: ours {np.mean(our):.4f}, theirs {np.mean(their):.4f},"
              f" difference {differences[-1]:+.4f}, noise {noise:.4f}")
    print(f"mean difference {np.mean(differences):+.5f}, standard error {np.std(differences, ddof=1) / np.sqrt(10):.5f}")


def bgl(folder):
    path = os.path.join(folder, "bgl")
    subprocess.run([PROGRAM, "--bgl", path], check=True)
    names = open(path + ".names").read().split("\n")
    rows = np.fromfile(path + ".rows", dtype="<f4").reshape(-1, len(names))
    alert = np.fromfile(path + ".alerts", dtype=np.uint8).astype(bool)
    print(f"{len(rows)} rows of {len(names)} columns ({', '.join(names)}), {alert.sum()} alerts: share {alert.mean():.4f}")
    their = [average_precision_score(alert, theirs(rows, seed)[0]) for seed in range(1, 11)]
    print(f"scikit-learn's forest: {np.mean(their):.4f} (over seeds {np.std(their):.4f})")
    names = subprocess.run([PROGRAM, "--detectors"], check=True, capture_output=True, text=True).stdout.split()
    for detector in names + ["IsolationForest+LocalOutlierFactor+PrincipalComponents", "+".join(names)]:
        our = [average_precision_score(alert, ours(rows, folder, seed, detector=detector)[0]) for seed in range(1, 11)]
        print(f"{detector}: {np.mean(our):.4f} (over seeds {np.std(our):.4f}), {np.mean(our) - np.mean(their):+.4f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        for verb in sys.argv[1:] or ["auc", "bgl", "speed"]:
            {"speed": speed, "auc": auc, "bgl": bgl}[verb](work)
