using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dossier.Server.Tests.Replay;

/// <summary>What a client sent to the reference server and what that answered: the first request of each kind.</summary>
public sealed partial record Recording(string Label, string Method, string Url, string? Body, int Status, string Answer)
{
    // The test of a webhook must reach nobody: this name leads to this machine, which webhooks may not send to.
    private const string RecordedReceiver = "https://example.com/hook";
    private const string Receiver = "https://localhost/hook";

    /// <summary>Reads a recorded session: three lines for each exchange, <c>## label | METHOD url</c>, <c>REQ json</c>, <c>status answer</c>.</summary>
    public static IReadOnlyList<Recording> Read(string generation)
    {
        var lines = File.ReadAllLines(PathOf($"client-{generation}.shapes.txt")).Select(line => line.Replace(RecordedReceiver, Receiver, StringComparison.Ordinal));
        return [.. lines.Chunk(3).Select(exchange =>
        {
            var head = Head().Match(exchange[0]);
            var answer = exchange[2].TrimStart();
            return new Recording(
                head.Groups["label"].Value,
                head.Groups["method"].Value,
                head.Groups["url"].Value,
                BodyOf(exchange[1].Trim()["REQ ".Length..]),
                int.Parse(answer[..3], CultureInfo.InvariantCulture),
                answer[3..].Trim());
        })];
    }

    /// <summary>Every <c>METHOD /path/{template}</c> that the session's list of requests names.</summary>
    public static IReadOnlyList<string> ReadEndpoints(string generation) =>
        [.. File.ReadLines(PathOf($"client-{generation}.endpoints.txt"))
            .SelectMany(line => line[(line.IndexOf(" :: ", StringComparison.Ordinal) + 4)..].Split(" ; "))
            .Select(request => Request().Match(request).Value)
            .Where(request => request.Length > 0)
            .Distinct()
            .Order(StringComparer.Ordinal)];

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "fixtures", "wire", file);

    // Artifacts are recorded as JSON strings, no body as null.
    private static string? BodyOf(string recorded)
    {
        var json = JsonElement.Parse(recorded);
        return json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => json.GetString(),
            _ => recorded,
        };
    }

    [GeneratedRegex(@"^## (?<label>.*) \| (?<method>[A-Z]+) (?<url>\S+)\s*$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^[A-Z]+ /[^ ?]*")]
    private static partial Regex Request();
}
