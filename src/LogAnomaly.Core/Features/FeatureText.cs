using System.Globalization;

namespace LogAnomaly.Features;

/// <summary>Writes the numbers of features as a person would: back in their unit, without needless digits.</summary>
internal static class FeatureText
{
    /// <summary>The text of a value.</summary>
    /// <param name="feature">Name of the feature.</param>
    /// <param name="value">Its value in a row.</param>
    /// <returns>The text, with its unit.</returns>
    public static string Of(string feature, float value) => feature switch
    {
        "Level" => ((LogLevel)(int)value).ToString(),
        "MessageLength" or "BytesSent" =>
            string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(2, value) - 1:N0} bytes"),
        "SymbolShare" => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.#} %"),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };

    /// <summary>The start of a sentence about a number, up to the number.</summary>
    /// <param name="feature">Name of the feature.</param>
    /// <param name="noun">What the row is: <c>event</c> or <c>request</c>.</param>
    /// <returns>Such as <c>The length of the request is</c>.</returns>
    public static string SubjectOf(string feature, string noun) => feature switch
    {
        "Level" => $"The level of the {noun} is",
        "MessageLength" => $"The length of the {noun} is",
        "BytesSent" => "The length of the response is",
        "SymbolShare" => $"The share of symbols in the {noun} is",
        _ => $"{feature} of the {noun} is",
    };
}
