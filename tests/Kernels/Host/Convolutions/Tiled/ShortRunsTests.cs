using System.Numerics;
using BasinVolume.Kernels.Host.Convolutions.Tiled;

namespace BasinVolume.Kernels.Tests.Host.Convolutions.Tiled;

public sealed class ShortRunsTests
{
    [Fact]
    public void Rows_go_to_their_places_and_nowhere_else()
    {
        // Around the lengths of all vectors.
        for (int length = 1; length <= 70; length++)
        {
            Rows<float>(length);
            Rows<double>(length);
        }
    }

    private static void Rows<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Count = 3;
        int step = length + 2, placeStep = length + 5;
        T[] values = [.. Enumerable.Range(1, (Count * step) - 2).Select(i => T.CreateChecked(i))], places = new T[Count * placeStep];
        var expected = new T[places.Length];
        for (int i = 0; i < Count; i++)
            values.AsSpan(i * step, length).CopyTo(expected.AsSpan(i * placeStep));
        ShortRuns.PutRows<T>(values, step, places.AsSpan(0, places.Length - 5), placeStep, Count, length);
        Assert.Equal(expected, places);
    }
}
