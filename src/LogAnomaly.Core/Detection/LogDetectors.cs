using System.Text.Json;

namespace LogAnomaly.Detection;

/// <summary>The detectors of odd rows, by name.</summary>
public static class LogDetectors
{
    /// <summary>Version of the JSON that models are written as.</summary>
    internal const int Version = 1;

    private static readonly SortedDictionary<string, (Func<int, ILogDetector> Create, Reader Read)> s_detectors =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(Ecod)] = (seed => new Ecod(seed), Ecod.Read),
            [nameof(ExtendedIsolationForest)] = (
                seed => new ExtendedIsolationForest(new ExtendedForestOptions { Seed = seed }),
                (element, columns, calibration) => new ExtendedIsolationForestModel(element, columns, calibration)),
            [nameof(IsolationForest)] = (
                seed => new IsolationForest(new ForestOptions { Seed = seed }),
                (element, columns, calibration) => new IsolationForestModel(element, columns, calibration)),
            [nameof(LocalOutlierFactor)] = (
                seed => new LocalOutlierFactor(
                    new NeighborOptions { Neighbors = LocalOutlierFactor.DefaultNeighbors, Seed = seed }),
                LocalOutlierFactor.Read),
            [nameof(NearestNeighbors)] = (seed => new NearestNeighbors(new NeighborOptions { Seed = seed }),
                NearestNeighbors.Read),
            [nameof(OneClassSvm)] = (
                seed => new OneClassSvm(new OneClassSvmOptions { Seed = seed }),
                (element, columns, calibration) => new OneClassSvmModel(element, columns, calibration)),
            [nameof(PrincipalComponents)] = (
                seed => new PrincipalComponents(new PrincipalComponentOptions { Seed = seed }),
                (element, columns, calibration) => new PrincipalComponentModel(element, columns, calibration)),
        };

    private delegate ILogDetectorModel Reader(
        JsonElement element, IReadOnlyList<string> columns, Calibration calibration);

    /// <summary>Names of the detectors, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_detectors.Keys];

    /// <summary>Creates a detector with the default options of its kind.</summary>
    /// <param name="name">Its name; upper and lower case are alike.</param>
    /// <param name="seed">Seed of its random choices. Equal rows and seeds give equal models.</param>
    /// <returns>The detector.</returns>
    /// <exception cref="ArgumentException">There is no detector of that name.</exception>
    public static ILogDetector Create(string name, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        return s_detectors.TryGetValue(name, out (Func<int, ILogDetector> Create, Reader Read) detector)
            ? detector.Create(seed)
            : throw new ArgumentException(
                $"There is no detector '{name}'. Detectors: {string.Join(", ", Names)}.", nameof(name));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="element">The object that <see cref="ILogDetectorModel.Write"/> wrote.</param>
    /// <returns>The model; its scores are those of the one that was written, to the bit.</returns>
    /// <exception cref="FormatException">The object is no model, is damaged, or was written by a later
    /// version.</exception>
    public static ILogDetectorModel Read(JsonElement element)
    {
        string name = ModelArrays.Property(element, "detector", JsonValueKind.String).GetString()!;
        int version = ModelArrays.ReadInt(element, "version", 1, int.MaxValue);
        if (version > Version)
        {
            throw new FormatException(
                $"The model '{name}' has version {version}; versions up to {Version} can be read.");
        }

        string[] columns =
        [
            .. ModelArrays.Property(element, "columns", JsonValueKind.Array).EnumerateArray()
                .Select(column => column.ValueKind == JsonValueKind.String
                    ? column.GetString()!
                    : throw new FormatException("A model's column has no name.")),
        ];
        if (columns.Length == 0)
        {
            throw new FormatException($"The model '{name}' has no columns.");
        }

        if (name == nameof(RareTemplate))
        {
            return RareTemplate.Read(element, columns);
        }

        return s_detectors.TryGetValue(name, out (Func<int, ILogDetector> Create, Reader Read) detector)
            ? detector.Read(element, columns, Calibration.Read(element, columns))
            : throw new FormatException($"There is no detector '{name}'. Detectors: {string.Join(", ", Names)}.");
    }
}
