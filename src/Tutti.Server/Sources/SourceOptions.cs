using System.ComponentModel.DataAnnotations;

namespace Tutti.Server.Sources;

/// <summary>What an operator may set about links to sound elsewhere (section <c>Tutti:Sources</c>). Units are in the names.</summary>
public sealed record SourceOptions
{
    /// <summary>Larger files behind a link are refused.</summary>
    [Range(1, 16_384)]
    public int MaxFileMegabytes { get; init; } = 512;

    /// <summary>Disk space for files from links; those not played longest make room.</summary>
    [Range(16, 1_048_576)]
    public int KeptMegabytes { get; init; } = 4_096;

    /// <summary>Longest time that fetching one file may take.</summary>
    [Range(5, 3_600)]
    public int FetchSeconds { get; init; } = 120;

    /// <summary>Internet radio stations that are read at the same time.</summary>
    [Range(1, 1_000)]
    public int MaxStations { get; init; } = 16;

    /// <summary>How long a station's sound is kept after it was heard.</summary>
    [Range(10, 3_600)]
    public int RadioKeepSeconds { get; init; } = 60;

    /// <summary>A station that gives nothing for this long counts as lost.</summary>
    [Range(1, 86_400)]
    public int RadioPatienceSeconds { get; init; } = 120;

    /// <summary>Whether links may lead to private and loopback addresses.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
