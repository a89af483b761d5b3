using System.Globalization;
using Dossier.Protocol.Json;

namespace Dossier.Reports.Data;

/// <summary>Times of the record: milliseconds since 1970 on the wire, <c>yyyy-MM-dd HH:mm:ss</c> in UTC for readers.</summary>
internal static class RecordTime
{
    /// <summary>The time for readers, to the nearest second (a half to the even one); null beyond the year 9999.</summary>
    public static string? Format(long milliseconds)
    {
        var seconds = Math.Round(milliseconds / 1000m, MidpointRounding.ToEven);
        return seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? null : Format(DateTimeOffset.FromUnixTimeSeconds((long)seconds));
    }

    /// <summary>The time for readers, cut to the second.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Appends <c>_name</c> for the time member <c>name</c>, when it holds a time.</summary>
    public static void Append(RecordObject members, string name)
    {
        if (PositiveInteger.Of(members[name]) is { } milliseconds && Format(milliseconds) is { } text)
        {
            members["_" + name] = new RecordText(text);
        }
    }
}
