using System.Runtime.InteropServices;

namespace Dossier.Vision.Tests.Model;

/// <summary>Files in <c>Fixtures/Model</c>; its README says who made them.</summary>
internal static class Fixture
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "Fixtures", "Model", .. parts]);

    public static float[] Floats(params string[] parts) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path(parts))).ToArray();
}
