namespace LogAnomaly.Parsing;

/// <summary>
/// Takes the values out of the printed text of a Windows event: headings, names and values, with at least two spaces,
/// tabs or ends of lines between them, and a colon behind a heading or a name. A name such as <c>Account Name</c> means
/// what its heading says.
/// </summary>
internal static class WindowsText
{
    private const int MostValues = 200;

    private static readonly (string Label, string Name)[] s_names =
    [
        ("Source Network Address", "IpAddress"), ("Client Address", "IpAddress"), ("Network Address", "IpAddress"),
        ("Source Port", "IpPort"), ("Client Port", "IpPort"), ("Workstation Name", "WorkstationName"),
        ("Source Workstation", "Workstation"), ("Logon Account", "TargetUserName"), ("Logon Type", "LogonType"),
        ("Failure Reason", "FailureReason"), ("Sub Status", "SubStatus"), ("Error Code", "Status"),
        ("Result Code", "Status"), ("Failure Code", "Status"), ("Authentication Package", "AuthenticationPackageName"),
        ("Logon Process", "LogonProcessName"), ("Service Name", "ServiceName"),
        ("Service File Name", "ServiceFileName"), ("Service Account", "ServiceAccount"),
        ("New Process Name", "NewProcessName"), ("Process Command Line", "CommandLine"), ("Task Name", "TaskName"),
        ("Share Name", "ShareName"), ("Relative Target Name", "RelativeTargetName"), ("Group Name", "TargetUserName"),
        ("Caller Computer Name", "TargetDomainName"), ("User Name", "TargetUserName"), ("Domain", "TargetDomainName"),
    ];

    /// <summary>Adds the values of the text of a record to its data.</summary>
    /// <param name="parts">What the record says; its text is set.</param>
    public static void AddData(WindowsParts parts)
    {
        ReadOnlySpan<char> text = parts.Message;
        string heading = "";
        string? label = null;
        while (TryNext(ref text, out ReadOnlySpan<char> token) && parts.Data.Count < MostValues)
        {
            int colon = token.IndexOf(": ", StringComparison.Ordinal);
            bool isLabel = token[^1] == ':';
            if (isLabel)
            {
                // A name without a value before the next name was a heading.
                heading = label ?? heading;
                label = token[..^1].Trim().ToString();
            }
            else if (label is not null)
            {
                Add(parts, heading, label, token);
                label = null;
            }
            else if (colon > 0)
            {
                Add(parts, heading, token[..colon].ToString(), token[(colon + 2)..]);
            }
        }
    }

    private static void Add(WindowsParts parts, string heading, string label, ReadOnlySpan<char> value)
    {
        string name = NameOf(heading, label);
        if (!parts.Data.Exists(pair => pair.Key.Equals(name, StringComparison.Ordinal)))
        {
            parts.Data.Add(new(name, value.Trim().ToString()));
            if (name == "ServiceFileName")
            {
                parts.Data.Add(new("ImagePath", value.Trim().ToString()));
            }
        }
    }

    private static string NameOf(string heading, string label)
    {
        string who = heading is "Subject" ? "Subject" : heading is "Member" ? "Member" : "Target";
        switch (label)
        {
            case "Account Name":
                return who == "Member" ? "MemberName" : who + "UserName";
            case "Account Domain":
                return who + "DomainName";
            case "Security ID":
                return who == "Member" ? "MemberSid" : who == "Subject" ? "SubjectUserSid" : "TargetUserSid";
            case "Logon ID":
                return who + "LogonId";
        }

        foreach ((string known, string name) in s_names)
        {
            if (known == label)
            {
                return name;
            }
        }

        return label.Replace(" ", "", StringComparison.Ordinal);
    }

    private static bool TryNext(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> token)
    {
        text = text.Trim();
        int end = 0;
        while (end < text.Length && !IsGap(text, end))
        {
            end++;
        }

        token = text[..end];
        text = text[end..];
        return token.Length > 0;
    }

    private static bool IsGap(ReadOnlySpan<char> text, int at) =>
        text[at] is '\t' or '\r' or '\n' || (text[at] == ' ' && at + 1 < text.Length && text[at + 1] == ' ');
}
