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
