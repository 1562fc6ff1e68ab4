namespace LogAnomaly.Sigma.Yaml;

/// <summary>A scalar.</summary>
/// <param name="line">Line in the file, from 1.</param>
/// <param name="value">Its text.</param>
/// <param name="isPlain">Whether it stands without quotation marks, so that it may be a number, a truth value or
/// null.</param>
internal sealed class YamlText(int line, string value, bool isPlain) : YamlNode(line)
{
    /// <summary>Its text.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it stands for nothing.</summary>
    public bool IsNull { get; } = isPlain && value is ("" or "~" or "null" or "Null" or "NULL");

    /// <inheritdoc/>
    public override int Weight => 1;

    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : "a text";

    /// <summary>The truth value that it writes, or null.</summary>
    /// <returns>The value.</returns>
    public bool? ToBoolean() => Value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => null,
    };
}
