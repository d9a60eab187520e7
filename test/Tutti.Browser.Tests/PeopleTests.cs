using Microsoft.Playwright;
using Tutti.SoundLab.Players;

namespace Tutti.Browser.Tests;

/// <summary>Friends in a room that is somebody's: in by a link, held to the table of rights, out again.</summary>
public sealed class PeopleTests(House house) : BrowserTest(house)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task A_guest_comes_in_by_a_link_where_everybody_else_needs_an_account()
    {
        var files = House.Scratch.Folder("data-invited");
        await using var server = await TuttiServer.StartAsync(
            House.Files, House.MusicFolder, files, Path.Combine(House.Scratch.Path, "server-invited.log"), Cancellation, "--access", "accounts");
        var host = await OpenAsync("/signin", server);
        await CallAsync(host, "POST", "/auth/setup", new { code = SetUpCodeOf(server), name = "Hanna", password = Password });
        var room = (await CallAsync(host, "POST", "/api/rooms", new { name = "Attic", @public = false })).GetProperty("code").GetString();
        await host.Page.GotoAsync(new Uri(new Uri(host.Page.Url), $"/r/{room}").AbsoluteUri);
        await Button(host, "Room settings").ClickAsync();
        await Button(host, "Invite").ClickAsync();
        await host.Page.GetByLabel("How many people").FillAsync("1");
        await Button(host, "Make an invitation").ClickAsync();
        var link = new Uri(await host.Page.GetByLabel("Link of the invitation").InputValueAsync());

        var guest = await OpenAsync(link.PathAndQuery + link.Fragment, server, phone: true);
        await guest.Page.GetByLabel("Your name").FillAsync("Gus");
        await Button(guest, "Come in").TapAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = "Attic", Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain("invite", guest.Page.Url, StringComparison.Ordinal);
        await Expect(Button(guest, "Play").First).ToBeDisabledAsync();
        await Expect(Button(guest, "Play").First).ToHaveAttributeAsync("title", "In this room it takes a DJ to play and pause.");
        await guest.Page.ReloadAsync();
        await Expect(Button(guest, "Join")).ToBeVisibleAsync();

        // One person it was for: the next finds it used up, and without it nobody gets as far as the door.
        var late = await OpenAsync(link.PathAndQuery + link.Fragment, server);
        await late.Page.GetByLabel("Your name").FillAsync("Lou");
        await Button(late, "Come in").ClickAsync();
        await Expect(late.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used as often");
        await late.Page.GotoAsync(new Uri(new Uri(late.Page.Url), $"/r/{room}").AbsoluteUri + "?");
        await Expect(Button(late, "Sign in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_is_put_out_is_told_so_and_is_out()
    {
        var host = await OpenAsync("/signin");
        await CallAsync(host, "POST", "/auth/signup", new { name = "Pia", password = Password });
        var room = (await CallAsync(host, "POST", "/api/rooms", new { name = "Garden" })).GetProperty("code").GetString();
        await host.Page.GotoAsync(new Uri(new Uri(host.Page.Url), $"/r/{room}").AbsoluteUri);
        var guest = await OpenAsync($"/r/{room}");
        await guest.Page.GetByLabel("Your name").FillAsync("Gus");
        await Button(guest, "Come in").ClickAsync();
        await Button(guest, "Join").ClickAsync();
        await Button(guest, $"Add to queue: {House.Titles[0]}").ClickAsync();
        await Expect(host.Page.GetByText("added by Gus")).ToBeVisibleAsync();
        await Button(host, "Play").ClickAsync();
        await PositionPassesAsync(guest, seconds: 0.2);

        await Button(host, "Room settings").ClickAsync();
        await Button(host, "More about Gus").ClickAsync();
        await Button(host, "Put out").ClickAsync();
        await Expect(guest.Page.GetByText("You were put out of Garden.")).ToBeVisibleAsync();
        await Expect(host.Page.GetByRole(AriaRole.List, new() { Name = "People in this room" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        var devices = (await CallAsync(host, "GET", $"/api/rooms/{room}/devices")).GetProperty("total").GetInt32();
        Assert.Equal(1, devices);

        // Out of that room, and in no other a lesser visitor than anybody.
        await Link(guest, "Go to Home").ClickAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Name = "Home", Exact = true })).ToBeVisibleAsync();
        await Expect(Button(guest, "Play")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task An_invitation_is_kept_on_the_way_through_signing_up_and_a_used_one_leaves_the_other_ways_in()
    {
        var host = await OpenAsync("/signin");
        await CallAsync(host, "POST", "/auth/signup", new { name = "Uma", password = Password });
        var room = (await CallAsync(host, "POST", "/api/rooms", new { name = "Studio" })).GetProperty("code").GetString();
        var invite = await CallAsync(host, "POST", $"/api/rooms/{room}/invites", new { role = "dj", uses = 1 });
        var link = new Uri(invite.GetProperty("url").GetString()!);
        var studio = new PageGetByRoleOptions { Name = "Studio", Exact = true };

        // The room is public and would let them in as a listener: the invitation says more.
        var friend = await OpenAsync(link.PathAndQuery + link.Fragment);
        await Link(friend, "Sign in").ClickAsync();
        await Link(friend, "Make one").ClickAsync();
        await friend.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Vito");
        await friend.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await Button(friend, "Make account").ClickAsync();
        await Expect(friend.Page.GetByRole(AriaRole.Heading, studio)).ToBeVisibleAsync();
        await Expect(Button(friend, "Play")).ToBeEnabledAsync();
        Assert.DoesNotContain("invite", friend.Page.Url, StringComparison.Ordinal);

        await CallAsync(host, "PATCH", $"/api/rooms/{room}/settings", new { password = "open sesame" });
        var late = await OpenAsync(link.PathAndQuery + link.Fragment);
        await late.Page.GetByLabel("Your name").FillAsync("Lou");
        await Button(late, "Come in").ClickAsync();
        await Expect(late.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used as often");
        await late.Page.GetByLabel("Password of the room").FillAsync("open sesame");
        await Button(late, "Come in").ClickAsync();
        await Expect(late.Page.GetByRole(AriaRole.Heading, studio)).ToBeVisibleAsync();

        // What the room's own link is good for is told, and what lets more people in is one press away.
        await host.Page.GotoAsync(new Uri(new Uri(host.Page.Url), $"/r/{room}").AbsoluteUri);
        await Button(host, "Share this room").ClickAsync();
        await Expect(host.Page.GetByText("asked for the room’s password")).ToBeVisibleAsync();
        await Button(host, "Invite people …").ClickAsync();
        await Expect(Button(host, "Make an invitation")).ToBeVisibleAsync();
    }
}
