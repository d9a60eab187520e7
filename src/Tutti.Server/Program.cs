using Tutti.Server.Access;
using Tutti.Server.Api;
using Tutti.Server.Hosting;
using Tutti.Server.Library;
using Tutti.Server.Media;
using Tutti.Server.Plays;
using Tutti.Server.Realtime;
using Tutti.Server.Rooms;
using Tutti.Server.Sources;
using Tutti.Server.Storage;

namespace Tutti.Server;

/// <summary>The server's table of contents.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            var settings = CommandLine.Read(args, Environment.GetEnvironmentVariable);
            if (settings.HelpWanted)
            {
                Console.Out.Write(CommandLine.HelpText);
                return 0;
            }

            await using var app = Build(settings);
            await app.StartAsync();
            Greeting.Show(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception error) when (StartFailure.Explain(error) is { } failure)
        {
            Console.Error.WriteLine(failure.Line);
            return failure.ExitCode;
        }
    }

    /// <summary>Puts the server together without starting it.</summary>
    /// <exception cref="SettingRefusedException">A setting is unknown, unparsable or out of range.</exception>
    public static WebApplication Build(CommandLine settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.AddTuttiHosting(settings);
        builder.Services
            .AddTuttiStorage()
            .AddTuttiAccess()
            .AddTuttiLibrary()
            .AddTuttiMedia()
            .AddTuttiSources()
            .AddTuttiRooms()
            .AddTuttiPlays()
            .AddTuttiRealtime()
            .AddTuttiApi();

        var app = builder.Build();
        app.UseTuttiPipeline();
        app.MapTuttiHealth();
        app.MapTuttiSocket();
        app.MapTuttiApi();
        app.MapTuttiPlayer();
        return app;
    }
}
