using CsCheck;
using Dossier.Protocol.Json;

namespace Dossier.Testing;

/// <summary>Generators of JSON values: odd strings, odd numbers, and the member names that reports look for.</summary>
public static class JsonGens
{
    private static readonly string[] KnownNames =
    [
        "manifest", "model_uri", "model_uris", "timestamp", "mlflow_model", "flavors", "python_function", "sklearn", "loader_module",
        "sklearn_version", "model_size_bytes", "utc_time_created", "signature", "inputs", "outputs", "name", "type", "tensor-spec",
        "saved_input_example_info", "warning", "run", "info", "data", "params", "metrics", "tags", "key", "value", "sparkDatasourceInfo",
        "mlflow.databricks.cluster.id", "mlflow.databricks.cluster.info", "mlflow.databricks.cluster.libraries", "installable", "redacted",
        "mlflow.databricks.cluster.libraries.error", "mlflow.source.name", "experiment", "permissions", "registered_model",
        "_is_unity_catalog", "model_version", "transition_requests", "mlflow_model_raw", "feature_spec", "databricks_runtime",
    ];

    private static readonly Gen<string> OddCharacters = AnyOf(
        "|", "\\", "'", "\"", "\n", "\r", "\t", "\u0000", "\u007f", "\u00a0", "\u00ad", "é", "\u2028", "\u200b", "\ud83d\ude00", "\ud800", "\udc00", "\uffff", "\ue000");

    public static Gen<string> Text { get; } = Gen.OneOf(Gen.String, Gen.Char[' ', '~'].Select(c => c.ToString()), OddCharacters).Array[0, 6].Select(string.Concat);

    public static Gen<RecordValue> Number { get; } = Gen.OneOf(
        Gen.Double.Select(value => (RecordValue)RecordNumber.Of(value)),
        Gen.Long.Select(RecordValue.Of),
        AnyOf("9223372036854775808", "-123456789012345678901234567890", "1.50", "1E5", "-0", "-0.0", "1e999", "NaN", "-Infinity", "0.1e-7")
            .Select(token => JsonReader.Parse(token)));

    public static Gen<RecordValue> Scalar { get; } = Gen.OneOf(
        Text.Select(text => RecordValue.Of(text)),
        Number,
        Gen.Bool.Select(RecordValue.Of),
        Gen.Const((RecordValue)RecordNull.Value));

    public static Gen<RecordObject> Document { get; } = Members(6);

    public static Gen<T> AnyOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    public static Gen<RecordValue> Value(int depth) => depth == 0
        ? Scalar
        : Gen.OneOf(Scalar, Members(depth).Select(members => (RecordValue)members), Value(depth - 1).Array[0, 4].Select(items => (RecordValue)new RecordList(items)));

    private static Gen<RecordObject> Members(int depth) =>
        Gen.Select(Gen.OneOf(AnyOf(KnownNames), AnyOf(KnownNames), Text), Value(depth - 1))
            .Array[0, 8]
            .Select(members => new RecordObject(members.Select(member => KeyValuePair.Create(member.Item1, member.Item2))));
}
