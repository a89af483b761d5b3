using CsCheck;

namespace Dossier.Client.Tests.Artifacts;

public sealed class LocalNameTests
{
    private static readonly string[] Parts = ["..", ".", "", "a", "b c", "ü", "..a", "a..", "\\", "C:", "~", "\0"];

    private static readonly Gen<string> Paths = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Parts.Length - 1].Array[1, 6].Select(chosen => string.Join('/', chosen.Select(i => Parts[i]))));

    [Fact]
    public void Whatever_a_path_holds_its_file_is_inside_of_the_folder_or_refused() => Paths.Sample(path =>
    {
        const string Folder = "/srv/downloads";
        try
        {
            var local = ArtifactNames.Local(Folder, path);
            return local.StartsWith(Folder + "/", StringComparison.Ordinal) && local == Path.GetFullPath(local) && local == Folder + "/" + path;
        }
        catch (ProtocolException e)
        {
            return e.ErrorCode == ErrorCode.InvalidParameterValue;
        }
    });

    [Fact]
    public void Encoded_paths_decode_to_what_they_were() => Paths.Sample(path =>
    {
        try
        {
            var route = new Uri(new Uri("http://host/"), "artifacts/" + ArtifactNames.Encode(path));
            return Uri.UnescapeDataString(route.AbsolutePath) == "/artifacts/" + path;
        }
        catch (ProtocolException)
        {
            return true;
        }
    });
}
