using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Dossier.Web;

/// <summary>
/// Styles and pictures of pages, from this assembly. Their addresses hold the hash of their content, so that browsers keep them for good and never mix
/// those of two versions.
/// </summary>
public sealed class WebAssets
{
    /// <summary>The path that all assets are under.</summary>
    public const string Root = "/assets/";

    private const int HashDigits = 16;

    private static readonly ConcurrentDictionary<string, WebAssets?> Read = new(StringComparer.Ordinal);

    private readonly Lazy<byte[]> _brotli;

    private WebAssets(string name, byte[] content)
    {
        (Content, ContentType) = (content, TypeOf(name));
        FileName = $"{Path.GetFileNameWithoutExtension(name)}.{Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits]}{Path.GetExtension(name)}";
        _brotli = new(() => Compress(content));
    }

    /// <summary>The last part of the asset's address.</summary>
    public string FileName { get; }

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The content, compressed with Brotli.</summary>
    public ReadOnlyMemory<byte> Brotli => _brotli.Value;

    /// <summary>The media type.</summary>
    public string ContentType { get; }

    /// <summary>The address of an asset.</summary>
    /// <param name="name">Its file name, e.g. <c>dossier.css</c>.</param>
    /// <exception cref="ArgumentException">There is no such asset.</exception>
    public static string PathOf(string name) => Root + (Named(name) ?? throw new ArgumentException($"There is no asset '{name}'.", nameof(name))).FileName;

    /// <summary>The asset of an address; null if there is none, or if its content is another by now.</summary>
    /// <param name="fileName">The address's last part.</param>
    public static WebAssets? Find(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        return fileName.Split('.') is [var name, { Length: HashDigits }, var extension] && Named($"{name}.{extension}") is { } found && found.FileName == fileName ? found : null;
    }

    private static WebAssets? Named(string name)
    {
        if (Read.TryGetValue(name, out var known))
        {
            return known;
        }

        // What is not there is not remembered: anybody could ask for many names.
        using var resource = typeof(WebAssets).Assembly.GetManifestResourceStream(name);
        if (resource is null || TypeOf(name).Length == 0)
        {
            return null;
        }

        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return Read.GetOrAdd(name, new WebAssets(name, content));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "",
    };

    private static byte[] Compress(byte[] content)
    {
        var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
        {
            brotli.Write(content);
        }

        return target.ToArray();
    }
}
