using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Short names of months as the C library writes them in German, French, Spanish, Italian, Portuguese and Dutch
/// locales, where they differ from the English ones.
/// </summary>
internal static class MonthName
{
    private static readonly (byte[] Name, int Month)[] s_names = Build(
        "jan. janv. ene gen", "févr. fev feb. febr.", "mär märz mars mrt", "avr. avril abr", "mai mei mag maj",
        "juin giu", "juil. lug juli", "août ago aug.", "sept. set sept", "okt oct. ott out", "nov.", "déc. dez dic");

    /// <summary>Reads a name and sees that a space follows it.</summary>
    /// <param name="text">Bytes at whose start the name must stand.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="length">Bytes of the name.</param>
    /// <returns>Whether a name was there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out int month, out int length)
    {
        foreach ((byte[] name, int number) in s_names)
        {
            if (text.Length > name.Length && text[name.Length] == ' '
                && (text[0] | 0x20) == name[0] && text[1..name.Length].SequenceEqual(name.AsSpan(1)))
            {
                month = number;
                length = name.Length;
                return true;
            }
        }

        month = 0;
        length = 0;
        return false;
    }

    private static (byte[] Name, int Month)[] Build(params string[] months)
    {
        List<(byte[] Name, int Month)> names = [];
        for (int i = 0; i < months.Length; i++)
        {
            foreach (string name in months[i].Split(' '))
            {
                names.Add((Encoding.UTF8.GetBytes(name), i + 1));
            }
        }

        return [.. names];
    }
}
