using System.CommandLine;
using Dossier.Protocol;

namespace Dossier.CommandLine.Options;

/// <summary>The argument that names a model.</summary>
public static class ModelUriArgument
{
    /// <summary>A model on a server.</summary>
    public static Argument<ModelUri> Create() =>
        Create("models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME/latest, models:/NAME@ALIAS, models:/m-ID or runs:/RUN_ID/PATH");

    /// <summary>A model URI; what is none is told as a wrong command line.</summary>
    /// <param name="description">The kinds that the command takes.</param>
    public static Argument<ModelUri> Create(string description) => new("uri")
    {
        Description = description,
        CustomParser = static result =>
        {
            try
            {
                return ModelUri.Parse(result.Tokens[0].Value);
            }
            catch (ProtocolException refusal)
            {
                result.AddError(refusal.Message);
                return null;
            }
        },
    };
}
