using Microsoft.Playwright;

namespace BasinVolume.Report.Tests.Html;

/// <summary>The browser of this machine, without a window; tests that need one are skipped, with the reason, where there is none.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _driver;
    private IBrowser? _browser;

    /// <summary>Opens a file as a reader would whose machine has no network.</summary>
    /// <param name="file">The page.</param>
    /// <param name="width">Pixels of the window.</param>
    /// <param name="scheme">Light or dark.</param>
    public async Task<OpenedPage> Open(string file, int width, ColorScheme scheme)
    {
        string? executable = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(executable is null, $"There is no browser here ({string.Join(", ", Names)}), so the page is not opened.");
        _driver ??= await Playwright.CreateAsync();
        // Containers mostly run as root, for whom the browser has no sandbox.
        _browser ??= await _driver.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox"] });
        IPage page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, Offline = true });
        var opened = new OpenedPage(page, []);
        page.Console += (_, message) => opened.Complaints.Add(message.Text);
        page.PageError += (_, error) => opened.Complaints.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                opened.Complaints.Add($"asks for {request.Url}");
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _driver?.Dispose();
    }
}

/// <summary>A page in a browser.</summary>
/// <param name="Page">The page.</param>
/// <param name="Complaints">Whatever its console says, and whatever it asks of the network.</param>
public sealed record OpenedPage(IPage Page, List<string> Complaints);
