using System.Globalization;
using System.Text.Json;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogCubeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_log_of_few_combinations_has_one_table_that_breaks_down_all(int seed)
    {
        CubeScene scene = CubeScene.Make(seed, 800);
        LogCube cube = scene.Count(new CubeBuilder()).Build([], null);

        CubeTable table = Assert.Single(cube.Tables);
        Assert.All(table.Codes, column => Assert.DoesNotContain(1, column));
        scene.AssertSums(cube);
        scene.AssertValuesAreWhole(cube);
        Assert.DoesNotContain(cube.Dimensions, dimension => dimension.Name == "country");
    }

    [Theory]
    [InlineData(1, 100_000, 1_000_000, 500)]
    [InlineData(2, 100_000, 1_000_000, 60)]
    [InlineData(3, 400, 1_000_000, 200)]
    [InlineData(4, 400, 700, 200)]
    [InlineData(5, 60, 200, 100)]
    [InlineData(6, 900, 2_000, 3_000)]
    public void What_a_folded_table_breaks_down_it_counts_exactly(
        int seed, int mostFacts, int mostRuns, int maximumRows)
    {
        CubeScene scene = CubeScene.Make(seed, 4_000);
        CubeBuilder builder = scene.Count(new CubeBuilder(CubeScene.CountryOf, mostFacts, mostRuns));
        LogCube cube = builder.Build([], new CubeOptions { MaximumRows = maximumRows });

        Assert.Equal(mostFacts < 1_000, builder.IsFolded);
        Assert.InRange(cube.Tables[0].Counts.Count, 1, maximumRows);
        Assert.Contains(cube.Tables[0].Codes, column => column.Contains(1));
        scene.AssertSums(cube);
        scene.AssertValuesAreWhole(cube);
    }

    [Fact]
    public void Two_values_of_one_table_together_are_counted_exactly()
    {
        CubeScene scene = CubeScene.Make(7, 12_000, sources: 2);
        LogCube cube = scene.Count(new CubeBuilder()).Build([], new CubeOptions { MaximumRows = 8_000 });
        CubeTable table = cube.Tables[0];
        int compared = 0;
        foreach ((string first, string second) in (ValueTuple<string, string>[])
        [
            ("source", "outcome"),
            ("user", "host"),
            ("path", "status"),
        ])
        {
            int one = Column(cube, first);
            int two = Column(cube, second);
            foreach ((int a, int b) in table.Codes[one].Zip(table.Codes[two]).Distinct()
                .Where(pair => pair is { First: > 1, Second: > 1 }))
            {
                long told = Enumerable.Range(0, table.Counts.Count)
                    .Where(row => table.Codes[one][row] == a && table.Codes[two][row] == b)
                    .Sum(row => table.Counts[row]);
                Assert.Equal(
                    scene.Events.LongCount(logEvent =>
                        CubeScene.ValueOf(logEvent, first) == cube.Dimensions[one].Values[a]
                        && CubeScene.ValueOf(logEvent, second) == cube.Dimensions[two].Values[b]),
                    told);
                compared++;
            }
        }

        Assert.True(compared > 3, $"Only {compared} pairs were broken down.");
    }

    [Fact]
    public void Where_the_first_table_folds_a_field_a_further_one_has_its_most_frequent_values()
    {
        CubeScene scene = CubeScene.Make(3, 6_000);
        LogCube cube = scene.Count(new CubeBuilder(mostFacts: 700)).Build([], new CubeOptions { MaximumRows = 300 });
        CubeTable further = Assert.Single(
            cube.Tables.Skip(1), table => cube.Dimensions[table.Dimensions[0]].Name == "source");
        string[] told = [.. further.Codes[0].Where(code => code > 1).Distinct()
            .Select(code => cube.Dimensions[further.Dimensions[0]].Values[code])];
        string[] frequent =
        [
            .. scene.Events.Select(logEvent => CubeScene.ValueOf(logEvent, "source")).Where(source => source.Length > 0)
                .GroupBy(source => source)
                .OrderByDescending(group => group.Count())
                .Take(10)
                .Select(group => group.Key),
        ];

        Assert.All(frequent, source => Assert.Contains(source, told));
        Assert.Null(further.Bytes);
    }

    [Fact]
    public void Events_out_of_order_are_counted_in_their_steps()
    {
        CubeScene scene = CubeScene.Make(8, 3_000).Shuffled(1);
        LogCube cube = scene.Count(new CubeBuilder(mostFacts: 800)).Build([], new CubeOptions { MaximumRows = 700 });

        scene.AssertSums(cube);
        scene.AssertValuesAreWhole(cube);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(200_000)]
    public void Steps_are_joined_to_few_without_a_gap(int hours)
    {
        CubeScene scene = CubeScene.Make(9, 2_000, hours: hours);
        LogCube cube = scene.Count(new CubeBuilder()).Build([], null);

        Assert.InRange(cube.Steps, 2, 400);
        Assert.InRange(cube.Tables[0].Steps.Max(), 1, cube.Steps - 1);
        scene.AssertSums(cube);
        scene.AssertValuesAreWhole(cube);
    }

    [Fact]
    public void Events_without_a_time_come_first_and_have_no_step()
    {
        LogCube cube =
            Samples.Analyse(string.Concat(Enumerable.Range(0, 12).Select(line => $"no known form {line}\n"))).GetCube();

        Assert.Null(cube.Start);
        Assert.Equal(TimeSpan.Zero, cube.Step);
        Assert.Equal(0, cube.Steps);
        Assert.All(cube.Tables[0].Steps, step => Assert.Equal(-1, step));
        Assert.Equal(12, cube.Tables[0].Counts.Sum());
    }

    [Fact]
    public void A_few_events_of_a_clock_that_jumped_do_not_choose_the_steps()
    {
        const string Before = "192.0.2.1 - - [01/Jan/1970:00:00:07 +0000] \"GET / HTTP/1.1\" 200 5\n";
        string log = Before + string.Concat(Enumerable.Range(0, 600).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"192.0.2.1 - - [02/Mar/2026:{line / 60:00}:{line % 60:00}:00 +0000] \"GET / HTTP/1.1\" 200 5\n")));
        LogCube cube = Samples.Analyse(log).GetCube();

        Assert.Equal(TimeSpan.FromMinutes(5), cube.Step);
        Assert.Equal(120, cube.Steps);
        Assert.Equal(601, cube.Tables[0].Counts.Sum());
        Assert.Equal(-1, cube.Tables[0].Steps[0]);
        Assert.Equal(1, cube.Tables[0].Counts[0]);
    }

    [Theory]
    [InlineData(786_432, false)]
    [InlineData(100_000, true)]
    public void A_million_sources_and_paths_stay_within_bounds(int mostFacts, bool isFolded)
    {
        CubeBuilder builder = new(mostFacts: mostFacts);
        LogSource source = new("(loop)");
        for (int line = 0; line < 1_000_000; line++)
        {
            AccessEvent access = new(
                line + 1,
                source,
                $"/p{line % 400_000}",
                RequestWords.Get,
                RequestWords.Version11,
                200,
                5,
                isCombined: false)
            {
                SourceIP = string.Create(
                    CultureInfo.InvariantCulture, $"10.{line >> 16}.{(line >> 8) & 255}.{line & 255}"),
            };
            access.SetTimeAndLevel(
                DateTime.UnixEpoch.Ticks + (line * TimeSpan.TicksPerSecond), 0, LogLevel.Informational);
            builder.Add(access);
        }

        LogCube cube = builder.Build([], null);
        Assert.Equal(isFolded, builder.IsFolded);
        Assert.InRange(builder.FactCount, 0, 200_000);
        Assert.InRange(builder.NotedCount, 0, mostFacts);
        Assert.InRange(builder.NotedCount + builder.FactCount, 1, 900_000);
        Assert.InRange(builder.Series.Sum(series => series.Runs), 0, 1_500_000);
        Assert.InRange(builder.Reader.CountOf(CubeField.Source), 2, 250_000);
        Assert.InRange(cube.Tables[0].Counts.Count, 1, 40_000);
        Assert.All(cube.Tables, table => Assert.Equal(1_000_000, table.Counts.Sum()));
        Assert.Equal(5_000_000, cube.Tables[0].Bytes!.Sum());
    }

    [Fact]
    public void What_anomalies_name_is_broken_down_however_rare_it_is()
    {
        CubeScene scene = CubeScene.Make(3, 6_000);
        LogEvent rare = scene.Events.GroupBy(logEvent => CubeScene.ValueOf(logEvent, "source")).MinBy(group =>
            group.Count())!.First();
        string address = CubeScene.ValueOf(rare, "source");
        CubeBuilder builder = scene.Count(new CubeBuilder());
        CubeOptions options = new() { MaximumRows = 300 };

        Assert.DoesNotContain(address, Values(builder.Build([], options), "source"));
        LogCube named = builder.Build(
            [new Anomaly(null) { SourceIP = address, TemplateId = rare.TemplateId }], options);
        Assert.Contains(address, Values(named, "source"));
        Assert.Contains(rare.TemplateId, Values(named, "template"));
        Assert.Contains(named.Sources, source => source.Name == address && source.Code > 1);
        scene.AssertValuesAreWhole(named);
    }

    [Fact]
    public void Countries_are_the_same_whether_asked_for_while_events_come_or_later()
    {
        CubeScene scene = CubeScene.Make(4, 900);
        LogCube early = scene.Count(new CubeBuilder(CubeScene.CountryOf)).Build([], null);
        LogCube late = scene.Count(new CubeBuilder()).Build([], new CubeOptions { CountryOf = CubeScene.CountryOf });

        Assert.Equal(JsonSerializer.Serialize(early), JsonSerializer.Serialize(late));
        Assert.Equal(["", "", "(Unknown)", "DE", "FR"], Values(early, "country").Order());
        scene.AssertValuesAreWhole(early);
    }

    [Fact]
    public void Countries_asked_for_after_folding_are_never_told_in_part()
    {
        CubeScene scene = CubeScene.Make(4, 4_000);
        LogCube cube = scene.Count(new CubeBuilder(mostFacts: 500))
            .Build([], new CubeOptions { CountryOf = CubeScene.CountryOf });

        scene.AssertSums(cube);
        scene.AssertValuesAreWhole(cube);
    }

    [Fact]
    public void Equal_inputs_give_equal_cubes_whatever_the_number_of_threads()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(
                path, CubeScene.Make(5, 9_000).Events.OfType<AccessEvent>().Select(access => access.Raw));
            string[] cubes = [.. ((int[])[1, 1, 4]).Select(threads =>
            {
                LogReader reader = new(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc });
                LogAnalyzer analyzer = new(new AnalysisOptions { Detectors = DetectorKinds.Rules }, reader.Ledger);
                foreach (LogEvent logEvent in reader.ReadFile(path, TestContext.Current.CancellationToken))
                {
                    analyzer.Add(logEvent);
                }

                return JsonSerializer.Serialize(analyzer.Complete(TestContext.Current.CancellationToken)
                    .GetCube(new CubeOptions { MaximumRows = 500 }));
            })];

            Assert.Equal(cubes[0], cubes[1]);
            Assert.Equal(cubes[0], cubes[2]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_analysis_keeps_its_cube_with_other_anomalies_and_has_none_where_it_was_off()
    {
        LogAnalysis analysis = Samples.Analyse(Samples.ErrorLog(50));
        Assert.Equal(50, analysis.WithAnomalies([]).GetCube().Tables[0].Counts.Sum());

        LogCube none = Samples.Analyse(Samples.ErrorLog(50), new AnalysisOptions { KeepCube = false }).GetCube();
        Assert.Empty(Assert.Single(none.Tables).Counts);
        Assert.Empty(none.Lines);
    }

    [Fact]
    public void A_program_of_an_Apache_error_is_its_module()
    {
        Assert.Equal(["", "", "core", "mpm_event"], Values(Samples.Analyse(Samples.ErrorLog(50)).GetCube(), "program"));
    }

    [Fact]
    public void A_small_log_keeps_all_its_lines_and_a_long_line_is_cut()
    {
        string log = Samples.ErrorLog(40, (7, "[core:error] [pid 1:tid 1] " + new string('x', 3_000)));
        IReadOnlyList<CubeLine> lines = Samples.Analyse(log).GetCube().Lines;

        Assert.Equal(Enumerable.Range(1, 40).Select(number => (long)number), lines.Select(line => line.LineNumber));
        string[] raw = log.Split('\n');
        Assert.Equal(raw[3], lines[3].Raw);
        Assert.Equal(raw[6][..1_000], lines[6].Raw);
        Assert.Equal(raw[6].Length - 1_000, lines[6].Cut);
    }

    [Fact]
    public void A_large_log_keeps_a_line_of_each_rare_combination_within_bounds()
    {
        string log = Samples.ErrorLog(
            30_000, (12_345, "[ssl:emerg] [pid 1:tid 1] AH02572: Failed to configure at least one certificate"));
        LogCube cube = Samples.Analyse(log, new AnalysisOptions { Detectors = DetectorKinds.Rules }).GetCube();

        Assert.Equal(2_000, cube.Lines.Count);
        Assert.InRange(cube.Lines.Sum(line => line.Raw.Length), 1, 600_000);
        CubeLine rare = Assert.Single(cube.Lines, line => line.LineNumber == 12_345);
        Assert.Equal("ssl", cube.Dimensions[Column(cube, "program")].Values[rare.Codes[Column(cube, "program")]]);
        Assert.Equal(cube.Lines.Select(line => line.LineNumber).Order(), cube.Lines.Select(line => line.LineNumber));

        // A uniform sample has about as many lines of each third of the log.
        Assert.InRange(cube.Lines.Count(line => line.LineNumber <= 10_000), 550, 790);
    }

    [Fact]
    public void Sources_of_failed_logins_come_first_with_their_exact_numbers()
    {
        CubeScene scene = CubeScene.Make(6, 3_000);
        LogCube cube = scene.Count(new CubeBuilder()).Build([], null);
        List<AuthEvent> logins = [.. scene.Events.OfType<AuthEvent>()];
        var expected = logins.Where(auth => auth.Outcome == Outcome.Failure).GroupBy(auth => auth.SourceIP)
            .Select(group => (Name: group.Key!, Failed: group.LongCount()))
            .OrderByDescending(pair => pair.Failed).ThenBy(pair => pair.Name, StringComparer.Ordinal).Take(50).ToList();

        Assert.Equal(expected, cube.Sources.Take(50).Select(source => (source.Name, source.Failed)));
        Assert.InRange(cube.Sources.Count, 50, 300);
        Assert.All(cube.Sources, source =>
        {
            List<LogEvent> own =
                [.. scene.Events.Where(logEvent => CubeScene.ValueOf(logEvent, "source") == source.Name)];
            Assert.Equal(own.Count, source.Count);
            Assert.Equal(own.Min(logEvent => logEvent.Timestamp), source.FirstSeen);
            Assert.Equal(own.Max(logEvent => logEvent.Timestamp), source.LastSeen);
            Assert.Equal(own.OfType<AuthEvent>().LongCount(auth => auth.Outcome == Outcome.Success), source.Accepted);
            Assert.Equal(source.Name, cube.Dimensions[Column(cube, "source")].Values[source.Code]);
        });
    }

    [Fact]
    public void The_largest_answers_are_told_the_largest_first()
    {
        CubeScene scene = CubeScene.Make(6, 3_000);
        LogCube cube = scene.Count(new CubeBuilder()).Build([], null);

        Assert.Equal(
            scene.Events.OfType<AccessEvent>().OrderByDescending(access => access.BytesSent).Take(20)
                .Select(access => (access.BytesSent, access.LineNumber)),
            cube.Largest.Select(request => (request.BytesSent, request.LineNumber)));
        Assert.Empty(cube.Slowest);
    }

    [Fact]
    public void Fewer_rows_than_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new CubeBuilder().Build([], new CubeOptions { MaximumRows = 0 }));
    }

    private static int Column(LogCube cube, string name) =>
        cube.Dimensions.ToList().FindIndex(dimension => dimension.Name == name);

    private static IReadOnlyList<string> Values(LogCube cube, string name) =>
        cube.Dimensions[Column(cube, name)].Values;
}
