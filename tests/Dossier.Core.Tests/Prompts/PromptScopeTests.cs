using Dossier.Core.Prompts;
using Dossier.Core.Search;
using Dossier.Core.Tests.Search;

namespace Dossier.Core.Tests.Prompts;

public sealed class PromptScopeTests
{
    [Theory]
    [InlineData("", PromptScope.Hide)]
    [InlineData("name = 'x'", PromptScope.Hide, "attributes|name|Equal|x||")]
    [InlineData("tags.`mlflow.prompt.is_prompt` != 'true'", PromptScope.Hide)]
    [InlineData("name = 'x' AND tags.`mlflow.prompt.is_prompt` != 'true'", PromptScope.Hide, "attributes|name|Equal|x||")]
    [InlineData("tags.mlflow.prompt.is_prompt = 'true' AND tags.a != 'true'", PromptScope.Only, "tags|a|NotEqual|true||")]
    [InlineData("tags.`mlflow.prompt.is_prompt` = 'false'", PromptScope.All, "tags|mlflow.prompt.is_prompt|Equal|false||")]
    [InlineData("tags.`mlflow.prompt.is_prompt` IS NULL", PromptScope.All, "tags|mlflow.prompt.is_prompt|IsNull|||")]
    [InlineData(
        "tags.`mlflow.prompt.is_prompt` = 'true' AND tags.`mlflow.prompt.is_prompt` != 'true'",
        PromptScope.Hide,
        "tags|mlflow.prompt.is_prompt|Equal|true||")]
    public void A_filter_says_whether_it_looks_for_prompts(string filter, PromptScope scope, params string[] rest)
    {
        var (query, found) = PromptScopes.Of(SearchSchema.RegisteredModels.Query(filter, null, 10, null));
        Assert.Equal(scope, found);
        Assert.Equal(rest, query.Clauses.Select(FilterText.Show));
    }
}
