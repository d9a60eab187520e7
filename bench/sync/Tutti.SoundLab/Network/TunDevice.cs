using System.Runtime.InteropServices;
using System.Text;
using Tutti.SoundLab.Machine;

namespace Tutti.SoundLab.Network;

/// <summary>A network interface whose packets this process carries (Linux: Documentation/networking/tuntap). It goes with the process.</summary>
internal static unsafe class TunDevice
{
    private const nuint SetInterface = 0x400454CA; // TUNSETIFF
    private const short Tun = 1, NoPacketInformation = 0x1000;
    private const int NameBytes = 16, RequestBytes = 40;

    /// <summary>Makes it in the network namespace of the calling thread and returns its descriptor.</summary>
    /// <exception cref="IOException">Not permitted, or the name is taken.</exception>
    public static int Create(string name)
    {
        var descriptor = Libc.Open("/dev/net/tun", Libc.OpenReadWrite | Libc.OpenNonBlocking);
        var request = stackalloc byte[RequestBytes];
        new Span<byte>(request, RequestBytes).Clear();
        Encoding.ASCII.GetBytes(name, new Span<byte>(request, NameBytes - 1));
        *(short*)(request + NameBytes) = Tun | NoPacketInformation;
        return descriptor >= 0 && Libc.Ioctl(descriptor, SetInterface, request) >= 0
            ? descriptor
            : throw new IOException($"no TUN device {name}: error {Marshal.GetLastPInvokeError()}");
    }
}
