namespace LogAnomaly.Sigma.Yaml;

/// <summary>A node of a YAML document that knows its line.</summary>
/// <param name="line">Line in the file, from 1.</param>
internal abstract class YamlNode(int line)
{
    /// <summary>Line in the file, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Number of nodes in it, itself included, with each alias counted as what it stands for.</summary>
    public abstract int Weight { get; }

    /// <summary>What kind of node it is, in words for a fault.</summary>
    public abstract string Kind { get; }
}
