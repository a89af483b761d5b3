using System.CommandLine;
using System.Globalization;

namespace Dossier.Cli.Options;

/// <summary>Options that take a time, as people write one.</summary>
internal static class TimeOption
{
    private const string Right = "a date (2026-11-01), a time in UTC (2026-11-01T10:00Z) or how long ago (30m, 2h, 7d)";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz",
    ];

    /// <summary>The option; its value is in milliseconds since the epoch.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its help, to which the forms are added.</param>
    public static Option<long?> Create(string name, string description) => new(name)
    {
        Description = $"{description}: {Right}",
        HelpName = "TIME",
        CustomParser = result =>
        {
            var time = Parse(result.Tokens[0].Value, TimeProvider.System.GetUtcNow());
            if (time is null)
            {
                result.AddError($"'{name}' must be {Right}.");
            }

            return time;
        },
    };

    /// <summary>The time in milliseconds since the epoch; null for a text that is none.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="now">The present, for how long ago.</param>
    public static long? Parse(string text, DateTimeOffset now) =>
        Ago(text) is { } ago && ago <= now - DateTimeOffset.UnixEpoch ? (now - ago).ToUnixTimeMilliseconds()
        : DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time >= DateTimeOffset.UnixEpoch
            ? time.ToUnixTimeMilliseconds()
            : null;

    private static TimeSpan? Ago(string text)
    {
        TimeSpan? unit = text.Length < 2 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            'w' => TimeSpan.FromDays(7),
            _ => null,
        };
        return unit is { } one && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= TimeSpan.MaxValue / one
            ? count * one
            : null;
    }
}
