using System.CommandLine;
using Dossier.Protocol;

namespace Dossier.CommandLine.Options;

/// <summary>The argument that names a model. A URI of another kind than the command takes is a usage error.</summary>
public static class ModelUriArgument
{
    private const string Versions = "models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest";

    /// <summary>Any model URI, data documents too.</summary>
    /// <param name="description">The kinds of URI that the command takes.</param>
    public static Argument<ModelUri> Create(string description) => Create(description, static _ => null);

    /// <summary>A model on a server.</summary>
    public static Argument<ModelUri> OfModel() => Create(
        Versions + ", models:/NAME@ALIAS, models:/m-ID or runs:/RUN_ID/PATH",
        static uri => uri is ModelUri.OfData ? "is a data document, not a model on a server: use models:/NAME/VERSION or runs:/RUN_ID/PATH" : null);

    /// <summary>A version of a registered model.</summary>
    public static Argument<ModelUri> OfVersion() => Create(
        Versions + " or models:/NAME@ALIAS",
        static uri => uri is ModelUri.OfVersion or ModelUri.OfStage or ModelUri.OfLatest or ModelUri.OfAlias
            ? null
            : $"does not name a version of a registered model: use {Versions} or models:/NAME@ALIAS");

    private static Argument<ModelUri> Create(string description, Func<ModelUri, string?> fault) => new("uri")
    {
        Description = description,
        CustomParser = result =>
        {
            try
            {
                var uri = ModelUri.Parse(result.Tokens[0].Value);
                if (fault(uri) is { } why)
                {
                    result.AddError($"'{uri.Text}' {why}.");
                }

                return uri;
            }
            catch (ProtocolException refusal)
            {
                result.AddError(refusal.Message);
                return null;
            }
        },
    };
}
