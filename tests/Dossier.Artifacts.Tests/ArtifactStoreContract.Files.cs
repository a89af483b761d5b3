using Dossier.Core.Artifacts;
using Dossier.Protocol;

namespace Dossier.Artifacts.Tests;

public abstract partial class ArtifactStoreContract
{
    [Fact]
    public async Task What_was_written_is_read()
    {
        var bytes = Pattern(1_000_003);
        await WriteAsync("1/run/artifacts/model.bin", bytes);
        Assert.Equal(bytes, await BytesAsync("1/run/artifacts/model.bin", ArtifactRange.Whole));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await WriteAsync("1/empty", "");
        Assert.Equal("", await ReadAsync("1/empty"));
        Assert.Equal(0, (await Store.FindAsync(At("1/empty"), Token))!.Size);
        Assert.Equal(["empty"], await NamesAsync("1"));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("1")]
    [InlineData("1/file/below")]
    [InlineData("1/fil")]
    [InlineData("")]
    public async Task What_is_not_a_file_is_not_found(string path)
    {
        await WriteAsync("1/file", "x");
        Assert.Null(await Store.FindAsync(At(path), Token));
        Assert.Null(await Store.OpenAsync(At(path), ArtifactRange.Whole, Token));
    }

    [Fact]
    public async Task A_look_at_a_file_says_its_size_time_and_state_as_opening_it_does()
    {
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        await WriteAsync("1/file", "12345");
        var info = (await Store.FindAsync(At("1/file"), Token))!;
        Assert.Equal(5, info.Size);
        Assert.InRange(info.LastModified, before, before.AddMinutes(10));
        Assert.Matches("^[^\"\\s]+$", info.ETag);
        await using var content = await Store.OpenAsync(At("1/file"), new(1, 2), Token);
        Assert.Equal(info, content!.Info);
    }

    [Fact]
    public async Task A_second_write_replaces_the_first_and_shows_in_the_state_of_the_file()
    {
        await WriteAsync("1/file", "first, and longer");
        var states = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync("1/file", $"write {i:00}");
            states.Add((await Store.FindAsync(At("1/file"), Token))!.ETag);
        }

