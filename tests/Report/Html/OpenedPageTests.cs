using Microsoft.Playwright;

namespace BasinVolume.Report.Tests.Html;

/// <summary>The page of a run in a browser, on a desk and on a phone, in light and in dark.</summary>
[Collection(PageOfARun.Name)]
public sealed class OpenedPageTests(SmallRun run, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task It_fits_shows_every_picture_and_complains_of_nothing(int width, ColorScheme scheme)
    {
        OpenedPage opened = await browser.Open(run.Page, width, scheme);
        Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.scrollingElement.clientWidth"));
        Assert.True(await opened.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth") <= width, "nothing is wider than the page");
        int[] widths = await opened.Page.EvaluateAsync<int[]>("[...document.querySelectorAll('figure img')].map(image => image.naturalWidth)");
        // Seven kinds of pictures of two models, four lines and a plane.
        Assert.Equal(19, widths.Length);
        Assert.All(widths, natural => Assert.True(natural > 0));
        string source = await opened.Page.EvaluateAsync<string>("document.querySelector('figure img').currentSrc"),
            light = await opened.Page.EvaluateAsync<string>("document.querySelector('figure img').src");
        Assert.Equal(scheme == ColorScheme.Light, source == light);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task It_is_a_document_that_any_reader_finds_its_way_in()
    {
        OpenedPage opened = await browser.Open(run.Page, 1400, ColorScheme.Light);
        Assert.Equal("en", await opened.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Equal(1, await opened.Page.Locator("main").CountAsync());
        Assert.Equal(1, await opened.Page.Locator("nav[aria-label]").CountAsync());
        string[] levels = await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(head => head.tagName)");
        Assert.Equal("H1", levels[0]);
        Assert.Single(levels, "H1");
        // No level is left out on the way down.
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second[1] - pair.First[1] <= 1, $"{pair.Second} after {pair.First}"));
        string[] ids = await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(element => element.id)");
        Assert.Equal(ids.Distinct(), ids);
        string[] links = await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('nav a')].map(link => link.hash.slice(1))");
        string[] chapters = await opened.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('h2')].map(head => head.parentNode.id)");
        Assert.Equal(chapters.Except(["answer"]), links);
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>("[...document.querySelectorAll('figure img')].filter(image => !image.alt).length"));
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('tbody tr')].filter(row => row.cells[0].scope != 'row' || row.querySelectorAll('th').length != 1).length"));
        Assert.Equal(0, await opened.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('thead th')].filter(head => head.scope != 'col' || !head.textContent.trim()).length"));
    }

    [Fact]
    public async Task What_is_folded_away_is_printed_on_light_ground()
    {
        OpenedPage opened = await browser.Open(run.Page, 1400, ColorScheme.Dark);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await opened.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal("rgb(255, 255, 255)", await opened.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.True(await opened.Page.Locator("#provenance pre").First.IsVisibleAsync());
        Assert.False(await opened.Page.Locator("nav").IsVisibleAsync());
    }

    [Fact]
    public async Task A_click_on_a_head_sorts_the_rows_and_a_second_one_turns_them_round()
    {
        OpenedPage opened = await browser.Open(run.Page, 1400, ColorScheme.Light);
        ILocator head = opened.Page.Locator("#self-check th button").Nth(2);
        double[] unsorted = await Column(opened.Page);
        await head.ClickAsync();
        Assert.Equal("ascending", await opened.Page.Locator("#self-check th").Nth(2).GetAttributeAsync("aria-sort"));
        // As numbers: 1e-16 comes before 2e-9, which no order of letters gives.
        Assert.Equal(unsorted.Order(), await Column(opened.Page));
        await head.ClickAsync();
        Assert.Equal(unsorted.OrderDescending(), await Column(opened.Page));
        Assert.NotEqual(unsorted.Order(), unsorted);
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(400)]
    public async Task A_click_on_a_figure_enlarges_it(int width)
    {
        OpenedPage opened = await browser.Open(run.Page, width, ColorScheme.Dark);
        ILocator small = opened.Page.Locator("figure img").First, large = opened.Page.Locator("dialog img");
        Assert.False(await large.IsVisibleAsync());
        await small.ClickAsync();
        Assert.True(await large.IsVisibleAsync());
        Assert.True((await large.BoundingBoxAsync())!.Width > 1.2 * (await small.BoundingBoxAsync())!.Width);
        Assert.True((await large.BoundingBoxAsync())!.Width >= await opened.Page.EvaluateAsync<int>("document.querySelector('dialog img').naturalWidth"));
        Assert.Equal(await small.EvaluateAsync<string>("image => image.currentSrc"), await large.EvaluateAsync<string>("image => image.src"));
        await opened.Page.Keyboard.PressAsync("Escape");
        Assert.False(await large.IsVisibleAsync());
        Assert.Empty(opened.Complaints);
    }

    private static Task<double[]> Column(IPage page)
        => page.EvaluateAsync<double[]>("[...document.querySelectorAll('#self-check tbody tr')].map(row => parseFloat(row.cells[2].textContent))");
}
