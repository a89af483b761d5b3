using System.Text;
using Dossier.Storage.Sql;

namespace Dossier.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteDialect : Dialect
{
    public static SqliteDialect Instance { get; } = new();

    public override bool HasOneWriter => true;

    public override string Identity => "INTEGER PRIMARY KEY";

    public override string LastingIdentity => "INTEGER PRIMARY KEY AUTOINCREMENT";

    public override string Text => "TEXT";

    public override string Bytes => "BLOB";

    public override string ClusteredByKey => "WITHOUT ROWID";

    // The next key is the highest plus one anyway.
    public override string RestartIdentity(string table) => "SELECT 1";

    public override string ForUpdate(string select) => select;

    public override string ForUpdateOfFree(string select) => select;

    public override string ForShare(string select) => select;

    public override string In(string expression, int parameter) => $"{expression} IN (SELECT value FROM json_each(${parameter}))";

    // LIKE never minds the case of ASCII letters here; GLOB always does.
    public override string Like(string expression, int parameter, bool ignoreCase) =>
        $"{expression} {(ignoreCase ? "LIKE" : "GLOB")} ${parameter}";

    public override string Pattern(string pattern, bool ignoreCase)
    {
        if (ignoreCase)
        {
            return pattern;
        }

        var glob = new StringBuilder(pattern.Length + 8);
        foreach (var character in pattern)
        {
            _ = character switch
            {
                '%' => glob.Append('*'),
                '_' => glob.Append('?'),
                '*' or '?' or '[' => glob.Append('[').Append(character).Append(']'),
                _ => glob.Append(character),
            };
        }

        return glob.ToString();
    }
}
