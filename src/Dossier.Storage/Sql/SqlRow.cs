namespace Dossier.Storage.Sql;

/// <summary>The current row of a query; columns are read by index. Valid only inside the callback that received it.</summary>
internal abstract class SqlRow
{
    public abstract bool IsNull(int column);

    public abstract long Integer(int column);

    public abstract double Real(int column);

    public abstract string Text(int column);

    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <summary>As <see cref="Text"/>, for short texts that come again and again (keys, states): equal ones share one string.</summary>
    public abstract string SharedText(int column);

    public bool Truth(int column) => Integer(column) != 0;

    public long? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);
}
