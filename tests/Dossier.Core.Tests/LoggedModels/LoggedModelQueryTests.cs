using Dossier.Core.LoggedModels;
using Dossier.Core.Search;
using Dossier.Protocol;

namespace Dossier.Core.Tests.LoggedModels;

public class LoggedModelQueryTests
{
    [Fact]
    public void Columns_are_objects_that_ascend_unless_said_otherwise()
    {
        var search = LoggedModelQuery.Read(new()
        {
            OrderBy = [new("metrics.acc", false, null, null), new("creation_time", null, null, null)],
        });
        Assert.Equal(
            [new OrderColumn(SearchEntity.Metric, "acc", true), new OrderColumn(SearchEntity.Attribute, "creation_timestamp", false)], search.Query.Order);
        Assert.Equal(50, search.Query.MaxResults);
        Assert.Empty(search.Datasets);
    }

    [Fact]
    public void A_columns_dataset_is_the_searchs_dataset()
    {
        var search = LoggedModelQuery.Read(new() { OrderBy = [new("metrics.acc", false, "test", "d")] });
        Assert.Equal([new DatasetRef("test", "d")], search.Datasets);
    }

    [Fact]
    public void Two_different_sets_of_datasets_are_refused()
    {
        var message = Refused.AsInvalid(() => LoggedModelQuery.Read(new()
        {
            Datasets = [new("train", null)], OrderBy = [new("metrics.acc", false, "test", null)],
        }));
        Assert.Contains("'order_by[0].dataset_name'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_name_the_field()
    {
        Assert.Contains("'order_by[0].field_name'", Refused.AsInvalid(() => LoggedModelQuery.Read(new() { OrderBy = [new(null, true, null, null)] })), StringComparison.Ordinal);
        Assert.Contains("'datasets[0].dataset_name'", Refused.AsInvalid(() => LoggedModelQuery.Read(new() { Datasets = [new(null, "d")] })), StringComparison.Ordinal);
        Assert.Contains("max_results", Refused.AsInvalid(() => LoggedModelQuery.Read(new() { MaxResults = 0 })), StringComparison.Ordinal);
    }
}
