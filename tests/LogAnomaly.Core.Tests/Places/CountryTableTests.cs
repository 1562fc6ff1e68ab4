using LogAnomaly.Places;

namespace LogAnomaly.Tests.Places;

/// <summary>The table of countries that ships.</summary>
public sealed class CountryTableTests
{
    [Fact]
    public void The_table_has_the_ranges_that_its_account_names()
    {
        Assert.Equal(334_284, CountryTable.Shipped.Ranges(version4: true).Count());
        Assert.Equal(108_308, CountryTable.Shipped.Ranges(version4: false).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ranges_are_in_order_and_merged(bool version4)
    {
        (ulong First, ulong Last, string Country) before = default;
        bool isFirst = true;
        foreach ((ulong First, ulong Last, string Country) range in CountryTable.Shipped.Ranges(version4))
        {
            Assert.True(range.First <= range.Last);
            Assert.Equal(2, range.Country.Length);
            Assert.All(range.Country, letter => Assert.True(char.IsAsciiLetterUpper(letter)));
            Assert.True(isFirst || before.Last < range.First);
            Assert.True(isFirst || before.Last + 1 < range.First || before.Country != range.Country);
            before = range;
            isFirst = false;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_search_agrees_with_a_scan(bool version4)
    {
        (ulong First, ulong Last, string Country)[] ranges = [.. CountryTable.Shipped.Ranges(version4)];
        Random random = new(4);
        for (int round = 0; round < 300; round++)
        {
            // Half of them at the ends of ranges, where a search goes wrong.
            (ulong first, ulong last, _) = ranges[random.Next(ranges.Length)];
            ulong unit = random.Next(4) switch
            {
                0 => first,
                1 => last,
                2 => last + 1,
                _ => (ulong)random.NextInt64(version4 ? 1L << 32 : 1L << 48),
            };
            string? expected = Array.Find(ranges, range => range.First <= unit && unit <= range.Last).Country;
            AddressNumber address = new(version4 ? unit : ((UInt128)unit << 80) + (ulong)random.NextInt64(), version4);
            Assert.Equal(expected, CountryTable.Shipped.Find(address));
        }
    }

    [Fact]
    public void The_ends_of_the_address_space_have_no_country()
    {
        Assert.Null(CountryTable.Shipped.Find(new AddressNumber(0, IsVersion4: true)));
        Assert.Null(CountryTable.Shipped.Find(new AddressNumber(uint.MaxValue, IsVersion4: true)));
        Assert.Null(CountryTable.Shipped.Find(new AddressNumber(0, IsVersion4: false)));
        Assert.Null(CountryTable.Shipped.Find(new AddressNumber(UInt128.MaxValue, IsVersion4: false)));
    }
}
