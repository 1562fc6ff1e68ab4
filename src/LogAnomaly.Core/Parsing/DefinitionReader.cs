using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>Reads values of a format's definition; every fault names the file and the place in it.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Place">Where the value stands, as a JSON path.</param>
/// <param name="Element">The value.</param>
internal readonly record struct DefinitionReader(string File, string Place, JsonElement Element)
{
    /// <summary>A fault at this place.</summary>
    /// <param name="cause">The cause, with the end of the sentence.</param>
    /// <returns>The error to throw.</returns>
    public InvalidDataException Fault(string cause) => new($"'{File}', {Place}: {cause}");

    /// <summary>Requires the value to be an object.</summary>
    public void RequireObject()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Fault("it is no object.");
        }
    }

    /// <summary>Requires all members of the object to have one of some names.</summary>
    /// <param name="names">The names.</param>
    public void RequireMembers(string[] names)
    {
        foreach (JsonProperty property in Element.EnumerateObject())
        {
            if (Array.IndexOf(names, property.Name) < 0)
            {
                throw Fault($"'{property.Name}' is not known; known are {string.Join(", ", names[1..])}.");
            }
        }
    }

    /// <summary>A member of the object.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The member, or null where it is not there.</returns>
    public DefinitionReader? Member(string name) =>
        Element.TryGetProperty(name, out JsonElement member)
            ? new DefinitionReader(File, $"{Place}.{name}", member)
            : null;

    /// <summary>The elements of a member that is an array.</summary>
    /// <param name="name">Name of the member.</param>
    /// <returns>The elements; none where the member is not there.</returns>
    public IEnumerable<DefinitionReader> Elements(string name)
    {
        if (Member(name) is not { } member)
        {
            yield break;
        }

        if (member.Element.ValueKind != JsonValueKind.Array)
        {
            throw member.Fault("it is no array.");
        }

        int index = 0;
        foreach (JsonElement element in member.Element.EnumerateArray())
        {
            yield return new DefinitionReader(
                File, string.Create(CultureInfo.InvariantCulture, $"{member.Place}[{index++}]"), element);
        }
    }

    /// <summary>The text of a member.</summary>
    /// <param name="name">Name of the member.</param>
    /// <returns>The text, or null where the member is not there.</returns>
    public string? Text(string name) => Member(name)?.AsText();

    /// <summary>The text that the value is.</summary>
    /// <returns>The text, never empty.</returns>
    public string AsText() =>
        Element.ValueKind == JsonValueKind.String && Element.GetString() is { Length: > 0 } text
            ? text
            : throw Fault("it is no text, or empty.");

    /// <summary>The texts of a member that is an array.</summary>
    /// <param name="name">Name of the member.</param>
    /// <returns>The texts; none where the member is not there.</returns>
    public List<string> Texts(string name) => Elements(name).Select(element => element.AsText()).ToList();

    /// <summary>The members of a member that is an object of texts.</summary>
    /// <typeparam name="T">What a text is made into.</typeparam>
    /// <param name="name">Name of the member.</param>
    /// <param name="convert">Makes a value of a text; told the place for its faults.</param>
    /// <returns>The values by name.</returns>
    public Dictionary<string, T> Map<T>(string name, Func<DefinitionReader, string, T> convert)
    {
        Dictionary<string, T> map = new(StringComparer.OrdinalIgnoreCase);
        if (Member(name) is { } member)
        {
            member.RequireObject();
            foreach (JsonProperty property in member.Element.EnumerateObject())
            {
                DefinitionReader value = new(File, $"{member.Place}.{property.Name}", property.Value);
                map[property.Name] = convert(value, value.AsText());
            }
        }

        return map;
    }
}
