using System.Collections;
using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>
/// The value of a field as rules see it: a number needs no object, so that testing one allocates nothing.
/// </summary>
internal readonly struct RuleValue
{
    private readonly object? _object;
    private readonly long _bits;

    private RuleValue(RuleValueKind kind, object? value, long bits)
    {
        Kind = kind;
        _object = value;
        _bits = bits;
    }

    /// <summary>What the value is.</summary>
    public RuleValueKind Kind { get; }

    /// <summary>Whether there is no value.</summary>
    public bool IsNone => Kind == RuleValueKind.None;

    /// <summary>Whether the value is a number.</summary>
    public bool IsNumber => Kind is RuleValueKind.Integer or RuleValueKind.Real;

    /// <summary>The number, where the value is one.</summary>
    public double Number => Kind == RuleValueKind.Integer ? _bits : BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The whole number, where the value is one.</summary>
    public long Integer => _bits;

    /// <summary>The time, where the value is one.</summary>
    public DateTimeOffset Time => (DateTimeOffset)_object!;

    /// <summary>The values, where there are several.</summary>
    public IEnumerable Elements => (IEnumerable)_object!;

    /// <summary>A text.</summary>
    /// <param name="text">The text, or null for no value.</param>
    /// <returns>The value.</returns>
    public static RuleValue Of(string? text) => text is null ? default : new RuleValue(RuleValueKind.Text, text, 0);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number, or null for no value.</param>
    /// <returns>The value.</returns>
    public static RuleValue Of(long? number) =>
        number is { } value ? new RuleValue(RuleValueKind.Integer, null, value) : default;

    /// <summary>A number.</summary>
    /// <param name="number">The number, or null for no value.</param>
    /// <returns>The value.</returns>
    public static RuleValue Of(double? number) =>
        number is { } value ? new RuleValue(RuleValueKind.Real, null, BitConverter.DoubleToInt64Bits(value)) : default;

    /// <summary>Whatever an event gives.</summary>
    /// <param name="value">The value, or null for none.</param>
    /// <returns>The value.</returns>
    public static RuleValue Of(object? value) => value switch
    {
        null => default,
        string text => Of(text),
        int number => Of((long?)number),
        long number => Of((long?)number),
        bool => new RuleValue(RuleValueKind.Boolean, value, 0),
        Outcome outcome => Of(ValueNames.Of(outcome)),
        LogLevel level => Of(ValueNames.Of(level)),
        LogKind kind => Of(ValueNames.Of(kind)),
        Enum other => Of(other.ToString()),
        DateTimeOffset => new RuleValue(RuleValueKind.Time, value, 0),
        short or ushort or byte or sbyte or uint => Of((long?)Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double or float or decimal or ulong => Of((double?)Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IEnumerable => new RuleValue(RuleValueKind.List, value, 0),
        _ => Of(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The value as an object.</summary>
    /// <returns>The object, or null for no value.</returns>
    public object? ToObject() => Kind switch
    {
        RuleValueKind.Integer => _bits,
        RuleValueKind.Real => Number,
        _ => _object,
    };

    /// <summary>The text of a single value, in invariant form.</summary>
    /// <returns>The text; empty for no value.</returns>
    public string ToText() => Kind switch
    {
        RuleValueKind.Text => (string)_object!,
        RuleValueKind.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        RuleValueKind.Real => Number.ToString("R", CultureInfo.InvariantCulture),
        RuleValueKind.Time => Time.ToString("O", CultureInfo.InvariantCulture),
        RuleValueKind.None => "",
        _ => Convert.ToString(_object, CultureInfo.InvariantCulture) ?? "",
    };
}
