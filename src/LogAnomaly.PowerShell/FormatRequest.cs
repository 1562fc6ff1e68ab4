namespace LogAnomaly.PowerShell;

/// <summary>What the parameters of a cmdlet say of the format; at most one of them may say something.</summary>
internal sealed record FormatRequest
{
    /// <summary>Name of a known format, or <c>auto</c>.</summary>
    public string Name { get; init; } = FormatArguments.Auto;

    /// <summary>Pattern with named groups, or null.</summary>
    public string? Pattern { get; init; }

    /// <summary>JSON file with a format, or null.</summary>
    public string? Path { get; init; }

    /// <summary>LogFormat of Apache or log_format of nginx, or null.</summary>
    public string? LogFormat { get; init; }

    /// <summary>ErrorLogFormat of Apache, or null.</summary>
    public string? ErrorLogFormat { get; init; }

    /// <summary>How many of them say something.</summary>
    public int Count =>
        (string.Equals(Name, FormatArguments.Auto, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
        + (Pattern is null ? 0 : 1) + (Path is null ? 0 : 1) + (LogFormat is null ? 0 : 1)
        + (ErrorLogFormat is null ? 0 : 1);

    /// <summary>The text of the one that says something.</summary>
    public string Text => Pattern ?? Path ?? LogFormat ?? ErrorLogFormat ?? Name;
}
