namespace Tutti.SoundLab.Cases;

/// <summary>One row of the table in bench/README.md.</summary>
internal interface ICase
{
    string Name { get; }

    string What { get; }

    /// <summary>Judged time when none is asked for.</summary>
    double UsualSeconds { get; }

    Task<CaseResult> RunAsync(CaseRun run);
}
