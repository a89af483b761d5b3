using CsCheck;
using Dossier.Core.Access;

namespace Dossier.Storage.Tests.Access;

/// <summary>An object of a world: its kind and its place there.</summary>
internal readonly record struct Thing(char Kind, int Place);

/// <summary>A grant of a world.</summary>
internal readonly record struct WorldGrant(Thing On, int Principal, PermissionLevel Level);

/// <summary>
/// Principals, folders, experiments, models and grants as they may come, with a naive reading of who may do what: the oracle of the property tests.
/// Principals are users first, then groups, and at the end everybody. Folders and groups point to those before them, so there are no circles.
/// </summary>
internal sealed class World
{
    public const int Users = 4;
    public const int Groups = 5;
    public const int Everybody = Users + Groups;

    private static readonly Dictionary<char, PermissionLevel[]> LevelsOf = new()
    {
        ['f'] = [PermissionLevel.CanRead, PermissionLevel.CanRun, PermissionLevel.CanEdit, PermissionLevel.CanManage],
        ['e'] = [PermissionLevel.CanRead, PermissionLevel.CanEdit, PermissionLevel.CanManage],
        ['m'] = [PermissionLevel.CanRead, PermissionLevel.CanEdit, PermissionLevel.CanManageStagingVersions, PermissionLevel.CanManageProductionVersions, PermissionLevel.CanManage],
        ['r'] = [PermissionLevel.CanCreateRegisteredModel, PermissionLevel.CanRead, PermissionLevel.CanManageStagingVersions, PermissionLevel.CanManage],
    };

    /// <summary>Any grant on what a world of this size has.</summary>
    public static readonly Gen<(int Kind, int Place, int Principal, int Level)> AnyGrant =
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 1000], Gen.Int[0, Everybody], Gen.Int[0, 1000]);

    public static readonly Gen<World> Any = Gen.Select(
        Gen.Select(Gen.Int[0, Everybody - 1], Gen.Int[Users, Everybody - 1]).Array[0, 10],
        Gen.Int[0, 1000].Array[1, 7],
        Gen.Int[0, 1000].Array[1, 8],
        Gen.Int[1, 4],
        AnyGrant.Array[0, 14],
        static (members, folders, experiments, models, grants) => new World(members, folders, experiments, models, grants));

    private World((int Member, int Group)[] members, int[] folders, int[] experiments, int models, (int Kind, int Place, int Principal, int Level)[] grants)
    {
        Members = [.. members.Where(one => one.Member < one.Group).Distinct()];
        Parents = [.. folders.Select((parent, place) => (parent % (place + 1)) - 1)];
        FolderOf = [.. experiments.Select(folder => folder % folders.Length)];
        Models = models;
        Grants = [.. grants.Select(Grant).GroupBy(grant => (grant.On, grant.Principal)).Select(same => same.First())];
    }

    public (int Member, int Group)[] Members { get; }

    /// <summary>The folder that each folder lies in; -1 for the root.</summary>
    public int[] Parents { get; }

    /// <summary>The folder that each experiment lies in.</summary>
    public int[] FolderOf { get; }

    public int Models { get; }

    public List<WorldGrant> Grants { get; }

    public IEnumerable<Thing> Experiments => Enumerable.Range(0, FolderOf.Length).Select(static place => new Thing('e', place));

    public IEnumerable<Thing> Things =>
    [
        .. Enumerable.Range(-1, Parents.Length + 1).Select(static place => new Thing('f', place)), .. Experiments,
        .. Enumerable.Range(0, Models).Select(static place => new Thing('m', place)), new Thing('r', 0),
    ];

    /// <summary>A grant of this world's, made of any numbers.</summary>
    public WorldGrant Grant((int Kind, int Place, int Principal, int Level) any)
    {
        var (kind, count) = any.Kind switch
        {
            < 3 => ('f', Parents.Length + 1),
            < 5 => ('e', FolderOf.Length),
            < 7 => ('m', Models),
            _ => ('r', 1),
        };
        var levels = LevelsOf[kind];
        return new(new(kind, kind == 'f' ? (any.Place % count) - 1 : any.Place % count), any.Principal, levels[any.Level % levels.Length]);
    }

    public string Path(int folder) => folder < 0 ? "" : $"{Path(Parents[folder])}/f{folder}";

    /// <summary>What a user has on a thing, by looking at every grant.</summary>
    public PermissionLevel Level(int user, Thing thing) => Grants
        .Where(grant => PrincipalsOf(user).Contains(grant.Principal))
        .Select(grant => Counts(grant, thing)).DefaultIfEmpty(PermissionLevel.NoPermissions).Max();

    public bool MayRead(int user, Thing thing) => Level(user, thing) >= PermissionLevel.CanRead;

    public override string ToString() =>
        $"members {string.Join(' ', Members)}; parents {string.Join(' ', Parents)}; experiments in {string.Join(' ', FolderOf)}; {Models} models; grants {string.Join(' ', Grants)}";

    private HashSet<int> PrincipalsOf(int user)
    {
        HashSet<int> all = [user, Everybody];
        foreach (var (_, group) in Members.OrderBy(one => one.Group).Where(one => all.Contains(one.Member)))
        {
            all.Add(group);
        }

        return all;
    }

    private PermissionLevel Counts(WorldGrant grant, Thing thing) => (grant.On.Kind, thing.Kind) switch
    {
        _ when grant.On == thing => grant.Level,
        ('f', 'f') when thing.Place >= 0 && IsAbove(grant.On.Place, Parents[thing.Place]) => grant.Level,
        ('f', 'e') when IsAbove(grant.On.Place, FolderOf[thing.Place]) => grant.Level == PermissionLevel.CanRun ? PermissionLevel.CanEdit : grant.Level,
        ('r', 'm') when grant.Level >= PermissionLevel.CanRead => grant.Level,
        _ => PermissionLevel.NoPermissions,
    };

    private bool IsAbove(int folder, int inner) => folder == inner || (inner >= 0 && IsAbove(folder, Parents[inner]));
}
