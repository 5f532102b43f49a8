using System.Reflection;
using BasinVolume.Kernels;
using BasinVolume.Kernels.Elementary;
using BasinVolume.Kernels.Host;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Device = BasinVolume.Kernels.Device;

namespace BasinVolume.Gpu.Ilgpu;

/// <summary>A device reached through ILGPU: one context with one accelerator, and the kernels built for it.</summary>
internal sealed class IlgpuDevice : Device
{
    // Threads of a group where they work each alone: few, so that even a small launch reaches all multiprocessors.
    private const int Together = 128;

    private readonly Context _context;
    private readonly Lock _oneAtATime = new();
    private IlgpuKernels<float, SingleElementary>? _single;
    private IlgpuKernels<double, DoubleElementary>? _double;
    private bool _disposed;

    private IlgpuDevice(Context context, Accelerator accelerator, DeviceDescription description, int threads)
        : base(threads)
    {
        _context = context;
        Accelerator = accelerator;
        Description = description;
        Staging = new(this);
    }

    public override DeviceDescription Description { get; }

    protected override long OwnFreeMemoryBytes => Accelerator switch
    {
        CudaAccelerator cuda => FreeBytes(cuda),
        CPUAccelerator => HostMemory.FreeBytes(),
        _ => Description.MemoryBytes,
    };

    public Accelerator Accelerator { get; }

    /// <summary>What writes to buffers go through.</summary>
    public Staging Staging { get; }

    /// <summary>ILGPU's simulator, with as few lanes as it accepts: a launch costs a thread switch for each of them.</summary>
    public static IlgpuDevice OpenSimulator(int threads) => OpenSimulator(OptimizationLevel.O2, warps: 1, threads);

    /// <summary>
    /// The simulator at another level of ILGPU's optimiser, or with larger groups, 2 lanes for each warp, which tests compare with the usual one.
    /// </summary>
    public static IlgpuDevice OpenSimulator(OptimizationLevel level, int warps, int threads)
        => Open(IlgpuKinds.Simulator, new CPUDevice(numThreadsPerWarp: 2, numWarpsPerMultiprocessor: warps, numMultiprocessors: 1), level, threads);

    /// <summary>
    /// A device that ILGPU has found. Only at O2 does ILGPU see that views lie in global memory; without it PTX has generic loads, and PoCL builds nothing.
    /// </summary>
    public static IlgpuDevice Open(DeviceKind kind, ILGPU.Runtime.Device found, int threads) => Open(kind, found, OptimizationLevel.O2, threads);

    private static IlgpuDevice Open(DeviceKind kind, ILGPU.Runtime.Device found, OptimizationLevel level, int threads)
    {
        Context context = Context.Create(builder => builder.Optimize(level));
        try
        {
            Accelerator accelerator = found.CreateAccelerator(context);
            return new IlgpuDevice(context, accelerator, Describe(kind, accelerator), threads);
        }
        catch (Exception e)
        {
            context.Dispose();
            throw new DeviceException($"{found.Name.Trim()} could not be opened: {e.Message}", e);
        }
    }

    public override DeviceBuffer<T> Allocate<T>(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        using Lock.Scope turn = Enter();
        if (typeof(T) == typeof(double))
            RequireDouble();
        try
        {
            return new IlgpuBuffer<T>(this, length);
        }
        catch (Exception e) when (e is AcceleratorException or OutOfMemoryException)
        {
            long bytes = (long)length * Interop.SizeOf<T>();
            throw new DeviceException(
                $"{Description.Name} has no room for a buffer of {ByteSize.Of(bytes)} ({ByteSize.Of(Description.MemoryBytes)} in all). "
                + $"Take a smaller memory budget, or fewer samples or directions at a time.", e);
        }
    }

    public override IKernels<T> Kernels<T>()
    {
        using Lock.Scope turn = Enter();
        if (typeof(T) == typeof(float))
            return (IKernels<T>)(object)(_single ??= new(this));
        if (typeof(T) != typeof(double))
            throw new DeviceException($"{Description.Name} was asked to compute in {typeof(T).Name}; kernels exist for float and double.");
        RequireDouble();
        return (IKernels<T>)(object)(_double ??= new(this));
    }

    /// <summary>Builds a kernel of threads that work each alone.</summary>
    public IlgpuKernel<TArguments> Load<TArguments>(Action<Index1D, TArguments> kernel)
        where TArguments : struct
        => Build(kernel.Method, name => new IlgpuKernel<TArguments>(
            this, name, Accelerator.LoadImplicitlyGroupedKernel(kernel, int.Min(Together, Accelerator.MaxNumThreadsPerGroup))));

    /// <summary>Builds a kernel of threads that work in groups of so many.</summary>
    public IlgpuGroupKernel<TArguments> LoadGroups<TArguments>(Action<TArguments> kernel, int threads)
        where TArguments : struct
        => Build(kernel.Method, name => new IlgpuGroupKernel<TArguments>(this, name, threads, Accelerator.LoadKernel(kernel)));

    /// <summary>
    /// The calling thread's turn: neither ILGPU's accelerators nor the drivers below them take several threads at once. It ends with what is returned.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The device was disposed.</exception>
    public Lock.Scope Enter()
    {
        Lock.Scope turn = _oneAtATime.EnterScope();
        if (!_disposed)
            return turn;
        turn.Dispose();
        throw Closed();
    }

    /// <summary>Frees memory of the device, unless that was freed with the device.</summary>
    public void Free(Action free)
    {
        lock (_oneAtATime)
        {
            if (!_disposed)
                free();
        }
    }

    /// <summary>Waits until all that was started is done.</summary>
    public void Synchronize()
    {
        Accelerator.Bind();
        Accelerator.DefaultStream.Synchronize();
        Staging.Reuse();
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        using Lock.Scope turn = _oneAtATime.EnterScope();
        if (_disposed)
            return;
        _single?.Dispose();
        _double?.Dispose();
        Staging.Dispose();
        Accelerator.Dispose();
        _context.Dispose();
        _disposed = true;
    }

    private long FreeBytes(CudaAccelerator cuda)
    {
        using Lock.Scope turn = Enter();
        cuda.Bind();
        return cuda.GetFreeMemory();
    }

    private TKernel Build<TKernel>(MethodInfo kernel, Func<string, TKernel> build)
    {
        string name = $"{kernel.DeclaringType?.Name}.{kernel.Name}";
        using var log = new BuildLog();
        try
        {
            Accelerator.Bind();
            return build(name);
        }
        catch (Exception e)
        {
            throw new DeviceException($"The kernel {name} could not be built for {Description.Name}: {e.Message} {log}", e);
        }
    }

    private static DeviceDescription Describe(DeviceKind kind, Accelerator accelerator)
    {
        bool simulated = kind == IlgpuKinds.Simulator;
        return new DeviceDescription(
            kind,
            simulated ? "ILGPU's CPU accelerator" : accelerator.Name.Trim(),
            accelerator.NumMultiprocessors,
            accelerator.Capabilities is not CLCapabilityContext openCL || openCL.Float64,
            simulated ? HostMemory.Bytes() : accelerator.MemorySize);
    }

    private void RequireDouble()
    {
        if (!Description.SupportsDouble)
            throw new DeviceException(
                $"{Description.Name} does not compute in double precision. Compute in single precision on it, or take another device; "
                + $"nothing is computed in float in place of double.");
    }
}
