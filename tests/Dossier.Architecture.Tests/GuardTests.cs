using System.Reflection;
using Dossier.Core.Access;

namespace Dossier.Architecture.Tests;

/// <summary>Holds that there is one way to the record: through a guard of the domain.</summary>
public sealed class GuardTests
{
    // The methods of services that take no granted message, and why they need none.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["AccessService.LevelAsync"] = "is the check itself",
        ["AccessService.RequireAsync"] = "is the check itself",
        ["AdministratorService.AddAsync"] = "is for whoever can reach the database itself",
        ["AdministratorService.AnyAsync"] = "is for whoever can reach the database itself",
        ["AdministratorService.CreateAsync"] = "is for whoever can reach the database itself",
        ["AdministratorService.CreateTokenAsync"] = "is for whoever can reach the database itself",
        ["ArtifactService.WritePartAsync"] = "takes the unguessable id of an upload that a guard let begin",
        ["ClientCredentials.IssueAsync"] = "signs in: nobody is known yet",
        ["ModelSourceResolver.ResolveAsync"] = "checks what a source names, which no message says",
        ["PasswordService.ChangeOneTimeAsync"] = "asks for the current password itself: nobody is signed in yet",
        ["PasswordSignIn.FindAsync"] = "signs in: nobody is known yet",
        ["ProviderUsers.SignInAsync"] = "signs in: nobody is known yet",
        ["Remembered`2.Add"] = "reads nothing but the version of permissions",
        ["Remembered`2.TryGet"] = "reads nothing but the version of permissions",
        ["ServedFile.InfoAsync"] = "is what a guarded method returns",
        ["ServedFile.OpenAsync"] = "is what a guarded method returns",
        ["SessionService.BeginAsync"] = "signs in: nobody is known yet",
        ["SessionService.EndAsync"] = "ends the session whose secret value the caller holds",
        ["SessionService.FindAsync"] = "signs in: nobody is known yet",
        ["TokenService.DeleteEndedAsync"] = "is the server's own work in the background",
        ["TokenSignIn.FindAsync"] = "signs in: nobody is known yet",
        ["TokenSignIn.NoteUsesAsync"] = "is the server's own work in the background",
        ["WebhookDelivering.TurnAsync"] = "is the server's own work in the background",
        ["WebhookGate.ManagedAsync"] = "is the check itself, for webhooks",
        ["WebhookGate.MayTellAsync"] = "is the check itself, for webhooks",
        ["WebhookGate.RequireAsync"] = "is the check itself, for webhooks",
    };

    private static readonly Type[] Core = typeof(AccessService).Assembly.GetTypes();

    private static readonly PropertyInfo[] AllGuards =
    [
        .. Core.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(property => Is(property.PropertyType, typeof(Guard<>))),
    ];

    [Fact]
    public void No_service_reads_or_changes_the_record_without_a_message_that_a_guard_let_pass()
    {
        var open = Methods().Where(method => !Is(method.GetParameters().FirstOrDefault()?.ParameterType, typeof(Granted<>))).Select(NameOf).Distinct().Order().ToList();
        Assert.Equal(Exceptions.Keys.Order(), open);
    }

    [Fact]
    public void Only_the_domain_makes_guards_and_only_guards_let_messages_pass()
    {
        Assert.Empty(typeof(Guard<>).GetConstructors());
        Assert.Empty(typeof(Granted<>).GetConstructors());
        var makers = Core.Where(type => type.IsPublic).SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && (Is(method.ReturnType, typeof(Guard<>)) || Makes(method.ReturnType, typeof(Granted<>))));
        Assert.Equal(["Guard`1.PassAsync"], makers.Select(NameOf));
    }

    [Fact]
    public void A_message_that_one_guard_let_pass_is_good_for_nothing_that_needs_more()
    {
        var needs = AllGuards.GroupBy(property => ((IGuard)property.GetValue(null)!).Message).Select(guards => (
            Message: guards.Key.Name, Needs: guards.Select(property => string.Join("; ", ((IGuard)property.GetValue(null)!).Needs.Select(need => need.Text))).Distinct().Count()));
        Assert.All(needs, message => Assert.Equal((message.Message, 1), message));
    }

    [Fact]
    public void Every_message_that_a_service_takes_has_a_guard_beside_it()
    {
        var guarded = AllGuards.Select(property => (property.DeclaringType, ((IGuard)property.GetValue(null)!).Message)).ToHashSet();
        var taken = Methods().Where(method => Is(method.GetParameters().FirstOrDefault()?.ParameterType, typeof(Granted<>)))
            .Select(method => (method.DeclaringType, method.GetParameters()[0].ParameterType.GetGenericArguments()[0])).Distinct().ToList();
        Assert.NotEmpty(taken);
        Assert.DoesNotContain(taken, one => !guarded.Contains(one));
    }

    // Services are what is made of ports: of interfaces that stores and the network fulfil.
    private static IEnumerable<MethodInfo> Methods() => Core
        .Where(type => type is { IsPublic: true, IsClass: true } && HasPort(type, []))
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && !method.IsVirtual);

    // Directly, or through another service that it is made of.
    private static bool HasPort(Type type, HashSet<Type> seen) => seen.Add(type)
        && type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).SelectMany(maker => maker.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Any(part => part.Assembly == type.Assembly && (part.IsInterface ? part.Name.EndsWith("Store", StringComparison.Ordinal) : part.IsClass && HasPort(part, seen)));

    private static bool Is(Type? type, Type generic) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == generic;

    private static bool Makes(Type type, Type generic) => Is(type, generic) || (type.IsGenericType && type.GetGenericArguments().Any(argument => Makes(argument, generic)));

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
