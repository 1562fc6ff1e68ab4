using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace LogAnomaly.Fuzz;

/// <summary>Puts a counter at the start of every basic block of the code that reads and parses.</summary>
internal static class Instrumentation
{
    /// <summary>Name of the type that holds the counters, in the instrumented assembly.</summary>
    public const string TypeName = "LogAnomaly.FuzzCoverage";

    /// <summary>Name of its field.</summary>
    public const string FieldName = "Hits";

    /// <summary>Instruments an assembly in place.</summary>
    /// <param name="path">The assembly.</param>
    /// <returns>Counters.</returns>
    public static int Apply(string path)
    {
        using MemoryStream source = new(File.ReadAllBytes(path));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(source);
        ModuleDefinition module = assembly.MainModule;
        (FieldDefinition hits, Instruction size) = AddCounters(module);
        int count = 0;
        foreach (TypeDefinition type in module.GetAllTypes().Where(IsCounted))
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody))
            {
                count = Instrument(method, hits, count);
            }
        }

        size.Operand = count;
        assembly.Write(path);
        return count;
    }

    private static bool IsCounted(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace is "LogAnomaly.Parsing" or "LogAnomaly.Reading" or "LogAnomaly"
            && type.FullName != TypeName;
    }

    // static class FuzzCoverage { public static byte[] Hits = new byte[count]; }
    private static (FieldDefinition Hits, Instruction Size) AddCounters(ModuleDefinition module)
    {
        TypeDefinition type = new(
            "LogAnomaly",
            "FuzzCoverage",
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed,
            module.TypeSystem.Object);
        FieldDefinition hits = new(
            FieldName, FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Byte));
        type.Fields.Add(hits);
        MethodDefinition start = new(
            ".cctor",
            MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.SpecialName
                | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig,
            module.TypeSystem.Void);
        ILProcessor code = start.Body.GetILProcessor();
        Instruction size = code.Create(OpCodes.Ldc_I4, 0);
        code.Append(size);
        code.Append(code.Create(OpCodes.Newarr, module.TypeSystem.Byte));
        code.Append(code.Create(OpCodes.Stsfld, hits));
        code.Append(code.Create(OpCodes.Ret));
        type.Methods.Add(start);
        module.Types.Add(type);
        return (hits, size);
    }

    private static int Instrument(MethodDefinition method, FieldDefinition hits, int next)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        ILProcessor code = body.GetILProcessor();
        foreach (Instruction start in BlockStarts(body))
        {
            // The instruction itself becomes the first of the counter, so that all jumps to it stay right.
            Instruction moved = code.Create(OpCodes.Nop);
            moved.OpCode = start.OpCode;
            moved.Operand = start.Operand;
            start.OpCode = OpCodes.Ldsfld;
            start.Operand = hits;
            Instruction index = code.Create(OpCodes.Ldc_I4, next++);
            Instruction one = code.Create(OpCodes.Ldc_I4, 1);
            Instruction store = code.Create(OpCodes.Stelem_I1);
            code.InsertAfter(start, index);
            code.InsertAfter(index, one);
            code.InsertAfter(one, store);
            code.InsertAfter(store, moved);
        }

        body.OptimizeMacros();
        return next;
    }

    private static List<Instruction> BlockStarts(MethodBody body)
    {
        HashSet<Instruction> starts = [body.Instructions[0]];
        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    starts.Add(target);
                    AddNext(instruction);
                    break;
                case Instruction[] targets:
                    starts.UnionWith(targets);
                    AddNext(instruction);
                    break;
                default:
                    break;
            }
        }

        // Before a prefix (constrained., volatile.) nothing can be put apart from the instruction that it belongs to.
        return [.. body.Instructions.Where(start =>
            starts.Contains(start) && start.Previous?.OpCode.OpCodeType != OpCodeType.Prefix)];

        void AddNext(Instruction instruction)
        {
            if (instruction.Next is { } next)
            {
                starts.Add(next);
            }
        }
    }
}
