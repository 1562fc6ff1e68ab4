namespace LogAnomaly.Cli;

/// <summary>What the program answers to its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done, and nothing was found.</summary>
    public const int Nothing = 0;

    /// <summary>Done, and there are findings.</summary>
    public const int Findings = 1;

    /// <summary>Something could not be done; what could be was done all the same.</summary>
    public const int Error = 2;

    /// <summary>Stopped by Ctrl+C, by custom 128 and the number of the signal.</summary>
    public const int Cancelled = 130;
}
