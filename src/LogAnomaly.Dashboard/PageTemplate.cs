using System.Reflection;
using System.Text;

namespace LogAnomaly.Dashboard;

/// <summary>The built page, in the two pieces between which the data goes.</summary>
internal sealed class PageTemplate
{
    /// <summary>What stands in the built page where the data goes; once, as the page's build makes sure.</summary>
    internal const string Placeholder = "{{LOGANOMALY-DATA}}";

    private const string ResourceName = "LogAnomaly.Dashboard.page.html";

    private static readonly Lazy<PageTemplate> s_embedded = new(() => new PageTemplate(ReadResource()));

    private readonly byte[] _page;
    private readonly int _dataStart;

    /// <summary>Finds the place of the data in a page.</summary>
    /// <param name="page">The page as UTF-8.</param>
    /// <exception cref="InvalidOperationException">The placeholder does not stand exactly once in the page.</exception>
    internal PageTemplate(byte[] page)
    {
        byte[] placeholder = Encoding.ASCII.GetBytes(Placeholder);
        _page = page;
        _dataStart = page.AsSpan().IndexOf(placeholder);
        if (_dataStart < 0 || page.AsSpan(_dataStart + placeholder.Length).IndexOf(placeholder) >= 0)
        {
            throw new InvalidOperationException($"The page must hold {Placeholder} exactly once.");
        }
    }

    /// <summary>The page that is part of this assembly.</summary>
    internal static PageTemplate Embedded => s_embedded.Value;

    /// <summary>All that comes before the data.</summary>
    internal ReadOnlySpan<byte> Head => _page.AsSpan(0, _dataStart);

    /// <summary>All that comes after the data.</summary>
    internal ReadOnlySpan<byte> Tail => _page.AsSpan(_dataStart + Placeholder.Length);

    private static byte[] ReadResource()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {ResourceName}.");
        byte[] page = new byte[resource.Length];
        resource.ReadExactly(page);
        return page;
    }
}
