using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Reads records of Get-WinEvent, recognised by their shape, so that those that come over remoting or from a file are
/// read too.
/// </summary>
internal static class WindowsRecordShape
{
    /// <summary>Whether an object has the shape of a record.</summary>
    /// <param name="input">The object.</param>
    /// <returns>Whether it has an id, a provider and a time.</returns>
    public static bool IsRecord(PSObject input) =>
        input.Properties["Id"] is not null && input.Properties["ProviderName"] is not null
        && input.Properties["TimeCreated"] is not null;

    /// <summary>Takes the values of a record.</summary>
    /// <param name="input">The record.</param>
    /// <returns>The values.</returns>
    public static WindowsRecord Read(PSObject input) => new()
    {
        Id = (int)(Number(input, "Id") ?? 0),
        ProviderName = Text(input, "ProviderName"),
        LogName = Text(input, "LogName"),
        RecordId = Number(input, "RecordId"),
        MachineName = Text(input, "MachineName"),
        TimeCreated = Time(input, "TimeCreated"),
        Level = (int?)Number(input, "Level"),
        LevelDisplayName = Text(input, "LevelDisplayName"),
        Keywords = Number(input, "Keywords"),
        ProcessId = (int?)Number(input, "ProcessId"),
        ThreadId = Number(input, "ThreadId"),
        UserId = Text(input, "UserId"),
        Message = Text(input, "Message"),
        Properties = Values(input),
        Xml = Xml(input),
    };

    private static object? Value(PSObject input, string name)
    {
        try
        {
            object? value = input.Properties[name]?.Value;
            return value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        }
        catch (GetValueException)
        {
            // A message whose provider is not installed cannot be rendered; the other values stand.
            return null;
        }
    }

    private static string? Text(PSObject input, string name) =>
        Convert.ToString(Value(input, name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    private static long? Number(PSObject input, string name) =>
        LanguagePrimitives.TryConvertTo(Value(input, name), CultureInfo.InvariantCulture, out long? number)
            ? number
            : null;

    private static DateTimeOffset? Time(PSObject input, string name) =>
        LanguagePrimitives.TryConvertTo(Value(input, name), CultureInfo.InvariantCulture, out DateTimeOffset? time)
            ? time
            : null;

    // EventProperty has one member, Value; what was deserialised may be the value itself.
    private static List<object?> Values(PSObject input)
    {
        List<object?> values = [];
        foreach (object? item in LanguagePrimitives.GetEnumerable(Value(input, "Properties")) ?? Array.Empty<object>())
        {
            values.Add(item is null ? null : PSObject.AsPSObject(item).Properties["Value"]?.Value ?? item);
        }

        return values;
    }

    // The XML has the names of the values, which the object itself has not.
    private static string? Xml(PSObject input)
    {
        if (input.Methods["ToXml"] is not { } method)
        {
            return null;
        }

        try
        {
            // A method that is a script gives its text wrapped.
            return method.Invoke() switch
            {
                PSObject wrapped => wrapped.BaseObject as string,
                object xml => xml as string,
                _ => null,
            };
        }
        catch (Exception error) when (error is MethodException or RuntimeException)
        {
            return null;
        }
    }
}
