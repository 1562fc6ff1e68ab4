using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LogAnomaly.Tests.Architecture;

/// <summary>The directions in which parts of the house may know each other, read from its sources.</summary>
public sealed partial class ArchitectureTests
{
    // A folder uses only those before it. Numerics serves them all and uses none.
    private static readonly string[] s_folders =
    [
        "Numerics", "Places", "Reading", "Parsing", "Templates", "Features", "Rules", "Detection", "Analysis",
        "Synthesis",
    ];

    private static readonly Dictionary<string, string[]> s_projects = new(StringComparer.Ordinal)
    {
        ["LogAnomaly.Core"] = [],
        ["LogAnomaly.Sigma"] = ["LogAnomaly.Core"],
        ["LogAnomaly.Storage"] = ["LogAnomaly.Core"],
        ["LogAnomaly.Dashboard"] = ["LogAnomaly.Core"],
        ["LogAnomaly.PowerShell"] =
            ["LogAnomaly.Core", "LogAnomaly.Sigma", "LogAnomaly.Storage", "LogAnomaly.Dashboard"],
        ["LogAnomaly.Cli"] = ["LogAnomaly.Core", "LogAnomaly.Sigma", "LogAnomaly.Storage", "LogAnomaly.Dashboard"],
    };

    private static readonly string s_source = Path.Combine(FindRoot(), "src");

    [Fact]
    public void Projects_refer_in_one_direction()
    {
        string[] projects = Directory.GetFiles(s_source, "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(projects);
        foreach (string project in projects)
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Assert.True(s_projects.TryGetValue(name, out string[]? allowed), $"{name} has no place in the house");
            Assert.All(
                XDocument.Load(project).Descendants("ProjectReference"),
                reference => Assert.Contains(
                    Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')),
                    allowed));
        }
    }

    [Fact]
    public void The_core_takes_no_package() =>
        Assert.Empty(XDocument.Load(Path.Combine(s_source, "LogAnomaly.Core", "LogAnomaly.Core.csproj"))
            .Descendants("PackageReference"));

    [Fact]
    public void Folders_of_the_core_form_a_line()
    {
        string core = Path.Combine(s_source, "LogAnomaly.Core");
        List<string> faults = [];
        foreach (string file in SourceFiles(core))
        {
            string[] parts = Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar);
            string folder = parts.Length > 1 ? parts[0] : "";
            int place = Array.IndexOf(s_folders, folder);
            Assert.True(folder.Length == 0 || place >= 0, $"{folder} has no place in the line");
            foreach (Match match in UsedNamespace().Matches(File.ReadAllText(file)))
            {
                string used = match.Groups[1].Value;
                int usedPlace = Array.IndexOf(s_folders, used);
                if (used != folder && usedPlace >= place)
                {
                    faults.Add($"{folder}/{Path.GetFileName(file)} uses {used}");
                }
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void The_core_knows_neither_console_nor_environment_nor_powershell()
    {
        foreach (string file in SourceFiles(Path.Combine(s_source, "LogAnomaly.Core")))
        {
            Assert.DoesNotMatch(
                @"\bConsole\.|\bEnvironment\.(Get|Exit|Expand)|System\.Management\.Automation", File.ReadAllText(file));
        }
    }

    [Fact]
    public void Each_file_holds_the_namespace_of_its_folder()
    {
        string core = Path.Combine(s_source, "LogAnomaly.Core");
        foreach (string file in SourceFiles(core))
        {
            string folder = Path.GetDirectoryName(Path.GetRelativePath(core, file))!;
            string expected = folder.Length == 0
                ? "LogAnomaly"
                : $"LogAnomaly.{folder.Replace(Path.DirectorySeparatorChar, '.')}";
            Assert.Contains($"namespace {expected};", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_type_has_the_name_of_the_namespace_or_a_word_without_meaning()
    {
        string[] endings = ["Utils", "Utility", "Helper", "Helpers", "Manager", "Common", "Processor"];
        foreach (Type type in typeof(LogEvent).Assembly.GetTypes().Where(type => !type.Name.StartsWith('<')))
        {
            Assert.NotEqual("LogAnomaly", type.Name);
            Assert.DoesNotContain(endings, ending => type.Name.EndsWith(ending, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Public_types_are_sealed_static_or_made_to_be_derived_from()
    {
        Type[] open =
        [
            typeof(LogEvent),
            typeof(LineEvent),
            typeof(LogAnomaly.Parsing.LogFormat),
            typeof(LogAnomaly.Reading.ForwardStream),
        ];
        Assert.All(
            typeof(LogEvent).Assembly.GetExportedTypes().Where(type => type.IsClass && !open.Contains(type)),
            type => Assert.True(type.IsSealed, $"{type} is not sealed"));
    }

    private static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file)
                .Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj"));

    private static string FindRoot()
    {
        string? folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "LogAnomaly.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside of the source tree.");
    }

    [GeneratedRegex(
        @"\b(?:using |LogAnomaly\.)(?:static )?(?:LogAnomaly\.)?(Numerics|Places|Reading|Parsing|Templates|Features|Rules|Detection|Analysis|Synthesis)\b")]
    private static partial Regex UsedNamespace();
}
