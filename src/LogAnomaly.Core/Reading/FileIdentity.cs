using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LogAnomaly.Reading;

/// <summary>
/// What stays the same when a file is renamed, and differs when another file takes its name. Numbers of files are used
/// again soon after one is deleted, so the time of creation is part of it.
/// </summary>
/// <param name="Device">Number of the file system, or 0 where it is unknown.</param>
/// <param name="Number">Number of the file in it, or 0 where it is unknown.</param>
/// <param name="Created">Ticks of the time of creation, or 0 where it is unknown.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number, long Created)
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint TypeNumberAndCreation = 0x1 | 0x100 | 0x800;
    private const uint CreationKnown = 0x800;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>Whether the system gave a number, so that two names of one file can be told to be one.</summary>
    public bool IsKnown => Number != 0;

    /// <summary>The identity of an open file.</summary>
    /// <param name="handle">Its handle.</param>
    /// <returns>The identity; not known where the system has no way to tell.</returns>
    public static FileIdentity Of(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows())
        {
            byte[] answer = new byte[52];
            return NativeMethods.GetFileInformationByHandle(handle, answer) ? FromWindows(answer) : default;
        }

        if (!OperatingSystem.IsLinux())
        {
            return new FileIdentity(0, 0, File.GetCreationTimeUtc(handle).Ticks);
        }

        bool isAdded = false;
        try
        {
            handle.DangerousAddRef(ref isAdded);
            return OfLinux((int)handle.DangerousGetHandle(), "", EmptyPath) ?? default;
        }
        finally
        {
            if (isAdded)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>The identity of the file that a path leads to.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>
    /// The identity, not known where the system has no way to tell; null where there is no regular file (to open a pipe
    /// is to wait for who writes to it) or it may not be opened.
    /// </returns>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return File.Exists(path) ? OfLinux(CurrentFolder, path, 0) : null;
        }

        (Stream? stream, _) = File.Exists(path) ? LogFile.Open(path, CancellationToken.None) : default;
        using (stream)
        {
            return stream is FileStream file ? Of(file.SafeFileHandle) : null;
        }
    }

    private static FileIdentity? OfLinux(int folder, string path, int flags)
    {
        byte[] answer = new byte[256];
        try
        {
            if (NativeMethods.GetStatus(
                folder, [.. Encoding.UTF8.GetBytes(path), 0], flags, TypeNumberAndCreation, answer) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018: files are told apart by their first bytes alone.
            return default(FileIdentity);
        }

        if ((MemoryMarshal.Read<ushort>(answer.AsSpan(28)) & TypeMask) != RegularFile)
        {
            return null;
        }

        return FromLinux(answer);
    }

    // The layout of struct statx is the same on every processor; only the order of bytes differs, and that is the
    // machine's.
    private static FileIdentity FromLinux(ReadOnlySpan<byte> answer)
    {
        bool isCreationKnown = (MemoryMarshal.Read<uint>(answer) & CreationKnown) != 0;
        long seconds = MemoryMarshal.Read<long>(answer[80..]);
        uint nanoseconds = MemoryMarshal.Read<uint>(answer[88..]);
        return new FileIdentity(
            ((ulong)MemoryMarshal.Read<uint>(answer[136..]) << 32) | MemoryMarshal.Read<uint>(answer[140..]),
            MemoryMarshal.Read<ulong>(answer[32..]),
            isCreationKnown ? (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100) : 0);
    }

    private static FileIdentity FromWindows(ReadOnlySpan<byte> answer) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(answer[28..]),
        ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(answer[44..]) << 32)
            | BinaryPrimitives.ReadUInt32LittleEndian(answer[48..]),
        BinaryPrimitives.ReadInt64LittleEndian(answer[4..]));

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "statx")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int GetStatus(int folder, byte[] path, int flags, uint mask, [Out] byte[] answer);

        [DllImport("kernel32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool GetFileInformationByHandle(SafeFileHandle handle, [Out] byte[] answer);
    }
}
