using System.Globalization;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>64-bit integers of the wire, which servers send as numbers or as digits in a string: times, sizes, version numbers.</summary>
internal static class PositiveInteger
{
    /// <summary>The integer; null for none, for zero (the wire's "not set"), for a negative one and for anything else.</summary>
    public static long? Of(RecordValue? value) => value switch
    {
        RecordNumber number when number.TryGetInt64(out var integer) && integer > 0 => integer,
        RecordText text when long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var integer) && integer > 0 => integer,
        _ => null,
    };
}
