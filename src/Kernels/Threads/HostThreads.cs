using System.Runtime.ExceptionServices;

namespace BasinVolume.Kernels.Threads;

/// <summary>
/// A fixed team of threads on which partitioned work runs, one piece of work after the other: who starts some while the team is at another's waits.
/// Starting work allocates nothing once a kind of work has run before.
/// Which thread does which part may differ from run to run; what a part does may not.
/// </summary>
/// <remarks>
/// Each thread begins with a share of its own, parts that lie side by side, the same ones whenever there are as many:
/// what they work on stays in the caches of its core. Then it helps the others.
/// Whoever starts work takes parts of it too, and waits only for parts that others have taken: a thread that the system keeps waiting delays nobody.
/// It may come late, when its work is done and the next has begun; so a part is claimed by one atomic decrement of the number that is left of a share, which
/// finds nothing in work that is done, and a part of the new work in a job that was prepared anew.
/// </remarks>
public sealed class HostThreads : IDisposable
{
    /// <summary>
    /// How often a thread polls for news, about a microsecond apart and giving way to whoever wants the core, before it asks the system to wake it.
    /// Waking takes some fifty microseconds, more than much of the work that is handed out, and one piece of work usually follows closely on another.
    /// </summary>
    private const int Polls = 200;

    [ThreadStatic]
    private static bool _insideWork;

    private readonly Lock _oneAtATime = new();
    private readonly Dictionary<Type, Job> _jobs = [];
    private readonly ManualResetEventSlim _finished = new(false, Polls);
    private readonly ManualResetEventSlim[] _starts;
    private readonly Thread[] _helpers;
    private volatile Job? _current;
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
            int thread = i + 1;
            _starts[i] = new(false, Polls);
            _helpers[i] = new Thread(() => Help(thread)) { IsBackground = true, Name = $"BasinVolume {thread}" };
            _helpers[i].Start();
        }
    }

    /// <summary>Whether the team has ended: it runs no more work.</summary>
    internal bool HaveEnded => _stopping;

    /// <summary>Threads in all, the caller's included.</summary>
    public int Count => _helpers.Length + 1;

    /// <summary>
    /// Runs parts 0 … <paramref name="parts"/> − 1 and returns when all are done. Work started from inside a part runs on that part's thread.
    /// The first exception of a part is thrown here, after all threads have stopped.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    /// <typeparam name="TWork">The kind of work.</typeparam>
    /// <param name="parts">How many parts; none for 0.</param>
    /// <param name="work">The work; copied.</param>
    public void Run<TWork>(int parts, TWork work)
        where TWork : struct, IPartitionedWork
    {
        CheckRunning();
        if (parts <= 1 || _helpers.Length == 0 || _insideWork)
        {
            for (int part = 0; part < parts; part++)
                work.Run(part);
            return;
        }

        lock (_oneAtATime)
        {
            CheckRunning();
            Job<TWork> job = JobOf<TWork>();
            job.Prepare(work, parts);
            _current = job;
            for (int i = 0; i < Math.Min(_starts.Length, parts - 1); i++)
                _starts[i].Set();
            Drain(job, 0);
            // An event from earlier work wakes too early; the job itself knows.
            while (!job.IsDone)
            {
                _finished.Wait();
                _finished.Reset();
            }

            job.ThrowIfFailed();
        }
    }

    /// <summary>Ends the threads, after the work that another thread has started. A second time does nothing.</summary>
    /// <exception cref="InvalidOperationException">A part of the work calls this.</exception>
    public void Dispose()
    {
        if (_insideWork)
            throw new InvalidOperationException(
                "A team of threads cannot be ended from inside its work, which would have to wait for itself; end it when the work is done.");
        lock (_oneAtATime)
        {
            if (_stopping)
                return;
            _stopping = true;
        }

        foreach (ManualResetEventSlim start in _starts)
            start.Set();
        foreach (Thread helper in _helpers)
            helper.Join();
        foreach (ManualResetEventSlim start in _starts)
            start.Dispose();
        _finished.Dispose();
    }

    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    internal void CheckRunning()
    {
        if (_stopping)
            throw new ObjectDisposedException(
                nameof(HostThreads), "The team of threads has ended, with its device if it has one; open a new one, and what computes with it.");
    }

    private Job<TWork> JobOf<TWork>()
        where TWork : struct, IPartitionedWork
    {
        if (_jobs.TryGetValue(typeof(TWork), out Job? known))
            return (Job<TWork>)known;
        var job = new Job<TWork>(Count);
        _jobs.Add(typeof(TWork), job);
        return job;
    }

    private void Help(int thread)
    {
        ManualResetEventSlim start = _starts[thread - 1];
        while (true)
        {
            start.Wait();
            // Before asking for the job: work that begins from here on sets the event again.
            start.Reset();
            if (_stopping)
                return;
            if (Drain(_current!, thread))
                _finished.Set();
        }
    }

    // Whether the last part was done here.
    private static bool Drain(Job job, int thread)
    {
        _insideWork = true;
        bool last = job.Drain(thread);
        _insideWork = false;
        return last;
    }

    private abstract class Job(int threads)
    {
        // Counters in cache lines of their own.
        private const int Spacing = 16;

        private readonly int[] _unclaimed = new int[threads * Spacing];
        private int _unfinished;
        private int _parts;
        private ExceptionDispatchInfo? _failure;

        public bool IsDone => Volatile.Read(ref _unfinished) == 0;

        // Whether the last part was done here.
        public bool Drain(int thread)
        {
            bool last = false;
            for (int i = 0; i < threads; i++)
                last |= DrainShare((thread + i) % threads);
            return last;
        }

        public void ThrowIfFailed() => _failure?.Throw();

        protected void Reset(int parts)
        {
            _parts = parts;
            _failure = null;
            _unfinished = parts;
            // Last: from here on parts can be claimed.
            for (int share = 0; share < threads; share++)
                Volatile.Write(ref Unclaimed(share), First(share + 1) - First(share));
        }

        protected abstract void RunPart(int part);

        private ref int Unclaimed(int share) => ref _unclaimed[share * Spacing];

        private int First(int share) => (int)((long)_parts * share / threads);

        private bool DrainShare(int share)
        {
            // What was done is told once a share, as all threads tell it in one place.
            int done = 0;
            for (int left = Interlocked.Decrement(ref Unclaimed(share)); left >= 0; left = Interlocked.Decrement(ref Unclaimed(share)))
                done += 1 + RunOne(First(share + 1) - 1 - left);
            return done > 0 && Finish(done);
        }

        // How many parts that nobody has claimed are given up: all when this one fails.
        private int RunOne(int part)
        {
            try
            {
                RunPart(part);
                return 0;
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
                int given = 0;
                for (int share = 0; share < threads; share++)
                    given += Math.Max(0, Interlocked.Exchange(ref Unclaimed(share), 0));
                return given;
            }
        }

        private bool Finish(int parts) => Interlocked.Add(ref _unfinished, -parts) == 0;
    }

    private sealed class Job<TWork>(int threads) : Job(threads)
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
