using System.Numerics;

namespace LogAnomaly.Rules;

/// <summary>A condition over the rules of a temporal correlation, each a bit.</summary>
internal abstract record PartTest
{
    /// <summary>Whether the condition is true.</summary>
    /// <param name="parts">Bits of the rules that have hit.</param>
    /// <returns>Whether it is.</returns>
    public abstract bool IsTrue(uint parts);

    /// <summary>True where at least so many of the tests are.</summary>
    /// <param name="Tests">The tests.</param>
    /// <param name="Least">How many must be.</param>
    internal sealed record Several(PartTest[] Tests, int Least) : PartTest
    {
        /// <inheritdoc/>
        public override bool IsTrue(uint parts)
        {
            int count = 0;
            foreach (PartTest test in Tests)
            {
                count += test.IsTrue(parts) ? 1 : 0;
            }

            return count >= Least;
        }
    }

    /// <summary>True where the test is not.</summary>
    /// <param name="Test">The test.</param>
    internal sealed record Not(PartTest Test) : PartTest
    {
        /// <inheritdoc/>
        public override bool IsTrue(uint parts) => !Test.IsTrue(parts);
    }

    /// <summary>True where all rules of a mask have hit.</summary>
    /// <param name="Mask">The mask.</param>
    internal sealed record Every(uint Mask) : PartTest
    {
        /// <summary>How many rules the mask names.</summary>
        public int Count => BitOperations.PopCount(Mask);

        /// <inheritdoc/>
        public override bool IsTrue(uint parts) => (parts & Mask) == Mask;
    }
}
