using System.Collections.Immutable;
using Tutti.Protocol;

namespace Tutti.Server.Api;

/// <summary>A body as a command, or what is wrong with it.</summary>
/// <param name="Command">Null when something is.</param>
internal sealed record CommandReading(RoomCommand? Command, ErrorCode Code, string Detail)
{
    public static CommandReading Ok(RoomCommand command) => new(command, default, "");

    public static CommandReading Wrong(ErrorCode code, string detail) => new(null, code, detail);
}

/// <summary>What several bodies check alike.</summary>
internal static class Fields
{
    private const double MicrosPerSecond = 1_000_000;

    public static CommandReading PositionWrong =>
        CommandReading.Wrong(ErrorCode.PositionOutOfRange, $"position must be 0 to {ProtocolLimits.PositionMaxMicros / 1_000_000} seconds.");

    /// <summary>True for a name that people can read, and for none.</summary>
    public static bool IsNameOrNull(string? name, int maxLength) => name is null || (name.Length > 0 && name.Length <= maxLength && !name.Any(char.IsControl));

    public static bool IsPosition(double seconds) => seconds is >= 0 and <= ProtocolLimits.PositionMaxMicros / MicrosPerSecond;

    public static long Micros(double seconds) => (long)Math.Round(seconds * MicrosPerSecond);

    public static double Seconds(long micros) => micros / MicrosPerSecond;

    /// <summary>Null when the ids can be looked up.</summary>
    public static CommandReading? WrongReferences(string field, ImmutableArray<string> ids, int atLeast)
    {
        if (ids.IsDefault || ids.Length < atLeast || ids.Length > ProtocolLimits.ItemsPerCommand)
        {
            return CommandReading.Wrong(ErrorCode.InvalidField, $"{field} must hold {atLeast} to {ProtocolLimits.ItemsPerCommand} ids.");
        }

        return ids.Any(static id => id is not { Length: > 0 and <= ProtocolLimits.ReferenceMaxLength })
            ? CommandReading.Wrong(ErrorCode.InvalidField, $"{field}: an id has 1 to {ProtocolLimits.ReferenceMaxLength} characters.")
            : null;
    }
}
