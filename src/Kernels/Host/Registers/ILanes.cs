namespace BasinVolume.Kernels.Host.Registers;

/// <summary>A vector of a fixed width, one of the widths that the processor has.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
internal interface ILanes<TSelf, T>
    where TSelf : unmanaged, ILanes<TSelf, T>
{
    /// <summary>Elements.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in all elements.</summary>
    static abstract TSelf Broadcast(T value);

    /// <summary>a·b + c, rounded as <see cref="Simd.MultiplyAdd{T}(T, T, T)"/> rounds.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>a·b.</summary>
    static abstract TSelf Multiply(TSelf a, TSelf b);

    /// <summary>0 in place of subnormal numbers, as <see cref="Simd.WithoutSubnormal{T}(T)"/>.</summary>
    static abstract TSelf WithoutSubnormal(TSelf values);

    /// <summary>a + b.</summary>
    static abstract TSelf Add(TSelf a, TSelf b);

    /// <summary>a − b.</summary>
    static abstract TSelf Subtract(TSelf a, TSelf b);

    /// <summary>What begins at a place.</summary>
    static abstract TSelf Load(ref T values);

    /// <summary>All bits in the lanes from number <paramref name="first"/> on, none in those before it.</summary>
    static abstract TSelf From(int first);

    /// <summary>The bits that both have.</summary>
    static abstract TSelf And(TSelf a, TSelf b);

    /// <summary>The sum over the lanes.</summary>
    static abstract T Sum(TSelf values);
}
