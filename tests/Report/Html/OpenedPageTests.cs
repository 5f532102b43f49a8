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
