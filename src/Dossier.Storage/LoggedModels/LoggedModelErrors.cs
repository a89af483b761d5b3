using Dossier.Core.Access;
using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Storage.LoggedModels;

/// <summary>What the store of logged models says when something isn't there or can't be changed.</summary>
internal static class LoggedModelErrors
{
    public static ProtocolException NoModel(string modelId) => ObjectKinds.LoggedModel.Of(modelId).Missing();

    public static ProtocolException NoTag(string modelId, string key) =>
        ProtocolException.NotFound($"No tag with key '{key}' found for model with ID '{modelId}'.");

    public static ProtocolException ParamChanged(string modelId, string key, string before, string after) => ProtocolException.Invalid(
        $"Changing param values is not allowed. Param with key='{key}' was already logged with value='{Shown(key, before)}' for model ID='{modelId}'. "
        + $"Attempted logging new value '{Shown(key, after)}'.");

    private static string Shown(string key, string value) => Redaction.Of(SecretNames.Hide(key, value)!);
}
