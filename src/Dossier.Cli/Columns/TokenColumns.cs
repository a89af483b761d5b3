using Dossier.CommandLine.Output;
using Dossier.Protocol;

namespace Dossier.Cli.Columns;

/// <summary>The columns of personal access tokens.</summary>
internal static class TokenColumns
{
    /// <summary>All of them, the owner's last: only administrators see it.</summary>
    public static ColumnSet<TokenInfo> All { get; } = new(
        [
            new("token_id", token => token.TokenId, ColumnKind.Id),
            new("comment", token => token.Comment),
            Column<TokenInfo>.Time("creation_time", token => token.CreationTime),
            Column<TokenInfo>.Time("expiry_time", token => token.ExpiryTime < 0 ? null : token.ExpiryTime),
            Column<TokenInfo>.Time("last_accessed_time", token => token.LastAccessedTime),
            new("owner_name", token => token.OwnerName),
            new("created_by_username", token => token.CreatedByUsername),
        ],
        shownByDefault: 5,
        new Dictionary<string, Func<string, Column<TokenInfo>>>());
}
