using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly sessions</c>: the story of each source, user or host.</summary>
internal sealed class SessionsCommand : Command
{
    private const int MostInTable = 50;
    private static readonly SessionOptions s_defaults = new();

    private readonly CliHost _host;
    private readonly InputOptions _input = new("Files to read; * and ? are expanded; - is standard input.");
    private readonly RuleOptions _rules = new();
    private readonly Option<string?> _by = new("--by")
    {
        Description = "Whose doings one session tells.",
        HelpName = string.Join('|', Enum.GetNames<SessionGrouping>()),
    };

    private readonly Option<int?> _tries = NumberOption.Whole("--minimum-tries");
    private readonly Option<bool> _all = new("--all") { Description = "Print the sessions of ordinary days too." };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object a line." };
    private readonly Option<int?> _top = TopOption.Create(
        $"Most sessions that are printed, the gravest; {MostInTable} for people, all with --json.");

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public SessionsCommand(CliHost host)
        : base("sessions", "Tell as one story what each source, user or host did: what was tried, what succeeded, what "
            + "followed. Exit code 1 says that there are some.")
    {
        _host = host;
        _input.AddTo(this);
        _rules.AddPathTo(this);
        Choice.Restrict(_by, Enum.GetNames<SessionGrouping>());
        _tries.Description = "Failed logins from which a session is told whatever else it holds.";
        _tries.DefaultValueFactory = _ => s_defaults.MinimumTries;
        _tries.HelpName = "number";
        Options.Add(_by);
        Options.Add(_tries);
        Options.Add(_all);
        Options.Add(_json);
        Options.Add(_top);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        LogInput input = _input.Open(result, _host, out bool failed);
        SessionOptions options = new()
        {
            By = result.GetValue(_by) is { } by ? Enum.Parse<SessionGrouping>(by, ignoreCase: true) : s_defaults.By,
            MinimumTries = Math.Max(result.GetValue(_tries) ?? s_defaults.MinimumTries, 1),
            IncludesAll = result.GetValue(_all),
            Rules = _rules.ReadRules(result, _host, out bool ruleFailed),
        };
        IReadOnlyList<LogSession> sessions = ReadProgress.Run(_host, input.Sources, progress =>
        {
            SessionBuilder builder = new(options);
            foreach (LogEvent logEvent in input.Read(() => { }, progress))
            {
                builder.Add(logEvent);
            }

            return builder.Complete();
        });
        bool isJson = result.GetValue(_json);
        LogSession[] printed = [.. sessions.Take(result.GetValue(_top) ?? (isJson ? int.MaxValue : MostInTable))];
        if (isJson)
        {
            SessionList.WriteJson(printed, _host);
        }
        else
        {
            SessionList.WriteText(printed, sessions.Count, _host);
        }

        LedgerText.Write(input.Ledger, _host);
        return failed || ruleFailed || input.HasFailed
            ? ExitCode.Error
            : sessions.Count > 0 ? ExitCode.Findings : ExitCode.Nothing;
    }
}
