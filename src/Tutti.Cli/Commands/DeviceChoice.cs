using Tutti.Client;
using Tutti.Protocol;

namespace Tutti.Cli.Commands;

/// <summary>Names devices the way people do: by id, by name, or by what one of them begins with.</summary>
internal static class DeviceChoice
{
    /// <summary>The one device that is meant.</summary>
    /// <exception cref="NothingFoundException">None is called so.</exception>
    /// <exception cref="UsageException">More than one is.</exception>
    public static DeviceInfo Resolve(DeviceList devices, string named)
    {
        DeviceInfo[] exact = [.. devices.Devices.Where(device => device.Id == named || Same(device.Name, named))];
        DeviceInfo[] meant = exact.Length > 0
            ? exact
            : [.. devices.Devices.Where(device => device.Id.StartsWith(named, StringComparison.Ordinal) || device.Name.StartsWith(named, StringComparison.OrdinalIgnoreCase))];
        return meant switch
        {
            [var one] => one,
            [] => throw new NothingFoundException($"There is no device {named} here; `tutti devices` lists them."),
            _ => throw new UsageException($"{named} may be {string.Join(" or ", meant.Select(device => $"{device.Name} ({device.Id})"))}; say its id."),
        };
    }

    /// <summary>The one device that sounds now, when it is clear which: whoever hands over from it need not name it.</summary>
    public static DeviceInfo Sounding(DeviceList devices, DeviceInfo besides)
    {
        DeviceInfo[] sounding = [.. devices.Devices.Where(device =>
            device.Id != besides.Id && device is { Connected: true, Sound.On: true, Report.Output: OutputState.On })];
        return sounding switch
        {
            [var one] => one,
            [] => throw new NothingFoundException("No other device sounds now; `tutti only` moves sound to one device."),
            _ => throw new UsageException($"{string.Join(" and ", sounding.Select(device => device.Name))} sound now; say which with --from."),
        };
    }

    private static bool Same(string name, string named) => string.Equals(name, named, StringComparison.OrdinalIgnoreCase);
}
