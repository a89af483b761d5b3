using Dossier.Protocol.Json;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>A run's tags, grouped by their origin: each goes to the first group whose prefix it has.</summary>
internal static class TagGroups
{
    private static readonly (string Prefix, string Title, bool ShowEmpty)[] Groups =
    [
        ("mlflow.databricks.gitRepo", "Git Repo Tags", false),
        ("mlflow.databricks.notebook", "Notebook Tags", false),
        ("mlflow.databricks.cluster", "Cluster Tags", false),
        ("mlflow.databricks.w", "Workspace Tags", false),
        ("mlflow.source.", "Source Tags", false),
        ("mlflow.databricks.job", "Job Tags", false),
        ("mlflow", "Other System Tags", true),
        ("", "User Tags", true),
    ];

    public static void Lay(ClassicBody to, RecordObject tags)
    {
        to.Heading(2, "Tags");
        var byGroup = tags.ToLookup(tag => Array.FindIndex(Groups, group => tag.Key.StartsWith(group.Prefix, StringComparison.Ordinal)));
        foreach (var (index, group) in Groups.Index())
        {
            var members = new RecordObject(byGroup[index]);
            if (members.Count > 0 || group.ShowEmpty)
            {
                to.KeyValues(3, group.Title, members, "Key");
            }
        }
    }
}
