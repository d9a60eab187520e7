using System.Text;

namespace Tutti.TagReader;

/// <summary>
/// Reads tags for the server in a process of its own, so that a file on which the native library breaks ends this process and not the
/// server. Asked on standard input, answers on standard output (<see cref="Wire"/>); ends with its input.
/// </summary>
public static class Program
{
    public static int Main()
    {
        using var input = new BufferedStream(Console.OpenStandardInput(), 16 << 10);
        using var output = new BufferedStream(Console.OpenStandardOutput(), 64 << 10);
        var (library, refusal) = LibAvFormat.Load();
        if (library is not null && SelfCheck.Run(library) is { } fault)
        {
            (library, refusal) = (null, fault);
        }
        Wire.Write(output, Encoding.UTF8.GetBytes(refusal));
        if (library is null)
        {
            return 1;
        }
        while (Wire.Read(input) is { } path)
        {
            Wire.Write(output, Wire.Encode(library.Read(Encoding.UTF8.GetString(path))));
        }
        return 0;
    }
}
