using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// How often something comes in each hour of the week, by sums of past hours. What an hour of the week was seen too
/// seldom to say, the same hour of all days says, and what that cannot say, all hours: each lends the weight of
/// <see cref="Borrowed"/> hours. Until each day of the week was seen, nobody knows what a weekend is like, so the
/// bounds are then those of the busiest and the quietest hour.
/// </summary>
internal sealed class Season
{
    /// <summary>Hours of a week.</summary>
    public const int Slots = 7 * Hours;

    /// <summary>Days after which each day of the week was seen.</summary>
    public const int Week = 8;

    private const int Hours = 24;
    private const double Borrowed = 2;
    private const double UnknownDay = 2;
    private const double Margin = 0.7;
    private const double MostHours = 26;

    private static readonly string[] s_days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    private readonly float[] _sums = new float[Slots];
    private readonly float[] _hours = new float[Slots];
    private readonly float[] _daySums = new float[Hours];
    private readonly float[] _dayHours = new float[Hours];
    private double _sum;
    private double _count;
    private (int Slot, bool IsWeekKnown, double High, double Low) _bounds = (-1, false, 0, 0);

    /// <summary>The slot of a local hour.</summary>
    /// <param name="hour">Hours since the start of year 1, a Monday.</param>
    /// <returns>0 for Monday midnight to 167.</returns>
    public static int SlotOf(long hour) => (int)(hour % Slots);

    /// <summary>A slot in words, such as <c>Sunday at 03:00</c>.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>The words.</returns>
    public static string Say(int slot) => string.Create(
        CultureInfo.InvariantCulture,
        $"{CultureInfo.InvariantCulture.DateTimeFormat.DayNames[(slot / Hours + 1) % 7]} at {slot % Hours:00}:00");

    /// <summary>Hours that were learned from.</summary>
    public double Count => _count;

    /// <summary>Learns an hour.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="value">What came in it.</param>
    public void Learn(int slot, double value)
    {
        Take(slot, value, 1);
        if (_hours[slot] > MostHours)
        {
            Take(slot, -_sums[slot] / 2, -_hours[slot] / 2);
        }
    }

    /// <summary>What comes in an hour, and hardly more than.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="isWeekKnown">Whether each day of the week was seen.</param>
    /// <returns>A rate an hour.</returns>
    public double High(int slot, bool isWeekKnown) => BoundsOf(slot, isWeekKnown).High;

    /// <summary>What comes in an hour at least.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="isWeekKnown">Whether each day of the week was seen.</param>
    /// <returns>A rate an hour.</returns>
    public double Low(int slot, bool isWeekKnown) => BoundsOf(slot, isWeekKnown).Low;

    /// <summary>Takes over what another one knows.</summary>
    /// <param name="other">The other.</param>
    /// <param name="withHours">Whether it watched other hours, and not only something else in the same hours.</param>
    public void Include(Season other, bool withHours)
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            double hours = withHours ? other._hours[slot] : Math.Max(other._hours[slot] - _hours[slot], 0);
            Take(slot, other._sums[slot], hours);
        }
    }

    /// <summary>
    /// Writes a line a day: for each hour the sum, and after a slash how often the hour was seen where that is not as
    /// for the hour before.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">Name of the property.</param>
    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        for (int day = 0; day < s_days.Length; day++)
        {
            if (!_hours.AsSpan(day * Hours, Hours).ContainsAnyExcept(0))
            {
                continue;
            }

            StringBuilder text = new();
            double before = -1;
            for (int slot = day * Hours; slot < (day + 1) * Hours; slot++)
            {
                double hours = BehaviourJson.Round(_hours[slot]);
                text.Append(CultureInfo.InvariantCulture, $"{BehaviourJson.Round(_sums[slot])}");
                text.Append(hours.Equals(before) ? "" : string.Create(CultureInfo.InvariantCulture, $"/{hours}"))
                    .Append(' ');
                before = hours;
            }

            writer.WriteString(s_days[day], text.ToString().TrimEnd());
        }

        writer.WriteEndObject();
    }

    /// <summary>Takes over what was written.</summary>
    /// <param name="owner">The object that holds it.</param>
    /// <param name="name">Name of the property.</param>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public void Include(JsonElement owner, string name)
    {
        foreach (JsonProperty member in BehaviourJson.Members(owner, name))
        {
            int day = Array.IndexOf(s_days, member.Name);
            string[] parts = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()!.Split(' ') : [];
            if (day < 0 || parts.Length != Hours)
            {
                throw new FormatException($"'{name}.{member.Name}' must be a day of the week with 24 hours.");
            }

            double hours = 0;
            for (int hour = 0; hour < Hours; hour++)
            {
                ReadOnlySpan<char> part = parts[hour];
                int slash = part.IndexOf('/');
                if (!double.TryParse(
                    slash < 0 ? part : part[..slash], NumberStyles.Float, CultureInfo.InvariantCulture, out double sum)
                    || (slash >= 0 && !double.TryParse(
                        part[(slash + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out hours)))
                {
                    throw new FormatException($"'{name}.{member.Name}' must hold sums and hours such as 12/3.");
                }

                Take((day * Hours) + hour, sum, hours);
            }
        }
    }

    private void Take(int slot, double sum, double hours)
    {
        _sums[slot] += (float)sum;
        _hours[slot] += (float)hours;
        _daySums[slot % Hours] += (float)sum;
        _dayHours[slot % Hours] += (float)hours;
        _sum += sum;
        _count += hours;
        _bounds.Slot = -1;
    }

    // Several behaviours ask for the same hour.
    private (int Slot, bool IsWeekKnown, double High, double Low) BoundsOf(int slot, bool isWeekKnown)
    {
        if (_bounds.Slot != slot || _bounds.IsWeekKnown != isWeekKnown)
        {
            _bounds = (slot, isWeekKnown, HighOf(slot, isWeekKnown), LowOf(slot, isWeekKnown));
        }

        return _bounds;
    }

    private double HighOf(int slot, bool isWeekKnown)
    {
        if (isWeekKnown)
        {
            return Math.Max(RateOf(slot), Math.Max(RateOf((slot + 1) % Slots), RateOf((slot + Slots - 1) % Slots)));
        }

        double greatest = 0;
        for (int hour = 0; hour < Hours; hour++)
        {
            greatest = Math.Max(greatest, DayRateOf(hour));
        }

        return greatest * UnknownDay;
    }

    private double LowOf(int slot, bool isWeekKnown)
    {
        if (isWeekKnown)
        {
            return Margin * Math.Min(
                LeastOf(slot), Math.Min(LeastOf((slot + 1) % Slots), LeastOf((slot + Slots - 1) % Slots)));
        }

        double least = double.MaxValue;
        for (int hour = 0; hour < Hours; hour++)
        {
            least = Math.Min(least, _daySums[hour] / (_dayHours[hour] + 1));
        }

        return least * Margin;
    }

    private double DayRateOf(int hour) =>
        (_daySums[hour] + (Borrowed * _sum / (_count + 1))) / (_dayHours[hour] + Borrowed);

    private double RateOf(int slot) => (_sums[slot] + (Borrowed * DayRateOf(slot % Hours))) / (_hours[slot] + Borrowed);

    private double LeastOf(int slot) => _sums[slot] / (_hours[slot] + 1);
}
