using Dossier.Protocol;

namespace Dossier.Storage.Registry;

/// <summary>The registry's errors for objects that do not exist or exist already.</summary>
internal static class RegistryErrors
{
    public static ProtocolException NoModel(string name) => ProtocolException.NotFound($"Registered Model with name={name} not found");

    public static ProtocolException NoVersion(string name, long version) =>
        ProtocolException.NotFound($"Model Version (name={name}, version={version}) not found");

    public static ProtocolException NameTaken(string name) => ProtocolException.AlreadyExists($"Registered Model (name={name}) already exists.");
}
