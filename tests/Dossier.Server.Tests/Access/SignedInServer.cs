using Dossier.Server.Tests.Support;

namespace Dossier.Server.Tests.Access;

/// <summary>One server that asks to sign in, for all tests of a class: each makes people and objects of its own.</summary>
public class SignedInServer : SharedServer
{
    protected override bool RequireSignIn => true;
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class SignedInPostgresServer : SignedInServer
{
    protected override Database Database => Database.Postgres;
}
