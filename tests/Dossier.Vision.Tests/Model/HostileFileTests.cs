using CsCheck;
using Dossier.Vision.Model;

namespace Dossier.Vision.Tests.Model;

/// <summary>Whatever bytes a checkpoint has: it is read, or refused with words, and takes no more memory than its length allows.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("views.safetensors", ModelWeights.SafeTensorsName)]
    [InlineData("views.bin", ModelWeights.PyTorchName)]
    [InlineData("legacy.bin", ModelWeights.PyTorchName)]
    public void A_file_cut_off_anywhere_is_refused(string fixture, string name)
    {
        var bytes = File.ReadAllBytes(Fixture.Path(fixture));
        for (var length = 0; length < bytes.Length; length += 3)
        {
            Assert.False(Reads(name, bytes[..length]), $"{fixture} was read with {length} of {bytes.Length} bytes");
        }
    }

    [Theory]
    [InlineData("views.safetensors", ModelWeights.SafeTensorsName)]
    [InlineData("views.bin", ModelWeights.PyTorchName)]
    [InlineData("dict.bin", ModelWeights.PyTorchName)]
    public void Changed_bytes_are_read_or_refused_but_nothing_else(string fixture, string name)
    {
        var bytes = File.ReadAllBytes(Fixture.Path(fixture));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                var changed = (byte[])bytes.Clone();
                foreach (var (place, value) in changes)
                {
                    changed[place] = value;
                }

                Reads(name, changed);
            },
            iter: 1_000, threads: 1);
    }

    [Fact]
    public void Changed_instructions_of_a_pickle_are_read_or_refused_but_nothing_else()
    {
        var pickle = Archive.StateDict("0", 4, 0, [2, 2], [2, 1]);
        var file = _folder.File("pickle.bin");
        // Mostly instructions, which random bytes hardly hit.
        var value = Gen.OneOf(Gen.Byte, Of([.. "(.0cRQbsuaet)]}qrhjNKMJGXi"u8, 0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a]));
        Gen.Select(Gen.Int[0, pickle.Length - 1], value).Array[1, 8].Sample(
            changes =>
            {
                var changed = (byte[])pickle.Clone();
                foreach (var (place, instruction) in changes)
                {
                    changed[place] = instruction;
                }

                Archive.Write(file, changed, ("0", new byte[16]));
                Reads(ModelWeights.PyTorchName, File.ReadAllBytes(file));
            },
            iter: 1_500, threads: 1);
    }

    [Fact]
    public void Changed_bytes_of_a_config_are_read_or_refused_but_nothing_else()
    {
        var bytes = File.ReadAllBytes(Fixture.Path("tiny-vit", ViTConfig.FileName));
        var file = _folder.File(ViTConfig.FileName);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.OneOf(Gen.Byte, Of([.. "0123456789-.e\"{}[],:\\u"u8]))).Array[1, 4].Sample(
            changes =>
            {
                var changed = (byte[])bytes.Clone();
                foreach (var (place, value) in changes)
                {
                    changed[place] = value;
                }

                File.WriteAllBytes(file, changed);
                Refused(() => ViTConfig.Load(_folder.Path));
            },
            iter: 1_000, threads: 1);
    }

    private static Gen<byte> Of(byte[] bytes) => Gen.Int[0, bytes.Length - 1].Select(place => bytes[place]);

    private bool Reads(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = !Refused(() => ModelWeights.Load(_folder.Path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        return read;
    }

    // Any other exception is the test's failure.
    private static bool Refused(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (VisionException refusal)
        {
            Assert.InRange(refusal.Message.Length, 10, 2_000);
            return true;
        }
    }
}
