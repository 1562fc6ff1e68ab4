using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>A written page, taken apart.</summary>
internal sealed class PageText
{
    private const string DataOpen = "<script type=\"application/octet-stream\" id=\"data\">";

    internal PageText(byte[] bytes)
    {
        Html = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        int start = Html.IndexOf(DataOpen, StringComparison.Ordinal) + DataOpen.Length;
        Data = Html[start..Html.IndexOf("</script>", start, StringComparison.Ordinal)];
        WithoutData = Html.Replace(Data, "", StringComparison.Ordinal);
    }

    /// <summary>All of it.</summary>
    internal string Html { get; }

    /// <summary>What stands in the data block, as a browser would cut it.</summary>
    internal string Data { get; }

    /// <summary>The page without its data.</summary>
    internal string WithoutData { get; }

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

    /// <summary>The content of the first element of a name after a position.</summary>
    internal static string Between(string html, string open, string close)
    {
        int start = html.IndexOf(open, StringComparison.Ordinal);
        Assert.True(start >= 0, $"{open} is missing.");
        start += open.Length;
        return html[start..html.IndexOf(close, start, StringComparison.Ordinal)];
    }
}
