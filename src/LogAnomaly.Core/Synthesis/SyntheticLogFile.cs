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

    /// <summary>
    /// Version of the format of the labels of a log with scenarios: the first with an account of incidents.
    /// </summary>
    public const int ScenarioLabelsVersion = 2;

    private const int BufferBytes = 1 << 16;

    /// <summary>Writes both files.</summary>
    /// <param name="options">What log to make.</param>
    /// <param name="path">File of the log.</param>
    /// <param name="existing">What to do where a file exists.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static void Write(
        SyntheticLogOptions options, string path, ExistingFile existing, CancellationToken cancellationToken)
    {
        List<SyntheticIncident> incidents = [];
        IEnumerable<SyntheticLine> lines = LogSynthesizer.Generate(options, incidents.Add);
        string logPath = Path.GetFullPath(path);
        string labelsPath = LogSynthesizer.LabelsPath(logPath);
        CheckTarget(logPath, existing);
        CheckTarget(labelsPath, existing);
        bool overwrite = existing == ExistingFile.Replace;
        using FileReplacement newLog = FileReplacement.Start(logPath, overwrite);
        using FileReplacement newLabels = FileReplacement.Start(labelsPath, overwrite);
        WriteContent(lines, incidents, options, newLog.Output, newLabels.Output, cancellationToken);

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
        IEnumerable<SyntheticLine> lines,
        List<SyntheticIncident> incidents,
        SyntheticLogOptions options,
        Stream logStream,
        Stream labelsStream,
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
            // the bytes shall be the same on all. Labels and ids are of letters, digits and hyphens.
            string incident = line.IncidentId is null ? "" : $",\"incident\":\"{line.IncidentId}\"";
            labels.WriteRawValue(string.Create(
                CultureInfo.InvariantCulture, $"\n{{\"lineNumber\":{number},\"label\":\"{line.Label}\"{incident}}}"));
            if (labels.BytesPending >= BufferBytes)
            {
                labels.Flush();
            }
        }

        labels.WriteEndArray();
        if (options.Scenarios is not null)
        {
            WriteIncidents(labels, incidents, number);
        }

        labels.WriteEndObject();
        labels.Flush();
        labelsStream.WriteByte((byte)'\n');
    }

    private static void WriteHead(Utf8JsonWriter labels, SyntheticLogOptions options)
    {
        labels.WriteStartObject();
        labels.WriteString("format", LabelsFormat);
        bool hasScenarios = options.Scenarios is not null;
        labels.WriteNumber("version", hasScenarios ? ScenarioLabelsVersion : LabelsVersion);
        labels.WriteString("type", options.Type.ToString());
        labels.WriteNumber("seed", options.Seed);
        if (hasScenarios)
        {
            labels.WriteNumber("days", options.Days);
            labels.WriteString("difficulty", options.Difficulty.ToString());
        }
        else
        {
            labels.WriteNumber("count", options.Count);
            labels.WriteNumber("anomalyRate", options.AnomalyRate);
        }

        labels.WriteString("start", options.Start);
        labels.WriteStartArray("anomalies");
    }

    // After the lines, as only then it is known what each incident came to. Each stands on a line of its own, too.
    private static void WriteIncidents(Utf8JsonWriter labels, List<SyntheticIncident> incidents, long count)
    {
        labels.WriteNumber("count", count);
        labels.WriteStartArray("incidents");
        using MemoryStream text = new();
        foreach (SyntheticIncident incident in incidents)
        {
            text.SetLength(0);
            text.WriteByte((byte)'\n');
            using (Utf8JsonWriter one = new(text))
            {
                WriteIncident(one, incident);
            }

            labels.WriteRawValue(text.GetBuffer().AsSpan(0, (int)text.Length));
        }

        labels.WriteEndArray();
    }

    private static void WriteIncident(Utf8JsonWriter labels, SyntheticIncident incident)
    {
        labels.WriteStartObject();
        labels.WriteString("id", incident.Id);
        labels.WriteString("label", incident.Label);
        labels.WriteString("scenario", incident.Scenario.ToString());
        labels.WriteString("difficulty", incident.Difficulty.ToString());
        labels.WriteString("start", incident.Start);
        labels.WriteString("end", incident.End);
        if (incident.Lines.Count > 0)
        {
            labels.WriteNumber("firstLine", incident.Lines[0]);
            labels.WriteNumber("lastLine", incident.Lines[^1]);
        }

        labels.WriteStartArray("lines");
        foreach (long line in incident.Lines)
        {
            labels.WriteNumberValue(line);
        }

        labels.WriteEndArray();
        labels.WriteStartArray("entities");
        foreach (SyntheticEntity entity in incident.Entities)
        {
            labels.WriteStartObject();
            labels.WriteString("type", entity.Type);
            labels.WriteString("value", entity.Value);
            labels.WriteEndObject();
        }

        labels.WriteEndArray();
        WriteWords(labels, "rules", incident.Rules);
        WriteWords(labels, "learned", incident.Learned);
        labels.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter labels, string name, IReadOnlyList<string> words)
    {
        labels.WriteStartArray(name);
        foreach (string word in words)
        {
            labels.WriteStringValue(word);
        }

        labels.WriteEndArray();
    }
}
