using System.Buffers.Binary;
using System.Text;
using Dossier.Vision.Model;

namespace Dossier.Vision.Tests.Model;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_is_read_again()
    {
        var weights = new Dictionary<string, HostTensor>
        {
            ["b.weight"] = new([2, 3], new[] { 1f, -2, 3.5f, float.MaxValue, float.Epsilon, -0f }),
            ["a.größe \"x\""] = new([], new[] { 7f }),
            ["empty"] = new([0, 4], Array.Empty<float>()),
            ["more"] = new([3, 1_000_003], Enumerable.Range(0, 3_000_009).Select(number => (float)number).ToArray()),
        };
        ModelWeights.Save(_folder.Path, weights);

        var again = ModelWeights.Load(_folder.Path);
        Assert.Equal(weights.Keys.Order(), again.Keys.Order());
        Assert.All(weights, weight =>
        {
            Assert.Equal(weight.Value.Shape, again[weight.Key].Shape);
            Assert.True(weight.Value.Values.Span.SequenceEqual(again[weight.Key].Values.Span));
        });
        // The format's readers map the file: numbers must lie at multiples of their size.
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32LittleEndian(File.ReadAllBytes(_folder.File(ModelWeights.SafeTensorsName))) % 8);
    }

    [Fact]
    public void A_save_that_fails_leaves_what_was_there()
    {
        ModelWeights.Save(_folder.Path, new Dictionary<string, HostTensor> { ["w"] = new([1], new[] { 1f }) });
        Assert.Throws<ArgumentException>(() => ModelWeights.Save(_folder.Path, new Dictionary<string, HostTensor> { ["w"] = new([2], new[] { 1f }) }));
        Assert.Equal([1f], ModelWeights.Load(_folder.Path)["w"].Values.ToArray());
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("F16", "003c00c0", new[] { 1f, -2f })]
    [InlineData("BF16", "803f00c0", new[] { 1f, -2f })]
    [InlineData("F32", "0000803f000000c0", new[] { 1f, -2f })]
    [InlineData("F64", "000000000000f03f00000000000000c0", new[] { 1f, -2f })]
    public void Each_kind_of_float_is_widened(string dtype, string bytes, float[] expected)
    {
        var data = Convert.FromHexString(bytes);
        Write($$"""{"w":{"dtype":"{{dtype}}","shape":[2],"data_offsets":[0,{{data.Length}}] } }""", data);
        Assert.Equal(expected, ModelWeights.Load(_folder.Path)["w"].Values.ToArray());
    }

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", null)]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "cut off: 'w' ends at byte 12 of the tensors, of which the file has 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "4 bytes that belong to no tensor")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begin at 4 where 0 comes next")]
    [InlineData("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begin at 4 where 8 comes next")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "'w' twice")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "takes 12 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "takes 8 bytes")]
    [InlineData("""{"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", "dtype I64; weights are F32, F16, BF16 or F64")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "impossible shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,17179869184]}}""", "impossible shape")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "shape of whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "shape of whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}}""", "shape of whole numbers")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,16]}}""", "two data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", "two data_offsets")]
    [InlineData("""{"w":7}""", "must have a dtype")]
    [InlineData("""["w"]""", "not a JSON object")]
    [InlineData("""{"w":""", "not JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "not JSON")]
    [InlineData("[[[[[[[[[[[[]]]]]]]]]]]]", "not JSON")]
    public void A_header_is_taken_at_its_word_only_if_the_bytes_agree(string header, string? refused)
    {
        Write(header, new byte[8]);
        if (refused is null)
        {
            Assert.Equal([2], ModelWeights.Load(_folder.Path)["w"].Shape);
        }
        else
        {
            Assert.Contains(refused, Refusal(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_header_longer_than_any_model_needs_is_not_read()
    {
        File.WriteAllBytes(_folder.File(ModelWeights.SafeTensorsName), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, (byte)'{', (byte)'}']);
        Assert.Contains("its header would take 18446744073709551615 bytes", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File(ModelWeights.SafeTensorsName), [0xff, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        Assert.Contains("cut off: its header should take 255 bytes", Refusal(), StringComparison.Ordinal);
        File.WriteAllText(_folder.File(ModelWeights.SafeTensorsName), "version https://git-lfs.github.com/spec/v1\n");
        Assert.Contains("git lfs pull", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File(ModelWeights.SafeTensorsName), [1, 2, 3]);
        Assert.Contains("cut off", Refusal(), StringComparison.Ordinal);
        File.Delete(_folder.File(ModelWeights.SafeTensorsName));
        Assert.Contains("neither model.safetensors nor pytorch_model.bin", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_in_several_files_is_read_by_its_index()
    {
        Write("""{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8], "part-1.safetensors");
        Write("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", new byte[4], "part-2.safetensors");
        Index("""{"metadata":{"total_size":12},"weight_map":{"v":"part-1.safetensors","w":"part-2.safetensors"}}""");
        Assert.Equal(["v", "w"], ModelWeights.Load(_folder.Path).Keys.Order());

        Index("""{"weight_map":{"v":"part-1.safetensors","x":"part-2.safetensors"}}""");
        Assert.Contains("does not say that part-2.safetensors holds 'w'", Refusal(), StringComparison.Ordinal);
        Index("""{"weight_map":{"v":"part-1.safetensors","w":"part-2.safetensors","x":"part-2.safetensors"}}""");
        Assert.Contains("lists 'x' in part-2.safetensors, but it is not there", Refusal(), StringComparison.Ordinal);
        Index("""{"weight_map":{"v":"../part-1.safetensors"}}""");
        Assert.Contains("same folder", Refusal(), StringComparison.Ordinal);
        Index("""{"weight_map":{"v":"part-3.safetensors"}}""");
        Assert.Contains("cannot be read", Refusal(), StringComparison.Ordinal);
        Index("""{"v":"part-1.safetensors"}""");
        Assert.Contains("weight_map", Refusal(), StringComparison.Ordinal);
        Index("{");
        Assert.Contains("not JSON", Refusal(), StringComparison.Ordinal);
    }

    private void Index(string text) => File.WriteAllText(_folder.File(ModelWeights.SafeTensorsIndexName), text);

    private void Write(string header, byte[] data, string name = ModelWeights.SafeTensorsName)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(_folder.File(name), [.. length, .. text, .. data]);
    }

    private string Refusal() => Assert.Throws<VisionException>(() => ModelWeights.Load(_folder.Path)).Message;
}
