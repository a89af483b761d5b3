"""Measures random predictions with scikit-learn. Run with Python 3.11, numpy 1.24, scikit-learn 1.2: python3 make.py > metrics.json"""
import json
import warnings

import numpy as np
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")


def softmax(logits):
    e = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True).astype(np.float64))
    return e / e.sum(axis=1, keepdims=True)


def of(name, logits, targets, positive=None, threshold=None):
    classes = logits.shape[1]
    p = softmax(logits)
    predicted = p.argmax(axis=1)
    case = {"name": name, "classes": classes, "positive": positive, "threshold": threshold,
            "logits": [float(x) for x in logits.ravel()], "targets": [int(t) for t in targets]}
    if classes == 2:
        positive = 1 if positive is None else positive
        if threshold is not None:
            predicted = np.where(p[:, positive] >= threshold, positive, 1 - positive)
        average = {"average": "binary", "pos_label": positive}
        case["roc_auc"] = m.roc_auc_score(targets == positive, p[:, positive]) if len(set(targets)) == 2 else None
        fpr, tpr, _ = m.roc_curve(targets == positive, p[:, positive], drop_intermediate=False)
        case["roc"] = None if case["roc_auc"] is None else [[float(x), float(y)] for x, y in zip(fpr, tpr)]
        case["average_precision"] = None if case["roc_auc"] is None else float(m.average_precision_score(targets == positive, p[:, positive]))
        true, mean = calibration_curve(targets == positive, p[:, positive], n_bins=10)
        case["calibration"] = [[float(x), float(y)] for x, y in zip(mean, true)]
    else:
        average = {"average": "macro"}
        case["roc_auc"] = (m.roc_auc_score(targets, p, multi_class="ovr", average="macro", labels=range(classes))
                           if len(set(targets)) == classes else None)
    case["accuracy"] = m.accuracy_score(targets, predicted)
    case["precision"] = m.precision_score(targets, predicted, **average)
    case["recall"] = m.recall_score(targets, predicted, **average)
    case["f1"] = m.f1_score(targets, predicted, **average)
    case["log_loss"] = m.log_loss(targets, p, labels=range(classes))
    case["confusion"] = m.confusion_matrix(targets, predicted, labels=range(classes)).tolist()
    table = m.precision_recall_fscore_support(targets, predicted, labels=range(classes))
    case["table"] = [[float(x) for x in row] for row in zip(*table)]
    return case


def main():
    random = np.random.RandomState(7)

    def draw(n, classes, skill=1.5, grid=None):
        targets = random.randint(0, classes, n)
        logits = random.randn(n, classes).astype(np.float32)
        logits[np.arange(n), targets] += skill
        if grid:
            # Coarse logits: many scores are equal.
            logits = np.round(logits * grid).astype(np.float32) / np.float32(grid)
        return logits, targets

    cases = [
        of("two classes", *draw(60, 2)),
        of("two classes, the first is positive", *draw(60, 2), positive=0),
        of("two classes with ties", *draw(80, 2, grid=1)),
        of("two classes at a threshold", *draw(60, 2), threshold=0.7),
        of("three classes", *draw(60, 3)),
        of("five classes with ties", *draw(80, 5, grid=2)),
    ]
    logits, targets = draw(20, 2)
    cases.append(of("only negatives", logits, targets * 0))
    cases.append(of("only positives", logits, targets * 0 + 1))
    sure = np.tile(np.array([[60.0, -60.0]], dtype=np.float32), (10, 1))
    cases.append(of("nothing predicted positive, and quite sure", sure, np.arange(10) % 2))
    logits, targets = draw(30, 4)
    cases.append(of("a class that is never true", logits, np.where(targets == 3, 0, targets)))
    logits[:, 3] = -50
    cases.append(of("a class that is neither true nor predicted", logits, np.where(targets == 3, 0, targets)))
    cases.append(of("one picture", np.array([[0.3, 0.1]], dtype=np.float32), np.array([1])))
    json.dump(cases, __import__("sys").stdout, separators=(",", ":"))


main()
