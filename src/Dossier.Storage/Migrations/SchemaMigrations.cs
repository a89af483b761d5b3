using Dossier.Storage.Migrations.V0001;
using Dossier.Storage.Migrations.V0002;

namespace Dossier.Storage.Migrations;

/// <summary>The migrations of this program, in order. One that was released is never changed: the next one is added.</summary>
internal static class SchemaMigrations
{
    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "the first schema", static async (session, context) =>
        {
            await EventTables.CreateAsync(session);
            await TrackingTables.CreateAsync(session, context);
            await RegistryTables.CreateAsync(session);
            await LoggedModelTables.CreateAsync(session);
        }),
        new(2, "who may: identities, grants, review, audit", static async (session, context) =>
        {
            await AuditTables.CreateAsync(session);
            await IdentityTables.CreateAsync(session, context);
            await AccessTables.CreateAsync(session, context);
            await CredentialTables.CreateAsync(session);
            await ReviewTables.CreateAsync(session);
            await WebhookTables.CreateAsync(session);
            await AccessBackfill.RunAsync(session, context);
        }),
    ];
}
