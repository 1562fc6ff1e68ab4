namespace LogAnomaly.Parsing;

/// <summary>
/// An access log by the format string of its server: a <c>LogFormat</c> of Apache (<c>%h %l %u %t "%r" %>s %b</c>), a
/// <c>log_format</c> of nginx (<c>$remote_addr [$time_local] "$request" $status</c>), or one of Apache's names: common,
/// combined, vhost_common, vhost_combined, combinedio, referer, agent. What an event has no field for is in
/// <see cref="LogEvent.GetProperties"/> by its own name, headers in lower case.
/// </summary>
public sealed class CustomAccessFormat : LogFormat
{
    private const string Common = "%h %l %u %t \"%r\" %>s %b";
    private const string Agents = " \"%{Referer}i\" \"%{User-Agent}i\"";

    private readonly LogFormatString _format;

    /// <summary>Creates a format.</summary>
    /// <param name="definition">The format string of Apache or nginx, or one of the names.</param>
    /// <param name="name">Name of the format, or null for <c>custom-access</c>.</param>
    /// <exception cref="FormatException">The definition has a fault; the message says where and what.</exception>
    public CustomAccessFormat(string definition, string? name = null)
        : this(ToDefinition(definition), name)
    {
    }

    /// <summary>Creates a format of a definition in a configuration.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="name">Name of the format, or null for that of the definition.</param>
    /// <exception cref="FormatException">The definition has a fault or is not about an access log.</exception>
    public CustomAccessFormat(LogFormatDefinition definition, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _format = definition.Kind switch
        {
            LogFormatKind.Apache => ApacheFormatCompiler.Compile(definition.Text),
            LogFormatKind.Nginx => NginxFormatCompiler.Compile(definition.Text, definition.Escape),
            _ => throw new FormatException("An ErrorLogFormat is no format of an access log."),
        };
        Name = name ?? definition.Name ?? "custom-access";
        Description = $"access log by the format {definition.Text}";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <summary>
    /// Makes a format of what a user gives: a format string or name as for the constructor, a directive of a
    /// configuration (<c>LogFormat "..." name</c>, <c>log_format name '...';</c>), or <c>@file</c> or <c>@file:name</c>
    /// for the format that a configuration file defines.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The format.</returns>
    /// <exception cref="FormatException">The text has a fault, or the file defines no such format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CustomAccessFormat Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.StartsWith('@'))
        {
            return FromFile(trimmed[1..]);
        }

        bool isDirective = trimmed.StartsWith("log_format ", StringComparison.Ordinal)
            || trimmed.StartsWith("LogFormat ", StringComparison.OrdinalIgnoreCase)
            || trimmed.StartsWith("CustomLog ", StringComparison.OrdinalIgnoreCase);
        return isDirective && LogFormatConfiguration.Read(trimmed) is [LogFormatDefinition only]
            ? new CustomAccessFormat(only)
            : new CustomAccessFormat(trimmed);
    }

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) => _format.Parse(line, context);

    private static CustomAccessFormat FromFile(string place)
    {
        // The colon of a drive is none before a name.
        int colon = place.LastIndexOf(':');
        bool hasName = colon > 1 && !File.Exists(place);
        string path = hasName ? place[..colon] : place;
        string? name = hasName ? place[(colon + 1)..] : null;
        foreach (LogFormatDefinition definition in LogFormatConfiguration.Read(File.ReadAllText(path)))
        {
            if (definition.Kind != LogFormatKind.ApacheError && (name is null || definition.Name == name))
            {
                return new CustomAccessFormat(definition);
            }
        }

        throw new FormatException(name is null
            ? $"'{path}' defines no format of an access log."
            : $"'{path}' defines no format '{name}' of an access log.");
    }

    private static LogFormatDefinition ToDefinition(string definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        string? known = definition switch
        {
            "common" => Common,
            "combined" => Common + Agents,
            "vhost_common" => "%v " + Common,
            "vhost_combined" => "%v:%p %h %l %u %t \"%r\" %>s %O" + Agents,
            "combinedio" => Common + Agents + " %I %O",
            "referer" => "%{Referer}i -> %U",
            "agent" => "%{User-agent}i",
            _ => null,
        };
        if (known is not null)
        {
            return new LogFormatDefinition(definition, known, LogFormatKind.Apache);
        }

        if (!IsNginx(definition))
        {
            return new LogFormatDefinition(null, definition, LogFormatKind.Apache);
        }

        bool isStatement = definition[0] == '\'' || definition.StartsWith("escape=", StringComparison.Ordinal);
        return isStatement
            && LogFormatConfiguration.Read($"log_format custom-access {definition};") is [LogFormatDefinition only]
            ? only
            : new LogFormatDefinition(null, definition, LogFormatKind.Nginx);
    }

    private static bool IsNginx(string definition)
    {
        foreach (string directive in new[] { "%h", "%a", "%r", "%t", "%s", "%u", "%>", "%{", "%U", "%m" })
        {
            if (definition.Contains(directive, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return definition.Contains('$', StringComparison.Ordinal);
    }
}
