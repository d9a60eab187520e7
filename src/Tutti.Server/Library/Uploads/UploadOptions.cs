using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Library.Uploads;

/// <summary>What may be uploaded (section <c>Tutti:Uploads</c>).</summary>
public sealed record UploadOptions
{
    /// <summary>Largest file.</summary>
    [Range(1, 1_048_576)]
    public int MaxFileMegabytes { get; init; } = 2_048;

    /// <summary>All uploads together, those under way included.</summary>
    [Range(1, 1_073_741_824)]
    public int QuotaMegabytes { get; init; } = 51_200;

    /// <summary>The uploads of one account together, those under way included.</summary>
    [Range(1, 1_073_741_824)]
    public int AccountQuotaMegabytes { get; init; } = 10_240;

    /// <summary>An upload that nothing was added to for this long is thrown away.</summary>
    [Range(1, 8_760)]
    public int IncompleteHours { get; init; } = 24;

    /// <summary>Longest time that decoding an uploaded file may take before it is refused.</summary>
    [Range(1, 3_600)]
    public int CheckLimitSeconds { get; init; } = 120;
}
