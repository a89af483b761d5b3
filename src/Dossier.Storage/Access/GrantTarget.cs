using Dossier.Core.Access;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Access;

/// <summary>An object that grants are on, found for reading or changing them.</summary>
/// <param name="Object">The object.</param>
/// <param name="ObjectId">As answers name it, e.g. <c>/experiments/12</c>.</param>
/// <param name="Text">As people name it: an experiment's or model's name, a folder's path.</param>
/// <param name="Folder">The key of the folder that it inherits from, itself for a folder; null for what does not lie in folders.</param>
internal sealed record GrantTarget(GrantObject Object, string ObjectId, string Text, long? Folder)
{
    /// <summary>Finds the object by one statement, or none for what is there once; null if there is none.</summary>
    /// <exception cref="ArgumentException">The object has no grants of its own.</exception>
    public static ValueTask<GrantTarget?> FindAsync(SqlSession session, AccessObject target)
    {
        var (kind, rules) = (target.Kind, target.Kind.Grants ?? throw new ArgumentException($"{target.Text} has no grants of its own.", nameof(target)));
        if (kind.Table is null)
        {
            return new(new GrantTarget(new(kind, 0, target.Id), rules.ObjectId(target.Id), rules.Label, null));
        }

        return Levels.ValueOf(target) is { } name
            ? session.FirstAsync<GrantTarget?>(
                $"SELECT x.id, x.{rules.IdColumn}, x.{rules.Label}, {(rules.FolderColumn is { } folder ? $"x.{folder}" : "NULL")} FROM {kind.Table} x WHERE x.{kind.Column} = $1",
                row => Read(row, kind, rules), null, name)
            : default;
    }

    private static GrantTarget Read(SqlRow row, ObjectKind kind, GrantRules rules)
    {
        var (id, label) = (kind.Lookup == Lookup.Number ? FolderKey.Text(row.Integer(1)) : row.Text(1), row.Text(2));
        var found = rules.HasNamedEvents ? new GrantObject(kind, row.Integer(0), label, id) : new GrantObject(kind, row.Integer(0), id);
        return new(found, rules.ObjectId(id), label, row.IntegerOrNull(3));
    }
}
