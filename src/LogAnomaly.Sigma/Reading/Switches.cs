using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>Reads truth values.</summary>
internal static class Switches
{
    /// <summary>Reads one.</summary>
    /// <param name="map">The map that it is in.</param>
    /// <param name="key">Its key.</param>
    /// <returns>The value; false where the key is not there.</returns>
    /// <exception cref="RuleFormatException">It is neither true nor false.</exception>
    public static bool Read(YamlMap map, string key)
    {
        YamlNode? node = map.Find(key);
        return node is not null
            && ((node as YamlText)?.ToBoolean()
                ?? throw new RuleFormatException(node.Line, $"'{key}' takes true or false."));
    }
}
