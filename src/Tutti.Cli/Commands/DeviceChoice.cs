using Tutti.Client;
using Tutti.Protocol;
using Tutti.Protocol.Rest;

namespace Tutti.Cli.Commands;

/// <summary>Which device is meant.</summary>
internal static class DeviceChoice
{
    /// <summary>The one device that is meant.</summary>
    /// <exception cref="NothingFoundException">None is called so.</exception>
    /// <exception cref="UsageException">More than one is.</exception>
    public static DeviceInfo Resolve(DeviceList devices, string named) => NamedChoice.Resolve(
        devices.Devices, device => device.Id, device => device.Name, named, $"There is no device {named} here; `tutti devices` lists them.");

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
}
