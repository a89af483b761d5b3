namespace Dossier.Vision.Judging;

/// <summary>The pictures in the falling order of one class's probability; equal scores form one group, for nothing tells their order.</summary>
internal sealed class RankedScores
{
    private readonly int[] _order;
    private readonly bool[] _endsGroup;
    private readonly bool[] _isPositive;

    public RankedScores(Probabilities probabilities, int id)
    {
        var scores = Enumerable.Range(0, probabilities.Count).Select(picture => probabilities[picture, id]).ToArray();
        _order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(_order, (one, other) => (scores[other], one).CompareTo((scores[one], other)));
        Scores = [.. _order.Select(picture => scores[picture])];
        _isPositive = [.. _order.Select(picture => probabilities.Targets[picture] == id)];
        _endsGroup = [.. Scores.Select((score, place) => place + 1 == Scores.Length || Scores[place + 1] != score)];
    }

    /// <summary>The scores, falling.</summary>
    public double[] Scores { get; }

    /// <summary>The area under the ROC curve: how likely a positive picture scores above a negative one, a tie counting half. NaN without both kinds.</summary>
    public double Auroc(ReadOnlySpan<int> counts)
    {
        long positives = 0, negatives = 0, groupPositives = 0, groupNegatives = 0;
        var area = 0.0;
        for (var place = 0; place < _order.Length; place++)
        {
            var count = counts[_order[place]];
            if (_isPositive[place])
            {
                groupPositives += count;
            }
            else
            {
                groupNegatives += count;
            }

            if (_endsGroup[place])
            {
                area += groupNegatives * (positives + (groupPositives / 2.0));
                (positives, negatives, groupPositives, groupNegatives) = (positives + groupPositives, negatives + groupNegatives, 0, 0);
            }
        }

        return positives == 0 || negatives == 0 ? double.NaN : area / ((double)positives * negatives);
    }

    /// <summary>After each group, from the highest score down: the score, and how many positives and negatives score at least so high.</summary>
    public IEnumerable<(double Score, int Positives, int Negatives)> Steps()
    {
        var (positives, negatives) = (0, 0);
        for (var place = 0; place < _order.Length; place++)
        {
            (positives, negatives) = _isPositive[place] ? (positives + 1, negatives) : (positives, negatives + 1);
            if (_endsGroup[place])
            {
                yield return (Scores[place], positives, negatives);
            }
        }
    }
}
