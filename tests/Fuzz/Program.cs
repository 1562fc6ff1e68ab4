using System.Diagnostics;
using System.Globalization;
using LogAnomaly.Fuzz;

// dotnet run -c Release --project tests/Fuzz [-- --seconds 60 --seed 1 --format NAME]
// Feeds every format with changed samples, keeps what reaches code that nothing reached before and changes that
// further. Each input is read and judged by Oracle. An input that fails is made small, written to fuzz-failures/ and
// printed; exit code 1 then. The engine is given its counters first, in a copy, which runs in a process of its own.
const string InstrumentedSwitch = "--instrumented";
FuzzOptions options = FuzzOptions.Parse(args);
if (args.Contains(InstrumentedSwitch, StringComparer.Ordinal))
{
    return new FuzzRun(options).Run();
}

string folder = Directory.CreateTempSubdirectory("loganomaly-fuzz-").FullName;
try
{
    foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
    {
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    int blocks = Instrumentation.Apply(Path.Combine(folder, "LogAnomaly.Core.dll"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{blocks:N0} blocks of code are counted."));
    ProcessStartInfo start = new("dotnet");
    foreach (string argument in (string[])[Path.Combine(folder, "LogAnomaly.Fuzz.dll"), .. args, InstrumentedSwitch])
    {
        start.ArgumentList.Add(argument);
    }

    using Process child = Process.Start(start)!;
    child.WaitForExit();
    return child.ExitCode;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
