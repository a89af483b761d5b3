namespace Dossier.Storage.Sql;

/// <summary>Where the SQL of the two databases differs. All else is one text.</summary>
internal abstract class Dialect
{
    /// <summary>Whether one transaction writes at a time, so that keys that ascend are in the order of commits.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>The definition of a table's own integer key.</summary>
    public abstract string Identity { get; }

    /// <summary>As <see cref="Identity"/>, but the key of a deleted row is never reused: for keys that others remember.</summary>
    public abstract string LastingIdentity { get; }

    /// <summary>The type of texts, compared byte by byte.</summary>
    public abstract string Text { get; }

    /// <summary>The type of bytes.</summary>
    public abstract string Bytes { get; }

    /// <summary>Ends the definition of a table that is clustered by its primary key.</summary>
    public abstract string ClusteredByKey { get; }

    /// <summary>A statement after which a table with <see cref="Identity"/> goes on after its highest key: for rows inserted with a key of their own.</summary>
    public abstract string RestartIdentity(string table);

    /// <summary>A select whose rows no other transaction may change before this one ends; SQLite has one writer anyway.</summary>
    public abstract string ForUpdate(string select);

    /// <summary>As <see cref="ForUpdate"/>, without the rows that another transaction holds.</summary>
    public abstract string ForUpdateOfFree(string select);

    /// <summary>A select whose rows no other transaction may change, though others may hold them like this too.</summary>
    public abstract string ForShare(string select);

    /// <summary>Whether <paramref name="expression"/> is in the list that is parameter number <paramref name="parameter"/>.</summary>
    public abstract string In(string expression, int parameter);

    /// <summary>Whether a text is like the pattern that is parameter number <paramref name="parameter"/> and was made by <see cref="Pattern"/>.</summary>
    public abstract string Like(string expression, int parameter, bool ignoreCase);

    /// <summary>Translates a pattern in which <c>%</c> and <c>_</c> are wildcards and nothing escapes them.</summary>
    public abstract string Pattern(string pattern, bool ignoreCase);
}
