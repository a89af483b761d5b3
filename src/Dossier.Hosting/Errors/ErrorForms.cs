using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Dossier.Hosting.Errors;

/// <summary>Which form the error of a request has: its route's, else that of the group whose path it is below, else the server's.</summary>
/// <param name="otherwise">The server's.</param>
public sealed class ErrorForms(ErrorForm otherwise)
{
    private readonly List<(TemplateMatcher Path, ErrorForm Form)> _groups = [];

    /// <summary>The form for a request; a path below a group need not be one of its routes.</summary>
    public ErrorForm Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return (http.GetEndpoint()?.Metadata.GetMetadata<ErrorForm>() ?? OfPath(http.Request.Path)).For(http);
    }

    internal void Add(string prefix, ErrorForm form)
    {
        _groups.Add((new(TemplateParser.Parse(prefix.TrimStart('/') + "/{**rest}"), []), form));

        // An inner group goes before the one that it lies in.
        _groups.Sort(static (one, other) => other.Path.Template.Segments.Count.CompareTo(one.Path.Template.Segments.Count));
    }

    private ErrorForm OfPath(PathString path)
    {
        foreach (var (group, form) in _groups)
        {
            if (group.TryMatch(path, []))
            {
                return form;
            }
        }

        return otherwise;
    }
}

/// <summary>Declares error forms while routes are mapped.</summary>
public static class ErrorFormRouting
{
    /// <summary>A group of routes whose errors, and those of any other path below the prefix, have a form of their own.</summary>
    /// <param name="routes">Where the group goes: the application itself.</param>
    /// <param name="prefix">The path that the group's routes begin with; may have parameters.</param>
    /// <param name="form">The form.</param>
    public static RouteGroupBuilder MapGroup(this IEndpointRouteBuilder routes, string prefix, ErrorForm form)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(form);
        routes.ServiceProvider.GetRequiredService<ErrorForms>().Add(prefix, form);
        return routes.MapGroup(prefix).WithMetadata(form);
    }
}
