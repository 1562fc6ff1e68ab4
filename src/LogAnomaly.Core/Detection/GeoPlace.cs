namespace LogAnomaly.Detection;

/// <summary>A place on Earth.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Country">Country, or null.</param>
internal readonly record struct GeoPlace(double Latitude, double Longitude, string? Country)
{
    private const double EarthRadius = 6371.0;

    /// <summary>The way to another place along the great circle, by the haversine formula.</summary>
    /// <param name="other">The other place.</param>
    /// <returns>Kilometres.</returns>
    public double DistanceTo(GeoPlace other)
    {
        double up = Math.Sin(double.DegreesToRadians(other.Latitude - Latitude) / 2);
        double along = Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2);
        double square = (up * up)
            + (Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * along
                * along);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(square)));
    }
}
