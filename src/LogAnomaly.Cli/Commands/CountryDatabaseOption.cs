using System.CommandLine;
using LogAnomaly.Places;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>--country-database</c>: where the countries of sources are looked up.</summary>
internal static class CountryDatabaseOption
{
    /// <summary>Creates the option.</summary>
    /// <returns>The option.</returns>
    public static Option<string?> Create()
    {
        Option<string?> option = new("--country-database")
        {
            Description =
                "Database of countries in the MaxMind format (.mmdb) for the sources on the page; without it, "
                    + "the table that ships.",
            HelpName = "file",
        };
        FilledOption.Require(option);
        return option;
    }

    /// <summary>Opens what the option names.</summary>
    /// <param name="path">The value of the option, or null.</param>
    /// <returns>The places.</returns>
    /// <exception cref="UsageException">The file cannot be used.</exception>
    public static SourcePlaces Open(string? path)
    {
        try
        {
            return path is null ? SourcePlaces.Shipped : SourcePlaces.Open(Path.GetFullPath(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unusable(error);
        }
    }

    /// <summary>The error of a database that cannot be used.</summary>
    /// <param name="cause">The cause.</param>
    /// <returns>The error, with its remedy.</returns>
    public static UsageException Unusable(Exception cause) => new(
        $"--country-database: {cause.Message} Give an .mmdb file of countries or cities, or leave the option out.");
}
