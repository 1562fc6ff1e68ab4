using System.Management.Automation;
using LogAnomaly.Detection;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;
using LogAnomaly.Sigma;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Every error record of the module: its constant id, its category, and a message that names the thing and the remedy.
/// </summary>
internal static class Errors
{
    /// <summary>A problem that the reader had with a file.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord Reading(ReadProblem problem)
    {
        (string id, ErrorCategory category) = problem.Kind switch
        {
            ReadProblemKind.NotFound => ("FileNotFound", ErrorCategory.ObjectNotFound),
            ReadProblemKind.IsDirectory => ("PathIsDirectory", ErrorCategory.InvalidArgument),
            ReadProblemKind.AccessDenied => ("FileAccessDenied", ErrorCategory.PermissionDenied),
            ReadProblemKind.NotSupported => ("ContentNotSupported", ErrorCategory.InvalidData),
            _ => ("ReadingEndedEarly", ErrorCategory.ReadError),
        };
        IOException error = new(VisibleText.Escape(problem.Message), problem.Exception);
        return Record(error, id, category, problem.Path);
    }

    /// <summary>A path that names nothing.</summary>
    /// <param name="command">The cmdlet that was given the path: how it takes a name with brackets.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="cause">The cause, or null.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord FileNotFound(PSCmdlet command, string path, Exception? cause = null)
    {
        string remedy = (path.Contains('[', StringComparison.Ordinal), command) switch
        {
            (true, LogFileCommand) => "brackets are wildcards in -Path; give such a name by -LiteralPath.",
            (true, _) => "brackets are wildcards in -LogPath; give such a name by Find-LogAnomaly -LiteralPath ... | "
                + "Export-LogDashboard.",
            _ => "check the path.",
        };
        return Record(
            new FileNotFoundException(VisibleText.Escape($"There is no file '{path}': {remedy}"), path, cause),
            "FileNotFound",
            ErrorCategory.ObjectNotFound,
            path);
    }

    /// <summary>A database of countries that cannot be read.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="cause">The cause.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord CountryDatabaseNotRead(string path, Exception cause)
    {
        ErrorCategory category = cause switch
        {
            FileNotFoundException or DirectoryNotFoundException => ErrorCategory.ObjectNotFound,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            InvalidDataException => ErrorCategory.InvalidData,
            _ => ErrorCategory.ReadError,
        };
        return Record(
            new IOException(
                VisibleText.Escape(
                    $"The database of countries cannot be read: {cause.Message} Give an .mmdb file of countries or "
                    + "cities by -CountryDatabase, or leave it out for the table that ships."),
                cause),
            "CountryDatabaseNotRead",
            category,
            path);
    }

    /// <summary>A path of rules that names nothing.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord RulesNotFound(string path) => Record(
        new FileNotFoundException(
            VisibleText.Escape($"There is no file or folder of rules '{path}': check the path."), path),
        "RulesNotFound",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>Files of rules that cannot be read.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord RulesNotRead(Exception cause) => Record(
        new IOException(
            VisibleText.Escape($"The rules cannot be read, so the built-in ones run alone: {cause.Message}"), cause),
        "RulesNotRead",
        ErrorCategory.ReadError,
        "RulePath");

