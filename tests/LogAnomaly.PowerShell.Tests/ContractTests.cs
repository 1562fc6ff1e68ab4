using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.PowerShell.Tests;

public sealed class ContractTests
{
    // Verbs of Get-Verb that a command of this module may carry.
    private static readonly string[] s_verbs =
    [
        "Add", "Clear", "Compare", "ConvertFrom", "ConvertTo", "Export", "Find", "Format", "Get", "Import", "Invoke",
        "Measure", "New", "Register", "Remove", "Save", "Search", "Select", "Send", "Set", "Show", "Start", "Stop",
        "Test", "Unregister", "Update", "Watch",
    ];

    public static TheoryData<string> Names => [.. CmdletType.All.Select(cmdlet => cmdlet.Name)];

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets()
    {
        string manifest = Repository.Read("LogAnomaly.psd1");
        string exports = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        string[] exported = First(Regex.Matches(exports, "'([^']+)'"));
        Assert.NotEmpty(exported);
        Assert.Equal(CmdletType.All.Select(cmdlet => cmdlet.Name).Order(), exported.Order());
    }

    [Fact]
    public void The_manifest_has_the_version_of_the_assemblies()
    {
        string version =
            Regex.Match(Repository.Read("LogAnomaly.psd1"), @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value;
        Assert.Equal(typeof(GetAuthLogCommand).Assembly.GetName().Version!.ToString(3), version);
    }

    [Fact]
    public void Each_cmdlet_has_a_page_and_each_page_a_cmdlet()
    {
        IEnumerable<string> pages = Directory.GetFiles(Repository.PathOf("docs"), "*-*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Equal(
            CmdletType.All.Select(cmdlet => cmdlet.Name).Order(), pages.Where(name => char.IsUpper(name[0])).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_is_a_sealed_class_with_an_approved_verb_and_named_after_it(string name)
    {
        CmdletType cmdlet = Of(name);
        Assert.True(cmdlet.Type.IsSealed);
        Assert.Contains(cmdlet.Verb, s_verbs);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        Assert.False(cmdlet.Noun.EndsWith('s'), "The noun is singular.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_says_what_it_gives(string name) => Assert.NotEmpty(Of(name).OutputTypes);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cmdlet_that_writes_files_asks_first_and_overwrites_only_by_Force(string name)
    {
        CmdletType cmdlet = Of(name);
        bool writes = cmdlet.OutputTypes.Contains(typeof(FileInfo));
        Assert.True(!writes || cmdlet.SupportsShouldProcess);
        Assert.Equal(writes, cmdlet.Parameters.Any(parameter => parameter.Name == "Force"));

        // One that adds to a file has nothing to overwrite, but asks as well and gives what it has added when asked to.
        Assert.Equal(cmdlet.SupportsShouldProcess, cmdlet.Parameters.Any(parameter => parameter.Name == "PassThru"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_default_parameter_set_exists(string name)
    {
        CmdletType cmdlet = Of(name);
        string?[] sets =
        [
            .. from parameter in cmdlet.Parameters
               from data in CmdletType.ParameterData(parameter)
               from argument in data.NamedArguments
               where argument.MemberName == "ParameterSetName"
               select argument.TypedValue.Value as string,
        ];

        // New-SyntheticLog without a path is the set of no parameter of its own.
        Assert.True(
            cmdlet.DefaultParameterSet is null || sets.Contains(cmdlet.DefaultParameterSet)
                || name == "New-SyntheticLog",
            $"No parameter is in the set '{cmdlet.DefaultParameterSet}'.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_describes_each_parameter_and_no_other(string name)
    {
        string page = Repository.Read("docs", name + ".md");
        string parameters = page.Split("\n## Parameters\n")[1].Split("\n## ")[0];
        string[] described = First(Regex.Matches(parameters, @"^### -(\w+)\n\n\S", RegexOptions.Multiline));
        Assert.Equal(Of(name).Parameters.Select(parameter => parameter.Name).Order(), described.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_all_sections_and_two_examples_or_more(string name)
    {
        string page = Repository.Read("docs", name + ".md");
        string[] sections = First(Regex.Matches(page, "^## (.+)$", RegexOptions.Multiline));
        Assert.Equal(
            ["Syntax", "Description", "Examples", "Parameters", "Inputs", "Outputs", "Notes", "See also"], sections);
        string examples = page.Split("\n## Examples\n")[1].Split("\n## Parameters\n")[0];
        Assert.True(Regex.Count(examples, "^PS> ", RegexOptions.Multiline) >= 2, "There are fewer than two examples.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_type_that_comes_out_has_a_table(string name)
    {
        XDocument views = XDocument.Load(Repository.PathOf("module", "LogAnomaly.format.ps1xml"));
        HashSet<string> tables =
        [
            .. from view in views.Descendants("View")
               where view.Element("TableControl") is not null
               from type in view.Descendants("TypeName")
               select type.Value,
        ];
        IEnumerable<Type> own = Of(name).OutputTypes.Where(type => type.Assembly == typeof(LogEvent).Assembly);
        Assert.All(own, type => Assert.Contains(type.FullName!, tables));
    }

    [Theory]
    [InlineData("LogAnomaly.format.ps1xml", "TypeName")]
    [InlineData("LogAnomaly.types.ps1xml", "Type/Name")]
    public void Views_are_of_types_that_exist(string file, string element)
    {
        XDocument document = XDocument.Load(Repository.PathOf("module", file));
        string[] names = element == "TypeName"
            ? [.. document.Descendants("TypeName").Select(type => type.Value)]
            : [.. document.Root!.Elements("Type").Select(type => type.Element("Name")!.Value)];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.NotNull(typeof(LogEvent).Assembly.GetType(name)));
    }

    [Fact]
    public void Views_name_only_properties_that_exist()
    {
        XDocument document = XDocument.Load(Repository.PathOf("module", "LogAnomaly.format.ps1xml"));
        foreach (XElement view in document.Descendants("View"))
        {
            Type type = typeof(LogEvent).Assembly.GetType(view.Descendants("TypeName").First().Value)!;
            IEnumerable<string> used = view.Descendants("PropertyName").Select(property => property.Value)
                .Concat(view.Descendants("ScriptBlock")
                    .SelectMany(script => First(Regex.Matches(script.Value, @"\$_\.(\w+)"))));
            HashSet<string> known = [.. type.GetProperties().Select(property => property.Name), "Key", "Value"];
            Assert.All(
                used.Distinct(), name => Assert.True(known.Contains(name), $"{type.Name} has no property {name}."));
        }
    }

    [Fact]
    public void The_page_of_formats_names_each_format()
    {
        string page = Repository.Read("docs", "formats.md").Split("\n## Names\n")[0];
        string[] named = First(Regex.Matches(page, @"^\| `([\w-]+)` \|", RegexOptions.Multiline));
        Assert.Equal(LogFormats.All.Select(format => format.Name).Order(), named.Order());
    }

    [Fact]
    public void Every_error_has_an_id_of_its_own_shape()
    {
        string source = Repository.Read("src", "LogAnomaly.PowerShell", "Errors.cs");
        string[] ids = First(Regex.Matches(source, "^\\s+\"(\\w+)\",$", RegexOptions.Multiline));
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Matches("^[A-Z][A-Za-z]+$", id));
        string[] elsewhere =
        [
            .. Directory.GetFiles(Repository.PathOf("src", "LogAnomaly.PowerShell"), "*.cs")
                .Where(path => !path.EndsWith("Errors.cs", StringComparison.Ordinal))
                .Where(path => File.ReadAllText(path).Contains("new ErrorRecord", StringComparison.Ordinal)),
        ];
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void The_cmdlets_reference_no_third_party_assembly()
    {
        AssemblyName[] references = typeof(GetAuthLogCommand).Assembly.GetReferencedAssemblies();
        Assert.All(references, reference => Assert.True(
            reference.Name!.StartsWith("System.", StringComparison.Ordinal)
                || reference.Name.StartsWith("LogAnomaly.", StringComparison.Ordinal)
                || reference.Name is "netstandard" or "mscorlib" or "Microsoft.Win32.Primitives",
            $"{reference.Name} is neither ours nor the platform's."));
    }

    private static string[] First(MatchCollection matches) => [.. matches.Select(match => match.Groups[1].Value)];

    private static CmdletType Of(string name) => CmdletType.All.Single(cmdlet => cmdlet.Name == name);
}
