using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Tutti.Protocol;
using Tutti.Server.Api;

namespace Tutti.Server.Hosting;

/// <summary>How often one client address may change something: a bucket of tokens each, so that a runaway script starves nobody else.</summary>
internal sealed class ChangeLimits(IOptions<HttpOptions> options) : IConfigureOptions<RateLimiterOptions>
{
    public void Configure(RateLimiterOptions limiter)
    {
        var http = options.Value;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
            HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
                ? RateLimitPartition.GetNoLimiter(IPAddress.None)
                : RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = Math.Max(http.ChangesBurst, http.ChangesPerSecond),
                    TokensPerPeriod = http.ChangesPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
        limiter.OnRejected = static async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problems.Of(ErrorCode.TooManyRequests, "Too many changes from this address at once.").ExecuteAsync(rejected.HttpContext);
        };
    }
}
