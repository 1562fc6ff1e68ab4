using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Finds the assemblies of the module that lie in folders of their own, <c>lib/name/name.dll</c>, and loads each into a
/// context of its own. It listens as long as a session of the process has the module.
/// </summary>
public sealed class ModuleAssemblies : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object s_lock = new();
    private static readonly Dictionary<string, Assembly> s_loaded = new(StringComparer.Ordinal);
    private static int s_imports;

    /// <summary>Begins to listen.</summary>
    public void OnImport()
    {
        lock (s_lock)
        {
            if (s_imports++ == 0)
            {
                AssemblyLoadContext.Default.Resolving += Resolve;
            }
        }
    }

    /// <summary>Ceases to listen when the last session lets go of the module.</summary>
    /// <param name="psModuleInfo">The module.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (s_lock)
        {
            if (--s_imports == 0)
            {
                AssemblyLoadContext.Default.Resolving -= Resolve;
            }
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName assemblyName)
    {
        string name = assemblyName.Name ?? "";
        if (!name.StartsWith("LogAnomaly.", StringComparison.Ordinal))
        {
            return null;
        }

        string module = Path.GetDirectoryName(typeof(ModuleAssemblies).Assembly.Location) ?? "";
        string path = Path.Combine(module, "lib", name, name + ".dll");
        lock (s_lock)
        {
            if (!s_loaded.TryGetValue(name, out Assembly? assembly) && File.Exists(path))
            {
                assembly = new LeafLoadContext(path).LoadFromAssemblyPath(path);
                s_loaded[name] = assembly;
            }

            return assembly;
        }
    }
}