    /// <summary>A name that no encoding has.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord UnknownEncoding(string name) => Record(
        new ArgumentException(VisibleText.Escape(
            $"There is no encoding '{name}': name one such as latin1, windows-1252 or utf-16.")),
        "UnknownEncoding",
        ErrorCategory.InvalidArgument,
        name);

    /// <summary>More than one of the parameters that name a format.</summary>
    /// <returns>The record.</returns>
    public static ErrorRecord FormatsExclude() => Record(
        new ArgumentException(
            "-Format, -Pattern, -FormatPath, -LogFormat and -ErrorLogFormat exclude each other: give one of them."),
        "FormatsExclude",
        ErrorCategory.InvalidArgument,
        "Format");

    /// <summary>None of the parameters that name a format.</summary>
    /// <returns>The record.</returns>
    public static ErrorRecord NoFormat() => Record(
        new ArgumentException(
            "There is no format to try: give -Format, -Pattern, -FormatPath, -LogFormat or -ErrorLogFormat."),
        "NoFormat",
        ErrorCategory.InvalidArgument,
        "Format");

    /// <summary>A format of the user's own that has a fault.</summary>
    /// <param name="cause">What is wrong.</param>
    /// <param name="format">The pattern, file or format string.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadFormat(Exception cause, string format) => Record(
        new ArgumentException(VisibleText.Escape(cause.Message), cause),
        "BadFormat",
        ErrorCategory.InvalidArgument,
        format);

    /// <summary>A name that no field has.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord UnknownField(string name) => Record(
        new ArgumentException(VisibleText.Escape(
            $"There is no field '{name}': name one such as SourceIP, UserName or Timestamp.")),
        "UnknownField",
        ErrorCategory.InvalidArgument,
        name);

    /// <summary>A file that cannot be read.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="cause">Why.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord FileNotRead(string path, Exception cause) => Record(
        new IOException(VisibleText.Escape($"'{path}' cannot be read: {cause.Message}"), cause),
        "FileNotRead",
        ErrorCategory.ReadError,
        path);

    /// <summary>A path of another provider than the file system.</summary>
    /// <param name="path">The path as it was given.</param>
    /// <param name="provider">Name of its provider.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotFileSystem(string path, string provider) => Record(
        new ArgumentException(VisibleText.Escape(
            $"'{path}' is a path of the provider {provider}: name a file of the file system.")),
        "NotFileSystem",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>
    /// A path that cannot be resolved: its drive or provider is unknown, or its wildcards are malformed.
    /// </summary>
    /// <param name="command">The cmdlet that was given the path: whether it takes paths from the pipeline.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="cause">The cause.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord PathNotResolved(PSCmdlet command, string path, Exception cause)
    {
        // Get-Content log | Get-ApacheLog gives lines where paths are meant, and most of them look like drives.
        string remedy = command is LogFileCommand ? " The pipeline takes paths of files, not their lines." : "";
        return Record(
            new ArgumentException(VisibleText.Escape($"'{path}' cannot be resolved: {cause.Message}{remedy}"), cause),
            "PathNotResolved",
            ErrorCategory.InvalidArgument,
            path);
    }

    /// <summary>A file that would be overwritten.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord FileExists(string path) => Record(
        new IOException(VisibleText.Escape(
            $"'{path}' exists already: choose another name, or overwrite it with -Force.")),
        "FileExists",
        ErrorCategory.ResourceExists,
        path);

    /// <summary>A file to write whose path is that of a directory.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord TargetIsDirectory(string path) => Record(
        new IOException(VisibleText.Escape($"'{path}' is a directory: name a file in it.")),
        "PathIsDirectory",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A file that could not be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cause">The cause.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotWritten(string path, Exception cause) => Record(
        new IOException(VisibleText.Escape($"'{path}' could not be written: {cause.Message}"), cause),
        "FileNotWritten",
        ErrorCategory.WriteError,
        path);

    /// <summary>A page that was written but that no program shows.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cause">The cause.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotOpened(string path, Exception cause) => Record(
        new InvalidOperationException(
            VisibleText.Escape(
                $"'{path}' was written, but no program could be started to show it: {cause.Message} Open it by hand."),
            cause),
        "PageNotOpened",
        ErrorCategory.OpenError,
        path);

    /// <summary>A page that is to be opened and whose name does not say that it is one.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotAPageName(string path) => Record(
        new ArgumentException(VisibleText.Escape(
            $"-Open shows '{path}' in the program for its kind of file, which only .html and .htm name as a page. "
            + "Give it such a name, or leave out -Open.")),
        "NotAPageName",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A parameter of a synthetic log that does not go with a scenario, or goes with one only.</summary>
    /// <param name="name">Name of the parameter.</param>
    /// <param name="hasScenario">Whether a scenario is asked for.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord ScenarioParameter(string name, bool hasScenario) => Record(
        new ArgumentException(hasScenario
            ? $"-{name} and -Scenario exclude each other: a log with scenarios has the traffic of -Days."
            : $"-{name} goes with -Scenario only; name a scenario, or None for quiet days."),
        "ScenarioParameter",
        ErrorCategory.InvalidArgument,
        name);

    /// <summary>A synthetic log whose parameters do not go together.</summary>
    /// <param name="cause">What the engine says of them.</param>
    /// <param name="target">Kind of the log.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord ScenarioNotPossible(ArgumentOutOfRangeException cause, object target) => Record(
        new ArgumentException(VisibleText.Escape(cause.Message.Split('\n', '(')[0].Trim()), cause),
        "ScenarioNotPossible",
        ErrorCategory.InvalidArgument,
        target);

    /// <summary>The name of a format that is not known.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord UnknownFormat(string name) => Record(
        new ArgumentException(
            $"There is no format '{VisibleText.Escape(name)}': use auto or one of "
            + $"{string.Join(", ", LogFormats.All.Select(format => format.Name))}."),
        "UnknownFormat",
        ErrorCategory.InvalidArgument,
        name);

    /// <summary>The name of a format that web servers do not write.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">Names that are possible.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotOfWebServer(string name, IEnumerable<string> known) => Record(
        new ArgumentException(
            $"Get-ApacheLog has no format '{VisibleText.Escape(name)}': use auto or one of {string.Join(", ", known)}. "
            + "Get-LogEvent reads all other formats."),
        "UnknownFormat",
        ErrorCategory.InvalidArgument,
        name);

    /// <summary>A machine without a journal.</summary>
    /// <param name="program">The program that was looked for.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NoJournal(string program) => Record(
        new InvalidOperationException(
            $"There is no {program} on this machine, so its journal cannot be read: name log files by -Path, such as "
            + "/var/log/syslog."),
        "NoJournal",
        ErrorCategory.ObjectNotFound,
        program);

    /// <summary>A window of time that is not longer than nothing.</summary>
    /// <param name="window">The window.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord WindowNotPositive(TimeSpan window) => Record(
        new ArgumentException($"A window of {window} holds no time: give one above zero, such as -Window 00:05:00."),
        "WindowNotPositive",
        ErrorCategory.InvalidArgument,
        window);

    /// <summary>An interval of time that is not longer than nothing.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="parameter">Name of the parameter that it was given by.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord IntervalNotPositive(TimeSpan interval, string parameter) => Record(
        new ArgumentException(
            $"-{parameter} {interval} holds no time: give a length above zero, such as -{parameter} 00:05:00."),
        "IntervalNotPositive",
        ErrorCategory.InvalidArgument,
        interval);

    /// <summary>An input object that a dashboard cannot be made of.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord UnsupportedInput(object input) => Record(
        new ArgumentException(
            $"A {input.GetType().FullName} is neither an anomaly nor an event: pipe from Find-LogAnomaly or a Get- "
            + "command of this module, or name the log by -LogPath. Objects that were exported and imported again have "
            + "lost their analysis."),
        "UnsupportedInput",
        ErrorCategory.InvalidType,
        input);

    /// <summary>Anomalies and events in one input.</summary>
    /// <param name="input">The first object of the other kind.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord MixedInput(object input) => Record(
        new ArgumentException(
            "The input holds anomalies and events: pipe either of them, the anomalies bring their events along."),
        "MixedInput",
        ErrorCategory.InvalidArgument,
        input);

    /// <summary>A page for which nothing could be read.</summary>
    /// <param name="path">Full path of the page, which is left as it is.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NothingTakenIn(string path) => Record(
        new InvalidOperationException(VisibleText.Escape(
            $"Nothing could be taken in, so '{path}' was not written: mend what the errors before this one name.")),
        "NothingTakenIn",
        ErrorCategory.InvalidData,
        path);

    /// <summary>A file of suppressions that has a fault.</summary>
    /// <param name="cause">What is wrong, and where.</param>
    /// <param name="path">The file.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadSuppressionFile(Exception cause, string path) => Record(
        new InvalidDataException(VisibleText.Escape(cause.Message), cause),
        "BadSuppressionFile",
        ErrorCategory.InvalidData,
        path);

    /// <summary>A suppression that would hide too much, or whose meaning is not plain.</summary>
    /// <param name="cause">What is wrong.</param>
    /// <param name="suppression">The suppression.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadSuppression(Exception cause, LogSuppression suppression) => Record(
        new ArgumentException(VisibleText.Escape(cause.Message), cause),
        "BadSuppression",
        ErrorCategory.InvalidArgument,
        suppression);

    /// <summary>A file of verdicts that has a fault.</summary>
    /// <param name="cause">What is wrong, and where.</param>
    /// <param name="path">The file.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadVerdictFile(Exception cause, string path) => Record(
        new InvalidDataException(VisibleText.Escape(cause.Message), cause),
        "BadVerdictFile",
        ErrorCategory.InvalidData,
        path);

    /// <summary>A verdict without a cause.</summary>
    /// <returns>The record.</returns>
    public static ErrorRecord NoCause() => Record(
        new ArgumentException("-Because is blank: say why, for those who read the verdict later."),
        "NoCause",
        ErrorCategory.InvalidArgument,
        "Because");

    /// <summary>A file that is no baseline, or not as it was signed.</summary>
    /// <param name="cause">What is wrong.</param>
    /// <param name="path">The file.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadBaseline(Exception cause, string path) => Record(
        new InvalidDataException(VisibleText.Escape(cause.Message), cause),
        "BadBaseline",
        ErrorCategory.InvalidData,
        path);

    /// <summary>Several baselines for one file.</summary>
    /// <param name="path">The file, which holds the first.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord SeveralBaselines(string path) => Record(
        new ArgumentException(VisibleText.Escape(
            $"'{path}' takes one baseline, and it has the first: make one of several by New-LogBaseline -Merge, or "
                + "write each to its file.")),
        "SeveralBaselines",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>Logs that hold nothing to learn from.</summary>
    /// <param name="name">Name of the baseline.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NothingLearned(string name) => Record(
        new InvalidOperationException(VisibleText.Escape(
            $"There was no event to learn from, so there is no baseline '{name}': check the files, and -After and "
                + "-Before.")),
        "NothingLearned",
        ErrorCategory.InvalidData,
        name);

    /// <summary>A side of a comparison without events.</summary>
    /// <param name="side">Name of the parameter.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NothingToCompare(string side) => Record(
        new InvalidOperationException($"-{side} holds no event, so there is nothing to compare: check what it names."),
        "NothingToCompare",
        ErrorCategory.InvalidData,
        side);

    /// <summary>An object that cannot be compared.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotComparable(object input) => Record(
        new ArgumentException(
            $"A {input.GetType().FullName} cannot be compared: give paths, events of a Get- command of this module, or "
                + "baselines."),
        "NotComparable",
        ErrorCategory.InvalidType,
        input);

    /// <summary>More than one of the parameters that name a key.</summary>
    /// <returns>The record.</returns>
    public static ErrorRecord KeysExclude() => Record(
        new ArgumentException("-Key, -KeyPath, -Certificate and -Thumbprint exclude each other: give one of them."),
        "KeysExclude",
        ErrorCategory.InvalidArgument,
        "Key");

    /// <summary>A key or certificate that cannot be used.</summary>
    /// <param name="cause">What is wrong.</param>
    /// <param name="key">Which it is.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadKey(Exception cause, string key) => Record(
        new ArgumentException(VisibleText.Escape(cause.Message), cause),
        "BadKey",
        ErrorCategory.InvalidArgument,
        key);

    /// <summary>An end and no end.</summary>
    /// <returns>The record.</returns>
    public static ErrorRecord ExpiryExcludes() => Record(
        new ArgumentException("-Until and -NoExpiry exclude each other: give one of them."),
        "ExpiryExcludes",
        ErrorCategory.InvalidArgument,
        "NoExpiry");

    /// <summary>An end that has come already.</summary>
    /// <param name="until">The end.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord AlreadyExpired(DateTimeOffset until) => Record(
        new ArgumentException(FormattableString.Invariant(
            $"-Until {until:yyyy-MM-dd HH:mm} has passed already: until then nothing would change.")),
        "AlreadyExpired",
        ErrorCategory.InvalidArgument,
        until);

    /// <summary>What says not where labels are.</summary>
    /// <param name="cause">What is wrong.</param>
    /// <param name="label">What was given.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadLabel(Exception cause, string label) => Record(
        new ArgumentException(VisibleText.Escape(cause.Message), cause),
        "BadLabel",
        ErrorCategory.InvalidArgument,
        label);

    /// <summary>A name that no detector has.</summary>
    /// <param name="cause">Which name.</param>
    /// <param name="names">The names that were given.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord UnknownDetector(Exception cause, string[] names) => Record(
        new ArgumentException(VisibleText.Escape(cause.Message), cause),
        "UnknownDetector",
        ErrorCategory.InvalidArgument,
        names);

    /// <summary>A budget of alerts that says no number and time.</summary>
    /// <param name="budget">The text.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord BadAlertBudget(string budget) => Record(
        new ArgumentException(VisibleText.Escape(
            $"'{budget}' is no budget of alerts: write how many in which time, such as 5/day, 1/hour, 10/week or "
                + "2/6h.")),
        "BadAlertBudget",
        ErrorCategory.InvalidArgument,
        budget);

    /// <summary>A name that no detector of events has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="names">The names that were given.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord UnknownModel(string name, string[] names) => Record(
        new ArgumentException(VisibleText.Escape(
            $"There is no detector of events '{name}': name one of {string.Join(", ", LogDetectors.Names)}.")),
        "UnknownModel",
        ErrorCategory.InvalidArgument,
        names);

    /// <summary>Detectors of events beside a baseline, which brings its own.</summary>
    /// <returns>The record.</returns>
    public static ErrorRecord BaselineHasModel() => Record(
        new ArgumentException(
            "-Model and -Baseline exclude each other: a baseline brings the models that it was learned with."),
        "BaselineHasModel",
        ErrorCategory.InvalidArgument,
        "Model");

    /// <summary>An object that stands for no baseline.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NoBaseline(object input) => Record(
        new ArgumentException(
            $"A {input.GetType().FullName} is no baseline: give one of New-LogBaseline or Import-LogBaseline, or the "
                + "path of its file."),
        "NoBaseline",
        ErrorCategory.InvalidType,
        input);

    /// <summary>Labels that cannot be read, or none in the part that is tested.</summary>
    /// <param name="cause">What is wrong.</param>
    /// <param name="label">What says where they are.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord NotMeasured(Exception cause, string label) => Record(
        new InvalidDataException(VisibleText.Escape(cause.Message), cause),
        "NotMeasured",
        ErrorCategory.InvalidData,
        label);

    /// <summary>A rule that cannot be used.</summary>
    /// <param name="fault">Where and why.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord RuleFault(RuleFault fault) => Record(
        new InvalidDataException(VisibleText.Escape(fault.ToString())),
        "RuleFault",
        ErrorCategory.InvalidData,
        fault.RuleId ?? fault.Path);

    // The target stays what it is, for scripts; its name is what some views of errors print.
    private static ErrorRecord Record(Exception exception, string id, ErrorCategory category, object target)
    {
        ErrorRecord record = new(exception, id, category, target);
        record.CategoryInfo.TargetName = VisibleText.Escape(record.CategoryInfo.TargetName);
        return record;
    }
}
