using Tutti.Server.Access;
using Tutti.Server.Library;
using Tutti.Server.Library.Uploads;
using Tutti.Server.Media;
using Tutti.Server.Rooms;
using Tutti.Server.Sources;
using Tutti.Server.Sources.Embedded;
using Tutti.Server.Storage;

namespace Tutti.Server.Hosting;

/// <summary>
/// Every setting there is. Read by one strict reader of our own: the framework's binder passes over unknown keys in silence, and its
/// messages do not name range and value.
/// </summary>
public static class OptionCatalog
{
    /// <summary>The configuration section that all settings stand in.</summary>
    public const string Root = "Tutti";

    public static IReadOnlyList<OptionSection> Sections { get; } =
    [
        new OptionSection<HttpOptions>("Http"),
        new OptionSection<AccessOptions>("Access"),
        new OptionSection<SyncOptions>("Sync"),
        new OptionSection<LibraryOptions>("Library"),
        new OptionSection<UploadOptions>("Uploads"),
        new OptionSection<MediaOptions>("Media"),
        new OptionSection<SourceOptions>("Sources"),
        new OptionSection<PlayerOptions>("Players"),
        new OptionSection<StorageOptions>("Storage"),
    ];

    /// <summary>Reads all settings and registers the records that hold them.</summary>
    /// <exception cref="SettingRefusedException">A setting is unknown, unparsable or out of range.</exception>
    internal static void Register(IServiceCollection services, IConfiguration configuration)
    {
        var root = configuration.GetSection(Root);
        foreach (var child in root.GetChildren())
        {
            if (!Sections.Any(section => section.Key.Equals(child.Path, StringComparison.OrdinalIgnoreCase)))
            {
                throw Unknown(child.Path);
            }
        }

        foreach (var section in Sections)
        {
            section.Register(services, configuration.GetSection(section.Key));
        }
    }

    internal static SettingRefusedException Unknown(string key) => new($"there is no option {key}; docs/operations.md lists them all.");
}
