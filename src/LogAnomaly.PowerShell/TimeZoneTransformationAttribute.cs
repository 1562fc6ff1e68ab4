using System.Globalization;
using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Makes a time zone of its id (<c>Europe/Berlin</c>, <c>UTC</c>) or of an offset from UTC (<c>+02:00</c>).
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeZoneTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string text)
        {
            return value;
        }

        return TryParseOffset(text, out TimeSpan offset) ? OfOffset(offset) : OfId(text);
    }

    private static bool TryParseOffset(string text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text.Length == 0 || text[0] is not ('+' or '-'))
        {
            return false;
        }

        string[] forms = [@"hh\:mm", "hhmm", "hh"];
        if (!TimeSpan.TryParseExact(text.AsSpan(1), forms, CultureInfo.InvariantCulture, out TimeSpan size)
            || size.TotalHours > 14)
        {
            return false;
        }

        offset = text[0] == '-' ? -size : size;
        return true;
    }

    private static TimeZoneInfo OfOffset(TimeSpan offset)
    {
        string sign = offset < TimeSpan.Zero ? "-" : "+";
        string name = string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{offset:hh\\:mm}");
        return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
    }

    private static TimeZoneInfo OfId(string id)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception error) when (
            error is TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException)
        {
            throw new ArgumentTransformationMetadataException(
                $"There is no time zone '{VisibleText.Escape(id)}': give an id such as UTC or Europe/Berlin, or an "
                + "offset such as +02:00.",
                error);
        }
    }
}
