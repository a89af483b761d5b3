namespace Dossier.Storage.Access;

/// <summary>The types of objects that have grants of their own. The numbers are stored, so they never change.</summary>
internal enum ObjectType
{
    Directory = 1,
    Experiment = 2,
    RegisteredModel = 3,
    Registry = 4,
    Tokens = 5,
    Passwords = 6,
}

/// <summary>The types as they stand in statements.</summary>
internal static class ObjectTypes
{
    public const string Directory = "1";
    public const string Experiment = "2";
    public const string RegisteredModel = "3";
    public const string Registry = "4";
}
