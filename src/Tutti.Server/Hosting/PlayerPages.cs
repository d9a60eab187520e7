using Microsoft.Extensions.Options;
using Tutti.Server.Sources.Embedded;

namespace Tutti.Server.Hosting;

/// <summary>The web app's pages and files. Paths that are none of them stay real 404s.</summary>
public static class PlayerPages
{
    private static readonly string[] s_methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_pages = ["/", "/r/{code}", "/test-client", "/signin", "/signup", "/setup", "/reset", "/account", "/rooms"];

    public static void MapTuttiPlayer(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var folder = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.WebRoot is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var files = PlayerFiles.Read(folder).ByPath;
        foreach (var (path, file) in files)
        {
            Map(app, path, file.Serve);
        }

        foreach (var page in s_pages)
        {
            if (files.TryGetValue("/index.html", out var index))
            {
                Map(app, page, index.Serve);
            }
            else
            {
                Map(app, page, _ => TypedResults.Text("The web app is not built. ./run.sh builds it.\n", statusCode: StatusCodes.Status503ServiceUnavailable));
            }
        }

        foreach (var (page, headers) in EmbeddingPages.Of(app.Services.GetRequiredService<IOptions<PlayerOptions>>().Value))
        {
            if (files.TryGetValue("/index.html", out var index))
            {
                Map(app, page, http =>
                {
                    headers(http.Response.Headers);
                    return index.Serve(http);
                });
            }
        }
    }

    private static void Map(WebApplication app, string path, Func<HttpContext, IResult> serve) =>
        app.MapMethods(path, s_methods, context => serve(context).ExecuteAsync(context)).ExcludeFromDescription();
}
