using System.IO.Compression;
using System.Text;
using Dossier.Vision.Model;

namespace Dossier.Vision.Tests.Model;

public sealed class PyTorchArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_state_dict_of_PyTorch_gives_the_same_model()
    {
        File.Copy(Fixture.Path("tiny-vit", "config.json"), _folder.File(ViTConfig.FileName));
        File.Copy(Fixture.Path("tiny-vit.bin"), _folder.File(ModelWeights.PyTorchName));
        using var model = ViTForImageClassification.Load(_folder.Path);
        ParityTests.Near(Fixture.Floats("tiny-vit", "logits.f32"), ParityTests.Logits(model));
    }

    [Fact]
    public void Views_shared_storages_and_other_floats_are_read_as_PyTorch_means_them()
    {
        var expected = SafeTensorsReader.Read(Fixture.Path("views.safetensors"));
        var actual = PyTorchArchive.Read(Fixture.Path("views.bin"));
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, weight =>
        {
            Assert.Equal(weight.Value.Shape, actual[weight.Key].Shape);
            Assert.Equal(weight.Value.Values.ToArray(), actual[weight.Key].Values.ToArray());
        });
    }

    [Fact]
    public void A_plain_dictionary_is_a_state_dict_too() =>
        Assert.Equal(Enumerable.Range(0, 24).Select(number => (float)number), PyTorchArchive.Read(Fixture.Path("dict.bin"))["weight"].Values.ToArray());

    [Fact]
    public void The_form_before_PyTorch_1_6_is_refused_with_a_way_out()
    {
        var refusal = Assert.Throws<VisionException>(() => PyTorchArchive.Read(Fixture.Path("legacy.bin")));
        Assert.Contains("before 1.6", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("save it again", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_module_is_refused_by_the_class_it_asks_for() =>
        Assert.Contains("torch.nn.modules.linear.Linear", Assert.Throws<VisionException>(() => PyTorchArchive.Read(Fixture.Path("module.bin"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cos\nsystem\n", "\u0085R", "os.system")]
    [InlineData("cposix\nsystem\n", "\u0085R", "posix.system")]
    [InlineData("cbuiltins\nexec\n", "\u0085R", "builtins.exec")]
    [InlineData("ctorch\nload\n", "\u0085R", "torch.load")]
    [InlineData("(", "ios\nsystem\n", "os.system")]
    [InlineData("cos\nsystem\n", "\u0085\u0081", "os.system")]
    [InlineData("ccollections\nOrderedDict.__reduce__\n", "\u0085R", "collections.OrderedDict.__reduce__")]
    [InlineData("", "\u008c\u0002os\u008c\u0006system\u0093", "0x8c")]
    [InlineData("", "\u0082\u0001", "0x82")]
    [InlineData("", "P0\n", "0x50")]
    [InlineData("ccollections\nOrderedDict\n", "\u0085R", "OrderedDict")]
    [InlineData("ctorch\nFloatStorage\n", "\u0085R", "FloatStorage")]
    public void A_pickle_that_would_run_something_is_refused_by_name_and_runs_nothing(string before, string after, string named)
    {
        var trace = _folder.File("it-ran");
        Archive.Write(_folder.File("evil.bin"), Archive.Pickle(before, Archive.Text($"touch {trace}"), after));

        var refusal = Assert.Throws<VisionException>(() => PyTorchArchive.Read(_folder.File("evil.bin")));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void A_refusal_says_that_nothing_was_run()
    {
        Archive.Write(_folder.File("evil.bin"), Archive.Pickle("cos\nsystem\n", Archive.Text("true"), "\u0085R"));
        Assert.Contains("asks for os.system", Refusal("evil.bin"), StringComparison.Ordinal);
        Assert.Contains("nothing was run", Refusal("evil.bin"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 4, 0, new[] { 2, 2 }, new[] { 2, 1 }, null)]
    [InlineData("0", 4, 1, new[] { 2, 2 }, new[] { 2, 1 }, "does not fit")]
    [InlineData("0", 4, -1, new[] { 2, 2 }, new[] { 2, 1 }, "does not fit")]
    [InlineData("0", 4, 0, new[] { 2, 2 }, new[] { 3, 1 }, "does not fit")]
    [InlineData("0", 4, 3, new[] { 2, 2 }, new[] { -2, 1 }, "does not fit")]
    [InlineData("0", 4, 0, new[] { 2, 2 }, new[] { 1 }, "does not fit")]
    [InlineData("0", 4, 0, new[] { 65536, 65536 }, new[] { 0, 0 }, "does not fit")]
    [InlineData("0", 4, 0, new[] { 20000, 20000 }, new[] { 0, 0 }, "larger than the file")]
    [InlineData("0", 5, 0, new[] { 2, 2 }, new[] { 2, 1 }, "16 bytes")]
    [InlineData("0", -4, 0, new[] { 2, 2 }, new[] { 2, 1 }, "storage")]
    [InlineData("../../etc/passwd", 4, 0, new[] { 2, 2 }, new[] { 2, 1 }, "no storage")]
    [InlineData("1", 4, 0, new[] { 2, 2 }, new[] { 2, 1 }, "no storage")]
    public void A_tensor_reaches_only_into_its_own_storage(string key, int stored, int offset, int[] shape, int[] strides, string? refused)
    {
        Archive.Write(_folder.File("w.bin"), Archive.StateDict(key, stored, offset, shape, strides), ("0", new byte[16]));
        if (refused is null)
        {
            Assert.Equal(4, PyTorchArchive.Read(_folder.File("w.bin"))["w"].Values.Length);
        }
        else
        {
            Assert.Contains(refused, Refusal("w.bin"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_storage_of_other_numbers_is_refused_by_name()
    {
        Archive.Write(_folder.File("w.bin"), Archive.StateDict("0", 4, 0, [4], [1], "LongStorage"), ("0", new byte[32]));
        Assert.Contains("torch.LongStorage", Refusal("w.bin"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_grows_on_reading_is_refused()
    {
        Archive.WriteEntries(
            _folder.File("bomb.bin"), [("a/data.pkl", Archive.StateDict("0", 1 << 22, 0, [1 << 22], [1])), ("a/data/0", new byte[1 << 24])], CompressionLevel.Optimal);
        Assert.Contains("compressed", Refusal("bomb.bin"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_there_twice_is_refused()
    {
        Archive.WriteEntries(_folder.File("twice.bin"), [("a/data.pkl", Archive.Pickle("}")), ("a/data.pkl", Archive.Pickle("}"))]);
        Assert.Contains("twice", Refusal("twice.bin"), StringComparison.Ordinal);
        Archive.WriteEntries(_folder.File("two.bin"), [("a/data.pkl", Archive.Pickle("}")), ("b/data.pkl", Archive.Pickle("}"))]);
        Assert.Contains("more than one data.pkl", Refusal("two.bin"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("N", "does not hold a state dict")]
    [InlineData("}X\u0001\0\0\0wK\u0001s", "'w' is not a tensor")]
    [InlineData("}K\u0001K\u0001s", "keys are not texts")]
    [InlineData("(((((", "more values than there are")]
    [InlineData("0", "0x30")]
    [InlineData("t", "a mark is missing")]
    [InlineData("h\u0007", "never written")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "cut off")]
    [InlineData("\u008a\u0009\0\0\0\0\0\0\0\0\u0001", "64 bits")]
    [InlineData("\u0080\u0004", "protocol 4")]
    public void A_malformed_pickle_is_told(string pieces, string told)
    {
        Archive.Write(_folder.File("odd.bin"), Archive.Pickle(pieces));
        Assert.Contains(told, Refusal("odd.bin"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pickle_may_not_fill_memory()
    {
        Archive.Write(_folder.File("marks.bin"), Archive.Pickle(new string('(', 1 << 20)));
        Assert.Contains("more than 65536 marks", Refusal("marks.bin"), StringComparison.Ordinal);
        Archive.Write(_folder.File("values.bin"), Archive.Pickle(new string('N', 1 << 20)));
        Assert.Contains("more than 65536 values", Refusal("values.bin"), StringComparison.Ordinal);
        Archive.Write(_folder.File("name.bin"), Archive.Pickle("c" + new string('a', 1 << 20) + "\n\n"));
        Assert.Contains("endless", Refusal("name.bin"), StringComparison.Ordinal);
        Archive.Write(_folder.File("long.bin"), new byte[(4 << 20) + 1]);
        Assert.Contains("4194305 bytes", Refusal("long.bin"), StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_is_not_taken_for_weights()
    {
        File.WriteAllText(_folder.File("page.bin"), "<html>");
        Assert.Contains("not a file of torch.save", Refusal("page.bin"), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("empty.bin"), []);
        Assert.Contains("not a file of torch.save", Refusal("empty.bin"), StringComparison.Ordinal);
        Archive.WriteEntries(_folder.File("zip.bin"), [("word/document.xml", Encoding.UTF8.GetBytes("<w/>"))]);
        Assert.Contains("no data.pkl", Refusal("zip.bin"), StringComparison.Ordinal);
        Archive.WriteEntries(_folder.File("big.bin"), [("a/data.pkl", Archive.Pickle("}")), ("a/byteorder", Encoding.UTF8.GetBytes("big"))]);
        Assert.Contains("big-endian", Refusal("big.bin"), StringComparison.Ordinal);
    }

    private string Refusal(string name) => Assert.Throws<VisionException>(() => PyTorchArchive.Read(_folder.File(name))).Message;
}
