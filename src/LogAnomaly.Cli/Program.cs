using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using LogAnomaly.Cli.Commands;

namespace LogAnomaly.Cli;

/// <summary>The program <c>loganomaly</c>.</summary>
internal static class Program
{
    /// <summary>Runs the program over the standard streams of the process.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code.</returns>
    public static int Main(string[] args)
    {
        using Interruption interruption = new();
        using CliHost host = ProcessHost.Create(interruption.Token);
        return Run(args, host);
    }

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="host">The world around it.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, CliHost host)
    {
        try
        {
            int code = Invoke(args, host);
            host.Flush();
            return code;
        }
        catch (UsageException error)
        {
            host.Fail(error.Message);
            return ExitCode.Error;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (IOException error) when (ProcessHost.IsClosedPipe(error))
        {
            // Who reads the output has seen enough (`loganomaly parse log | head`): nothing is wrong.
            return ExitCode.Nothing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            host.Fail($"The output cannot be written: {error.Message}");
            return ExitCode.Error;
        }
    }

    private static int Invoke(string[] args, CliHost host)
    {
        // A file whose name starts with @ is a file to read, not a list of arguments.
        ParseResult result = Root(host).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is not ParseErrorAction)
        {
            InvocationConfiguration configuration = new()
            {
                Output = host.Text,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return result.Invoke(configuration);
        }

        foreach (System.CommandLine.Parsing.ParseError error in result.Errors)
        {
            host.Fail(error.Message.ReplaceLineEndings(" "));
        }

        string command = result.CommandResult.Command is RootCommand ? "" : " " + result.CommandResult.Command.Name;
        host.Note($"'loganomaly{command} --help' tells what is possible.");
        return ExitCode.Error;
    }

    /// <summary>The command line with all its commands.</summary>
    /// <param name="host">The world around the run.</param>
    /// <returns>The root command.</returns>
    internal static RootCommand Root(CliHost host)
    {
        RootCommand root = new("Reads logs, finds what is wrong in them, says why, and shows it.")
        {
            new ParseCommand(host),
            new FindCommand(host),
            new SessionsCommand(host),
            new ReportCommand(host),
            new StatsCommand(host),
            new TemplatesCommand(host),
            new BaselineCommand(host),
            new CompareCommand(host),
            new RulesCommand(host),
            new MeasureCommand(host),
            new NewLogCommand(host),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
