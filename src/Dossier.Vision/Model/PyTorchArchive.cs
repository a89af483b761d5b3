using System.IO.Compression;

namespace Dossier.Vision.Model;

/// <summary>
/// Reads a state dict from the zip that <c>torch.save</c> writes since PyTorch 1.6: <c>NAME/data.pkl</c> and, uncompressed, each storage's numbers as <c>NAME/data/KEY</c>.
/// Entries are looked up by their names and never unpacked; the names lead nowhere.
/// </summary>
internal static class PyTorchArchive
{
    // ViT-base's takes 40 KB, the largest model that is taken less than 2 MB.
    private const int MaximumPickle = 4 << 20;

    public static IReadOnlyDictionary<string, HostTensor> Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            RefuseOlder(path, file);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            return Read(path, file.Length, zip);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"{path} is cut off or damaged: {unreadable.Message}", unreadable);
        }
    }

    private static void RefuseOlder(string path, FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (length < start.Length || !start.StartsWith("PK"u8))
        {
            throw new VisionException(length > 0 && start[0] == 0x80
                ? $"{path} is in the form that PyTorch wrote before 1.6 (a bare pickle), which is not read. Load it with a newer PyTorch and save it again, best as {ModelWeights.SafeTensorsName}."
                : $"{path} is not a file of torch.save: it should be a zip.");
        }
    }

    private static Dictionary<string, HostTensor> Read(string path, long fileLength, ZipArchive zip)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>();
        var room = fileLength;
        foreach (var entry in zip.Entries)
        {
            // What grows on reading is refused before it does: entries that are packed, or that lie in the same bytes.
            if (entry.CompressedLength != entry.Length || (room -= entry.Length) < 0)
            {
                throw new VisionException($"{path}: the entry '{Clip(entry.FullName)}' is compressed or overlaps others, as torch.save never does.");
            }

            if (!entries.TryAdd(entry.FullName, entry))
            {
                throw new VisionException($"{path} has the entry '{Clip(entry.FullName)}' twice.");
            }
        }

        var pickles = entries.Keys.Where(name => name.EndsWith("/data.pkl", StringComparison.Ordinal)).Take(2).ToArray();
        if (pickles is not [var pickle])
        {
            throw new VisionException($"{path} is not a file of torch.save: it has {(pickles.Length == 0 ? "no" : "more than one")} data.pkl.");
        }

        var root = pickle[..^"data.pkl".Length];
        if (entries.TryGetValue(root + "byteorder", out var order) && !Bytes(path, order, 16).AsSpan().SequenceEqual("little"u8))
        {
            throw new VisionException($"{path} was written on a big-endian machine, which is not read.");
        }

        if (new Unpickler(path, Bytes(path, entries[pickle], MaximumPickle)).Read() is not Dictionary<string, object?> state)
        {
            throw new VisionException($"{path} does not hold a state dict (tensors by name).");
        }

        return Tensors(path, fileLength, entries, root + "data/", state);
    }

    private static Dictionary<string, HostTensor> Tensors(
        string path, long fileLength, Dictionary<string, ZipArchiveEntry> entries, string data, Dictionary<string, object?> state)
    {
        var storages = new Dictionary<string, (PickleStorage Storage, float[] Values)>();
        var weights = new Dictionary<string, HostTensor>(state.Count);
        // A view may show a number many times over. Weights are not like that: all copies together may be as large as the file.
        var room = fileLength;
        foreach (var (name, value) in state)
        {
            if (value is not PickleTensor tensor)
            {
                throw new VisionException($"{path}: '{Clip(name)}' is not a tensor; only a state dict (tensors by name) is read.");
            }

            var storage = tensor.Storage;
            if (!storages.TryGetValue(storage.Key, out var read))
            {
                storages.Add(storage.Key, read = (storage, Numbers(path, entries, data, storage)));
            }

            if (read.Storage != storage)
            {
                throw new VisionException($"{path}: '{Clip(name)}' describes the storage '{Clip(storage.Key)}' otherwise than a tensor before it.");
            }

            if (tensor.IsContiguous)
            {
                weights.Add(name, new HostTensor(tensor.Shape, read.Values.AsMemory(tensor.Offset, tensor.Count)));
            }
            else if ((room -= (long)tensor.Count * sizeof(float)) >= 0)
            {
                weights.Add(name, new HostTensor(tensor.Shape, tensor.Gather(read.Values)));
            }
            else
            {
                throw new VisionException($"{path}: the tensors up to '{Clip(name)}' are larger than the file; they repeat its numbers as no weights do.");
            }
        }

        return weights;
    }

    private static float[] Numbers(string path, Dictionary<string, ZipArchiveEntry> entries, string data, PickleStorage storage)
    {
        if (!entries.TryGetValue(data + storage.Key, out var entry))
        {
            throw new VisionException($"{path} has no storage '{Clip(storage.Key)}'.");
        }

        if (entry.Length != storage.Count * storage.Type.Size())
        {
            throw new VisionException(
                $"{path}: the storage '{Clip(storage.Key)}' has {entry.Length} bytes; {storage.Count} numbers of {storage.Type} take {storage.Count * storage.Type.Size()}.");
        }

        using var stream = entry.Open();
        return storage.Type.Read(stream, (int)storage.Count);
    }

    private static byte[] Bytes(string path, ZipArchiveEntry entry, int most)
    {
        if (entry.Length > most)
        {
            throw new VisionException($"{path}: '{Clip(entry.FullName)}' has {entry.Length} bytes; weights need at most {most}.");
        }

        var bytes = new byte[entry.Length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string Clip(string name) => name.Length <= 200 ? name : name[..200] + "…";
}
