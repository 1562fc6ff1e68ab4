namespace LogAnomaly.Rules;

/// <summary>The logs that a rule is meant for, in the words of Sigma; a part that is null asks for nothing.</summary>
/// <param name="Product">Product, such as <c>linux</c> or <c>apache</c>.</param>
/// <param name="Category">Category, such as <c>webserver</c>.</param>
/// <param name="Service">Service, such as <c>sshd</c> or <c>security</c>.</param>
public sealed record RuleLogSource(string? Product = null, string? Category = null, string? Service = null)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('/', new[] { Product, Category, Service }.Where(part => part is not null));
}
