using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>An object that grants are on, found for reading or changing them.</summary>
/// <param name="Object">The object.</param>
/// <param name="ObjectId">As answers name it, e.g. <c>/experiments/12</c>.</param>
/// <param name="ObjectType">As answers name its type.</param>
/// <param name="Text">As people name it: an experiment's or model's name, a folder's path.</param>
/// <param name="Folder">The key of the folder that it inherits from, itself for a folder; null for what does not lie in folders.</param>
internal sealed record GrantTarget(GrantObject Object, string ObjectId, string ObjectType, string Text, long? Folder)
{
    /// <summary>How the registry root is named, as a source of inheritance too.</summary>
    public const string RegistryObjectId = "/registered-models/";

    private const string Experiments = "SELECT e.id, e.public_id, e.name, e.folder_id FROM experiments e WHERE ";
    private const string Directories = "SELECT f.id, f.public_id, f.path FROM folders f WHERE ";
    private const string Models = "SELECT m.id, m.public_id, m.name FROM registered_models m WHERE ";

    /// <summary>Finds the object by one statement, or none for what is there once; null if there is none.</summary>
    /// <exception cref="ArgumentException">The object has no grants of its own.</exception>
    public static ValueTask<GrantTarget?> FindAsync(SqlSession session, AccessObject target) => target switch
    {
        AccessObject.Experiment experiment => OneAsync(session, $"{Experiments}e.public_id = $1", Experiment, experiment.Id),
        AccessObject.ExperimentNamed experiment => OneAsync(session, $"{Experiments}e.name = $1", Experiment, experiment.Name),
        AccessObject.Folder folder => FolderKey.TryParse(folder.Id, out var id) ? OneAsync(session, $"{Directories}f.public_id = $1", Directory, id) : default,
        AccessObject.FolderOf folder => OneAsync(
            session, $"{Directories}f.id = (SELECT e.folder_id FROM experiments e WHERE e.public_id = $1)", Directory, folder.ExperimentId),
        AccessObject.Model model => OneAsync(session, $"{Models}m.name = $1", Model, model.Name),
        AccessObject.ModelWithId model => OneAsync(session, $"{Models}m.public_id = $1", Model, model.Id),
        AccessObject.Registry => new(new GrantTarget(new(Access.ObjectType.Registry, 0, "root"), RegistryObjectId, "registered-model", "registry root", null)),
        AccessObject.Tokens => Authorization(Access.ObjectType.Tokens, "tokens"),
        AccessObject.Passwords => Authorization(Access.ObjectType.Passwords, "passwords"),
        _ => throw new ArgumentException($"{target.Text} has no grants of its own.", nameof(target)),
    };

    private static ValueTask<GrantTarget?> OneAsync(SqlSession session, string sql, Func<SqlRow, GrantTarget> read, SqlValue name) =>
        session.FirstAsync<GrantTarget?>(sql, read, null, name);

    private static GrantTarget Experiment(SqlRow row) => new(
        new(Access.ObjectType.Experiment, row.Integer(0), row.Text(1)), $"/experiments/{row.Text(1)}", "mlflowExperiment", row.Text(2), row.Integer(3));

    private static GrantTarget Directory(SqlRow row) => new(
        new(Access.ObjectType.Directory, row.Integer(0), FolderKey.Text(row.Integer(1))), FolderKey.ObjectId(row.Integer(1)), "directory", row.Text(2), row.Integer(0));

    private static GrantTarget Model(SqlRow row) => new(
        new(Access.ObjectType.RegisteredModel, row.Integer(0), row.Text(2), row.Text(1)), $"/registered-models/{row.Text(1)}", "registered-model", row.Text(2), null);

    private static ValueTask<GrantTarget?> Authorization(ObjectType type, string name) =>
        new(new GrantTarget(new(type, 0, name), $"/authorization/{name}", name, $"authorization/{name}", null));
}
