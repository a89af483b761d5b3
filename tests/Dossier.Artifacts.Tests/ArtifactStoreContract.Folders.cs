namespace Dossier.Artifacts.Tests;

public abstract partial class ArtifactStoreContract
{
    [Fact]
    public async Task A_folder_lists_its_children_by_path_with_sizes_of_files_only()
    {
        await WriteAsync("1/b.txt", "12345");
        await WriteAsync("1/a/deep/file", "1");
        await WriteAsync("1/B.txt", "");
        var page = await Store.ListAsync(At("1"), 1000, null, Token);
        Assert.Equal([("B.txt", false, 0L), ("a", true, null), ("b.txt", false, 5L)], page.Files.Select(file => (file.Path, file.IsDir, file.FileSize)));
        Assert.Null(page.NextPageToken);
        Assert.Equal(["1/"], await NamesAsync(""));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("1/file")]
    [InlineData("1/fi")]
    public async Task A_listing_of_what_is_not_a_folder_is_empty(string path)
    {
        await WriteAsync("1/file", "x");
        Assert.Empty(await NamesAsync(path));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task Pages_hold_each_child_once(int maxResults)
    {
        // Characters before and after the slash, where folders and files of the same beginning sort differently.
        string[] names = ["a", "a!", "a-b", "a.b", "a0", "aa", "A", "ä", "日", "z"];
        foreach (var name in names)
        {
            await WriteAsync($"1/{name}.file", "x");
            await WriteAsync($"1/{name}/x", "x");
            await WriteAsync($"1/{name}/y/z", "x");
        }

        var expected = names.SelectMany(name => new[] { $"{name}.file", $"{name}/" }).Order(StringComparer.Ordinal);
        Assert.Equal(expected, (await NamesAsync("1", maxResults)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pages_go_on_when_files_come_and_go_meanwhile()
    {
        foreach (var i in Enumerable.Range(0, 20))
        {
            await WriteAsync($"1/{i:00}", "x");
        }

        var listed = new List<string>();
        string? next = null;
        for (var i = 0; i == 0 || next is not null; i++)
        {
            var page = await Store.ListAsync(At("1"), 3, next, Token);
            listed.AddRange(page.Files.Select(file => file.Path));
            next = page.NextPageToken;
            await DeleteAsync($"1/{listed[^1]}");
            await WriteAsync($"1/{i:00}-new", "x");
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i:00}"), listed.Where(name => name.Length == 2));
        Assert.Equal(listed.Distinct(), listed);
    }

    [Theory]
    [InlineData("1/a", "1/ab/file,1/a.txt,2/file")]
    [InlineData("1/a/b", "1/a/file,1/ab/file,1/a.txt,2/file")]
    [InlineData("1/a/file", "1/a/b/c/file,1/a/b/file,1/ab/file,1/a.txt,2/file")]
    [InlineData("1", "2/file")]
    public async Task Deleting_deletes_what_is_named_and_all_below_and_nothing_else(string path, string left)
    {
        string[] files = ["1/a/b/c/file", "1/a/b/file", "1/a/file", "1/ab/file", "1/a.txt", "2/file"];
        foreach (var file in files)
        {
            await WriteAsync(file, file);
        }

        Assert.True(await DeleteAsync(path));
        var expected = left.Split(',');
        foreach (var file in files)
        {
            Assert.Equal(expected.Contains(file) ? file : null, await ReadAsync(file));
        }

        Assert.False(await DeleteAsync(path));
        Assert.DoesNotContain(path[(path.LastIndexOf('/') + 1)..] + "/", await NamesAsync(path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : ""));
    }

    [Fact]
    public async Task A_large_folder_is_deleted_whole()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async part =>
        {
            foreach (var i in Enumerable.Range(0, 100))
            {
                await WriteAsync($"1/big/{part}/{i}", "x");
            }
        }));
        Assert.True(await DeleteAsync("1/big"));
        Assert.Empty(await NamesAsync("1/big"));
        Assert.Null(await ReadAsync("1/big/3/99"));
    }

    [Fact]
    public async Task What_is_deleted_may_be_written_again()
    {
        await WriteAsync("1/a/file", "x");
        await DeleteAsync("1/a");
        await WriteAsync("1/a", "now a file");
        Assert.Equal("now a file", await ReadAsync("1/a"));
    }

    [Fact]
    public async Task A_folder_is_deleted_while_it_is_written()
    {
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            foreach (var i in Enumerable.Range(0, 60))
            {
                await WriteAsync($"1/tree/{writer}/{i % 7}/{i}", "x");
            }
        }, Token));
        var deleting = Task.Run(async () =>
        {
            foreach (var _ in Enumerable.Range(0, 60))
            {
                await Store.DeleteAsync(At("1/tree"), Token);
            }
        }, Token);
        await Task.WhenAll([.. writers, deleting]);

        await WriteAsync("1/tree/last", "x");
        Assert.True(await DeleteAsync("1/tree"));
        Assert.Empty(await NamesAsync("1/tree"));
        await WriteAsync("1/tree/after", "stays");
        Assert.Equal(["after"], await NamesAsync("1/tree"));
    }
}
