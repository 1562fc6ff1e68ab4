// A task of the build, compiled by MSBuild when the rules change; it is no part of the assembly.
using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Packs rule files into one compressed stream, so that no scanner finds attack strings in the assembly: their number,
/// and for each file, in ordinal order of its path, the path and the text, all as BinaryWriter writes them. The same
/// files give the same bytes.
/// </summary>
public sealed class PackRules : Task
{
    /// <summary>Folder that the paths begin at; its own name is their first part.</summary>
    [Required]
    public string Folder { get; set; }

    /// <summary>The rule files.</summary>
    public ITaskItem[] Files { get; set; } = new ITaskItem[0];

    /// <summary>The packed file.</summary>
    [Required]
    public string Packed { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        string root = Path.GetFullPath(Folder).TrimEnd('/', '\\');
        string name = Path.GetFileName(root);
        var rules = Files
            .Select(file => file.GetMetadata("FullPath"))
            .Select(path => new { Path = path, Inner = name + path.Substring(root.Length).Replace('\\', '/') })
            .OrderBy(rule => rule.Inner, StringComparer.Ordinal);
        using (FileStream stream = File.Create(Packed))
        using (GZipStream compressed = new GZipStream(stream, CompressionLevel.Optimal))
        using (BinaryWriter writer = new BinaryWriter(compressed, new UTF8Encoding(false)))
        {
            writer.Write(Files.Length);
            foreach (var rule in rules)
            {
                writer.Write(rule.Inner);
                writer.Write(File.ReadAllText(rule.Path).Replace("\r\n", "\n"));
            }
        }

        return true;
    }
}
