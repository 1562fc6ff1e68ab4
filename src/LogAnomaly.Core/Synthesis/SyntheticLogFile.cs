using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Synthesis;

/// <summary>Writes a synthetic log and its labels.</summary>
internal static class SyntheticLogFile
{
    /// <summary>Name of the format of the labels, in the document itself.</summary>
    public const string LabelsFormat = "loganomaly-labels";

    /// <summary>Version of the format of the labels.</summary>
    public const int LabelsVersion = 1;

    private const int BufferBytes = 1 << 16;

    /// <summary>Writes both files.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="options">What they were made by.</param>
    /// <param name="path">File of the log.</param>
    /// <param name="existing">What to do where a file exists.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void Write(
        IEnumerable<SyntheticLine> lines, SyntheticLogOptions options, string path, ExistingFile existing,
        CancellationToken cancellationToken)
    {
        string logPath = Path.GetFullPath(path);
        string labelsPath = LogSynthesizer.LabelsPath(logPath);
        CheckTarget(logPath, existing);
        CheckTarget(labelsPath, existing);
        bool overwrite = existing == ExistingFile.Replace;
        using FileReplacement newLog = FileReplacement.Start(logPath, overwrite);
        using FileReplacement newLabels = FileReplacement.Start(labelsPath, overwrite);
        WriteContent(lines, options, newLog.Output, newLabels.Output, cancellationToken);

        // The log first: where it cannot be put in its place, no labels are left that belong to no log.
        newLog.Complete();
        newLabels.Complete();
    }

    private static void CheckTarget(string path, ExistingFile existing)
    {
        string? folder = Path.GetDirectoryName(path);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' does not exist; create it first.");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder; name a file.");
        }

        if (existing == ExistingFile.Refuse && File.Exists(path))
        {
            throw new IOException($"The file '{path}' already exists; name another or ask for it to be replaced.");
        }
    }

    private static void WriteContent(
        IEnumerable<SyntheticLine> lines, SyntheticLogOptions options, Stream logStream, Stream labelsStream,
        CancellationToken cancellationToken)
    {
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        using StreamWriter log = new(logStream, encoding, BufferBytes, leaveOpen: true);
        using Utf8JsonWriter labels = new(labelsStream);
        WriteHead(labels, options);
        long number = 0;
        foreach (SyntheticLine line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            log.Write(line.Text);
            log.Write('\n');
            number++;
            if (line.Label is null)
            {
                continue;
            }

            // One a line, for people and diffs. The writer's own indentation would take the line end of the system, and
            // the bytes shall be the same on all. Labels are constants of letters and hyphens.
            labels.WriteRawValue(string.Create(
                CultureInfo.InvariantCulture, $"\n{{\"lineNumber\":{number},\"label\":\"{line.Label}\"}}"));
            if (labels.BytesPending >= BufferBytes)
            {
                labels.Flush();
            }
        }

        labels.WriteEndArray();
        labels.WriteEndObject();
        labels.Flush();
        labelsStream.WriteByte((byte)'\n');
    }

    private static void WriteHead(Utf8JsonWriter labels, SyntheticLogOptions options)
    {
        labels.WriteStartObject();
        labels.WriteString("format", LabelsFormat);
        labels.WriteNumber("version", LabelsVersion);
        labels.WriteString("type", options.Type.ToString());
        labels.WriteNumber("seed", options.Seed);
        labels.WriteNumber("count", options.Count);
        labels.WriteNumber("anomalyRate", options.AnomalyRate);
        labels.WriteString("start", options.Start);
        labels.WriteStartArray("anomalies");
    }
}
