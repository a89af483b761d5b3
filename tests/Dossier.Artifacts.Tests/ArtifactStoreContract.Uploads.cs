using Dossier.Protocol;

namespace Dossier.Artifacts.Tests;

public abstract partial class ArtifactStoreContract
{
    [Fact]
    public async Task Parts_put_in_any_order_are_joined_by_number()
    {
        var parts = Enumerable.Range(1, 4).Select(number => Pattern(PartBytes + number, number)).ToList();
        var upload = await Store.CreateUploadAsync(At("1/big"), 4, Server, Token);
        Assert.Equal([1, 2, 3, 4], upload.Credentials.Select(credential => credential.PartNumber));
        var put = new List<UploadedPart>();
        foreach (var number in new[] { 3, 1, 4, 2 })
        {
            put.Add(await PutAsync(upload, number, parts[number - 1]));
        }

        Assert.Null(await Store.FindAsync(At("1/big"), Token));
        Assert.Empty(await NamesAsync(""));
        await Store.CompleteUploadAsync(At("1/big"), upload.UploadId, put, Token);
        await HoldsAsync("1/big", [.. parts]);
        Assert.Equal(["big"], await NamesAsync("1"));
    }

    [Fact]
    public async Task A_single_part_may_be_small_and_replaces_the_file()
    {
        await WriteAsync("1/f", "old");
        var before = await Store.FindAsync(At("1/f"), Token);
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, Server, Token);
        var part = await PutAsync(upload, 1, "new"u8.ToArray());
        Assert.Equal("old", await ReadAsync("1/f"));
        await Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [part], Token);
        Assert.Equal("new", await ReadAsync("1/f"));
        Assert.NotEqual(before!.ETag, (await Store.FindAsync(At("1/f"), Token))!.ETag);
    }

    [Fact]
    public async Task A_part_put_again_counts_as_it_was_put_last()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 2, Server, Token);
        _ = await PutAsync(upload, 1, Pattern(PartBytes, 1));
        var last = await PutAsync(upload, 2, "end"u8.ToArray());
        var again = await PutAsync(upload, 1, Pattern(PartBytes, 2));
        await Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [again, last], Token);
        await HoldsAsync("1/f", Pattern(PartBytes, 2), "end"u8.ToArray());
    }

    [Fact]
    public async Task Parts_that_are_missing_or_have_another_etag_are_refused_and_the_upload_goes_on()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 3, Server, Token);
        var first = await PutAsync(upload, 1, Pattern(PartBytes));
        var third = await PutAsync(upload, 3, "end"u8.ToArray());
        var wrong = first with { PartNumber = 2 };
        foreach (var parts in new UploadedPart[][] { [], [third], [first, third], [first, wrong, third], [first, new(2, null, null)], [first, new(2, "../../x", null)] })
        {
            await RefusedAsync(ErrorCode.InvalidParameterValue, () => Store.CompleteUploadAsync(At("1/f"), upload.UploadId, parts, Token));
            Assert.Null(await ReadAsync("1/f"));
        }

        var second = await PutAsync(upload, 2, Pattern(PartBytes, 2));
        await Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [third, first, second], Token);
        await HoldsAsync("1/f", Pattern(PartBytes), Pattern(PartBytes, 2), "end"u8.ToArray());
    }

    [Fact]
    public async Task An_aborted_upload_leaves_nothing_and_aborting_again_is_harmless()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, Server, Token);
        var part = await PutAsync(upload, 1, "x"u8.ToArray());
        await Store.AbortUploadAsync(At("1/f"), upload.UploadId, Token);
        await Store.AbortUploadAsync(At("1/f"), upload.UploadId, Token);
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [part], Token));
        Assert.Null(await ReadAsync("1/f"));
        Assert.Empty(await NamesAsync(""));
    }

    [Fact]
    public async Task An_upload_is_completed_and_aborted_only_at_the_path_it_was_started_for()
    {
        var upload = await Store.CreateUploadAsync(At("1/f"), 1, Server, Token);
        var part = await PutAsync(upload, 1, "x"u8.ToArray());
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Store.CompleteUploadAsync(At("2/f"), upload.UploadId, [part], Token));
        await Store.AbortUploadAsync(At("2/f"), upload.UploadId, Token);
        await Store.CompleteUploadAsync(At("1/f"), upload.UploadId, [part], Token);
        Assert.Equal(("x", null), (await ReadAsync("1/f"), await ReadAsync("2/f")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("target")]
    [InlineData("../../x")]
    [InlineData("*")]
    [InlineData("00000000000000000000000000000000")]
    public async Task An_upload_that_does_not_exist_is_not_found(string uploadId)
    {
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Store.CompleteUploadAsync(At("1/f"), uploadId, [new(1, "x", null)], Token));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, () => Store.WritePartAsync(uploadId, 1, Stream.Null, Token));
        await Store.AbortUploadAsync(At("1/f"), uploadId, Token);
    }

    [Fact]
    public async Task Uploads_of_one_file_do_not_know_of_each_other()
    {
        var (one, other) = (await Store.CreateUploadAsync(At("1/f"), 1, Server, Token), await Store.CreateUploadAsync(At("1/f"), 1, Server, Token));
        Assert.NotEqual(one.UploadId, other.UploadId);
        var (partOfOne, partOfOther) = (await PutAsync(one, 1, "one"u8.ToArray()), await PutAsync(other, 1, "other"u8.ToArray()));
        await Store.CompleteUploadAsync(At("1/f"), other.UploadId, [partOfOther], Token);
        Assert.Equal("other", await ReadAsync("1/f"));
        await Store.CompleteUploadAsync(At("1/f"), one.UploadId, [partOfOne], Token);
        Assert.Equal("one", await ReadAsync("1/f"));
    }

    private async Task HoldsAsync(string path, params byte[][] parts) =>
        Assert.Equal(parts.SelectMany(part => part).ToArray(), await BytesAsync(path, default));

    /// <summary>Puts a part where its credential says.</summary>
    protected async Task<UploadedPart> PutAsync(MultipartUpload upload, int number, byte[] bytes)
    {
        var credential = upload.Credentials[number - 1];
        if (credential.Url == $"{Server}/{upload.UploadId}/{number}")
        {
            using var content = new MemoryStream(bytes);
            return new(number, await Store.WritePartAsync(upload.UploadId, number, content, Token), credential.Url);
        }

        using var request = new HttpRequestMessage(HttpMethod.Put, credential.Url) { Content = new ByteArrayContent(bytes) };
        foreach (var (name, value) in credential.Headers ?? new Dictionary<string, string>())
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request, Token);
        response.EnsureSuccessStatusCode();
        return new(number, response.Headers.ETag!.Tag, credential.Url);
    }
}
