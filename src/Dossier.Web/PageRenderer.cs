using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dossier.Web;

/// <summary>Renders pages to text: once, with nothing kept.</summary>
public static class PageRenderer
{
    /// <summary>The page's HTML.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="view">The page.</param>
    /// <param name="model">What it shows.</param>
    /// <param name="frame">What every page knows.</param>
    public static async Task<string> RenderAsync<TModel>(PageView<TModel> view, TModel model, PageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(view);
        await using var renderer = new HtmlRenderer(NoServices.Instance, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(PageComponent<TModel>.Model)] = model,
                [nameof(PageComponent<TModel>.Frame)] = frame,
            });
            return (await renderer.RenderComponentAsync(view.Component, parameters)).ToHtmlString();
        });
    }

    // Components get all that they show by their model: they can't ask anything.
    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
