using System.Runtime.CompilerServices;
using Dossier.Protocol;

namespace Dossier.Client;

/// <summary>Walks through the pages of a search, fetching each when its first item is wanted.</summary>
internal static class Paging
{
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<(IReadOnlyList<T>? Items, string? NextPageToken)>> page,
        string? firstPageToken,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var token = firstPageToken;
        do
        {
            var (items, next) = await page(token, cancellationToken);
            foreach (var item in items ?? [])
            {
                yield return item;
            }

            if (next is { Length: > 0 } && next == token)
            {
                throw new ProtocolException(ErrorCode.InternalError, "The server returned the same page token twice, so the search would never end.");
            }

            token = next;
        }
        while (token is { Length: > 0 });
    }
}
