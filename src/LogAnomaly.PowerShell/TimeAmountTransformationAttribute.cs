using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Takes texts such as <c>14d</c>, <c>12h</c> and <c>2w</c> for spans of time, beside those that PowerShell takes.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeAmountTransformationAttribute : ArgumentTransformationAttribute
{
    private const int MostDays = 36_500;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text when TimeAmount.TryParse(text, out TimeSpan span) => span,
            TimeSpan span when span > TimeSpan.Zero => span,

            // PowerShell reads 14d without quotes as a number of the type decimal, by its suffix; a 14 without one is
            // an int.
            decimal days when days is > 0 and <= MostDays => TimeSpan.FromDays((double)days),
            _ => throw new ArgumentTransformationMetadataException(
                $"'{VisibleText.Escape(value?.ToString() ?? "")}' is no span of time above zero: write one such as "
                    + "14d, 12h, 30m or 14.00:00:00."),
        };
    }
}
