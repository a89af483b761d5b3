using System.Net;
using Dossier.Core.Access;
using Dossier.Core.Identity;
using Dossier.Protocol;
using Dossier.Storage.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dossier.Storage.Tests.Services;

public abstract class PasswordTests(StoreFixture fixture) : EmptyStoreTests(fixture)
{
    private const string Right = "correct horse";
    private readonly CountingHasher _hasher = new(1000);

    [Fact]
    public async Task The_right_password_signs_in_whatever_the_case_of_the_name_and_a_wrong_one_does_not()
    {
        var signIn = await WithAnnAsync();
        Assert.Equal("ann", (await FindAsync(signIn, "ann", Right))!.Caller.Name);
        Assert.Equal(SignInMethod.Password, (await FindAsync(signIn, "ANN", Right))!.Method);
        Assert.Null(await FindAsync(signIn, "ann", Right + "r"));
        Assert.Null(await FindAsync(signIn, "ann", ""));
        Assert.Null(await FindAsync(signIn, "ben", Right));
    }

    [Fact]
    public async Task A_user_that_does_not_exist_costs_the_same_work_as_one_that_does()
    {
        var signIn = await WithAnnAsync();
        await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = "without" }, At(1), default);
        var group = await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.Group, Name = "group" }, At(1), default);
        await FindAsync(signIn, "first", "wrong");
        foreach (var name in new[] { "ann", "nobody", "without", group.Name, "local" })
        {
            var before = _hasher.Checks;
            Assert.Null(await FindAsync(signIn, name, "wrong"));
            Assert.Equal((name, 1), (name, _hasher.Checks - before));
        }
    }

    [Fact]
    public async Task A_password_that_was_right_costs_no_work_until_something_about_access_changes()
    {
        var signIn = await WithAnnAsync();
        await FindAsync(signIn, "ann", Right);
        var before = _hasher.Checks;
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(await FindAsync(signIn, "ann", Right));
        }

        Assert.Equal(before, _hasher.Checks);
        await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = "ben" }, At(1), default);
        Assert.NotNull(await FindAsync(signIn, "ann", Right));
        Assert.Equal(before + 1, _hasher.Checks);
    }

    [Fact]
    public async Task Many_requests_at_once_with_one_password_are_one_attempt()
    {
        var signIn = await WithAnnAsync();
        var before = _hasher.Checks;
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => FindAsync(signIn, "ann", Right))));
        Assert.All(found, Assert.NotNull);
        Assert.Equal(before + 1, _hasher.Checks);
    }

    [Fact]
    public async Task A_changed_password_counts_at_once_and_the_old_one_no_longer_does()
    {
        var passwords = await ServiceAsync();
        var ann = (await FindAsync(passwords.SignIn, "ann", Right))!.Caller;
        await passwords.ChangeOwnAsync(await PassAsync(PasswordService.MayChangeOwn, new(Right, "another one"), ann), null, default);
        Assert.Null(await FindAsync(passwords.SignIn, "ann", Right));
        Assert.NotNull(await FindAsync(passwords.SignIn, "ann", "another one"));
        Assert.Equal(["user.set_password|local|one_time", "user.set_password|ann|one_time"], (await EventsOfAsync("ann"))
            .Where(row => row.Contains("password", StringComparison.Ordinal)).Select(row => $"{row[..row.LastIndexOf('|')]}|one_time"));
    }

    [Theory]
    [InlineData("wrong wrong", "another one", ErrorCode.PermissionDenied, "The current password is incorrect")]
    [InlineData(Right, "short", ErrorCode.InvalidParameterValue, "8 to 256")]
    [InlineData(Right, null, ErrorCode.InvalidParameterValue, "new_password")]
    [InlineData(null, "another one", ErrorCode.InvalidParameterValue, "current_password")]
    [InlineData(Right, Right, ErrorCode.InvalidParameterValue, "same as the current password")]
    public async Task A_password_that_can_not_be_changed_says_why_and_not_what_it_was(string? current, string? chosen, string code, string why)
    {
        var passwords = await ServiceAsync();
        var ann = (await FindAsync(passwords.SignIn, "ann", Right))!.Caller;
        var message = await RefusedAsync(code, async () => await passwords.ChangeOwnAsync(await PassAsync(PasswordService.MayChangeOwn, new(current, chosen), ann), null, default));
        Assert.Contains(why, message, StringComparison.Ordinal);
        Assert.DoesNotContain("another one", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_of_less_work_is_replaced_when_its_password_is_used()
    {
        await WithAnnAsync();
        var stronger = new CountingHasher(2000);
        var signIn = new PasswordSignIn(Store.Credentials, Store.Access, new(stronger), TimeProvider.System);
        var before = (await Store.Credentials.FindPasswordHolderAsync("ann", default))!.Hash;
        Assert.NotNull(await FindAsync(signIn, "ann", Right));
        var after = (await Store.Credentials.FindPasswordHolderAsync("ann", default))!.Hash;
        Assert.NotEqual(before, after);
        Assert.Equal(PasswordVerificationResult.Success, stronger.VerifyHashedPassword(null!, after, Right));
    }

    [Fact]
    public async Task Who_may_not_use_passwords_is_told_so_once_the_password_was_right()
    {
        var signIn = await WithAnnAsync();
        await Store.Database.WriteAsync(async session => { await session.ExecuteAsync("DELETE FROM grants WHERE object_type = 6"); }, default);
        Assert.Contains("authorization/passwords", await RefusedAsync(ErrorCode.PermissionDenied, () => FindAsync(signIn, "ann", Right)), StringComparison.Ordinal);
        Assert.Null(await FindAsync(signIn, "ann", "wrong"));
    }

    [Fact]
    public async Task The_local_user_gets_no_password()
    {
        var passwords = await ServiceAsync();
        await RefusedAsync(ErrorCode.InvalidState, async () => await passwords.SetAsync(await PassAsync(PasswordService.MaySet, new("local", "a password")), default));
        await RefusedAsync(ErrorCode.ResourceDoesNotExist, async () => await passwords.SetAsync(await PassAsync(PasswordService.MaySet, new("nobody", "a password")), default));
    }

    [Fact]
    public async Task Who_is_deleted_has_no_credentials_left()
    {
        await WithAnnAsync();
        var ann = (await Store.Identity.FindAsync(PrincipalKind.User, "ann", default))!;
        await Store.Credentials.AddTokenAsync(new(TokenKind.Personal, ann.Id, Secret.Hash("dossier_x"), null, null), At(1), default);
        await Store.Identity.DeleteAsync(PrincipalKind.User, ann.Id, At(2), default);
        Assert.Null(await Store.Credentials.FindPasswordHolderAsync("ann", default));
        Assert.Empty(await Store.Credentials.ListTokensAsync(null, null, default));
    }

    private static Task<SignedIn?> FindAsync(PasswordSignIn signIn, string name, string password) => signIn.FindAsync(name, password, IPAddress.Loopback, default).AsTask();

    private async Task<PasswordSignIn> WithAnnAsync() => (await ServiceAsync()).SignIn;

    private async Task<PasswordService> ServiceAsync()
    {
        var service = new PasswordService(Store.Credentials, Store.Identity, Store.Access, new(_hasher), TimeProvider.System);
        await Store.Identity.CreateAsync(new() { Kind = PrincipalKind.User, Name = "ann" }, At(1), default);
        await service.SetAsync(await PassAsync(PasswordService.MaySet, new("ann", Right)), default);
        return service;
    }

    /// <summary>The real hasher, with little work, and counted.</summary>
    private sealed class CountingHasher(int iterations) : PasswordHasher<Principal>(Options.Create(new PasswordHasherOptions { IterationCount = iterations }))
    {
        private int _checks;

        public int Checks => _checks;

        public override PasswordVerificationResult VerifyHashedPassword(Principal user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _checks);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}

public sealed class PasswordTestsOnSqlite() : PasswordTests(new SqliteFixture());

public sealed class PasswordTestsOnPostgres() : PasswordTests(new PostgresFixture());
