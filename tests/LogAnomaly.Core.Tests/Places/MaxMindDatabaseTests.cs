using LogAnomaly.Places;

namespace LogAnomaly.Tests.Places;

/// <summary>The reader of databases in the MaxMind format, sound ones and damaged ones.</summary>
public sealed class MaxMindDatabaseTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(24, 4)]
    [InlineData(28, 4)]
    [InlineData(32, 4)]
    [InlineData(24, 6)]
    [InlineData(28, 6)]
    [InlineData(32, 6)]
    public void Countries_are_found_in_trees_of_every_record_size(int recordSize, int ipVersion)
    {
        MaxMindFile file = new(recordSize, ipVersion);
        int germany = file.AddData(Record("DE", "country"));
        int japan = file.AddData(Record("JP", "country"));
        file.Add("5.0.0.0/8", germany).Add("9.9.9.9/32", japan);
        if (ipVersion == 6)
        {
            file.Add("2a00::/16", germany).Add("2a01:100::1/128", japan);
        }

        SourcePlaces places = Open(file);
        Assert.Equal("DE", places.CountryOf("5.255.255.255"));
        Assert.Equal("DE", places.CountryOf("::ffff:5.0.0.1"));
        Assert.Equal("JP", places.CountryOf("9.9.9.9"));
        Assert.Equal("(Unknown)", places.CountryOf("9.9.9.8"));
        Assert.Equal("(Private)", places.CountryOf("10.0.0.1"));
        Assert.Equal(ipVersion == 6 ? "DE" : "(Unknown)", places.CountryOf("2a00:ffff::1"));
        Assert.Equal(ipVersion == 6 ? "JP" : "(Unknown)", places.CountryOf("2a01:100::1"));
        Assert.Equal("(Unknown)", places.CountryOf("2a01:100::2"));
    }

    [Fact]
    public void A_record_without_a_country_falls_back_on_where_it_is_registered_and_on_flat_forms()
    {
        MaxMindFile file = new(24, 6);
        file.Add("1.0.0.0/24", file.AddData(Record("FR", "registered_country")))
            .Add("1.0.1.0/24", file.AddData(new (string, object)[] { ("country_code", "nl") }))
            .Add("1.0.2.0/24", file.AddData(new (string, object)[] { ("country", "BR"), ("asn", "AS1") }))
            .Add("1.0.3.0/24", file.AddData(new (string, object)[] { ("country", "Germany") }))
            .Add("1.0.4.0/24", file.AddData(new (string, object)[] { ("country_code", "ZZ") }))
            .Add(
                "1.0.5.0/24",
                file.AddData(new (string, object)[] { ("country", new (string, object)[] { ("iso_code", 7u) }) }))
            .Add("1.0.6.0/24", file.AddData("DE"));

        SourcePlaces places = Open(file);
        Assert.Equal("FR", places.CountryOf("1.0.0.1"));
        Assert.Equal("NL", places.CountryOf("1.0.1.1"));
        Assert.Equal("BR", places.CountryOf("1.0.2.1"));
        Assert.Equal("(Unknown)", places.CountryOf("1.0.3.1"));
        Assert.Equal("(Unknown)", places.CountryOf("1.0.4.1"));
        Assert.Equal("(Unknown)", places.CountryOf("1.0.5.1"));
        Assert.Equal("(Unknown)", places.CountryOf("1.0.6.1"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3000)]
    [InlineData(700_000)]
    public void Pointers_of_every_size_are_followed_and_long_values_passed_over(int padding)
    {
        MaxMindFile file = new(32, 4);
        file.AddData(new byte[padding]);
        int key = file.AddData("iso_code");
        int country = file.AddData(
            new (string, object)[] { ("names", new (string, object)[] { ("en", new string('x', 70_000)) }) });
        int code = file.AddData("SE");
        int holder = file.AddData(new (string, object)[]
        {
            ("a", true), ("b", 1.5), ("c", new byte[300]), ("d", new object[] { "x", 5UL, new object[] { false } }),
            ("continent", country), ("country", new (string, object)[] { ("geoname_id", 7u), ("iso_code", code) }),
        });
        Assert.True(key < holder);

        Assert.Equal("SE", Open(file.Add("5.0.0.0/8", holder)).CountryOf("5.1.1.1"));
    }

    [Fact]
    public void A_file_that_is_something_else_is_named()
    {
        File.WriteAllText(_path, "network,country\n1.0.0.0/24,AU\n");
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SourcePlaces.Open(_path));
        Assert.Contains(_path, error.Message, StringComparison.Ordinal);
        Assert.Contains(".mmdb", error.Message, StringComparison.Ordinal);

        File.WriteAllBytes(_path, []);
        Assert.Throws<InvalidDataException>(() => SourcePlaces.Open(_path));
        Assert.Throws<FileNotFoundException>(() => SourcePlaces.Open(_path + ".none"));
    }

    [Fact]
    public void A_database_without_countries_is_refused()
    {
        MaxMindFile file = new(24, 6);
        file.Add("5.0.0.0/8", file.AddData(new (string, object)[] { ("autonomous_system_number", 64500u) }));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Open(file));
        Assert.Contains("no countries", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loops_of_pointers_and_of_nodes_end_in_an_error()
    {
        MaxMindFile pointers = new(24, 4);
        int loop = pointers.AddData(0);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Open(pointers.Add("5.0.0.0/8", loop)));
        Assert.Contains("pointer", error.Message, StringComparison.Ordinal);

        MaxMindFile nodes = new(24, 4);
        int germany = nodes.AddData(Record("DE", "country"));
        nodes.Add("0.0.0.0/1", germany).Add("128.0.0.0/2", germany).Knot(1);
        SourcePlaces places = Open(nodes);
        Assert.Equal("DE", places.CountryOf("5.1.1.1"));
        Assert.Throws<InvalidDataException>(() => places.CountryOf("130.1.1.1"));

        MaxMindFile deep = new(24, 4);
        object value = "x";
        for (int depth = 0; depth < 10_000; depth++)
        {
            value = new[] { value };
        }

        int nested = deep.AddData(new (string, object)[] { ("a", value), ("country", "DE") });
        Assert.Throws<InvalidDataException>(() => Open(deep.Add("5.0.0.0/8", nested)));
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(28, 2)]
    [InlineData(32, 3)]
    public void Damage_gives_a_country_or_one_clear_error(int recordSize, int seed)
    {
        MaxMindFile file = new(recordSize, 6);
        int germany = file.AddData(Record("DE", "country"));
        file.Add("5.0.0.0/8", germany).Add("2a00::/16", germany);
        byte[] sound = file.ToBytes();
        Random random = new(seed);
        int failed = 0;
        for (int round = 0; round < 800; round++)
        {
            byte[] damaged = [.. sound];
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            int cut = round % 3 == 0 ? random.Next(damaged.Length) : 0;
            File.WriteAllBytes(_path, round % 2 == 0 ? damaged[cut..] : damaged[..^cut]);
            failed += Read() ? 0 : 1;
        }

        Assert.InRange(failed, 1, 799);
    }

    private static (string, object)[] Record(string code, string key) =>
        [
            ("continent", new (string, object)[] { ("code", "XX") }),
            (key, new (string, object)[] { ("iso_code", code) }),
        ];

    private SourcePlaces Open(MaxMindFile file)
    {
        File.WriteAllBytes(_path, file.ToBytes());
        return SourcePlaces.Open(_path);
    }

    private bool Read()
    {
        try
        {
            SourcePlaces places = SourcePlaces.Open(_path);
            foreach (string address in new[] { "5.1.1.1", "6.1.1.1", "2a00::1", "2b00::1", "223.255.255.255" })
            {
                string country = places.CountryOf(address);
                Assert.True(country.Length == 2 || country == "(Unknown)", country);
            }

            return true;
        }
        catch (InvalidDataException error)
        {
            Assert.Contains(_path, error.Message, StringComparison.Ordinal);
            return false;
        }
    }
}
