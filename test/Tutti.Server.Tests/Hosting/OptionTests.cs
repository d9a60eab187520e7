using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tutti.Server.Hosting;
using Tutti.Server.Rooms;

namespace Tutti.Server.Tests.Hosting;

public sealed class OptionTests
{
    public static TheoryData<string> Keys => [.. OptionCatalog.Sections.SelectMany(section => section.Options).Select(option => option.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_default_is_itself_accepted(string key) => Build((key, OptionOf(key).Default));

    [Theory]
    [InlineData("Tutti:Sync:LeadFloorMs", "1001", "0 to 1000 ms")]
    [InlineData("Tutti:Sync:LeadFloorMs", "-1", "0 to 1000 ms")]
    [InlineData("Tutti:Sync:LeadFloorMs", "40.5", "0 to 1000 ms")]
    [InlineData("Tutti:Sync:LeadFloorMs", "forty", "0 to 1000 ms")]
    [InlineData("Tutti:Sync:LeadFloorMs", "", "0 to 1000 ms")]
    [InlineData("Tutti:Sync:DriftToleranceMs", "NaN", "0.001 to 10 ms")]
    [InlineData("Tutti:Sync:DriftToleranceMs", "0,03", "0.001 to 10 ms")]
    [InlineData("Tutti:Http:Port", "70000", "0 to 65535")]
    [InlineData("Tutti:Http:QrCode", "1", "auto, always, never")]
    [InlineData("Tutti:Http:CheckOrigin", "yes", "true, false")]
    public void A_wrong_value_is_refused_with_name_value_and_range(string key, string value, string accepts)
    {
        var refused = Assert.Throws<SettingRefusedException>(() => Build((key, value)));
        Assert.Equal($"{key} = {value} is refused; it accepts {accepts}.", refused.Message);
    }

    [Theory]
    [InlineData("Tutti:Sync:LedFloorMs")]
    [InlineData("Tutti:Sink:LeadFloorMs")]
    [InlineData("Tutti:Sync:LeadFloorMs:Deeper")]
    public void An_unknown_key_is_refused_by_name(string key)
    {
        var refused = Assert.Throws<SettingRefusedException>(() => Build((key, "1")));
        Assert.Contains(key.StartsWith("Tutti:Sink", StringComparison.Ordinal) ? "Tutti:Sink" : key.Replace(":Deeper", ""), refused.Message);
    }

    [Fact]
    public void A_value_reaches_its_record_whatever_the_case_of_its_key()
    {
        using var provider = Build(("tutti:sync:leadfloorms", "77"), ("Tutti:Http:QrCode", "Never"), ("Tutti:Sync:DriftToleranceMs", "0.05"));
        Assert.Equal(77, provider.GetRequiredService<IOptions<SyncOptions>>().Value.LeadFloorMs);
        Assert.Equal(0.05, provider.GetRequiredService<IOptions<SyncOptions>>().Value.DriftToleranceMs);
        Assert.Equal(QrCodeChoice.Never, provider.GetRequiredService<IOptions<HttpOptions>>().Value.QrCode);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_handbook_lists_every_option_with_its_range_and_default(string key)
    {
        var option = OptionOf(key);
        var line = Assert.Single(File.ReadLines(Repository.Find("docs/operations.md")), line => line.StartsWith($"| `{key}` |", StringComparison.Ordinal));
        var cells = line.Split('|', StringSplitOptions.TrimEntries);
        Assert.Equal((option.Default.Length > 0 ? $"`{option.Default}`" : "none", option.Accepts), (cells[2], cells[3]));
        Assert.NotEmpty(cells[4]);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_settings_file_states_every_default(string key)
    {
        var file = new ConfigurationBuilder().AddJsonFile(Repository.Find("src/Tutti.Server/appsettings.json")).Build();
        Assert.Equal(OptionOf(key).Default, file[key], ignoreCase: true);
    }

    private static OptionDefinition OptionOf(string key) => OptionCatalog.Sections.SelectMany(section => section.Options).Single(option => option.Key == key);

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection();
        OptionCatalog.Register(services, configuration);
        return services.BuildServiceProvider();
    }
}
