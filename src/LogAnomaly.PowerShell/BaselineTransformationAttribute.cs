using System.Collections;
using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Takes for a baseline what remoting, Import-Clixml and jobs make of one: an object that has its properties, among
/// them its text.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class BaselineTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is IList list and not PSCustomObject)
        {
            return list.Cast<object?>().Select(Of).ToArray();
        }

        return Of(inputData)!;
    }

    /// <summary>A baseline of what stands for one.</summary>
    /// <param name="input">The object.</param>
    /// <returns>The baseline, or the object where it stands for none.</returns>
    /// <exception cref="ArgumentTransformationMetadataException">The object bears a text that is no
    /// baseline.</exception>
    internal static object? Of(object? input)
    {
        if (input is not PSObject copy)
        {
            return input;
        }

        bool isCopy = copy.TypeNames.Contains("Deserialized." + typeof(LogBaseline).FullName);
        if (!isCopy || copy.Properties[nameof(LogBaseline.Json)]?.Value is not string json)
        {
            return copy.BaseObject is LogBaseline ? copy.BaseObject : input;
        }

        try
        {
            return LogBaseline.Parse(json);
        }
        catch (InvalidDataException error)
        {
            throw new ArgumentTransformationMetadataException(VisibleText.Escape(error.Message), error);
        }
    }
}
