namespace Dossier.Protocol;

/// <summary>A tag of an experiment, run, dataset input, logged model, registered model or model version.</summary>
/// <param name="Key">Up to 250 characters.</param>
/// <param name="Value">Any text; the limit depends on what is tagged.</param>
public sealed record Tag(string Key, string Value)
{
    /// <inheritdoc cref="Tag" path="/param[@name='Key']"/>
    public string Key { get; init => field = value ?? ""; } = Key ?? "";

    /// <inheritdoc cref="Tag" path="/param[@name='Value']"/>
    public string Value { get; init => field = value ?? ""; } = Value ?? "";
}

/// <summary>A param of a run or a logged model: written once, never changed.</summary>
/// <param name="Key">Up to 250 characters.</param>
/// <param name="Value">Up to 6,000 characters.</param>
public sealed record Param(string Key, string Value)
{
    /// <inheritdoc cref="Param" path="/param[@name='Key']"/>
    public string Key { get; init => field = value ?? ""; } = Key ?? "";

    /// <inheritdoc cref="Param" path="/param[@name='Value']"/>
    public string Value { get; init => field = value ?? ""; } = Value ?? "";
}
