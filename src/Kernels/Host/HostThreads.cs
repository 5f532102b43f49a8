using System.Runtime.ExceptionServices;

namespace BasinVolume.Kernels.Host;

/// <summary>
/// A fixed team of threads on which partitioned work runs. Starting work allocates nothing once a kind of work has run before.
/// Which thread does which part is left to chance; what a part does is not.
/// </summary>
public sealed class HostThreads : IDisposable
{
    [ThreadStatic]
    private static bool _insideWork;

    /// <summary>
    /// How often a thread looks for news, about a microsecond apart and giving way to whoever wants the core, before it asks the system to wake it.
    /// Waking takes some fifty microseconds, more than much of the work that is handed out, and one piece of work usually follows closely on another.
    /// </summary>
    private const int Looks = 200;

    private readonly Lock _oneAtATime = new();
    private readonly Dictionary<Type, Job> _jobs = [];
    private readonly ManualResetEventSlim _finished = new(false, Looks);
    private readonly ManualResetEventSlim[] _starts;
    private readonly Thread[] _helpers;
    private int _working;
    private Job? _current;
    private volatile bool _stopping;

    /// <summary>Starts the team.</summary>
    /// <param name="count">Threads in all, the caller's included; at least 1.</param>
    public HostThreads(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _helpers = new Thread[count - 1];
        _starts = new ManualResetEventSlim[count - 1];
        for (int i = 0; i < _helpers.Length; i++)
        {
            ManualResetEventSlim start = _starts[i] = new(false, Looks);
            _helpers[i] = new Thread(() => Help(start)) { IsBackground = true, Name = $"BasinVolume {i + 1}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Threads in all, the caller's included.</summary>
    public int Count => _helpers.Length + 1;

    /// <summary>
    /// Runs parts 0 … <paramref name="parts"/> − 1 and returns when all are done. Work started from inside a part runs on that part's thread.
    /// The first exception of a part is thrown here, after all threads have stopped.
    /// </summary>
    public void Run<TWork>(int parts, TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (parts <= 1 || _helpers.Length == 0 || _insideWork)
        {
            for (int part = 0; part < parts; part++)
                work.Run(part);
            return;
        }

        lock (_oneAtATime)
        {
            Job<TWork> job = JobOf<TWork>();
            job.Prepare(work, parts);
            _current = job;
            _working = Count;
            _finished.Reset();
            foreach (ManualResetEventSlim start in _starts)
                start.Set();
            Drain(job);
            _finished.Wait();
            job.ThrowIfFailed();
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        foreach (ManualResetEventSlim start in _starts)
            start.Set();
        foreach (Thread helper in _helpers)
            helper.Join();
        foreach (ManualResetEventSlim start in _starts)
            start.Dispose();
        _finished.Dispose();
    }

    private Job<TWork> JobOf<TWork>()
        where TWork : struct, IPartitionedWork
    {
        if (_jobs.TryGetValue(typeof(TWork), out Job? known))
            return (Job<TWork>)known;
        var job = new Job<TWork>();
        _jobs.Add(typeof(TWork), job);
        return job;
    }

    private void Help(ManualResetEventSlim start)
    {
        while (true)
        {
            start.Wait();
            start.Reset();
            if (_stopping)
                return;
            Drain(_current!);
        }
    }

    private void Drain(Job job)
    {
        _insideWork = true;
        job.Drain();
        _insideWork = false;
        if (Interlocked.Decrement(ref _working) == 0)
            _finished.Set();
    }

    private abstract class Job
    {
        private int _next;
        private int _parts;
        private ExceptionDispatchInfo? _failure;

        public void Drain()
        {
            try
            {
                for (int part = Interlocked.Increment(ref _next); part < _parts; part = Interlocked.Increment(ref _next))
                    RunPart(part);
            }
            catch (Exception e)
            {
                // The other threads find no more parts; whoever started the work throws what happened here.
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
                Volatile.Write(ref _next, _parts);
            }
        }

        public void ThrowIfFailed() => _failure?.Throw();

        protected void Reset(int parts)
        {
            _parts = parts;
            _next = -1;
            _failure = null;
        }

        protected abstract void RunPart(int part);
    }

    private sealed class Job<TWork> : Job
        where TWork : struct, IPartitionedWork
    {
        private TWork _work;

        public void Prepare(TWork work, int parts)
        {
            _work = work;
            Reset(parts);
        }

        protected override void RunPart(int part) => _work.Run(part);
    }
}
