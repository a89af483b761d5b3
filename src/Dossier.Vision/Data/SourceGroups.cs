namespace Dossier.Vision.Data;

/// <summary>
/// Which pictures are made from one source: the same bytes, or nearly the same look. Equal bytes cost nothing; the rest is sorted along the hash's most
/// telling number, and only neighbours within the allowed difference are compared, by hash first: near the square of the pictures at worst, each
/// comparison some tens of nanoseconds.
/// </summary>
internal static class SourceGroups
{
    /// <summary>A number for each picture, the same for pictures of one source.</summary>
    public static int[] Of(IReadOnlyList<Picture> pictures)
    {
        var parents = Enumerable.Range(0, pictures.Count).ToArray();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < pictures.Count; i++)
        {
            if (!first.TryAdd(pictures[i].Sha256, i))
            {
                parents[i] = first[pictures[i].Sha256];
            }
        }

        var distinct = first.Values.ToArray();
        if (distinct.Length > 1)
        {
            JoinNeighbours(pictures, distinct, parents);
        }

        return [.. parents.Select((_, i) => Root(parents, i))];
    }

    private static void JoinNeighbours(IReadOnlyList<Picture> pictures, int[] distinct, int[] parents)
    {
        var axis = MostTelling(pictures, distinct);
        var places = Array.ConvertAll(distinct, i => pictures[i].Fingerprint.Hash[axis]);
        Array.Sort(places, distinct);
        for (var i = 0; i < distinct.Length; i++)
        {
            for (var j = i + 1; j < distinct.Length && places[j] - places[i] <= NearDuplicates.MaxHashDistance; j++)
            {
                var (a, b) = (Root(parents, distinct[i]), Root(parents, distinct[j]));
                if (a != b && NearDuplicates.AreOne(pictures[distinct[i]].Fingerprint, pictures[distinct[j]].Fingerprint))
                {
                    parents[Math.Max(a, b)] = Math.Min(a, b);
                }
            }
        }
    }

    private static int MostTelling(IReadOnlyList<Picture> pictures, int[] distinct)
    {
        var length = pictures[distinct[0]].Fingerprint.Hash.Length;
        var spreads = new double[length];
        for (var axis = 0; axis < length; axis++)
        {
            var mean = distinct.Average(i => (double)pictures[i].Fingerprint.Hash[axis]);
            spreads[axis] = distinct.Sum(i => Math.Pow(pictures[i].Fingerprint.Hash[axis] - mean, 2));
        }

        return Array.IndexOf(spreads, spreads.Max());
    }

    private static int Root(int[] parents, int place)
    {
        while (parents[place] != place)
        {
            place = parents[place] = parents[parents[place]];
        }

        return place;
    }
}
