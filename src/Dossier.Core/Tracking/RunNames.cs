using System.Security.Cryptography;

namespace Dossier.Core.Tracking;

/// <summary>Random readable names for runs and logged models without one: adjective-noun-number.</summary>
internal static class RunNames
{
    private static readonly string[] Adjectives =
    [
        "able", "amber", "ample", "bold", "brave", "brief", "bright", "brisk", "calm", "candid", "careful", "cheerful", "clean", "clear",
        "clever", "crisp", "curious", "deft", "eager", "early", "earnest", "fair", "fleet", "fond", "frank", "fresh", "gentle", "glad",
        "golden", "grand", "hardy", "honest", "humble", "jolly", "keen", "kind", "lively", "loyal", "lucid", "mellow", "merry", "mild",
        "modest", "neat", "nimble", "noble", "patient", "placid", "plucky", "polite", "proud", "quick", "quiet", "rapid", "ready",
        "robust", "serene", "sharp", "silver", "smooth", "sober", "spry", "steady", "still", "sunny", "swift", "tidy", "vivid", "warm", "wise",
    ];

    private static readonly string[] Nouns =
    [
        "alder", "antelope", "aspen", "badger", "beech", "birch", "bison", "brook", "cedar", "cliff", "condor", "coral", "crane", "cove",
        "delta", "dove", "dune", "eagle", "elk", "elm", "falcon", "fern", "finch", "fjord", "fox", "gecko", "glade", "goose", "grove",
        "gull", "harbor", "hare", "hawk", "hazel", "heron", "hill", "ibex", "island", "jay", "koala", "lagoon", "lark", "lemur", "lily",
        "lynx", "maple", "marten", "meadow", "moose", "newt", "oak", "orca", "otter", "owl", "panda", "pine", "plover", "puffin", "quail",
        "raven", "reef", "ridge", "river", "robin", "seal", "sparrow", "spruce", "stork", "swan", "tapir", "tern", "trout", "valley", "wren",
    ];

    /// <summary>A fresh name, e.g. <c>brisk-heron-417</c>. Names need not be unique.</summary>
    public static string Next() =>
        $"{Adjectives[RandomNumberGenerator.GetInt32(Adjectives.Length)]}-{Nouns[RandomNumberGenerator.GetInt32(Nouns.Length)]}-{RandomNumberGenerator.GetInt32(1000)}";
}
