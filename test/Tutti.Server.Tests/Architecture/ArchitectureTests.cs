using System.Text.RegularExpressions;

namespace Tutti.Server.Tests.Architecture;

/// <summary>
/// Dependencies point one way (ARCHITECTURE.md). Read off the sources: every namespace of ours or of ASP.NET Core that a file mentions, by
/// using or by full name, must be one that its folder may know.
/// </summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Folder → the namespaces of interest that it may mention.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Tutti.Timing"] = ["Tutti.Timing"],
        ["Tutti.Protocol"] = ["Tutti.Protocol", "Tutti.Timing"],
        ["Tutti.Cli"] = ["Tutti.Cli", "Tutti.Client", "Tutti.Protocol", "Tutti.Timing"],
        ["Tutti.Client"] = ["Tutti.Client", "Tutti.Protocol", "Tutti.Timing"],
        ["Tutti.TagReader"] = ["Tutti.TagReader"],
        ["Tutti.Server/Rooms"] = ["Tutti.Server.Rooms", "Tutti.Protocol", "Tutti.Timing"],
        ["Tutti.Server/Library"] = ["Tutti.Server.Library", "Tutti.Protocol", "Tutti.Timing", "Tutti.Server.Storage", "Tutti.Server.Ffmpeg", "Tutti.TagReader"],
        ["Tutti.Server/Plays"] = ["Tutti.Server.Plays", "Tutti.Server.Rooms", "Tutti.Server.Library", "Tutti.Protocol", "Tutti.Timing"],
        ["Tutti.Server/Sources"] =
            ["Tutti.Server.Sources", "Tutti.Server.Media", "Tutti.Server.Rooms", "Tutti.Server.Library", "Tutti.Protocol", "Tutti.Timing"],
        ["Tutti.Server/Ffmpeg"] = ["Tutti.Server.Ffmpeg"],
        ["Tutti.Server/Access"] = ["Tutti.Server.Access", "Tutti.Protocol", "Tutti.Timing", "Microsoft.AspNetCore"],
        ["Tutti.Server/Realtime"] = ["Tutti.Server.Realtime", "Tutti.Server.Rooms", "Tutti.Server.Access", "Tutti.Protocol", "Tutti.Timing", "Microsoft.AspNetCore"],
    };

    public static TheoryData<string> Folders => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_mentions_only_what_it_may_know(string folder) => Assert.Empty(Violations(folder, Sources(folder)));

    [Fact]
    public void The_projects_reference_only_what_they_may_know()
    {
        Assert.DoesNotContain("Reference", File.ReadAllText(Path.Combine(Root(), "src/Tutti.Timing/Tutti.Timing.csproj")), StringComparison.Ordinal);
        var protocol = File.ReadAllText(Path.Combine(Root(), "src/Tutti.Protocol/Tutti.Protocol.csproj"));
        Assert.Equal(["../Tutti.Timing/Tutti.Timing.csproj"], ProjectReference().Matches(protocol).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("PackageReference", protocol, StringComparison.Ordinal);
        var client = File.ReadAllText(Path.Combine(Root(), "src/Tutti.Client/Tutti.Client.csproj"));
        Assert.Equal(
            ["../Tutti.Protocol/Tutti.Protocol.csproj", "../Tutti.Timing/Tutti.Timing.csproj"],
            ProjectReference().Matches(client).Select(match => match.Groups[1].Value));
        Assert.DoesNotContain("PackageReference", client, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tutti.Server/Rooms", "using Microsoft.AspNetCore.Http;")]
    [InlineData("Tutti.Server/Rooms", "using Tutti.Server.Library;")]
    [InlineData("Tutti.Server/Rooms", "var x = new Tutti.Server.Realtime.Outbox();")]
    [InlineData("Tutti.Server/Library", "global using static Tutti.Server.Rooms.RoomMachine;")]
    [InlineData("Tutti.Server/Realtime", "using Tutti.Server.Library;")]
    [InlineData("Tutti.Timing", "using Tutti.Protocol;")]
    [InlineData("Tutti.Protocol", "using Tutti.Client;")]
    [InlineData("Tutti.Client", "using Tutti.Server.Rooms;")]
    [InlineData("Tutti.Client", "using Tutti.Cli;")]
    [InlineData("Tutti.Cli", "using Tutti.Server.Api;")]
    public void The_rule_finds_a_violation(string folder, string line) => Assert.Single(Violations(folder, [("Planted.cs", line)]));

    private static IEnumerable<string> Violations(string folder, IEnumerable<(string Path, string Text)> sources) =>
        from source in sources
        from Match match in Mention().Matches(source.Text)
        let mentioned = match.Value
        where !s_allowed[folder].Any(name => mentioned == name || mentioned.StartsWith(name + ".", StringComparison.Ordinal))
        select $"{source.Path} mentions {mentioned}";

    private static IEnumerable<(string Path, string Text)> Sources(string folder)
    {
        var directory = Path.Combine(Root(), "src", folder);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
                .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .Select(path => (path, Comment().Replace(File.ReadAllText(path), "")))
            : throw new DirectoryNotFoundException(directory);
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Tutti.slnx")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("No Tutti.slnx above the tests.");
        }

        return directory;
    }

    [GeneratedRegex(@"\b(?:Tutti\.(?:Timing|Protocol|Client|Cli|Server\.[A-Z]\w*)|Microsoft\.AspNetCore)(?:\.\w+)*")]
    private static partial Regex Mention();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex ProjectReference();
}
