namespace LogAnomaly.Parsing;

/// <summary>The directives that define formats of logs.</summary>
public enum LogFormatKind
{
    /// <summary>Apache's <c>LogFormat</c> and <c>CustomLog</c>.</summary>
    Apache = 0,

    /// <summary>nginx's <c>log_format</c>.</summary>
    Nginx,

    /// <summary>Apache's <c>ErrorLogFormat</c>.</summary>
    ApacheError,
}
