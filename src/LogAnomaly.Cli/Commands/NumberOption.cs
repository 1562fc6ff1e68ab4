using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LogAnomaly.Cli.Commands;

/// <summary>
/// Options whose value is a number, written the same way in every language: with a point and without separators.
/// </summary>
internal static class NumberOption
{
    /// <summary>Makes an option for a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">Least number that it takes.</param>
    /// <returns>The option; its value is null where it is not given.</returns>
    public static Option<int?> Whole(string name, int least = int.MinValue) => new(name)
    {
        CustomParser = result => int.TryParse(
            Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            && number >= least
                ? number
                : Refuse<int>(result, least == int.MinValue
                    ? $"{name} must be a whole number of at most {int.MaxValue}."
                    : $"{name} must be a whole number from {least} to {int.MaxValue}."),
    };

    /// <summary>Makes an option for a number within bounds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">Least number that it takes.</param>
    /// <param name="most">Greatest number that it takes.</param>
    /// <returns>The option; its value is null where it is not given.</returns>
    public static Option<double?> Between(string name, double least, double most) => new(name)
    {
        // What is "not a number" is neither greater nor less, and so is refused.
        CustomParser = result => double.TryParse(
            Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number >= least && number <= most
                ? number
                : Refuse<double>(
                    result, FormattableString.Invariant($"{name} must be a number from {least} to {most}.")),
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;

    private static T? Refuse<T>(ArgumentResult result, string message)
        where T : struct
    {
        result.AddError(message);
        return null;
    }
}
