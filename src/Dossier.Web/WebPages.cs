using Dossier.Web.Pages;

namespace Dossier.Web;

/// <summary>All pages: which component renders which model.</summary>
public static class WebPages
{
    /// <summary>What this server is, and how to use it.</summary>
    public static PageView<HomeModel> Home { get; } = new(static () => typeof(HomePage));

    /// <summary>The form to sign in with.</summary>
    public static PageView<LoginModel> Login { get; } = new(static () => typeof(LoginPage));

    /// <summary>An error.</summary>
    public static PageView<ErrorModel> Error { get; } = new(static () => typeof(ErrorPage));
}