        Assert.Equal("write 19", await ReadAsync("1/file"));
        Assert.Equal(states.Distinct(), states);
    }

    [Fact]
    public async Task Who_reads_a_file_while_it_is_replaced_gets_all_of_the_old_one()
    {
        var (old, next) = (Pattern(500_000, 1), Pattern(400_000, 2));
        await WriteAsync("1/file", old);
        await using var content = (await Store.OpenAsync(At("1/file"), ArtifactRange.Whole, Token))!;
        var read = new byte[old.Length];
        await content.Stream.ReadExactlyAsync(read.AsMemory(0, 10), Token);
        await WriteAsync("1/file", next);
        await content.Stream.ReadExactlyAsync(read.AsMemory(10), Token);
        Assert.Equal(old, read);
        Assert.Equal(next, await BytesAsync("1/file", ArtifactRange.Whole));
    }

    [Theory]
    [InlineData(0L, 0L, "0")]
    [InlineData(0L, 3L, "0123")]
    [InlineData(3L, 3L, "3")]
    [InlineData(9L, 9L, "9")]
    [InlineData(0L, 9L, "0123456789")]
    [InlineData(5L, 99L, "56789")]
    [InlineData(7L, null, "789")]
    [InlineData(0L, null, "0123456789")]
    [InlineData(null, 1L, "9")]
    [InlineData(null, 10L, "0123456789")]
    [InlineData(null, 99L, "0123456789")]
    [InlineData(null, null, "0123456789")]
    public async Task A_range_holds_the_bytes_it_names(long? first, long? last, string expected)
    {
        await WriteAsync("1/digits", "0123456789");
        await using var content = (await Store.OpenAsync(At("1/digits"), new(first, last), Token))!;
        using var reader = new StreamReader(content.Stream);
        Assert.Equal(expected, await reader.ReadToEndAsync(Token));
        Assert.Equal(new ArtifactSlice(expected[0] - '0', expected.Length), content.Slice);
        Assert.Equal(10, content.Info.Size);
    }

    [Theory]
    [InlineData(10L, null, "0123456789")]
    [InlineData(10L, 12L, "0123456789")]
    [InlineData(4L, 2L, "0123456789")]
    [InlineData(null, 0L, "0123456789")]
    [InlineData(0L, null, "")]
    [InlineData(0L, 0L, "")]
    [InlineData(null, 5L, "")]
    public async Task A_range_outside_of_the_file_is_said_to_be_so(long? first, long? last, string text)
    {
        await WriteAsync("1/file", text);
        await using var content = (await Store.OpenAsync(At("1/file"), new(first, last), Token))!;
        Assert.Null(content.Slice);
        Assert.Equal(text.Length, content.Info.Size);
        Assert.Equal(0, await content.Stream.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task Ranges_of_a_large_file_join_to_the_whole()
    {
        var bytes = Pattern(3_000_000);
        await WriteAsync("1/large", bytes);
        var joined = new List<byte>();
        for (var first = 0L; first < bytes.Length; first += 777_777)
        {
            joined.AddRange((await BytesAsync("1/large", new(first, first + 777_776)))!);
        }

        Assert.Equal(bytes, joined);
    }

    public static TheoryData<string> Names { get; } =
    [
        "with space", " leading", "trailing ", "ä.txt", "e\u0301", "\u00e9", "日本語", "🙂", "%2e%2e", "%2F", "a+b", "a&b=c?d#e", "\"'`<>|*:;,~$!@^()[]{}",
        "-rf", "...", "..a", ".hidden", "name.", "CON", "null", "a\u00a0b", "\u202egpj.exe", new string('x', 255), "a%00b", "=cmd()",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_is_kept_as_it_is(string name)
    {
        await WriteAsync($"1/{name}", "file");
        await WriteAsync($"2/{name}/below", "below");
        Assert.Equal([name], await NamesAsync("1"));
        Assert.Equal([name + "/"], await NamesAsync("2"));
        Assert.Equal(("file", "below"), (await ReadAsync($"1/{name}"), await ReadAsync($"2/{name}/below")));
        Assert.True(await DeleteAsync($"2/{name}"));
        Assert.Empty(await NamesAsync("2"));
        Assert.Equal("file", await ReadAsync($"1/{name}"));
    }

    [Fact]
    public async Task A_file_may_lie_deep()
    {
        var path = string.Join('/', Enumerable.Range(0, 60).Select(i => $"folder{i}"));
        await WriteAsync($"{path}/file", "deep");
        Assert.Equal("deep", await ReadAsync($"{path}/file"));
        Assert.Equal(["file"], await NamesAsync(path));
    }

    [Fact]
    public async Task The_root_is_neither_written_nor_deleted()
    {
        await WriteAsync("1/file", "x");
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => WriteAsync("", "x"));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => DeleteAsync(""));
        await RefusedAsync(ErrorCode.InvalidParameterValue, () => Store.CreateUploadAsync(ArtifactPath.Root, 1, Server, Token));
        Assert.Equal("x", await ReadAsync("1/file"));
    }

    [Fact]
    public async Task A_download_credential_leads_to_the_file()
    {
        await WriteAsync("1/a file?", "through the front door");
        if (await Store.FindDownloadAsync(At("1/a file?"), TimeSpan.FromMinutes(5), Token) is not { } credential)
        {
            // The store has none to give: this is how its files are read.
            Assert.Equal("through the front door", await ReadAsync("1/a file?"));
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, credential.Url);
        foreach (var (name, value) in credential.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request, Token);
        Assert.Equal("through the front door", await response.Content.ReadAsStringAsync(Token));
    }
}
