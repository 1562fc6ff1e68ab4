using System.Text;

namespace LogAnomaly.Dashboard;

/// <summary>
/// Writes an analysis as one HTML page that works from disk and from mail: script, style and data are inside, and the
/// page asks nothing of the network.
/// </summary>
public static class DashboardWriter
{
    /// <summary>Writes the page to a stream, which stays open. The page is never held in memory as a whole.</summary>
    /// <param name="analysis">What the page shows.</param>
    /// <param name="options">How it shows it.</param>
    /// <param name="output">Where it goes, as UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="DashboardOptions.MaximumAnomalies"/> is negative, or the theme is none of the three.
    /// </exception>
    public static void Write(LogAnalysis analysis, DashboardOptions options, Stream output)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaximumAnomalies, nameof(options));

        PageTemplate template = PageTemplate.Embedded;
        output.Write(template.Head);
        output.Write(Encoding.UTF8.GetBytes(PageDigest.Title(options)));
        output.Write(template.AfterTitle);
        output.Write(Encoding.UTF8.GetBytes(PageDigest.Write(analysis, options)));
        output.Write(template.AfterDigest);
        using (PageDataWriter data = new(output, options))
        {
            data.Write(analysis);
        }

        output.Write(template.Tail);
        output.Flush();
    }

    /// <summary>
    /// Writes the page to a file. It is written beside its target and then moved into place, so that a reader never
    /// meets half a page and a failure leaves the earlier page as it was. What is no regular file, such as
    /// <c>/dev/null</c>, is written to and stays what it is.
    /// </summary>
    /// <param name="analysis">What the page shows.</param>
    /// <param name="options">How it shows it.</param>
    /// <param name="path">
    /// The file, or a link to it; one that is there is replaced and hands on its Unix permissions.
    /// </param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static void WriteFile(LogAnalysis analysis, DashboardOptions options, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileReplacement file = FileReplacement.Start(path, overwrite: true);
        Write(analysis, options, file.Output);
        file.Complete();
    }
}
