namespace Tutti.Protocol;

/// <summary>A numbered error as it travels: number, stable name, and words for people.</summary>
public sealed record FaultInfo(int Code, string Name, string Message)
{
    public static FaultInfo Of(ErrorCode code, string message) => new((int)code, code.Name(), message);
}
