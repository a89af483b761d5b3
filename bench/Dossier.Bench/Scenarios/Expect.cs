namespace Dossier.Bench.Scenarios;

/// <summary>Checks that what was acknowledged is there, so that a failure is never measured as speed.</summary>
public static class Expect
{
    /// <summary>Two values that must be equal.</summary>
    /// <param name="what">What is compared, for the message.</param>
    /// <param name="expected">The right value.</param>
    /// <param name="actual">The server's.</param>
    /// <exception cref="BenchException">They are not.</exception>
    public static void Equal<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new BenchException($"Wrong answer, so the figures would mean nothing: {what} should be {expected} and is {actual}.");
        }
    }
}
