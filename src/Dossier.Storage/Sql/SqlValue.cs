namespace Dossier.Storage.Sql;

/// <summary>The type of a <see cref="SqlValue"/> and of a column of a bulk insert.</summary>
internal enum SqlKind : byte
{
    Null,
    Integer,
    Real,
    Text,
    Bytes,
    IntegerList,
    TextList,
}

/// <summary>A parameter of a statement, without boxing. A list is one parameter; see <see cref="Dialect.In"/>.</summary>
internal readonly struct SqlValue
{
    private readonly long _bits;
    private readonly object? _reference;

    private SqlValue(SqlKind kind, long bits, object? reference) => (Kind, _bits, _reference) = (kind, bits, reference);

    public SqlKind Kind { get; }

    public long Integer => _bits;

    public double Real => BitConverter.Int64BitsToDouble(_bits);

    public string Text => (string)_reference!;

    public byte[] Bytes => (byte[])_reference!;

    public IReadOnlyList<long> Integers => (IReadOnlyList<long>)_reference!;

    public IReadOnlyList<string> Texts => (IReadOnlyList<string>)_reference!;

    public static implicit operator SqlValue(long value) => new(SqlKind.Integer, value, null);

    public static implicit operator SqlValue(long? value) => value is { } integer ? (SqlValue)integer : default;

    /// <summary>Truth is 1 or 0 in both databases.</summary>
    public static implicit operator SqlValue(bool value) => new(SqlKind.Integer, value ? 1 : 0, null);

    /// <summary>A NaN has no place in a column: see the <c>is_nan</c> columns.</summary>
    public static implicit operator SqlValue(double value) => new(SqlKind.Real, BitConverter.DoubleToInt64Bits(value), null);

    public static implicit operator SqlValue(string? value) => value is null ? default : new(SqlKind.Text, 0, value);

    public static implicit operator SqlValue(byte[] value) => new(SqlKind.Bytes, 0, value);

    public static SqlValue List(IReadOnlyList<long> values) => new(SqlKind.IntegerList, 0, values);

    public static SqlValue List(IReadOnlyList<string> values) => new(SqlKind.TextList, 0, values);
}
