using System.Globalization;
using System.Text;
using System.Xml;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the XML of a Windows record (schema <c>http://schemas.microsoft.com/win/2004/08/events/event</c>). No document
/// type is read and nothing outside of the line: log files are written by attackers.
/// </summary>
internal static class WindowsXml
{
    private const int MostCharacters = 8 * 1024 * 1024;
    private const int MostValues = 2_000;
    private const int Deepest = 64;

    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ConformanceLevel = ConformanceLevel.Fragment,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MostCharacters,
        MaxCharactersFromEntities = 1024,
    };

    /// <summary>Reads one record.</summary>
    /// <param name="xml">The element <c>Event</c>.</param>
    /// <param name="context">Clock and pools.</param>
    /// <returns>What it says, or null where it is no such element or has no id.</returns>
    public static WindowsParts? Read(ReadOnlySpan<byte> xml, ParseContext context)
    {
        try
        {
            using StringReader text = new(Encoding.UTF8.GetString(xml));
            using XmlReader reader = XmlReader.Create(text, s_settings);
            WindowsParts parts = new();
            List<string> path = [];
            while (reader.Read())
            {
                Step(reader, path, parts, context);
            }

            return parts.EventId < 0 || path.Count > 0 ? null : parts;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static void Step(XmlReader reader, List<string> path, WindowsParts parts, ParseContext context)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                if (path.Count == Deepest)
                {
                    throw new XmlException("The element is nested too deeply.");
                }

                string name = reader.LocalName;
                bool isEmpty = reader.IsEmptyElement;
                string section = path.Count > 1 ? path[1] : "";
                string? dataName = name == "Data" ? reader.GetAttribute("Name") : null;
                if (path.Count == 2 && section == "System")
                {
                    ReadHeader(reader, name, parts, context);
                }

                if (isEmpty)
                {
                    Add(section, path.Count, name, dataName, "", parts, context);
                    return;
                }

                path.Add(dataName is null ? name : "Data\0" + dataName);
                return;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                AddText(path, reader.Value, parts, context);
                return;
            case XmlNodeType.EndElement:
                AddEmpty(path, parts, context);
                path.RemoveAt(path.Count - 1);
                return;
            default:
                return;
        }
    }

    private static void AddText(List<string> path, string value, WindowsParts parts, ParseContext context)
    {
        if (path.Count < 3)
        {
            return;
        }

        string name = path[^1];
        string? dataName = name.StartsWith("Data\0", StringComparison.Ordinal) ? name[5..] : null;
        Add(path[1], path.Count - 1, dataName is null ? name : "Data", dataName, value, parts, context);
    }

    // An element that ends without text has an empty value.
    private static void AddEmpty(List<string> path, WindowsParts parts, ParseContext context)
    {
        string name = path[^1];
        if (path.Count == 3 && path[1] == "EventData" && name.StartsWith("Data\0", StringComparison.Ordinal)
            && !parts.Data.Exists(pair => pair.Key == name[5..]))
        {
            AddText(path, "", parts, context);
        }
    }

    private static void Add(
        string section,
        int depth,
        string name,
        string? dataName,
        string value,
        WindowsParts parts,
        ParseContext context)
    {
        if (parts.Data.Count + parts.Unnamed.Count > MostValues)
        {
            return;
        }

        switch (section)
        {
            case "System" when depth == 2:
                SetHeader(name, value.Trim(), parts);
                break;
            case "EventData" when dataName is not null:
                parts.Data.Add(new(context.Pool.Get(Encoding.UTF8.GetBytes(dataName)), value));
                break;
            case "EventData" when name == "Data":
                parts.Unnamed.Add(value);
                break;
            case "EventData" or "UserData" when value.Length > 0 && name != section:
                parts.Data.Add(new(context.Pool.Get(Encoding.UTF8.GetBytes(name)), value));
                break;
            case "RenderingInfo" when name == "Message":
                parts.Message = value;
                break;
            case "RenderingInfo" when name == "Level" && value.Length > 0:
                parts.Level ??= value;
                break;
            default:
                break;
        }
    }

    private static void SetHeader(string name, string value, WindowsParts parts)
    {
        if (value.Length == 0)
        {
            return;
        }

        parts.System.Add(new(name, value));
        switch (name)
        {
            case "EventID":
                parts.EventId = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                    ? id
                    : -1;
                break;
            case "Level":
                parts.Level = value;
                break;
            case "Keywords":
                parts.SetKeywords(value);
                break;
            case "EventRecordID":
                parts.RecordId = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    ? number
                    : null;
                break;
            case "Channel":
                parts.Channel = value;
                break;
            case "Computer":
                parts.Computer = value;
                break;
            default:
                break;
        }
    }

    private static void ReadHeader(XmlReader reader, string name, WindowsParts parts, ParseContext context)
    {
        switch (name)
        {
            case "Provider":
                parts.Provider = reader.GetAttribute("Name") ?? reader.GetAttribute("EventSourceName");
                parts.System.Add(new("Provider_Name", parts.Provider));
                AddAttribute(reader, "Guid", "Provider_Guid", parts);
                break;
            case "TimeCreated" when reader.GetAttribute("SystemTime") is { } stamp:
                parts.System.Add(new("TimeCreated", stamp));
                parts.Time = TimestampText.TryRead(
                    Encoding.UTF8.GetBytes(stamp), context.Clock, out DateTimeOffset time) ? time : null;
                break;
            case "Execution":
                parts.ProcessId = FieldScanner.ToInt32(Encoding.UTF8.GetBytes(reader.GetAttribute("ProcessID") ?? ""));
                parts.ThreadId = FieldScanner.ToInt32(Encoding.UTF8.GetBytes(reader.GetAttribute("ThreadID") ?? ""));
                AddAttribute(reader, "ProcessID", "Execution_ProcessID", parts);
                AddAttribute(reader, "ThreadID", "Execution_ThreadID", parts);
                break;
            case "Correlation":
                AddAttribute(reader, "ActivityID", "Correlation_ActivityID", parts);
                break;
            case "Security":
                AddAttribute(reader, "UserID", "Security_UserID", parts);
                break;
            default:
                break;
        }
    }

    private static void AddAttribute(XmlReader reader, string attribute, string name, WindowsParts parts)
    {
        if (reader.GetAttribute(attribute) is { Length: > 0 } value)
        {
            parts.System.Add(new(name, value));
        }
    }
}
