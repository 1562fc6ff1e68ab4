using System.Buffers;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The names of the columns of a CSV log, and what stands between them.</summary>
internal sealed class CsvHeader
{
    private const int FewestColumns = 3;
    private const int MostColumns = 500;
    private const int LongestName = 80;

    private static readonly byte[] s_delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    private static readonly SearchValues<char> s_nameSigns = SearchValues.Create("_-.:#@/()[]% $&?*");

    /// <summary>Creates a header.</summary>
    /// <param name="names">Names of the columns.</param>
    /// <param name="delimiter">What stands between columns.</param>
    private CsvHeader(string[] names, byte delimiter)
    {
        Names = names;
        Delimiter = delimiter;
    }

    /// <summary>Names of the columns, in their order.</summary>
    public string[] Names { get; }

    /// <summary>What stands between columns.</summary>
    public byte Delimiter { get; }

    /// <summary>Reads a header: names that are unlike values, each once.</summary>
    /// <param name="line">The line.</param>
    /// <param name="forced">The delimiter that the file states, or 0.</param>
    /// <returns>The header, or null where the line is none.</returns>
    public static CsvHeader? Read(ReadOnlySpan<byte> line, byte forced)
    {
        CsvHeader? best = null;
        foreach (byte delimiter in forced == 0 ? s_delimiters : [forced])
        {
            List<string> names = [];
            CsvFields fields = new(line, delimiter);
            while (names.Count <= MostColumns && fields.MoveNext())
            {
                names.Add(Encoding.UTF8.GetString(fields.Current).Trim());
            }

            if (!fields.IsBroken && names.Count >= FewestColumns && names.Count > (best?.Names.Length ?? 0)
                && AreNames(names))
            {
                best = new CsvHeader([.. names], delimiter);
            }
        }

        return best;
    }

    private static bool AreNames(List<string> names)
    {
        if (names.Count > MostColumns || names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
        {
            return false;
        }

        int known = 0;
        foreach (string name in names)
        {
            if (!IsName(name))
            {
                return false;
            }

            known += FieldNames.Find(name).Length > 0 || FieldNames.Find(name.Replace(' ', '_')).Length > 0 ? 1 : 0;
        }

        // Prose has commas too, but names no fields of a log.
        return known > 0;
    }

    private static bool IsName(string name)
    {
        string letters = name.TrimStart('@', '_', '#', '(');
        if (letters.Length is 0 or > LongestName || !char.IsLetter(letters[0]))
        {
            return false;
        }

        foreach (char sign in name)
        {
            if (!char.IsLetterOrDigit(sign) && !s_nameSigns.Contains(sign))
            {
                return false;
            }
        }

        return name.AsSpan().Count(' ') < 5;
    }
}
