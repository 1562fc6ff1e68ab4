using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>A written page, taken apart.</summary>
internal sealed class PageText
{
    private const string DigestOpen = "<main class=\"digest\">";
    private const string DataOpen = "<script type=\"application/octet-stream\" id=\"data\">";

    internal PageText(byte[] bytes)
    {
        Html = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        int start = Html.IndexOf(DataOpen, StringComparison.Ordinal) + DataOpen.Length;
        Data = Html[start..Html.IndexOf("</script>", start, StringComparison.Ordinal)];
        Title = Between(Html, "<title>", "</title>");
        Digest = Between(Html, DigestOpen, "<p>This report draws");
        Frame = Html
            .Replace(DataOpen + Data, DataOpen, StringComparison.Ordinal)
            .Replace(DigestOpen + Digest, DigestOpen, StringComparison.Ordinal)
            .Replace($"<title>{Title}", "<title>", StringComparison.Ordinal);
    }

    /// <summary>All of it.</summary>
    internal string Html { get; }

    /// <summary>What stands in the data block, as a browser would cut it.</summary>
    internal string Data { get; }

    /// <summary>The title of the window, as it is written.</summary>
    internal string Title { get; }

    /// <summary>What is written for readers without scripts.</summary>
    internal string Digest { get; }

    /// <summary>The page without title, digest and data.</summary>
    internal string Frame { get; }

    internal static PageText Write(LogAnalysis analysis, DashboardOptions? options = null)
    {
        using MemoryStream output = new();
        DashboardWriter.Write(analysis, options ?? SampleAnalysis.Fixed, output);
        return new PageText(output.ToArray());
    }

    /// <summary>The data: base64 of zlib of JSON in UTF-8.</summary>
    internal JsonElement Json()
    {
        using MemoryStream packed = new(Convert.FromBase64String(Data));
        using ZLibStream unpacked = new(packed, CompressionMode.Decompress);
        return JsonDocument.Parse(unpacked).RootElement;
    }

    /// <summary>
    /// The words of the digest, a line for each element; it fails for markup that the page does not write.
    /// </summary>
    internal string[] DigestLines()
    {
        string words = Regex.Replace(Digest, "</?(h1|p|ol|li|b|bdi)>", "");
        Assert.DoesNotContain(
            words,
            letter => letter is '<' or '>' or '"' or '\'' || (letter != '\n' && !char.IsBetween(letter, ' ', '~')));
        string[] lines =
        [
            .. words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(WebUtility.HtmlDecode)
                .OfType<string>(),
        ];
        Assert.Equal(lines.Select(VisibleText.Escape), lines);
        return lines;
    }

    /// <summary>The content of the first element of a name after a position.</summary>
    internal static string Between(string html, string open, string close)
    {
        int start = html.IndexOf(open, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{open} is missing.");
        start += open.Length;
        return html[start..html.IndexOf(close, start, StringComparison.Ordinal)];
    }
}
