using System.Reflection;
using System.Text.RegularExpressions;

namespace LogAnomaly.Tests.Architecture;

/// <summary>The width that <c>.editorconfig</c> asks for, which the compiler does not look at.</summary>
public sealed partial class LineWidthTests
{
    private const int Widest = 120;
    private const string RawQuote = "\"\"\"";

    [Fact]
    public void No_line_of_source_is_wider_than_120_columns_but_for_a_string_it_begins_with()
    {
        string root = FindRoot() ?? "";
        if (root.Length == 0)
        {
            Assert.Skip("The tests run outside of the source tree.");
        }

        string[] files = [.. SourceFiles(Path.Combine(root, "src")), .. SourceFiles(Path.Combine(root, "tests"))];
        Assert.NotEmpty(files);
        string[] wide =
        [
            .. files.SelectMany(file => WideLines(File.ReadAllLines(file))
                .Select(line => $"{Path.GetRelativePath(root, file)}:{line}")),
        ];
        Assert.True(wide.Length == 0, string.Join('\n', wide));
    }

    [Fact]
    public void Wide_code_and_comments_are_found_and_wide_strings_are_not()
    {
        string wide = new('x', 121);
        string[] lines =
        [
            $"// {wide}",
            $"int {wide};",
            $"    Call(\"a\", \"{wide}\");",
            $"    \"{wide}\",",
            $"    + $\"{wide}\";",
            $"    new(\"{wide}\",",
            $"    string raw = {RawQuote}",
            $"        {wide}",
            $"        {RawQuote};",
            $"int {wide};",
            new string('x', 120),
        ];
        Assert.Equal([1, 2, 3, 10], WideLines(lines));
    }

    // A string that a line begins with cannot be brought to a line of its own. Samples of logs, and texts with holes
    // that are made by the rules of one culture, are not split.
    private static IEnumerable<int> WideLines(string[] lines)
    {
        bool isRaw = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            bool beganRaw = isRaw;
            isRaw = isRaw ? !line.StartsWith(RawQuote, StringComparison.Ordinal) : OpensRawString(line);
            if (lines[i].Length > Widest && !beganRaw && !BeginsWithString().IsMatch(lines[i]))
            {
                yield return i + 1;
            }
        }
    }

    // One that is closed on its own line has its quotes twice.
    private static bool OpensRawString(string line) =>
        line.EndsWith(RawQuote, StringComparison.Ordinal) && line.AsSpan().Count(RawQuote) % 2 == 1;

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(Path.GetRelativePath(folder, file)))
            .Order(StringComparer.Ordinal);

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar) is { } parts
        && (parts.Contains("bin") || parts.Contains("obj") || parts.Contains("node_modules"));

    private static string? FindRoot()
    {
        string? folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "LogAnomaly.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    // The literal may stand behind the brackets of a row of a table, or behind the plus that joins it to the one above.
    [GeneratedRegex(@"^ *(?:\+ |\.\. |new\(|[(\[{?:] ?)*[$@]*""", RegexOptions.CultureInvariant)]
    private static partial Regex BeginsWithString();
}
