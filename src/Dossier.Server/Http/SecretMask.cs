using Dossier.Core.Secrets;
using Dossier.Protocol;

namespace Dossier.Server.Http;

/// <summary>Replaces values that are probably secrets by e.g. <c>&lt;HUB_TOKEN&gt;</c>, in every message with params or tags, before anything else sees it.</summary>
internal static class SecretMask
{
    /// <summary>The message without secrets.</summary>
    public static TMessage Of<TMessage>(TMessage message)
        where TMessage : class => message is IKeyedValues<TMessage> values ? values.With(SecretNames.Hide) : message;
}
