using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Collects the fields of a format string and the texts between them, and settles what depends on the neighbours.
/// </summary>
internal sealed class FormatCompiler
{
    private readonly List<FormatPiece> _pieces = [];
    private readonly List<byte> _literal = [];

    /// <summary>Whether quotes in values are escaped by the server.</summary>
    public bool EscapesQuotes { get; set; } = true;

    /// <summary>Whether values are escaped as in JSON.</summary>
    public bool IsJson { get; set; }

    /// <summary>Adds a byte of the text between fields.</summary>
    /// <param name="value">The byte.</param>
    public void Add(byte value) => _literal.Add(value);

    /// <summary>Adds a field.</summary>
    /// <param name="directive">Its meaning.</param>
    /// <param name="position">Its place in the definition.</param>
    /// <param name="pattern">Pattern of a time, or null.</param>
    public void Add(in FormatDirective directive, int position, StampPattern? pattern = null)
    {
        _pieces.Add(new FormatPiece([.. _literal], directive.Field, directive.Name, directive.Shape, position)
        {
            FirstByte = directive.FirstByte,
            Pattern = pattern,
            IsJson = IsJson,
        });
        _literal.Clear();
    }

    /// <summary>The format that was collected.</summary>
    /// <param name="mayGoOn">Whether a line may have more fields.</param>
    /// <returns>The format.</returns>
    /// <exception cref="FormatException">The fields cannot be told apart.</exception>
    public LogFormatString Complete(bool mayGoOn = false)
    {
        JoinTargets();
        byte[] tail = [.. _literal];
        bool hasFinalStatus = _pieces.Exists(piece => piece.Field == AccessField.Status);
        bool hasStart = _pieces.Exists(piece => piece.Shape >= FieldShape.Stamp && piece.Field == AccessField.Time);
        for (int i = 0; i < _pieces.Count; i++)
        {
            FormatPiece piece = _pieces[i] with { IsSpareTime = hasStart && _pieces[i].Field == AccessField.OtherTime };
            byte[] next = i + 1 < _pieces.Count ? _pieces[i + 1].Literal : tail;
            bool isQuoted = piece.Literal.Length > 0 && piece.Literal[^1] == '"' && next.Length > 0 && next[0] == '"';
            if (isQuoted && EscapesQuotes && piece.Shape is FieldShape.Free or FieldShape.Word or FieldShape.List)
            {
                piece = piece with { Shape = FieldShape.Quoted };
            }

            if (piece.Field == AccessField.OriginalStatus && !hasFinalStatus)
            {
                piece = piece with { Field = AccessField.Status };
            }

            _pieces[i] = piece;
        }

        return new LogFormatString(_pieces, tail, mayGoOn);
    }

    /// <summary>The text of a definition with the escapes of a configuration file undone.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Unescape(string definition)
    {
        StringBuilder text = new(definition.Length);
        for (int i = 0; i < definition.Length; i++)
        {
            char next = i + 1 < definition.Length ? definition[i + 1] : '\0';
            bool isEscape = definition[i] == '\\' && next is '"' or '\'' or '\\' or 't' or 'n' or 'r';
            if (!isEscape || definition[i] != '\\')
            {
                text.Append(definition[i]);
                continue;
            }

            text.Append(next switch { 't' => '\t', 'n' => '\n', 'r' => '\r', _ => next });
            i++;
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // "%U%q" and "$uri$is_args$args" are the target in parts that nothing tells apart but the question mark.
    private void JoinTargets()
    {
        for (int i = 0; i + 1 < _pieces.Count; i++)
        {
            while (i + 1 < _pieces.Count && _pieces[i].Field is AccessField.Path or AccessField.Url
                && _pieces[i + 1].Literal.Length == 0
                && _pieces[i + 1].Name is "query" or "is_args" or "args" or "query_string")
            {
                _pieces[i] = _pieces[i] with { Field = AccessField.Url, Name = "url" };
                _pieces.RemoveAt(i + 1);
            }
        }
    }
}
