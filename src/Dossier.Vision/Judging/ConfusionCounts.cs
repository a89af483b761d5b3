namespace Dossier.Vision.Judging;

/// <summary>How often each class was taken for each: rows are true classes, columns predicted ones.</summary>
internal sealed class ConfusionCounts(int classes)
{
    private readonly long[] _cells = new long[classes * classes];

    public long Total { get; private set; }

    public long this[int target, int predicted] => _cells[(target * classes) + predicted];

    public double Accuracy => Ratio(Enumerable.Range(0, classes).Sum(id => this[id, id]), Total);

    public void Add(int target, int predicted, int times)
    {
        _cells[(target * classes) + predicted] += times;
        Total += times;
    }

    public long Actual(int id) => Sum(other => this[id, other]);

    public long Predicted(int id) => Sum(other => this[other, id]);

    /// <summary>Precision, recall and F1 of a class.</summary>
    public (double Precision, double Recall, double F1) Of(int id)
    {
        var (hits, actual, predicted) = (this[id, id], Actual(id), Predicted(id));
        return (Ratio(hits, predicted), Ratio(hits, actual), Ratio(2 * hits, actual + predicted));
    }

    /// <summary>Their means over the classes that are true or predicted at all.</summary>
    public (double Precision, double Recall, double F1) Macro()
    {
        var (precision, recall, f1, seen) = (0.0, 0.0, 0.0, 0);
        for (var id = 0; id < classes; id++)
        {
            if (Actual(id) + Predicted(id) > 0)
            {
                var of = Of(id);
                (precision, recall, f1, seen) = (precision + of.Precision, recall + of.Recall, f1 + of.F1, seen + 1);
            }
        }

        return (precision / seen, recall / seen, f1 / seen);
    }

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private long Sum(Func<int, long> cell)
    {
        var sum = 0L;
        for (var id = 0; id < classes; id++)
        {
            sum += cell(id);
        }

        return sum;
    }
}
