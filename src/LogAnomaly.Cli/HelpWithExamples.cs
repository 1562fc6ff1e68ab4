using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LogAnomaly.Cli;

/// <summary>The help of a command, with examples after it.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> s_examples = new(StringComparer.Ordinal)
    {
        ["parse"] =
        [
            "loganomaly parse /var/log/auth.log --minimum-level Warning",
            "loganomaly parse access.log.1.gz --json | jq -r .UrlPath | sort | uniq -c",
            "loganomaly parse old.log --time-zone Europe/Berlin --reference-time 2024-06-30 --csv > old.csv",
            "journalctl -o short-iso | loganomaly parse --templates --json -",
        ],
        ["find"] =
        [
            "loganomaly find /var/log/apache2/error.log",
            "loganomaly find '/var/log/auth.log*' --after 2026-01-31 --minimum-score 75",
            "loganomaly find access.log --json | jq '.Reasons[].Sentence'",
            "loganomaly find /var/log/auth.log --baseline auth.baseline.json --alert-budget 5/day",
        ],
        ["sessions"] =
        [
            "loganomaly sessions '/var/log/auth.log*'",
            "loganomaly sessions /var/log/auth.log --by User --json | jq -r .Story",
        ],
        ["report"] =
        [
            "loganomaly report",
            "loganomaly report /var/log/nginx/access.log --output today.html --title 'Web server, today'",
        ],
        ["stats"] =
        [
            "loganomaly stats /var/log/auth.log",
            "loganomaly stats access.log --group-by SourceIP,StatusCode --top 20",
            "loganomaly stats access.log --interval 5m --json | jq -r 'select(.IsSpike) | .Start'",
        ],
        ["templates"] =
        [
            "loganomaly templates syslog --diff syslog.1 --top 20",
            "loganomaly templates /var/log/syslog --top 20",
            "loganomaly templates error.log --json | jq -r '[.Count, .Text] | @tsv'",
        ],
        ["baseline"] =
        [
            "loganomaly baseline '/var/log/auth.log*' --out auth.baseline.json --learning-period 14d",
            "loganomaly baseline auth.log --update auth.baseline.json --out auth.baseline.json --max-age 90d --force",
            "loganomaly baseline --merge web1.json --merge web2.json --out web.json --key-file /etc/loganomaly/key",
        ],
        ["compare"] =
        [
            "loganomaly compare before.log after.log",
            "loganomaly compare auth.baseline.json /var/log/auth.log --json | jq -r .Sentence",
        ],
        ["rules"] =
        [
            "loganomaly rules --area ssh --severity high",
            "loganomaly rules /etc/loganomaly/rules --technique T1110 --json | jq -r .Title",
        ],
        ["measure"] =
        [
            "loganomaly measure auth.log --label json --repeat 5",
            "loganomaly measure BGL.log --label 'column:1!=-' --detector IsolationForest --json",
            "loganomaly measure --sequences --train normal.txt --abnormal failed.txt --splits 10",
        ],
        ["new-log"] =
        [
            "loganomaly new-log --type auth --count 10000 --anomaly-rate 0.005 --path auth.log",
            "loganomaly new-log --type access --seed 7 | loganomaly find -",
            "loganomaly new-log --type auth --scenario ssh-spray,new-account --difficulty hard --path auth.log",
        ],
    };

    private readonly HelpAction _help;

    /// <summary>Creates the action.</summary>
    /// <param name="help">The help without examples.</param>
    public HelpWithExamples(HelpAction help) => _help = help;

    /// <summary>The commands that have examples, with them.</summary>
    public static IReadOnlyDictionary<string, string[]> Examples => s_examples;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (s_examples.TryGetValue(parseResult.CommandResult.Command.Name, out string[]? examples))
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes: 0 nothing found, 1 findings, 2 error, 130 stopped.");
        return code;
    }
}
