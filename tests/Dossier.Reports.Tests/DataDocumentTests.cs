using CsCheck;
using Dossier.Reports.Data;
using Dossier.Testing;

namespace Dossier.Reports.Tests;

public sealed class DataDocumentTests
{
    [Fact]
    public void Reading_and_writing_again_gives_the_same_bytes() => JsonGens.Document.Sample(root =>
    {
        var first = new DataDocument(root).ToBytes();
        Assert.Equal(first, DataDocument.Parse(first).ToBytes());
        Assert.All(first, b => Assert.True(b is (>= (byte)' ' and <= (byte)'~') or (byte)'\n'));
    });

    [Fact]
    public void A_data_document_must_be_an_object_in_UTF8()
    {
        Assert.Throws<FormatException>(() => DataDocument.Parse("[]"u8));
        Assert.Throws<FormatException>(() => DataDocument.Parse([(byte)'"', 0xff, (byte)'"']));
        Assert.Equal("{}\n"u8, DataDocument.Parse([0xef, 0xbb, 0xbf, (byte)'{', (byte)'}']).ToBytes());
    }
}
