namespace LogAnomaly.Detection;

/// <summary>Finds the nearest of some reference rows: exact, by measuring the distance to each.</summary>
/// <param name="reference">The reference rows.</param>
/// <param name="wanted">How many neighbours are wanted, at least 1.</param>
internal sealed class Neighborhood(ReferenceRows reference, int wanted)
{
    /// <summary>How many neighbours a row has; 0 where there is but one reference row.</summary>
    public int Count { get; } = Math.Min(wanted, reference.Count - 1);

    /// <summary>
    /// Finds the neighbours of a row. One reference row that is equal to it is taken for the row itself and left out,
    /// so that a row of the sample has the same score whether it is met in training or later.
    /// </summary>
    /// <param name="scaled">The row on the common scale.</param>
    /// <param name="indexes">Takes the indexes of the neighbours, the nearest first, equal ones in their order.</param>
    /// <param name="distances">Takes their distances.</param>
    public void Find(ReadOnlySpan<float> scaled, Span<int> indexes, Span<double> distances)
    {
        bool left = false;
        int found = 0;
        for (int i = 0; i < reference.Count; i++)
        {
            float distance = ReferenceRows.SquaredDistance(scaled, reference.Row(i));
            if (distance == 0 && !left)
            {
                left = true;
                continue;
            }

            if (found == Count && (found == 0 || distance >= distances[found - 1]))
            {
                continue;
            }

            found = Math.Min(found + 1, Count);
            int place = found - 1;
            while (place > 0 && distances[place - 1] > distance)
            {
                (distances[place], indexes[place]) = (distances[place - 1], indexes[place - 1]);
                place--;
            }

            (distances[place], indexes[place]) = (distance, i);
        }

        for (int i = 0; i < found; i++)
        {
            distances[i] = Math.Sqrt(distances[i]);
        }
    }
}
