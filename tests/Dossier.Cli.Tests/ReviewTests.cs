using System.Text.Json;
using Dossier.Client;
using Dossier.Testing;

namespace Dossier.Cli.Tests;

public sealed class ReviewTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private RunningProgram? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningProgram.StartAsync(
            "Ctrl-C stops", [], "server", "--port", "0", "--backend-store", $"sqlite:///{_folder.Combine("dossier.db")}", "--artifact-root", _folder.Combine("artifacts"));
        using var client = new DossierClient(new(new Uri(_server.Url)));
        await client.RegisteredModels.CreateAsync(new() { Name = "pcb" });
        await client.ModelVersions.CreateAsync(new() { Name = "pcb", Source = "s3://bucket/model" });
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_move_is_asked_for_and_let_through_from_the_command_line()
    {
        Assert.Equal(
            "Requested: None → Production.\n",
            (await RunAsync("requests", "create", "models:/pcb/latest", "--stage", "production", "--comment", "F1 is 0.97")).Good().Output);
        var list = (await RunAsync("requests", "list", "models:/pcb/1")).Good().Output.Split('\n');
        Assert.Matches("^CREATION TIMESTAMP +USER ID +FROM STAGE +TO STAGE +COMMENT +AVAILABLE ACTIONS$", list[0]);
        Assert.Matches("^.* local +None +Production +F1 is 0.97 +cancel, approve, reject$", list[1]);

        var refused = (await RunAsync("requests", "approve", "models:/pcb/1", "--stage", "Staging")).Failed(1);
        Assert.Contains("No open request to move version 1", refused.Errors, StringComparison.Ordinal);
        var approved = (await RunAsync("requests", "approve", "models:/pcb/1", "--stage", "Production", "--archive-existing", "-f", "json")).Good().Output;
        Assert.Equal("APPROVED_REQUEST", JsonElement.Parse(approved).GetProperty("activity_type").GetString());
        Assert.Equal("No open requests found.\n", (await RunAsync("requests", "list", "models:/pcb/Production")).Good().Errors);

        await RunAsync("requests", "create", "models:/pcb/1", "--stage", "Archived");
        Assert.Equal("Rejected: Production → Archived.\n", (await RunAsync("requests", "reject", "models:/pcb/1", "-s", "Archived", "-m", "no")).Good().Output);
        await RunAsync("requests", "create", "models:/pcb/1", "--stage", "Archived");
        Assert.Equal("Cancelled: Production → Archived.\n", (await RunAsync("requests", "cancel", "models:/pcb/1", "--stage", "Archived")).Good().Output);

        var history = (await RunAsync("activities", "models:/pcb/1", "--format", "csv")).Good().Output.Split("\r\n");
        Assert.Equal("creation_timestamp,user_id,activity_type,from_stage,to_stage,comment,system_comment", history[0]);
        Assert.EndsWith(",local,REJECTED_REQUEST,Production,Archived,no,Requested by local.", history[3], StringComparison.Ordinal);
        var narrow = (await RunAsync("activities", "models:/pcb/1", "-n", "2")).Good();
        Assert.Equal(4, narrow.Output.Split('\n').Length);
        Assert.Contains("Only the first 2 activities are shown", narrow.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_are_added_changed_listed_and_deleted_from_the_command_line()
    {
        var added = (await RunAsync("comments", "add", "models:/pcb/1", "ran for a week")).Good().Output;
        var id = added.Split(' ')[^1].TrimEnd('\n', '.');
        (await RunAsync("comments", "update", id, "ran for a month")).Good();
        var comments = JsonElement.Parse((await RunAsync("comments", "list", "models:/pcb/1", "--format", "json")).Good().Output);
        Assert.Equal([$"{id} ran for a month"], comments.EnumerateArray().Select(one => $"{one.GetProperty("id")} {one.GetProperty("comment")}"));
        Assert.Equal($"Deleted comment {id}.\n", (await RunAsync("comments", "delete", id)).Good().Output);
        Assert.Contains("not found", (await RunAsync("comments", "delete", id)).Failed(1).Errors, StringComparison.Ordinal);
        Assert.Equal("No comments found.\n", (await RunAsync("comments", "list", "models:/pcb/1")).Good().Errors);
    }

    [Fact]
    public async Task An_operator_names_the_aliases_that_are_protected()
    {
        using var folder = new TemporaryFolder();
        var wrong = (await Cli.RunAsync("server", "--port", "0", "--backend-store", $"sqlite:///{folder.Combine("d.db")}", "--protected-alias", "latest")).Failed(1);
        Assert.Contains("protected aliases: 'latest' alias name (case insensitive) is reserved.", wrong.Errors, StringComparison.Ordinal);
        await using var server = await RunningProgram.StartAsync(
            "Ctrl-C stops", [], "server", "--port", "0", "--backend-store", $"sqlite:///{folder.Combine("d.db")}", "--artifact-root", folder.Combine("a"), "--protected-alias", "");
    }

    private Task<Ended> RunAsync(params string[] arguments) => Cli.RunAsync([("MLFLOW_TRACKING_URI", _server!.Url)], arguments);
}
