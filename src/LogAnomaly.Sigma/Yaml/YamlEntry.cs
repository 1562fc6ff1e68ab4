namespace LogAnomaly.Sigma.Yaml;

/// <summary>An entry of a map.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Line">Line of the key, from 1.</param>
/// <param name="Value">Its value.</param>
internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
