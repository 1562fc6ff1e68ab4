namespace LogAnomaly.Sigma.Tests;

/// <summary>Values, wildcards and modifiers of selections.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("{ a: x }", "a Equals 'x'")]
    [InlineData("{ a: 4625 }", "a Equals '4625'")]
    [InlineData("{ a: true }", "a Equals 'true'")]
    [InlineData("{ a: '' }", "a Equals ''")]
    [InlineData("{ a: null }", "a IsNull ''")]
    [InlineData("{ a: ~ }", "a IsNull ''")]
    [InlineData("{ a: 'null' }", "a Equals 'null'")]
    [InlineData("{ a: [x, null] }", "(a Equals 'x' | a IsNull '')")]
    [InlineData("{ a: [x, y], b: z }", "((a Equals 'x' | a Equals 'y') & b Equals 'z')")]
    [InlineData("[{ a: x }, { b: y }]", "(a Equals 'x' | b Equals 'y')")]
    [InlineData("[x, y]", "(line Contains 'x' | line Contains 'y')")]
    [InlineData("x", "line Contains 'x'")]
    [InlineData("{ '|all': [x, y] }", "(line Contains 'x' & line Contains 'y')")]
    [InlineData("['*x*y*', '*']", "(line Like '*x*y*' | line Contains '')")]
    public void Selections_become_conditions(string selection, string expected) =>
        Assert.Equal(expected, Rule.Selection(selection));

    [Theory]
    [InlineData("x*", "a StartsWith 'x'")]
    [InlineData("*x", "a EndsWith 'x'")]
    [InlineData("*x*", "a Contains 'x'")]
    [InlineData("**x**", "a Contains 'x'")]
    [InlineData("*", "a Exists ''")]
    [InlineData("x*y", "a Like 'x*y'")]
    [InlineData("x?", "a Like 'x?'")]
    [InlineData("?", "a Like '?'")]
    [InlineData(@"x\*", "a Equals 'x*'")]
    [InlineData(@"x\?y*", "a StartsWith 'x?y'")]
    [InlineData(@"C:\Windows\cmd.exe", @"a Equals 'C:\Windows\cmd.exe'")]
    [InlineData(@"\\server\share", @"a Equals '\server\share'")]
    [InlineData(@"\\\\server", @"a Equals '\\server'")]
    [InlineData(@"x\\*", @"a StartsWith 'x\'")]
    [InlineData(@"x\\\*", @"a Equals 'x\*'")]
    [InlineData(@"x\", @"a Equals 'x\'")]
    [InlineData(@"a\*b*c\d", @"a Like 'a\*b*c\\d'")]
    public void Wildcards_and_their_escapes_are_understood(string value, string expected) =>
        Assert.Equal(expected, Rule.Selection($"{{ a: '{value}' }}"));

    [Theory]
    [InlineData("{ a|contains: x }", "a Contains 'x'")]
    [InlineData("{ a|contains: '' }", "a Exists ''")]
    [InlineData("{ a|startswith: x }", "a StartsWith 'x'")]
    [InlineData("{ a|endswith: [x, y] }", "(a EndsWith 'x' | a EndsWith 'y')")]
    [InlineData("{ a|contains|all: [x, y] }", "(a Contains 'x' & a Contains 'y')")]
    [InlineData("{ a|contains: 'x*y' }", "a Like '*x*y*'")]
    [InlineData("{ a|startswith: '*x' }", "a Contains 'x'")]
    [InlineData("{ a|cased: X }", "a Equals! 'X'")]
    [InlineData("{ a|contains|cased: X }", "a Contains! 'X'")]
    [InlineData("{ a|re: '^x.*y$' }", "a Regex! '^x.*y$'")]
    [InlineData("{ a|re|i: x }", "a Regex '(?i)x'")]
    [InlineData("{ a|re|i|m|s: x }", "a Regex '(?ims)x'")]
    [InlineData("{ '|re': x }", "line Regex! 'x'")]
    [InlineData("{ a|cidr: 10.0.0.0/8 }", "a Cidr '10.0.0.0/8'")]
    [InlineData("{ a|cidr: 10.1.2.3/8 }", "a Cidr '10.0.0.0/8'")]
    [InlineData("{ a|cidr: 'fd00::1/12' }", "a Cidr 'fd00::/12'")]
    [InlineData("{ a|cidr: 192.0.2.1 }", "a Cidr '192.0.2.1/32'")]
    [InlineData("{ a|cidr: 1.2.3.4/0 }", "a Cidr '0.0.0.0/0'")]
    [InlineData("{ a|exists: true }", "a Exists ''")]
    [InlineData("{ a|exists: no }", "a Missing ''")]
    [InlineData("{ a|fieldref: b }", "a FieldEquals 'b'")]
    [InlineData("{ a|fieldref|startswith: b }", "a FieldStartsWith 'b'")]
    [InlineData("{ a|endswith|fieldref: b }", "a FieldEndsWith 'b'")]
    [InlineData("{ a|fieldref|contains|neq: b }", "!a FieldContains 'b'")]
    [InlineData("{ a|gt: 5 }", "a Greater '5'")]
    [InlineData("{ a|gte: 1.5 }", "a GreaterOrEqual '1.5'")]
    [InlineData("{ a|lt: -2 }", "a Less '-2'")]
    [InlineData("{ a|lte: 1e3 }", "a LessOrEqual '1000'")]
    [InlineData("{ a|neq: x }", "!a Equals 'x'")]
    [InlineData("{ a|contains|neq: [x, y] }", "!(a Contains 'x' | a Contains 'y')")]
    [InlineData("{ a|hour: [1, 2] }", "(a.Hour Equals '1' | a.Hour Equals '2')")]
    [InlineData("{ a|minute: 59 }", "a.Minute Equals '59'")]
    [InlineData("{ a|day|gte: 28 }", "a.Day GreaterOrEqual '28'")]
    [InlineData("{ a|week: 1 }", "a.Week Equals '1'")]
    [InlineData("{ a|month|lt: 3 }", "a.Month Less '3'")]
    [InlineData("{ a|year|neq: 2026 }", "!a.Year Equals '2026'")]
    public void Modifiers_mean_what_the_specification_says(string selection, string expected) =>
        Assert.Equal(expected, Rule.Selection(selection));

    [Theory]
    [InlineData("{ a|base64: foo }", "a Equals! 'Zm9v'")]
    [InlineData("{ a|base64|contains: foo }", "a Contains! 'Zm9v'")]
    [InlineData("{ a|wide|base64: cmd }", "a Equals! 'YwBtAGQA'")]
    [InlineData("{ a|utf16le|base64: cmd }", "a Equals! 'YwBtAGQA'")]
    [InlineData("{ a|utf16be|base64: cmd }", "a Equals! 'AGMAbQBk'")]
    [InlineData("{ a|utf16|base64: cmd }", "a Equals! '//5jAG0AZAA='")]
    [InlineData("{ a|utf16le|contains: cd }", "a Contains 'c\0d\0'")]
    [InlineData("{ a|utf16|contains: c }", "a Contains '\u00FF\u00FEc\0'")]
    public void Encodings_are_applied_in_order(string selection, string expected) =>
        Assert.Equal(expected, Rule.Selection(selection));

    [Fact]
    public void The_three_offsets_of_base64_find_a_text_wherever_it_stands()
    {
        string condition = Rule.Selection("{ a|base64offset|contains: '/bin/bash' }");
        string[] parts = [.. condition.Trim('(', ')').Split(" | ").Select(part => part.Split('\'')[1])];
        Assert.Equal(3, parts.Length);
        for (int before = 0; before < 9; before++)
        {
            string whole = Convert.ToBase64String(
                System.Text.Encoding.UTF8.GetBytes(new string('~', before) + "/bin/bash" + new string('~', before)));
            Assert.Contains(parts[before % 3], whole, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Windash_takes_all_dashes_before_a_switch_and_none_within_a_word()
    {
        Assert.Equal(
            "(a Contains ' -s' | a Contains ' /s' | a Contains ' \u2013s' | a Contains ' \u2014s' | a Contains ' \u2015s')",
            Rule.Selection("{ a|contains|windash: ' -s' }"));
        Assert.Equal("a Contains 'a-b'", Rule.Selection("{ a|windash|contains: a-b }"));
        Assert.Equal(25, Rule.Selection("{ a|windash: '-x -y' }").Split(" | ").Length);
    }

    [Fact]
    public void Placeholders_take_the_values_of_the_options()
    {
        SigmaOptions options =
            new() { Placeholders = new Dictionary<string, IReadOnlyList<string>> { ["Servers"] = ["srv*", "db"] } };
        Assert.Equal("(a StartsWith 'srv' | a Equals 'db')", Rule.Selection("{ a|expand: '%Servers%' }", options));
        Assert.Equal(
            "(a Like '*xsrv*y*' | a Contains 'xdby')", Rule.Selection("{ a|contains|expand: 'x%Servers%y' }", options));
        Assert.Equal("a Equals '%Servers%'", Rule.Selection(@"{ a|expand: '\%Servers%' }", options));
        Assert.Equal("a Equals '%Servers%'", Rule.Selection("{ a: '%Servers%' }", options));
        Assert.Contains(
            "%Other%",
            Assert.Single(Rule.Detection("s: { a|expand: '%Other%' }\ncondition: s", options).Faults).Message);
    }

    [Theory]
    [InlineData("{ a|contain: x }", "'contain'")]
    [InlineData("{ a|contains|startswith: x }", "no meaning")]
    [InlineData("{ a|contains|contains: x }", "twice")]
    [InlineData("{ a|i: x }", "no meaning")]
    [InlineData("{ a|base64offset: x }", "contains has to follow")]
    [InlineData("{ a|contains|base64: x }", "no meaning")]
    [InlineData("{ a|base64: 'x*' }", "wildcard")]
    [InlineData("{ a|re|contains: x }", "do not go together")]
    [InlineData("{ a|re|cidr: x }", "no meaning")]
    [InlineData("{ a|cidr|contains: 10.0.0.0/8 }", "do not go together")]
    [InlineData("{ a|cidr: 10.0.0/8 }", "no network")]
    [InlineData("{ a|cidr: 10.0.0.0/33 }", "prefix")]
    [InlineData("{ a|gt: many }", "no number")]
    [InlineData("{ a|gt: NaN }", "no number")]
    [InlineData("{ a|exists: 3 }", "true or false")]
    [InlineData("{ a|hour|contains: 3 }", "do not go together")]
    [InlineData("{ '|cidr': 10.0.0.0/8 }", "keyword")]
    [InlineData("{ '|exists': true }", "keyword")]
    [InlineData("{ a|re: '[' }", "regular expression")]
    [InlineData("{ a|re: 'x++' }", "regular expression")]
    [InlineData("{ a: { b: c } }", "a map")]
    [InlineData("{ a: [] }", "empty list")]
    [InlineData("{ a|contains|windash: '-a -b -c -d -e' }", "dashes")]
    [InlineData("{}", "empty")]
    [InlineData("[[x]]", "a list in it")]
    [InlineData("[null]", "empty")]
    [InlineData("", "empty")]
    public void What_has_no_meaning_is_a_fault_with_line_and_cause(string selection, string cause)
    {
        SigmaRules rules = Rule.Detection($"sel: {selection}\ncondition: sel");
        Assert.Empty(rules.Rules);
        RuleFault fault = Assert.Single(rules.Faults);
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
        Assert.Equal(5, fault.LineNumber);
        Assert.Equal("i", fault.RuleId);
    }
}
