using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>A value of a profile, such as a program or a template: how often it came, when, and how unevenly.</summary>
/// <param name="Count">Events.</param>
/// <param name="FirstTicks">UTC ticks of the earliest, or -1.</param>
/// <param name="LastTicks">UTC ticks of the latest, or -1.</param>
/// <param name="Dispersion">How many times more than independent events its counts vary, at least 1.</param>
internal sealed record ProfileEntry(long Count, long FirstTicks, long LastTicks, double Dispersion)
{
    private const double MostDispersion = 1e12;

    /// <summary>The entry of what was counted.</summary>
    /// <param name="tally">The tally.</param>
    /// <param name="clock">Its clock.</param>
    /// <returns>The entry.</returns>
    public static ProfileEntry Of(WindowTally tally, WindowClock clock) =>
        new(tally.Count, tally.FirstTicks, tally.LastTicks, tally.Dispersion(clock));

    /// <summary>Two entries as one. Their variances add up, as those of independent counts do.</summary>
    /// <param name="one">One, or null.</param>
    /// <param name="other">The other.</param>
    /// <returns>The sum.</returns>
    public static ProfileEntry Sum(ProfileEntry? one, ProfileEntry other) => one is null ? other : new ProfileEntry(
        checked(one.Count + other.Count),
        one.FirstTicks < 0 ? other.FirstTicks
            : other.FirstTicks < 0 ? one.FirstTicks
            : Math.Min(one.FirstTicks, other.FirstTicks),
        Math.Max(one.LastTicks, other.LastTicks),
        one.Count + other.Count == 0
            ? 1
            : ((one.Count * one.Dispersion) + (other.Count * other.Dispersion)) / (one.Count + other.Count));

    /// <summary>Writes the members into an object that was begun.</summary>
    /// <param name="writer">The writer.</param>
    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteNumber("count", Count);
        if (Dispersion > 1.005)
        {
            writer.WriteNumber("dispersion", Rounded(Dispersion));
        }

        WriteTime(writer, "firstSeen", FirstTicks);
        WriteTime(writer, "lastSeen", LastTicks);
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="element">The object.</param>
    /// <param name="where">What it is called, for the message of a fault.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static ProfileEntry Read(JsonElement element, string where)
    {
        long count = BaselineValue.Whole(element, "count", where);
        double dispersion = BaselineValue.Number(element, "dispersion", where, 1);
        if (dispersion is not (>= 1 and <= MostDispersion))
        {
            throw new FormatException($"dispersion of {where} is no number from 1.");
        }

        return new ProfileEntry(
            count,
            BaselineValue.Ticks(element, "firstSeen", where),
            BaselineValue.Ticks(element, "lastSeen", where),
            dispersion);
    }

    /// <summary>A number with four digits that count.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The rounded number.</returns>
    public static double Rounded(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Writes a time in UTC, to the second; nothing where there is none.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">Name of the member.</param>
    /// <param name="ticks">UTC ticks, or -1.</param>
    public static void WriteTime(Utf8JsonWriter writer, string name, long ticks)
    {
        if (ticks >= 0)
        {
            writer.WriteString(
                name,
                new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }
    }
}
