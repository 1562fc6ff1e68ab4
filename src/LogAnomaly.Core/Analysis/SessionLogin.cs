namespace LogAnomaly.Analysis;

/// <summary>A login that succeeded.</summary>
/// <param name="Timestamp">When, or null.</param>
/// <param name="UserName">As whom, or null.</param>
/// <param name="Method">How, such as <c>password</c>, or null.</param>
/// <param name="HostName">Where, or null.</param>
/// <param name="Source">From where, or null.</param>
/// <param name="FailuresBefore">Logins from there that had failed since one last succeeded, within a day of each
/// other.</param>
public sealed record SessionLogin(
    DateTimeOffset? Timestamp, string? UserName, string? Method, string? HostName, string? Source, long FailuresBefore)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Timestamp:yyyy-MM-dd HH:mm:ss} {UserName} by {Method ?? "?"} from {Source} after {FailuresBefore} failures");
}
