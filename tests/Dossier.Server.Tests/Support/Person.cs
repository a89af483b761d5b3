using System.Net.Http.Headers;
using Dossier.Core.Identity;

namespace Dossier.Server.Tests.Support;

/// <summary>A user or service principal, signed in with a token.</summary>
public sealed class Person(Uri server, Principal principal, string token) : Api(new()
{
    BaseAddress = server,
    DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
})
{
    public Principal Principal { get; } = principal;

    public long Id => Principal.Id;

    /// <summary>The user's name or the service principal's application id.</summary>
    public string Name => Principal.Name;

    public string Token { get; } = token;
}
