using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;

namespace Dossier.Web;

/// <summary>Which component renders a model.</summary>
/// <typeparam name="TModel">The model: a plain record.</typeparam>
/// <param name="component">Returns the component's type, a <see cref="PageComponent{TModel}"/>. Called when the first page is asked for, so that a server
/// that is only used through its API never loads what pages need.</param>
public sealed class PageView<TModel>(Func<Type> component)
{
    /// <summary>The component's type.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)]
    internal Type Component => component();
}

/// <summary>A page. Its markup puts its content into a <c>Shell</c>.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class PageComponent<TModel> : ComponentBase
{
    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;

    /// <summary>What every page knows.</summary>
    [Parameter, EditorRequired]
    public PageFrame Frame { get; set; } = null!;
}
