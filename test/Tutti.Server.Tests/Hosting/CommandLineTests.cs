using Tutti.Server.Hosting;

namespace Tutti.Server.Tests.Hosting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--port", "Tutti:Http:Port")]
    [InlineData("--host", "Tutti:Http:Host")]
    [InlineData("--qr", "Tutti:Http:QrCode")]
    [InlineData("--music", "Tutti:Library:MusicFolder")]
    [InlineData("--data", "Tutti:Storage:DataFolder")]
    [InlineData("--Tutti:Sync:LeadFloorMs", "Tutti:Sync:LeadFloorMs")]
    public void An_option_takes_its_value_after_a_space_or_an_equals_sign(string option, string key)
    {
        Assert.Equal("a b", Read([option, "a b"]).Settings[key]);
        Assert.Equal("a=b", Read([$"{option}=a=b"]).Settings[key]);
    }

    [Fact]
    public void The_environment_s_short_forms_count_and_the_command_line_wins()
    {
        var environment = new Dictionary<string, string?> { ["TUTTI_PORT"] = "4301", ["TUTTI_MUSIC"] = "/music", ["TUTTI_DATA"] = "" };
        var settings = CommandLine.Read(["--port", "4302"], environment.GetValueOrDefault).Settings;
        Assert.Equal("4302", settings["Tutti:Http:Port"]);
        Assert.Equal("/music", settings["Tutti:Library:MusicFolder"]);
        Assert.False(settings.ContainsKey("Tutti:Storage:DataFolder"));
    }

    [Theory]
    [InlineData("--prot=1", "--prot")]
    [InlineData("3000", "3000")]
    [InlineData("--urls=http://+:80", "--urls")]
    [InlineData("--port", "--port")]
    public void What_it_does_not_know_is_refused_by_name(string argument, string named) =>
        Assert.Contains(named, Assert.Throws<SettingRefusedException>(() => Read([argument])).Message);

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_asked_for(string argument) => Assert.True(Read([argument]).HelpWanted);

    private static CommandLine Read(string[] arguments) => CommandLine.Read(arguments, _ => null);
}
