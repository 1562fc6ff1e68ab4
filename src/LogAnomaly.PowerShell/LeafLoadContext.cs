using System.Reflection;
using System.Runtime.Loader;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Holds an assembly of ours that brings packages of others, and those packages: other modules may have loaded another
/// version of them. What is ours beside it comes from the default context, so that its types are the same everywhere.
/// </summary>
internal sealed class LeafLoadContext : AssemblyLoadContext
{
    private const string Own = "LogAnomaly.";

    private readonly AssemblyDependencyResolver _resolver;
    private readonly string _leaf;

    /// <summary>Creates a context.</summary>
    /// <param name="path">Full path of the assembly, which has its deps file beside it.</param>
    public LeafLoadContext(string path)
        : base(Path.GetFileNameWithoutExtension(path))
    {
        _leaf = Path.GetFileNameWithoutExtension(path);
        _resolver = new AssemblyDependencyResolver(path);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        bool isShared = assemblyName.Name is { } name && name != _leaf
            && name.StartsWith(Own, StringComparison.Ordinal);
        return !isShared && _resolver.ResolveAssemblyToPath(assemblyName) is { } path
            ? LoadFromAssemblyPath(path)
            : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
