using System.Text;
using System.Text.Json;
using CsCheck;

namespace Dossier.Server.Tests;

/// <summary>JSON bodies that look like the protocol's, with wrong values in them.</summary>
internal static class HostileBodies
{
    private static readonly string[] Names =
    [
        "experiment_id", "experiment_ids", "name", "new_name", "key", "value", "tags", "params", "metrics", "timestamp", "step", "run_id", "run_uuid",
        "run_name", "user_id", "start_time", "end_time", "status", "filter", "order_by", "max_results", "page_token", "view_type", "run_view_type",
        "datasets", "dataset", "digest", "source_type", "source", "schema", "profile", "models", "model_id", "model_json", "version", "stage", "stages",
        "archive_existing_versions", "alias", "description", "artifact_location", "path", "num_parts", "upload_id", "parts", "part_number", "etag",
        "source_run_id", "model_type", "dataset_name", "dataset_digest", "field_name", "ascending", "run_link", "\\ud800", "a.b", "",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1e400", "-1e400", "9223372036854775807", "9223372036854775808", "1e-400", "NaN", "Infinity", "-Infinity",
        "\"\"", "\" \"", "\"0\"", "\"1\"", "\"-1\"", "\"x\"", "\"NaN\"", "\"..\"", "\"/etc/passwd\"", "\"a/../b\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"'\"", "\"%\"",
        "\"metrics.m > 0\"", "\"tags.`a b` = 'x'\"", "\"name LIKE '%'\"", "\"metrics.m DESC\"", "\"params.p\"", "\"'; DROP TABLE runs; --\"", "\"ALL\"", "\"FINISHED\"", "\"Staging\"",
        "\"runs:/x/model\"", "\"file:///etc/passwd\"", "\"s3://b/x\"", "\"models:/m/1\"", "\"99999999999999999999\"", "\"RUN\"", "\"MODEL\"", "\"\U0001F600\"", "\"eyJ4IjoxfQ==\"", "{}", "[]",
    ];

    // With these first, what follows is often the only thing that is wrong: of a repeated member the last counts.
    private const string Right = """
        "experiment_id": "0", "experiment_ids": ["0"], "run_id": "RUN", "key": "k", "value": "1", "timestamp": 1, "name": "m", "version": "1",
        "alias": "a", "source": "s3://b/m", "status": "FINISHED", "stage": "Staging", "path": "f", "num_parts": 1, "upload_id": "x",
        "metric_key": "k", "run_ids": ["RUN"], "order_by": [], "model_json": "{}"
        """;

    /// <summary>Bodies of some members, nested as the protocol's are.</summary>
    public static Gen<string> Json { get; } = Gen.Select(Members(Value(3)), Gen.Bool).Select((members, startsRight) =>
        $"{{{(startsRight ? members.Length > 0 ? $"{Right}, " : Right : "")}{members}}}");

    /// <summary>Bytes that are no JSON, or nearly.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.Select(Json, Gen.Int[0, 4], Gen.Byte, Gen.Double[0, 1]).Select((json, how, noise, where) =>
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var at = (int)(where * (bytes.Length - 1));
        switch (how)
        {
            case 0:
                return bytes[..at];
            case 1:
                bytes[at] = noise;
                return bytes;
            case 2:
                return [.. bytes[..at], 0xFF, 0xC0, .. bytes[at..]];
            default:
                return bytes;
        }
    });

    private static Gen<string> Value(int depth)
    {
        var text = Gen.Select(AnyOf('a', '\u00e4', ' ', '/'), AnyOf(36, 37, 250, 251, 256, 257, 500, 501, 6000, 6001, 8001), (c, n) => $"\"{new string(c, n)}\"");
        var any = Gen.String.Select(value => JsonSerializer.Serialize(value));
        var scalar = Gen.Frequency((8, AnyOf(Scalars)), (1, text), (1, any));
        return depth == 0
            ? scalar
            : Gen.Frequency((6, scalar), (2, Value(depth - 1).List[0, 3].Select(items => $"[{string.Join(',', items)}]")), (2, Object(Value(depth - 1))));
    }

    private static Gen<string> Object(Gen<string> value) => Members(value).Select(members => $"{{{members}}}");

    private static Gen<string> Members(Gen<string> value) =>
        Gen.Select(AnyOf(Names), value, (name, item) => $"\"{name}\": {item}").List[0, 8].Select(members => string.Join(", ", members));

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
