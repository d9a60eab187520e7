using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Tutti.Server.Hosting;

/// <summary>
/// Pages of other sites that the operator lets call (CORS, Fetch standard §3.2). They show a bearer token: the session cookie is never sent from another
/// site, and answers do not allow credentials.
/// </summary>
internal sealed class AllowedOrigins : IConfigureOptions<CorsOptions>
{
    private readonly HashSet<string> _origins;

    /// <exception cref="SettingRefusedException">Something in the list is no origin.</exception>
    public AllowedOrigins(IOptions<HttpOptions> options)
    {
        _origins = new HashSet<string>(options.Value.AllowedOrigins.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
        foreach (var origin in _origins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https") || site.GetLeftPart(UriPartial.Authority) != origin)
            {
                throw new SettingRefusedException($"Tutti:Http:AllowedOrigins = {origin} is refused; it accepts origins such as https://home.example.");
            }
        }
    }

    public bool Contains(string origin) => _origins.Contains(origin);

    public void Configure(CorsOptions options) => options.AddDefaultPolicy(policy => policy
        .WithOrigins([.. _origins]).AllowAnyMethod().WithHeaders("Authorization", "Content-Type").WithExposedHeaders("Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1)));
}
