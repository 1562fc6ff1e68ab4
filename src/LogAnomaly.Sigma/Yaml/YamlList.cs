namespace LogAnomaly.Sigma.Yaml;

/// <summary>A sequence.</summary>
/// <param name="line">Line in the file, from 1.</param>
/// <param name="items">Its items.</param>
internal sealed class YamlList(int line, IReadOnlyList<YamlNode> items) : YamlNode(line)
{
    /// <summary>Its items.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    /// <inheritdoc/>
    public override int Weight { get; } = 1 + items.Sum(item => item.Weight);

    /// <inheritdoc/>
    public override string Kind => "a list";
}
