using System.Text.Json.Serialization;

namespace Dossier.Client;

/// <summary>POST <c>artifacts/credentials-for-read</c> (Databricks): asks for URLs to read files of a run from the cloud's store.</summary>
internal sealed record CredentialsForRead(string RunId, IReadOnlyList<string> Path);

/// <summary>Answer of <c>artifacts/credentials-for-read</c>.</summary>
internal sealed record CredentialsAnswer(IReadOnlyList<SignedUri>? CredentialInfos);

/// <summary>
/// A URL that needs no credentials, and the headers to send with it; also the answer of <c>model-versions/get-signed-download-uri</c>.
/// </summary>
internal sealed record SignedUri([property: JsonPropertyName("signed_uri")] string? Address, IReadOnlyList<SignedHeader>? Headers);

/// <summary>A header of a <see cref="SignedUri"/>.</summary>
internal sealed record SignedHeader(string? Name, string? Value);
