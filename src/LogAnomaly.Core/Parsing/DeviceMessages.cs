namespace LogAnomaly.Parsing;

/// <summary>
/// Messages of drivers, which begin with the device: <c>usb 1-1: </c>, <c>eth0: </c>, <c>ata1.00: </c>, <c>EXT4-fs
/// (sda1): </c>. They are known by what follows it.
/// </summary>
internal static class DeviceMessages
{
    private static readonly MessageTable s_usb = new(
        new MessageRule("new ", "driver", "usb_attached", Outcome.Success),
        new MessageRule("USB disconnect", "driver", "usb_detached"),
        new MessageRule("device descriptor read", "driver", "usb_error", Outcome.Failure, Following.Reason),
        new MessageRule("device not accepting address", "driver", "usb_error", Outcome.Failure, Following.Reason),
        new MessageRule("unable to enumerate USB device", "driver", "usb_error", Outcome.Failure, Following.Reason));

    private static readonly MessageTable s_disk = new(
        new MessageRule("failed command: ", "host", "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("exception Emask ", "host", "disk_error", Outcome.Failure),
        new MessageRule("error: { ", "host", "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("hard resetting link", "host", "disk_reset"),
        new MessageRule("softreset failed", "host", "disk_error", Outcome.Failure),
        new MessageRule("SATA link up", "host", "disk_attached", Outcome.Success),
        new MessageRule("SATA link down", "host", "disk_detached"),
        new MessageRule("I/O ", "host", "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("controller is down", "host", "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("Device not ready", "host", "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("Abort status: ", "host", "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("Removing after probe failure", "host", "disk_error", Outcome.Failure, Following.Reason));

    private static readonly MessageTable s_file = new(
        new MessageRule("mounted filesystem", "host", "filesystem_mounted", Outcome.Success),
        new MessageRule("Mounting ", "host", "filesystem_mounting"),
        new MessageRule("Ending clean mount", "host", "filesystem_mounted", Outcome.Success),
        new MessageRule("Unmounting Filesystem", "host", "filesystem_unmounted", Outcome.Success),
        new MessageRule("unmounting filesystem", "host", "filesystem_unmounted", Outcome.Success),
        new MessageRule("re-mounted", "host", "filesystem_mounted", Outcome.Success),
        new MessageRule("Remounting filesystem read-only", "host", "filesystem_error", Outcome.Failure, Following.Text),
        new MessageRule("Volume was not properly unmounted", "host", "filesystem_error", Outcome.Failure),
        new MessageRule("Corruption ", "host", "filesystem_error", Outcome.Failure, Following.Text),
        new MessageRule("Metadata corruption detected", "host", "filesystem_error", Outcome.Failure),
        new MessageRule("metadata I/O error", "host", "filesystem_error", Outcome.Failure),
        new MessageRule("log I/O error", "host", "filesystem_error", Outcome.Failure),
        new MessageRule("xfs_do_force_shutdown", "host", "filesystem_error", Outcome.Failure));

    /// <summary>Classifies a message of a driver.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryClassify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int colon = text.IndexOf(": "u8);
        ReadOnlySpan<byte> device = colon < 0 ? default : text[..colon];
        ReadOnlySpan<byte> rest = colon < 0 ? text : text[(colon + 2)..];
        if (device.StartsWith("usb "u8))
        {
            return s_usb.TryClassify(message.With(rest)) && Name(message, device);
        }

        if (device.StartsWith("ata"u8) || device.StartsWith("nvme "u8) || device.StartsWith("sd "u8))
        {
            return TryClassifyDisk(message, device, rest);
        }

        if (device.Contains((byte)'(') || device.StartsWith("XFS"u8) || device.StartsWith("BTRFS"u8))
        {
            return s_file.TryClassify(message.With(rest)) && Name(message, device);
        }

        return TryClassifyInterface(message, device, rest) || TryClassifyModule(message, device, rest)
            || TryClassifyHardware(message, text);
    }

    private static bool TryClassifyDisk(in SystemMessage message, ReadOnlySpan<byte> device, ReadOnlySpan<byte> rest)
    {
        if (s_disk.TryClassify(message.With(rest)))
        {
            return Name(message, device);
        }

        bool isAttached = rest.Contains((byte)'[') && rest.IndexOf("] Attached "u8) > 0;
        bool isFault = !isAttached && rest.IndexOf("Sense Key : "u8) >= 0
            && (rest.IndexOf("Medium Error"u8) > 0 || rest.IndexOf("Hardware Error"u8) > 0);
        if (isAttached || isFault)
        {
            message.Set(
                "host", isAttached ? "disk_attached" : "disk_error", isAttached ? Outcome.Success : Outcome.Failure);
            return Name(message, Utf8Text.Between(rest, "["u8, (byte)']'));
        }

        return false;
    }

    // "e1000e: eth0 NIC Link is Up 1000 Mbps", "r8169 0000:01:00.0 eth0: link up", "device eth0 entered promiscuous
    // mode"
    private static bool TryClassifyInterface(
        in SystemMessage message, ReadOnlySpan<byte> device, ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.EndsWith(" promiscuous mode"u8))
        {
            bool isOld = Utf8Text.TryTake(ref text, "device "u8);
            message.Set(
                "network",
                text.IndexOf("left "u8) >= 0 ? "promiscuous_mode_left" : "promiscuous_mode",
                Outcome.Unknown);
            message.Target.InInterface = message.Get(isOld ? Utf8Text.Before(text, (byte)' ') : LastWord(device));
            return true;
        }

        bool isUp = rest.StartsWith("link up"u8) || rest.StartsWith("Link is up"u8)
            || rest.StartsWith("NIC Link is Up"u8) || rest.EndsWith(": link becomes ready"u8)
            || rest.IndexOf(" NIC Link is Up"u8) > 0 || rest.StartsWith("Link is Up"u8)
            || rest.StartsWith("carrier acquired"u8);
        bool isDown = !isUp && (rest.StartsWith("link down"u8) || rest.StartsWith("Link is down"u8)
            || rest.StartsWith("NIC Link is Down"u8) || rest.IndexOf(" NIC Link is Down"u8) > 0
            || rest.StartsWith("link status definitely down"u8) || rest.StartsWith("Link is Down"u8)
            || rest.StartsWith("carrier lost"u8));
        if (!isUp && !isDown)
        {
            return false;
        }

        message.Set("network", isUp ? "link_up" : "link_down", Outcome.Unknown);
        int nic = rest.IndexOf(" NIC Link"u8);
        int ready = rest.IndexOf(": link becomes"u8);
        int end = nic > 0 ? nic : ready;
        message.Target.InInterface = message.Get(end > 0 ? LastWord(rest[..end]) : LastWord(device));
        return true;
    }

    private static bool TryClassifyModule(in SystemMessage message, ReadOnlySpan<byte> device, ReadOnlySpan<byte> rest)
    {
        bool isTaint = rest.StartsWith("module verification failed"u8)
            || rest.StartsWith("loading out-of-tree module"u8)
            || (rest.StartsWith("module license "u8) && rest.EndsWith("taints kernel."u8))
            || (rest.StartsWith("module "u8) && rest.IndexOf("taints kernel"u8) > 0);
        if (isTaint)
        {
            message.Set("driver", "kernel_tainted", Outcome.Unknown);
            message.Target.Command = message.Get(device);
            message.Target.Reason = message.Get(Utf8Text.Trim(rest).TrimEnd((byte)'.'));
        }

        return isTaint;
    }

    private static bool TryClassifyHardware(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("EDAC "u8) && (text.IndexOf(" CE "u8) > 0 || text.IndexOf(" UE "u8) > 0))
        {
            message.Set("host", "hardware_error", Outcome.Failure);
            return true;
        }

        if (text.IndexOf("emperature above threshold"u8) > 0 || text.IndexOf("critical temperature reached"u8) > 0)
        {
            message.Set("host", "temperature_exceeded", Outcome.Failure);
            return true;
        }

        if (text.IndexOf("PCIe Bus Error: "u8) >= 0 || text.IndexOf("[Hardware Error]"u8) >= 0)
        {
            message.Set("host", "hardware_error", Outcome.Failure);
            return true;
        }

        if (text.StartsWith("md/"u8) && text.IndexOf("Disk failure on "u8) > 0)
        {
            message.Set("host", "disk_error", Outcome.Failure);
            message.Target.Command = message.Get(Utf8Text.Between(text, "Disk failure on "u8, (byte)','));
            return true;
        }

        return false;
    }

    // What the event is about has no field of its own; the command is the nearest.
    private static bool Name(in SystemMessage message, ReadOnlySpan<byte> device)
    {
        message.Target.Command = message.Get(device);
        return true;
    }

    private static ReadOnlySpan<byte> LastWord(ReadOnlySpan<byte> text) => text[(text.LastIndexOf((byte)' ') + 1)..];
}
