using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>Reads members of the objects of a baseline; every fault names the member.</summary>
internal static class BaselineValue
{
    private static readonly string[] s_times = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>An element as an object.</summary>
    /// <param name="element">The element.</param>
    /// <param name="where">What it is called.</param>
    /// <returns>The same element.</returns>
    /// <exception cref="FormatException">It is no object.</exception>
    public static JsonElement Object(JsonElement element, string where) => element.ValueKind == JsonValueKind.Object
        ? element
        : throw new FormatException($"{where} is no JSON object.");

    /// <summary>A member that is an object.</summary>
    /// <param name="element">The object that holds it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="where">What the holder is called.</param>
    /// <returns>The member.</returns>
    /// <exception cref="FormatException">There is none, or it is no object.</exception>
    public static JsonElement Member(JsonElement element, string name, string where) =>
        Object(element, where).TryGetProperty(name, out JsonElement member)
            ? Object(member, $"{name} of {where}")
            : throw new FormatException($"{where} has no {name}.");

    /// <summary>A member that is a whole number from 0.</summary>
    /// <param name="element">The object that holds it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="where">What the holder is called.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">There is none.</exception>
    public static long Whole(JsonElement element, string name, string where) =>
        Object(element, where).TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long number) && number >= 0
            ? number
            : throw new FormatException($"{name} of {where} is no whole number from 0.");

    /// <summary>A member that is a number.</summary>
    /// <param name="element">The object that holds it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="where">What the holder is called.</param>
    /// <param name="otherwise">What is meant where there is none.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The member is no finite number.</exception>
    public static double Number(JsonElement element, string name, string where, double otherwise)
    {
        if (!Object(element, where).TryGetProperty(name, out JsonElement member))
        {
            return otherwise;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out double number)
            && double.IsFinite(number)
            ? number
            : throw new FormatException($"{name} of {where} is no number.");
    }

    /// <summary>A member that is a text.</summary>
    /// <param name="element">The object that holds it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="where">What the holder is called.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">There is none.</exception>
    public static string Text(JsonElement element, string name, string where)
    {
        if (!Object(element, where).TryGetProperty(name, out JsonElement member)
            || member.ValueKind != JsonValueKind.String)
        {
            throw new FormatException($"{name} of {where} is no text.");
        }

        return TextOf(member, $"{name} of {where}");
    }

    /// <summary>The text of an element.</summary>
    /// <param name="element">The element, a text.</param>
    /// <param name="where">What it is called.</param>
    /// <returns>The text.</returns>
    /// <exception cref="FormatException">It holds half a character.</exception>
    public static string TextOf(JsonElement element, string where)
    {
        try
        {
            return element.GetString() ?? throw new FormatException($"{where} is no text.");
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"{where} holds half a character or is no text.", error);
        }
    }

    /// <summary>A member that is a time.</summary>
    /// <param name="element">The object that holds it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="where">What the holder is called.</param>
    /// <returns>UTC ticks, or -1 where there is no such member.</returns>
    /// <exception cref="FormatException">It is no time.</exception>
    public static long Ticks(JsonElement element, string name, string where)
    {
        if (!Object(element, where).TryGetProperty(name, out JsonElement member))
        {
            return -1;
        }

        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return member.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParseExact(
                TextOf(member, where), s_times, CultureInfo.InvariantCulture, Style, out DateTimeOffset time)
                ? time.UtcTicks
                : throw new FormatException($"{name} of {where} is no time such as 2027-01-01T08:00:00Z.");
    }
}
