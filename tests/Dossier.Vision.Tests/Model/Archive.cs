using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Dossier.Vision.Tests.Model;

/// <summary>Zips as <c>torch.save</c> writes them, with a pickle of the test's own.</summary>
internal static class Archive
{
    public static void Write(string path, byte[] pickle, params (string Key, byte[] Bytes)[] storages) =>
        WriteEntries(path, [("archive/data.pkl", pickle), .. storages.Select(storage => ($"archive/data/{storage.Key}", storage.Bytes))]);

    public static void WriteEntries(string path, (string Name, byte[] Bytes)[] entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var file = File.Create(path);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            using var entry = zip.CreateEntry(name, level).Open();
            entry.Write(bytes);
        }
    }

    /// <summary>Protocol 2, the pieces, the end. A text is its bytes.</summary>
    public static byte[] Pickle(params object[] pieces) =>
        [0x80, 2, .. pieces.SelectMany(piece => piece switch
        {
            string text => Encoding.Latin1.GetBytes(text),
            byte[] bytes => bytes,
            _ => throw new ArgumentException($"{piece}", nameof(pieces)),
        }), (byte)'.'];

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var piece = new byte[5 + bytes.Length];
        piece[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(piece.AsSpan(1), bytes.Length);
        bytes.CopyTo(piece, 5);
        return piece;
    }

    public static byte[] Number(int number)
    {
        var piece = new byte[5];
        piece[0] = (byte)'J';
        BinaryPrimitives.WriteInt32LittleEndian(piece.AsSpan(1), number);
        return piece;
    }

    /// <summary>A state dict with one tensor of floats named <c>w</c>.</summary>
    public static byte[] StateDict(string key, int stored, int offset, int[] shape, int[] strides, string storage = "FloatStorage") =>
        Pickle(
            "}", Text("w"), "ctorch._utils\n_rebuild_tensor_v2\n((", Text("storage"), $"ctorch\n{storage}\n", Text(key), Text("cpu"), Number(stored), "tQ",
            Number(offset), Tuple(shape), Tuple(strides), new byte[] { 0x89 }, "ccollections\nOrderedDict\n)RtRs");

    private static byte[] Tuple(int[] numbers) => [(byte)'(', .. numbers.SelectMany(Number), (byte)'t'];
}
