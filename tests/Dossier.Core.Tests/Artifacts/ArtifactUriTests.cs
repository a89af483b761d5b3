using Dossier.Core.Artifacts;

namespace Dossier.Core.Tests.Artifacts;

public class ArtifactUriTests
{
    [Theory]
    [InlineData("mlflow-artifacts:/1/run/artifacts", "1/run/artifacts")]
    [InlineData("mlflow-artifacts:///1/a b", "1/a b")]
    public void Proxied_uris_are_served_from_the_store(string uri, string path) => Assert.Equal(path, ArtifactUri.TryServe(uri)?.Value);

    [Theory]
    [InlineData("s3://bucket/1")]
    [InlineData("mlflow-artifacts://other:5000/1")]
    [InlineData("/etc")]
    [InlineData(null)]
    public void Other_uris_are_not(string? uri) => Assert.Null(ArtifactUri.TryServe(uri));

    [Theory]
    [InlineData("mlflow-artifacts:/custom")]
    [InlineData("s3://bucket/path")]
    [InlineData("abfss://container@account.dfs.core.windows.net/path")]
    [InlineData("dbfs:/databricks/x")]
    public void An_experiment_may_lie_in_any_artifact_store(string location) => Assert.Equal(location, ArtifactUri.CheckLocation(location));

    [Theory]
    [InlineData("mlflow-artifacts:/../x")]
    [InlineData("mlflow-artifacts:/%2e%2e/x")]
    [InlineData("mlflow-artifacts:/%252e%252e/x")]
    [InlineData("mlflow-artifacts:/a%2f..%2fx")]
    [InlineData("mlflow-artifacts:/a\\..\\x")]
    [InlineData("mlflow-artifacts:/a%00")]
    [InlineData("s3://bucket/a?x=1")]
    [InlineData("s3://bucket/a#x")]
    [InlineData("ftp://me:secret@host/a")]
    [InlineData("file:///etc")]
    [InlineData("/etc")]
    [InlineData("relative")]
    [InlineData("C:/data")]
    [InlineData("javascript:/alert")]
    public void Locations_that_could_lead_elsewhere_are_refused(string location) =>
        Assert.Contains("'artifact_location'", Refused.AsInvalid(() => ArtifactUri.CheckLocation(location)), StringComparison.Ordinal);
}
