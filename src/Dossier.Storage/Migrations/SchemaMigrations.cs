using Dossier.Storage.Migrations.V0001;

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
    ];
}
