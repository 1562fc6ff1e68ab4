using System.Reflection;
using System.Text;

namespace LogAnomaly.Dashboard;

/// <summary>The built page, in the pieces between which go its title, its digest and its data.</summary>
internal sealed class PageTemplate
{
    /// <summary>What stands in the built page where the encoded title goes.</summary>
    internal const string Title = "{{LOGANOMALY-TITLE}}";

    /// <summary>What stands in the built page where the digest goes, for readers without scripts.</summary>
    internal const string Digest = "{{LOGANOMALY-DIGEST}}";

    /// <summary>What stands in the built page where the data goes.</summary>
    internal const string Data = "{{LOGANOMALY-DATA}}";

    private const string ResourceName = "LogAnomaly.Dashboard.page.html";

    private static readonly string[] s_placeholders = [Title, Digest, Data];
    private static readonly Lazy<PageTemplate> s_embedded = new(() => new PageTemplate(ReadResource()));

    private readonly byte[] _page;
    private readonly Range[] _pieces;

    /// <summary>Finds the places that are filled in a page.</summary>
    /// <param name="page">The page as UTF-8.</param>
    /// <exception cref="InvalidOperationException">
    /// A placeholder does not stand exactly once in the page, or they do not come in the order title, digest, data.
    /// </exception>
    internal PageTemplate(byte[] page)
    {
        _page = page;
        _pieces = new Range[s_placeholders.Length + 1];
        int start = 0;
        for (int i = 0; i < s_placeholders.Length; i++)
        {
            byte[] placeholder = Encoding.ASCII.GetBytes(s_placeholders[i]);
            int found = page.AsSpan().IndexOf(placeholder);
            if (found < start || page.AsSpan(found + placeholder.Length).IndexOf(placeholder) >= 0)
            {
                throw new InvalidOperationException(
                    $"The page must hold {string.Join(", ", s_placeholders)} exactly once each, in this order.");
            }

            _pieces[i] = start..found;
            start = found + placeholder.Length;
        }

        _pieces[^1] = start..page.Length;
    }

    /// <summary>The page that is part of this assembly.</summary>
    internal static PageTemplate Embedded => s_embedded.Value;

    /// <summary>All that comes before the title.</summary>
    internal ReadOnlySpan<byte> Head => _page.AsSpan(_pieces[0]);

    /// <summary>What comes between title and digest.</summary>
    internal ReadOnlySpan<byte> AfterTitle => _page.AsSpan(_pieces[1]);

    /// <summary>What comes between digest and data.</summary>
    internal ReadOnlySpan<byte> AfterDigest => _page.AsSpan(_pieces[2]);

    /// <summary>All that comes after the data.</summary>
    internal ReadOnlySpan<byte> Tail => _page.AsSpan(_pieces[3]);

    private static byte[] ReadResource()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {ResourceName}.");
        byte[] page = new byte[resource.Length];
        resource.ReadExactly(page);
        return page;
    }
}
