using Dossier.Protocol;

namespace Dossier.Core.Validation;

/// <summary>Rules for the lists in a request: how long, and with what in them.</summary>
internal static class ListRules
{
    /// <summary>The list, an absent one as empty; refused when too long.</summary>
    public static IReadOnlyList<T> Bounded<T>(IReadOnlyList<T>? items, string parameter, int max)
    {
        if (items is null)
        {
            return [];
        }

        if (items.Count > max)
        {
            throw ProtocolException.Invalid($"'{parameter}' has {items.Count} items and may have at most {max}. Split them across several requests.");
        }

        return items;
    }

    /// <summary>Checks every item; the check gets the item's field name, e.g. <c>metrics[3]</c>.</summary>
    public static List<TOut> Each<TIn, TOut>(IReadOnlyList<TIn> items, string parameter, Func<TIn, string, TOut> check)
    {
        var result = new List<TOut>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            // JSON may say null where the records don't.
            if (items[i] is null)
            {
                throw ProtocolException.Missing($"{parameter}[{i}]");
            }

            result.Add(check(items[i], $"{parameter}[{i}]"));
        }

        return result;
    }

    /// <summary>The experiments that a search looks in, each once.</summary>
    public static IReadOnlyList<string> ExperimentIds(IReadOnlyList<string>? ids) =>
        [.. Each(Bounded(ids, "experiment_ids", Limits.ExperimentsOfSearch), "experiment_ids", IdRules.Experiment).Distinct(StringComparer.Ordinal)];
}
