using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>Wiring of this folder: settings, Kestrel, logging and what every request passes.</summary>
public static class HostingRegistration
{
    public static void AddTuttiHosting(this WebApplicationBuilder builder, CommandLine settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Configuration
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(settings.Settings);
        OptionCatalog.Register(builder.Services, builder.Configuration);

        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) =
            (true, "HH:mm:ss ", LoggerColorBehavior.Default));

        builder.WebHost.UseKestrelCore();
        var services = builder.Services;
        services.AddRoutingCore();
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, Listening>();
        services.AddSingleton<IConfigureOptions<HostOptions>, Stopping>();
        services.AddSingleton<ServerAddresses>();
        services.AddSingleton<IServerAddresses>(provider => provider.GetRequiredService<ServerAddresses>());
        services.AddSingleton(static provider => HandoverKeyFile.ReadOrCreate(provider.GetRequiredService<DataFolder>()));
        services.AddTuttiHealth();
        services.AddCors();
        services.AddSingleton<AllowedOrigins>();
        services.AddSingleton<IConfigureOptions<CorsOptions>>(static provider => provider.GetRequiredService<AllowedOrigins>());
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, TrustedProxies>();
        services.AddRateLimiter(static _ => { });
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, ChangeLimits>();
        services.AddResponseCompression(static compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(static brotli => brotli.Level = CompressionLevel.Fastest);
    }

    /// <summary>What every request passes, outermost first.</summary>
    public static void UseTuttiPipeline(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        // Read now: what is refused is refused before anything starts.
        _ = app.Services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value;
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseProblems();
        app.UseForwardedHeaders();
        app.UseHostCheck();
        app.UseOriginCheck();
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        app.UseDoor();
    }

    private sealed class Listening(IOptions<HttpOptions> options) : IConfigureOptions<KestrelServerOptions>
    {
        public void Configure(KestrelServerOptions kestrel)
        {
            var http = options.Value;
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = http.MaxBodyBytes;
            if (http.Host.Length == 0)
            {
                kestrel.ListenAnyIP(http.Port);
            }
            else if (IPAddress.TryParse(http.Host, out var address))
            {
                kestrel.Listen(address, http.Port);
            }
            else if (http.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            {
                // Kestrel binds no free port (0) on both loopback addresses at once.
                if (http.Port == 0)
                {
                    kestrel.Listen(IPAddress.Loopback, 0);
                }
                else
                {
                    kestrel.ListenLocalhost(http.Port);
                }
            }
            else
            {
                throw new SettingRefusedException($"Tutti:Http:Host = {http.Host} is refused; it accepts an IP address, or localhost.");
            }
        }
    }

    private sealed class Stopping(IOptions<HttpOptions> options) : IConfigureOptions<HostOptions>
    {
        public void Configure(HostOptions host) => host.ShutdownTimeout = TimeSpan.FromSeconds(options.Value.ShutdownSeconds);
    }
}
