namespace LogAnomaly.Parsing;

/// <summary>How the value that stands under a name is meant, where the field alone does not say so.</summary>
internal enum PropertyForm : byte
{
    /// <summary>As the field says.</summary>
    Plain = 0,

    /// <summary>A number of nanoseconds.</summary>
    Nanoseconds,

    /// <summary>A number of microseconds.</summary>
    Microseconds,

    /// <summary>A number of seconds.</summary>
    Seconds,

    /// <summary>A time with its unit, such as <c>1.5ms</c>; a bare number could be any unit.</summary>
    WithUnit,

    /// <summary>A number by which greater is graver: 10 to 50 as Python has it.</summary>
    PythonLevel,

    /// <summary>A number from 1 to 24 as OpenTelemetry has it.</summary>
    OpenTelemetryLevel,

    /// <summary>A number from 5,000 to 40,000 as logback has it.</summary>
    LogbackLevel,

    /// <summary>A single letter.</summary>
    Letter,

    /// <summary>A word that tells beyond doubt whether something succeeded.</summary>
    PlainOutcome,

    /// <summary>A word of the categories of ECS.</summary>
    EcsWord,

    /// <summary>An absolute path.</summary>
    AbsolutePath,
}
