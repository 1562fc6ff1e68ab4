namespace LogAnomaly.Numerics;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices.</summary>
internal static class SymmetricMatrix
{
    private const int MostSweeps = 60;
    private const double Tolerance = 1e-22;

    /// <summary>
    /// Decomposes a matrix by Jacobi's cyclic rotations (Golub and Van Loan, "Matrix Computations", 4th edition,
    /// section 8.5): exact to the last digits also for the least eigenvalues, and the same on every machine.
    /// </summary>
    /// <param name="matrix">The matrix, row after row; changed.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The eigenvalues, the greatest first, and their vectors of length 1 one after the other, the greatest
    /// part of each above 0.</returns>
    public static (double[] Values, double[] Vectors) Decompose(
        double[] matrix, int size, CancellationToken cancellation)
    {
        double[] vectors = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            vectors[(i * size) + i] = 1;
        }

        double all = matrix.Sum(value => value * value);
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, size) > Tolerance * all; sweep++)
        {
            for (int p = 0; p < size - 1; p++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(matrix, vectors, size, p, q);
                }
            }
        }

        return Order(matrix, vectors, size);
    }

    private static double OffDiagonal(double[] matrix, int size)
    {
        double sum = 0;
        for (int row = 0; row < size; row++)
        {
            for (int column = row + 1; column < size; column++)
            {
                sum += 2 * matrix[(row * size) + column] * matrix[(row * size) + column];
            }
        }

        return sum;
    }

    // Makes the element at (p, q) zero. The matrix is kept symmetric by turning its lines p and q and mirroring them.
    private static void Rotate(double[] matrix, double[] vectors, int size, int p, int q)
    {
        double apq = matrix[(p * size) + q];
        if (apq == 0)
        {
            return;
        }

        double app = matrix[(p * size) + p];
        double aqq = matrix[(q * size) + q];
        double tau = (aqq - app) / (2 * apq);
        double t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        double c = 1 / Math.Sqrt(1 + (t * t));
        double s = t * c;
        Turn(matrix.AsSpan(p * size, size), matrix.AsSpan(q * size, size), c, s);
        Turn(vectors.AsSpan(p * size, size), vectors.AsSpan(q * size, size), c, s);
        matrix[(p * size) + p] = app - (t * apq);
        matrix[(q * size) + q] = aqq + (t * apq);
        matrix[(p * size) + q] = 0;
        matrix[(q * size) + p] = 0;
        for (int i = 0; i < size; i++)
        {
            matrix[(i * size) + p] = matrix[(p * size) + i];
            matrix[(i * size) + q] = matrix[(q * size) + i];
        }
    }

    private static void Turn(Span<double> first, Span<double> second, double c, double s)
    {
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i];
            double b = second[i];
            first[i] = (c * a) - (s * b);
            second[i] = (s * a) + (c * b);
        }
    }

    private static (double[] Values, double[] Vectors) Order(double[] matrix, double[] vectors, int size)
    {
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => matrix[(i * size) + i]).ThenBy(i => i)];
        double[] values = Array.ConvertAll(order, i => matrix[(i * size) + i]);
        double[] ordered = new double[vectors.Length];
        for (int i = 0; i < size; i++)
        {
            Span<double> vector = ordered.AsSpan(i * size, size);
            vectors.AsSpan(order[i] * size, size).CopyTo(vector);
            double greatest = 0;
            foreach (double part in vector)
            {
                greatest = Math.Abs(part) > Math.Abs(greatest) ? part : greatest;
            }

            for (int part = 0; greatest < 0 && part < size; part++)
            {
                vector[part] = -vector[part];
            }
        }

        return (values, ordered);
    }
}
