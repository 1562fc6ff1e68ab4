using System.Reflection;

namespace LogAnomaly.PowerShell.Tests;

/// <summary>
/// What a cmdlet declares, read from its metadata: the attributes of the hollow library cannot be made.
/// </summary>
internal sealed class CmdletType
{
    private static readonly string[] s_common = ["WhatIf", "Confirm"];

    private readonly CustomAttributeData _cmdlet;

    private CmdletType(Type type, CustomAttributeData cmdlet)
    {
        Type = type;
        _cmdlet = cmdlet;
    }

    /// <summary>All cmdlets of the module.</summary>
    public static IReadOnlyList<CmdletType> All { get; } =
    [
        .. from type in typeof(GetAuthLogCommand).Assembly.GetExportedTypes()
           let cmdlet = type.CustomAttributes.FirstOrDefault(data => data.AttributeType.Name == "CmdletAttribute")
           where cmdlet is not null
           orderby type.Name
           select new CmdletType(type, cmdlet),
    ];

    /// <summary>The type.</summary>
    public Type Type { get; }

    /// <summary>The verb.</summary>
    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    /// <summary>The noun.</summary>
    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    /// <summary>The name.</summary>
    public string Name => $"{Verb}-{Noun}";

    /// <summary>Whether it asks before it writes.</summary>
    public bool SupportsShouldProcess =>
        Argument("SupportsShouldProcess") is true;

    /// <summary>The default parameter set, or null.</summary>
    public string? DefaultParameterSet => Argument("DefaultParameterSetName") as string;

    /// <summary>The types that it says it gives.</summary>
    public IEnumerable<Type> OutputTypes =>
        from data in Type.CustomAttributes
        where data.AttributeType.Name == "OutputTypeAttribute"
        from argument in (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!
        select (Type)argument.Value!;

    /// <summary>Its parameters.</summary>
    public IEnumerable<PropertyInfo> Parameters =>
        Type.GetProperties().Where(property => ParameterData(property).Any());

    /// <summary>The declarations of a parameter, one for each of its sets.</summary>
    /// <param name="property">The parameter.</param>
    /// <returns>The declarations.</returns>
    public static IEnumerable<CustomAttributeData> ParameterData(PropertyInfo property) =>
        property.CustomAttributes.Where(data => data.AttributeType.Name == "ParameterAttribute");

    /// <summary>The parameters and those that PowerShell adds to a cmdlet that asks.</summary>
    /// <returns>Their names.</returns>
    public IEnumerable<string> AllParameterNames() =>
        Parameters.Select(property => property.Name).Concat(SupportsShouldProcess ? s_common : []);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private object? Argument(string name) =>
        _cmdlet.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
