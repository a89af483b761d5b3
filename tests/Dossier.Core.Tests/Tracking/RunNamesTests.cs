using Dossier.Core.Tracking;

namespace Dossier.Core.Tests.Tracking;

public class RunNamesTests
{
    [Fact]
    public void A_random_name_is_an_adjective_a_noun_and_a_number()
    {
        var names = Enumerable.Range(0, 100).Select(_ => RunNames.Next()).ToList();
        Assert.All(names, name => Assert.Matches("^[a-z]+-[a-z]+-[0-9]{1,3}$", name));
        Assert.True(names.Distinct().Count() > 90);
    }
}
