using System.Globalization;
using System.Numerics;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Dossier.Vision.Data.Sources;

/// <summary>Reads a Parquet column of text or of whole numbers as text.</summary>
internal static class ParquetText
{
    public static bool CanRead(DataField field) => IsText(field) || IsBinary(field) || ReaderOf(field) is not null;

    public static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    public static bool IsBinary(DataField field) => field.ClrType == typeof(byte[]) || field.ClrType == typeof(ReadOnlyMemory<byte>);

    public static async Task<string?[]> ReadAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
    {
        if (IsText(field))
        {
            var texts = new string?[rows];
            await group.ReadAsync(field, texts.AsMemory()!, cancellationToken: cancellationToken);
            return texts;
        }

        if (IsBinary(field))
        {
            var bytes = new byte[]?[rows];
            await group.ReadAsync(field, bytes.AsMemory()!, cancellationToken: cancellationToken);
            return Array.ConvertAll(bytes, one => one is null ? null : Encoding.UTF8.GetString(one));
        }

        return await ReaderOf(field)!(group, field, rows, cancellationToken);
    }

    private static Func<ParquetRowGroupReader, DataField, int, CancellationToken, Task<string?[]>>? ReaderOf(DataField field) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.SByte => NumbersAsync<sbyte>,
        TypeCode.Byte => NumbersAsync<byte>,
        TypeCode.Int16 => NumbersAsync<short>,
        TypeCode.UInt16 => NumbersAsync<ushort>,
        TypeCode.Int32 => NumbersAsync<int>,
        TypeCode.UInt32 => NumbersAsync<uint>,
        TypeCode.Int64 => NumbersAsync<long>,
        TypeCode.UInt64 => NumbersAsync<ulong>,
        _ => null,
    };

    private static async Task<string?[]> NumbersAsync<T>(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
        where T : struct, INumber<T>
    {
        if (field.IsNullable)
        {
            var numbers = new T?[rows];
            await group.ReadAsync(field, numbers.AsMemory(), cancellationToken: cancellationToken);
            return Array.ConvertAll(numbers, number => number?.ToString(null, CultureInfo.InvariantCulture));
        }

        var all = new T[rows];
        await group.ReadAsync(field, all.AsMemory(), cancellationToken: cancellationToken);
        return Array.ConvertAll(all, number => (string?)number.ToString(null, CultureInfo.InvariantCulture));
    }
}
